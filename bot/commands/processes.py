"""The long-running processes, and ``up`` which starts them all."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot.errors import SettingsError
from bot.settings import PROJECT, Settings, read_settings

TWILIO = ("twilio_account_sid", "twilio_auth_token", "public_url")
WEB_THREADS = 16
THREADS_A_STREAM = 2  # it holds one, and the news that its page asks for may wait in another (decision 0011)
NLU_PYTHON = PROJECT / "nlu" / ".venv" / "bin" / "python"


@click.command()
def up() -> None:
    """Start everything in the Procfile; Ctrl-C stops it all."""
    from bot.commands.together import run_all

    sys.exit(run_all(read_settings((*TWILIO, "secret_key", "vault_key", "sender"))))


@click.command()
def web() -> None:
    """Receive webhooks and show pages."""
    settings = read_settings(("public_url", "twilio_auth_token", "secret_key", "vault_key"))
    _check_database(settings)
    from bot.web.live.streams import MOST

    arguments = [
        *("--bind", f"{settings.host}:{settings.port}"),
        *("--workers", "1", "--worker-class", "gthread", "--threads", str(WEB_THREADS + THREADS_A_STREAM * MOST)),
        *("--keep-alive", "30", "--graceful-timeout", "4", "--log-level", "warning"),
        *("--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp"),
        "bot.app:from_environment()",
    ]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])


@click.command()
def worker() -> None:
    """Answer what citizens wrote and deliver the replies."""
    settings = read_settings((*TWILIO, "vault_key"))
    _check_database(settings)
    from bot import logs
    from bot.line import build_worker

    logs.configure()
    build_worker(settings).run()


@click.command()
def clock() -> None:
    """Run what happens by itself. It deletes files, and needs no key to open them."""
    settings = read_settings(TWILIO)
    _check_database(settings)
    from bot import clock as the_clock
    from bot import logs, pieces
    from bot.line import build_jobs, build_messenger
    from bot.worker import beat

    logs.configure()
    database = pieces.build_database(settings)
    jobs = build_jobs(settings, database, build_messenger(settings))
    the_clock.run_clock(database, jobs, lambda: beat(database, the_clock.KIND, pieces.utc_now), pieces.utc_now)


@click.group(invoke_without_command=True)
@click.pass_context
def nlu(context: click.Context) -> None:
    """Become the NLU process, on the host and port of SAPA_NLU_URL; or one of its commands."""
    if context.invoked_subcommand is None:
        _become_nlu()


def _become_nlu() -> None:
    address = urlsplit(read_settings().nlu_url)
    if not NLU_PYTHON.exists():
        raise SettingsError("The NLU's own Python is not set up yet: run `make setup` first.")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.chdir(PROJECT)
    arguments = ["--host", address.hostname or "127.0.0.1", "--port", str(address.port or 5005)]
    os.execv(NLU_PYTHON, [str(NLU_PYTHON), "nlu/server.py", *arguments])


def _check_database(settings: Settings) -> None:
    """The schema must be there and current. Raises SettingsError."""
    from bot.db.schema import is_current
    from bot.pieces import build_database

    if not is_current(build_database(settings).engine):
        raise SettingsError("The database of SAPA_DATABASE_URL is not up to date: run `sapa migrate` first.")
