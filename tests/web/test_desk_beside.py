"""Beside the talk: notes that no citizen reads, labels, canned answers, a colleague's turn, tickets that are one."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from bot.contracts import EventKind, Level, Outcome, Role, TicketState, Way
from bot.models import Alert, Event, Notice, Post, Target, Ticket
from tests.installation import CITIZEN, Installation
from tests.people import Browser, signed_in
from tests.web.desk_people import act, later, on_tuesday, reply, shown, tick, tickets, waits

ANWAR = "whatsapp:+6281100000002"


@pytest.fixture
def sapa(deaf_sapa: Installation) -> Installation:
    on_tuesday(deaf_sapa)
    return deaf_sapa


@pytest.fixture
def officer(sapa: Installation) -> Browser:
    return signed_in(sapa.app, Role.OFFICER, name="Hasnah")


@pytest.fixture
def colleague(sapa: Installation) -> Browser:
    return signed_in(sapa.app, Role.OFFICER, name="Ridwan")


def events(sapa: Installation, kind: EventKind) -> list[Event]:
    with sapa.database.reading() as session:
        return list(session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id)))


# --- notes ---


def test_a_note_stands_where_it_was_written_and_reaches_no_citizen(
    sapa: Installation, officer: Browser, colleague: Browser
) -> None:
    talk = waits(sapa)
    act(officer, talk, "claim")
    assert act(colleague, talk, "notes", note="Warga ini sudah ke loket kemarin.")[0] == 303, (
        "also beside a colleague's"
    )
    sapa.write("masih di sana?")
    page = shown(officer, f"/desk/{talk}")
    assert "Catatan Ridwan" in page
    assert page.index("halo, mau tanya") < page.index("sudah ke loket kemarin") < page.index("masih di sana?")
    sapa.settle()
    assert all("loket kemarin" not in message.body for message in sapa.replies(CITIZEN))
    assert len(events(sapa, EventKind.NOTED)) == 1


def test_a_note_sent_twice_is_one_and_an_empty_one_none(sapa: Installation, officer: Browser) -> None:
    talk = waits(sapa)
    for _ in range(2):
        act(officer, talk, "notes", note="Telepon besok.")
    assert shown(officer, f"/desk/{talk}").count("Telepon besok.") == 1
    assert act(officer, talk, "notes", note="  ")[0] == 409
    status, page = act(officer, talk, "notes", note="x" * 2001)
    assert status == 409
    assert "x" * 2001 in page, "what was typed is still there"


# --- labels ---


def test_supervisors_keep_the_labels_and_officers_give_them(sapa: Installation, officer: Browser) -> None:
    chief = signed_in(sapa.app, Role.SUPERVISOR)
    assert chief.post("/desk/labels", name="Warga pulau").status_code == 303
    answer = chief.post("/desk/labels", name="WARGA  PULAU")
    assert answer.status_code == 409
    assert "sudah ada" in answer.text
    assert chief.post("/desk/labels", name="x" * 41).status_code == 409
    assert officer.post("/desk/labels", form_on="/desk/labels", name="Baru").status_code == 403
    talk = waits(sapa)
    (label,) = re.findall(rf"/desk/{talk}/labels/(\d+)/give", shown(officer, f"/desk/{talk}"))[:1]
    for _ in range(2):
        assert act(officer, talk, f"labels/{label}/give")[0] == 303
    assert "Warga pulau" in shown(officer, "/desk")
    assert len(events(sapa, EventKind.LABELLED)) == 1
    chief.post(f"/desk/labels/{label}/rename", form_on="/desk/labels", name="Kepulauan")
    assert "Kepulauan" in shown(officer, "/desk")
    chief.post(f"/desk/labels/{label}/retire", form_on="/desk/labels")
    assert "Kepulauan" in shown(officer, "/desk"), "it stays where it was given"
    status, page = act(officer, talk, f"labels/{label}/give")  # the page was made before
    assert status == 409
    assert "Label ini sudah dipensiunkan" in page
    act(officer, talk, f"labels/{label}/take")
    assert "Kepulauan" not in shown(officer, "/desk")
    assert chief.post("/desk/labels", name="kepulauan").status_code == 303, "a retired one comes back"


# --- canned answers ---


def test_a_canned_answer_is_written_once_and_filled_for_each_citizen(sapa: Installation, officer: Browser) -> None:
    words = "{nama}, tiket {nomor} untuk {layanan} saya cek. {petugas}"
    made = officer.post("/desk/answers/new", title="Cek dulu", body=words)
    assert made.status_code == 303
    talk = waits(sapa, name="Rina", service="kk_hilang_rusak")
    page = shown(officer, f"/desk/{talk}")
    (answer,) = re.findall(rf'href="/desk/{talk}\?answer=(\d+)"', page)
    filled = shown(officer, f"/desk/{talk}?answer={answer}")
    box = re.search(r"<textarea[^>]*id=\"body\"[^>]*>([^<]*)<", filled)
    assert box
    assert re.fullmatch(r"Rina, tiket PKP-2611-0001\w untuk KK hilang/rusak saya cek\. Hasnah", box[1])
    other = waits(sapa, citizen=ANWAR, name="Anwar")
    assert "untuk […] saya cek" in shown(officer, f"/desk/{other}"), "what is not known here is to be seen"
    assert "diubah Hasnah" in shown(officer, "/desk/answers")


def test_what_is_wrong_with_a_canned_answer_is_said_and_nothing_is_lost(sapa: Installation, officer: Browser) -> None:
    answer = officer.post("/desk/answers/new", title="Salah", body="Halo {alamat}")
    assert answer.status_code == 409
    assert "{alamat} tidak dikenal" in answer.text
    assert "Halo {alamat}" in answer.text
    officer.post("/desk/answers/new", title="Salam", body="Halo")
    assert "sudah dipakai" in officer.post("/desk/answers/new", title="salam", body="Hai").text
    assert officer.post("/desk/answers/new", title="", body="Hai").status_code == 409
    assert officer.post("/desk/answers/new", title="Kosong", body=" ").status_code == 409
    (saved,) = set(re.findall(r'href="/desk/answers/(\d+)"', shown(officer, "/desk/answers")))
    assert officer.post(f"/desk/answers/{saved}", title="Salam", body="Hai {nama}").status_code == 303
    assert "Hai Ibu Contoh" in shown(officer, f"/desk/answers/{saved}"), "a preview"
    assert officer.post(f"/desk/answers/{saved}/remove", form_on=f"/desk/answers/{saved}").status_code == 303
    assert "Belum ada jawaban siap." in shown(officer, "/desk/answers")
    assert [fact.data["how"] for fact in events(sapa, EventKind.DESK_CHANGED)] == ["added", "edited", "removed"]


# --- a colleague's turn ---


def test_a_transferred_conversation_is_the_colleagues_who_alone_hears_of_it(
    sapa: Installation, officer: Browser, colleague: Browser
) -> None:
    third = signed_in(sapa.app, Role.OFFICER)
    talk = waits(sapa)
    tick(sapa)
    act(officer, talk, "claim")
    assert act(officer, talk, "transfer", to=colleague.person.post_id, note="Beliau minta bahasa Bugis.")[0] == 303
    (ticket,) = tickets(sapa, talk)
    assert (ticket.state, ticket.owner_id) == (TicketState.IN_PROGRESS, colleague.person.post_id)
    assert "Dipegang Ridwan" in shown(officer, f"/desk/{talk}")
    page = shown(colleague, f"/desk/{talk}")
    assert "Anda memegang percakapan ini." in page
    assert "Beliau minta bahasa Bugis." in page
    tick(sapa)
    with sapa.database.reading() as session:
        told = session.execute(
            select(Notice.post_id, Notice.way)
            .join(Alert, Alert.id == Notice.alert_id)
            .where(Alert.level == Level.TRANSFERRED)
        ).all()
    assert {row.post_id for row in told} == {colleague.person.post_id}
    assert Way.DESK in {row.way for row in told}
    assert third.person.post_id not in {row.post_id for row in told}
    assert "Diserahkan kepada Anda" in shown(colleague, "/desk")


def test_who_is_not_on_duty_or_of_another_office_is_given_nothing(
    sapa: Installation, officer: Browser, colleague: Browser
) -> None:
    talk = waits(sapa)
    colleague.post("/account/away", minutes=60)
    status, page = act(officer, talk, "transfer", to=colleague.person.post_id)
    assert status == 409
    assert "Ridwan tidak bertugas hari ini" in page
    assert act(officer, talk, "transfer", to=999)[0] == 404
    assert act(officer, talk, "transfer", to=officer.person.post_id)[0] == 404
    assert tickets(sapa, talk)[0].owner_id is None


def test_a_colleague_whose_post_ended_meanwhile_is_given_nothing_and_the_page_says_so(
    sapa: Installation, officer: Browser, colleague: Browser
) -> None:
    talk = waits(sapa)
    with sapa.database.transaction() as session:
        session.get_one(Post, colleague.person.post_id).active = False
    status, page = act(officer, talk, "transfer", to=colleague.person.post_id)
    assert status == 409
    assert "Ridwan tidak bertugas hari ini" in page


@pytest.mark.parametrize("verb", ["wait", "release"])
def test_what_went_back_to_the_queue_meanwhile_is_not_said_to_be_resolved(
    sapa: Installation, officer: Browser, verb: str
) -> None:
    talk = waits(sapa)
    status, page = act(officer, talk, verb)
    assert status == 409
    assert "Percakapan ini tidak lagi Anda pegang" in page


def test_only_what_is_mine_or_nobodys_can_be_given(sapa: Installation, officer: Browser, colleague: Browser) -> None:
    talk = waits(sapa)
    act(colleague, talk, "claim")
    status, page = act(officer, talk, "transfer", to=signed_in(sapa.app, Role.OFFICER).person.post_id)
    assert status == 409
    assert "Ridwan sudah memegang percakapan ini." in page


def test_a_colleague_who_stays_silent_loses_it_to_the_queue(
    sapa: Installation, officer: Browser, colleague: Browser
) -> None:
    from bot.flow.watch import end_silent_claims

    talk = waits(sapa)
    act(officer, talk, "transfer", to=colleague.person.post_id)
    later(sapa, minutes=200)
    end_silent_claims(sapa.database, sapa.line.assistant.rules, sapa.clock())
    (ticket,) = tickets(sapa, talk)
    assert (ticket.state, ticket.owner_id) == (TicketState.OPEN, None)


# --- tickets that are one, tickets that belong together ---


def test_merged_tickets_are_one_matter_with_the_better_place_and_count_once(
    sapa: Installation, officer: Browser
) -> None:
    talk = waits(sapa, kind="talk_to_human")
    tick(sapa)
    first = tickets(sapa, talk)[0].queued_at
    later(sapa, minutes=10)
    waits(sapa, kind="complaint")
    tick(sapa)
    old, new = tickets(sapa, talk)
    assert act(officer, talk, f"tickets/{old.id}/merge", into=new.id)[0] == 303
    old, new = tickets(sapa, talk)
    assert (old.state, old.outcome, old.merged_into) == (TicketState.RESOLVED, Outcome.MERGED, new.id)
    assert (new.state, new.queued_at) == (TicketState.OPEN, first)
    with sapa.database.reading() as session:
        running = session.scalars(select(Target.state).where(Target.ticket_id == old.id)).all()
    assert {str(state) for state in running} == {"dropped"}
    assert events(sapa, EventKind.RESOLVED) == [], "nothing was resolved by it: figures count the matter once"
    assert "Anda" in shown(officer, f"/desk/{talk}")
    assert act(officer, talk, f"tickets/{old.id}/merge", into=new.id)[0] == 409
    assert act(officer, talk, f"tickets/{new.id}/merge", into=new.id)[0] == 409
    assert 'value="merged"' not in shown(officer, f"/desk/{talk}"), "nobody chooses it as an outcome"


def test_a_submissions_ticket_is_not_merged_away(sapa: Installation, officer: Browser) -> None:
    talk = waits(sapa)
    waits(sapa, kind="complaint")
    first, second = tickets(sapa, talk)
    with sapa.database.transaction(officer.person.office_id) as session:
        from bot.models import Submission

        now = sapa.clock()
        session.add(
            Submission(conversation_id=talk, service="akta_lahir", ticket_id=first.id, opened_at=now, touched_at=now)
        )
    status, page = act(officer, talk, f"tickets/{first.id}/merge", into=second.id)
    assert status == 409
    assert "berkasnya di situ" in page
    assert act(officer, talk, f"tickets/{second.id}/merge", into=first.id)[0] == 303


def test_two_citizens_tickets_are_linked_and_unlinked_by_their_number(sapa: Installation, officer: Browser) -> None:
    wife, husband = waits(sapa, name="Rina"), waits(sapa, citizen=ANWAR, name="Anwar")
    (hers,), (his,) = tickets(sapa, wife), tickets(sapa, husband)
    assert act(officer, wife, f"tickets/{hers.id}/link", number=his.number.lower().replace("-", " "))[0] == 303
    assert f"{his.number} Anwar" in shown(officer, f"/desk/{wife}")
    assert f"{hers.number} Rina" in shown(officer, f"/desk/{husband}")
    status, page = act(officer, wife, f"tickets/{hers.id}/link", number="PKP-2611-9999X")
    assert status == 409
    assert "Tidak ada tiket dengan nomor itu" in page
    assert act(officer, wife, f"tickets/{hers.id}/link", number=hers.number)[0] == 409
    act(officer, husband, f"tickets/{his.id}/unlink", other=hers.id)
    assert his.number not in shown(officer, f"/desk/{wife}")


# --- two at once ---


def test_who_is_slower_sees_what_the_other_wrote_and_keeps_the_draft(
    sapa: Installation, officer: Browser, colleague: Browser
) -> None:
    talk = waits(sapa)
    reply(colleague, talk, "Baik Bu, saya bantu.")
    status, page = reply(officer, talk, "Selamat pagi, ada yang bisa dibantu?")
    assert status == 409
    assert "Ridwan sudah menulis (09.00): “Baik Bu, saya bantu.”" in page
    assert re.search(r'id="body"[^>]*>Selamat pagi, ada yang bisa dibantu\?<', page)


def test_who_is_slower_is_shown_nothing_of_an_earlier_matter_and_no_automatic_words(
    sapa: Installation, officer: Browser, colleague: Browser
) -> None:
    talk = waits(sapa)
    reply(colleague, talk, "Aktanya sudah jadi.")
    act(colleague, talk, "resolve", outcome="done")
    later(sapa, minutes=10)
    waits(sapa)
    act(colleague, talk, "claim")
    status, page = act(officer, talk, "claim")
    assert status == 409
    assert "Ridwan sudah memegang percakapan ini." in page
    assert "sudah menulis" not in page


def test_the_number_of_a_merged_ticket_tells_where_the_other_stands(sapa: Installation, officer: Browser) -> None:
    from bot.desk.lookups import look_up, never_fits

    talk = waits(sapa)
    waits(sapa, kind="complaint")
    old, new = tickets(sapa, talk)
    act(officer, talk, f"tickets/{old.id}/merge", into=new.id)
    with sapa.database.transaction() as session:
        found = look_up(session, talk, old.number, "", never_fits, sapa.clock())
    assert isinstance(found, Ticket)
    assert found.number == new.number
