"""Who serves in an office, and as what. Sessions are bound to the office, except where a person's account is meant."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind, Role
from bot.desk.credentials import tell_offices
from bot.desk.events import fact, record
from bot.errors import SapaError
from bot.models import Post, Staff

NUMBER = re.compile(r"\+[1-9]\d{7,14}")


class StaffRefused(SapaError):
    """Not done; ``reason`` is a code that a page or a command puts into words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def invite(
    session: Session, office_id: int, *, email: str, name: str, role: Role, whatsapp: str | None, by: str, now: datetime
) -> Post:
    """A post in this office for the person with this e-mail address, whose account is made when there is none.

    Whoever left the office is taken back. Raises StaffRefused: ``already_here``, ``number_taken``.
    """
    staff = session.scalar(select(Staff).where(Staff.email == email.lower()))
    if staff is None:
        staff = Staff(email=email.lower(), name=name, fs_uniquifier=new_uniquifier(), created_at=now)
        session.add(staff)
        session.flush()
    if not staff.active:
        staff.active, staff.password = True, None  # what they knew when they left opens nothing
    post = session.scalar(select(Post).where(Post.office_id == office_id, Post.staff_id == staff.id))
    if post is None:
        post = Post(office_id=office_id, staff_id=staff.id, role=role)
        session.add(post)
    elif post.active:
        raise StaffRefused("already_here")
    post.role, post.active = role, True
    session.flush()
    _tell(session, post, by, now, "invited", role=role)
    if whatsapp:
        set_whatsapp(session, post, whatsapp, by=by, now=now)
    return post


def team(session: Session) -> list[tuple[Post, Staff]]:
    """The posts of the session's office, those who left last."""
    rows = session.execute(
        select(Post, Staff).join(Staff, Staff.id == Post.staff_id).order_by(Post.active.desc(), Staff.name, Post.id)
    )
    return [(row[0], row[1]) for row in rows]


def member(session: Session, post_id: int) -> tuple[Post, Staff] | None:
    """A post of the session's office and its person; None for another office's."""
    row = session.execute(
        select(Post, Staff).join(Staff, Staff.id == Post.staff_id).where(Post.id == post_id)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def set_role(session: Session, post: Post, role: Role, *, by: Actor, now: datetime) -> None:
    """Raises StaffRefused ``yourself``: an office must not lose its last administrator by a slip."""
    if post.id == by.post_id:
        raise StaffRefused("yourself")
    if post.role != role:
        post.role = role
        _tell(session, post, by.name, now, "role", role=role)


def deactivate(session: Session, post: Post, *, by: Actor, now: datetime) -> None:
    """They serve here no more; who serves nowhere cannot sign in. Raises StaffRefused ``yourself``."""
    if post.id == by.post_id:
        raise StaffRefused("yourself")
    post.active = False
    post.whatsapp = None  # a number that changes hands must not claim tickets
    session.flush()
    _tell(session, post, by.name, now, "deactivated")
    if not _serves_anywhere(session, post.staff_id):
        staff = session.get_one(Staff, post.staff_id)
        staff.active, staff.fs_uniquifier = False, new_uniquifier()


def set_whatsapp(session: Session, post: Post, number: str | None, *, by: str, now: datetime) -> None:
    """The number that gets a post's alerts, as people write it, or None. Raises StaffRefused: ``number``,
    ``number_taken``."""
    address = whatsapp_address(number) if number else None
    if address == post.whatsapp:
        return
    if address and session.scalar(
        select(Post.id).where(Post.office_id == post.office_id, Post.whatsapp == address, Post.id != post.id)
    ):
        raise StaffRefused("number_taken")
    post.whatsapp = address
    _tell(session, post, by, now, "whatsapp" if address else "whatsapp_removed")


def whatsapp_address(number: str) -> str:
    """``0811 0000 0001`` or ``+62…`` as a channel address. Raises StaffRefused ``number``."""
    digits = re.sub(r"[ ().-]", "", number).removeprefix("whatsapp:")
    if digits.startswith("0"):
        digits = "+62" + digits[1:]
    elif digits.startswith("62"):
        digits = "+" + digits
    if not NUMBER.fullmatch(digits):
        raise StaffRefused("number")
    return f"whatsapp:{digits}"


def may_open(session: Session, by: Actor, staff_id: int) -> bool:
    """Whether this administrator may make a link that opens the account, or take its second factor away: only when
    the person serves nowhere but where the administrator administers, or one office could take over another's people.
    Across offices in a session bound to none."""
    mine = select(Post.office_id).where(
        Post.staff_id == select(Post.staff_id).where(Post.id == by.post_id).scalar_subquery(),
        Post.active,
        Post.role == Role.ADMINISTRATOR,
    )
    elsewhere = select(Post.id).where(Post.staff_id == staff_id, Post.active, Post.office_id.not_in(mine))
    return session.scalar(elsewhere.limit(1)) is None


def forget_second_factor(session: Session, staff_id: int, *, by: Actor, now: datetime) -> None:
    """For a lost telephone: they set it up anew at the next sign-in, and every session ends."""
    staff = session.get_one(Staff, staff_id)
    staff.tf_primary_method = staff.tf_totp_secret = staff.mf_recovery_codes = None
    staff.fs_uniquifier = new_uniquifier()
    tell_offices(session, staff_id, "second_factor_forgotten", now, actor=by.name)


def link_made(session: Session, staff_id: int, *, by: Actor, now: datetime) -> None:
    tell_offices(session, staff_id, "link_made", now, actor=by.name)


def link_mailed(session: Session, staff_id: int, is_sent: bool, *, by: str, now: datetime) -> None:
    tell_offices(session, staff_id, "link_mailed" if is_sent else "link_not_mailed", now, actor=by)


def new_uniquifier() -> str:
    return secrets.token_hex(32)


def _serves_anywhere(session: Session, staff_id: int) -> bool:
    """Asked of the whole table, also by a session that is bound to an office."""
    table = Post.__table__
    active = select(func.count()).select_from(table).where(table.c.staff_id == staff_id, table.c.active)
    return bool(session.connection().scalar(active))


def _tell(session: Session, post: Post, by: str, now: datetime, what: str, **data: Any) -> None:
    record(
        session,
        fact(
            EventKind.STAFF,
            office_id=post.office_id,
            at=now,
            actor=by,
            subject=f"post:{post.id}",
            what=what,
            **data,
        ),
    )
