"""Staff accounts: who signs in, how, and what their role opens.

Flask-Security does the signing in (`join`); its texts, pages and forms are ours, its rows go through the desk.
Pages for staff stand behind `guard.requires`.
"""
