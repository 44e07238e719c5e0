"""The inbox: keeping what citizens write, each message once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, func, insert, select, update
from sqlalchemy.orm import Session

from bot.contracts import AttachmentState, ConversationState, EventKind, InboundForm, InboundState, MessageKind
from bot.db.upsert import insert_new
from bot.db.wake import announce
from bot.desk.events import record
from bot.desk.pace import earliest_by_pace
from bot.models import Attachment, Contact, Conversation, InboundMessage, Office, StrayDelivery
from bot.models.base import UtcDateTime

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


@dataclass(frozen=True, slots=True)
class Address:
    """What is known of a message before it is kept; None where there is none yet."""

    office_id: int
    kept: bool
    contact_id: int | None
    profile_name: str | None
    conversation_id: int | None
    state: ConversationState | None
    unanswered_since: datetime | None
    paced_until: datetime | None


def look_up(session: Session, form: InboundForm) -> Address | None:
    """The office a message is for, its citizen, and whether it was kept before; None: it is for no office."""
    found = (
        session.connection()
        .execute(_LOOK_UP, {"sid": form.sid, "sender": form.sender, "recipient": form.recipient})
        .first()
    )
    return Address(*found) if found else None


def keep(session: Session, address: Address, delivery: Delivery, *, now: datetime, quiet: float, longest: float) -> int:
    """Store a citizen's message and set when its turn is due. Returns its id.

    ``quiet``: seconds to wait for more; ``longest``: seconds after the first unanswered message that no further
    message may push the answer beyond. Raises AlreadyKept when the same MessageSid won a race: roll back then.
    """
    if address.conversation_id is None:
        _first_contact(session, address.office_id, delivery, now)
        address = look_up(session, delivery.form) or address
    elif delivery.profile_name and delivery.profile_name != address.profile_name:
        session.execute(
            update(Contact).where(Contact.id == address.contact_id).values(profile_name=delivery.profile_name)
        )
    due = _answer_due(address, now, quiet, longest)
    seq = (
        session.connection()
        .execute(_NEXT, {"conversation": address.conversation_id, "now": now, "window": now + WINDOW, "due": due})
        .scalar_one()
    )
    inbound_id = insert_new(
        session,
        InboundMessage,
        office_id=address.office_id,
        conversation_id=address.conversation_id,
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
        _keep_files(session, address.office_id, inbound_id, delivery.files)
    record(
        session,
        EventKind.RECEIVED,
        office_id=address.office_id,
        conversation_id=address.conversation_id,
        at=now,
        actor="citizen",
        subject=f"inbound_message:{inbound_id}",
        kind_of_message=str(delivery.kind),
    )
    announce(session)
    return inbound_id


def keep_stray(session: Session, form: InboundForm, now: datetime) -> bool:
    """Store a signed message to an address of no office. False when it was stored before."""
    return insert_new(session, StrayDelivery, sid=form.sid, form=dict(form.fields), received_at=now) is not None


# Built once: building a statement costs several times what running it does, and the webhook runs these every time.
_LOOK_UP = (
    select(
        Office.id,
        exists().where(InboundMessage.sid == bindparam("sid")),
        Contact.id,
        Contact.profile_name,
        Conversation.id,
        Conversation.state,
        Conversation.unanswered_since,
        Conversation.paced_until,
    )
    .select_from(Office)
    .outerjoin(Contact, and_(Contact.office_id == Office.id, Contact.address == bindparam("sender")))
    .outerjoin(Conversation, and_(Conversation.office_id == Office.id, Conversation.contact_id == Contact.id))
    .where(Office.sender == bindparam("recipient"))
)
_NEXT = (
    update(Conversation.__table__)
    .where(Conversation.__table__.c.id == bindparam("conversation"))
    .values(
        last_seq=Conversation.__table__.c.last_seq + 1,
        window_until=bindparam("window"),
        unanswered_since=func.coalesce(
            Conversation.__table__.c.unanswered_since, bindparam("now", type_=UtcDateTime())
        ),
        answer_due_at=bindparam("due"),
    )
    .returning(Conversation.__table__.c.last_seq)
)


def _first_contact(session: Session, office_id: int, delivery: Delivery, now: datetime) -> None:
    insert_new(
        session,
        Contact,
        office_id=office_id,
        address=delivery.form.sender,
        profile_name=delivery.profile_name,
        created_at=now,
    )
    contact_id = session.scalars(
        select(Contact.id).where(Contact.office_id == office_id, Contact.address == delivery.form.sender)
    ).one()
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


def _keep_files(session: Session, office_id: int, inbound_id: int, files: Sequence[tuple[str, str]]) -> None:
    rows = [
        {
            "office_id": office_id,
            "inbound_id": inbound_id,
            "place": place,
            "url": url,
            "content_type": content_type,
            "state": AttachmentState.PENDING,
        }
        for place, (url, content_type) in enumerate(files)
    ]
    session.connection().execute(insert(Attachment.__table__), rows)


def _answer_due(address: Address, now: datetime, quiet: float, longest: float) -> datetime | None:
    if address.state == ConversationState.WITH_OFFICER:
        return None  # an officer holds the conversation: the assistant owes nothing
    since = address.unanswered_since or now
    wanted = min(now + timedelta(seconds=quiet), since + timedelta(seconds=longest))
    # where the recipient's budget of messages is spent, answer later and with all that is written until then
    return max(wanted, earliest_by_pace(address.paced_until, now))
