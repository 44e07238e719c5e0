"""Indonesian by default, English on request, and never a word of the one on a page of the other."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from flask_security import core

from bot.contracts import Role
from bot.web.accounts import texts
from bot.web.accounts.catalogue import CATALOGUE
from bot.web.accounts.texts import TEXTS
from tests.installation import Installation
from tests.people import PASSWORD, member, signed_in

TEMPLATES = Path(__file__).parents[2] / "bot" / "web" / "templates" / "accounts"
# Of features that are not switched on, or mail that is not sent.
UNREACHABLE = re.compile(
    r"US_|WEBAUTHN|CONFIRM|EMAIL_(?!NOT)|CHANGE_EMAIL|USERNAME|PASSWORD_(RESET|BREACHED)|LOGIN_|INVALID_(CONF|RESET|LOGIN)"
    r"|GENERIC_(RECOVERY|US)|IDENTITY|OAUTH|ALREADY|PASSWORDLESS|INVALID_PASSWORD_CODE|FORGOT|REFRESH_TOKEN|USE_CODE|CODE_HAS|FAILED_TO|PHONE"
)
ENGLISH = re.compile(r"\b(the|password|please|sign in|must|invalid|code|your|save|change|required|account)\b", re.I)


def test_every_sentence_stands_in_both_languages_and_is_used() -> None:
    assert set(TEXTS["id"]) == set(TEXTS["en"])
    for name, text in TEXTS["id"].items():
        assert re.findall(r"{\w+}", text) == re.findall(r"{\w+}", TEXTS["en"][name]), name


def test_no_two_subjects_give_one_name_to_two_sentences() -> None:
    named = [name for subject in texts._SUBJECTS for name in subject.TEXTS["id"]]
    assert [name for name, count in Counter(named).items() if count > 1] == []


def test_flask_securitys_reachable_sentences_have_indonesian_words() -> None:
    reachable = {text for name, (text, _) in core._default_messages.items() if not UNREACHABLE.match(name)}
    assert reachable - set(CATALOGUE["id"]) == set()


def test_templates_hold_no_words_of_their_own() -> None:
    for template in TEMPLATES.glob("*.html"):
        words = re.sub(r"{#.*?#}|{{.*?}}|{%.*?%}|<[^>]*>", " ", template.read_text(encoding="utf-8"), flags=re.S)
        assert set(re.findall(r"[A-Za-z]{2,}", words)) <= {"Sapa", "wide", "narrow"}, template.name


def test_no_english_shows_on_indonesian_pages_whatever_goes_wrong(deaf_sapa: Installation) -> None:
    browser = member(deaf_sapa.app, Role.SUPERVISOR)
    pages = [
        browser.post("/sign-in", email="", password=""),
        browser.post("/sign-in", email="bukan", password="x"),
        browser.sign_in("salah salah salah"),
        browser.get("/sign-in/link/palsu"),
        browser.get("/tidak-ada"),
        browser.client.post("/sign-in"),
    ]
    browser.sign_in()
    pages.append(browser.get("/account/second-factor"))
    pages.append(browser.post("/account/second-factor", setup="sulap"))
    browser.set_up_second_factor()
    short = {"password": PASSWORD, "new_password": "pendek", "new_password_confirm": "lain"}
    pages += [
        browser.post("/account/password", **short),
        browser.post("/account/password", **short | {"new_password_confirm": "pendek"}),
        browser.post("/account/password", password="", new_password="", new_password_confirm=""),
        browser.post("/account/password", password=PASSWORD, new_password=PASSWORD, new_password_confirm=PASSWORD),
        browser.post("/account/whatsapp", whatsapp="12"),
        browser.get("/account"),
        browser.get("/staff"),
        browser.get("/account/recovery-codes?show_codes=1"),
    ]
    browser.post("/sign-out")
    browser.sign_in()
    pages += [browser.post("/sign-in/code", code=code) for code in ("", "000000", "huruf")]
    pages += [browser.post("/sign-in/recovery", code=code) for code in ("", "0000")]
    pages += [browser.post("/sign-in/rescue", form_on="/sign-in/code", help_setup="help")]
    for page in (page for page in pages if page.status_code != 302):
        shown = re.sub(r"<(style|script).*?</\1>|<[^>]*>", " ", page.text, flags=re.S).replace("English", "")
        assert not ENGLISH.findall(shown), shown
        assert page.status_code < 500


def test_english_is_a_switch_away_and_an_account_remembers_it(deaf_sapa: Installation) -> None:
    browser = signed_in(deaf_sapa.app, Role.OFFICER)
    assert '<html lang="id">' in browser.get("/account").text
    browser.post("/account/language", language="en")
    assert "My account" in browser.get("/account").text
    browser.post("/sign-out")
    assert "Kata sandi" in deaf_sapa.app.test_client().get("/sign-in").text
    assert "Password" in deaf_sapa.app.test_client().get("/sign-in?lang=en").text
    browser.sign_in_fully()
    assert "My account" in browser.get("/account").text
