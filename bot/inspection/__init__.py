"""What is in a file a citizen sent: kind, bounds, a clean copy, advice, which document, what it says of persons.

Runs in a process of its own (``python -m bot.inspection``, started by `bot.gateways.inspection`), which a hostile file
may take down without harm and whose memory goes back when nobody sends files. A file goes ``kinds`` → ``bounds`` →
``pictures`` or ``pdfs`` → ``reading`` → ``quality``, ``documents``, ``details``, ``fingerprint``; ``inspector`` joins
them. This package imports nothing heavy by itself, and ``wire`` nothing but the standard library.
"""
