"""Special cases get their ready answer, and only when they are spoken of."""

from __future__ import annotations

import pytest

from tests.actions.chat import Chat


@pytest.mark.parametrize(
    ("said", "intent", "service", "expected"),
    [
        ("nikah beda agama bisa dicatat", "ask_service", "akta_perkawinan", "petugas"),
        ("perlu surat pengantar rt?", "ask_service", None, "Perpres 96/2018"),
        ("ktp masa berlaku habis", "ask_service", "ktp", "seumur hidup"),
        ("umur 16 bisa rekam ktp?", "ask_service", "ktp_baru", "17 tahun"),
        ("ktp hilang saya di luar daerah", "ask_service", "ktp_hilang", "bermeterai"),
        ("blangko kosong kah", "collect_document", "ktp", "IKD"),
        ("nikah siri bisa satu kk?", "ask_service", "kk_baru_menikah", "isbat nikah"),
        ("kertas biasa sah tidak", "ask_authenticity", None, "HVS"),
        ("ada calo bisa bayar biar cepat", "ask_cost", None, "calo"),
        ("cetak sendiri kk boleh", "ask_online", "kk", "HVS"),
        ("lupa password icore", "app_trouble", None, "Lupa kata sandi"),
        ("apa itu icore", "ask_definition", None, "Android"),
        ("nomor pusat dukcapil", "ask_contact", None, "1500-537"),
        ("bikin paspor di sini?", "out_of_scope", None, "Imigrasi"),
        ("surat keterangan domisili", "ask_service", "penduduk_nonpermanen", "desa/kelurahan"),
    ],
)
def test_it_gets_its_ready_answer(chat: Chat, said: str, intent: str, service: str | None, expected: str) -> None:
    assert expected in chat.say(said, intent, service)


def test_the_requirements_stay_one_number_away(chat: Chat) -> None:
    chat.say("nikah siri bisa satu kk?", "ask_service", "kk_baru_menikah")
    assert "Syarat KK baru (menikah)" in chat.say("1")


def test_another_service_does_not_get_it(chat: Chat) -> None:
    assert "seumur hidup" not in chat.say("kk perpanjang", "ask_service", "kk_hilang_rusak")


def test_a_court_case_and_a_late_report_are_told_without_an_amount(chat: Chat) -> None:
    assert "pengadilan" in chat.say("biaya ganti nama", "ask_cost", "perubahan_nama")
    fine = chat.say("kena denda kah", "ask_cost", "akta_lahir_terlambat")
    assert "Perda" in fine
    assert "Rp1" not in fine
