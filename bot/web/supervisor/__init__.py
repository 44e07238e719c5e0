"""The supervisor's pages: how things stand now (live), the figures of a week, and the tickets behind every number.

``pages`` joins them; ``now`` and ``week`` read and word what stands on the first page, ``behind`` the list of tickets,
``sheet`` makes any of its tables a file. What a figure counts: `bot.figures`.
"""
