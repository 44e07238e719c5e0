"""The link to a password, by mail: sent when the rows are committed, and shown to whoever made it in any case.

A link opens an account, so it stands in no row and is not tried again by itself: whoever made it sees at once that the
mail did not go out, and hands the link over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum

import structlog

from bot.contracts import Mail
from bot.errors import WayError
from bot.gateways.base import Mailer
from bot.models import Staff
from bot.web.accounts.texts import DEFAULT, TEXTS

log = structlog.get_logger()


class Mailed(StrEnum):
    SENT = "sent"
    FAILED = "failed"
    NOT_SET_UP = "not_set_up"


class LinkMail:
    """``mailer`` is asked at the first link; it has None where no mail server is set up."""

    def __init__(self, mailer: Callable[[], Mailer | None]) -> None:
        self._mailer = mailer

    def send(self, staff: Staff, link: str, office: str) -> Mailed:
        """In the person's own language. Never raises: the link is there without it."""
        mailer = self._mailer()
        if mailer is None:
            return Mailed.NOT_SET_UP
        try:
            mailer.send(_mail(staff, link, office))
        except WayError as error:
            log.warning("link_not_mailed", staff=staff.id, reason=error.reason, code=error.code)
            return Mailed.FAILED
        return Mailed.SENT


def _mail(staff: Staff, link: str, office: str) -> Mail:
    words = TEXTS.get(staff.language, TEXTS[DEFAULT])
    reference = hashlib.sha256(link.encode()).hexdigest()[:24]
    text = words["link_mail"].format(name=staff.name, office=office, link=link)
    return Mail(staff.email, words["link_mail_subject"], text, reference=f"link.{reference}")
