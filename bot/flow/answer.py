"""Answer: the worker's round from due conversations to replies in the outbox.

1. Claim conversations whose quiet window is over.
2. Understand all their messages with one question to the NLU. When it is down, they wait and are tried again;
   past the grace period they are answered honestly with the menu that needs no NLU.
3. Decide each by itself, apply them with one commit; one that fails goes to an officer and never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from bot.contracts import Actor, Decision, EventKind, InboundState, Reading
from bot.db.session import Database
from bot.desk import documents, turns
from bot.desk.lookups import TailCheck, never_fits
from bot.desk.turns import DueConversation
from bot.errors import LeaseLost, NluRefused, NluUnavailable, where
from bot.flow import officer_chat
from bot.flow.apply import Decided, apply
from bot.flow.assistant import Assistant
from bot.flow.decide import OPENED, decide, leave_to_officer
from bot.flow.known import NOTHING, Known, look_up
from bot.flow.understand import Question, as_turn, question_of, understand
from bot.gateways.base import Reader

log = structlog.get_logger()

BATCH = 32  # conversations a round: enough for one cheap question to the NLU, few enough for a short lease
GRACE = timedelta(seconds=20)  # how long a citizen waits for a silent NLU before the menu
NLU_RETRY = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Line:
    """Who does the work of a round. ``fits_tail`` knows the last digits of the NIK in a submission's files."""

    database: Database
    reader: Reader
    assistant: Assistant
    now: Callable[[], datetime]
    fits_tail: TailCheck = never_fits


def answer_due(line: Line) -> datetime | None:
    """Answer the conversations that are due, at most a batch of them.

    Returns when to look again: a time already past when there may be more; None when nobody waits.
    """
    with line.database.reading() as session:
        next_due = turns.next_due_at(session)
    if next_due is None or next_due > line.now():
        return next_due
    with line.database.transaction() as session:
        due = turns.claim_due(session, line.now(), BATCH)
    if due:
        with line.database.reading() as session:
            known = look_up(session, due, line.assistant, line.now())
        _answer_all(line, due, known)
    return line.now()


def _answer_all(line: Line, due: Sequence[DueConversation], known: Mapping[int, Known]) -> None:
    ready: list[Decided] = []
    asked: list[tuple[DueConversation, Question]] = []
    for held in _without_officers(line, due):
        question = _question(line, held)
        if question is None:
            _leave(line, held, {})
        elif question.texts:
            asked.append((held, question))
        else:
            # an offered option, a sticker: needs no NLU
            ready += _decide(line, held, question, [], known.get(held.id, NOTHING))
    _apply_all(line, ready)
    ready = []
    readings = _read(line, [question for _, question in asked])
    for (held, question), found in zip(asked, readings, strict=True):
        if found is None and _may_wait(line, held, question):
            with line.database.transaction() as session:
                turns.postpone(session, held, line.now() + NLU_RETRY * min(held.attempts, 4))
        else:
            ready += _decide(line, held, question, found, known.get(held.id, NOTHING))
    _apply_all(line, ready)


def _without_officers(line: Line, due: Sequence[DueConversation]) -> Iterator[DueConversation]:
    """The turns that are a citizen's; what officers wrote from their own numbers is done at once."""
    for held in due:
        if held.officer is None:
            yield held
        elif (as_citizen := officer_chat.as_citizen(held, line.assistant)) is not None:
            yield as_citizen
        else:
            _answer_officer(line, held, held.officer)


def _answer_officer(line: Line, held: DueConversation, officer: Actor) -> None:
    try:
        with line.database.transaction() as session:
            officer_chat.answer_officer(session, held, officer, line.assistant, line.now())
    except Exception as error:  # the lease runs out, and then again
        log.error("officer_not_answered", conversation=held.id, error=type(error).__name__, where=where(error))


def _question(line: Line, held: DueConversation) -> Question | None:
    """None when not even that can be told: one odd conversation must not stop the others."""
    try:
        return question_of(held, line.assistant)
    except Exception as error:
        _log_failure(held, error)
        return None


def _read(line: Line, questions: Sequence[Question]) -> Sequence[list[Reading] | None]:
    """Each question's readings; None where the NLU gave none."""
    if not questions:
        return []
    try:
        return understand(questions, line.reader)
    except NluRefused as error:
        log.warning("nlu_refused", reason=str(error), conversations=len(questions))
        if len(questions) > 1:  # one odd text must not silence the others: each by itself
            return [readings for question in questions for readings in _read(line, [question])]
    except NluUnavailable as error:
        log.warning("nlu_unavailable", reason=str(error), conversations=len(questions))
    return [None for _ in questions]


def _decide(
    line: Line, held: DueConversation, question: Question, found: list[Reading] | None, known: Known
) -> list[Decided]:
    """The decision about a turn; nothing when it failed and the turn was left to an officer."""
    by_message = dict(zip(question.by_message, found or (), strict=False))
    try:
        decision = decide(held, as_turn(held, question, found), known, line.assistant, line.now())
    except Exception as error:  # one conversation must never stop the others, nor be forgotten
        _log_failure(held, error)
        _leave(line, held, by_message)
        return []
    offers_follow_up = bool(held.messages) and known.resolved is not None and not _starts_nothing(line, decision)
    told = documents.spoken_of(known.documents)
    return [Decided(held, decision, by_message, offers_follow_up=offers_follow_up, told=told)]


def _starts_nothing(line: Line, decision: Decision) -> bool:
    return decision.intents == (OPENED,) or line.assistant.is_closing(decision.intents)


def _apply_all(line: Line, ready: Sequence[Decided]) -> None:
    def work(session: Session, some: Sequence[Decided]) -> None:
        apply(session, some, line.assistant, line.fits_tail, line.now())

    for decided, error in zip(ready, line.database.write_all(ready, work), strict=True):
        if error is None:
            continue
        if isinstance(error, LeaseLost | OperationalError | InterfaceError):
            # somebody else has it, or the database is away: then the lease runs out, and it is done again
            log.warning("not_written", conversation=decided.held.id, error=type(error).__name__)
        else:
            _log_failure(decided.held, error)
            _leave(line, decided.held, decided.readings)


def _log_failure(held: DueConversation, error: Exception) -> None:
    log.error(EventKind.LEFT_TO_OFFICER, conversation=held.id, error=type(error).__name__, where=where(error))


def _leave(line: Line, held: DueConversation, readings: Mapping[int, Reading]) -> None:
    left = Decided(held, leave_to_officer(held), readings, InboundState.LEFT_TO_OFFICER)
    try:
        with line.database.transaction() as session:
            apply(session, [left], line.assistant, line.fits_tail, line.now())
    except Exception as error:  # not even that could be written: the lease runs out, and then again
        log.error("not_written", conversation=held.id, error=type(error).__name__, where=where(error))


def _may_wait(line: Line, held: DueConversation, question: Question) -> bool:
    """Whether a conversation should wait for the NLU: not past the grace period, nor for what keywords answer."""
    if line.now() - held.unanswered_since > GRACE:
        return False
    try:
        return not all(line.assistant.is_keyword(text, held.office_prefix) for text in question.by_message.values())
    except Exception as error:  # _answer meets it again, and leaves the turn to a person
        log.error("keyword_failed", conversation=held.id, error=type(error).__name__, where=where(error))
        return False
