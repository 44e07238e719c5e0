"""The inbox: keeping what citizens write, each message once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import (
    and_,
    bindparam,
    exists,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from bot.contracts import (
    AttachmentState,
    ConsentAnswer,
    ConversationState,
    EventKind,
    HandOverReason,
    InboundForm,
    InboundState,
    MessageKind,
)
from bot.db.upsert import insert_new
from bot.db.wake import announce
from bot.desk import files, queue, tickets
from bot.desk.events import fact, record
from bot.desk.pace import earliest_by_pace
from bot.models import Attachment, Consent, Contact, Conversation, InboundMessage, Office, StrayDelivery, Submission
from bot.models.base import ADDRESS_LENGTH, SID_LENGTH, UtcDateTime

# written out as the partial index has it, for SQLite
RECEIVED = text("inbound_message.state = 'received'")
CHECKED = frozenset({MessageKind.IMAGE, MessageKind.DOCUMENT})  # their turn waits until they are, up to its cap
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
    answer_due_at: datetime | None
    quiet_until: datetime | None
    paced_until: datetime | None


def look_up(session: Session, form: InboundForm) -> Address | None:
    """The office a message is for, its citizen, and whether it was kept before; None: it is for no office."""
    found = (
        session.connection()
        .execute(_LOOK_UP, {"sid": form.sid, "sender": form.sender, "recipient": form.recipient})
        .first()
    )
    return Address(*tuple(found)) if found else None


def is_kept(session: Session, form: InboundForm) -> bool:
    """Whether this message was stored before, as an office's or as a stray."""
    address = look_up(session, form) if has_address(form) else None
    if address is not None:
        return address.kept
    return session.scalar(select(StrayDelivery.id).where(StrayDelivery.sid == _stray_sid(form))) is not None


def keep(session: Session, address: Address, delivery: Delivery, *, now: datetime, quiet: float, longest: float) -> int:
    """Store a citizen's message and set when its turn is due. Returns its id.

    ``quiet``: seconds to wait for more; ``longest``: seconds after the first unanswered message that no further
    message may push the answer beyond. What cannot be answered any more (WhatsApp's day is over) goes into the queue
    for an officer. Raises AlreadyKept when the same MessageSid won a race: roll back then.
    """
    if address.conversation_id is None:
        address = _first_contact(session, address, delivery, now)
    assert address.conversation_id is not None
    if delivery.profile_name and delivery.profile_name != address.profile_name:
        session.execute(
            update(Contact).where(Contact.id == address.contact_id).values(profile_name=delivery.profile_name)
        )
    written_at = min(delivery.form.written_at or now, now)
    too_late = now - written_at > WINDOW
    given = {"conversation": address.conversation_id, "window": written_at + WINDOW}
    if not too_late:
        wait = longest if delivery.files and delivery.kind in CHECKED else quiet
        due = _end_of_wait(address, address.answer_due_at, now, wait, longest)
        given |= {"now": now, "due": due}
        given |= {"quiet_end": _end_of_wait(address, address.quiet_until, now, quiet, longest)}
    seq = session.connection().execute(_NEXT_LEFT if too_late else _NEXT, given).scalar_one()
    inbound_id = _insert(session, address, delivery, seq, now, too_late)
    if delivery.files:
        _keep_files(session, address, inbound_id, delivery, now)
    record(
        session,
        fact(
            EventKind.RECEIVED,
            office_id=address.office_id,
            conversation_id=address.conversation_id,
            at=now,
            actor="citizen",
            subject=f"inbound_message:{inbound_id}",
            kind_of_message=str(delivery.kind),
        ),
    )
    if too_late:
        queue.hand_over(
            session,
            address.office_id,
            address.conversation_id,
            kind=tickets.UNANSWERED,
            reason=HandOverReason.UNANSWERED,
            service=None,
            since=written_at,
            now=now,
            actor="line",
        )
    announce(session)
    return inbound_id


def keep_stray(session: Session, form: InboundForm, now: datetime) -> bool:
    """Store a signed message that is no office's, or no message as we know them. False: it was stored before."""
    sid = _stray_sid(form)
    kept = insert_new(session, StrayDelivery, taken_by=("sid",), sid=sid, form=dict(form.fields), received_at=now)
    return kept is not None


def has_address(form: InboundForm) -> bool:
    """Whether the parameters that name a message, its sender and its office can be what they should be."""
    named = ((form.sid, SID_LENGTH), (form.sender, ADDRESS_LENGTH), (form.recipient, ADDRESS_LENGTH))
    return all(0 < len(value) <= longest and "\0" not in value for value, longest in named)


def _stray_sid(form: InboundForm) -> str:
    """Its MessageSid, or where that cannot be one, a hash of the whole form."""
    if 0 < len(form.sid) <= SID_LENGTH and "\0" not in form.sid:
        return form.sid
    return "sha256:" + sha256(json.dumps(sorted(form.fields.items())).encode()).hexdigest()[: SID_LENGTH - 7]


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
        Conversation.answer_due_at,
        Conversation.quiet_until,
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
        quiet_until=bindparam("quiet_end", type_=UtcDateTime()),
    )
    .returning(Conversation.__table__.c.last_seq)
)
_ANSWER = select(Consent.answer).where(Consent.contact_id == bindparam("contact")).order_by(Consent.id.desc()).limit(1)
_SENT_FOR = (
    select(Submission.id)
    .where(Submission.conversation_id == bindparam("conversation"), Submission.state.in_(files.OPEN))
    .where(_ANSWER.scalar_subquery() == ConsentAnswer.AGREED)
    .order_by(Submission.touched_at.desc(), Submission.id.desc())
    .limit(1)
)
_NEXT_LEFT = (
    update(Conversation.__table__)
    .where(Conversation.__table__.c.id == bindparam("conversation"))
    .values(last_seq=Conversation.__table__.c.last_seq + 1, window_until=bindparam("window"))
    .returning(Conversation.__table__.c.last_seq)
)


def _first_contact(session: Session, address: Address, delivery: Delivery, now: datetime) -> Address:
    """Make the citizen's contact and conversation; where another message of theirs won a race, they are its."""
    contact_id = address.contact_id or insert_new(
        session,
        Contact,
        taken_by=("office_id", "address"),
        office_id=address.office_id,
        address=delivery.form.sender,
        profile_name=delivery.profile_name,
        created_at=now,
    )
    conversation_id = contact_id and insert_new(
        session,
        Conversation,
        taken_by=("office_id", "contact_id"),
        office_id=address.office_id,
        contact_id=contact_id,
        state=ConversationState.WITH_BOT,
        memory={},
        last_seq=0,
        attempts=0,
    )
    if conversation_id is None:
        return look_up(session, delivery.form) or address
    return replace(
        address,
        contact_id=contact_id,
        profile_name=delivery.profile_name if address.contact_id is None else address.profile_name,
        conversation_id=conversation_id,
        state=ConversationState.WITH_BOT,
    )


def _insert(session: Session, address: Address, delivery: Delivery, seq: int, now: datetime, left: bool) -> int:
    """The message's row; raises AlreadyKept when its MessageSid is taken."""
    inbound_id = insert_new(
        session,
        InboundMessage,
        taken_by=("sid",),
        office_id=address.office_id,
        conversation_id=address.conversation_id,
        seq=seq,
        sid=delivery.form.sid,
        kind=delivery.kind,
        body=delivery.body,
        payload=delivery.payload,
        form=dict(delivery.form.fields),
        received_at=now,
        state=InboundState.LEFT_TO_OFFICER if left else InboundState.RECEIVED,
    )
    if inbound_id is None:
        raise AlreadyKept
    return inbound_id


def _keep_files(session: Session, address: Address, inbound_id: int, delivery: Delivery, now: datetime) -> None:
    """Pictures and documents are to be fetched at once, for the submission that the citizen works on now; a voice or a
    card is no document, and lies at Twilio until it is let go."""
    is_checked = delivery.kind in CHECKED
    given = {"conversation": address.conversation_id, "contact": address.contact_id}
    submission_id = session.connection().execute(_SENT_FOR, given).scalar() if is_checked else None
    rows = [
        {
            "office_id": address.office_id,
            "conversation_id": address.conversation_id,
            "inbound_id": inbound_id,
            "place": place,
            "url": url,
            "content_type": content_type,
            "state": AttachmentState.PENDING,
            "due_at": now if is_checked else None,
            "submission_id": submission_id,
        }
        for place, (url, content_type) in enumerate(delivery.files)
    ]
    session.connection().execute(insert(Attachment.__table__), rows)


def _end_of_wait(address: Address, before: datetime | None, now: datetime, wait: float, longest: float) -> datetime:
    """When a turn that waits ``wait`` seconds for more is due; ``before``: when it was due without this message."""
    wanted = now + timedelta(seconds=wait)
    if wait and address.unanswered_since and before:  # a picture's longer wait is not cut short by the words after it
        wanted = max(wanted, before)
    wanted = min(wanted, (address.unanswered_since or now) + timedelta(seconds=longest))
    # where the recipient's budget of messages is spent, answer later and with all that is written until then
    return max(wanted, earliest_by_pace(address.paced_until, now))
