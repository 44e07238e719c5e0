"""Pictures, voice, places and whatever else is not text: an honest, polite word each, once a kind."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contracts import MessageKind, Reply, Said
from bot.knowledge import Knowledge

_PICTURES = frozenset({MessageKind.IMAGE, MessageKind.DOCUMENT})
_WORDS = frozenset({MessageKind.TEXT, MessageKind.BUTTON, MessageKind.LIST_CHOICE})


def media_replies(said: Sequence[Said], knowledge: Knowledge) -> tuple[Reply, ...]:
    """What to say about the messages that are not (only) text; a sticker counts only when nothing else was sent."""
    kinds = dict.fromkeys(message.kind for message in said if message.kind not in _WORDS)
    others = [kind for kind in kinds if kind not in _PICTURES]
    if len(said) > 1 or any(message.text.strip() for message in said):
        others = [kind for kind in others if kind is not MessageKind.STICKER]
    pictures: tuple[Reply, ...] = (_pictures(said, knowledge),) if _PICTURES.intersection(kinds) else ()
    if pictures and not any(message.text.strip() for message in said):
        pictures = (*pictures, Reply("got_picture_alone"))
    return (*pictures, *(Reply(f"got_{kind.value}") for kind in others))


def _pictures(said: Sequence[Said], knowledge: Knowledge) -> Reply:
    count = sum(max(message.files, 1) for message in said if message.kind in _PICTURES)
    files = "Berkasnya" if count == 1 else f"{count} berkas"
    return Reply("got_picture", {"files": files, "way": knowledge.office.fact("submission_channels")})
