"""The demo's second office, and the staff of both, with passwords that everybody may know."""

from __future__ import annotations

from flask import Flask
from flask_security import hash_password
from passlib.totp import TOTP
from sqlalchemy.orm import Session

from bot import pieces
from bot.app import create_app
from bot.commands.stand_ins import demo_content_sid
from bot.db.session import Database
from bot.desk import canned, credentials, staff
from bot.desk.offices import all_offices, ensure_office
from bot.desk.templates import store_template
from bot.knowledge import load_knowledge, load_templates
from bot.knowledge.canned_answers import load_canned_answers
from bot.settings import KNOWLEDGE, Settings
from bot.web.accounts.keys import derive_keys
from bot.web.demo_staff import PASSWORD, PEOPLE, TRAINING, TRAINING_SENDER, DemoPerson


def seed(settings: Settings) -> None:
    """What is not there yet; whoever and whatever is, stays."""
    app = create_app(settings)
    database: Database = app.extensions["sapa_database"]
    with database.transaction() as session:
        _seed_training_office(session)
        _approve_templates(session)
        for office in all_offices(session):
            canned.put_first(session, office.id, load_canned_answers(KNOWLEDGE), pieces.utc_now())
    _seed_staff(app, database, settings)
    database.engine.dispose()


def _seed_training_office(session: Session) -> None:
    """An office like any other, whose hours and targets let a hand-over climb while somebody watches."""
    office = load_knowledge(KNOWLEDGE, TRAINING).office
    ensure_office(
        session,
        prefix=TRAINING,
        name=office.name,
        time_zone=office.time_zone,
        sender=TRAINING_SENDER,
        now=pieces.utc_now(),
    )


def _approve_templates(session: Session) -> None:
    for office in all_offices(session):
        for name in load_templates(KNOWLEDGE):
            store_template(session, office.id, name, demo_content_sid(name))


def _seed_staff(app: Flask, database: Database, settings: Settings) -> None:
    with app.app_context():
        password = hash_password(PASSWORD)
    wallet = TOTP.using(issuer="Sapa", secrets={"1": derive_keys(settings.secret_key).totp})
    with database.transaction() as session:
        offices = {office.prefix: office.id for office in all_offices(session)}
        for person in PEOPLE:
            if credentials.find_staff(session, "email", person.email) is None:
                secret = wallet(key=person.key, format="base32").to_json(encrypt=True) if person.key else None
                _seed(session, offices[person.office], person, password, secret)


def _seed(session: Session, office_id: int, person: DemoPerson, password: str, secret: str | None) -> None:
    now = pieces.utc_now()
    post = staff.invite(
        session,
        office_id,
        email=person.email,
        name=person.name,
        role=person.role,
        whatsapp=person.whatsapp,
        by="line",
        now=now,
    )
    factor = {"tf_primary_method": "authenticator", "tf_totp_secret": secret} if secret else {}
    credentials.save(session, post.staff_id, now, "seeded", password=password, **factor)
