"""A push service and a browser behind it: keeps what comes, and opens it with the browser's own keys."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@dataclass
class Pushed:
    path: str
    headers: dict[str, str]
    content: bytes


@dataclass
class PushService:
    """A WSGI app. ``status``: what it answers."""

    status: int = 201
    got: list[Pushed] = field(default_factory=list)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: token_bytes(16))

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        headers = {name[5:]: value for name, value in environ.items() if name.startswith("HTTP_")}
        self.got.append(Pushed(environ["PATH_INFO"], headers, environ["wsgi.input"].read()))
        start_response(f"{self.status} Whatever", [("Content-Length", "0"), ("Location", "http://127.0.0.1:9/")])
        return [b""]

    @property
    def keys(self) -> dict[str, str]:
        """As a browser's subscription tells them."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": base64url(point), "auth": base64url(self.secret)}

    def opened(self) -> dict[str, str]:
        """What the browser reads in the last one."""
        told: dict[str, str] = json.loads(
            http_ece.decrypt(self.got[-1].content, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        )
        return told

    def claims(self) -> tuple[dict[str, Any], str]:
        """What was signed, with whose public key; the signature holds."""
        signed = self.got[-1].headers["AUTHORIZATION"]
        assert Vapid02.verify(signed)
        parts = dict(part.split("=", 1) for part in signed.removeprefix("vapid ").split(","))
        body = parts["t"].split(".")[1]
        return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))), parts["k"]
