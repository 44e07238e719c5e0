"""Recover: find the messages that came while the webhook was down, by Twilio's own list.

The same insert as the webhook's, so a message that came both ways is kept once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.contracts import InboundForm
from bot.db.session import Database
from bot.desk import inbox, offices
from bot.errors import TwilioBusy
from bot.flow.receive import QuietWindows, Received, receive
from bot.gateways.base import Messenger

log = structlog.get_logger()

OVERLAP = timedelta(hours=2)  # Twilio's clock is not ours, and a message may appear in the list late
FURTHEST = timedelta(days=14)  # an office switched off over a long holiday


def recover_inbound(
    database: Database, messenger: Messenger, quiet: QuietWindows, now: datetime, done_until: datetime | None
) -> int:
    """Receive what Twilio lists and we do not have, for every office. Returns how many were found.

    What is older than WhatsApp's day cannot be answered any more and is left to an officer. Raises TwilioBusy when
    an office's list could not be read to its end: the next run looks again from the same point.
    """
    # a first run begins here and now: what came before Sapa was switched on was somebody else's to answer
    since = max((done_until or now) - OVERLAP, now - FURTHEST)
    with database.reading() as session:
        senders = [office.sender for office in offices.all_offices(session)]
    found = 0
    failed: TwilioBusy | None = None
    for sender in senders:
        try:
            forms = messenger.list_received(sender, since)
            found += sum(_recover(database, messenger, form, quiet, now) for form in forms)
        except TwilioBusy as error:
            failed = error  # one office's account must not hold up the others
    if found:
        log.warning("recovered_inbound", found=found)
    if failed:
        raise failed
    return found


def _recover(database: Database, messenger: Messenger, form: InboundForm, quiet: QuietWindows, now: datetime) -> bool:
    with database.reading() as session:
        if inbox.is_kept(session, form):
            return False
    return receive(database, messenger.with_files(form), quiet, now) is Received.KEPT
