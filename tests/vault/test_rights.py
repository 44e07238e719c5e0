"""Who may open a file."""

from __future__ import annotations

import pytest

from bot.contracts import Actor, AttachmentState, EventKind, Role, TicketState
from bot.errors import MayNotOpen, NotFound
from bot.models import Attachment, Post, Ticket
from tests.vault.conftest import BODY, NOW, Room


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_who_serves_the_office_may_open(room: Room, office: int, role: Role) -> None:
    assert room.open(room.hire(office, role), room.stored(office)) == BODY


def test_an_administrator_reads_nobodys_papers(room: Room, office: int) -> None:
    with pytest.raises(MayNotOpen):
        room.open(room.hire(office, Role.ADMINISTRATOR), room.stored(office))
    assert not room.facts(EventKind.FILE_OPENED)


def test_an_administrator_who_took_the_citizens_ticket_serves_and_may_open(room: Room, office: int) -> None:
    actor, file, other = room.hire(office, Role.ADMINISTRATOR), room.stored(office), room.stored(office)
    _take(room, actor, file)
    assert room.open(actor, file) == BODY
    with pytest.raises(MayNotOpen):
        room.open(actor, other)


def test_a_post_that_has_ended_opens_nothing(room: Room, office: int, officer: Actor) -> None:
    file = room.stored(office)
    with room.database.transaction(office) as session:
        session.get_one(Post, officer.post_id).active = False
    with pytest.raises(MayNotOpen):
        room.open(officer, file)


def test_the_role_counts_as_it_is_now_not_as_the_page_knew_it(room: Room, office: int) -> None:
    actor, file = room.hire(office, Role.ADMINISTRATOR), room.stored(office)
    with pytest.raises(MayNotOpen):
        room.open(Actor(actor.post_id, office, Role.SUPERVISOR), file)


def test_another_offices_file_is_not_there(room: Room, office: int, officer: Actor) -> None:
    other = room.office("LAIN")
    file = room.stored(other)
    with pytest.raises(NotFound):
        room.open(officer, file)
    with pytest.raises(MayNotOpen):  # nor by saying to be of that office
        room.open(Actor(officer.post_id, other, Role.OFFICER), file)


@pytest.mark.parametrize("state", [AttachmentState.DELETING, AttachmentState.DELETED, AttachmentState.REFUSED])
def test_what_the_citizen_deletes_is_out_of_sight_at_once(
    room: Room, office: int, officer: Actor, state: AttachmentState
) -> None:
    file = room.stored(office)
    with room.database.transaction(office) as session:
        session.get_one(Attachment, file).state = state
    with pytest.raises(NotFound):
        room.open(officer, file)


def _take(room: Room, actor: Actor, file: int) -> None:
    with room.database.transaction(actor.office_id) as session:
        session.add(
            Ticket(
                conversation_id=room.conversation_of(file),
                number="UJI-2611-0001K",
                kind="hand_over",
                state=TicketState.IN_PROGRESS,
                opened_at=NOW,
                owner_id=actor.post_id,
            )
        )
