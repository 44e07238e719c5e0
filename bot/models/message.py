"""Messages of both directions; within a conversation ``seq`` orders them all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import InboundState, MessageKind, OutboundState
from bot.models.base import SID_LENGTH, Base, JsonText, Key, OfficeOwned, UtcDateTime, Word, owned


class Turn(OfficeOwned, Base):
    """One answer to all that a citizen wrote since the last one. ``because``: what the assistant did, as codes: the
    names of its ``replies`` and ``commands``; None: it said nothing, or it is of an older program."""

    __tablename__ = "turn"
    __table_args__ = owned(
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        Index("ix_turn_conversation_id", "conversation_id"),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    because: Mapped[dict[str, list[str]] | None] = mapped_column(JsonText)


class InboundMessage(OfficeOwned, Base):
    """A citizen's message, kept as it came (``form``). ``body`` is its text without NUL.

    ``intent``, ``confidence`` (0 to 1) and ``service`` say how it was understood; None: not read.
    """

    __tablename__ = "inbound_message"
    __table_args__ = owned(
        UniqueConstraint("conversation_id", "seq"),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        ForeignKeyConstraint(["office_id", "turn_id"], ["turn.office_id", "turn.id"]),
        Index("ix_inbound_message_turn_id", "turn_id"),
        Index(
            "ix_inbound_message_received",
            "conversation_id",
            postgresql_where=text("state = 'received'"),
            sqlite_where=text("state = 'received'"),
        ),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    turn_id: Mapped[int | None] = mapped_column(Key)
    seq: Mapped[int]
    sid: Mapped[str] = mapped_column(String(SID_LENGTH), unique=True)
    kind: Mapped[MessageKind] = mapped_column(Word(MessageKind))
    body: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text, default="")
    form: Mapped[dict[str, Any]] = mapped_column(JsonText)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[InboundState] = mapped_column(Word(InboundState), default=InboundState.RECEIVED)
    intent: Mapped[str | None] = mapped_column(String(40))
    confidence: Mapped[float | None]
    service: Mapped[str | None] = mapped_column(String(40))


class OutboundMessage(OfficeOwned, Base):
    """A message owed to a citizen: the outbox. ``place`` counts from 0 within its turn.

    ``due_at``: not to be tried before. ``sid`` and ``error_code`` are Twilio's; ``reason`` is a code of ours.
    ``post_id``: the officer who wrote it, None: the assistant; ``send_key``: the page's own, so that a form sent twice
    is one message. ``template``: the name of the WhatsApp template it is sent as, filled with ``variables``; ``body``
    is how it reads.
    """

    __tablename__ = "outbound_message"
    __table_args__ = owned(
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("turn_id", "place"),
        UniqueConstraint("conversation_id", "send_key"),
        ForeignKeyConstraint(["office_id", "post_id"], ["post.office_id", "post.id"]),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        ForeignKeyConstraint(["office_id", "turn_id"], ["turn.office_id", "turn.id"]),
        Index(
            "ix_outbound_message_unsent",
            "conversation_id",
            "seq",
            postgresql_where=text("state IN ('queued', 'sending')"),
            sqlite_where=text("state IN ('queued', 'sending')"),
        ),
        Index(  # for the claims, which go through the offices in turn
            "ix_outbound_message_due",
            "office_id",
            "due_at",
            postgresql_where=text("state IN ('queued', 'sending')"),
            sqlite_where=text("state IN ('queued', 'sending')"),
        ),
        Index(
            "ix_outbound_message_failed",
            "office_id",
            postgresql_where=text("state = 'failed'"),
            sqlite_where=text("state = 'failed'"),
        ),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    turn_id: Mapped[int | None] = mapped_column(Key)
    post_id: Mapped[int | None] = mapped_column(Key)
    send_key: Mapped[str | None] = mapped_column(String(64))
    place: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    template: Mapped[str | None] = mapped_column(String(40))
    variables: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    state: Mapped[OutboundState] = mapped_column(Word(OutboundState), default=OutboundState.QUEUED)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(64))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sid: Mapped[str | None] = mapped_column(String(SID_LENGTH), unique=True)
    error_code: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
