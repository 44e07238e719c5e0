"""Voice, places and whatever else is not text: an honest, polite word each, once a kind.

Pictures and documents are `actions/documents/arrivals.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.contracts import MessageKind, Reply, Said

_PICTURES = frozenset({MessageKind.IMAGE, MessageKind.DOCUMENT})
_WORDS = frozenset({MessageKind.TEXT, MessageKind.BUTTON, MessageKind.LIST_CHOICE})


def media_replies(said: Sequence[Said]) -> tuple[Reply, ...]:
    """What to say about the messages that are neither text nor a document's picture; a sticker counts only when
    nothing else was sent."""
    kinds = dict.fromkeys(message.kind for message in said if message.kind not in _WORDS | _PICTURES)
    others = list(kinds)
    if len(said) > 1 or any(message.text.strip() for message in said):
        others = [kind for kind in others if kind is not MessageKind.STICKER]
    return tuple(Reply(f"got_{kind.value}") for kind in others)
