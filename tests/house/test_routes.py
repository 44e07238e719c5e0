"""Every door is open for a reason, or turns away who is not signed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from bot.app import create_app
from bot.settings import Settings

# A name that ends in * stands for all that begin with it.
OPEN = {
    "/webhooks/twilio/messages": "Twilio signs what it sends",
    "/webhooks/twilio/status": "Twilio signs what it sends",
    "/healthz": "says only that the process is alive",
    "/readyz": "says only which part is down",
    "/metrics": "holds counts, no person",
    "/static/*": "the same files for everybody",
    "/simulator*": "is there in the demo only, where nobody is real",
}
AWAY = (302, 401, 403)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        demo=True,
        database_url=f"sqlite:///{tmp_path / 'sapa.db'}",
        public_url="http://127.0.0.1:8201",
        twilio_api_url="http://127.0.0.1:8202",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="t" * 32,
        sender="whatsapp:+6281100000000",
        secret_key="s" * 32,
    )


def test_every_route_is_open_for_a_reason_or_turns_strangers_away(settings: Settings) -> None:
    app = create_app(settings)
    let_in = [f"{method} {rule}" for rule, method in _routes(app) if not _why_open(rule)]
    let_in = [route for route in let_in if not _turns_away(app, route)]
    assert not let_in, (
        "anybody on the internet may call these: guard them, or say in OPEN of tests/house/test_routes.py "
        f"why they may stand open: {let_in}"
    )


def test_what_stands_open_is_still_there(settings: Settings) -> None:
    rules = [rule for rule, _ in _routes(create_app(settings))]
    gone = [name for name in OPEN if not any(_fits(rule, name) for rule in rules)]
    assert not gone, f"a reason for a door that is no more would excuse the next one of that name: {gone}"


def test_there_is_no_simulator_outside_the_demo(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"demo": False}))
    assert not [rule for rule, _ in _routes(app) if rule.startswith("/simulator")]
    assert app.test_client().get("/simulator").status_code == 404


def _routes(app: Flask) -> list[tuple[str, str]]:
    """(rule, method) of each."""
    return [
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def _why_open(rule: str) -> str | None:
    return next((why for name, why in OPEN.items() if _fits(rule, name)), None)


def _fits(rule: str, name: str) -> bool:
    return rule.startswith(name[:-1]) if name.endswith("*") else rule == name


def _turns_away(app: Flask, route: str) -> bool:
    method, rule = route.split(" ")
    url = "/".join("1" if part.startswith("<") else part for part in rule.split("/"))
    return app.test_client().open(url, method=method).status_code in AWAY
