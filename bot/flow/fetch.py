"""Fetch: the worker's third round, from a message's files to what is known of them.

1. Claim files that are due, and commit.
2. Fetch several at a time; look into them one by one, in the order they came, in a process of its own.
3. Seal what is kept and put it to the storage, still outside any transaction.
4. Record each in one transaction: state, advice, the vault's rows, hashes of the numbers it shows, the fact; and the
   turn that waits for its pictures becomes due.

Whoever dies before 4 has written nothing: the lease ends, and the file is fetched again. What was stored by then
nobody can open, and the clock sweeps it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.contracts import FetchedFile, Inspection, Refusal
from bot.contracts.files import VaultPart
from bot.db.session import Database
from bot.desk import fetched
from bot.desk.fetched import HeldFile
from bot.desk.vault import SealedPart, Vault
from bot.errors import FileLost, FileRefused, MediaBusy, StorageBusy, where
from bot.gateways.base import Inspector, MediaFetcher

log = structlog.get_logger()

BATCH = 4  # files a claim: they are fetched together, and their bytes are in memory together
FRESH = fetched.LEASE / 2  # what is claimed longer ago is not begun: the lease may soon be somebody else's


@dataclass(frozen=True, slots=True)
class Fetching:
    """Who does the work of a round."""

    database: Database
    media: MediaFetcher
    inspector: Inspector
    vault: Vault
    now: Callable[[], datetime]

    def close(self) -> None:
        self.inspector.close()


def fetch_due(fetching: Fetching) -> datetime | None:
    """Fetch and check the files that are due, at most a batch of them.

    Returns when to look again: a time already past when there may be more; None when nothing is owed.
    """
    with fetching.database.reading() as session:
        next_due = fetched.next_due_at(session)
    if next_due is None or next_due > fetching.now():
        return next_due
    claimed_at = fetching.now()
    with fetching.database.transaction() as session:
        held = fetched.claim_due(session, claimed_at, BATCH)
    with ThreadPoolExecutor(BATCH, thread_name_prefix="fetch") as pool:
        coming = [(file, pool.submit(fetching.media.fetch, file.url)) for file in held]
        for file, body in coming:
            if fetching.now() - claimed_at < FRESH:
                _work(fetching, file, body)
    return fetching.now()


def _work(fetching: Fetching, held: HeldFile, coming: Future[FetchedFile]) -> None:
    """See one file through; whatever happens to it must not stop the others."""
    try:
        found = fetching.inspector.inspect(coming.result())
        parts = fetching.vault.seal_parts(held.office_id, held.id, _parts(found))
        fetching.vault.store(parts)
    except FileRefused as error:
        _refuse(fetching, held, error)
    except FileLost:
        _lose(fetching, held)
    except (MediaBusy, StorageBusy) as error:
        _put_off(fetching, held, error)
    except Exception as error:  # a fault of ours, perhaps of this one file
        log.error("file_not_checked", attachment=held.id, error=type(error).__name__, where=where(error))
        _put_off(fetching, held, error)
    else:
        _keep(fetching, held, found, parts)


def _parts(found: Inspection) -> dict[VaultPart, bytes]:
    """What OCR read is personal data like the picture."""
    parts = {VaultPart.FILE: found.clean, VaultPart.THUMBNAIL: found.thumbnail}
    return parts | ({VaultPart.TEXT: found.text.encode()} if found.text else {})


def _keep(fetching: Fetching, held: HeldFile, found: Inspection, parts: list[SealedPart]) -> None:
    try:
        with fetching.database.transaction() as session:
            is_ours = fetched.keep(session, held, found, parts, fetching.vault.keys, fetching.now())
    except (OperationalError, InterfaceError) as error:  # the lease ends, and it is done again
        log.warning("file_not_written", attachment=held.id, error=type(error).__name__)
        return
    log.info("file_stored" if is_ours else "file_not_ours", attachment=held.id, attempts=held.attempts)
    if not is_ours:
        with suppress(StorageBusy):  # then it is swept
            fetching.vault.remove(part.name for part in parts)


def _refuse(fetching: Fetching, held: HeldFile, error: FileRefused) -> None:
    log.info("file_refused", attachment=held.id, reason=error.reason)
    with fetching.database.transaction() as session:
        fetched.refuse(session, held, Refusal(error.reason), fetching.now())


def _lose(fetching: Fetching, held: HeldFile) -> None:
    log.warning("file_lost", attachment=held.id, attempts=held.attempts)
    with fetching.database.transaction() as session:
        fetched.lose(session, held, fetching.now())


def _put_off(fetching: Fetching, held: HeldFile, error: Exception) -> None:
    """Later; after a day of tries in vain it is lost. A storage that is away is our own fault, and is waited for."""
    now = fetching.now()
    if not isinstance(error, StorageBusy) and not fetched.may_try_again(held, now):
        _lose(fetching, held)
        return
    log.warning("file_put_off", attachment=held.id, attempts=held.attempts, error=type(error).__name__)
    with fetching.database.transaction() as session:
        fetched.put_off(session, held, now)
