"""As a citizen who was away for more than a day, I get the officer's answer first when I write again, and once."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select, text

from bot import pieces
from bot.contracts import ConversationState, FilledTemplate, ParkedState, TargetState, TicketState
from bot.desk import answers, parking
from bot.desk.templates import store_template
from bot.errors import AlreadyLeft, AlreadyTold, HeldByAnother, NotApproved, NothingWaits
from bot.flow.answer import answer_due
from bot.flow.recover import recover_inbound
from bot.knowledge import load_templates
from bot.line import build_messenger
from bot.models import OutboundMessage, ParkedReply, Post, Turn
from bot.settings import KNOWLEDGE
from tests.desk import A_DAY, Colleague, Desk
from tests.installation import CITIZEN, OFFICE, Installation
from tests.journeys.test_waiting_for_an_officer import asked, state

CONTENT_SID = "HX" + "b" * 32
ANSWER = "Akta Ibu sudah jadi. Silakan ambil di loket 2."
AN_HOUR = 3600.0


@pytest.fixture
def away(sapa: Installation, desk: Desk) -> Desk:
    """Monday 09.00 a citizen asked for an officer and went; it is Tuesday 10.00, WhatsApp's day is over."""
    desk.it_is("2026-11-16 09:00")
    asked(sapa)
    sapa.tick()
    desk.it_is("2026-11-17 10:00")
    sapa.control.window(0)
    return desk


def approve(desk: Desk) -> None:
    template = load_templates(KNOWLEDGE)["answer_waiting"]
    buttons = [(one.title, one.payload) for one in template.buttons]
    desk.sapa.control.template(CONTENT_SID, template.body, variables=template.samples, buttons=buttons)
    with desk.sapa.database.transaction() as session:
        store_template(session, desk.office_id, template.name, CONTENT_SID)


def word(desk: Desk) -> FilledTemplate:
    return load_templates(KNOWLEDGE)["answer_waiting"].fill({"number": desk.ticket().number})


def park(desk: Desk, officer: Colleague, body: str = ANSWER, key: str = "form", *, told: bool = False) -> None:
    with desk.at_desk() as session:
        given = (session, officer.actor, desk.conversation(), body, word(desk) if told else None)
        answers.reply_when_they_write(*given, send_key=key, rules=desk.rules, now=desk.now())


def withdraw(desk: Desk, officer: Colleague, number: int = 0) -> str:
    with desk.at_desk() as session:
        one = parked(desk)[number].id
        return parking.withdraw(session, officer.actor, desk.conversation(), one, desk.rules, desk.now())


def parked(desk: Desk) -> list[ParkedReply]:
    with desk.sapa.database.reading() as session:
        return list(session.scalars(select(ParkedReply).order_by(ParkedReply.id)))


def came(desk: Desk, body: str = "halo, bagaimana akta saya?") -> list[str]:
    """The citizen writes again, and WhatsApp's day begins anew; what reaches the phone."""
    desk.sapa.settle()
    desk.sapa.control.window(AN_HOUR)
    return desk.sapa.ask(body)


def pressed(desk: Desk) -> list[str]:
    """The citizen presses the button of the newest template."""
    desk.sapa.settle()
    desk.sapa.control.window(AN_HOUR)
    before = len(desk.sapa.replies())
    desk.sapa.control.press(told_by_template(desk)[-1], wait=True)
    desk.sapa.settle()
    return [reply.body for reply in desk.sapa.replies()[before:]]


def told_by_template(desk: Desk) -> list[str]:
    return [message.sid for message in desk.sapa.replies() if message.buttons]


def targets(desk: Desk) -> dict[str, TargetState]:
    return {str(target.kind): target.state for target in desk.targets()}


def test_what_an_officer_wrote_too_late_is_the_first_thing_the_citizen_gets(sapa: Installation, away: Desk) -> None:
    officer = away.hire()
    before = len(sapa.replies())
    park(away, officer)
    sapa.settle()
    assert len(sapa.replies()) == before, "WhatsApp would not deliver it"
    assert came(away) == [ANSWER], "the officer has the conversation; the assistant is silent"
    [sent] = [one for one in messages(away) if one.body == ANSWER]
    assert sent.post_id == officer.actor.post_id
    assert parked(away)[0].state is ParkedState.DELIVERED
    assert came(away, "oh ya, jam berapa?") == [], "it leaves once"


def test_several_answers_leave_in_order_under_their_authors(sapa: Installation, away: Desk) -> None:
    first, second = away.hire(), away.hire()
    park(away, first, "Satu.", "a")
    park(away, first, "Dua.", "b")
    away.release(first)
    park(away, second, "Tiga.", "c")
    assert came(away) == ["Satu.", "Dua.", "Tiga."]
    authors = [one.post_id for one in messages(away) if one.body in ("Satu.", "Dua.", "Tiga.")]
    assert authors == [first.actor.post_id, first.actor.post_id, second.actor.post_id]
    assert away.ticket().owner_id == second.actor.post_id


def test_it_counts_as_answered_when_it_leaves_not_when_it_is_kept(sapa: Installation, away: Desk) -> None:
    officer = away.hire()
    park(away, officer)
    assert away.ticket().answered_at is None
    assert targets(away)["first_response"] is TargetState.RUNNING, "nobody told the citizen: the office still owes"
    assert not away.events("officer_answered")
    away.it_is("2026-11-18 09:00")
    came(away)
    assert away.ticket().answered_at == away.now()
    assert targets(away)["first_response"] is TargetState.MET
    [fact] = away.events("officer_answered")
    assert (fact.actor, fact.at, fact.data["first"]) == (officer.actor.name, away.now(), True)
    assert targets(away)["next_response"] is TargetState.RUNNING, "what they wrote meanwhile wants an answer too"


def test_before_the_assistants_own_reply_where_the_ticket_has_ended(sapa: Installation, away: Desk) -> None:
    officer = away.hire()
    park(away, officer)
    away.resolve(officer)
    assert parked(away)[0].state is ParkedState.PARKED, "to resolve takes nothing back"
    away.until("2026-11-20 09:00", step=A_DAY)
    got = came(away, "jam berapa buka kantor")
    assert got[0] == ANSWER
    assert any("WITA" in one or "Lanjutkan" in one for one in got[1:]), got
    assert state(away) is ConversationState.WITH_BOT


def test_a_template_tells_the_citizen_and_the_office_waits(sapa: Installation, away: Desk) -> None:
    approve(away)
    officer = away.hire()
    park(away, officer, told=True)
    sapa.settle()
    told = sapa.replies()[-1]
    assert away.ticket().number in told.body
    assert told.status != "undelivered", "a template passes where free text does not"
    assert sapa.control.wait_until(lambda: sapa.replies()[-1].status == "read")
    assert away.ticket().state is TicketState.WAITING_FOR_CITIZEN
    assert set(targets(away).values()) == {TargetState.PAUSED}
    [row] = [one for one in messages(away) if one.template]
    assert (row.template, row.variables, row.body) == ("answer_waiting", {"1": away.ticket().number}, told.body)
    away.it_is("2026-11-18 10:00")
    assert pressed(away) == [ANSWER]
    assert away.ticket().state is TicketState.IN_PROGRESS
    assert targets(away) == {"first_response": TargetState.MET, "resolution": TargetState.RUNNING}
    assert [fact.data["closing"] for fact in away.events("citizen_added")] == [True], "to open it is no question"
    assert pressed(away) == []
    assert "next_response" not in targets(away), "pressed twice it is no question either"


@pytest.mark.parametrize("written", ["BUKA", "buka pak", "Buka PKP-2611-0001"])
def test_who_writes_the_word_opens_it_as_well(sapa: Installation, away: Desk, written: str) -> None:
    approve(away)
    park(away, away.hire(), told=True)
    assert came(away, written.replace("PKP-2611-0001", away.ticket().number)) == [ANSWER]
    assert "next_response" not in targets(away)


def test_the_word_and_a_question_open_it_and_ask(sapa: Installation, away: Desk) -> None:
    approve(away)
    park(away, away.hire(), told=True)
    sapa.settle()
    sapa.control.window(AN_HOUR)
    sapa.write("buka")
    assert sapa.ask("berapa biayanya?") == [ANSWER]
    assert targets(away)["next_response"] is TargetState.RUNNING


def test_without_an_answer_that_waits_the_word_asks_for_the_hours(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    assert any("WITA" in one for one in sapa.ask("buka?"))


def test_after_days_of_silence_the_answer_brings_its_officer_back(sapa: Installation, away: Desk) -> None:
    approve(away)
    officer = away.hire()
    park(away, officer, told=True)
    away.until("2026-11-23 10:00", step=A_DAY)
    assert state(away) is ConversationState.WITH_BOT
    assert pressed(away) == [ANSWER]
    assert state(away) is ConversationState.WITH_OFFICER
    ticket = away.ticket()
    assert (ticket.owner_id, ticket.state) == (officer.actor.post_id, TicketState.IN_PROGRESS)
    assert targets(away) == {"first_response": TargetState.MET, "resolution": TargetState.RUNNING}


def test_a_colleague_who_took_it_meanwhile_keeps_it(sapa: Installation, away: Desk) -> None:
    author, colleague = away.hire(), away.hire()
    park(away, author)
    away.release(author)
    away.claim(colleague)
    assert came(away) == [ANSWER]
    assert away.ticket().owner_id == colleague.actor.post_id
    assert away.ticket().answered_at is not None


def test_whoever_left_the_office_takes_nothing_and_the_words_still_leave(sapa: Installation, away: Desk) -> None:
    author = away.hire()
    park(away, author)
    away.release(author)
    with sapa.database.transaction() as session:
        session.get_one(Post, author.actor.post_id).active = False
    assert came(away)[0] == ANSWER
    assert (away.ticket().owner_id, away.ticket().state) == (None, TicketState.OPEN)


def test_the_same_form_twice_is_one_answer_before_and_after_it_left(sapa: Installation, away: Desk) -> None:
    officer = away.hire()
    approve(away)
    for _ in range(3):
        park(away, officer, told=True)
    sapa.settle()
    assert (len(parked(away)), len(told_by_template(away))) == (1, 1)
    assert came(away) == [ANSWER]
    park(away, officer)
    with away.at_desk() as session:
        given = (session, officer.actor, away.conversation(), ANSWER)
        answers.reply(*given, send_key="form", rules=away.rules, now=away.now())
    sapa.settle()
    assert [one.body for one in sapa.replies()].count(ANSWER) == 1


def test_a_citizen_is_told_once_a_day_by_whatever_form(sapa: Installation, away: Desk) -> None:
    approve(away)
    officer = away.hire()
    park(away, officer, told=True)
    sapa.settle()
    with pytest.raises(AlreadyTold):
        park(away, officer, "Satu lagi.", "second", told=True)
    assert len(parked(away)) == 1, "refused as a whole"
    park(away, officer, "Satu lagi.", "second")
    away.it_is("2026-11-18 10:01")
    park(away, officer, "", "third", told=True)
    park(away, officer, "", "third", told=True)
    sapa.settle()
    assert len(told_by_template(away)) == 2
    assert pressed(away) == [ANSWER, "Satu lagi."]


def test_nothing_is_told_that_does_not_wait_or_was_not_approved(away: Desk) -> None:
    officer = away.hire()
    with pytest.raises(NothingWaits):
        park(away, officer, "", told=True)
    with pytest.raises(NotApproved):
        park(away, officer, told=True)
    assert parked(away) == []


def test_a_day_that_is_open_again_lets_the_answer_leave_at_once(sapa: Installation, away: Desk) -> None:
    """The citizen writes while the officer presses the button."""
    officer = away.hire()
    sapa.control.window(AN_HOUR)
    sapa.write("halo?")
    park(away, officer)
    assert parked(away) == []
    sapa.settle()
    assert sapa.replies()[-1].body == ANSWER


def test_what_is_written_in_the_moment_between_stands_behind_what_was_kept(sapa: Installation, away: Desk) -> None:
    officer = away.hire()
    park(away, officer, "Dulu.")
    sapa.control.window(AN_HOUR)
    sapa.write("halo?")  # received, not answered yet
    away.reply(officer, "Sekarang.")
    sapa.settle()
    assert [one.body for one in sapa.replies()][-2:] == ["Dulu.", "Sekarang."]


def test_taken_back_it_never_leaves_and_the_clocks_go_on(sapa: Installation, away: Desk) -> None:
    approve(away)
    officer, colleague = away.hire(), away.hire()
    park(away, officer, told=True)
    with pytest.raises(HeldByAnother):
        withdraw(away, colleague)
    assert withdraw(away, officer) == ANSWER
    assert withdraw(away, officer) == ANSWER, "twice is no harm"
    assert away.ticket().state is TicketState.IN_PROGRESS
    assert set(targets(away).values()) == {TargetState.RUNNING}
    sapa.settle()
    assert pressed(away) == []
    assert targets(away)["first_response"] is TargetState.RUNNING, "they came for an answer that is gone: it is owed"
    assert [fact.data["closing"] for fact in away.events("citizen_added")] == [False]
    assert [fact.data["how"] for fact in away.events("parked_ended")] == ["withdrawn"]


def test_what_has_left_cannot_be_taken_back(away: Desk) -> None:
    officer = away.hire()
    park(away, officer)
    came(away)
    with pytest.raises(AlreadyLeft):
        withdraw(away, officer)


def test_who_presses_when_nothing_waits_is_told_so(sapa: Installation, away: Desk) -> None:
    approve(away)
    officer = away.hire()
    park(away, officer, told=True)
    sapa.settle()
    withdraw(away, officer)
    away.resolve(officer)
    [said] = pressed(away)
    assert "Semua balasan petugas sudah ada" in said
    assert "*petugas*" in said


def test_a_worker_that_dies_between_leaves_all_or_nothing(sapa: Installation, away: Desk) -> None:
    """The answer, its mark and the turn are one transaction: cut at any statement, it is done again, once."""
    officer = away.hire()
    park(away, officer)
    sapa.control.window(AN_HOUR)
    sapa.write("halo?")
    cut = 0
    while not _answered_before(sapa, cut):
        assert [one.state for one in parked(away)] == [ParkedState.PARKED]
        assert ANSWER not in [one.body for one in messages(away)]
        sapa.clock.advance(minutes=1)
        cut += 1
    assert cut > 10
    sapa.settle()
    assert [one.body for one in sapa.replies()].count(ANSWER) == 1


def _answered_before(sapa: Installation, statement: int) -> bool:
    """Answer what is due; the process dies at this statement of the transactions that write. Whether it got through."""
    seen = 0

    def die(*given: object) -> None:
        nonlocal seen
        if "UPDATE" in str(given[2]) or "INSERT" in str(given[2]):
            seen += 1
            if seen > statement:
                raise KeyboardInterrupt

    engine = sapa.database.engine
    event.listen(engine, "before_cursor_execute", die)
    try:
        answer_due(sapa.line)
    except KeyboardInterrupt:
        return False
    finally:
        event.remove(engine, "before_cursor_execute", die)
    return True


def test_a_template_cut_short_is_found_in_twilios_list_and_not_sent_twice(sapa: Installation, away: Desk) -> None:
    approve(away)
    sapa.control.fault("drop", stored=True, times=1)
    park(away, away.hire(), told=True)
    sapa.delivery.step()
    sapa.control.wait_until(lambda: len(told_by_template(away)) == 1)
    sapa.clock.advance(minutes=2)
    sapa.settle()
    sapa.clock.advance(minutes=2)
    sapa.settle()
    assert len(told_by_template(away)) == 1
    [row] = [one for one in messages(away) if one.template]
    assert row.sid == told_by_template(away)[0]


def test_an_approval_taken_away_meanwhile_is_waited_for(sapa: Installation, away: Desk) -> None:
    approve(away)
    park(away, away.hire(), told=True)
    with sapa.database.transaction() as session:
        session.execute(text("DELETE FROM office_template WHERE name = 'answer_waiting'"))
    sapa.settle()
    assert told_by_template(away) == []
    approve(away)
    sapa.clock.advance(minutes=1)
    sapa.settle()
    assert len(told_by_template(away)) == 1


def test_a_message_found_too_late_brings_nothing(sapa: Installation, away: Desk) -> None:
    """What Twilio had kept for two days opens no day."""
    officer = away.hire()
    park(away, officer)
    sapa.control.write(CITIZEN, OFFICE, "halo?", deliveries=0)
    away.it_is("2027-01-01 10:00")
    recover_inbound(sapa.database, build_messenger(sapa.settings), pieces.build_quiet(sapa.settings), away.now(), None)
    assert [one.state for one in parked(away)] == [ParkedState.PARKED]


def test_nobody_pays_for_what_does_not_wait(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    asked(sapa, "jam berapa buka kantor")
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(sapa.database.engine, "before_cursor_execute", note)
    try:
        asked(sapa, "syarat ktp hilang apa saja")
    finally:
        event.remove(sapa.database.engine, "before_cursor_execute", note)
    assert seen
    assert not [one for one in seen if "parked_reply" in one]


def test_why_the_assistant_answered_so_is_kept_with_its_turn(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    asked(sapa, "syarat ktp hilang apa saja")
    asked(sapa)
    officer = desk.hire()
    desk.claim(officer)
    sapa.ask("halo?")
    with sapa.database.reading() as session:
        first, second, third = [turn.because for turn in session.scalars(select(Turn).order_by(Turn.id))]
    assert first is not None
    assert "service_card" in first["replies"]
    assert first["commands"] == []
    assert second is not None
    assert "handed_over_wish" in second["replies"]
    assert second["commands"] == ["hand_over"]
    assert third is None, "it was silent"


def messages(desk: Desk) -> list[OutboundMessage]:
    with desk.sapa.database.reading() as session:
        return list(session.scalars(select(OutboundMessage).order_by(OutboundMessage.seq)))
