"""The stand-in's control API for Python: what the simulator, the tests and the benchmarks use."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import urllib3

from bot.errors import SapaError

TIMEOUT = urllib3.Timeout(connect=2, read=30)


class StandInUnreachable(SapaError):
    """The stand-in does not answer."""

    permanent = False


class StandInRefused(SapaError):
    """The stand-in did not understand a wish; the text tells why."""


@dataclass(frozen=True, slots=True)
class SeenMedia:
    """``url`` is set for what Sapa sends by link; otherwise the bytes are at ``FakeTwilioControl.media``."""

    sid: str
    content_type: str
    url: str
    deleted_at_twilio: bool


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message of a thread. ``created`` in seconds since 1970; ``form`` the webhook's form when inbound;
    ``webhook_status`` None before Sapa's webhook answered, 0 when it could not be reached; ``changed`` and
    ``born`` the versions when it last changed and when it appeared."""

    sid: str
    citizen: str
    office: str
    direction: str
    body: str
    status: str
    error_code: int | None
    created: float
    webhook_status: int | None
    form: dict[str, str]
    media: tuple[SeenMedia, ...]
    changed: int
    born: int

    @property
    def inbound(self) -> bool:
        return self.direction == "inbound"

    @property
    def buttons(self) -> list[str]:
        """The titles under a template, in the order of ``FakeTwilioControl.press``."""
        return [button["title"] for button in json.loads(self.form.get("Buttons", "[]"))]


@dataclass(frozen=True, slots=True)
class Thread:
    """``version``: ask with it as ``since`` for what changes later."""

    version: int
    messages: tuple[SeenMessage, ...]


class FakeTwilioControl:
    """Safe for many threads. Every method raises StandInUnreachable or StandInRefused."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._pool = urllib3.PoolManager(maxsize=8, retries=False, timeout=TIMEOUT)

    # --- a citizen writes ---
    def write(
        self,
        citizen: str,
        office: str,
        body: str = "",
        *,
        media: Iterable[tuple[str, bytes]] = (),
        deliveries: int = 1,
        wait: bool = False,
        **more: Any,
    ) -> str:
        """The MessageSid. ``media``: (content type, bytes). ``more``: the fields of ``inbound.Written``.

        ``deliveries`` 0: the webhook is down; 2: it is called twice. ``wait``: return only after it answered.
        """
        files = [{"content_type": kind, "content": base64.b64encode(data).decode()} for kind, data in media]
        wish = {"from": citizen, "to": office, "body": body, "media": files, **more}
        return str(self._post("/control/inbound", wish | {"deliveries": deliveries, "wait": wait})["sid"])

    def redeliver(self, sid: str, times: int = 1) -> list[int]:
        """What the webhook answered, each time."""
        wish = {"deliveries": times, "wait": True}
        return list(self._post(f"/control/inbound/{sid}/webhook", wish)["webhook"])

    def press(self, sid: str, button: int = 0, *, wait: bool = False, **more: Any) -> str:
        """Whoever got this template presses a button, counted from 0. The MessageSid of what that sends."""
        wish = {"button": button, "wait": wait, **more}
        return str(self._post(f"/control/messages/{sid}/press", wish)["sid"])

    # --- the account ---
    def template(
        self,
        sid: str,
        body: str,
        *,
        variables: Mapping[str, str] | None = None,
        buttons: Iterable[tuple[str, str]] = (),
    ) -> None:
        """An approved template from now on. ``variables``: samples; ``buttons``: (title, id)."""
        pressed = [{"title": title, "id": payload} for title, payload in buttons]
        wish = {"sid": sid, "body": body, "variables": dict(variables or {}), "buttons": pressed}
        self._json("PUT", "/control/templates", wish)

    def templates(self) -> list[dict[str, Any]]:
        return list(self._json("GET", "/control/templates")["templates"])

    def window(self, seconds: float | None) -> None:
        """Free text passes so long after the other side wrote; None: always."""
        self._request("PUT", "/control/window", {"seconds": seconds})

    # --- looking on ---
    def thread(self, citizens: Sequence[str] = (), since: int = 0, limit: int = 200) -> Thread:
        """Messages changed since a version, oldest first; of everybody when no citizen is named."""
        query = [("citizen", one) for one in citizens] + [("since", str(since)), ("limit", str(limit))]
        found = self._json("GET", f"/control/thread?{urlencode(query)}")
        return Thread(found["version"], tuple(seen_message(one) for one in found["messages"]))

    def news(self, citizens: Sequence[str], since: int) -> Thread | None:
        """What changed since a version, or None when nothing did; costs the stand-in next to nothing then."""
        query = [("citizen", one) for one in citizens] + [("since", str(since))]
        path = f"/control/thread?{urlencode(query)}"
        answer = self._request("GET", path, headers={"If-None-Match": f'"{since}"'})
        if answer.status == 304:
            return None
        found = answer.json()
        return Thread(found["version"], tuple(seen_message(one) for one in found["messages"]))

    def sent(self, citizen: str = "", limit: int = 100_000) -> list[SeenMessage]:
        """What Sapa sent, oldest first; to everybody when no citizen is named."""
        found = self.thread([citizen] if citizen else [], limit=limit).messages
        return [message for message in found if not message.inbound]

    def wait_until(self, what: Callable[[], bool], seconds: float = 10.0) -> bool:
        """Asks again every 20 ms; whether it came true in time."""
        end = time.monotonic() + seconds
        while not what():
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
        return True

    def media(self, sid: str) -> tuple[str, bytes]:
        """Content type and bytes of a citizen's file, as the phone keeps it."""
        answer = self._request("GET", f"/control/media/{sid}")
        return answer.headers.get("Content-Type", "application/octet-stream"), answer.data

    def counts(self) -> dict[str, Any]:
        """``created``, ``inbound``, ``callbacks`` (``posted`` by status, ``refused``, ``pending``)."""
        return self._json("GET", "/control/counts")

    def cpu_seconds(self) -> float:
        return float(self._json("GET", "/control/cpu")["seconds"])

    # --- trouble ---
    def fault(self, kind: str, **rule: Any) -> None:
        """Adds a rule: the fields of ``faults.Fault``, e.g. ``fault("refuse", code=20429, times=3)``."""
        self._post("/control/faults", {"kind": kind, **rule})

    def faults(self) -> list[dict[str, Any]]:
        return list(self._json("GET", "/control/faults")["faults"])

    def clear_faults(self) -> None:
        self._request("DELETE", "/control/faults")

    def callbacks(self, **habits: Any) -> None:
        """How status callbacks come from now on: the fields of ``callbacks.Habits``; none = as usual."""
        self._json("PUT", "/control/callbacks", habits)

    def tell(self, sid: str, status: str, error_code: int | None = None) -> int:
        """One status callback by hand; what it was answered with."""
        wish = {"sid": sid, "status": status, "error_code": error_code}
        return int(self._post("/control/callbacks", wish)["answered"])

    def cdn(self, origin: str) -> None:
        """Where media are redirected to; empty = the way the caller came."""
        self._request("PUT", "/control/cdn", {"origin": origin})

    def reset(self) -> None:
        self._request("POST", "/control/reset", {})

    # --- HTTP ---
    def _post(self, path: str, wish: dict[str, Any]) -> dict[str, Any]:
        return self._json("POST", path, wish)

    def _json(self, method: str, path: str, wish: dict[str, Any] | None = None) -> dict[str, Any]:
        found: dict[str, Any] = self._request(method, path, wish).json()
        return found

    def _request(
        self,
        method: str,
        path: str,
        wish: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> urllib3.BaseHTTPResponse:
        body = None if wish is None else json.dumps(wish)
        sent = {"Content-Type": "application/json", **(headers or {})}
        try:
            answer = self._pool.request(method, self.base_url + path, body=body, headers=sent)
        except urllib3.exceptions.HTTPError as gone:
            raise StandInUnreachable(f"the stand-in Twilio does not answer ({type(gone).__name__})") from None
        if answer.status >= 400:
            raise StandInRefused(f"{method} {path.partition('?')[0]}: {answer.status} {answer.data[:300]!r}")
        return answer


def seen_message(found: dict[str, Any]) -> SeenMessage:
    return SeenMessage(**found | {"media": tuple(SeenMedia(**one) for one in found["media"])})
