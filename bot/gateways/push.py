"""Web Push (RFC 8030, 8291, 8292): encrypted for one browser, signed with our key, handed to its push service.

The address of the service comes from the browser, so whoever is signed in could name any: only public https ones are
called, at the very address that was looked at, and no redirect is followed.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import http_ece
import structlog
import urllib3
from cryptography.hazmat.primitives.asymmetric import ec
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError

from bot.contracts import PushMessage
from bot.errors import PushBusy, PushError, PushGone, PushOutcomeUnknown, PushRefused
from bot.gateways.vapid import signer

log = structlog.get_logger()

TIMEOUT = urllib3.Timeout(connect=5, read=10)
LARGEST = 3000  # bytes of content; services take 4096 in all (RFC 8030 §7.2)
SECRET_BYTES = 16  # RFC 8291 §3.2
ENCODING = "aes128gcm"
NEVER_LEFT = (ConnectTimeoutError, NewConnectionError)


@dataclass(frozen=True, slots=True)
class Door:
    """Where an endpoint is called: ``host`` as it names itself, ``address`` what is connected to."""

    scheme: str
    host: str
    port: int
    address: str

    @property
    def origin(self) -> str:
        usual = {"https": 443, "http": 80}[self.scheme]
        return f"{self.scheme}://{self.host}" + ("" if self.port == usual else f":{self.port}")


def public_door(endpoint: str) -> Door:
    """Raises PushGone for an address that must not be called, PushBusy when its name is not found now."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port or 443
    except ValueError:
        raise PushGone("endpoint") from None
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise PushGone("endpoint")
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise PushBusy("no_name") from None
    # version 4 first: an office network often has no way out for 6
    addresses = [str(one[4][0]) for one in sorted(found, key=lambda one: one[0] != socket.AF_INET)]
    if not addresses or not all(_is_public(one) for one in addresses):
        raise PushGone("endpoint")
    return Door("https", parts.hostname, port, addresses[0])


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)


class WebPusher:
    """``key``: SAPA_VAPID_KEY. ``contact``: a mailto: or https: address where a push service reaches us.
    ``find``: where an endpoint may be called."""

    def __init__(self, key: str, contact: str, find: Callable[[str], Door] = public_door) -> None:
        self._vapid = signer(key)
        self._contact = contact
        self._find = find

    def push(self, message: PushMessage) -> None:
        content = self._encrypted(message)
        door = self._find(message.endpoint)
        headers = {
            **self._vapid.sign({"aud": door.origin, "sub": self._contact}),
            "Host": door.origin.partition("://")[2],
            "Content-Encoding": ENCODING,
            "Content-Type": "application/octet-stream",
            "TTL": str(message.ttl),
            "Urgency": "high",  # else a sleeping phone may keep it for later
            "Topic": _topic(message.tag),
        }
        status = _post(door, message.endpoint, content, headers)
        if not 200 <= status < 300:
            raise _meaning(status)

    def _encrypted(self, message: PushMessage) -> bytes:
        told = {"title": message.title, "body": message.body, "url": message.url, "tag": message.tag}
        content = json.dumps(told, ensure_ascii=False).encode()
        if len(content) > LARGEST:
            raise PushRefused("too_large")
        try:
            secret = _bytes(message.auth)
            if len(secret) != SECRET_BYTES:
                raise ValueError("auth")
            sealed: bytes = http_ece.encrypt(
                content,
                private_key=ec.generate_private_key(ec.SECP256R1()),
                dh=_bytes(message.p256dh),
                auth_secret=secret,
                version=ENCODING,
            )
        except (ValueError, http_ece.ECEException):
            raise PushGone("keys") from None  # no browser can read what these keys lock
        return sealed


def _post(door: Door, endpoint: str, content: bytes, headers: dict[str, str]) -> int:
    """The status; a connection of its own, to the address that was looked at."""
    pool: urllib3.HTTPConnectionPool
    if door.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            door.address,
            door.port,
            timeout=TIMEOUT,
            retries=False,
            server_hostname=door.host,
            assert_hostname=door.host,
        )
    else:
        pool = urllib3.HTTPConnectionPool(door.address, door.port, timeout=TIMEOUT, retries=False)
    parts = urlsplit(endpoint)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with pool:
        try:
            answer = pool.request("POST", path, body=content, headers=headers, redirect=False, preload_content=False)
        except NEVER_LEFT:
            raise PushBusy("no_connection") from None
        except SSLError:
            raise PushBusy("not_trusted") from None
        except HTTPError as error:
            raise PushOutcomeUnknown(type(error).__name__) from None
        answer.close()  # what it says is not read: its length is in the hands of whoever named it
        return answer.status


def _meaning(status: int) -> PushError:
    if status in (404, 410):
        return PushGone("gone", status)
    if status == 429 or status >= 500:
        return PushBusy("busy", status)
    if status in (400, 401, 403):
        log.error("push_service_refuses_us", status=status)  # a wrong key, or a clock that is far off
    return PushRefused("refused", status)


def _topic(tag: str) -> str:
    """At most 32 characters of the URL-safe alphabet (RFC 8030 §5.4)."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()[:24]).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
