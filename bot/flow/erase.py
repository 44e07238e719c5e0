"""Erase: what was deleted is gone for good, everywhere, when it cannot be taken back any more.

1. Claim files whose ten minutes are over, and commit.
2. Delete their objects from the storage, then their rows' keys, hashes and findings in one transaction.
3. Have Twilio delete its copy, then write the tombstone.

Every step is done again without harm, so a run that is killed anywhere is taken up by the next one. Ours are gone
first: a Twilio that is away holds up only its own copy.
"""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.db.session import Database
from bot.desk import erasing, vault
from bot.desk.erasing import Doomed
from bot.errors import FileLost, where
from bot.gateways.base import MediaFetcher, Storage

log = structlog.get_logger()

AT_ONCE = 10
MOST = 200  # files a run; what is beyond is due at the next one, seconds later


def erase_files(database: Database, storage: Storage, media: MediaFetcher, now: datetime) -> int:
    """Erase the files that are due. Returns how many are gone."""
    gone = tried = 0
    while tried < MOST:
        with database.transaction() as session:
            doomed = erasing.claim_due(session, now, AT_ONCE)
        if not doomed:
            break
        tried += len(doomed)
        gone += sum(_erase(database, storage, media, file, now) for file in doomed)
    return gone


def _erase(database: Database, storage: Storage, media: MediaFetcher, doomed: Doomed, now: datetime) -> bool:
    try:
        vault.remove(storage, doomed.names)
        with database.transaction() as session:
            erasing.forget(session, doomed)
        _erase_at_twilio(media, doomed)
        with database.transaction() as session:
            erasing.bury(session, doomed, now)
    except Exception as error:  # one that cannot be erased now must not keep the others
        log.warning("file_not_erased", attachment=doomed.id, error=type(error).__name__, where=where(error))
        with database.transaction() as session:
            erasing.put_off(session, doomed, now)
        return False
    log.info("file_erased", attachment=doomed.id)
    return True


def _erase_at_twilio(media: MediaFetcher, doomed: Doomed) -> None:
    if not doomed.url:
        return
    try:
        media.erase(doomed.url)
    except FileLost:  # never was Twilio's: there is nothing of ours
        log.warning("file_not_at_twilio", attachment=doomed.id)
