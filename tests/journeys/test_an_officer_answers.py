"""As a citizen I talk to one officer; the assistant keeps out of it, and is back when the officer is done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.contracts import ConversationState, Decision, InboundState, Talk, TicketState, Turn
from bot.errors import HeldByAnother
from bot.flow.answer import answer_due
from bot.models import InboundMessage
from tests.desk import A_DAY, Desk, local
from tests.installation import Installation
from tests.journeys.test_waiting_for_an_officer import OTHER, asked, state


@pytest.fixture
def talking(sapa: Installation, desk: Desk) -> Desk:
    """Monday, 09.00: a citizen asked for an officer, who took it a minute later and answered."""
    desk.it_is("2026-11-16 09:00")
    asked(sapa)
    sapa.tick()
    desk.it_is("2026-11-16 09:10")
    return desk


def test_an_officers_words_reach_the_citizens_phone_and_nobody_elses(sapa: Installation, talking: Desk) -> None:
    officer = talking.hire()
    asked(sapa, citizen=OTHER)
    before = len(sapa.replies(OTHER))
    talking.reply(officer, "Selamat pagi, ada yang bisa kami bantu?")
    sapa.settle()
    assert sapa.replies()[-1].body == "Selamat pagi, ada yang bisa kami bantu?"
    assert len(sapa.replies(OTHER)) == before
    assert talking.ticket().answered_at is not None
    assert [fact.data["first"] for fact in talking.events("officer_answered")] == [True]


def test_the_assistant_is_silent_while_an_officer_has_it(sapa: Installation, talking: Desk) -> None:
    officer = talking.hire()
    talking.claim(officer)
    assert sapa.ask("syarat ktp hilang apa saja") == []
    assert sapa.ask("minta petugas") == []
    assert state(talking) is ConversationState.WITH_OFFICER
    with sapa.database.reading() as session:
        last = session.scalars(select(InboundMessage).order_by(InboundMessage.id.desc())).first()
    assert last is not None
    assert last.state is InboundState.LEFT_TO_OFFICER
    assert last.intent == "talk_to_human", "the officer sees how it was read"


def test_an_answer_decided_before_the_claim_is_not_said_after_it(sapa: Installation, talking: Desk) -> None:
    """An officer takes the conversation while the assistant thinks."""
    officer = talking.hire()
    inner = sapa.line.assistant

    class Slow:
        def __getattr__(self, name: str) -> object:
            return getattr(inner, name)

        def answer(self, turn: Turn, talk: Talk, office: str) -> Decision:
            talking.claim(officer)
            return inner.answer(turn, talk, office)

    before = len(sapa.replies())
    sapa.write("syarat ktp hilang apa saja")
    answer_due(replace(sapa.line, assistant=Slow()))
    sapa.settle()
    assert len(sapa.replies()) == before


def test_the_assistant_is_back_after_the_end(sapa: Installation, talking: Desk) -> None:
    officer = talking.hire()
    talking.reply(officer, "Sudah kami bantu.")
    talking.resolve(officer, farewell="Terima kasih sudah menghubungi kami.")
    sapa.settle()
    assert sapa.replies()[-1].body == "Terima kasih sudah menghubungi kami."
    assert state(talking) is ConversationState.WITH_BOT
    talking.until("2026-11-18 09:10", step=A_DAY)
    assert "WITA" in asked(sapa, "jam berapa buka kantor")


def test_a_message_soon_after_the_end_may_go_on_with_it(sapa: Installation, talking: Desk) -> None:
    officer = talking.hire()
    number = talking.ticket().number
    talking.resolve(officer)
    talking.it_is("2026-11-16 10:00")
    offered = asked(sapa, "syarat ktp hilang apa saja")
    assert f"1. Lanjutkan {number}" in offered
    assert "2. Pertanyaan baru" in offered
    talking.it_is("2026-11-16 10:01")
    assert number in asked(sapa, "1")
    ticket = talking.ticket()
    assert (ticket.number, ticket.state, ticket.cycle) == (number, TicketState.OPEN, 2)
    assert state(talking) is ConversationState.WAITING
    sapa.tick()
    assert talking.mails(officer) == ["Tiket baru menunggu"], "the officers hear of the new cycle"
    assert {target.cycle for target in talking.targets()} == {1, 2}


def test_a_new_question_after_the_end_is_answered(sapa: Installation, talking: Desk) -> None:
    officer = talking.hire()
    talking.resolve(officer)
    asked(sapa, "syarat ktp hilang apa saja")
    assert "KTP" in asked(sapa, "2")
    assert talking.ticket().state is TicketState.RESOLVED
    assert "Lanjutkan" not in asked(sapa, "jam berapa buka kantor"), "it is asked once"


def test_thanks_after_the_end_are_only_thanks(sapa: Installation, talking: Desk) -> None:
    officer = talking.hire()
    talking.reply(officer, "Sudah kami bantu.")
    talking.resolve(officer)
    assert "Lanjutkan" not in asked(sapa, "terima kasih banyak")
    assert talking.ticket().state is TicketState.RESOLVED
    assert "Lanjutkan" in asked(sapa, "syarat ktp hilang apa saja"), "thanks did not use the offer up"


def test_thanks_to_the_officer_start_no_clock(sapa: Installation, talking: Desk) -> None:
    officer = talking.hire()
    talking.reply(officer, "Sudah selesai, silakan diambil di loket.")
    sapa.ask("terima kasih banyak")
    assert [str(target.kind) for target in talking.targets()] == ["first_response", "resolution"]
    assert [fact.data["closing"] for fact in talking.events("citizen_added")] == [True]


def test_a_picture_is_more_than_its_thanks(sapa: Installation, talking: Desk) -> None:
    officer = talking.hire()
    talking.reply(officer, "Boleh kirim foto KK yang lama?")
    sapa.ask("terima kasih", media=[("image/jpeg", b"\xff\xd8\xff" + bytes(100))])
    assert [fact.data["closing"] for fact in talking.events("citizen_added")] == [False]


@pytest.mark.parametrize(
    "text",
    ["terima kasih, tapi kapan jadinya?", "makasih pak. ini jadinya kapan?", "berapa biayanya", "xkcd qwpo zzrt"],
)
def test_anything_else_to_the_officer_starts_the_next_clock(sapa: Installation, talking: Desk, text: str) -> None:
    officer = talking.hire()
    talking.reply(officer, "Silakan diambil di loket.")
    talking.it_is("2026-11-16 09:20")
    sapa.ask(text)
    [next_one] = [target for target in talking.targets() if target.kind == "next_response"]
    assert local(next_one.due_at).isoformat() == "2026-11-16T11:20:00"
    talking.it_is("2026-11-16 09:25")
    sapa.ask("halo?")
    assert len([target for target in talking.targets() if target.kind == "next_response"]) == 1


def test_the_second_officer_hears_who_has_it(sapa: Installation, talking: Desk) -> None:
    first, second = talking.hire(), talking.hire()
    talking.claim(first)
    with pytest.raises(HeldByAnother) as refused:
        talking.claim(second)
    assert refused.value.post_id == first.actor.post_id
    with pytest.raises(HeldByAnother):
        talking.reply(second, "Saya bantu ya.")
    sapa.settle()
    assert all(reply.body != "Saya bantu ya." for reply in sapa.replies())


def test_who_gives_it_back_gives_it_back_at_its_place_and_the_others_hear(sapa: Installation, talking: Desk) -> None:
    first, second = talking.hire(), talking.hire()
    asked(sapa, citizen=OTHER)
    sapa.tick()
    talking.claim(first)
    talking.release(first)
    assert talking.queue()[0] == talking.ticket().number
    assert state(talking) is ConversationState.WAITING
    before = len(talking.mails(second))
    sapa.tick()
    assert talking.mails(second)[before:] == ["Tiket baru menunggu"]
