"""An account as Flask-Security sees it, and its datastore: a copy of the row that is written back by the desk.

Nothing is held between reading and writing: reads take a read-only session, and what changed is written in a short
transaction of its own (on SQLite IMMEDIATE, like every other), which touches the changed columns only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import g
from flask_security import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore
from flask_security.totp import Totp
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch

from bot.contracts import Role
from bot.db.session import Database
from bot.desk import credentials
from bot.desk.credentials import Seat
from bot.models import Staff
from bot.web.accounts.language import t

Now = Callable[[], datetime]
NEED_SECOND_FACTOR = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
WRITABLE = ("password", "fs_uniquifier", "tf_primary_method", "tf_totp_secret", "mf_recovery_codes")
FACTS = {
    "password": "password_changed",
    "tf_totp_secret": "second_factor",
    "mf_recovery_codes": "recovery_codes_made",
}


class Account(UserMixin):
    """``seats`` are the active posts; ``changes`` what Flask-Security set and the desk has not written yet."""

    roles: list[RoleMixin] = []  # noqa: RUF012 - a role is of a post, not of a person: see guard.requires
    tf_phone_number = None
    password: str | None = None
    fs_uniquifier: str = ""
    tf_primary_method: str | None = None
    tf_totp_secret: str | None = None
    mf_recovery_codes: list[str] | None = None

    def __init__(self, row: Staff, seats: tuple[Seat, ...], store: AccountStore) -> None:
        self.id = row.id
        self.email = row.email
        self.name = row.name
        self.active = row.active
        self.language = row.language
        self.locked_until = row.locked_until
        self.seats = seats
        self.store = store
        for column in WRITABLE:
            setattr(self, column, getattr(row, column))
        self._written = {column: getattr(row, column) for column in WRITABLE}

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name in WRITABLE if (value := getattr(self, name)) != self._written[name]}

    def written(self) -> None:
        self._written = {column: getattr(self, column) for column in WRITABLE}

    @property
    def must_have_second_factor(self) -> bool:
        """In any office: the account opens all of them."""
        return any(seat.actor.role in NEED_SECOND_FACTOR for seat in self.seats)

    @property
    def has_second_factor(self) -> bool:
        return bool(self.tf_primary_method and self.tf_totp_secret)

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        return self.must_have_second_factor or bool(tf_setup_methods), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        return self.must_have_second_factor

    def track_failed_authn(self, auth_type: str, tfa: bool = False) -> None:
        self.store.was_wrong(self)

    def is_locked(self, form_error: list[str] | None = None) -> bool:
        """Before the second factor it is told in the words of a wrong password, whatever the error list says."""
        if self.store.lock_ends(self) is None:
            return False
        if form_error is not None:
            form_error.append(t("locked"))
        return True


class AccountStore(UserDatastore):
    def __init__(self, database: Database, now: Now) -> None:
        super().__init__(Account, RoleMixin)
        self._database = database
        self._now = now

    def find_user(self, case_insensitive: bool = False, **by: Any) -> Account | None:
        (column, value), *_ = by.items()
        with self._database.reading() as session:
            row = credentials.find_staff(session, column, value.lower() if column == "email" else value)
            return None if row is None else Account(row, credentials.seats(session, row.id), self)

    def find_role(self, role: str) -> None:
        return None

    def put(self, model: Account) -> Account:
        pending = g.setdefault("accounts_to_write", [])
        if model not in pending:
            pending.append(model)
        return model

    def commit(self) -> None:
        for account in g.pop("accounts_to_write", []):
            changes = account.changes
            if changes:
                what = next((FACTS[column] for column in FACTS if column in changes), "session_ended")
                if what == "second_factor" and not account.tf_totp_secret:
                    what = "second_factor_removed"
                with self._database.transaction() as session:
                    credentials.save(session, account.id, self._now(), what, **changes)
                account.written()

    def mf_delete_recovery_code(self, user: UserMixin, idx: int) -> bool:
        """At once and by itself: two requests with one code must not both be let in."""
        code = (user.mf_recovery_codes or [])[idx]
        with self._database.transaction() as session:
            taken = credentials.use_recovery_code(session, user.id, code, self._now())
        if not taken:
            raise CodeUsed
        return True

    def was_wrong(self, account: Account) -> None:
        with self._database.transaction() as session:
            credentials.was_wrong(session, account.id, self._now())

    def lock_ends(self, account: Account) -> datetime | None:
        return account.locked_until if account.locked_until and account.locked_until > self._now() else None

    def signed_in(self, account: Account) -> None:
        with self._database.transaction() as session:
            credentials.signed_in(session, account.id, self._now())

    def use_step(self, account: Account, step: int) -> bool:
        with self._database.transaction() as session:
            return credentials.use_step(session, account.id, step)


class CodeUsed(Exception):
    """Another request used this recovery code a moment ago."""


class OnceTotp(Totp):
    """A one-time code opens once (RFC 6238, 5.2)."""

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        assert isinstance(user, Account)
        if not user.store.use_step(user, tmatch.counter):
            raise UsedTokenError
