"""The vault's master key: making one, and changing it."""

from __future__ import annotations

import base64
import secrets

import click

from bot.errors import SettingsError
from bot.settings import read_settings


@click.command("new-vault-key")
def new_vault_key() -> None:
    """Make a master key for citizens' files: a line for the environment. Without it they cannot be opened again."""
    click.echo(f"SAPA_VAULT_KEY={base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}")


@click.command("rotate-vault-key")
def rotate_vault_key() -> None:
    """Seal every key anew, from SAPA_VAULT_KEY_PREVIOUS to SAPA_VAULT_KEY.

    First start every process again with both; then run this, while they work. It can be stopped at any time and run
    again. When it has said that all is done, SAPA_VAULT_KEY_PREVIOUS can go.
    """
    settings = read_settings(("vault_key", "vault_key_previous"))
    from bot import pieces
    from bot.desk import rotation

    database, keys = pieces.build_database(settings), pieces.vault_keys(settings)
    with database.transaction() as session:
        secrets_done = rotation.rewrap_secrets(session, keys)
    done, after = 0, 0
    while True:
        with database.transaction() as session:
            step = rotation.rewrap_objects(session, keys, after)
        done += step.rewrapped
        if step.last_id is None:
            break
        after = step.last_id
    with database.reading() as session:
        left = rotation.left_behind(session, keys)
    click.echo(f"Sealed anew: {done} data keys and {secrets_done} secrets.")
    if left:
        raise SettingsError(
            f"{left} are still not under SAPA_VAULT_KEY: keep SAPA_VAULT_KEY_PREVIOUS, and see the log."
        )
    click.echo("Everything is under SAPA_VAULT_KEY now: SAPA_VAULT_KEY_PREVIOUS can go.")
