"""The web application: every door, joined to the pieces it needs."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import structlog
from flask import Flask, request
from flask_compress import Compress
from flask_wtf import CSRFProtect

from bot import logs, pieces, ways
from bot.db.wake import Alarm
from bot.errors import where
from bot.settings import Settings, read_settings
from bot.web.accounts.join import join_accounts
from bot.web.accounts.keys import derive_keys
from bot.web.desk.office import Desk, DeskOffice
from bot.web.desk.pages import desk_blueprint
from bot.web.health import Health, health_blueprint
from bot.web.live.streams import Streams
from bot.web.live.turns import turns
from bot.web.live.watcher import Watcher
from bot.web.machines import before_pages
from bot.web.metrics import Counters, metrics_blueprint
from bot.web.security import protect
from bot.web.signature import SignatureCheck
from bot.web.supervisor.pages import supervisor_blueprint
from bot.web.webhook import webhook_blueprint

log = structlog.get_logger()

NEEDED = ("public_url", "twilio_auth_token", "secret_key", "vault_key")
SWITCH = 0.001  # seconds until a thread must let another go on: a webhook waits for rendered pages several times


class QuietFlask(Flask):
    """Logs an error by its kind and place: its text may quote a row."""

    def log_exception(self, exc_info: Any) -> None:
        kind, error, _ = exc_info
        log.error("request_failed", path=request.path, error=kind.__name__, where=where(error))


def create_app(settings: Settings, now: Callable[[], datetime] = pieces.utc_now) -> Flask:
    """The Flask application for these settings; it owns a database of its own, ``extensions["sapa_database"]``."""
    app = QuietFlask(__name__, template_folder="web/templates", static_folder="web/static")
    keys = derive_keys(settings.secret_key)
    app.config.update(
        SECRET_KEY=keys.session,
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"],
        COMPRESS_STREAMS=True,  # static files are streamed
    )
    Compress(app)
    CSRFProtect(app)
    database = pieces.build_database(settings)
    app.extensions["sapa_database"] = database
    counters = Counters()
    webhook = webhook_blueprint(
        database,
        SignatureCheck(settings.public_url, settings.twilio_tokens),
        pieces.build_quiet(settings),
        counters,
        now,
    )
    health = Health(database, pieces.build_reader(settings), now)
    machines = QuietFlask("machines", static_folder=None)
    before_pages(app, machines, (webhook, health_blueprint(health), metrics_blueprint(database, counters)))
    join_accounts(app, database, keys, settings.public_url, cache(lambda: ways.build_mailer(settings)), now)
    desk = Desk(
        database,
        cache(lambda: _office(settings)),
        now,
        cache(lambda: _push_key(settings)),
        cache(lambda: pieces.build_vault(settings)),
        keys.search,
    )
    streams = Streams(lambda own: Watcher(database, own, lambda: Alarm(database.engine), now))
    app.extensions["sapa_streams"] = streams
    app.register_blueprint(desk_blueprint(desk, streams))
    app.register_blueprint(supervisor_blueprint(desk, health))
    if settings.demo:
        from bot.assistant import OfficeAssistant
        from bot.gateways.fake_mail.control import FakeMailControl
        from bot.gateways.fake_twilio.control import FakeTwilioControl
        from bot.web.simulator import simulator_blueprint
        from bot.web.simulator_officers import simulator_officers_blueprint
        from bot.web.simulator_staff import simulator_staff_blueprint
        from bot.web.simulator_watch import Watch

        phones = FakeTwilioControl(settings.twilio_api_url)
        mailbox = FakeMailControl(settings.twilio_api_url) if settings.smtp_url else None
        watch = Watch(database, OfficeAssistant().rules, now)
        app.register_blueprint(simulator_blueprint(phones, settings.sender, mailbox, watch))
        app.register_blueprint(simulator_staff_blueprint())
        app.register_blueprint(simulator_officers_blueprint())
    protect(app, https=settings.public_url.startswith("https://"))
    return app


def _office(settings: Settings) -> DeskOffice:
    from bot.at_desk import OfficeAtDesk  # with all that the assistant knows: only when a page asks

    return OfficeAtDesk(settings)


def _push_key(settings: Settings) -> str:
    from bot.gateways.vapid import public_key

    return public_key(settings.vapid_key) if settings.vapid_key else ""


def from_environment() -> Flask:
    """For the WSGI server."""
    logs.configure()
    sys.setswitchinterval(SWITCH)
    app = create_app(read_settings(NEEDED))
    _end_streams_on_stop(app.extensions["sapa_streams"])
    return app


def _end_streams_on_stop(streams: Streams) -> None:
    """The server waits for open answers before it stops, and a stream would never end, nor a long line of news: end
    them when the signal comes, before the server does what it does then."""

    def end() -> None:
        turns.stop()
        streams.stop()

    def first(number: int, then: Any) -> None:
        def stop(*given: Any) -> None:
            threading.Thread(target=end).start()  # the interrupted thread may hold what stopping takes
            if callable(then):
                then(*given)

        signal.signal(number, stop)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        first(number, signal.getsignal(number))
