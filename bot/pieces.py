"""The pieces that every process shares, made from the settings. `bot.app` joins the web's, `bot.line` the line's: what
one process does not need, it does not load."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from bot.db.engine import make_engine
from bot.db.session import Database
from bot.flow.receive import QuietWindows
from bot.gateways.rasa import RasaReader
from bot.sealing import MasterKeys
from bot.settings import PROJECT, Settings

if TYPE_CHECKING:
    from bot.desk.vault import Vault
    from bot.gateways.storage import ObjectStorage


def utc_now() -> datetime:
    return datetime.now(UTC)


def build_database(settings: Settings) -> Database:
    return Database(make_engine(settings.sqlalchemy_url))


def build_reader(settings: Settings) -> RasaReader:
    return RasaReader(settings.nlu_url)


def build_quiet(settings: Settings) -> QuietWindows:
    return QuietWindows(
        text=settings.quiet_text_seconds,
        media=settings.quiet_media_seconds,
        longest=settings.quiet_max_seconds,
    )


class WhenUsed:
    """A thing that is made when it is first used. Its makers' libraries are then not carried by who never uses it."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._made = cache(make)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made(), name)


def build_storage(settings: Settings) -> ObjectStorage:
    """Opened with the first object; what is wrong with the setting itself was said when it was read."""

    def opened() -> ObjectStorage:
        from bot.gateways.storage import open_storage

        return open_storage(settings.storage_url, PROJECT)

    return cast("ObjectStorage", WhenUsed(opened))


def vault_keys(settings: Settings) -> MasterKeys:
    return MasterKeys(*settings.vault_keys)


def build_vault(settings: Settings) -> Vault:
    """Raises SettingsError."""
    from bot.desk.vault import Vault

    return Vault(build_storage(settings), vault_keys(settings))
