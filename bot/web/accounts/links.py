"""Links by which a person sets their password: signed, with an end, good for one use.

They carry a fingerprint of the account's ``fs_uniquifier``, which changes when one is used: so no row is needed to
remember them, and using one ends all others.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session

from bot.desk import credentials
from bot.models import Staff

GOOD_FOR = timedelta(days=3)


class Links:
    def __init__(self, key: bytes, public_url: str) -> None:
        self._signer = URLSafeSerializer(key, salt="staff link")
        self._public_url = public_url

    def make(self, staff: Staff, now: datetime) -> str:
        ends = int((now + GOOD_FOR).timestamp())
        token = self._signer.dumps([staff.id, ends, _fingerprint(staff)])
        return f"{self._public_url}/sign-in/link/{token}"

    def owner(self, session: Session, token: str, now: datetime) -> Staff | None:
        """Whose link this is; None when it is not ours, too old, used, or of a closed account."""
        try:
            staff_id, ends, fingerprint = self._signer.loads(token)
        except (BadData, TypeError, ValueError):
            return None
        staff = credentials.find_staff(session, "id", staff_id)
        is_good = staff and staff.active and datetime.fromtimestamp(ends, UTC) > now
        return staff if staff and is_good and fingerprint == _fingerprint(staff) else None


def _fingerprint(staff: Staff) -> str:
    return hashlib.sha256(staff.fs_uniquifier.encode()).hexdigest()[:24]
