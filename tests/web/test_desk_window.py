"""As an officer I am told before I write that WhatsApp's day is over; what I write waits, and can be taken back."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import event, select

from bot.contracts import Role, TicketState
from bot.desk.templates import store_template
from bot.knowledge import load_templates
from bot.models import Conversation, OutboundMessage, ParkedReply
from bot.settings import KNOWLEDGE
from tests.installation import Installation
from tests.people import Browser, signed_in
from tests.web.desk_people import SEND_KEY, act, later, on_tuesday, reply, send_key, shown, tickets, waits

CONTENT_SID = "HX" + "b" * 32
WITHDRAW = re.compile(r'action="[^"]*(/parked/\d+/withdraw)"')


@pytest.fixture
def sapa(deaf_sapa: Installation) -> Installation:
    on_tuesday(deaf_sapa)
    return deaf_sapa


def a_day_later(sapa: Installation, *officers: Browser) -> None:
    later(sapa, hours=24, minutes=1)
    sapa.control.window(0)
    for officer in officers:
        officer.sign_in_fully()  # a working day is over


def approve(sapa: Installation) -> None:
    template = load_templates(KNOWLEDGE)["answer_waiting"]
    buttons = [(one.title, one.payload) for one in template.buttons]
    sapa.control.template(CONTENT_SID, template.body, variables=template.samples, buttons=buttons)
    with sapa.database.transaction() as session:
        office_id = session.scalars(select(Conversation.office_id)).first()
        assert office_id
        store_template(session, office_id, "answer_waiting", CONTENT_SID)


def keep(officer: Browser, conversation: int, body: str, how: str = "park", key: str = "") -> tuple[int, str]:
    key = key or send_key(officer, conversation)
    return act(officer, conversation, "reply", body=body, send_key=key, how=how)


def withdraw(officer: Browser, conversation: int) -> tuple[int, str]:
    """By the button that stands on the page."""
    found = WITHDRAW.search(officer.get(f"/desk/{conversation}").text)
    assert found, "there is no button"
    return act(officer, conversation, found[1].removeprefix("/"))


def comes_back(sapa: Installation, body: str = "halo?") -> None:
    sapa.control.window(86_400)
    sapa.write(body)
    later(sapa, minutes=1)  # the NLU of these tests is down, and is waited for
    sapa.settle()


def test_the_page_says_so_before_anything_is_written(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    page = shown(officer, f"/desk/{conversation}")
    assert "WhatsApp tidak mengantar" not in page
    assert 'value="park"' not in page
    a_day_later(sapa, officer)
    page = shown(officer, f"/desk/{conversation}")
    assert page.index("WhatsApp tidak mengantar balasan sekarang") < page.index('id="body"')
    assert 'value="park"' in page
    assert ">Balas</button>" not in page


def test_the_last_two_hours_are_told_in_words(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    assert "Bisa dibalas sampai" in shown(officer, f"/desk/{conversation}")
    later(sapa, hours=22, minutes=10)
    officer.sign_in_fully()
    page = shown(officer, f"/desk/{conversation}")
    assert "Tinggal 1 jam 49 menit" in page or "Tinggal 1 jam 50 menit" in page
    assert "balasan menunggu warga menulis" in page


def test_what_is_kept_stands_in_the_thread_and_leaves_when_the_citizen_writes(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER, name="Ibu Hasnah")
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    assert keep(officer, conversation, "Aktanya sudah jadi, Bu.")[0] == 303
    page = shown(officer, f"/desk/{conversation}")
    assert "Aktanya sudah jadi, Bu." in page
    assert "Menunggu warga menulis" in page
    assert "Anda memegang percakapan ini." in page, "to write is to take"
    sapa.settle()
    assert sapa.replies() == []
    comes_back(sapa)
    assert sapa.replies()[0].body == "Aktanya sudah jadi, Bu."
    page = shown(officer, f"/desk/{conversation}")
    assert "Menunggu warga menulis" not in page
    assert "Ibu Hasnah" in page


def test_a_form_sent_twice_is_kept_once(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    key = send_key(officer, conversation)
    assert [keep(officer, conversation, "Baik.", key=key)[0] for _ in range(3)] == [303] * 3
    with sapa.database.reading() as session:
        assert len(session.scalars(select(ParkedReply)).all()) == 1


def test_a_day_that_ends_between_typing_and_sending_asks_and_loses_nothing(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    key = send_key(officer, conversation)
    a_day_later(sapa, officer)
    status, page = reply(officer, conversation, "Masih perlu bantuan?", key)
    assert status == 409
    assert "Simpan sampai warga menulis lagi?" in page
    assert "Masih perlu bantuan?</textarea>" in page
    assert f'value="{key}"' in page
    assert 'value="park"' in page
    assert keep(officer, conversation, "Masih perlu bantuan?", key=key)[0] == 303
    comes_back(sapa)
    assert sapa.replies()[0].body == "Masih perlu bantuan?"


def test_a_citizen_who_writes_between_gets_it_at_once(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    key = send_key(officer, conversation)
    sapa.control.window(86_400)
    sapa.write("halo?")
    assert keep(officer, conversation, "Saya di sini, Bu.", "tell", key)[0] == 303
    sapa.settle()
    assert [one.body for one in sapa.replies()] == ["Saya di sini, Bu."]
    assert "Menunggu warga menulis" not in shown(officer, f"/desk/{conversation}")


def test_taken_back_its_words_are_in_the_box_again(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    keep(officer, conversation, 'Baik, "Bu" & Bapak.')
    status, page = withdraw(officer, conversation)
    assert status == 200
    assert 'Baik, "Bu" & Bapak.</textarea>' in page
    assert "Menunggu warga menulis" not in page
    comes_back(sapa)
    assert 'Baik, "Bu" & Bapak.' not in [one.body for one in sapa.replies()]


@pytest.mark.parametrize("words", ["Baik, Bu.", "Lain lagi."])
def test_what_was_taken_back_is_not_kept_by_its_old_form_and_the_page_says_so(sapa: Installation, words: str) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    key = send_key(officer, conversation)
    keep(officer, conversation, "Baik, Bu.", key=key)
    withdraw(officer, conversation)
    status, page = keep(officer, conversation, words, key=key)
    assert status == 409
    assert "tulisan yang ini belum terkirim" in page
    assert f"{words}</textarea>" in page
    [fresh] = SEND_KEY.findall(page)
    assert keep(officer, conversation, words, key=fresh)[0] == 303
    comes_back(sapa)
    assert sapa.replies()[0].body == words


def test_with_script_the_words_come_beside_the_pieces(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    keep(officer, conversation, 'Satu "dua"\ntiga.')
    officer.client.environ_base["HTTP_HX_REQUEST"] = "true"
    found = WITHDRAW.search(officer.get(f"/desk/{conversation}").text)
    assert found
    answer = officer.post(f"/desk/{conversation}{found[1]}", form_on=f"/desk/{conversation}")
    assert "<html" not in answer.text
    assert SEND_KEY.search(answer.text), "taken back, they are sent by a new key"
    [text] = re.findall(r'id="returned" hidden data-text="([^"]*)"', answer.text)
    assert html.unescape(text) == 'Satu "dua"\ntiga.'


def test_what_left_meanwhile_cannot_be_taken_back_and_the_page_says_so(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    keep(officer, conversation, "Baik, Bu.")
    found = WITHDRAW.search(officer.get(f"/desk/{conversation}").text)
    assert found
    comes_back(sapa)
    status, page = act(officer, conversation, found[1].removeprefix("/"))
    assert status == 409
    assert "balasan ini sudah terkirim" in page


def test_a_colleague_sees_what_waits_and_takes_back_only_what_nobody_holds(sapa: Installation) -> None:
    officer, colleague = signed_in(sapa.app, Role.OFFICER, name="Ibu Hasnah"), signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer, colleague)
    keep(officer, conversation, "Baik, Bu.")
    found = WITHDRAW.search(officer.get(f"/desk/{conversation}").text)
    page = shown(colleague, f"/desk/{conversation}")
    assert "Baik, Bu." in page
    assert not WITHDRAW.search(page)
    assert found
    status, page = act(colleague, conversation, found[1].removeprefix("/"))
    assert (status, "Ibu Hasnah sudah memegang" in page) == (409, True)
    act(officer, conversation, "release")
    assert withdraw(colleague, conversation)[0] == 200


def test_resolved_it_still_stands_and_the_page_says_so(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    keep(officer, conversation, "Baik, Bu.")
    act(officer, conversation, "resolve", outcome="done")
    page = shown(officer, f"/desk/{conversation}")
    assert "tetap terkirim saat warga menulis lagi, kecuali ditarik" in page
    assert withdraw(officer, conversation)[0] == 200


# --- telling the citizen ------------------------------------------------------------------------------------
def test_where_it_is_approved_the_citizen_is_told_and_it_is_their_turn(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    approve(sapa)
    a_day_later(sapa, officer)
    page = shown(officer, f"/desk/{conversation}")
    assert "Simpan dan beri tahu warga" in page
    assert keep(officer, conversation, "Aktanya sudah jadi, Bu.", "tell")[0] == 303
    [ticket] = tickets(sapa, conversation)
    assert ticket.state is TicketState.WAITING_FOR_CITIZEN
    sapa.settle()
    [told] = sapa.replies()
    assert ticket.number in told.body
    assert told.buttons == ["BUKA"]
    page = shown(officer, f"/desk/{conversation}")
    assert "Warga sudah diberi tahu" in page
    assert 'value="tell"' not in page, "once a day is enough"
    sapa.control.window(86_400)
    sapa.control.press(told.sid, wait=True)
    sapa.settle()
    assert [one.body for one in sapa.replies()][1:] == ["Aktanya sudah jadi, Bu."]
    assert tickets(sapa, conversation)[0].state is TicketState.IN_PROGRESS


def test_what_is_kept_already_can_be_told_of_with_an_empty_box(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    approve(sapa)
    a_day_later(sapa, officer)
    status, page = keep(officer, conversation, "", "tell")
    assert (status, "Belum ada yang ditulis" in page) == (409, True)
    keep(officer, conversation, "Baik, Bu.")
    assert keep(officer, conversation, "", "tell")[0] == 303
    status, page = keep(officer, conversation, "Satu lagi", "tell")
    assert (status, "sudah diberi tahu dalam 24 jam terakhir" in page) == (409, True)
    assert "Satu lagi</textarea>" in page
    with sapa.database.reading() as session:
        assert len(session.scalars(select(OutboundMessage).where(OutboundMessage.template.is_not(None))).all()) == 1


def test_where_it_is_not_approved_there_is_no_button_and_the_page_says_who_can_help(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    page = shown(officer, f"/desk/{conversation}")
    assert 'value="tell"' not in page
    assert "Yang bisa mengurus: administrator kantor." in page
    signed_in(sapa.app, Role.ADMINISTRATOR, name="Ibu Maryam")
    assert "Yang bisa mengurus: Ibu Maryam." in shown(officer, f"/desk/{conversation}")
    status, page = keep(officer, conversation, "Baik, Bu.", "tell")
    assert (status, "tidak lagi disetujui" in page) == (409, True)
    assert "Baik, Bu.</textarea>" in page


def test_in_english_too(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    keep(officer, conversation, "Baik, Bu.")
    page = shown(officer, f"/desk/{conversation}?lang=en")
    for words in ("WhatsApp delivers no reply now", "Waiting for the citizen to write", "Withdraw", "Keep"):
        assert words in page


# --- why the assistant answered so --------------------------------------------------------------------------
def test_under_a_message_stands_why_the_assistant_answered_so(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    sapa.write("jam buka")
    sapa.settle()
    sapa.write("petugas")
    later(sapa, minutes=1)
    sapa.settle()
    with sapa.database.reading() as session:
        conversation = session.scalars(select(Conversation.id)).one()
    page = shown(officer, f"/desk/{conversation}")
    assert page.count("Mengapa dijawab begini") == 2
    assert "Menjawab dari jam buka dan kalender kantor." in page
    assert "Menyerahkan ke petugas. Alasannya: diminta warga." in page
    act(officer, conversation, "claim")
    sapa.write("halo?")
    later(sapa, minutes=1)
    sapa.settle()
    assert "Asisten diam, karena percakapan ini dipegang petugas." in shown(officer, f"/desk/{conversation}")
    assert "Answers from the office's hours" in shown(officer, f"/desk/{conversation}?lang=en")


def test_messages_answered_together_are_explained_once(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    sapa.write("jam")
    sapa.write("buka")
    sapa.settle()
    with sapa.database.reading() as session:
        conversation = session.scalars(select(Conversation.id)).one()
    assert shown(officer, f"/desk/{conversation}").count("Mengapa dijawab begini") == 1


def test_a_page_costs_as_many_queries_with_one_answer_that_waits_as_with_ten(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    a_day_later(sapa, officer)
    keep(officer, conversation, "Baik, Bu.")
    one = queries(sapa, officer, conversation)
    for number in range(9):
        keep(officer, conversation, f"Nomor {number}.")
    assert queries(sapa, officer, conversation) == one


def queries(sapa: Installation, officer: Browser, conversation: int) -> int:
    counted: list[object] = []

    def note(*given: object) -> None:
        counted.append(given[2])

    engine = sapa.app.extensions["sapa_database"].engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        officer.get(f"/desk/{conversation}")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(counted)
