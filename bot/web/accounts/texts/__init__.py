"""Every word of the staff's pages, in Indonesian and English: one file a subject."""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.accounts.texts import (
    because,
    beside,
    desk,
    everywhere,
    files,
    links,
    listing,
    own,
    refusals,
    second_factor,
    sign_in,
    supervisor,
    team,
    thread,
    window,
)

DEFAULT = "id"
_SUBJECTS = (
    because,
    beside,
    desk,
    everywhere,
    files,
    links,
    listing,
    own,
    refusals,
    second_factor,
    sign_in,
    supervisor,
    team,
    thread,
    window,
)

TEXTS: Mapping[str, Mapping[str, str]] = {
    language: {name: text for subject in _SUBJECTS for name, text in subject.TEXTS[language].items()}
    for language in ("id", "en")
}
