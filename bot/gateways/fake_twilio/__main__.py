"""``python -m bot.gateways.fake_twilio --webhook http://127.0.0.1:8000 …``: the stand-in by itself."""

from __future__ import annotations

from pathlib import Path

import click

from bot.gateways.fake_twilio.app import create_fake_twilio
from bot.gateways.fake_twilio.server import serve


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8010, show_default=True)
@click.option("--webhook", required=True, help="Where Sapa listens: its SAPA_PUBLIC_URL.")
@click.option("--account-sid", envvar="SAPA_TWILIO_ACCOUNT_SID", required=True)
@click.option("--auth-token", envvar="SAPA_TWILIO_AUTH_TOKEN", required=True)
@click.option("--store", type=click.Path(dir_okay=False, path_type=Path), help="Outlives a restart.")
def main(host: str, port: int, webhook: str, account_sid: str, auth_token: str, store: Path | None) -> None:
    app = create_fake_twilio(account_sid, auth_token, webhook, store)
    serve(host, port, app)
    app.close()


main()
