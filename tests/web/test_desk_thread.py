"""As an officer I take, answer, wait, give back and resolve; nothing is sent twice, and nothing I wrote is lost."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from bot.contracts import ConversationState, EventKind, Outcome, Role, TargetKind, TargetState, TicketState
from bot.desk import thread
from bot.flow.watch import end_silent_claims
from bot.models import Conversation, Event, Target
from tests.installation import Installation
from tests.people import signed_in
from tests.web.desk_people import SEND_KEY, act, later, on_tuesday, reply, send_key, shown, tick, tickets, waits


@pytest.fixture
def sapa(deaf_sapa: Installation) -> Installation:
    on_tuesday(deaf_sapa)
    return deaf_sapa


def test_an_officers_answer_reaches_the_citizens_phone(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    status, _ = act(officer, conversation, "claim")
    assert status == 303
    status, _ = reply(officer, conversation, "Baik, Bu. Besok *ambil* di loket 2.\r\nTerima kasih.")
    assert status == 303
    sapa.settle()
    assert [one.body for one in sapa.replies()] == ["Baik, Bu. Besok *ambil* di loket 2.\nTerima kasih."]
    page = shown(officer, f"/desk/{conversation}")
    assert "halo, mau tanya" in page
    assert "<strong>ambil</strong>" in page or "<b>ambil</b>" in page
    assert "Orang" in page
    assert "terkirim" in page
    [ticket] = tickets(sapa, conversation)
    assert ticket.answered_at is not None


def test_to_answer_is_to_take(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    reply(officer, conversation, "Ada yang bisa dibantu?")
    [ticket] = tickets(sapa, conversation)
    assert ticket.owner_id == officer.person.post_id
    assert "Anda memegang percakapan ini." in shown(officer, f"/desk/{conversation}")


def test_a_form_sent_twice_is_one_message(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    key = send_key(officer, conversation)
    assert [reply(officer, conversation, "Baik.", key)[0] for _ in range(3)] == [303] * 3
    sapa.settle()
    assert [one.body for one in sapa.replies()] == ["Baik."]
    reply(officer, conversation, "Baik.")
    sapa.settle()
    assert len(sapa.replies()) == 2, "the same words with a new key are meant"


@pytest.mark.parametrize("verb", ["claim", "reply", "tickets/1/merge"])
def test_the_address_of_a_verb_opened_again_leads_to_the_conversation(sapa: Installation, verb: str) -> None:
    """As it stands in the address bar after a refusal, where no script runs."""
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    answer = officer.get(f"/desk/{conversation}/{verb}")
    assert (answer.status_code, answer.location) == (303, f"/desk/{conversation}")
    assert officer.get(f"/desk/{conversation}/nonsense").status_code == 404
    assert officer.get(f"/desk/{conversation + 1}/{verb}").status_code == 404


def test_other_words_under_a_key_that_was_sent_are_kept_and_can_be_sent_after_all(sapa: Installation) -> None:
    """The answer to the first was lost on the way, so the page has its key still."""
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    key = send_key(officer, conversation)
    reply(officer, conversation, "Besok buka, Bu.", key)
    status, page = reply(officer, conversation, "Bawa KK asli, ya.", key)
    assert status == 409
    assert "tulisan yang ini belum terkirim" in page
    assert "Bawa KK asli, ya.</textarea>" in page
    [fresh] = SEND_KEY.findall(page)
    assert fresh != key
    officer.client.environ_base["HTTP_HX_REQUEST"] = "true"
    status, piece = reply(officer, conversation, "Bawa KK asli, ya.", key)
    assert status == 409
    assert "<html" not in piece
    [fresh] = SEND_KEY.findall(piece)
    assert 'id="send-key"' in piece
    assert reply(officer, conversation, "Bawa KK asli, ya.", fresh)[0] == 200
    sapa.settle()
    assert [one.body for one in sapa.replies()] == ["Besok buka, Bu.", "Bawa KK asli, ya."]


def test_only_what_was_sent_uses_up_the_key_of_the_box(sapa: Installation) -> None:
    """Else words whose answer was lost would leave twice, once another button was pressed between."""
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    officer.client.environ_base["HTTP_HX_REQUEST"] = "true"
    assert SEND_KEY.search(act(officer, conversation, "claim")[1]) is None
    assert SEND_KEY.search(reply(officer, conversation, "Baik.")[1])


def test_of_two_who_answer_at_once_one_has_it_and_the_other_keeps_the_draft(sapa: Installation) -> None:
    first, second = (signed_in(sapa.app, Role.OFFICER) for _ in range(2))
    conversation = waits(sapa)
    key = send_key(second, conversation)
    reply(first, conversation, "Saya bantu, Bu.")
    status, page = reply(second, conversation, "Tulisan panjang saya", key)
    assert status == 409
    assert "sudah memegang percakapan ini" in page
    assert "Tulisan panjang saya</textarea>" in page
    assert f'value="{key}"' in page
    sapa.settle()
    assert [one.body for one in sapa.replies()] == ["Saya bantu, Bu."]
    status, page = act(second, conversation, "claim")
    assert status == 409
    assert "Dipegang Orang" in page


def test_with_script_a_refusal_is_a_sentence_and_success_brings_the_pieces(sapa: Installation) -> None:
    first, second = (signed_in(sapa.app, Role.OFFICER) for _ in range(2))
    conversation = waits(sapa)
    for officer in (first, second):
        officer.client.environ_base["HTTP_HX_REQUEST"] = "true"
    status, pieces = reply(first, conversation, "Baik.")
    assert status == 200
    assert 'id="send-key"' in pieces
    assert "<html" not in pieces
    status, sentence = reply(second, conversation, "Halo")
    assert status == 409
    assert "<html" not in sentence
    assert re.search(r"Orang \d+ sudah memegang percakapan ini\.", sentence)
    assert "sudah menulis (09.00): “Baik.”" in sentence, "what the quicker one has sent stands there too"


def test_after_whatsapps_day_nothing_is_sent_and_the_page_says_why(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    key = send_key(officer, conversation)
    assert "Bisa dibalas sampai" in shown(officer, f"/desk/{conversation}")
    later(sapa, hours=24, minutes=1)
    officer.sign_in_fully()  # a working day is over
    status, page = reply(officer, conversation, "Masih perlu bantuan?", key)
    assert status == 409
    assert "WhatsApp tidak mengantarnya" in page
    assert "Masih perlu bantuan?</textarea>" in page
    assert "sudah lewat 24 jam" in page
    sapa.settle()
    assert sapa.replies() == []


@pytest.mark.parametrize(("body", "told"), [("", "Belum ada yang ditulis"), ("a" * 1601, "paling panjang 1600")])
def test_what_cannot_be_sent_is_refused_before_whatsapp_does(sapa: Installation, body: str, told: str) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    status, page = reply(officer, conversation, body)
    assert (status, told in page) == (409, True)
    assert tickets(sapa, conversation)[0].owner_id is None


def test_waiting_for_the_citizen_stops_the_clocks_until_they_write(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    reply(officer, conversation, "Tolong kirim nama lengkapnya.")
    act(officer, conversation, "wait")
    assert tickets(sapa, conversation)[0].state is TicketState.WAITING_FOR_CITIZEN
    assert "menunggu warga" in shown(officer, f"/desk/{conversation}")
    sapa.write("Rina Contoh")
    later(sapa, minutes=10)  # the NLU of these tests is down, and is waited for
    sapa.settle()
    assert tickets(sapa, conversation)[0].state is TicketState.IN_PROGRESS
    assert running(sapa, conversation) >= {TargetKind.NEXT_RESPONSE, TargetKind.RESOLUTION}


def test_given_back_it_waits_at_its_old_place_and_its_clock_goes_on(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    place = tickets(sapa, conversation)[0].queued_at
    reply(officer, conversation, "Saya tanyakan dulu.")
    act(officer, conversation, "wait")
    later(sapa, minutes=5)
    act(officer, conversation, "release")
    [ticket] = tickets(sapa, conversation)
    assert (ticket.state, ticket.owner_id, ticket.queued_at) == (TicketState.OPEN, None, place)
    tick(sapa)
    assert TargetKind.RESOLUTION in running(sapa, conversation)
    assert "Tiket baru menunggu" in shown(officer, "/desk")


def test_resolved_the_citizen_is_told_and_the_assistant_is_back(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    reply(officer, conversation, "Sudah jadi, silakan diambil.")
    status, _ = act(officer, conversation, "resolve", outcome="done")
    assert status == 303
    sapa.settle()
    farewell = sapa.replies()[-1].body
    [ticket] = tickets(sapa, conversation)
    assert ticket.number in farewell
    assert "*lanjutkan*" in farewell
    assert (ticket.state, ticket.outcome) == (TicketState.RESOLVED, Outcome.DONE)
    assert running(sapa, conversation) == set()
    with sapa.database.reading() as session:
        assert session.get_one(Conversation, conversation).state is ConversationState.WITH_BOT
    assert "Sudah selesai" in shown(officer, f"/desk/{conversation}")
    status, page = reply(officer, conversation, "Satu lagi, Bu.")
    assert status == 409
    assert "sudah selesai" in page
    assert act(officer, conversation, "resolve", outcome="sulap")[0] == 400


def test_an_officer_steps_in_where_the_assistant_answers(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    act(officer, conversation, "resolve", outcome="mistake")
    status, page = act(officer, conversation, "take-over")
    assert status == 303, page
    taken = tickets(sapa, conversation)[-1]
    assert (taken.owner_id, taken.kind) == (officer.person.post_id, "officer")
    assert "diambil alih petugas" in shown(officer, f"/desk/{conversation}")


def test_what_ended_in_silence_can_be_taken_again(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    reply(officer, conversation, "Tolong kirim nama lengkapnya.")
    act(officer, conversation, "wait")
    later(sapa, days=6)
    end_silent_claims(sapa.database, sapa.line.assistant.rules, sapa.clock())
    [ticket] = tickets(sapa, conversation)
    assert (ticket.state, ticket.claimed_until) == (TicketState.WAITING_FOR_CITIZEN, None)
    officer.sign_in_fully()
    act(officer, conversation, "claim")
    [ticket] = tickets(sapa, conversation)
    assert (ticket.state, ticket.owner_id) == (TicketState.IN_PROGRESS, officer.person.post_id)
    assert running(sapa, conversation) == {TargetKind.RESOLUTION}


def test_what_an_officer_keeps_is_seen_and_a_colleague_may_take_it(sapa: Installation) -> None:
    officer, colleague = signed_in(sapa.app, Role.OFFICER), signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    reply(officer, conversation, "Kami cek dulu.")
    later(sapa, days=6)
    end_silent_claims(sapa.database, sapa.line.assistant.rules, sapa.clock())
    for browser, tray in ((officer, "mine"), (colleague, "others")):
        browser.sign_in_fully()
        assert "belum selesai, warga dilayani asisten" in shown(browser, f"/desk?tray={tray}")
        assert "belum menyelesaikannya" in shown(browser, f"/desk/{conversation}")
    assert f"/desk/{conversation}/wait" in shown(officer, f"/desk/{conversation}")
    assert f"/desk/{conversation}/wait" not in shown(colleague, f"/desk/{conversation}")
    assert act(colleague, conversation, "claim")[0] == 303
    [ticket] = tickets(sapa, conversation)
    assert ticket.owner_id == colleague.person.post_id
    assert act(officer, conversation, "wait")[0] == 409, "it is the colleague's now"


def test_every_deed_is_a_fact_with_its_officer(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    reply(officer, conversation, "Baik.")
    act(officer, conversation, "resolve", outcome="answered")
    with sapa.database.reading() as session:
        facts = session.execute(select(Event.kind, Event.actor).where(Event.conversation_id == conversation)).all()
    by_officer = {kind for kind, actor in facts if actor == f"staff:{officer.person.post_id}"}
    assert by_officer >= {EventKind.CLAIMED, EventKind.OFFICER_ANSWERED, EventKind.RESOLVED}


def running(sapa: Installation, conversation_id: int) -> set[TargetKind]:
    ids = [ticket.id for ticket in tickets(sapa, conversation_id)]
    live = (Target.ticket_id.in_(ids), Target.state == TargetState.RUNNING)
    with sapa.database.reading() as session:
        return set(session.scalars(select(Target.kind).where(*live)))


def test_what_was_said_long_ago_is_reached_page_by_page_with_its_notes(
    sapa: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thread, "MOST", 3)
    officer = signed_in(sapa.app, Role.OFFICER)
    talk = waits(sapa)
    act(officer, talk, "notes", note="Sudah ke loket.")
    for number in range(2, 8):
        sapa.write(f"pesan ke-{number}")
    pages, url = [], f"/desk/{talk}"
    while url:
        page = shown(officer, url)
        pages.append(re.findall(r"halo, mau tanya|pesan ke-\d|Sudah ke loket", page.split('id="messages"')[1]))
        found = re.search(rf'href="(/desk/{talk}/earlier\?before=\d+)"', page)
        url = found[1] if found else ""
    assert pages == [
        ["pesan ke-5", "pesan ke-6", "pesan ke-7"],
        ["pesan ke-2", "pesan ke-3", "pesan ke-4"],
        ["halo, mau tanya", "Sudah ke loket"],
    ]
