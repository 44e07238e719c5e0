"""Open pages hear what has changed, within a second: server-sent events that name it, never tell it.

``watcher`` (one thread a process, while anybody listens) reads what changed; ``streams`` knows who listens and passes
it on; a ``stream`` is one open page. The page then fetches the fragment it shows: one way of rendering. A page whose
stream is refused, broken or silent asks every three seconds instead (``static/desk/events.js``). Decision 0011.
"""
