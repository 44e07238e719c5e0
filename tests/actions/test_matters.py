"""Anger, distress and delicate matters are told by words; everyday questions that sound alike are not."""

from __future__ import annotations

import pytest

from actions.matters import matter_in
from bot.contracts import HandOver, HandOverReason, Memory, MessageKind, Said, Talk
from bot.knowledge import Knowledge
from tests.actions.chat import NUMBER, TUESDAY_TEN, Chat, text


def topic_of(knowledge: Knowledge, *texts: str, service: str | None = None) -> str | None:
    said = [Said(number, MessageKind.TEXT, text) for number, text in enumerate(texts)]
    matter = matter_in(said, Talk(TUESDAY_TEN, Memory(service=service)), knowledge)
    return matter.topic if matter else None


TOLD = [
    ("saya mau bunuh diri saja", "self_harm"),
    ("sy pengen mati rasanya", "self_harm"),
    ("capek hidup begini", "self_harm"),
    ("Suami saya pukul saya tiap malam", "violence"),
    ("saya korban KDRT mau pisah kk", "violence"),
    ("napukulka suamiku", "violence"),
    ("tetangga dianiaya ayahnya", "violence"),
    ("saya diancam mantan suami", "threat"),
    ("dia mau bunuh saya", "threat"),
    ("awas kau, kubakar kantor itu", "threat"),
    ("anakku hilang dari tadi pagi", "missing_child"),
    ("anak sy belum pulang dari kemarin", "taken_child"),
    ("anak saya diculik", "taken_child"),
    ("saya putus asa pak", "despair"),
    ("mau kawin beda agama bisa?", "interfaith_marriage"),
    ("istri kedua mau masuk kk", "further_marriage"),
    ("f-1.05 saya ditolak di loket", "dispute_on_f_1_05"),
    ("suami tidak mau tanda tangan F1.05", "dispute_on_f_1_05"),
    ("anak di luar nikah", "unmarried_parents"),
    ("ditinggal suami tanpa cerai", "divorce"),
    ("mau adopsi keponakan", "adoption"),
    ("sy pindah agama", "religion_change"),
    ("mau operasi kelamin", "change_of_sex"),
    ("kami nikah siri", "unrecorded_marriage"),
    ("tolol kau", "insult"),
    ("sundala", "insult"),
    ("kenapa goblok sekali ini jawabannya, dari tadi saya tanya ktp", "insult"),
    ("anjing", "rough_word"),
    ("dasar babi", "rough_word"),
    ("bodoh sekali", "rough_word"),
]


@pytest.mark.parametrize(("said", "topic"), TOLD)
def test_it_is_told_by_its_words(knowledge: Knowledge, said: str, topic: str) -> None:
    assert topic_of(knowledge, said) == topic


@pytest.mark.parametrize(
    "said",
    [
        "bapak saya meninggal kemarin",
        "meninggal karena bunuh diri, syarat aktanya apa",
        "ktp saya mau mati, perpanjang di mana",
        "ktp sudah mati",
        "susah setengah mati urus ini",
        "lebih baik mati lampu daripada antri",
        "besok pukul 8 saya datang",
        "buka pukul berapa",
        "biayanya dipukul rata kah",
        "kami disiksa antri dari subuh",
        "diancam denda berapa kalau telat lapor",
        "katanya ktp diancam diblokir kalau tidak bayar",
        "akta lahir anak saya hilang",
        "kia anakku hilang",
        "kartu anak hilang",
        "anak saya hilang ktp nya",
        "dompet anak saya hilang",
        "anak saya tidak pulang kampung, bisa diwakilkan",
        "nenek sudah tidak kuat jalan ke kantor",
        "adik saya depresi tidak bisa datang rekam",
        "mau menyerahkan berkas",
        "surat jual babi urus di mana",
        "izin ternak babi",
        "vaksin anjing di sini kah",
        "anjing saya hilang",
        "digigit anjing tetangga",
        "maaf saya bodoh soal hp",
        "istri saya marah karena namanya salah",
        "agama di ktp sama kk beda",
        "formulir f-1.05 unduh di mana kalau hilang, bukan itu",
        "salah jenis kelamin di kk",
        "orang gila bisa bikin ktp kah",
        "saya kecewa dengan pelayanannya",
        "lama sekali antrinya",
        "tolong dipercepat",
        "terima kasih banyak",
        "ayah kandungnya siapa yang tanda tangan",
    ],
)
def test_what_only_sounds_alike_hands_nothing_over_by_itself(knowledge: Knowledge, said: str) -> None:
    topic = topic_of(knowledge, said)
    assert topic is None or knowledge.hand_over.matters[topic].hands_over == "unmatched"


def test_a_child_is_not_lost_while_its_card_is_spoken_of(knowledge: Knowledge) -> None:
    assert topic_of(knowledge, "punya anak saya hilang", service="kia") is None
    assert topic_of(knowledge, "anak saya hilang") == "missing_child"


def test_a_sentence_in_pieces_is_heard_as_one(knowledge: Knowledge) -> None:
    assert topic_of(knowledge, "suami saya", "pukul saya") == "violence"


def test_every_matter_is_tried_here(knowledge: Knowledge) -> None:
    assert {topic for _, topic in TOLD} == set(knowledge.hand_over.matters)


def handed(chat: Chat) -> list[tuple[str, HandOverReason]]:
    return [(one.kind, one.reason) for one in chat.decision.commands if isinstance(one, HandOver)]


def test_distress_goes_first_gently_and_with_the_number_for_danger(chat: Chat) -> None:
    answer = chat.say("suami saya pukuli saya, mau pisah kk", "ask_service", "kk_pisah")
    assert handed(chat) == [("talk_to_human", HandOverReason.DISTRESS)]
    assert answer.startswith("Terima kasih sudah menyampaikan")
    assert answer.count("110") == 1
    assert "*Syarat" not in answer
    assert "*Syarat Pisah KK*" in chat.say("1")


def test_distress_in_a_report_of_fraud_stays_one_ticket(chat: Chat) -> None:
    answer = chat.say("calo mengancam saya minta uang", "report_fraud")
    assert handed(chat) == [("report_fraud", HandOverReason.DISTRESS)]
    assert "Jangan bayar" in answer
    assert answer.count(NUMBER) == 1


def test_distress_told_while_waiting_raises_what_waits(chat: Chat) -> None:
    chat.say("petugas")
    chat.say("sy mau bunuh diri saja", "out_of_scope")
    assert handed(chat) == [("talk_to_human", HandOverReason.DISTRESS)]


@pytest.mark.parametrize("intent", ["out_of_scope", "greet", "bot_challenge"])
def test_an_insult_alone_is_answered_with_a_person(chat: Chat, intent: str) -> None:
    answer = chat.say("tolol kau", intent)
    assert handed(chat) == [("talk_to_human", HandOverReason.ANGER)]
    assert answer.startswith("Mohon maaf")


def test_a_clear_question_in_anger_is_answered_and_handed_over(chat: Chat) -> None:
    answer = chat.say("goblok, syarat kk hilang apa", "ask_service", "kk_hilang_rusak")
    assert "Surat kehilangan kepolisian" in answer
    assert handed(chat) == [("talk_to_human", HandOverReason.ANGER)]
    assert "Bicara dengan petugas" not in answer


def test_a_frustrated_question_without_such_a_word_is_only_answered(chat: Chat) -> None:
    chat.say("aduh capek saya, syarat kk hilang apa sih", "ask_service", "kk_hilang_rusak")
    assert chat.decision.commands == ()


def test_an_angry_complaint_is_one_complaint(chat: Chat) -> None:
    chat.say("petugasnya goblok semua", "complaint")
    assert handed(chat) == [("complaint", HandOverReason.COMPLAINT)]


@pytest.mark.parametrize(
    ("said", "intent", "service"),
    [
        ("kami mau nikah beda agama", "ask_service", "akta_perkawinan"),
        ("f-1.05 saya ditolak", "ask_service", "kk_baru_menikah"),
        ("mau operasi kelamin, gantinya bagaimana", "ask_service", None),
        ("suami tidak mau bercerai padahal sudah pergi", "out_of_scope", None),
        ("bayi diadopsi orang tidak dikenal", "ask_proxy", None),
    ],
)
def test_what_no_service_covers_goes_to_a_person_without_asking_why(
    chat: Chat, said: str, intent: str, service: str | None
) -> None:
    confidence = 0.2 if intent == "ask_proxy" else 0.9
    answer = chat.say(said, intent, service, confidence=confidence)
    assert handed(chat) == [("talk_to_human", HandOverReason.SENSITIVE)]
    assert "tidak perlu ditulis" in answer
    assert "mengapa" not in answer.lower()


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("syarat akta perceraian", "akta_perceraian"),
        ("syarat adopsi anak", "pengangkatan_anak"),
        ("anak luar nikah aktanya bagaimana", "akta_lahir_anak_ibu"),
        ("ganti agama di kk", "kk_perubahan_data"),
    ],
)
def test_a_question_about_the_papers_gets_its_card_and_an_officer_at_one_tap(
    chat: Chat, said: str, service: str
) -> None:
    answer = chat.say(said, "ask_service", service)
    assert "*Siapkan" in answer
    assert chat.decision.commands == ()
    assert any(choice.intent == "talk_to_human" for choice in chat.memory.choices)


def test_a_death_alone_is_met_with_condolence_not_with_the_queue(chat: Chat) -> None:
    assert chat.say("bapak saya meninggal", "ask_service", "akta_kematian").startswith("Turut berduka")
    assert chat.decision.commands == ()


def test_anger_beside_another_message_is_handed_over_once(chat: Chat) -> None:
    chat.turn(text("bangsat", "out_of_scope"), text("minta petugas", "talk_to_human"))
    assert handed(chat) == [("talk_to_human", HandOverReason.WISH)]
