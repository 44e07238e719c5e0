"""Whether a webhook really comes from Twilio (twilio.com/docs/usage/security, "Validating requests")."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Request
from twilio.request_validator import RequestValidator


class SignatureCheck:
    """Checks against the configured public address, never one rebuilt from headers a stranger may set."""

    def __init__(self, public_url: str, tokens: Sequence[str]) -> None:
        self._public_url = public_url
        self._validators = [RequestValidator(token) for token in tokens]

    def holds(self, request: Request) -> bool:
        """True when any current token signed exactly this address and form."""
        signature = request.headers.get("X-Twilio-Signature", "")
        if not signature:
            return False  # the validator raises on a missing one
        query = request.query_string.decode("latin-1")
        url = self._public_url + request.path + (f"?{query}" if query else "")
        return any(validator.validate(url, request.form, signature) for validator in self._validators)
