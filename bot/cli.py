"""``sapa``: the command line."""

from __future__ import annotations

import sys

import click

from bot.commands import learning, processes, records, schema, staff, stand_ins, vault, ways
from bot.errors import SapaError


class Sentences(click.Group):
    """Shows an error of ours as its sentence, without a trace."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SapaError as error:
            click.echo(f"sapa: {error}", err=True)
            sys.exit(2)


@click.group(cls=Sentences)
def main() -> None:
    """Sapa, the WhatsApp help desk of a civil registry office. Settings are environment variables: .env.example."""


for command in (
    processes.up,
    processes.web,
    processes.worker,
    processes.clock,
    processes.nlu,
    stand_ins.fake_twilio,
    schema.migrate,
    schema.seed_demo,
    records.requests,
    ways.template,
    ways.new_vapid_key,
    staff.add_staff,
    vault.new_vault_key,
    vault.rotate_vault_key,
):
    main.add_command(command)
processes.nlu.add_command(learning.candidates)
