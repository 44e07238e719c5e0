"""Deliver: from the outbox to Twilio, in order within a conversation, each message once.

1. Claim queued messages and commit: they are `sending` now.
2. Call Twilio, several conversations at a time, outside any transaction.
3. Record what came of it. Where that is unknown (a time-out, a crash between 2 and 3), the message stays held
   until its lease ends; then Twilio's own list says whether it went out, before anything is sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

import structlog
from sqlalchemy.orm import Session

from bot.contracts import SentMessage, TemplateMessage
from bot.db.session import Database
from bot.db.wake import Alarm
from bot.desk import outbox, outcomes
from bot.desk.outbox import Claimed
from bot.errors import SapaError, TwilioBusy, TwilioError, TwilioOutcomeUnknown, TwilioRefused
from bot.gateways.base import Messenger

log = structlog.get_logger()

AT_ONCE = 16  # messages on their way to Twilio
FRESH = outbox.LEASE / 3  # a claim older than this is not begun
LOOK_BACK = timedelta(hours=6)  # Twilio's clock is not ours: an old office PC may be minutes off
NEVER_ARRIVED = frozenset({"failed", "undelivered", "canceled"})

Outcome = SentMessage | SapaError


class Delivery:
    """Sends from the outbox with a small pool of threads. One instance a worker; not shared between threads."""

    def __init__(self, database: Database, messenger: Messenger, alarm: Alarm, now: Callable[[], datetime]) -> None:
        self._database = database
        self._messenger = messenger
        self._alarm = alarm
        self._now = now
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="send")
        self._done: SimpleQueue[tuple[Claimed, Outcome]] = SimpleQueue()
        self.under_way = 0

    def step(self) -> datetime | None:
        """Record what is finished, take what is due, look after what was cut short.

        Returns when to look again: a time already past when there may be more; None when nothing is owed. What
        finishes in between rings the alarm.
        """
        sent, troubles = self._finished()
        try:
            self._record_troubles(troubles)
            return self._record_and_claim(sent)
        finally:  # what the database did not take stays here for the next round
            for pair in (*sent, *troubles):
                self._done.put(pair)

    def close(self) -> None:
        """Wait for what is on its way and record it."""
        self._pool.shutdown(wait=True)
        sent, troubles = self._finished()
        self._record_troubles(troubles)
        with self._database.transaction() as session:
            outcomes.mark_sent(session, sent, self._now())

    def _start(self, held: Claimed, work: Callable[[Claimed], Outcome]) -> None:
        self.under_way += 1
        self._pool.submit(work, held).add_done_callback(lambda future: self._finish(held, future))

    def _finish(self, held: Claimed, future: Future[Outcome]) -> None:
        error = future.exception()
        if error is not None:  # a fault of ours after the request may have left: find out before sending again
            log.error("send_failed", message=held.id, error=type(error).__name__)
            self._done.put((held, TwilioOutcomeUnknown(type(error).__name__)))
        else:
            self._done.put((held, future.result()))
        self._alarm.ring()

    def _finished(self) -> tuple[list[tuple[Claimed, SentMessage]], list[tuple[Claimed, Outcome]]]:
        """What is finished and not yet recorded: what was sent, and what met trouble."""
        finished = list(_drain(self._done))
        sent = [(held, outcome) for held, outcome in finished if isinstance(outcome, SentMessage)]
        return sent, [pair for pair in finished if not isinstance(pair[1], SentMessage)]

    def _record_troubles(self, troubles: list[tuple[Claimed, Outcome]]) -> None:
        """Each in a transaction of its own: a trouble opens a ticket and so locks more than its row; together they
        could lock each other out. What is recorded leaves the list."""
        while troubles:
            with self._database.transaction() as session:
                _record_trouble(session, *troubles[0], self._now())
            troubles.pop(0)
            self.under_way -= 1

    def _record_and_claim(self, sent: list[tuple[Claimed, SentMessage]]) -> datetime | None:
        """Record what was sent and take what is due, with one commit. What is recorded leaves the list."""
        room = AT_ONCE - self.under_way + len(sent)
        with self._database.reading() as session:
            next_due = outbox.next_due_at(session) if room > 0 else None
        is_due = next_due is not None and next_due <= self._now()
        if not sent and not is_due:
            return next_due
        with self._database.transaction() as session:
            outcomes.mark_sent(session, sent, self._now())
            lost = outbox.claim_cut_short(session, self._now(), room) if is_due else []
            claimed = outbox.claim_due(session, self._now(), room - len(lost)) if is_due else []
        self.under_way -= len(sent)
        sent.clear()
        for held in lost:
            self._start(held, self._find_out)
        for held in claimed:
            self._start(held, self._send)
        return self._now()

    def _send(self, held: Claimed) -> Outcome:
        if self._now() - held.claimed_at > FRESH:
            return TwilioBusy("stale")  # this process stood still; the lease may soon be somebody else's
        message = held.message
        try:
            if not isinstance(message, TemplateMessage):
                return self._messenger.send(message)
            if not message.content_sid:
                return TwilioBusy("not_approved")  # its approval was taken away meanwhile; it may come back
            return self._messenger.send_template(message)
        except TwilioError as error:
            return error

    def _find_out(self, held: Claimed) -> Outcome:
        """Ask Twilio whether a message whose sending was cut short went out."""
        try:
            listed = self._messenger.list_sent(held.message.recipient, held.first_tried_at - LOOK_BACK)
        except TwilioError as error:
            return TwilioOutcomeUnknown(error.reason, error.code)
        with self._database.reading() as session:
            known = outcomes.known_sids(session, held.conversation_id)
        alike = [
            sent
            for sent in listed
            if sent.body == held.message.body and sent.sid not in known and sent.status not in NEVER_ARRIVED
        ]
        log.info("reconciled", message=held.id, found=len(alike))
        if len(alike) == 1:
            return alike[0]
        return TwilioRefused("undecided") if alike else TwilioBusy("cut_short")


def _record_trouble(session: Session, held: Claimed, outcome: Outcome, now: datetime) -> None:
    given_up = now - held.first_tried_at > outcomes.GIVE_UP_AFTER
    code = outcome.code if isinstance(outcome, TwilioError) else None
    if isinstance(outcome, TwilioRefused):
        reason = "undecided" if outcome.reason == "undecided" else "refused"
        outcomes.mark_failed(session, held, reason, code, now)
    elif isinstance(outcome, TwilioBusy):
        if given_up:
            outcomes.mark_failed(session, held, "gave_up", code, now)
        else:
            outcomes.put_back(session, held, now, code)
    elif given_up:
        outcomes.mark_failed(session, held, "undecided", code, now)
    else:
        outcomes.look_again(session, held, now)


def _drain(queue: SimpleQueue[tuple[Claimed, Outcome]]) -> Iterable[tuple[Claimed, Outcome]]:
    while True:
        try:
            yield queue.get_nowait()
        except Empty:
            return
