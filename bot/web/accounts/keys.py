"""Every key of the accounts, derived from SAPA_SECRET_KEY (HKDF, RFC 5869): nothing else needs to be set."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@dataclass(frozen=True, slots=True)
class Keys:
    """``totp`` and ``recovery`` encrypt what is stored; ``salt`` goes into every password's hash; ``link`` signs
    invitations; ``search`` seals what is searched for in the address of its results."""

    session: bytes
    salt: str
    totp: str
    recovery: bytes
    link: bytes
    search: bytes


def derive_keys(secret: str) -> Keys:
    def key(label: str) -> bytes:
        return urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=f"sapa {label}".encode()).derive(secret.encode()))

    return Keys(
        session=key("session"),
        salt=key("password salt").decode(),
        totp=key("totp").decode(),
        recovery=key("recovery codes"),
        link=key("staff link"),
        search=key("desk search"),
    )
