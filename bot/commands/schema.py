"""Bringing the database up to date."""

from __future__ import annotations

import click

from bot.errors import SettingsError
from bot.settings import KNOWLEDGE, Settings, read_settings

FIRST_OFFICE = "PKP"


@click.command()
def migrate() -> None:
    """Bring the schema up to date, and create the first office from SAPA_SENDER when there is none."""
    settings = read_settings(("sender",))
    _migrate(settings)
    click.echo("The database is up to date.")


@click.command("seed-demo")
def seed_demo() -> None:
    """Prepare the demo's offices (needs SAPA_DEMO)."""
    settings = read_settings(("sender", "secret_key"))
    if not settings.demo:
        raise SettingsError("SAPA_DEMO is not set: nothing is seeded outside the demo.")
    _migrate(settings)
    from bot.commands.demo import seed

    seed(settings)
    click.echo("The demo's offices are ready.")


def _migrate(settings: Settings) -> None:
    from bot import pieces
    from bot.db import schema
    from bot.desk import canned
    from bot.desk.offices import ensure_first_office
    from bot.knowledge import load_knowledge
    from bot.knowledge.canned_answers import load_canned_answers

    database = pieces.build_database(settings)
    schema.migrate(database.engine)
    office = load_knowledge(KNOWLEDGE, FIRST_OFFICE).office
    with database.transaction() as session:
        first = ensure_first_office(
            session,
            prefix=FIRST_OFFICE,
            name=office.name,
            time_zone=office.time_zone,
            sender=settings.sender,
            now=pieces.utc_now(),
        )
        canned.put_first(session, first.id, load_canned_answers(KNOWLEDGE), pieces.utc_now())
