"""Open or closed, now and on the day asked for, by the office's own clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.actions.chat import Chat


def at(day: str, clock: str) -> datetime:
    """An instant by Makassar's clock."""
    return datetime.fromisoformat(f"{day}T{clock}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at("2026-11-24", "10:00"), "Sekarang *buka* sampai pukul 12.00, lalu istirahat sampai 13.00 WITA."),
        (at("2026-11-24", "15:59"), "Sekarang *buka* sampai pukul 16.00 WITA."),
        (at("2026-11-24", "12:30"), "*tutup* karena istirahat siang. Buka lagi hari ini pukul 13.00 WITA."),
        (at("2026-11-27", "12:00"), "*tutup* karena istirahat dan salat Jumat. Buka lagi hari ini pukul 13.00"),
        (at("2026-11-24", "06:00"), "*belum buka*. Buka hari ini pukul 08.00 WITA."),
        (at("2026-11-24", "20:00"), "*sudah tutup*. Buka lagi besok, Rabu, 25 November 2026 pukul 08.00 WITA."),
        (at("2026-11-28", "10:00"), "karena akhir pekan. Buka lagi Senin, 30 November 2026 pukul 08.00 WITA."),
        (at("2026-12-24", "10:00"), "(Cuti Bersama Hari Raya Natal). Buka lagi Senin, 28 Desember 2026 pukul"),
        (at("2026-02-25", "15:30"), "*sudah tutup*. Buka lagi besok, Kamis, 26 Februari 2026 pukul 08.00 WITA."),
    ],
)
def test_it_tells_open_or_closed_now_and_the_next_opening(chat: Chat, now: datetime, expected: str) -> None:
    chat.now = now
    assert expected in chat.say("buka kah", "ask_hours")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("besok buka?", "Besok, Rabu, 25 November 2026: *buka* pukul 08.00–12.00 dan 13.00–16.00 WITA."),
        ("kalau hari jumat?", "Jumat, 27 November 2026: *buka* pukul 08.00–11.30 dan 13.00–16.30 WITA."),
        ("sabtu buka kah", "Sabtu, 28 November 2026: *tutup* (akhir pekan)."),
        ("hari minggu bisa ke kantor", "Minggu, 29 November 2026: *tutup*"),
        ("tgl 24 desember buka?", "Kamis, 24 Desember 2026: *tutup* (Cuti Bersama Hari Raya Natal)."),
        ("lusa libur?", "Kamis, 26 November 2026: *buka*"),
        ("tgl 8 maret buka?", "menunggu pengumuman resmi"),
    ],
)
def test_it_tells_of_the_day_asked_for(chat: Chat, said: str, expected: str) -> None:
    assert expected in chat.say(said, "ask_hours")


def test_next_week_is_not_sunday(chat: Chat) -> None:
    assert "Minggu, 29" not in chat.say("minggu depan buka?", "ask_hours")


def test_ramadan_hours_are_told_as_to_be_confirmed(chat: Chat) -> None:
    answer = chat.say("jam buka bulan puasa", "ask_hours")
    assert "08.00–12.00 dan 12.30–15.00" in answer
    assert "memastikan" in answer


@pytest.mark.parametrize(
    ("clock", "greeting"),
    [
        ("05:00", "pagi"),
        ("10:59", "pagi"),
        ("11:00", "siang"),
        ("15:00", "sore"),
        ("18:00", "malam"),
        ("02:00", "malam"),
    ],
)
def test_the_greeting_goes_by_the_offices_clock(chat: Chat, clock: str, greeting: str) -> None:
    chat.now = at("2026-11-24", clock)
    assert chat.say("halo", "greet").startswith(f"Selamat {greeting}")
