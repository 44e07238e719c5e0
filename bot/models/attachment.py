from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import Advice, AttachmentState, DeletionReason, FileKind, Refusal, Rejection
from bot.models.base import Base, JsonText, Key, OfficeOwned, UtcDateTime, Word, owned

ACTOR_LENGTH = 40


class Attachment(OfficeOwned, Base):
    """A file of an inbound message. ``place`` is Twilio's index (MediaUrl0 → 0); ``url`` where Twilio keeps it, ''
    once it was made to forget it. The row holds no content: that is in the vault.

    ``due_at``: when it is to be fetched or, while it is being deleted, erased; None: nothing is owed. ``settled_at``:
    it was checked, or lost; ``told_at``: the citizen was told what came of it last.
    ``submission_id``: the one it was sent for, once it is checked the one that holds it.
    ``number``: in its submission's list, counted from 1; 0: it is in none. ``document``: the slot it fills.
    ``guesses``: documents its content suggests, best first; ``fingerprint``: of the picture; ``repeats_id``: an earlier
    file that is the same picture.
    ``kept_as``: what it was before its deletion began; until ``delete_due_at`` that can be taken back. ``deleted_by``,
    ``deleted_at`` and ``deleted_why`` stay when all else is gone. ``delete_asked_at``: the citizen asks an officer;
    ``replace_asked_at``: or for another photo instead, which says with ``replaces_id`` whose place it is to take.
    """

    __tablename__ = "attachment"
    __table_args__ = owned(
        UniqueConstraint("inbound_id", "place"),
        ForeignKeyConstraint(["office_id", "inbound_id"], ["inbound_message.office_id", "inbound_message.id"]),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        ForeignKeyConstraint(["office_id", "submission_id"], ["submission.office_id", "submission.id"]),
        Index("ix_attachment_conversation_id", "conversation_id"),
        Index("ix_attachment_submission_id", "submission_id"),
        Index(  # for the claims, which go through the offices in turn
            "ix_attachment_due",
            "office_id",
            "due_at",
            postgresql_where=text("due_at IS NOT NULL"),
            sqlite_where=text("due_at IS NOT NULL"),
        ),
    )

    inbound_id: Mapped[int] = mapped_column(Key)
    conversation_id: Mapped[int] = mapped_column(Key)
    place: Mapped[int]
    url: Mapped[str] = mapped_column(Text)
    content_type: Mapped[str] = mapped_column(String(100))
    state: Mapped[AttachmentState] = mapped_column(Word(AttachmentState), default=AttachmentState.PENDING)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(64))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submission_id: Mapped[int | None] = mapped_column(Key)
    number: Mapped[int] = mapped_column(default=0)
    document: Mapped[str | None] = mapped_column(String(60))
    page: Mapped[int] = mapped_column(default=1)
    kind: Mapped[FileKind | None] = mapped_column(Word(FileKind))
    pages: Mapped[int | None]
    advice: Mapped[list[Advice]] = mapped_column(JsonText, default=list)
    guesses: Mapped[list[str]] = mapped_column(JsonText, default=list)
    doubts: Mapped[list[str]] = mapped_column(JsonText, default=list)
    fingerprint: Mapped[str | None] = mapped_column(String(16))
    repeats_id: Mapped[int | None] = mapped_column(Key)
    refusal: Mapped[Refusal | None] = mapped_column(Word(Refusal))
    rejection: Mapped[Rejection | None] = mapped_column(Word(Rejection))
    rejection_note: Mapped[str] = mapped_column(Text, default="")
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[str | None] = mapped_column(String(ACTOR_LENGTH))
    kept_as: Mapped[AttachmentState | None] = mapped_column(Word(AttachmentState))
    delete_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replace_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(Key)
    delete_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_by: Mapped[str | None] = mapped_column(String(ACTOR_LENGTH))
    deleted_why: Mapped[DeletionReason | None] = mapped_column(Word(DeletionReason))
    replaced_by: Mapped[int | None] = mapped_column(Key)
