"""The demo office's staff, with passwords that everybody may know."""

from __future__ import annotations

from flask_security import hash_password
from passlib.totp import TOTP
from sqlalchemy.orm import Session

from bot import pieces
from bot.app import create_app
from bot.desk import credentials, staff
from bot.desk.offices import all_offices
from bot.settings import Settings
from bot.web.accounts.keys import derive_keys
from bot.web.demo_staff import PASSWORD, PEOPLE, DemoPerson


def seed_staff(settings: Settings) -> None:
    """Those of the demo's people who are not there yet; whoever is, stays as they are."""
    app = create_app(settings)
    with app.app_context():
        password = hash_password(PASSWORD)
    wallet = TOTP.using(issuer="Sapa", secrets={"1": derive_keys(settings.secret_key).totp})
    with app.extensions["sapa_database"].transaction() as session:
        office = all_offices(session)[0]
        for person in PEOPLE:
            if credentials.find_staff(session, "email", person.email) is None:
                secret = wallet(key=person.key, format="base32").to_json(encrypt=True) if person.key else None
                _seed(session, office.id, person, password, secret)


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
