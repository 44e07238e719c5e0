"""As a citizen I may send anything; I am always answered, politely, and nothing stops the others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.installation import Installation

ANYTHING: dict[str, dict[str, Any]] = {
    "a picture": {"media": [("image/jpeg", b"\xff\xd8")]},
    "a picture with a caption": {"body": "ini ktp saya", "media": [("image/jpeg", b"\xff\xd8")]},
    "a PDF": {"media": [("application/pdf", b"%PDF")]},
    "a voice message": {"media": [("audio/ogg", b"OggS")]},
    "a video": {"media": [("video/mp4", b"mp4")]},
    "a sticker": {"media": [("image/webp", b"RIFF")], "kind": "sticker"},
    "a contact card": {"media": [("text/vcard", b"BEGIN:VCARD")]},
    "a place": {"latitude": -4.83, "longitude": 119.55},
    "a button": {"body": "Jam buka", "button_text": "Jam buka", "button_payload": "ask_hours"},
    "a list row": {"body": "KTP hilang", "list_id": "ktp_hilang", "list_title": "KTP hilang"},
    "something new": {"kind": "hologram"},
    "nothing": {"body": ""},
    "emoji only": {"body": "🙏🙏"},
    "NUL in the text": {"body": "ktp\x00hilang"},
    "right to left": {"body": "مرحبا"},
    "a very long text": {"body": "ktp hilang " * 6_000},
}


@pytest.mark.parametrize("message", ANYTHING.values(), ids=ANYTHING.keys())
def test_it_is_answered(sapa: Installation, message: dict[str, Any]) -> None:
    replies = sapa.ask(**message)
    assert 1 <= len(replies) <= 3
    assert all(reply.strip() for reply in replies)


def test_a_picture_is_not_promised_more_than_is_done(sapa: Installation) -> None:
    [answer] = sapa.ask(media=[("image/jpeg", b"\xff\xd8")])
    assert "tidak bisa kami buka" in answer
