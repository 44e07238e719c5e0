"""The stand-in's control API for Python: what the simulator and the tests use."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import urllib3

from bot.gateways.fake_twilio.control import StandInRefused, StandInUnreachable

TIMEOUT = urllib3.Timeout(connect=2, read=10)


@dataclass(frozen=True, slots=True)
class SeenMail:
    """``number`` grows with every mail: ask with it as ``since`` for what comes later; ``received`` in seconds since
    1970."""

    number: int
    recipient: str
    sender: str
    subject: str
    text: str
    html: str
    message_id: str
    received: float


class FakeMailControl:
    """Safe for many threads. Every method raises StandInUnreachable or StandInRefused."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._pool = urllib3.PoolManager(maxsize=4, retries=False, timeout=TIMEOUT)

    def mails(self, recipient: str = "", since: int = 0) -> list[SeenMail]:
        """Oldest first; to everybody when no recipient is named."""
        query = urlencode({"to": recipient, "since": since})
        return [SeenMail(**one) for one in self._request("GET", f"/mail/messages?{query}").json()["messages"]]

    def clear(self) -> None:
        self._request("DELETE", "/mail/messages")

    def fault(self, kind: str, **rule: Any) -> None:
        """Adds a rule: the fields of ``faults.Fault``, e.g. ``fault("answer", at="recipient", code=550)``."""
        self._request("POST", "/mail/faults", {"kind": kind, **rule})

    def clear_faults(self) -> None:
        self._request("DELETE", "/mail/faults")

    def _request(self, method: str, path: str, wish: dict[str, Any] | None = None) -> urllib3.BaseHTTPResponse:
        body = None if wish is None else json.dumps(wish)
        headers = {"Content-Type": "application/json"}
        try:
            answer = self._pool.request(method, self._base_url + path, body=body, headers=headers)
        except urllib3.exceptions.HTTPError as gone:
            raise StandInUnreachable(f"the stand-in for mail does not answer ({type(gone).__name__})") from None
        if answer.status >= 400:
            raise StandInRefused(f"{method} {path.partition('?')[0]}: {answer.status} {answer.data[:300]!r}")
        return answer
