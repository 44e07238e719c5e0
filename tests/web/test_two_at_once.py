"""Two officers press at the same moment: one has it, and the other reads who."""

from __future__ import annotations

import html
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from bot.contracts import EventKind, Role, TicketState
from bot.models import Event
from tests.installation import Installation
from tests.people import CSRF, Browser, signed_in
from tests.web.desk_people import on_tuesday, tickets, waits

ROUNDS = 12


@pytest.fixture
def sapa(deaf_sapa: Installation) -> Installation:
    on_tuesday(deaf_sapa)
    return deaf_sapa


def test_of_two_who_take_at_once_one_has_it_and_the_other_reads_who(sapa: Installation) -> None:
    officers = [signed_in(sapa.app, Role.OFFICER, name=name) for name in ("Hasnah", "Ridwan")]
    together = Barrier(len(officers))

    def take(officer: Browser, conversation: int) -> tuple[int, str]:
        token = CSRF.search(officer.get(f"/desk/{conversation}").text)
        assert token
        form = {"csrf_token": html.unescape(token[1])}
        together.wait(timeout=30)
        answer = officer.client.post(f"/desk/{conversation}/claim", data=form)
        return answer.status_code, html.unescape(answer.text)

    with ThreadPoolExecutor(len(officers)) as pool:
        for number in range(ROUNDS):
            conversation = waits(sapa, citizen=f"whatsapp:+62811000002{number:02d}")
            answers = list(pool.map(take, officers, [conversation] * len(officers)))
            assert sorted(status for status, _ in answers) == [303, 409]
            first, second = sorted(range(len(officers)), key=lambda one: answers[one][0])
            holder = ("Hasnah", "Ridwan")[first]
            assert f"{holder} sudah memegang percakapan ini." in answers[second][1]
            [ticket] = tickets(sapa, conversation)
            assert (ticket.state, ticket.owner_id) == (TicketState.IN_PROGRESS, officers[first].person.post_id)
            with sapa.database.reading() as session:
                taken = select(Event.actor).where(
                    Event.kind == EventKind.CLAIMED, Event.conversation_id == conversation
                )
                assert session.scalars(taken).all() == [f"staff:{officers[first].person.post_id}"]
