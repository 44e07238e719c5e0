"""Staff accounts from the command line: the first administrator of an office, and who cannot be helped by a page."""

from __future__ import annotations

import click

from bot.contracts import Role
from bot.errors import SettingsError
from bot.settings import read_settings

REFUSALS = {
    "email": "that is no complete e-mail address.",
    "name": "--name must not be empty.",
    "number": "--whatsapp must look like +6281100000001.",
    "number_taken": "somebody else in this office has that WhatsApp number.",
}


@click.command("add-staff")
@click.argument("email")
@click.option("--name", required=True, help="Full name, as colleagues see it.")
@click.option("--role", type=click.Choice([str(role) for role in Role]), default=str(Role.OFFICER), show_default=True)
@click.option("--office", "prefix", default="", help="The office's prefix, PKP for example; the first one by default.")
@click.option("--whatsapp", default="", help="Their own number, for alerts.")
def add_staff(email: str, name: str, role: str, prefix: str, whatsapp: str) -> None:
    """Invite somebody into an office: prints a link to set their password, and mails it where mail is set up.

    For who serves there already it prints a new link and changes nothing else: a forgotten password.
    """
    settings = read_settings(("secret_key", "public_url"))
    from bot import pieces, ways
    from bot.desk import staff
    from bot.desk.credentials import find_staff
    from bot.desk.offices import all_offices
    from bot.web.accounts.invitation import Invitation
    from bot.web.accounts.keys import derive_keys
    from bot.web.accounts.link_mail import LinkMail, Mailed
    from bot.web.accounts.links import GOOD_FOR, Links

    database, now = pieces.build_database(settings), pieces.utc_now()
    try:
        wanted = Invitation.of({"email": email, "name": name, "role": role, "whatsapp": whatsapp})
        with database.transaction() as session:
            office = next((one for one in all_offices(session) if prefix.upper() in ("", one.prefix)), None)
            if office is None:
                raise SettingsError(f"There is no office {prefix}: run `sapa migrate` for the first one.")
            called = office.name
            staff.invite(session, office.id, **wanted.values(), by="line", now=now)
    except staff.StaffRefused as refused:
        if refused.reason != "already_here":
            raise SettingsError(f"Not added: {REFUSALS[refused.reason]}") from None
    with database.reading() as session:
        person = find_staff(session, "email", wanted.email)
        assert person is not None
        link = Links(derive_keys(settings.secret_key).link, settings.public_url).make(person, now)
    mailed = LinkMail(lambda: ways.build_mailer(settings)).send(person, link, called)
    if mailed is not Mailed.NOT_SET_UP:
        with database.transaction() as session:
            staff.link_mailed(session, person.id, mailed is Mailed.SENT, by="line", now=now)
        click.echo("It was mailed to them as well." if mailed is Mailed.SENT else "The mail did not go out.")
    if person.password:
        click.echo(
            f"{person.name} has a password already. To choose a new one, good for {GOOD_FOR.days} days and once:"
        )
    else:
        click.echo(f"Send this link to {person.name} alone. It is good for {GOOD_FOR.days} days and once:")
    click.echo(link)
