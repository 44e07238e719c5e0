"""Takes the pictures of the docs from the running program: ``make pictures``.

The demo runs by itself with the real model, and looks at the photos itself; the citizens, their papers and what they
write are invented. One file a part of the program says which of its pages and states are shown.
"""
