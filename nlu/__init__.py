"""How Rasa reads: graph components, training and the HTTP server. Its own environment (Python 3.10)."""
