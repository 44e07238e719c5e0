"""An officer reviews what a citizen handed in: file by file, with the citizen told by itself."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from bot.contracts import AttachmentState, Role, SubmissionState, TargetState, TicketState
from bot.models import Target
from tests.files import photo
from tests.installation import Installation
from tests.journeys.citizen import Citizen
from tests.people import Browser, signed_in
from tests.web.desk_people import act, shown, tickets
from tests.web.papers_sent import decide, on_a_working_day, papers_sent
from tests.web.test_supervisor_figures import rows

VERSION = re.compile(r'id="version" name="since" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _tuesday(sapa: Installation) -> None:
    on_a_working_day(sapa)


@pytest.fixture
def officer(sapa: Installation) -> Browser:
    return signed_in(sapa.app, Role.OFFICER, name="Hasnah")


@pytest.fixture
def citizen(sapa: Installation) -> Citizen:
    return papers_sent(sapa)


def review(citizen: Citizen) -> str:
    return f"/desk/submissions/{citizen.submissions()[0].id}"


def files(citizen: Citizen) -> list[str]:
    return [f"/desk/files/{file.id}" for file in citizen.files()]


def test_the_checklist_is_what_this_case_needs_with_what_is_there(citizen: Citizen, officer: Browser) -> None:
    page = shown(officer, review(citizen))
    assert "Akta lahir bayi baru" in page
    assert "untuk anak" in page
    assert "0 dari 4 berkas sudah diputuskan" in page
    assert "Ada buku nikah atau akta perkawinan orang tua?" in page
    for name in ("Surat keterangan kelahiran", "Buku nikah"):
        assert name in page


def test_after_a_decision_comes_the_next_file_and_at_the_end_the_whole(citizen: Citizen, officer: Browser) -> None:
    (first, *_) = files(citizen)
    seen = []
    page = first
    while page.startswith("/desk/files/"):
        seen.append(page)
        status, page = decide(officer, page, "accept")
        assert status == 303
    assert sorted(seen) == sorted(files(citizen)), "each once"
    assert page == review(citizen)
    assert "4 dari 4 berkas sudah diputuskan" in shown(officer, page)


def test_a_rejected_file_is_asked_for_again_and_accepted_when_it_comes(citizen: Citizen, officer: Browser) -> None:
    letter = files(citizen)[1]
    status, _ = decide(officer, letter, "reject", reason="unreadable", note="Bagian cap tidak terlihat.")
    assert status == 303
    assert "tidak terbaca" in shown(officer, letter)
    assert "Hasnah" in shown(officer, letter)
    told = citizen.waits(minutes=2)
    assert "Surat keterangan kelahiran" in told
    assert "Bagian cap tidak terlihat." in told
    assert "Menunggu warga mengirim ulang" in shown(officer, review(citizen))
    citizen.sends(photo("surat_ket_lahir", look="baru"))
    citizen.says("kirim")
    assert "Menunggu diperiksa" in shown(officer, review(citizen))
    status, where = decide(officer, review(citizen), "accept")
    assert (status, where) == (303, review(citizen))
    assert citizen.submissions()[0].state is SubmissionState.ACCEPTED
    assert citizen.waits(minutes=2), "and the citizen hears of it"


def test_a_rejection_needs_a_reason_and_another_reason_needs_words(citizen: Citizen, officer: Browser) -> None:
    letter = files(citizen)[1]
    for form in ({}, {"reason": "because"}, {"reason": "other", "note": "  "}):
        status, page = decide(officer, letter, "reject", **form)
        assert status == 422
        assert "Pilih dulu alasannya" in page
    status, page = decide(officer, letter, "reject", note="yang saya tulis")
    assert "yang saya tulis" in page, "what was typed is still there"
    assert AttachmentState.REJECTED not in citizen.states()


def test_what_is_returned_says_why(citizen: Citizen, officer: Browser) -> None:
    status, page = decide(officer, review(citizen), "return", note="  ")
    assert status == 409
    assert "Tulis dulu apa yang kurang" in page
    assert citizen.submissions()[0].state is SubmissionState.SENT
    words = "Formulirnya belum ditandatangani <b>ayah</b>. {nama} *tebal*"
    assert decide(officer, review(citizen), "return", note=words + "!" * 600)[0] == 303
    told = citizen.waits(minutes=2)
    assert f"Catatan petugas: {words}!!!" in told
    assert told.count("!") == 500 - len(words), "bounded"
    assert "Menunggu warga mengirim ulang" in shown(officer, review(citizen))


def test_a_rejection_that_was_a_slip_takes_nothing_off_the_time_it_took(
    citizen: Citizen, officer: Browser, sapa: Installation
) -> None:
    letter = files(citizen)[1]
    decide(officer, letter, "reject", reason="unreadable")
    decide(officer, letter, "accept")
    sapa.clock.advance(hours=2)
    assert decide(officer, review(citizen), "accept")[0] == 303
    chief = signed_in(sapa.app, Role.SUPERVISOR)
    assert rows(shown(chief, "/supervisor"))["Pekan ini"][0][1] == "2 j · 2 j · 1"


def test_whoever_takes_or_gives_back_what_was_returned_the_citizen_is_still_waited_for(
    citizen: Citizen, officer: Browser, sapa: Installation
) -> None:
    conversation, colleague = citizen.files()[0].conversation_id, signed_in(sapa.app, Role.OFFICER)
    decide(officer, files(citizen)[1], "reject", reason="unreadable")
    verbs: tuple[tuple[Browser, str, dict[str, object]], ...] = (
        (officer, "claim", {}),
        (officer, "release", {}),
        (officer, "transfer", {"to": colleague.person.post_id}),
    )
    for who, verb, form in verbs:
        sapa.clock.advance(minutes=20)
        assert act(who, conversation, verb, **form)[0] == 303
        [ticket] = tickets(sapa, conversation)
        assert ticket.state is TicketState.WAITING_FOR_CITIZEN, verb
        with sapa.database.reading() as session:
            live = session.scalars(select(Target.state).where(Target.state.in_(("running", "paused")))).all()
        assert set(live) == {TargetState.PAUSED}, verb
    citizen.sends(photo("surat_ket_lahir", look="baru"))
    citizen.says("kirim")
    [ticket] = tickets(sapa, conversation)
    assert (ticket.state, ticket.owner_id) == (TicketState.IN_PROGRESS, colleague.person.post_id)
    assert decide(colleague, review(citizen), "accept")[0] == 303
    chief = signed_in(sapa.app, Role.SUPERVISOR)
    assert rows(shown(chief, "/supervisor"))["Pekan ini"][0][1] == "0 m · 0 m · 1", "none of it was ours"


def test_who_holds_the_submission_alone_decides(citizen: Citizen, officer: Browser, sapa: Installation) -> None:
    conversation = citizen.files()[0].conversation_id
    act(officer, conversation, "claim")
    colleague = signed_in(sapa.app, Role.OFFICER)
    status, page = decide(colleague, files(citizen)[0], "accept")
    assert status == 409
    assert "Hasnah sedang memegang pengajuan ini." in page
    assert citizen.states()[0] is AttachmentState.STORED
    assert decide(officer, files(citizen)[0], "accept")[0] == 303


def test_of_two_who_decide_at_once_the_second_sees_what_the_first_did(
    citizen: Citizen, officer: Browser, sapa: Installation
) -> None:
    colleague, letter = signed_in(sapa.app, Role.OFFICER), files(citizen)[1]
    decide(colleague, letter, "accept", seen="stored")
    status, page = decide(officer, letter, "reject", seen="stored", reason="unreadable", note="")
    assert status == 409
    assert "Rekan Anda lebih dulu memutuskan" in page
    assert citizen.states()[1] is AttachmentState.ACCEPTED


@pytest.mark.parametrize("verb", ["accept", "return", "ask-again", "cancel"])
def test_nothing_is_decided_of_the_whole_over_what_a_colleague_decided_unseen(
    citizen: Citizen, officer: Browser, sapa: Installation, verb: str
) -> None:
    colleague, whole = signed_in(sapa.app, Role.OFFICER), review(citizen)
    if verb in ("ask-again", "cancel"):
        decide(colleague, files(citizen)[0], "reject", reason="cut_off")
    if verb == "cancel":
        citizen.says("batalkan pengajuan")
        citizen.says("ya")
    seen = seen_for(officer, f"{whole}/{verb}")
    decide(colleague, files(citizen)[1], "reject", reason="unreadable", note="Bagian cap tidak terlihat.")
    before = citizen.states()
    status, page = decide(officer, whole, verb, seen=seen)
    assert status == 409
    assert "Pengajuan ini berubah sejak Anda membukanya." in page
    assert citizen.states() == before
    assert citizen.submissions()[0].state is SubmissionState.RETURNED
    if verb != "return":  # a returned one is asked for again
        assert decide(officer, whole, verb, seen=seen_for(officer, f"{whole}/{verb}"))[0] == 303


def seen_for(officer: Browser, action: str) -> str:
    """What the page with this form showed, as the form brings it along."""
    form = re.search(rf'action="{action}"[^§]*?name="seen" value="([^"]+)"', shown(officer, action.rsplit("/", 1)[0]))
    assert form
    return form[1]


def test_the_address_of_a_decision_opened_again_leads_to_its_page(citizen: Citizen, officer: Browser) -> None:
    for page in (review(citizen), files(citizen)[0]):
        answer = officer.get(f"{page}/accept")
        assert (answer.status_code, answer.location) == (303, page)


def test_what_ended_meanwhile_is_told_and_shown_as_it_is_now(
    citizen: Citizen, officer: Browser, sapa: Installation
) -> None:
    colleague = signed_in(sapa.app, Role.OFFICER)
    assert decide(colleague, review(citizen), "accept")[0] == 303
    answer = officer.post(f"{files(citizen)[0]}/reject", form_on="/account", reason="unreadable")
    assert answer.status_code == 409
    assert "sudah berubah" in answer.text
    assert "Diterima" in shown(officer, review(citizen))


def test_accepting_all_says_first_what_is_open(citizen: Citizen, officer: Browser) -> None:
    page = shown(officer, review(citizen))
    assert "4 berkas belum diputuskan; semuanya ikut diterima." in page
    decide(officer, files(citizen)[1], "reject", reason="cut_off")
    page = shown(officer, review(citizen))
    assert "1 berkas masih ditolak." in page
    assert "Belum ada: Surat keterangan kelahiran." in page


def test_a_wish_to_delete_stands_out_and_is_done(citizen: Citizen, officer: Browser) -> None:
    assert "petugas" in citizen.says("hapus 2").lower()
    page = shown(officer, review(citizen))
    assert "Warga meminta berkas ini dihapus." in page
    assert decide(officer, files(citizen)[1], "delete")[0] == 303
    assert citizen.states()[1] is AttachmentState.DELETING
    assert "dihapus kantor" in shown(officer, review(citizen))
    assert "sudah dihapus petugas, sesuai permintaan" in citizen.waits(minutes=1)


@pytest.mark.parametrize(
    ("verb", "told"), [("accept", "yang baru sudah diterima petugas"), ("delete", "tetap memakai *Kartu Keluarga")]
)
def test_a_wish_to_replace_stands_out_with_the_new_photo_beside_the_old(
    citizen: Citizen, officer: Browser, verb: str, told: str
) -> None:
    assert re.search(r"PKP-\d{4}-\d{4}[A-Z]", citizen.says("ganti foto kk"))
    assert "Warga meminta berkas ini diganti" in shown(officer, review(citizen)), "before the new one is there"
    assert "sudah kami teruskan ke petugas" in citizen.sends(photo("kk", look="baru"))
    page = shown(officer, review(citizen))
    assert "Foto pengganti dari warga." in page
    assert "Foto pengganti dari warga." in shown(officer, files(citizen)[4])
    assert decide(officer, files(citizen)[4], verb)[0] == 303
    old, new = citizen.states()[3:]
    taken = verb == "accept"
    assert (old, new) == (
        (AttachmentState.DELETING, AttachmentState.ACCEPTED)
        if taken
        else (AttachmentState.STORED, AttachmentState.DELETING)
    )
    assert told in citizen.waits(minutes=2)
    assert "Warga meminta berkas ini diganti" not in shown(officer, review(citizen))


def test_a_wish_to_cancel_stands_out_and_is_done(citizen: Citizen, officer: Browser) -> None:
    citizen.says("batalkan pengajuan")
    citizen.says("ya")
    page = shown(officer, review(citizen))
    assert "Warga meminta pengajuan ini dibatalkan." in page
    assert decide(officer, review(citizen), "cancel")[0] == 303
    assert citizen.submissions()[0].state is SubmissionState.CANCELLED


def test_the_page_asks_for_news_and_gets_them_only_when_there_are_any(citizen: Citizen, officer: Browser) -> None:
    for page in (review(citizen), files(citizen)[0]):
        news = officer.get(f"{page}/news?since=0")
        assert news.status_code == 200
        assert "hx-swap-oob" in news.text
        assert any(is_still(officer, page) for _ in range(20)), "receipts of what was just sent still come in"


def is_still(officer: Browser, page: str) -> bool:
    since = VERSION.search(officer.get(page).text)
    assert since
    return officer.get(f"{page}/news?since={since[1]}").status_code == 204


NIK, STRANGERS_NIK = "9910041708990001", "9910041708990002"


@pytest.mark.parametrize(("on_the_card", "differs"), [(NIK, False), (STRANGERS_NIK, True)])
def test_a_card_whose_nik_stands_not_on_the_kk_is_a_hint_for_the_officer_alone(
    sapa: Installation, officer: Browser, on_the_card: str, differs: bool
) -> None:
    citizen = Citizen(sapa, "whatsapp:+6281100000077")
    citizen.begins("mau kirim berkas ktp rusak", "1")
    told = citizen.sends(photo("kk", nik=f"{NIK} 9910044708990009"), photo("ktp_el", nik=on_the_card))
    conversation = citizen.files()[0].conversation_id
    page = shown(officer, f"/desk/{conversation}")
    assert ("tidak cocok dengan isi KK" in page) is differs
    assert "cocok" not in told
    for number in (NIK, STRANGERS_NIK):
        assert number not in page


def test_two_family_cards_with_different_numbers_are_a_hint(sapa: Installation, officer: Browser) -> None:
    citizen = Citizen(sapa, "whatsapp:+6281100000078")
    citizen.begins("mau kirim berkas akta lahir bayi", "1", "1", "1")
    citizen.sends(photo("kk", kk="9910040101010001"))
    second = max(one.id for one in citizen.submissions())
    assert "Nomor KK pada foto" not in shown(officer, f"/desk/submissions/{second}")
    citizen.sends(photo("kk", kk="9910040101010002", look="lain"))
    citizen.says("2")  # another page of it
    assert "Nomor KK pada foto 1, 2 tampaknya berbeda." in shown(officer, f"/desk/submissions/{second}")


CARD = f"{NIK}/1999-08-17/SITI CONTOH"
OTHERS = f"; {STRANGERS_NIK}/1950-01-02/BUDI LAIN"
ON_THE_KK = {
    "the same": (CARD, set()),
    "set in another way": (f"{NIK}/1999-08-17/Siti-Contoh.", set()),
    "another date": (f"{NIK}/1999-08-18/SITI CONTOH", {"Tanggal lahir satu orang pada foto 1, 2"}),
    "another name": (f"{NIK}/1999-08-17/SITI LAIN", {"Nama satu orang pada foto 1, 2"}),
    "a date that was not read": (f"{NIK}//SITI CONTOH", set()),
    "nothing that was read of this person": (f"{STRANGERS_NIK}/1999-08-18/BUDI LAIN", set()),
}


@pytest.mark.parametrize("name", ON_THE_KK)
def test_what_two_papers_say_of_one_person_is_a_hint_where_it_differs(
    sapa: Installation, officer: Browser, name: str
) -> None:
    on_the_kk, hints = ON_THE_KK[name]
    citizen = Citizen(sapa, "whatsapp:+6281100000079")
    citizen.begins("mau kirim berkas ktp rusak", "1")
    told = citizen.sends(
        photo("kk", persons=on_the_kk + (OTHERS if NIK in on_the_kk else "")), photo("ktp_el", persons=CARD)
    )
    page = shown(officer, f"/desk/{citizen.files()[0].conversation_id}")
    for hint in ("Tanggal lahir satu orang pada foto 1, 2", "Nama satu orang pada foto 1, 2"):
        assert (hint in page) is (hint in hints)
    assert "berbeda" not in told, "the citizen is not told"
    everything = citizen.everything()
    assert "SITI" not in everything
    assert "1999-08-1" not in everything
