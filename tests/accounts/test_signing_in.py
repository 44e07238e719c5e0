"""Staff sign in: with a password, a second factor where their role opens much, and not at all when something is off."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from bot.contracts import EventKind, Role
from bot.models import Event
from tests.installation import Installation
from tests.people import PASSWORD, add_office, at_browser, invite, link_of, member, signed_in

WRONG = "bukan kata sandinya"


def test_an_officer_signs_in_and_lands_where_they_wanted_to_go(deaf_sapa: Installation) -> None:
    browser = member(deaf_sapa.app, Role.OFFICER)
    turned_away = browser.get("/account")
    assert turned_away.status_code == 302
    answer = browser.post(turned_away.location, email=browser.person.email.upper(), password=PASSWORD)
    assert answer.location == "/account"
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("page", ["/desk", "/supervisor"])
def test_signed_out_the_desk_leads_to_the_sign_in_page_at_once(deaf_sapa: Installation, page: str) -> None:
    answer = deaf_sapa.app.test_client().get(page)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?")
    assert deaf_sapa.app.test_client().get(answer.location).status_code == 200


def test_nobody_is_led_to_another_site_after_signing_in(deaf_sapa: Installation) -> None:
    browser = member(deaf_sapa.app, Role.OFFICER)
    answer = browser.post("/sign-in?next=https://jahat.example/", email=browser.person.email, password=PASSWORD)
    assert "jahat.example" not in (answer.location or "")


def test_a_stranger_and_a_wrong_password_read_the_same(deaf_sapa: Installation) -> None:
    browser = member(deaf_sapa.app, Role.OFFICER)
    pages = [
        browser.post("/sign-in", email=email, password=WRONG).text
        for email in (browser.person.email, "x@contoh.example")
    ]
    told = [re.findall(r'<p class="alert.*?</p>|invalid-feedback', page) for page in pages]
    assert told[0] == told[1] != []


def test_five_wrong_passwords_lock_for_ever_longer_until_the_right_one(deaf_sapa: Installation) -> None:
    browser = member(deaf_sapa.app, Role.OFFICER)
    for _ in range(5):
        assert browser.sign_in(WRONG).status_code == 200
    assert browser.sign_in().status_code == 200, "locked: the right password is not taken either"
    deaf_sapa.clock.advance(seconds=61)
    assert browser.sign_in(WRONG).status_code == 200  # the sixth: two minutes
    deaf_sapa.clock.advance(seconds=61)
    assert browser.sign_in().status_code == 200
    deaf_sapa.clock.advance(seconds=61)
    assert browser.sign_in().status_code == 302
    assert _facts(deaf_sapa).count("locked") == 2


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_who_may_see_much_reaches_nothing_without_a_second_factor(deaf_sapa: Installation, role: Role) -> None:
    browser = member(deaf_sapa.app, role)
    assert browser.sign_in().location == "/account/second-factor"
    for page in ("/desk", "/supervisor", "/staff", "/account", "/account/password"):
        assert "/sign-in" in browser.get(page).location, "signed in with one factor only"
    assert browser.set_up_second_factor().location == "/desk"
    assert browser.get("/supervisor").status_code == 200


def test_a_role_raised_at_work_asks_for_the_second_factor_at_once(deaf_sapa: Installation) -> None:
    officer = signed_in(deaf_sapa.app, Role.OFFICER)
    chief = signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    form = f"/staff/{officer.person.post_id}"
    assert chief.post(f"{form}/role", form_on=form, role="supervisor").status_code == 302
    for page in ("/desk", "/supervisor", "/account", "/account/password", "/account/recovery-codes"):
        assert officer.get(page).location == "/account/second-factor"
    assert officer.set_up_second_factor().location == "/account/recovery-codes"
    assert officer.get("/supervisor").status_code == 200


def test_a_supervisor_of_another_office_needs_it_here_too(deaf_sapa: Installation) -> None:
    add_office(deaf_sapa.app, "MRS", "whatsapp:+6281100000099")
    officer = signed_in(deaf_sapa.app, Role.OFFICER)
    invite(deaf_sapa.app, Role.SUPERVISOR, prefix="MRS", email=officer.person.email)
    assert officer.get("/desk").location == "/account/second-factor"


def test_who_must_have_a_second_factor_cannot_take_it_off(deaf_sapa: Installation) -> None:
    chief = signed_in(deaf_sapa.app, Role.SUPERVISOR)
    assert "Lepas" not in chief.get("/account/second-factor").text
    chief.post("/account/second-factor", setup="disable")
    assert chief.get("/supervisor").status_code == 200


def test_a_code_opens_once(deaf_sapa: Installation) -> None:
    browser = signed_in(deaf_sapa.app, Role.SUPERVISOR)
    code = browser.person.code()
    for answer, status in ((302, 302), (200, 200)):
        again = at_browser(deaf_sapa.app, browser.person)
        again.sign_in()
        assert again.post("/sign-in/code", code=code).status_code == status == answer


def test_wrong_codes_lock_like_wrong_passwords(deaf_sapa: Installation) -> None:
    person = signed_in(deaf_sapa.app, Role.SUPERVISOR).person
    browser = at_browser(deaf_sapa.app, person)
    browser.sign_in()
    for _ in range(5):
        browser.post("/sign-in/code", code="000000")
    assert "terkunci" in browser.post("/sign-in/code", code=person.code()).text


def test_a_recovery_code_stands_for_the_telephone_once(deaf_sapa: Installation) -> None:
    browser = signed_in(deaf_sapa.app, Role.SUPERVISOR)
    codes = re.findall(r"<code>([0-9a-f-]{14})</code>", browser.post("/account/recovery-codes").text)
    assert len(codes) == 8
    assert codes[0] not in browser.get("/account/recovery-codes?show_codes=1").text, "shown once, when they are made"
    for code, status in ((f" {codes[0].upper()} ", 302), (codes[0], 200), (codes[1], 302)):
        lost = at_browser(deaf_sapa.app, browser.person)
        lost.sign_in()
        assert lost.post("/sign-in/recovery", code=code).status_code == status


def test_changing_the_password_ends_every_other_session(deaf_sapa: Installation) -> None:
    here = signed_in(deaf_sapa.app, Role.OFFICER)
    there = at_browser(deaf_sapa.app, here.person)
    there.sign_in()
    assert there.get("/desk").status_code == 200
    new = "kata sandi yang baru"
    answer = here.post("/account/password", password=PASSWORD, new_password=new, new_password_confirm=new)
    assert answer.location == "/account"
    assert here.get("/desk").status_code == 200
    assert there.get("/desk").status_code == 302
    assert there.sign_in().status_code == 200, "the old password"
    assert there.sign_in(new).status_code == 302


def test_signing_out_ends_the_session(deaf_sapa: Installation) -> None:
    browser = signed_in(deaf_sapa.app, Role.OFFICER)
    assert browser.post("/sign-out").location == "/sign-in"
    assert browser.get("/desk").status_code == 302


def test_an_invitation_opens_once_and_for_three_days(deaf_sapa: Installation) -> None:
    app = deaf_sapa.app
    person = invite(app, Role.OFFICER)
    first, second = link_of(app, person), link_of(app, person)
    browser = at_browser(app, person)
    assert browser.post(first, password="pendek", again="pendek").status_code == 422
    assert browser.post(first, password=PASSWORD, again=WRONG).status_code == 422
    assert browser.post(first, password=PASSWORD, again=PASSWORD).status_code == 302
    assert browser.get(first).status_code == browser.get(second).status_code == 410
    late = invite(app, Role.OFFICER)
    link = link_of(app, late)
    deaf_sapa.clock.advance(days=3, seconds=1)
    assert at_browser(app, late).get(link).status_code == 410
    assert at_browser(app, late).get(link[:-1] + "x").status_code == 410


def test_too_many_tries_from_one_address_must_wait_but_webhooks_never(deaf_sapa: Installation) -> None:
    browser = member(deaf_sapa.app, Role.OFFICER)
    answers = [browser.post("/sign-in", email=f"x{n}@contoh.example", password=WRONG).status_code for n in range(20)]
    assert answers[:10] == [200] * 10
    assert answers[-1] == 429
    assert "Tunggu" in browser.sign_in().text
    for _ in range(30):
        assert browser.get("/healthz").status_code == 200
        assert browser.client.post("/webhooks/twilio/messages").status_code != 429


def test_a_form_of_another_site_changes_nothing(deaf_sapa: Installation) -> None:
    browser = signed_in(deaf_sapa.app, Role.OFFICER)
    assert browser.client.post("/account/away", data={"minutes": 30}).status_code == 400
    assert browser.client.post("/sign-out").status_code == 400


def test_cookies_are_kept_from_scripts_and_other_sites(deaf_sapa: Installation) -> None:
    cookie = deaf_sapa.app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_pages_carry_the_strict_policy_and_stay_out_of_caches(deaf_sapa: Installation) -> None:
    browser = signed_in(deaf_sapa.app, Role.ADMINISTRATOR)
    for page in ("/sign-in", "/account", "/account/password", "/account/second-factor", "/staff"):
        headers = browser.get(page).headers
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert "no-store" in headers["Cache-Control"] or page == "/sign-in"


def _facts(sapa: Installation) -> list[str]:
    with sapa.database.reading() as session:
        events = session.scalars(select(Event).where(Event.kind == EventKind.STAFF).order_by(Event.id))
        return [event.data["what"] for event in events]
