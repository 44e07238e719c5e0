"""Posting to Sapa as Twilio does: form-encoded, signed over the exact URL, 15 seconds at most, once."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import urllib3
from twilio.request_validator import RequestValidator

TIMEOUT = urllib3.Timeout(connect=5, read=15)


class WebhookCaller:
    """Safe for many threads; connections are kept open and used again."""

    def __init__(self, auth_token: str, connections: int) -> None:
        self._validator = RequestValidator(auth_token)
        self._pool = urllib3.PoolManager(maxsize=connections, retries=False, timeout=TIMEOUT)

    def post(self, url: str, form: Mapping[str, str]) -> int:
        """The HTTP status of the answer; 0 when none came."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "X-Twilio-Signature": self._validator.compute_signature(url, form),
        }
        try:
            answer = self._pool.request("POST", url, body=urlencode(form), headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError:
            return 0
        return int(answer.status)

    def close(self) -> None:
        self._pool.clear()
