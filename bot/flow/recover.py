"""Recover: find the messages that came while the webhook was down, by Twilio's own list.

The same insert as the webhook's, so a message that came both ways is kept once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.db.session import Database
from bot.desk import offices
from bot.flow.receive import QuietWindows, Received, receive
from bot.gateways.base import Messenger

log = structlog.get_logger()

OVERLAP = timedelta(minutes=15)  # a message may appear in the list later than it was sent
FURTHEST = timedelta(hours=24)  # WhatsApp lets nobody answer older ones


def recover_inbound(
    database: Database, messenger: Messenger, quiet: QuietWindows, now: datetime, done_until: datetime | None
) -> int:
    """Receive what Twilio lists and we do not have, for every office. Returns how many were found.

    Raises TwilioBusy: then nothing is marked done and the next run looks again from the same point.
    """
    # a first run begins here and now: what came before Sapa was switched on was somebody else's to answer
    since = max((done_until or now) - OVERLAP, now - FURTHEST)
    found = 0
    with database.reading() as session:
        senders = [office.sender for office in offices.all_offices(session)]
    for sender in senders:
        for form in messenger.list_received(sender, since):
            found += receive(database, form, quiet, now) is Received.KEPT
    if found:
        log.warning("recovered_inbound", found=found)
    return found
