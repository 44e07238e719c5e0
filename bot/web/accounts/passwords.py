"""Whether a new password will do."""

from __future__ import annotations

from flask_security.proxies import _security
from flask_security.utils import get_message


def refuse_password(password: str, again: str) -> tuple[str, str | None]:
    """The password in the form that is hashed, and a sentence when it will not do."""
    problems, normal = _security.password_util.validate(password, False, user=None)
    if problems:
        return normal, str(problems[0])
    if again != password:
        return normal, str(get_message("RETYPE_PASSWORD_MISMATCH")[0])
    return normal, None
