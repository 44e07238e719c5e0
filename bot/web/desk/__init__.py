"""The desk: the queue, one conversation, and what an officer does there.

Pages read, verbs of `bot.desk` write. What stands on a page comes from `shown`, its clocks from `countdown`. An open
page asks every three seconds whether something changed (204 when not); the pieces of the answer go to their places by
their ids, so a page and its news are the same fragments.
"""
