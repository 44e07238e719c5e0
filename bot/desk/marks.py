"""Finding files by a NIK or KK that nobody keeps in the clear: keyed hashes, HMAC-SHA-256.

A NIK has few possible values, so a plain hash of it is no secret. The key is made at first use and kept sealed in the
database; it outlives every master key, since the hashes cannot be made anew from what is deleted.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts.files import Detail, Person
from bot.db.upsert import ensure
from bot.models import IdentityMark, PersonMark, VaultSecret
from bot.sealing import KEY_BYTES, MasterKeys, WrappedKey, unwrap, wrap

SEARCH = "search"
NUMBERS = (Detail.NIK, Detail.KK)
TAIL_DIGITS = 4
LOOK_ALIKES = str.maketrans("015QL8", "OISOIB")
"""Signs that OCR takes for each other in a name; two names that differ by these alone are one."""


def search_key(session: Session, keys: MasterKeys) -> bytes:
    """The key of the hashes; made when there is none, so the session must be one that writes. Raises VaultSealed."""
    held = session.get(VaultSecret, SEARCH)
    if held is None:
        new = wrap(keys, secrets.token_bytes(KEY_BYTES), bound_to(SEARCH))
        # two that are first at once: one key wins, and both read that one
        ensure(session, VaultSecret, taken_by=("purpose",), purpose=SEARCH, wrapped=new.sealed, key_id=new.key_id)
        held = session.get_one(VaultSecret, SEARCH)
    return unwrap(keys, WrappedKey(held.wrapped, held.key_id), bound_to(SEARCH))


def bound_to(purpose: str) -> str:
    """What the seal of a secret is bound to."""
    return f"secret {purpose}"


def mark_of(key: bytes, office_id: int, detail: Detail, digits: str) -> str:
    """The keyed hash of a whole number, alike within an office only. Signs between the digits do not matter."""
    return _hash(key, "mark", office_id, detail, _digits(digits))


def tail_mark(key: bytes, attachment_id: int, detail: Detail, digits: str) -> str:
    """The keyed hash of a number's last four digits, with the file it stands in."""
    return _hash(key, "tail", attachment_id, detail, _digits(digits)[-TAIL_DIGITS:])


def keep_marks(
    session: Session,
    key: bytes,
    *,
    office_id: int,
    attachment_id: int,
    submission_id: int | None,
    details: Mapping[Detail, Sequence[str]],
) -> None:
    """Write the hashes of the NIK and KK that were read in a file, in the caller's transaction; other details, and
    what is written already, are passed over."""
    for detail in NUMBERS:
        for digits in details.get(detail, ()):
            ensure(
                session,
                IdentityMark,
                taken_by=("attachment_id", "detail", "mark"),
                office_id=office_id,
                attachment_id=attachment_id,
                submission_id=submission_id,
                detail=detail,
                mark=mark_of(key, office_id, detail, digits),
                tail_mark=tail_mark(key, attachment_id, detail, digits),
            )


def keep_persons(
    session: Session, key: bytes, *, office_id: int, attachment_id: int, persons: Iterable[Person]
) -> None:
    """Write the hashes of what a file says of persons, in the caller's transaction; what is written already stays."""
    for person in persons:
        said = {Detail.BIRTH_DATE: person.birth, Detail.NAME: letters_of(person.name)}
        for detail, value in said.items():
            if value:
                ensure(
                    session,
                    PersonMark,
                    taken_by=("attachment_id", "person", "detail"),
                    office_id=office_id,
                    attachment_id=attachment_id,
                    person=mark_of(key, office_id, Detail.NIK, person.nik),
                    detail=detail,
                    mark=_hash(key, detail, office_id, _digits(person.nik), value),
                )


def letters_of(name: str) -> str:
    """A name without case, spaces and marks, which papers and OCR set as they like."""
    return re.sub(r"[^A-Z]", "", name.upper().translate(LOOK_ALIKES))


def find_by_number(session: Session, key: bytes, office_id: int, detail: Detail, digits: str) -> list[int]:
    """The files (attachment ids, newest first) of an office in which this NIK or KK was read."""
    wanted = mark_of(key, office_id, detail, digits)
    return list(
        session.scalars(
            select(IdentityMark.attachment_id)
            .where(IdentityMark.office_id == office_id, IdentityMark.detail == detail, IdentityMark.mark == wanted)
            .order_by(IdentityMark.attachment_id.desc())
        )
    )


def has_nik_tail(session: Session, key: bytes, submission_id: int, tail: str) -> bool:
    """Whether a NIK in a submission's files ends in these four digits. Who counts the tries is the caller."""
    if len(_digits(tail)) != TAIL_DIGITS:
        return False
    held = session.execute(
        select(IdentityMark.attachment_id, IdentityMark.tail_mark).where(
            IdentityMark.submission_id == submission_id, IdentityMark.detail == Detail.NIK
        )
    ).all()
    fits = [hmac.compare_digest(mark, tail_mark(key, file, Detail.NIK, tail)) for file, mark in held]
    return any(fits)


def _hash(key: bytes, *parts: object) -> str:
    return hmac.new(key, "\0".join(map(str, parts)).encode(), sha256).hexdigest()


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
