"""Setting up the ways an alert goes."""

from __future__ import annotations

import base64
import re
import secrets

import click

from bot.errors import SettingsError
from bot.settings import KNOWLEDGE, P256_ORDER, read_settings

CONTENT_SID = re.compile(r"HX[0-9a-fA-F]{32}")


@click.command("new-vapid-key")
def new_vapid_key() -> None:
    """Make a key for alerts in officers' browsers: a line for the environment."""
    key = (secrets.randbelow(P256_ORDER - 1) + 1).to_bytes(32)
    click.echo(f"SAPA_VAPID_KEY={base64.urlsafe_b64encode(key).decode().rstrip('=')}")


@click.command()
@click.argument("name", required=False)
@click.argument("content_sid", required=False, metavar="CONTENTSID")
@click.option("--office", "prefix", help="The office's prefix; the first office when it is left out.")
def template(name: str | None, content_sid: str | None, prefix: str | None) -> None:
    """Keep the ContentSid under which WhatsApp approved the template NAME (docs/whatsapp-templates.md).

    Without arguments: show every template, what to submit, and what is kept.
    """
    settings = read_settings()
    from bot import pieces
    from bot.desk.offices import all_offices
    from bot.desk.templates import approved_templates, store_template
    from bot.knowledge import load_templates

    templates = load_templates(KNOWLEDGE)
    database = pieces.build_database(settings)
    with database.reading() as session:
        offices = {office.prefix: office.id for office in all_offices(session)}
        if not offices or (prefix and prefix not in offices):
            raise SettingsError("There is no such office: `sapa migrate` creates the first.")
        prefix = prefix or next(iter(offices))
        approved = approved_templates(session, offices[prefix])
    if name is None:
        for one in templates.values():
            click.echo(f"{one.name}  {approved.get(one.name, 'not approved yet')}\n  {one.body}")
            for number, sample in one.samples.items():
                click.echo(f"  {{{{{number}}}}} for example: {sample}")
            for button in one.buttons:
                click.echo(f"  button {button.title}, id: {button.payload}")
        return
    if name not in templates:
        raise SettingsError(f"There is no template {name}: there are {', '.join(templates)}.")
    if not CONTENT_SID.fullmatch(content_sid or ""):
        raise SettingsError("A ContentSid is HX and 32 hexadecimal digits; Twilio's console shows it.")
    with database.transaction() as session:
        store_template(session, offices[prefix], name, str(content_sid))
    click.echo(f"{prefix} sends {name} as {content_sid} from now on.")
