"""A citizen's documents as an action may know them: for a whole batch of conversations, in a constant number of
queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from bot.contracts import (
    UNSENT_FOR,
    Advice,
    AttachmentState,
    Documents,
    OwnFile,
    OwnSubmission,
    OwnTicket,
    SubmissionState,
    TicketState,
    Whom,
)
from bot.desk import consents, files, submissions
from bot.desk.inbox import CHECKED
from bot.desk.news import GONE, OTHERS, Told, untold
from bot.desk.turns import DueConversation
from bot.models import Attachment, Consent, Conversation, InboundMessage, Submission, Ticket

LATELY = timedelta(days=30)
"""Rules §4: what was never submitted is deleted after that, counted from the citizen's last work on it."""
SHOWN = (*files.KEPT, AttachmentState.DELETING)
_WHOM = {Whom.SELF: "diri sendiri", Whom.CHILD: "anak", Whom.PARENT: "orang tua", Whom.OTHER: "orang lain"}


def of_conversations(session: Session, due: Sequence[DueConversation], now: datetime) -> dict[int, Documents]:
    """By conversation id; those without any are left out."""
    ids = [held.id for held in due]
    with_papers, with_tickets = _present(session, ids)
    given = consents.latest(session, with_papers) if with_papers else {}
    begun = _submissions(session, with_papers, now) if with_papers else []
    sent = _files(session, with_papers) if with_papers else []
    tickets = _tickets(session, with_tickets, now) if with_tickets else {}
    found = {}
    for held in due:
        mine = [row for row in begun if row[0].conversation_id == held.id]
        rows = [row for row in sent if row[0].conversation_id == held.id]
        if mine or rows or held.id in given or held.id in tickets:
            known = _documents(held, mine, rows, now)
            consent = given.get(held.id)
            found[held.id] = Documents(
                consent=consent.answer if consent else None,
                consent_version=consent.version if consent else "",
                submissions=known[0],
                loose=known[1],
                checking=_checking(held, rows),
                ended=known[2],
                tickets=tuple(tickets.get(held.id, ())),
                gone=tuple(_own_file(file, message, {}, ()) for file, message in rows if _is_gone(file)),
            )
    return found


def answered_to(session: Session, due: Sequence[DueConversation]) -> dict[int, int]:
    """Message → the file whose message it replies to, also one that is gone: then nothing else is meant by it."""
    wanted = {(held.id, message.replied_to) for held in due for message in held.messages if message.replied_to}
    if not wanted:
        return {}
    rows = session.execute(
        select(InboundMessage.conversation_id, InboundMessage.sid, Attachment.id)
        .join(Attachment, Attachment.inbound_id == InboundMessage.id)
        .where(InboundMessage.sid.in_([sid for _, sid in wanted]), InboundMessage.kind.in_(CHECKED))
        .order_by(Attachment.id.desc())
    )
    files = {(conversation_id, sid): file_id for conversation_id, sid, file_id in rows}
    replies = ((held.id, message) for held in due for message in held.messages)
    return {message.id: file for held_id, message in replies if (file := files.get((held_id, message.replied_to)))}


def spoken_of(documents: Documents) -> Told:
    """What an answer that was decided with these documents tells the citizen."""
    every = (*documents.submissions, *documents.ended)
    its_files = [file for one in every for file in one.files]
    return Told(
        files=[file.id for file in (*its_files, *documents.loose) if file.new] + [one.id for one in documents.gone],
        submissions=[(one.id, one.news) for one in every if one.news],
    )


def has_news(documents: Documents) -> bool:
    """Whether there is something to say though nobody wrote."""
    told = spoken_of(documents)
    return bool(told.files or told.submissions)


_PRESENT = select(
    Conversation.id,
    exists().where(Consent.contact_id == Conversation.contact_id)
    | exists().where(Attachment.conversation_id == Conversation.id)
    | exists().where(Submission.conversation_id == Conversation.id),
    exists().where(Ticket.conversation_id == Conversation.id),
).where(Conversation.id.in_(bindparam("ids", expanding=True)))


def _present(session: Session, ids: Sequence[int]) -> tuple[list[int], list[int]]:
    """Those with anything of documents, and those with tickets: most conversations have neither, and each is a question
    fewer for every answer."""
    rows = session.connection().execute(_PRESENT, {"ids": list(ids)}).all()
    return [row[0] for row in rows if row[1]], [row[0] for row in rows if row[2]]


Begun = tuple[Submission, Ticket | None]
Sent = tuple[Attachment, InboundMessage]


def _submissions(session: Session, ids: Sequence[int], now: datetime) -> list[Begun]:
    """Those not ended and, of the last month, those that are: the one spoken of last first."""
    rows = session.execute(
        select(Submission, Ticket)
        .outerjoin(Ticket, Ticket.id == Submission.ticket_id)
        .where(Submission.conversation_id.in_(ids))
        .where(or_(Submission.ended_at.is_(None), Submission.ended_at > now - LATELY, Submission.news.is_not(None)))
        .order_by(Submission.touched_at.desc(), Submission.id.desc())
    )
    return [(row[0], row[1]) for row in rows]


def _files(session: Session, ids: Sequence[int]) -> list[Sent]:
    """What is kept, what is being checked, and of what is not kept that which was not told yet."""
    checked = and_(Attachment.state == AttachmentState.PENDING, Attachment.due_at.is_not(None))
    rows = session.execute(
        select(Attachment, InboundMessage)
        .join(InboundMessage, InboundMessage.id == Attachment.inbound_id)
        .where(Attachment.conversation_id.in_(ids), or_(Attachment.state.in_(SHOWN), checked, untold()))
        .order_by(Attachment.number, Attachment.id)
    )
    return [(row[0], row[1]) for row in rows]


def _tickets(session: Session, ids: Sequence[int], now: datetime) -> dict[int, list[OwnTicket]]:
    found: dict[int, list[OwnTicket]] = {}
    rows = session.execute(
        select(Ticket)
        .where(Ticket.conversation_id.in_(ids), Ticket.kind != submissions.KIND)
        .where(or_(Ticket.state.not_in((TicketState.RESOLVED, TicketState.CLOSED)), Ticket.opened_at > now - LATELY))
        .order_by(Ticket.id.desc())
    )
    for ticket in rows.scalars():
        own = OwnTicket(ticket.number, ticket.kind, ticket.service, ticket.state, ticket.opened_at)
        found.setdefault(ticket.conversation_id, []).append(own)
    return found


def _documents(
    held: DueConversation, mine: Sequence[Begun], rows: Sequence[Sent], now: datetime
) -> tuple[tuple[OwnSubmission, ...], tuple[OwnFile, ...], tuple[OwnSubmission, ...]]:
    """Submissions that go on, loose files, submissions that ended."""
    homes = {file.id: file.submission_id for file, _ in rows if file.state in files.KEPT}
    in_turn = {message.id for message in held.messages}
    by_submission: dict[int | None, list[OwnFile]] = {}
    going_on = {one.id for one, _ in mine if one.state in submissions.UNENDED}
    for file, message in rows:
        if file.delete_due_at and file.delete_due_at <= now:
            continue
        home = file.submission_id if file.submission_id in going_on else None
        if home is None and file.submission_id is not None and not _is_undoable(file, now):
            continue  # of a submission that ended
        by_submission.setdefault(home, []).append(_own_file(file, message, homes, in_turn))
    labels = _labels([one for one, _ in mine])
    open_, ended = [], []
    for one, ticket in mine:
        if one.state in submissions.UNENDED:
            open_.append(_own(one, ticket, labels[one.id], by_submission.get(one.id, ())))
        else:
            ended.append(_own(one, ticket, labels[one.id], ()))
    return tuple(open_), tuple(by_submission.get(None, ())), tuple(ended)


def _is_undoable(file: Attachment, now: datetime) -> bool:
    return file.state is AttachmentState.DELETING and file.deleted_why in files.CAN_BE_UNDONE


def _is_gone(file: Attachment) -> bool:
    return file.state in GONE and file.deleted_why in OTHERS and file.told_at is None


def _own(one: Submission, ticket: Ticket | None, label: str, its_files: Iterable[OwnFile]) -> OwnSubmission:
    unsent = one.state is SubmissionState.COLLECTING
    return OwnSubmission(
        id=one.id,
        service=one.service,
        whom=one.whom,
        label=label,
        state=one.state,
        answers=dict(one.answers),
        files=tuple(its_files),
        opened_at=one.opened_at,
        number=ticket.number if ticket else None,
        ticket_state=ticket.state if ticket else None,
        news=one.news,
        expires_at=one.touched_at + UNSENT_FOR if unsent else None,
        cancel_asked=one.cancel_asked_at is not None,
        return_note=one.return_note,
    )


def _own_file(
    file: Attachment, message: InboundMessage, homes: Mapping[int, int | None], in_turn: Collection[int]
) -> OwnFile:
    """``homes``: of every kept file, its submission. For two submissions the same paper is perfectly right."""
    settled = file.settled_at is not None and file.state in (*files.KEPT, AttachmentState.REFUSED, AttachmentState.LOST)
    first = file.repeats_id
    is_repeated = first is not None and first in homes and homes[first] == file.submission_id
    return OwnFile(
        id=file.id,
        message_id=message.id,
        number=file.number,
        document=file.document,
        page=file.page,
        state=file.state,
        advice=frozenset(Advice(word) for word in file.advice),
        guesses=tuple(file.guesses),
        refusal=file.refusal,
        rejection=file.rejection,
        rejection_note=file.rejection_note,
        repeats=first if is_repeated else None,
        new=settled and (message.id in in_turn or file.told_at is None),
        caption=message.body,
        undo_until=file.delete_due_at if file.deleted_why in files.CAN_BE_UNDONE else None,
        replaced_by=file.replaced_by,
        pages=file.pages or 1,
        delete_asked=file.delete_asked_at is not None,
        deleted_why=file.deleted_why,
        is_proposed=file.replaces_id is not None,
    )


def _checking(held: DueConversation, rows: Sequence[Sent]) -> int:
    in_turn = {message.id for message in held.messages}
    return sum(file.state is AttachmentState.PENDING and message.id in in_turn for file, message in rows)


def _labels(mine: Sequence[Submission]) -> dict[int, str]:
    """What tells several of one service apart, counted in the order they were begun."""
    of_service = Counter(one.service for one in mine)
    of_person = Counter((one.service, one.whom) for one in mine)
    seen: Counter[tuple[str, Whom | None]] = Counter()
    labels = {}
    for one in sorted(mine, key=lambda one: one.id):
        seen[one.service, one.whom] += 1
        words = [_WHOM[one.whom]] if one.whom else []
        if of_person[one.service, one.whom] > 1:
            words.append(f"ke-{seen[one.service, one.whom]}")
        labels[one.id] = " ".join(words) if of_service[one.service] > 1 else ""
    return labels
