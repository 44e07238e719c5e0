"""The conversation about documents: consent, whom it is for, questions, photos, review, sending, and what follows.

Which step comes next is read from the rows every time (`step.py`), so it can be left and taken up at any moment.
"""
