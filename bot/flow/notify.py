"""Notify: from alerts to the people they are for, by mail, WhatsApp template and browser.

1. Claim due notices and commit: they are `sending` now.
2. Bring each by its way, outside any transaction; one way that refuses or hangs stops no other.
3. Record what came of it. What was cut short is found again when its lease ends: a mail goes out under the same
   Message-ID, a push takes the place of the first, a WhatsApp message is looked for in Twilio's list first.
"""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.contracts import Mail, PushMessage, TemplateMessage, Way
from bot.db.session import Database
from bot.desk import notices
from bot.desk.notices import Errand
from bot.errors import PushGone, WayError, where
from bot.flow.deliver import NEVER_ARRIVED
from bot.flow.watch import RulesOf
from bot.gateways.base import Mailer, Messenger, Pusher

log = structlog.get_logger()

MOST = 50  # notices a run
AT_ONCE = 8
LOOK_BACK = timedelta(hours=6)


class Wording(Protocol):
    """How an alert is told; the office's knowledge has the words."""

    def mail(self, errand: Errand) -> Mail: ...

    def template(self, errand: Errand) -> TemplateMessage: ...

    def is_of(self, errand: Errand, body: str) -> bool:
        """Whether a WhatsApp message of this text is this notice."""
        ...

    def push(self, errand: Errand, endpoint: str, p256dh: str, auth: str) -> PushMessage: ...


@dataclass(frozen=True, slots=True)
class Ways:
    """Who brings what; None: not set up. ``rules_of``: by the office's prefix."""

    messenger: Messenger
    mailer: Mailer | None
    pusher: Pusher | None
    wording: Wording
    rules_of: RulesOf

    @property
    def open(self) -> Collection[Way]:
        """The ways that may be used at all; whether a person can be reached by one is asked for each."""
        maybe = {Way.MAIL: self.mailer, Way.WHATSAPP: self.messenger, Way.PUSH: self.pusher}
        return {Way.DESK, *(way for way, who in maybe.items() if who is not None)}


def send_notices(database: Database, ways: Ways, now: datetime) -> int:
    """Bring the notices that are due. Returns how many were taken."""
    with database.transaction() as session:
        due = notices.claim_due(session, now, MOST)
    if due:
        with ThreadPoolExecutor(min(AT_ONCE, len(due)), thread_name_prefix="notify") as pool:
            list(pool.map(lambda errand: _bring(database, ways, errand, now), due))
    return len(due)


def _bring(database: Database, ways: Ways, errand: Errand, now: datetime) -> None:
    try:
        sid = _BY_WAY[errand.way](database, ways, errand)
    except WayError as error:
        log.warning("notice_not_sent", notice=errand.id, way=str(errand.way), reason=error.reason, code=error.code)
        with database.transaction() as session:
            if error.permanent:
                notices.mark_failed(session, errand, error.reason, now)
            else:
                notices.put_back(session, errand, ways.rules_of(errand.office_prefix).calendar, now)
    except Exception as error:  # a fault of ours in one must not stop the others; its lease runs out, and then again
        log.error("notice_failed", notice=errand.id, error=type(error).__name__, where=where(error))
    else:
        with database.transaction() as session:
            notices.mark_sent(session, errand, sid, now)


def _mail(_database: Database, ways: Ways, errand: Errand) -> str | None:
    assert ways.mailer is not None
    ways.mailer.send(ways.wording.mail(errand))
    return None


def _whatsapp(_database: Database, ways: Ways, errand: Errand) -> str | None:
    message = ways.wording.template(errand)
    if errand.attempts > 1:  # perhaps the last try went out after all
        listed = ways.messenger.list_sent(message.recipient, errand.first_tried_at - LOOK_BACK)
        arrived = (sent for sent in listed if sent.sid != errand.sid and sent.status not in NEVER_ARRIVED)
        went_out = next((sent for sent in arrived if ways.wording.is_of(errand, sent.body)), None)
        if went_out is not None:
            return went_out.sid
    return ways.messenger.send_template(message).sid


def _push(database: Database, ways: Ways, errand: Errand) -> str | None:
    """To every browser of the person; one that is reached is enough."""
    assert ways.pusher is not None
    reached = False
    failure: WayError | None = None
    for subscription_id, endpoint, p256dh, auth in errand.subscriptions:
        try:
            ways.pusher.push(ways.wording.push(errand, endpoint, p256dh, auth))
            reached = True
        except PushGone as error:
            failure = failure or error
            with database.transaction() as session:
                notices.forget_subscription(session, subscription_id)
        except WayError as error:
            failure = error
    if not reached:
        raise failure or PushGone("no_browser")
    return None


_BY_WAY = {Way.MAIL: _mail, Way.WHATSAPP: _whatsapp, Way.PUSH: _push}
