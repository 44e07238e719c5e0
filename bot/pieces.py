"""The pieces that every process shares, made from the settings. `bot.app` joins the web's, `bot.line` the line's: what
one process does not need, it does not load."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

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


def build_storage(settings: Settings) -> ObjectStorage:
    """Raises SettingsError."""
    from bot.gateways.storage import open_storage  # with obstore: not every process needs it

    return open_storage(settings.storage_url, PROJECT)


def vault_keys(settings: Settings) -> MasterKeys:
    return MasterKeys(*settings.vault_keys)


def build_vault(settings: Settings) -> Vault:
    """Raises SettingsError."""
    from bot.desk.vault import Vault

    return Vault(build_storage(settings), vault_keys(settings))
