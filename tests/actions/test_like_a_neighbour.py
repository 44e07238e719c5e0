"""Small things of everyday talk: corrections, fragments, salam, tears, anger, two wishes at once."""

from __future__ import annotations

import pytest

from bot.contracts import MessageKind, Said
from tests.actions.chat import NUMBER, Chat, read, text


@pytest.mark.parametrize("said", ["eh bukan, maksud sy kk", "bukan ktp tapi kk", "salah pak, kk"])
def test_a_correction_that_names_the_service_is_followed(chat: Chat, said: str) -> None:
    chat.say("ktp", "ask_service", "ktp")
    assert "Kartu Keluarga" in chat.say(said, "deny")


def test_what_is_denied_is_not_offered(chat: Chat) -> None:
    chat.say("kia", "ask_service", "kia")
    assert "Kartu Keluarga" not in chat.say("bukan kk", "ask_service", "kk")
    assert "Kartu Keluarga" not in chat.say("maksudku bukan kk", "deny")


def test_being_misread_is_apologised_for(chat: Chat) -> None:
    assert "salah menangkap" in chat.say("bukan itu maksudku", "deny")


@pytest.mark.parametrize(
    ("before", "said", "now"),
    [
        ("kk", "yang hilang", "KK hilang/rusak"),
        ("akta_lahir", "yg telat", "Akta lahir terlambat"),
        ("ktp_rusak", "kalau hilang", "KTP-el hilang"),
    ],
)
@pytest.mark.parametrize(("intent", "confidence"), [("ask_proxy", 0.2), ("out_of_scope", 0.9)])
def test_a_word_narrows_what_was_spoken_of(
    chat: Chat, before: str, said: str, now: str, intent: str, confidence: float
) -> None:
    chat.say("syaratnya", "ask_service", before)
    chat.say("biayanya", "ask_cost")
    assert f"Syarat {now}" in chat.say(said, intent, confidence=confidence)


def test_another_things_loss_is_not_the_cards(chat: Chat) -> None:
    chat.say("syarat ktp", "ask_service", "ktp_rusak")
    assert "Syarat" not in chat.say("motor saya hilang", "out_of_scope")


def test_how_to_about_the_service_spoken_of_tells_the_steps(chat: Chat) -> None:
    chat.say("kk robek", "ask_service", "kk_hilang_rusak")
    assert "Langkahnya" in chat.say("bagaimana caranya", "help")


def test_only_calling_somebody_is_a_greeting(chat: Chat) -> None:
    assert "Selamat pagi" in chat.say("min", "take_survey", confidence=0.23)


def test_a_salam_before_the_first_question_is_returned(chat: Chat) -> None:
    chat.first_contact = True
    assert chat.say("assalamualaikum kk saya robek", "ask_service", "kk_hilang_rusak").startswith("Waalaikumsalam")


@pytest.mark.parametrize("said", ["😡", "😭😭"])
def test_a_sign_of_anger_or_tears_is_answered_calmly_with_a_person_at_hand(chat: Chat, said: str) -> None:
    answer = chat.say(said, "out_of_scope")
    assert "Mohon maaf" in answer
    assert "petugas" in answer
    assert NUMBER not in answer


def test_a_filler_word_opens_no_request(chat: Chat) -> None:
    chat.say("sy", "check_status", confidence=0.55)
    assert chat.decision.commands == ()


def test_nothing_startling_is_offered_on_a_faint_hint(chat: Chat) -> None:
    ranking = (("cancel_request", 0.16), ("delete_document", 0.15), ("ask_proxy", 0.12))
    chat.say("meninggal di rumah", "ask_service", "akta_kematian")
    answer = chat.say("saya masih sedih pak", "cancel_request", confidence=0.16, ranking=ranking)
    assert "Batalkan" not in answer
    assert "Hapus" not in answer
    assert "Bicara dengan petugas" in answer


def test_two_families_are_taken_one_by_one(chat: Chat) -> None:
    also = (read("ktp", "ask_service", "ktp"),)
    answer = chat.say("mau urus kk sama ktp", "ask_service", "kk", also=also)
    assert "Mulai dari yang mana" in answer
    assert "KTP-el pertama" in chat.say("2")


def test_the_question_back_stands_beside_its_choices(chat: Chat) -> None:
    answer = chat.say("syarat kia dan jam buka", "ask_service", "kia", also=(read("jam buka", "ask_hours"),))
    assert answer.index("Jam loket") < answer.index("yang mana") < answer.index("1. KIA")


def test_choices_of_two_services_are_told_apart(chat: Chat) -> None:
    also = (read("pindah masuk", "ask_service", "pindah_datang"),)
    answer = chat.say("pindah keluar sama pindah masuk", "ask_service", "pindah_keluar", also=also)
    assert "1. Langkah mengurusnya: Pindah keluar Pangkep" in answer
    assert "3. Langkah mengurusnya: Pindah masuk Pangkep" in answer


def test_four_questions_leave_none_over_when_the_card_tells_two(chat: Chat) -> None:
    answer = chat.say(
        "syarat, lama, biaya, diwakilkan",
        "ask_service",
        "pindah_datang",
        also=(read("lamanya", "ask_duration"), read("biaya", "ask_cost"), read("diwakilkan", "ask_proxy")),
    )
    assert "bisa diwakilkan" in answer
    assert "belum terjawab" not in answer


def test_a_holiday_is_known_by_its_name(chat: Chat) -> None:
    assert "25 Desember 2026: *tutup* (Hari Raya Natal)" in chat.say("natal buka?", "ask_hours")
    assert "1 Januari 2027" in chat.say("tahun baru buka tidak", "ask_hours")


def test_where_a_service_is_done_is_told_with_the_place(chat: Chat) -> None:
    answer = chat.say("akta kematiannya diurus dimana", "ask_location")
    assert "*Akta kematian*: di loket" in answer
    assert "Akta kematian" in chat.say("biayanya", "ask_cost")


def test_asking_whether_paying_helps_reports_nobody(chat: Chat) -> None:
    answer = chat.say("bisa bayar lebih biar cepat?", "report_fraud")
    assert chat.decision.commands == ()
    assert "gratis" in answer
    assert NUMBER in chat.say("1")


def test_who_speaks_instead_of_writing_reaches_a_person_by_a_number(chat: Chat) -> None:
    assert "Balas *1*" in chat.turn(Said(1, MessageKind.VOICE, files=1))
    assert NUMBER in chat.say("1")


def test_a_voice_message_takes_no_choices_back(chat: Chat) -> None:
    chat.turn(text("ktp", "ask_service", "ktp"))
    chat.turn(Said(1, MessageKind.VOICE, files=1))
    assert "Syarat KTP-el hilang" in chat.say("2")


def test_an_age_told_afterwards_keeps_to_what_was_spoken_of(chat: Chat) -> None:
    chat.say("mau buat ktp pertama", "ask_service", "ktp_baru")
    assert "Syarat KIA" not in chat.say("umur 16 thn 8 bln", "ask_service", "kia_5_17")
    chat.say("anakku belum masuk kk", "ask_service", "kk_tambah_anggota")
    assert "Syarat KIA" not in chat.say("umurnya 2 tahun", "ask_service", "kia_0_5")
    assert "Syarat KIA" in chat.say("umur 2 tahun mau buat kia", "ask_service", "kia_0_5")


def test_a_divorce_before_the_religious_court_is_not_sent_for_the_wrong_deed(chat: Chat) -> None:
    answer = chat.say("akta cerainya dari pengadilan agama", "ask_service", "akta_perceraian")
    assert "Islam" in answer
    assert "balas *petugas*" in answer


def test_an_old_death_is_answered_with_condolence(chat: Chat) -> None:
    answer = chat.say("nenek saya meninggal tahun 2010", "ask_service", "akta_kematian")
    assert answer.startswith("Turut berduka")
    assert "Tetap bisa" in answer
    assert "2. Bicara dengan petugas" in answer


def test_what_is_asked_of_an_officer_by_message_offers_the_officer(chat: Chat) -> None:
    assert "Bicara dengan petugas" in chat.say("petugas ke rumah", "ask_service", "jemput_bola")


def test_a_forms_uses_are_no_wall_of_names(chat: Chat) -> None:
    answer = chat.say("kirim formulir f-1.02", "ask_form")
    assert "dan lainnya" in answer
    assert len(answer) < 350
