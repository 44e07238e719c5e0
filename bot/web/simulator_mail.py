"""The mailboxes under the officers' phones: what the stand-in mail server took for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.gateways.fake_mail.control import FakeMailControl, SeenMail
from bot.web.simulator_phones import Owner, clock

LINK = re.compile(r"https?://[^\s<&]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as the page draws it. ``key`` names it for good: numbers begin anew when the stand-in does."""

    mail: SeenMail

    @property
    def key(self) -> str:
        return self.mail.message_id

    @property
    def time(self) -> str:
        return clock(self.mail.received)

    @property
    def html(self) -> Markup:
        """The text, its links as links."""
        return Markup(LINK.sub(r'<a href="\g<0>">\g<0></a>', str(escape(self.mail.text.strip()))))


@dataclass(frozen=True, slots=True)
class Post:
    """``last``: ask with it as ``since`` for what comes later; ``letters`` by the owner's slug, newest first."""

    last: int
    letters: Mapping[str, Sequence[Letter]]

    def __bool__(self) -> bool:
        return any(self.letters.values())


def post(mailbox: FakeMailControl | None, owners: Sequence[Owner], since: int = 0) -> Post:
    """Raises StandInUnreachable."""
    mails = mailbox.mails(since=since) if mailbox else []
    letters = {
        owner.slug: [Letter(one) for one in reversed(mails) if one.recipient == owner.email]
        for owner in owners
        if owner.email
    }
    return Post(max([since, *(one.number for one in mails)]), letters)
