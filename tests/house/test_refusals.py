"""An officer who is refused something is told why, in their language."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import DeskRefused
from bot.web.accounts.texts import TEXTS
from bot.web.desk.doing import SENTENCES


def test_every_refusal_has_its_words() -> None:
    mute = sorted(one.__name__ for one in kinds(DeskRefused) if one not in SENTENCES)
    assert not mute, f"say in SENTENCES of bot/web/desk/doing.py what an officer reads of these: {mute}"


def test_the_words_are_written_in_every_language() -> None:
    for language, texts in TEXTS.items():
        lacking = sorted(set(SENTENCES.values()) - set(texts))
        assert not lacking, f"bot/web/accounts/texts lacks in {language!r}: {lacking}"


def kinds(of: type[DeskRefused]) -> Iterator[type[DeskRefused]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)
