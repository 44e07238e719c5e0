"""Every door is open for a reason, or turns away who is not signed in."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from bot.app import create_app
from bot.contracts import AttachmentState, MessageKind, Role
from bot.db.schema import migrate
from bot.desk.duty import add_absence
from bot.models import (
    Attachment,
    CannedAnswer,
    Contact,
    Conversation,
    InboundMessage,
    Label,
    ParkedReply,
    Post,
    Submission,
    Ticket,
)
from bot.pieces import utc_now
from bot.settings import Settings
from tests.people import add_office, invite, signed_in

# A name that ends in * stands for all that begin with it.
OPEN = {
    "/webhooks/twilio/messages": "Twilio signs what it sends",
    "/webhooks/twilio/status": "Twilio signs what it sends",
    "/healthz": "says only that the process is alive",
    "/readyz": "says only which part is down",
    "/metrics": "holds counts, no person",
    "/static/*": "the same files for everybody",
    "/simulator*": "is there in the demo only, where nobody is real",
    "/sign-in": "is where people sign in; wrong tries lock and are limited",
    "/sign-in/link/<token>": "the link itself is the key: signed, with an end, good once",
}
AWAY = (302, 401, 403)
THEIR_OWN = {
    "security.*": "Flask-Security asks who it is by itself, and opens one's own account only",
    "account.*": "is about oneself: a role opens nothing more there",
}
ASKED = {
    "outcome": "done",
    "body": "x",
    "send_key": "x",
    "complaint_class": "ordinary",
    "reason": "unreadable",
    "note": "x",
    "name": "x",
    "title": "x",
}  # without these some forms are refused before they look
NAMED = {
    "post_id",
    "absence_id",
    "conversation_id",
    "submission_id",
    "file_id",
    "parked_id",
    "label_id",
    "ticket_id",
    "answer_id",
}  # rows that routes name; `_strangers` makes another office's of each
WORDS = {"verb"}  # no row


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


def test_every_page_for_staff_names_the_role_it_opens_to(settings: Settings) -> None:
    app = create_app(settings)
    bare = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not _why_open(rule.rule) and not _role(app, rule) and not any(_fits(rule.endpoint, own) for own in THEIR_OWN)
    ]
    assert not bare, f"put @requires(Role.…) on these, or anybody who is signed in may call them: {bare}"


def test_an_officer_is_turned_away_from_what_is_not_theirs(desk: Flask) -> None:
    officer = signed_in(desk, Role.OFFICER).client
    higher = [rule for rule in desk.url_map.iter_rules() if (_role(desk, rule) or Role.OFFICER) != Role.OFFICER]
    assert higher
    let_in = [
        f"{method} {rule}"
        for rule, method in _each(higher)
        if officer.open(_url(rule), method=method).status_code != 403
    ]
    assert not let_in, f"an officer reached these: {let_in}"


def test_a_row_of_another_office_is_not_there(desk: Flask) -> None:
    strangers = _strangers(desk)
    chief = signed_in(desk, Role.ADMINISTRATOR).client
    named = [rule for rule in desk.url_map.iter_rules() if _role(desk, rule) and rule.arguments]
    unknown = {name for rule in named for name in rule.arguments} - NAMED - WORDS
    assert not unknown, f"say in NAMED and _strangers which row of another office {unknown} could name"
    found = [
        f"{method} {rule}"
        for rule, method in _each(named)
        if chief.open(_url(rule, strangers), method=method, data=ASKED).status_code != 404
    ]
    assert not found, f"another office's row could be read or changed by its number: {found}"


@pytest.fixture
def desk(settings: Settings) -> Iterator[Flask]:
    """With an office, and without CSRF: here the guards are tested, not the forms."""
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    database = app.extensions["sapa_database"]
    migrate(database.engine)
    add_office(app, "PKP", settings.sender)
    yield app
    database.engine.dispose()


def _strangers(app: Flask) -> dict[str, int]:
    """Rows of another office, by the names that routes have for them."""
    add_office(app, "MRS", "whatsapp:+6281100000099")
    stranger = invite(app, Role.OFFICER, prefix="MRS")
    now = utc_now()
    with app.extensions["sapa_database"].transaction() as session:
        post = session.get_one(Post, stranger.post_id)
        absence = add_absence(session, post, now.date(), now.date(), ZoneInfo("UTC"), by="line", now=now)
        contact = Contact(office_id=post.office_id, address="whatsapp:+6281100000001", created_at=now)
        session.add(contact)
        session.flush()
        conversation = Conversation(office_id=post.office_id, contact_id=contact.id)
        session.add(conversation)
        session.flush()
        label = Label(office_id=post.office_id, name="Pulau")
        ticket = Ticket(
            office_id=post.office_id, conversation_id=conversation.id, number="MRS-1", kind="x", opened_at=now
        )
        answer = CannedAnswer(office_id=post.office_id, title="x", body="x", edited_at=now)
        session.add_all([label, ticket, answer])
        session.flush()
        submission, file = _papers(session, conversation, now)
        parked = ParkedReply(office_id=post.office_id, conversation_id=conversation.id, post_id=post.id)
        parked.send_key, parked.body, parked.parked_at = "x", "x", now
        session.add(parked)
        session.flush()
        return {
            "post_id": post.id,
            "absence_id": absence.id,
            "conversation_id": conversation.id,
            "submission_id": submission.id,
            "file_id": file.id,
            "parked_id": parked.id,
            "label_id": label.id,
            "ticket_id": ticket.id,
            "answer_id": answer.id,
        }


def _papers(session: Session, conversation: Conversation, now: datetime) -> tuple[Submission, Attachment]:
    owned = {"office_id": conversation.office_id, "conversation_id": conversation.id}
    submission = Submission(**owned, service="akta_lahir", opened_at=now, touched_at=now)
    message = InboundMessage(**owned, seq=1, sid="SM1", kind=MessageKind.IMAGE, body="", form={}, received_at=now)
    session.add_all([submission, message])
    session.flush()
    file = Attachment(
        **owned,
        inbound_id=message.id,
        submission_id=submission.id,
        place=0,
        url="",
        content_type="image/jpeg",
        state=AttachmentState.STORED,
    )
    session.add(file)
    session.flush()
    return submission, file


def _role(app: Flask, rule: Rule) -> Role | None:
    return getattr(inspect.unwrap(app.view_functions[rule.endpoint], stop=_has_role), "required_role", None)


def _has_role(view: Any) -> bool:
    return hasattr(view, "required_role")


def _each(rules: Iterable[Rule]) -> list[tuple[str, str]]:
    return [(rule.rule, method) for rule in rules for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]


def _url(rule: str, values: Mapping[str, int] = MappingProxyType({})) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values.get(match[1], 1)), rule)


def _routes(app: Flask) -> list[tuple[str, str]]:
    """(rule, method) of each, also of those for machines."""
    machines: Flask = app.extensions["sapa_machines"]
    return _each([*machines.url_map.iter_rules(), *app.url_map.iter_rules()])


def _why_open(rule: str) -> str | None:
    return next((why for name, why in OPEN.items() if _fits(rule, name)), None)


def _fits(rule: str, name: str) -> bool:
    return rule.startswith(name[:-1]) if name.endswith("*") else rule == name


def _turns_away(app: Flask, route: str) -> bool:
    method, rule = route.split(" ")
    app.config["WTF_CSRF_ENABLED"] = False  # or a missing token would hide a missing guard
    return app.test_client().open(_url(rule), method=method).status_code in AWAY
