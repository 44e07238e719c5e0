"""What WhatsApp would refuse after a day is refused at once, with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import KnowledgeError, load_templates

Change = Callable[[str, Callable[[Any], object]], None]


def alert(content: Any) -> Any:
    return content["templates"][0]


def body(text: str) -> Callable[[Any], object]:
    """For the first three variables."""
    return lambda it: it.update(body=text, variables=it["variables"][:3])


SLIPS: dict[str, tuple[Callable[[Any], object], str]] = {
    "a variable at the end": (body("Sapa: tiket {{1}} tentang {{2}} menunggu petugas hingga {{3}}."), "end"),
    "a variable at the start": (body("{{1}} tentang {{2}} menunggu petugas sampai {{3}} hari ini juga"), "begin"),
    "two variables side by side": (body("Sapa: tiket {{1}} {{2}} menunggu petugas hingga {{3}} siang ini"), "another"),
    "more variables than words": (body("Tiket {{1}} di {{2}} sampai {{3}} ya"), "few words"),
    "a variable without its sample": (lambda it: it["variables"].pop(), "each variable once"),
    "a number left out": (lambda it: it.update(body=it["body"].replace("{{3}}", "{{4}}")), "each variable once"),
    "a button for no variable": (lambda it: it["buttons"][0].update(payload="AMBIL {{6}}"), "no variable"),
    "a button too long": (lambda it: it["buttons"][0].update(title="AMBIL TIKET INI SEKARANG"), "title"),
    "a category that needs consent": (lambda it: it.update(category="MARKETING"), "category"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_template_that_would_be_refused_stops_the_start(folder: Path, change: Change, slip: str) -> None:
    spoil, says = SLIPS[slip]
    change("templates.yml", lambda content: spoil(alert(content)))
    with pytest.raises(KnowledgeError, match=rf"templates.yml.*'alert'.*{says}"):
        load_templates(folder)


def test_what_a_filled_template_says_can_be_read_back(folder: Path) -> None:
    template = load_templates(folder)["alert"]
    values = {one.name: one.sample for one in template.variables}
    filled = template.message(values, sender="a", recipient="b", content_sid="HX")
    assert template.values(filled.body) == values
    assert template.values("Sapa: halo") is None


def test_a_variable_that_is_not_given_is_a_fault_of_ours(folder: Path) -> None:
    with pytest.raises(KeyError):
        load_templates(folder)["alert"].message({"number": "x"}, sender="a", recipient="b", content_sid="HX")
