"""What a citizen asks an officer to do with what was handed in: cancel it, delete a file, take a new photo instead of
one. Each is a ticket, one a kind and submission, that ends when it is done or refused."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind, Outcome, TargetKind, TicketState
from bot.db.wake import announce
from bot.desk import alerts, claims, conversations, files, news, targets, tickets
from bot.desk.events import record_of
from bot.models import Attachment, Submission, Ticket


def ask(session: Session, submission: Submission, kind: str, now: datetime) -> str:
    """A ticket, with its alert. Returns its number."""
    opened = tickets.open_ticket(
        session,
        submission.office_id,
        submission.conversation_id,
        kind=kind,
        service=submission.service,
        now=now,
        actor="citizen",
        submission_id=submission.id,
    )
    announce(session)
    return opened.number


def propose(session: Session, submission: Submission, old: Attachment, new: Attachment, now: datetime) -> str:
    """A photo that the citizen wants in place of one that was handed in: it stands beside it until an officer accepts
    it, or deletes it. An earlier such photo gives way. Returns the ticket's number."""
    for earlier in proposed(session, old):
        if earlier.id != new.id:
            files.give_way(session, earlier, new, now)
    files.place_beside(session, new, old)
    return ask_to_replace(session, submission, old, now)


def ask_to_replace(session: Session, submission: Submission, file: Attachment, now: datetime) -> str:
    """The photo itself may come later. Returns the ticket's number."""
    file.replace_asked_at = now
    session.flush()
    return ask(session, submission, tickets.REPLACE, now)


def proposed(session: Session, old: Attachment) -> list[Attachment]:
    """The photos that are to take a file's place, as soon as an officer says so."""
    return [one for one in files.of_submission(session, old.submission_id or 0) if one.replaces_id == old.id]


def end_done(session: Session, submission: Submission, actor: Actor, now: datetime) -> None:
    """End what was asked of its files and has nothing left to be done."""
    kept = files.of_submission(session, submission.id)
    if not any(file.delete_asked_at for file in kept):
        end(session, submission, tickets.DELETE, actor, now)
    if not any(file.replace_asked_at for file in kept):
        end(session, submission, tickets.REPLACE, actor, now)


def end(session: Session, submission: Submission, kind: str, actor: Actor, now: datetime) -> None:
    """An officer did it, or said no; the citizen hears of that with the news of the files or of the submission."""
    of_it = (Ticket.conversation_id == submission.conversation_id, Ticket.submission_id == submission.id)
    open_ = select(Ticket).where(*of_it, Ticket.kind == kind, Ticket.state.in_(claims.UNENDED))
    ended = session.scalars(open_.execution_options(populate_existing=True)).all()
    for ticket in ended:
        resolve(session, ticket, Outcome.DONE, actor, now)
    if ended:
        news.settle(session, conversations.lock(session, submission.conversation_id), now)


def resolve(session: Session, ticket: Ticket, outcome: Outcome, actor: Actor, now: datetime) -> None:
    """End a ticket by what was done, without a word in the chat."""
    targets.met(session, ticket, TargetKind, now, actor.name)
    alerts.drop_waiting(session, ticket)
    ticket.state, ticket.outcome, ticket.resolved_at = TicketState.RESOLVED, outcome, now
    ticket.answered_at = ticket.answered_at or now
    ticket.owner_id = ticket.claimed_until = None
    record_of(session, ticket, EventKind.RESOLVED, now, actor.name, outcome=outcome)
