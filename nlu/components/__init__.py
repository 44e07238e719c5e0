"""Rasa graph components, one a file, in the order of ``config.yml``:

split -> normalise -> featurise -> intent -> service -> (look again) -> scope -> merge

Every ``process`` takes the whole batch and works on it in one pass.
"""
