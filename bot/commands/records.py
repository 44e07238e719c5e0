"""Looking at what is kept."""

from __future__ import annotations

import click

from bot.settings import read_settings


@click.command()
def requests() -> None:
    """List the open requests that a person must act on, oldest first."""
    settings = read_settings()
    from zoneinfo import ZoneInfo

    from bot import pieces
    from bot.desk import tickets
    from bot.desk.offices import all_offices

    database = pieces.build_database(settings)
    with database.reading() as session:
        zones = {office.id: ZoneInfo(office.time_zone) for office in all_offices(session)}
        listed = tickets.open_tickets(session)
    if not listed:
        click.echo("No open requests. What the assistant notes down for a person will be listed here.")
    for ticket, address in listed:
        opened = ticket.opened_at.astimezone(zones[ticket.office_id]).strftime("%Y-%m-%d %H:%M %Z")
        click.echo(f"{ticket.number}  {opened}  {ticket.kind:<18} {ticket.service or '-':<22} {address}")
