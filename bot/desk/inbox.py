"""The inbox: keeping what citizens write, each message once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.contracts import (
    AttachmentState,
    ConversationState,
    EventKind,
    InboundForm,
    InboundState,
    MessageKind,
)
from bot.db.upsert import insert_new
from bot.db.wake import announce
from bot.desk.events import record
from bot.desk.pace import earliest_by_pace
from bot.models import Attachment, Contact, Conversation, InboundMessage, Office, StrayDelivery

WINDOW = timedelta(hours=24)  # WhatsApp: free text only within a day of the citizen's last message


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as it is to be kept. ``files`` are (address at Twilio, content type), in Twilio's order."""

    form: InboundForm
    kind: MessageKind
    body: str
    payload: str
    profile_name: str
    files: Sequence[tuple[str, str]]


class AlreadyKept(Exception):
    """Another delivery of the same message came first; nothing of this one may stay."""


def is_kept(session: Session, sid: str) -> bool:
    """Whether a message with this MessageSid was stored before."""
    table = InboundMessage.__table__
    return session.connection().execute(select(table.c.id).where(table.c.sid == sid)).first() is not None


def keep(session: Session, office_id: int, delivery: Delivery, *, now: datetime, quiet: float, longest: float) -> int:
    """Store a message of an office's citizen and set when its turn is due. Returns its id.

    ``quiet``: seconds to wait for more; ``longest``: seconds after the first unanswered message that no further
    message may push the answer beyond. Raises AlreadyKept when the same MessageSid won a race: roll back then.
    """
    conversation = _conversation(session, office_id, delivery, now)
    seq = _schedule_answer(session, conversation, now, quiet, longest)
    inbound_id = insert_new(
        session,
        InboundMessage,
        office_id=office_id,
        conversation_id=conversation.id,
        seq=seq,
        sid=delivery.form.sid,
        kind=delivery.kind,
        body=delivery.body,
        payload=delivery.payload,
        form=dict(delivery.form.fields),
        received_at=now,
        state=InboundState.RECEIVED,
    )
    if inbound_id is None:
        raise AlreadyKept
    if delivery.files:
        rows = [
            {
                "office_id": office_id,
                "inbound_id": inbound_id,
                "place": place,
                "url": url,
                "content_type": content_type,
                "state": AttachmentState.PENDING,
            }
            for place, (url, content_type) in enumerate(delivery.files)
        ]
        session.connection().execute(insert(Attachment.__table__), rows)
    record(
        session,
        EventKind.RECEIVED,
        office_id=office_id,
        conversation_id=conversation.id,
        at=now,
        actor="citizen",
        subject=f"inbound_message:{inbound_id}",
        kind_of_message=str(delivery.kind),
    )
    announce(session)
    return inbound_id


def office_for(session: Session, address: str) -> int | None:
    """The id of the office with this sender address, or None."""
    table = Office.__table__
    office_id: int | None = session.connection().execute(select(table.c.id).where(table.c.sender == address)).scalar()
    return office_id


def keep_stray(session: Session, form: InboundForm, now: datetime) -> bool:
    """Store a signed message to an address of no office. False when it was stored before."""
    return insert_new(session, StrayDelivery, sid=form.sid, form=dict(form.fields), received_at=now) is not None


def _conversation(session: Session, office_id: int, delivery: Delivery, now: datetime) -> Any:
    found = _find(session, office_id, delivery.form.sender)
    if found is None:
        insert_new(
            session,
            Contact,
            office_id=office_id,
            address=delivery.form.sender,
            profile_name=delivery.profile_name,
            created_at=now,
        )
        contact = Contact.__table__
        contact_id = (
            session.connection()
            .execute(
                select(contact.c.id).where(contact.c.office_id == office_id, contact.c.address == delivery.form.sender)
            )
            .scalar_one()
        )
        insert_new(
            session,
            Conversation,
            office_id=office_id,
            contact_id=contact_id,
            state=ConversationState.WITH_BOT,
            memory={},
            last_seq=0,
            attempts=0,
        )
        found = _find(session, office_id, delivery.form.sender)
        assert found is not None
    if delivery.profile_name and delivery.profile_name != found.profile_name:
        session.execute(
            update(Contact).where(Contact.id == found.contact_id).values(profile_name=delivery.profile_name)
        )
    return found


def _find(session: Session, office_id: int, address: str) -> Any:
    contact, conversation = Contact.__table__, Conversation.__table__
    found: Any = (
        session.connection()
        .execute(
            select(
                conversation.c.id,
                conversation.c.state,
                conversation.c.unanswered_since,
                conversation.c.paced_until,
                contact.c.id.label("contact_id"),
                contact.c.profile_name,
            )
            .join(contact, contact.c.id == conversation.c.contact_id)
            .where(contact.c.office_id == office_id, contact.c.address == address)
        )
        .first()
    )
    return found


def _schedule_answer(session: Session, conversation: Any, now: datetime, quiet: float, longest: float) -> int:
    since = conversation.unanswered_since or now
    due: datetime | None = None  # an officer holds the conversation: the assistant owes nothing
    if conversation.state != ConversationState.WITH_OFFICER:
        wanted = min(now + timedelta(seconds=quiet), since + timedelta(seconds=longest))
        # where the recipient's budget of messages is spent, answer later and with all that is written until then
        due = max(wanted, earliest_by_pace(conversation.paced_until, now))
    table = Conversation.__table__
    seq: int = (
        session.connection()
        .execute(
            update(table)
            .where(table.c.id == conversation.id)
            .values(
                last_seq=table.c.last_seq + 1,
                window_until=now + WINDOW,
                unanswered_since=func.coalesce(table.c.unanswered_since, now),
                answer_due_at=due,
            )
            .returning(table.c.last_seq)
        )
        .scalar_one()
    )
    return seq
