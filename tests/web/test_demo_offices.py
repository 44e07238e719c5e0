"""The demo's two offices as the simulator tells of them: hours, targets, and a hand-over that climbs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.gateways.fake_mail import FakeMailControl
from bot.web.demo_staff import TRAINING_SENDER
from tests.demo import demo_installation, tick
from tests.installation import Installation

NUR, ANDI, MINA, YUSUF = (
    "whatsapp:ID.contohpengguna",
    "whatsapp:+6281100000021",
    "whatsapp:+6281100000022",
    "whatsapp:+6281100000023",
)
SUNDAY = datetime(2026, 11, 22, 2, tzinfo=UTC)  # 10.00 WITA
TUESDAY = datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.fixture
def demo(database_url: str, nlu_url: str) -> Iterator[Installation]:
    with demo_installation(database_url, nlu_url) as sapa:
        at(sapa, TUESDAY)
        yield sapa


def at(sapa: Installation, moment: datetime) -> None:
    sapa.clock.ahead = moment - datetime.now(UTC)


def told(sapa: Installation, office: str) -> str:
    """What the page says of an office, its spaces as one."""
    return " ".join(sapa.app.test_client().get(f"/simulator/office?office={office}").text.split())


def test_the_page_says_plainly_that_an_office_is_closed_and_where_somebody_is(demo: Installation) -> None:
    assert "Kantor buka sampai 12.00. Batas jawaban petugas: 120 menit" in told(demo, "PKP")
    at(demo, SUNDAY)
    assert "Petugas baru diberi tahu saat kantor buka: Senin 08.00." in told(demo, "PKP")
    assert "Coba kantor latihan" in told(demo, "PKP")
    assert "Kantor latihan selalu buka. Batas jawaban petugas: 4 menit" in told(demo, "LAT")


def test_in_the_training_office_a_hand_over_climbs_to_the_supervisor_within_minutes(demo: Installation) -> None:
    at(demo, SUNDAY)
    hand_over(demo)
    minutes: dict[str, list[int]] = {ANDI: [], YUSUF: []}
    for minute in range(8):
        tick(demo)
        for who, heard in minutes.items():
            heard += [minute] * (len(demo.control.sent(who)) - len(heard))
        demo.clock.advance(minutes=1)
    assert minutes == {ANDI: [0, 2, 3, 4, 5, 6], YUSUF: [6]}
    assert "supervisor <time>10.09" in told(demo, "LAT")  # and again, until somebody acts
    mails = FakeMailControl(demo.settings.twilio_api_url).mails("yusuf@latihan.example")
    assert [mail.subject.partition(":")[0] for mail in mails] == ["Belum ada yang bertindak"]
    assert mails[0].subject in demo.app.test_client().get("/simulator?office=LAT").text


def test_the_page_shows_the_coming_levels_until_somebody_answers(demo: Installation) -> None:
    assert "Tidak ada warga yang menunggu" in told(demo, "LAT")
    hand_over(demo)
    tick(demo)
    page = told(demo, "LAT")
    assert "LAT-2611-0001" in page
    assert "separuh waktu <time>10.02" in page
    assert "supervisor <time>10.06" in page
    assert "LAT-" not in told(demo, "PKP")
    demo.control.press(demo.control.sent(MINA)[-1].sid, wait=True)
    demo.settle()
    assert "sekarang Anda pegang" in demo.control.sent(MINA)[-1].body
    assert "dipegang Mina Latihan" in told(demo, "LAT")


def hand_over(sapa: Installation) -> None:
    sapa.control.write(NUR, TRAINING_SENDER, "saya mau bicara dengan petugas", wait=True)
    sapa.settle()
