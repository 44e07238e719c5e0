"""Settings: environment variables with the prefix ``SAPA_``, typed, read once (docs: ``.env.example``).

A command names the settings it needs; a missing or wrong one stops its start with a sentence.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.contracts import MailServer
from bot.errors import SettingsError
from bot.smtp_url import mail_server

PROJECT = Path(__file__).resolve().parent.parent
KNOWLEDGE = PROJECT / "data" / "knowledge"

TWILIO_API_URL = "https://api.twilio.com"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve Web Push signs with


def _http_url(value: str) -> str:
    if not value:
        return value
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a URL that begins with http:// or https://")
    return value.rstrip("/")


def _from_base64(value: str) -> bytes:
    """URL-safe or not, padded or not; empty when it is none."""
    try:
        return base64.b64decode(value.replace("-", "+").replace("_", "/") + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


HttpUrl = Annotated[str, AfterValidator(_http_url)]
Seconds = Annotated[float, Field(ge=0, le=3600)]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SAPA_", extra="ignore", hide_input_in_errors=True)

    database_url: str = "sqlite:///var/sapa.db"
    public_url: HttpUrl = ""
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_auth_token_previous: str = ""
    twilio_api_url: HttpUrl = TWILIO_API_URL
    sender: str = ""
    nlu_url: HttpUrl = "http://127.0.0.1:5005"
    secret_key: str = ""
    vault_key: str = ""
    vault_key_previous: str = ""
    storage_url: str = "file://var/vault"
    quiet_text_seconds: Seconds = 1.0
    quiet_media_seconds: Seconds = 4.0
    quiet_max_seconds: Seconds = 10.0
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    smtp_url: str = ""
    vapid_key: str = ""
    demo: bool = False

    @field_validator("sender")
    @classmethod
    def _whatsapp_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"whatsapp:\+\d{6,15}", value):
            raise ValueError("must look like whatsapp:+6281100000000")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("must have 32 characters or more")
        return value

    @field_validator("vault_key", "vault_key_previous")
    @classmethod
    def _thirty_two_bytes(cls, value: str) -> str:
        if value and len(_from_base64(value)) != 32:
            raise ValueError("must be 32 bytes in base64: `sapa new-vault-key` makes one")
        return value

    @field_validator("storage_url")
    @classmethod
    def _folder_or_bucket(cls, value: str) -> str:
        if not re.fullmatch(r"file://[^\s]+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w.-]+)*/?", value, re.ASCII):
            raise ValueError("must look like file://var/vault, file:///absolute/folder or s3://bucket/prefix")
        return value

    @field_validator("vapid_key")
    @classmethod
    def _private_key(cls, value: str) -> str:
        key = _from_base64(value)
        if value and not (len(key) == 32 and 0 < int.from_bytes(key) < P256_ORDER):
            raise ValueError("must be a private key of 32 bytes in base64: `sapa new-vapid-key` makes one")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: str) -> str:
        if value:
            mail_server(value)
        return value

    @property
    def vault_keys(self) -> tuple[bytes, ...]:
        """The master key, then the one being rotated out, if any."""
        return tuple(_from_base64(key) for key in (self.vault_key, self.vault_key_previous) if key)

    @property
    def mail_server(self) -> MailServer | None:
        """None: alerts are not sent by e-mail."""
        return mail_server(self.smtp_url) if self.smtp_url else None

    @property
    def twilio_tokens(self) -> tuple[str, ...]:
        """The tokens a signature may be made with: the current one first, then the one being rotated out."""
        return tuple(t for t in (self.twilio_auth_token, self.twilio_auth_token_previous) if t)

    @property
    def sqlalchemy_url(self) -> str:
        """``database_url`` with our driver named and a relative SQLite path taken from the project's folder."""
        url = self.database_url
        for plain in ("postgresql://", "postgres://"):
            if url.startswith(plain):
                return "postgresql+psycopg://" + url.removeprefix(plain)
        relative = re.fullmatch(r"sqlite:///(?!/)(.+)", url)
        if relative and relative[1] != ":memory:":
            return f"sqlite:///{PROJECT / relative[1]}"
        return url


def read_settings(needed: Iterable[str] = ()) -> Settings:
    """The settings of this process. ``needed`` are field names that must not be empty.

    Raises SettingsError with a sentence that names the variable; its value is never shown.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = f"SAPA_{str(first['loc'][0]).upper()}"
        raise SettingsError(f"{name} {first['msg'].removeprefix('Value error, ')}.") from None
    missing = [f"SAPA_{name.upper()}" for name in needed if not getattr(settings, name)]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise SettingsError(f"{', '.join(missing)} {verb} not set: see .env.example for what belongs there.")
    if settings.database_url.split(":")[0].split("+")[0] not in ("sqlite", "postgresql", "postgres"):
        raise SettingsError("SAPA_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return settings
