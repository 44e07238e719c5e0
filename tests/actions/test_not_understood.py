"""When the meaning is unclear, or the NLU is down: honest, with a way on; a person the second time."""

from __future__ import annotations

import pytest

from actions.keywords import read_keyword
from bot.contracts import HandOver, HandOverReason
from bot.knowledge import Knowledge
from tests.actions.chat import NUMBER, Chat

RANKING = (("ask_cost", 0.3), ("thank", 0.2), ("ask_duration", 0.15), ("ask_proxy", 0.1), ("ask_hours", 0.05))


def test_the_first_time_the_best_meanings_are_offered(chat: Chat) -> None:
    answer = chat.say("itu anu ktp gimana", "ask_cost", "ktp", confidence=0.3, ranking=RANKING)
    assert "1. Biaya KTP-el" in answer
    assert "2. Lama proses KTP-el" in answer
    assert len(chat.memory.choices) == 3
    assert chat.decision.commands == ()
    assert "gratis" in chat.say("1")


MISUNDERSTOOD = HandOver("talk_to_human", HandOverReason.MISUNDERSTOOD)


def test_the_second_time_in_a_row_an_officer_takes_over_without_another_question(chat: Chat) -> None:
    chat.say("blorp blorp blorp", "ask_cost", confidence=0.1, ranking=RANKING)
    assert chat.decision.commands == ()
    answer = chat.say("vrim vrim vrim", "ask_cost", confidence=0.1, ranking=RANKING)
    assert chat.decision.commands == (MISUNDERSTOOD,)
    assert NUMBER in answer
    assert "antrean ke-3" in answer
    assert chat.memory.choices == ()


def test_nonsense_taken_for_another_offices_business_counts_as_not_understood(chat: Chat) -> None:
    chat.say("asdkjh qwe zzz", "out_of_scope")
    chat.say("zzzz kkk ppp", "out_of_scope")
    assert chat.decision.commands == (MISUNDERSTOOD,)


def test_words_of_a_special_case_help_an_unsure_reading(chat: Chat) -> None:
    chat.say("ktp hilang", "ask_service", "ktp_hilang")
    assert "Polsek" in chat.say("harus ke polsek kah", "ask_online", confidence=0.3)


def test_a_short_question_about_the_service_spoken_of_is_not_another_offices_business(chat: Chat) -> None:
    chat.say("akta lahir telat", "ask_service", "akta_lahir_terlambat")
    assert "Syarat Akta lahir terlambat" in chat.say("syaratnya apa", "out_of_scope")


def test_a_word_that_is_always_ours_is_never_out_of_scope(chat: Chat) -> None:
    assert "Syarat NIK tidak ditemukan" in chat.say("nik saya tidak terdaftar di bpjs", "out_of_scope")


def test_an_answer_in_between_starts_anew(chat: Chat) -> None:
    chat.say("blorp blorp blorp", "ask_cost", confidence=0.1, ranking=RANKING)
    chat.say("jam buka", "ask_hours")
    assert chat.memory.misunderstood == 0


def test_a_ticket_is_never_opened_on_a_guess(chat: Chat) -> None:
    chat.say("anu begitu lah", "complaint", confidence=0.3)
    assert chat.decision.commands == ()


def test_without_anything_to_offer_the_menu_is_shown(chat: Chat) -> None:
    assert "1. KTP-el" in chat.say("hm hm hm hm", "out_of_scope", confidence=0.1)


@pytest.mark.parametrize(
    ("said", "intent", "service"),
    [
        ("ktp", "ask_service", "ktp"),
        ("KK", "ask_service", "kk"),
        ("kk sy hilang bgmn urusnya", "ask_service", "kk_hilang_rusak"),
        ("akta lahir", "ask_service", "akta_lahir"),
        ("akte kelahiran", "ask_service", "akta_lahir"),
        ("kia", "ask_service", "kia"),
        ("mau pindah ke makassar", "ask_service", "pindah_keluar"),
        ("pindah", "ask_service", "pindah"),
        ("jam buka", "ask_hours", None),
        ("biayanya berapa", "ask_cost", None),
        ("biaya ktp hilang", "ask_cost", "ktp_hilang"),
        ("cek status", "check_status", None),
        ("petugas", "talk_to_human", None),
        ("menu", "help", None),
        ("petugas minta uang", "report_fraud", None),
        ("terima kasih", "thank", None),
        ("lokasi", "ask_location", None),
    ],
)
def test_everyday_words_are_read_without_the_nlu(
    knowledge: Knowledge, said: str, intent: str, service: str | None
) -> None:
    reading = read_keyword(said, knowledge)
    assert reading
    assert (reading.intent, reading.service) == (intent, service)


def test_no_keyword_no_reading(knowledge: Knowledge) -> None:
    assert read_keyword("apa kabar semuanya", knowledge) is None


def test_with_the_nlu_down_it_says_so_and_the_menu_works(chat: Chat) -> None:
    chat.nlu_available = False
    answer = chat.say("bagaimana kabarnya semua")
    assert "pilihan di bawah" in answer
    assert "tersimpan" in answer
    assert "KTP-el pertama" in chat.say("1")
    assert "Syarat KTP-el hilang" in chat.say("2")
    assert "WITA" in chat.say("jam buka")


def test_a_word_we_ask_people_to_write_always_works(chat: Chat) -> None:
    assert NUMBER in chat.say("petugas", "ask_queue", confidence=0.2)
    assert NUMBER in chat.say("Hapus data saya!", "delete_document")
    assert "1. KTP-el" in chat.say("MENU", "list_services", confidence=0.9)


def test_every_command_we_teach_is_understood(knowledge: Knowledge) -> None:
    assert {"petugas", "menu", "batal", "lapor pungli", "hapus data saya", "pengaduan"} <= set(
        knowledge.keywords.commands
    )
