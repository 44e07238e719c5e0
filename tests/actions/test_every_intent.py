"""Every intent is answered, usefully and within a phone's screen, also when nothing about the office is known."""

from __future__ import annotations

import re

import pytest

from actions import ACTIONS
from bot.knowledge import Knowledge
from tests.actions.chat import NUMBER, Chat

SAID = {
    "ask_service": ("syarat kk hilang", "kk_hilang_rusak", "kepolisian"),
    "ask_cost": ("berapa biayanya", "ktp_hilang", "gratis"),
    "ask_duration": ("berapa lama jadi", "akta_lahir", "target"),
    "ask_online": ("bisa online?", "kk_pisah", "ICORE"),
    "ask_form": ("formulirnya apa", "pindah_keluar", "F-1.03"),
    "ask_proxy": ("bisa diwakilkan?", "ktp_baru", "tidak bisa diwakilkan"),
    "ask_definition": ("apa itu kia", "kia", "identitas resmi anak"),
    "ask_authenticity": ("cara cek kk asli", None, "kemendagri.go.id"),
    "ask_hours": ("jam berapa buka", None, "WITA"),
    "ask_location": ("di mana kantornya", None, "Pangkep"),
    "ask_contact": ("minta nomor telepon", None, "1500-537"),
    "ask_queue": ("antrian ramai?", None, "Antrean"),
    "list_services": ("layanan apa saja", None, "41 layanan"),
    "start_submission": ("mau kirim berkas akta lahir", "akta_lahir", "SETUJU"),
    "replace_document": ("ganti foto kk tadi", None, NUMBER),
    "delete_document": ("salah kirim foto", None, NUMBER),
    "check_status": ("sampai mana berkas saya", None, NUMBER),
    "collect_document": ("ambil di mana", "ktp_hilang", "loket"),
    "cancel_request": ("batalkan permohonan saya", None, NUMBER),
    "talk_to_human": ("mau bicara dengan orang", None, NUMBER),
    "complaint": ("saya kecewa", None, NUMBER),
    "report_fraud": ("ada yang minta uang", None, NUMBER),
    "suggestion": ("saran saya tambah kursi", None, NUMBER),
    "take_survey": ("mau isi survei", None, NUMBER),
    "privacy_request": ("minta salinan data saya", None, NUMBER),
    "app_trouble": ("icore tidak bisa dibuka", None, "ICORE"),
    "greet": ("halo", None, "Selamat pagi"),
    "thank": ("makasih", None, "Sama-sama"),
    "goodbye": ("sudah cukup", None, "Sampai jumpa"),
    "affirm": ("iya", None, "keperluan"),
    "deny": ("bukan", None, "keperluan"),
    "cancel": ("tidak jadi", None, "dari awal"),
    "help": ("bingung caranya", None, "Jam buka"),
    "bot_challenge": ("ini robot?", None, "bukan orang"),
    "out_of_scope": ("siapa presiden", None, "dokumen kependudukan"),
}
FORBIDDEN = re.compile(r"\bsistem\b|\berror\b|\binvalid\b|[a-z]_[a-z]|\{|\}|None", re.IGNORECASE)


def test_every_intent_of_the_taxonomy_has_an_action_and_is_tried_here(knowledge: Knowledge) -> None:
    assert set(ACTIONS) == set(knowledge.intents) == set(SAID)


@pytest.mark.parametrize("intent", SAID)
def test_it_is_answered_to_the_point(chat: Chat, intent: str) -> None:
    said, service, expected = SAID[intent]
    answer = chat.say(said, intent, service)
    assert expected in answer
    assert chat.decision.intents == (intent,)


@pytest.mark.parametrize("intent", SAID)
@pytest.mark.parametrize("service", [None, "ktp", "kk", "akta", "konsolidasi_nik", "akta_kematian", "nonsense"])
def test_whatever_it_speaks_of_the_answer_is_short_and_plain(chat: Chat, intent: str, service: str | None) -> None:
    answer = chat.say("bagaimana ini", intent, service)
    assert answer
    assert not FORBIDDEN.search(answer), answer
    assert len(answer) <= 1_250, "a card and its choices fit one message"
    assert all(len(text) <= 1_000 for text in chat.texts())


def test_every_subject_can_be_asked_everything(chat: Chat, knowledge: Knowledge) -> None:
    for intent, entry in knowledge.intents.items():
        if entry.service_role == "no":
            continue
        for subject in (*knowledge.services, *knowledge.families):
            answer = chat.say("bagaimana ini", intent, subject)
            assert not FORBIDDEN.search(answer), (intent, subject, answer)
            assert all(0 < len(text) <= 1_000 for text in chat.texts()), (intent, subject)


def test_only_addresses_of_the_allow_list_are_told(chat: Chat, knowledge: Knowledge) -> None:
    told = set()
    for intent in knowledge.intents:
        for subject in (None, *knowledge.services, *knowledge.families):
            chat.waits = False
            told |= set(re.findall(r"[\w-]+(?:\.[\w-]+)*\.(?:id|com|org|net)\b", chat.say("x y", intent, subject)))
    assert told <= set(knowledge.office.links)
    assert told
