"""The voice: what is unknown is left out, what is misnamed is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.replies import Replies
from bot.contracts import Reply, Slot
from bot.knowledge import KnowledgeError

ADDRESS = """Kantor kami di {address}. Buka Senin.

*Peta:*
{map}

Sampai jumpa."""


@pytest.fixture
def voice() -> Replies:
    return Replies({"where": ADDRESS, "noted": "Nomor *{number}*."})


def test_known_values_are_put_in(voice: Replies) -> None:
    text = voice.render(Reply("where", {"address": "Jl. Contoh 1", "map": "peta.contoh"}), {})
    assert text == "Kantor kami di Jl. Contoh 1. Buka Senin.\n\n*Peta:*\npeta.contoh\n\nSampai jumpa."


def test_a_sentence_with_an_unknown_value_and_its_heading_are_left_out(voice: Replies) -> None:
    assert voice.render(Reply("where", {"address": "", "map": ""}), {}) == "Buka Senin.\n\nSampai jumpa."


def test_a_slot_is_filled_when_the_rows_are_written(voice: Replies) -> None:
    reply = Reply("noted", {"number": Slot("complaint.number")})
    assert voice.render(reply, {"complaint.number": "PKP-2611-0042K"}) == "Nomor *PKP-2611-0042K*."


@pytest.mark.parametrize(
    ("reply", "named"),
    [
        (Reply("nonsense"), "nonsense"),
        (Reply("where", {"address": "x"}), "map"),
        (Reply("noted", {"number": Slot("other.number")}), "other.number"),
    ],
)
def test_what_nobody_wrote_is_refused_by_name(voice: Replies, reply: Reply, named: str) -> None:
    with pytest.raises(KnowledgeError, match=named):
        voice.render(reply, {})


def test_an_entry_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "replies.yml"
    file.write_text("greet: [a, b]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="greet"):
        Replies.load(file)


def test_a_citizens_braces_are_only_text(voice: Replies) -> None:
    assert "{map}" in voice.render(Reply("where", {"address": "{map}", "map": "x"}), {})
