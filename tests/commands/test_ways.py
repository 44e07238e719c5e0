"""Setting up the ways an alert goes, at the command line."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from bot import pieces, ways
from bot.cli import main
from bot.contracts import Way
from bot.desk.offices import all_offices
from bot.desk.templates import approved_templates
from bot.settings import Settings, read_settings

SID = "HX" + "0" * 32


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Settings:
    """A migrated database with its first office, as the commands find it."""
    monkeypatch.setenv("SAPA_DATABASE_URL", database_url)
    monkeypatch.setenv("SAPA_SENDER", "whatsapp:+6281100000000")
    assert run("migrate").exit_code == 0
    return read_settings()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def approved(settings: Settings, prefix: str = "PKP") -> dict[str, str]:
    database = pieces.build_database(settings)
    with database.reading() as session:
        [office] = [office for office in all_offices(session) if office.prefix == prefix]
        found = dict(approved_templates(session, office.id))
    database.engine.dispose()
    return found


def test_an_approved_template_is_kept_and_a_newer_approval_replaces_it(settings: Settings) -> None:
    for sid in ("HX" + "1" * 32, SID):
        assert run("template", "alert", sid).exit_code == 0
    assert approved(settings) == {"alert": SID}
    listed = run("template").output
    assert f"alert  {SID}" in listed
    assert "answer_waiting  not approved yet" in listed
    assert "button AMBIL, id: AMBIL {{1}}" in listed


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("alert", "HX1"), "HX and 32"),
        (("alert",), "HX and 32"),
        (("alarm", SID), "alert, answer_waiting"),
        (("alert", SID, "--office", "BRU"), "no such office"),
    ],
)
def test_a_slip_is_told_in_a_sentence_and_keeps_nothing(settings: Settings, words: tuple[str, ...], says: str) -> None:
    result = run("template", *words)
    assert result.exit_code == 2
    assert says in result.output
    assert approved(settings) == {}


def test_the_demo_has_every_template_approved(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAPA_DEMO", "1")
    monkeypatch.setenv("SAPA_SECRET_KEY", "s" * 32)
    for _ in range(2):  # every `make run` seeds again
        assert run("seed-demo").exit_code == 0
    for prefix in ("PKP", "LAT"):
        assert set(approved(settings, prefix)) == {"alert", "answer_waiting"}


def test_a_way_that_is_not_set_up_is_told_and_left_out(settings: Settings) -> None:
    assert ways.configured(settings, approved(settings)) == {
        Way.DESK: True,
        Way.MAIL: False,
        Way.WHATSAPP: False,
        Way.PUSH: False,
    }
    assert ways.build_mailer(settings) is None
    assert ways.build_pusher(settings) is None


def test_every_way_can_be_set_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAPA_SMTP_URL", "smtps://mail.contoh.go.id?from=sapa@contoh.go.id")
    monkeypatch.setenv("SAPA_VAPID_KEY", run("new-vapid-key").output.strip().partition("=")[2])
    run("template", "alert", SID)
    configured = read_settings()
    assert all(ways.configured(configured, approved(settings)).values())
    assert ways.build_mailer(configured) is not None
    assert ways.build_pusher(configured) is not None
