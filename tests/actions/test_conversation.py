"""What is carried over, what is answered together, and what is answered once."""

from __future__ import annotations

from actions.turn import answer
from bot.contracts import Choice, ConversationState, Memory, MessageKind, Said, Talk, Turn
from bot.knowledge import Knowledge
from tests.actions.chat import TUESDAY_TEN, Chat, read, text


def test_the_cost_of_what_was_spoken_of(chat: Chat) -> None:
    assert "Surat kehilangan kepolisian" in chat.say("kk hilang", "ask_service", "kk_hilang_rusak")
    cost = chat.say("kalau biayanya?", "ask_cost")
    assert "KK hilang/rusak" in cost
    assert "gratis" in cost


def test_the_service_is_carried_over_and_named(chat: Chat) -> None:
    chat.say("ktp rusak", "ask_service", "ktp_rusak")
    for intent in ("ask_cost", "ask_duration", "ask_online", "ask_form", "ask_proxy", "ask_definition"):
        assert "KTP-el rusak" in chat.say("kalau itu?", intent), intent


def test_another_service_named_takes_over(chat: Chat) -> None:
    chat.say("ktp rusak", "ask_service", "ktp_rusak")
    assert "Akta kematian" in chat.say("biaya akta kematian", "ask_cost", "akta_kematian")
    assert "Akta kematian" in chat.say("berapa lama", "ask_duration")


def test_an_unknown_service_id_is_no_service(chat: Chat) -> None:
    assert "dokumen apa" in chat.say("syarat", "ask_service", "no_such_service")


def test_two_questions_of_one_message_are_both_answered(chat: Chat) -> None:
    also = (read("biayanya berapa", "ask_cost"),)
    told = chat.say("syarat ktp hilang, biayanya berapa", "ask_service", "ktp_hilang", also=also)
    assert "*Syarat KTP-el hilang*" in told
    assert "Untuk *KTP-el hilang* biayanya *gratis*" in told
    assert chat.decision.intents == ("ask_service", "ask_cost")


def test_two_messages_with_two_questions_are_both_answered(chat: Chat) -> None:
    told = chat.turn(text("syarat ktp hilang", "ask_service", "ktp_hilang"), text("jam buka", "ask_hours"))
    assert "Syarat KTP-el hilang" in told
    assert "WITA" in told


def test_a_question_without_a_service_takes_it_from_the_one_beside_it(chat: Chat) -> None:
    told = chat.turn(text("biayanya berapa", "ask_cost"), text("yang akta lahir", "ask_duration", "akta_lahir"))
    assert "Untuk *Akta lahir bayi baru* biayanya" in told


def test_one_sentence_in_pieces_is_read_together(chat: Chat) -> None:
    together = read("kk sy hilang bgmn urusnya", "ask_service", "kk_hilang_rusak")
    told = chat.turn(
        text("kk sy", "ask_service", "kk"),
        text("hilang", "ask_service", "ktp_hilang", confidence=0.3),
        text("bgmn urusnya", "ask_service", confidence=0.4),
        together=together,
    )
    assert told.count("*Syarat") == 1
    assert "KK hilang/rusak" in told


def test_sure_pieces_that_name_different_services_of_one_sentence_are_read_together(chat: Chat) -> None:
    together = read("kk sy hilang", "ask_service", "kk_hilang_rusak")
    told = chat.turn(text("kk sy", "ask_service", "kk"), text("hilang", "ask_service", "ktp_hilang"), together=together)
    assert "KTP-el hilang" not in told
    assert "yang mana" not in told
    assert "KK hilang/rusak" in told


def test_a_piece_that_is_nobodys_business_by_itself_is_read_together(chat: Chat) -> None:
    together = read("kk sy hilang", "ask_service", "kk_hilang_rusak")
    told = chat.turn(text("kk sy", "ask_service", "kk"), text("hilang", "out_of_scope"), together=together)
    assert "Syarat KK hilang/rusak" in told


def test_two_clear_questions_are_not_lost_beside_an_unclear_piece(chat: Chat) -> None:
    told = chat.turn(
        text("syarat ktp hilang", "ask_service", "ktp_hilang"),
        text("jam buka", "ask_hours"),
        text("anu itu yang kemarin", "suggestion", confidence=0.2),
        together=read("semuanya", "ask_hours"),
    )
    assert "Syarat KTP-el hilang" in told
    assert "WITA" in told


def test_the_same_question_twice_is_answered_once(chat: Chat) -> None:
    told = chat.turn(text("ktp", "ask_service", "ktp"), text("ktp hilang", "ask_service", "ktp_hilang"))
    assert told.count("KTP-el hilang") == 1
    assert chat.turn(*[text("jam buka", "ask_hours")] * 4).count("Jam loket") == 1


def test_small_talk_is_left_out_beside_a_question(chat: Chat) -> None:
    told = chat.turn(
        text("halo", "greet"), text("kk hilang", "ask_service", "kk_hilang_rusak"), text("makasih", "thank")
    )
    assert told.startswith("*Syarat KK hilang/rusak*")
    assert "Sama-sama" not in told


def test_at_most_three_questions_are_answered_and_the_rest_is_not_lost_silently(chat: Chat) -> None:
    asked = ("ask_hours", "ask_location", "ask_contact", "ask_queue")
    told = chat.turn(*[text(intent, intent) for intent in asked])
    assert chat.decision.intents == asked[:3]
    assert "belum terjawab" in told


def test_what_was_not_understood_beside_an_answer_is_asked_for_again(chat: Chat) -> None:
    told = chat.turn(text("jam buka", "ask_hours"), text("xx yy zz ww", "suggestion", confidence=0.1))
    assert "belum terjawab" in told
    assert chat.decision.commands == ()


def test_first_contact_says_who_answers(chat: Chat) -> None:
    chat.first_contact = True
    assert "asisten otomatis" in chat.say("kk hilang", "ask_service", "kk_hilang_rusak")
    assert "asisten otomatis" not in chat.say("kalau biayanya?", "ask_cost")


def test_the_first_greeting_introduces_the_assistant_and_what_it_can_do(chat: Chat) -> None:
    chat.first_contact = True
    told = chat.say("assalamualaikum", "greet")
    assert told.startswith("Waalaikumsalam")
    assert "bukan orang" in told
    assert "OTP" in told
    assert told.count("asisten otomatis") == 1


def test_cancel_forgets_what_was_spoken_of(chat: Chat) -> None:
    chat.say("ktp rusak", "ask_service", "ktp_rusak")
    chat.say("batal")
    assert chat.memory.service is None


def test_nothing_is_said_while_an_officer_holds_the_conversation(knowledge: Knowledge) -> None:
    memory = Memory(service="ktp", choices=(Choice("x", "help"),))
    talk = Talk(TUESDAY_TEN, memory, ConversationState.WITH_OFFICER)
    decision = answer(Turn((Said(1, MessageKind.TEXT, "halo", reading=read("halo", "greet")),)), talk, knowledge)
    assert decision.replies == ()
    assert decision.memory == memory
