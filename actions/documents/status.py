"""Where things stand: one's own without asking, another sender's only for who knows the NIK's last four digits."""

from __future__ import annotations

import re

from actions.documents.case import Case, case_of, is_open
from actions.documents.names import case_name
from actions.documents.rejected import rejected_told
from actions.documents.replacing import still_wanted
from actions.documents.states import state_of, ticket_word
from actions.documents.step import TAIL, Step, next_step, told
from actions.noted import note
from actions.subject import subject_of
from bot.contracts import Decision, LookUpTicket, Memory, OwnTicket, Reading, Reply, Talk
from bot.knowledge import Knowledge

_ENDED = 2
"""How many that ended lately are told unasked."""
_NUMBER = re.compile(r"\b([A-Z]{2,5})[\s-]?(\d{4})[\s-]?(\d{4,8})\s?([A-Z])\b", re.IGNORECASE)


def number_in(text: str) -> str | None:
    """A ticket's number in a text, as it is written on ours."""
    found = _NUMBER.search(text)
    return f"{found[1]}-{found[2]}-{found[3]}{found[4]}".upper() if found else None


def check_status(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if reading.value.startswith("tail:"):
        return _look_up(reading.value.removeprefix("tail:"), talk)
    documents = talk.documents
    own = [case for one in (*documents.submissions, *documents.ended[:_ENDED]) if (case := case_of(one, knowledge))]
    number = number_in(reading.text)
    if number:
        named = [case for case in own if case.submission.number == number]
        tickets = tuple(one for one in documents.tickets if one.number == number)
        return _own(named, tickets, talk, knowledge) if named or tickets else _whose(number, talk)
    if own or documents.tickets:
        return _own(own, documents.tickets, talk, knowledge)
    subject = subject_of(reading, talk, knowledge)
    return note("check_status", talk, knowledge, subject, subject=subject.name if subject else "")


def _whose(number: str, talk: Talk) -> Decision:
    """Nothing is told before the digits; not even whether there is such a number."""
    return told(talk, Step((Reply("tail_wanted", {"number": number}),), asked=f"{TAIL}{number}"))


def _look_up(tail: str, talk: Talk) -> Decision:
    number = (talk.memory.asked or "").removeprefix(TAIL)
    command = LookUpTicket(number, tail, "ticket_found", "ticket_refused", "ticket_locked")
    return Decision(commands=(command,), memory=Memory(service=talk.memory.service, asked=talk.memory.asked))


def _own(found: list[Case], tickets: tuple[OwnTicket, ...], talk: Talk, knowledge: Knowledge) -> Decision:
    replies: list[Reply] = []
    for case in found:
        values = {
            "subject": case_name(case),
            "number": case.submission.number or "",
            "state": state_of(case.submission, len(case.missing)),
        }
        replies += [Reply("own_status", values), *rejected_told(case, knowledge)]
    replies += [_of_ticket(one, knowledge) for one in tickets]
    waiting = [case for case in found if is_open(case.submission)]
    step = next_step(waiting[0], knowledge) if len(waiting) == 1 else Step(())
    return told(talk, still_wanted(talk, knowledge) or step, *replies)


def _of_ticket(ticket: OwnTicket, knowledge: Knowledge) -> Reply:
    about = knowledge.labels.intents.get(ticket.kind, "Permintaan Bapak/Ibu").replace(" {subjek}", "")
    return Reply("own_status", {"subject": about, "number": ticket.number, "state": ticket_word(ticket.state)})
