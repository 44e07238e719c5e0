"""Turns: what a citizen writes in one breath gets one answer, by one worker, whatever fails meanwhile."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from bot.contracts import ConversationState, Decision, InboundState, Talk, Turn
from bot.desk import turns
from bot.flow.answer import GRACE, answer_due
from bot.models import Conversation, Event, InboundMessage, OutboundMessage, Ticket
from tests.installation import CITIZEN, Installation, installation


def states(sapa: Installation) -> list[InboundState]:
    with sapa.database.reading() as session:
        return list(session.scalars(select(InboundMessage.state).order_by(InboundMessage.id)))


def test_a_burst_is_one_turn_with_one_answer(database_url: str, nlu_url: str) -> None:
    with installation(database_url, nlu_url, quiet_text_seconds=1) as sapa:
        for body in ("kk sy", "hilang", "bgmn urusnya"):
            sapa.write(body)
        sapa.settle()
        assert sapa.replies() == [], "the quiet window is still open"
        sapa.clock.advance(seconds=1.1)
        sapa.settle()
        [reply] = sapa.replies()
        assert "Kartu Keluarga" in reply.body or "KK" in reply.body


def test_the_quiet_window_never_exceeds_its_cap(database_url: str) -> None:
    quiet = {"quiet_text_seconds": 5, "quiet_max_seconds": 8}
    with installation(database_url, "http://127.0.0.1:9", **quiet) as sapa:
        for _ in range(2):
            sapa.write("masih menulis")
            sapa.clock.advance(seconds=4)
        with sapa.database.reading() as session:
            due, since = session.execute(select(Conversation.answer_due_at, Conversation.unanswered_since)).one()
        assert (due - since).total_seconds() <= 8


def test_a_menu_number_is_answered_at_once(database_url: str, nlu_url: str) -> None:
    with installation(database_url, nlu_url, quiet_text_seconds=60, quiet_max_seconds=60) as sapa:
        sapa.write("2")
        sapa.settle()
        assert len(sapa.replies()) == 1


def test_a_message_that_comes_while_answering_gets_an_answer_of_its_own(sapa: Installation) -> None:
    sapa.write("kk hilang")
    inner = sapa.line.assistant

    class Slow:
        def __getattr__(self, name: str) -> object:
            return getattr(inner, name)

        def answer(self, turn: Turn, talk: Talk, office: str) -> Decision:
            if "kk" in turn.said[0].text:
                sapa.write("jam berapa buka")
            return inner.answer(turn, talk, office)

    answer_due(replace(sapa.line, assistant=Slow()))
    sapa.settle()
    assert len(sapa.replies()) == 2
    assert set(states(sapa)) == {InboundState.ANSWERED}


def test_two_workers_answer_every_conversation_once(sapa: Installation) -> None:
    citizens = [f"whatsapp:+62811{number:08d}" for number in range(40)]
    for citizen in citizens:
        sapa.write("brp lama jadi ktp", citizen=citizen)
    workers = [threading.Thread(target=lambda: [answer_due(sapa.line) for _ in range(4)]) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sapa.settle()
    assert Counter(reply.citizen for reply in sapa.control.sent()) == Counter(citizens)


def test_a_worker_that_lost_its_lease_writes_nothing(sapa: Installation) -> None:
    sapa.write("halo")
    inner = sapa.line.assistant

    class Overtaken:
        def __getattr__(self, name: str) -> object:
            return getattr(inner, name)

        def answer(self, turn: Turn, talk: Talk, office: str) -> Decision:
            with sapa.database.transaction() as session:
                session.execute(update(Conversation).values(lease="somebody.1.else"))
            return inner.answer(turn, talk, office)

    answer_due(replace(sapa.line, assistant=Overtaken()))
    assert states(sapa) == [InboundState.RECEIVED]
    sapa.clock.advance(seconds=turns.LEASE.total_seconds() + 1)
    sapa.settle()
    assert len(sapa.replies()) == 1


def test_a_lost_conversation_stops_no_other_of_its_batch(sapa: Installation) -> None:
    sapa.write("halo")
    sapa.write("halo", citizen="whatsapp:+6281100000002")
    inner = sapa.line.assistant

    class OvertakenOnce:
        def __getattr__(self, name: str) -> object:
            return getattr(inner, name)

        def answer(self, turn: Turn, talk: Talk, office: str) -> Decision:
            with sapa.database.transaction() as session:
                first = select(func.min(Conversation.id)).scalar_subquery()
                session.execute(update(Conversation).where(Conversation.id == first).values(lease="somebody.1.else"))
            return inner.answer(turn, talk, office)

    answer_due(replace(sapa.line, assistant=OvertakenOnce()))
    assert states(sapa) == [InboundState.RECEIVED, InboundState.ANSWERED]


def test_the_assistant_is_silent_when_an_officer_took_over_meanwhile(sapa: Installation) -> None:
    sapa.write("halo")
    with sapa.database.transaction() as session:
        session.execute(update(Conversation).values(state=ConversationState.WITH_OFFICER))
    sapa.settle()
    assert sapa.replies() == []
    assert states(sapa) == [InboundState.LEFT_TO_OFFICER]


def test_what_the_assistant_cannot_answer_goes_to_a_person(
    sapa: Installation, capfd: pytest.CaptureFixture[str]
) -> None:
    inner = sapa.line.assistant

    class Broken:
        def __getattr__(self, name: str) -> object:
            return getattr(inner, name)

        def answer(self, turn: Turn, talk: Talk, office: str) -> Decision:
            if "rahasia" in turn.said[0].text:
                raise ValueError(turn.said[0].text)
            return inner.answer(turn, talk, office)

    sapa.write("ini rahasia")
    sapa.write("halo", citizen="whatsapp:+6281100000002")
    answer_due(replace(sapa.line, assistant=Broken()))
    sapa.settle()
    with sapa.database.reading() as session:
        [ticket] = session.scalars(select(Ticket)).all()
    assert ticket.number in sapa.replies()[0].body
    assert len(sapa.replies("whatsapp:+6281100000002")) == 1
    assert "rahasia" not in capfd.readouterr().err


def test_a_silent_nlu_makes_messages_wait_and_then_brings_the_menu(deaf_sapa: Installation) -> None:
    deaf_sapa.write("tolong kartu saya dimakan kambing")
    deaf_sapa.settle()
    assert deaf_sapa.replies() == []
    assert states(deaf_sapa) == [InboundState.RECEIVED]
    deaf_sapa.clock.advance(seconds=GRACE.total_seconds() + 1)
    deaf_sapa.settle()
    [menu] = deaf_sapa.replies()
    assert "1" in menu.body
    [answer] = deaf_sapa.ask("1")
    assert answer != menu.body


def test_a_keyword_is_answered_without_the_nlu_at_once(deaf_sapa: Installation) -> None:
    [answer] = deaf_sapa.ask("jam")
    assert "WITA" in answer


def test_facts_are_events_without_personal_data(sapa: Installation) -> None:
    sapa.ask("nama saya Fulan, ktp hilang")
    with sapa.database.reading() as session:
        events = list(session.scalars(select(Event).order_by(Event.id)))
    assert [str(event.kind) for event in events][:3] == ["received", "understood", "answered"]
    assert not any("Fulan" in str(event.data) or CITIZEN in str(event.data) for event in events)


def test_each_reply_of_a_turn_has_its_place(sapa: Installation) -> None:
    sapa.ask("kk hilang")
    with sapa.database.reading() as session:
        places = session.execute(select(OutboundMessage.turn_id, OutboundMessage.place)).all()
    assert len(places) == len(set(places))
