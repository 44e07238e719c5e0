"""One installation, many offices: none sees, answers for or hangs its rows on another's."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from bot.contracts import MessageKind
from bot.models import Contact, Conversation, InboundMessage, Office
from tests.installation import CITIZEN, Installation

OTHER = "whatsapp:+6281100000099"


def with_second_office(sapa: Installation) -> tuple[int, int]:
    """The ids of the first and of a second office; one citizen wrote to both."""
    with sapa.database.transaction() as session:
        session.add(
            Office(prefix="MRS", name="Kantor Kedua", sender=OTHER, time_zone="Asia/Makassar", created_at=sapa.clock())
        )
    sapa.write("halo")
    sapa.control.write(CITIZEN, OTHER, "halo", wait=True)
    with sapa.database.reading() as session:
        first, second = session.scalars(select(Office.id).order_by(Office.id))
    return first, second


def test_a_citizen_of_two_offices_has_two_conversations(deaf_sapa: Installation) -> None:
    with_second_office(deaf_sapa)
    with deaf_sapa.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Conversation)) == 2


def test_an_offices_session_sees_only_its_own_rows(deaf_sapa: Installation) -> None:
    _, second = with_second_office(deaf_sapa)
    with deaf_sapa.database.reading(second) as session:
        assert {contact.office_id for contact in session.scalars(select(Contact))} == {second}
        assert session.scalar(select(func.count()).select_from(Conversation)) == 1
        assert len(session.execute(select(InboundMessage.id)).all()) == 1


def test_an_offices_session_changes_only_its_own_rows(deaf_sapa: Installation) -> None:
    first, second = with_second_office(deaf_sapa)
    with deaf_sapa.database.transaction(second) as session:
        session.execute(update(Contact).values(profile_name="diubah"))
    with deaf_sapa.database.reading(first) as session:
        assert "diubah" not in set(session.scalars(select(Contact.profile_name)))


def test_a_row_cannot_hang_on_another_offices_row(deaf_sapa: Installation) -> None:
    first, second = with_second_office(deaf_sapa)
    with deaf_sapa.database.reading(first) as session:
        conversation_id = session.scalars(select(Conversation.id)).one()
    with pytest.raises(IntegrityError), deaf_sapa.database.transaction(second) as session:
        session.add(
            InboundMessage(
                conversation_id=conversation_id,
                seq=99,
                sid="SMx",
                kind=MessageKind.TEXT,
                body="",
                form={},
                received_at=deaf_sapa.clock(),
            )
        )


def test_an_offices_session_refuses_another_offices_row(deaf_sapa: Installation) -> None:
    first, second = with_second_office(deaf_sapa)
    with pytest.raises(PermissionError), deaf_sapa.database.transaction(second) as session:
        session.add(Contact(office_id=first, address="whatsapp:+628", profile_name="", created_at=deaf_sapa.clock()))
