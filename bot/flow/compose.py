"""Putting replies into messages: one message where they fit, never cut within a line if it can be helped."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST_BODY = 1_500  # Twilio takes 1,600 characters; it counts some emoji twice


def pack(texts: Sequence[str]) -> list[str]:
    """The texts joined with a blank line into as few message bodies as WhatsApp's limit allows, in order."""
    bodies: list[str] = []
    for text in texts:
        for piece in _pieces(text.strip()):
            if bodies and length(bodies[-1]) + 2 + length(piece) <= LONGEST_BODY:
                bodies[-1] += "\n\n" + piece
            else:
                bodies.append(piece)
    return bodies


def length(text: str) -> int:
    """Characters as Twilio counts them: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    while length(text) > LONGEST_BODY:
        fits = text[:LONGEST_BODY]
        while length(fits) > LONGEST_BODY:
            fits = fits[:-1]
        cut = max(fits.rfind("\n"), 0) or max(fits.rfind(" "), 0) or len(fits)
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text] if text else pieces
