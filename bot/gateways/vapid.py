"""SAPA_VAPID_KEY, with which we sign to push services (RFC 8292). Apart from the gateway, since the page that asks a
browser's permission needs its public half and nothing else."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02


def signer(key: str) -> Vapid02:
    return Vapid02.from_raw(key.replace("+", "-").replace("/", "_").rstrip("=").encode())


def public_key(key: str) -> str:
    """As a page hands it to ``pushManager.subscribe``: base64url of the uncompressed point."""
    point = signer(key).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")
