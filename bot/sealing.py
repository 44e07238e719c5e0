"""Sealing: AES-256-GCM, a data key of its own for every object, each data key sealed by the master key. Pure.

A seal is bound to what it belongs to (office, attachment, part): bytes or rows put in another's place do not open.
Sealed bytes are a header of six (what it is, version), a nonce of twelve, then the ciphertext with its tag.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hashlib import sha256

from bot.errors import UnknownVaultKey, VaultSealed

OBJECT = b"SAPAO\x01"
WRAPPED = b"SAPAK\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
FINGERPRINT_DIGITS = 16


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """The key that seals data keys, and the one being rotated out, if any: 32 bytes each."""

    current: bytes = field(repr=False)
    previous: bytes | None = field(default=None, repr=False)

    @property
    def current_id(self) -> str:
        return fingerprint(self.current)

    def named(self, key_id: str) -> bytes:
        """Raises UnknownVaultKey."""
        for key in (self.current, self.previous):
            if key is not None and fingerprint(key) == key_id:
                return key
        raise UnknownVaultKey(key_id)


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A key, sealed by the master key whose fingerprint is ``key_id``."""

    sealed: bytes
    key_id: str


def fingerprint(master: bytes) -> str:
    """Names a master key without telling it."""
    return sha256(b"sapa master key\0" + master).hexdigest()[:FINGERPRINT_DIGITS]


def seal_object(keys: MasterKeys, body: bytes, belongs_to: str) -> tuple[bytes, WrappedKey]:
    """The sealed bytes, and their data key for the row."""
    data_key = secrets.token_bytes(KEY_BYTES)
    return _seal(OBJECT, data_key, body, belongs_to), wrap(keys, data_key, belongs_to)


def open_object(keys: MasterKeys, sealed: bytes, wrapped: WrappedKey, belongs_to: str) -> bytes:
    """Raises VaultSealed, or its kind UnknownVaultKey."""
    return _open(OBJECT, unwrap(keys, wrapped, belongs_to), sealed, belongs_to)


def wrap(keys: MasterKeys, key: bytes, belongs_to: str) -> WrappedKey:
    return WrappedKey(_seal(WRAPPED, keys.current, key, belongs_to), keys.current_id)


def unwrap(keys: MasterKeys, wrapped: WrappedKey, belongs_to: str) -> bytes:
    """Raises VaultSealed, or its kind UnknownVaultKey."""
    return _open(WRAPPED, keys.named(wrapped.key_id), wrapped.sealed, belongs_to)


def _seal(header: bytes, key: bytes, body: bytes, belongs_to: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 4 MB: only where something is sealed

    nonce = secrets.token_bytes(NONCE_BYTES)
    return header + nonce + AESGCM(key).encrypt(nonce, body, header + belongs_to.encode())


def _open(header: bytes, key: bytes, sealed: bytes, belongs_to: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(header) + NONCE_BYTES
    if not sealed.startswith(header):
        raise VaultSealed("header")
    try:
        return AESGCM(key).decrypt(sealed[len(header) : start], sealed[start:], header + belongs_to.encode())
    except (InvalidTag, ValueError):  # ValueError: too short for a nonce
        raise VaultSealed("tag") from None
