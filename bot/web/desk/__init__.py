"""The desk: the queue, one conversation, and what an officer does there.

Pages read, verbs of `bot.desk` write. What stands on a page comes from `shown`, its clocks from `countdown`. An open
page hears that something changed (`bot.web.live`) and asks for the news (204 when there are none), or asks every three
seconds; the pieces of the answer go to their places by their ids, so a page and its news are the same fragments.
"""
