"""A simulated month of an office: real jobs and real verbs, invented people, and an oracle that reads the events alone.

`plan` says when who is there, `world` lets time pass, `citizens` and `officers` act, `outside` stands in for mail,
browsers, WhatsApp and the NLU. `oracle` replays the events by a clock (`office_clock`) and promises (`promises`) of its
own and tells whatever is not as promised.
"""
