"""The vault's rows: what opens a sealed object, and the keyed hashes by which a person's files are found."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts.files import Detail, VaultPart
from bot.models.base import Base, Key, OfficeOwned, UtcDateTime, Word, owned

FINGERPRINT_LENGTH = 16
HASH_LENGTH = 64


class VaultObject(OfficeOwned, Base):
    """One sealed object in the storage. ``name`` says nothing of what is in it.

    ``wrapped_key``: its own data key, sealed by the master key whose fingerprint is ``key_id``. ``sealed_hash``:
    SHA-256 of the sealed bytes, in hex; ``size`` in bytes, sealed.
    """

    __tablename__ = "vault_object"
    __table_args__ = owned(
        UniqueConstraint("attachment_id", "part"),
        ForeignKeyConstraint(["office_id", "attachment_id"], ["attachment.office_id", "attachment.id"]),
    )

    attachment_id: Mapped[int] = mapped_column(Key)
    part: Mapped[VaultPart] = mapped_column(Word(VaultPart))
    name: Mapped[str] = mapped_column(String(64), unique=True)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(FINGERPRINT_LENGTH))
    sealed_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VaultSecret(Base):
    """A key that must outlive the master key, sealed by it. ``purpose``: ``search``."""

    __tablename__ = "vault_secret"

    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(FINGERPRINT_LENGTH))


class IdentityMark(OfficeOwned, Base):
    """A NIK or KK that was read in a file, as a keyed hash: found again by who knows it, told to nobody.

    ``mark``: of all its digits, alike within an office. ``tail_mark``: of the last four with the attachment, so that
    two files never show that their last digits are the same.
    """

    __tablename__ = "identity_mark"
    __table_args__ = owned(
        UniqueConstraint("attachment_id", "detail", "mark"),
        ForeignKeyConstraint(["office_id", "attachment_id"], ["attachment.office_id", "attachment.id"]),
        ForeignKeyConstraint(["office_id", "submission_id"], ["submission.office_id", "submission.id"]),
        Index("ix_identity_mark_office_id_detail_mark", "office_id", "detail", "mark"),
        Index("ix_identity_mark_submission_id", "submission_id"),
    )

    attachment_id: Mapped[int] = mapped_column(Key)
    submission_id: Mapped[int | None] = mapped_column(Key)
    detail: Mapped[Detail] = mapped_column(Word(Detail))
    mark: Mapped[str] = mapped_column(String(HASH_LENGTH))
    tail_mark: Mapped[str] = mapped_column(String(HASH_LENGTH))


class PersonMark(OfficeOwned, Base):
    """What a card says of one person, as a keyed hash: alike where another card says the same of the same one.

    ``person``: the hash of their NIK; ``mark``: of their birth date or name, with that NIK.
    """

    __tablename__ = "person_mark"
    __table_args__ = owned(
        UniqueConstraint("attachment_id", "person", "detail"),
        ForeignKeyConstraint(["office_id", "attachment_id"], ["attachment.office_id", "attachment.id"]),
    )

    attachment_id: Mapped[int] = mapped_column(Key)
    person: Mapped[str] = mapped_column(String(HASH_LENGTH))
    detail: Mapped[Detail] = mapped_column(Word(Detail))
    mark: Mapped[str] = mapped_column(String(HASH_LENGTH))
