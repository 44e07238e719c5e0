"""Every word of the staff's pages, in Indonesian and English: one file a subject."""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.accounts.texts import (
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
)

DEFAULT = "id"
_SUBJECTS = (desk, everywhere, files, links, listing, own, refusals, second_factor, sign_in, supervisor, team, thread)

TEXTS: Mapping[str, Mapping[str, str]] = {
    language: {name: text for subject in _SUBJECTS for name, text in subject.TEXTS[language].items()}
    for language in ("id", "en")
}
