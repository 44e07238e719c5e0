"""Administrators say who serves in their office, and in theirs alone."""

from __future__ import annotations

import re
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.calendar import OfficeCalendar, Period
from bot.cli import main
from bot.contracts import Role
from bot.desk.duty import on_duty
from bot.models import Event, Post
from tests.installation import Installation
from tests.people import PASSWORD, Browser, Person, add_office, at_browser, invite, member, signed_in

OTHER = "whatsapp:+6281100000099"
EVERY_DAY = OfficeCalendar(ZoneInfo("Asia/Makassar"), ((Period(time(8), time(16)),),) * 7)


def test_an_administrator_invites_somebody_who_then_signs_in(deaf_sapa: Installation) -> None:
    chief = signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    page = chief.post(
        "/staff/invite", name="Rina Contoh", email="Rina@Contoh.Example", role="officer", whatsapp="0811 0000 0042"
    )
    link = re.findall(r"/sign-in/link/[\w.-]+", page.text)[0]
    assert "Belum membuat kata sandi" in chief.get("/staff").text
    rina = at_browser(deaf_sapa.app, Person("rina@contoh.example", 0, 0, 0))
    assert rina.post(link, password=PASSWORD, again=PASSWORD).status_code == 302
    rina.sign_in_fully()
    assert "+6281100000042" in rina.get("/account").text


def test_an_invitation_is_mailed_where_mail_is_set_up(deaf_sapa: Installation) -> None:
    chief = signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    page = chief.post("/staff/invite", name="Rina Contoh", email="rina.surat@contoh.example", role="officer")
    assert "Tautan sudah dikirim ke e-mailnya" in page.text
    [mail] = deaf_sapa.ways.mail.mails("rina.surat@contoh.example")
    link = re.findall(r"/sign-in/link/[\w.-]+", mail.text)[0]
    assert link in page.text, "shown as well"
    rina = at_browser(deaf_sapa.app, Person("rina.surat@contoh.example", 0, 0, 0))
    assert rina.post(link, password=PASSWORD, again=PASSWORD).status_code == 302


def test_a_mail_that_does_not_go_out_is_told_and_the_link_is_there(deaf_sapa: Installation) -> None:
    chief = signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    deaf_sapa.ways.mail.fault("answer", at="recipient", code=550, times=1)
    page = chief.post("/staff/invite", name="Rina Contoh", email="rina.gagal@contoh.example", role="officer")
    assert "E-mailnya tidak terkirim" in page.text
    assert re.search(r"/sign-in/link/[\w.-]+", page.text)
    with deaf_sapa.database.reading() as session:
        told = [row.data.get("what") for row in session.scalars(select(Event))]
    assert told.count("link_not_mailed") == 1


def test_a_faulty_invitation_says_why_and_keeps_what_was_written(deaf_sapa: Installation) -> None:
    chief = signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    answer = chief.post("/staff/invite", name="Rina Contoh", email="rina", role="officer")
    assert answer.status_code == 422
    assert "Rina Contoh" in answer.text
    assert "Alamat e-mail tidak lengkap" in answer.text


def test_who_is_removed_is_out_at_once_and_can_be_taken_back(deaf_sapa: Installation) -> None:
    chief = signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    officer = signed_in(deaf_sapa.app, Role.OFFICER, whatsapp="+6281100000042")
    of_theirs = f"/staff/{officer.person.post_id}"
    chief.post(f"{of_theirs}/deactivate", form_on=of_theirs)
    assert officer.get("/desk").status_code == 302
    assert officer.sign_in().status_code == 200
    invite(deaf_sapa.app, Role.OFFICER, email=officer.person.email)
    assert officer.sign_in().status_code == 200, "the password of then opens nothing"
    with deaf_sapa.database.reading() as session:
        post = session.get_one(Post, officer.person.post_id)
        assert (post.active, post.whatsapp) == (True, None)


def test_nobody_removes_or_demotes_themselves(deaf_sapa: Installation) -> None:
    chief = signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    own = f"/staff/{chief.person.post_id}"
    chief.post(f"{own}/deactivate", form_on=own)
    chief.post(f"{own}/role", form_on=own, role="officer")
    assert chief.get("/staff").status_code == 200


def test_a_lost_telephone_is_helped_by_the_administrator(deaf_sapa: Installation) -> None:
    chief = signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    lost = signed_in(deaf_sapa.app, Role.SUPERVISOR)
    of_theirs = f"/staff/{lost.person.post_id}"
    chief.post(f"{of_theirs}/second-factor", form_on=of_theirs)
    assert lost.get("/desk").location.startswith("/sign-in"), "signed out"
    assert lost.sign_in().location == "/account/second-factor"


def test_one_office_cannot_open_the_account_of_anothers_people(deaf_sapa: Installation) -> None:
    """By inviting somebody else's administrator and then asking for a link to a new password."""
    app = deaf_sapa.app
    add_office(app, "MRS", OTHER)
    victim = signed_in(app, Role.ADMINISTRATOR)
    pending = invite(app, Role.SUPERVISOR)
    thief = signed_in(app, Role.ADMINISTRATOR, prefix="MRS")
    for email in (victim.person.email, pending.email):
        answer = thief.post("/staff/invite", name="Orang", email=email, role="officer")
        assert answer.status_code == 302
        of_theirs = answer.location
        assert thief.post(f"{of_theirs}/link", form_on=of_theirs).status_code == 403
        assert thief.post(f"{of_theirs}/second-factor", form_on=of_theirs).status_code == 403
        thief.post(f"{of_theirs}/deactivate", form_on=of_theirs)
    assert victim.get("/staff").status_code == 200


def test_a_person_of_two_offices_works_in_one_at_a_time(deaf_sapa: Installation) -> None:
    app = deaf_sapa.app
    second = add_office(app, "MRS", OTHER)
    both = signed_in(app, Role.ADMINISTRATOR)
    invite(app, Role.OFFICER, prefix="MRS", email=both.person.email)
    here, there = (invite(app, Role.OFFICER, prefix=prefix).email for prefix in ("PKP", "MRS"))
    team = both.get("/staff").text
    assert here in team
    assert there not in team
    both.post("/account/office", office_id=second)
    assert both.get("/staff").status_code == 403, "an officer there"
    assert "Kantor Kedua" in both.get("/desk").text
    assert both.post("/account/office", office_id=999).status_code == 404


def test_duty_follows_days_absences_and_steps_away(deaf_sapa: Installation) -> None:
    officer, chief = signed_in(deaf_sapa.app, Role.OFFICER), signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    of_theirs = f"/staff/{officer.person.post_id}"
    today = deaf_sapa.clock().astimezone(EVERY_DAY.zone)
    assert _on_duty(deaf_sapa, officer)
    officer.post("/account/away", minutes=30)
    assert not _on_duty(deaf_sapa, officer)
    officer.post("/account/back")
    assert _on_duty(deaf_sapa, officer)
    officer.post("/account/away", minutes=30)
    deaf_sapa.clock.advance(minutes=31)
    assert _on_duty(deaf_sapa, officer)
    chief.post(f"{of_theirs}/duty-days", form_on=of_theirs, day=[str((today.weekday() + 3) % 7)])
    assert not _on_duty(deaf_sapa, officer)
    chief.post(f"{of_theirs}/duty-days", form_on=of_theirs, day=[str(day) for day in range(7)])
    assert _on_duty(deaf_sapa, officer)
    days = [(today + timedelta(days=ahead)).date().isoformat() for ahead in (0, 2)]
    chief.post(f"{of_theirs}/absence", form_on=of_theirs, first=days[1], last=days[0])
    assert _on_duty(deaf_sapa, officer), "the last day is before the first"
    chief.post(f"{of_theirs}/absence", form_on=of_theirs, first=days[0], last=days[1])
    assert not _on_duty(deaf_sapa, officer)
    end = re.findall(r"/staff/\d+/absence/\d+/end", chief.get(of_theirs).text)[0]
    chief.post(end, form_on=of_theirs)
    assert _on_duty(deaf_sapa, officer)


def test_two_colleagues_cannot_have_one_whatsapp_number(deaf_sapa: Installation) -> None:
    signed_in(deaf_sapa.app, Role.OFFICER, whatsapp="+6281100000042")
    other = signed_in(deaf_sapa.app, Role.OFFICER)
    other.post("/account/whatsapp", whatsapp="0811-0000-0042")
    assert "sudah dipakai" in other.get("/account").text
    other.post("/account/whatsapp", whatsapp="bukan nomor")
    assert "tidak lengkap" in other.get("/account").text


def test_facts_about_staff_name_nobody(deaf_sapa: Installation) -> None:
    chief = signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    member(deaf_sapa.app, Role.OFFICER, whatsapp="+6281100000042")
    with deaf_sapa.database.reading() as session:
        facts = [f"{row.actor} {row.subject} {row.data}" for row in session.scalars(select(Event))]
    assert any("invited" in fact for fact in facts)
    assert not [fact for fact in facts if "contoh" in fact or "Orang" in fact or "62811" in fact]
    assert f"staff:{chief.person.post_id}" in " ".join(facts)


def test_the_command_line_invites_and_helps(deaf_sapa: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAPA_DATABASE_URL", deaf_sapa.settings.database_url)
    monkeypatch.setenv("SAPA_SECRET_KEY", deaf_sapa.settings.secret_key)
    monkeypatch.setenv("SAPA_PUBLIC_URL", "http://localhost")
    arguments = ["add-staff", "rina@contoh.example", "--name", "Rina Contoh", "--role", "administrator"]
    rina = at_browser(deaf_sapa.app, Person("rina@contoh.example", 0, 0, 0))
    for password in (PASSWORD, "kata sandi yang baru"):  # again: a forgotten password
        link = CliRunner().invoke(main, arguments, catch_exceptions=False).output.split()[-1]
        assert rina.post(link.removeprefix("http://localhost"), password=password, again=password).status_code == 302
        assert rina.sign_in(password).location == "/account/second-factor"
    refused = CliRunner().invoke(main, [*arguments, "--office", "XYZ"])
    assert refused.exit_code == 2
    assert "XYZ" in refused.output


def _on_duty(sapa: Installation, browser: Browser) -> bool:
    with sapa.database.reading() as session:
        posts = on_duty(session, browser.person.office_id, sapa.clock(), EVERY_DAY)
    return browser.person.post_id in {post.id for post in posts}
