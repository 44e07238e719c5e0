"""WhatsApp's formatting as a page shows it."""

from __future__ import annotations

import pytest

from bot.web.whatsapp_text import offered_choices, whatsapp_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("bawa *KTP asli* ya", "bawa <strong>KTP asli</strong> ya"),
        ("_miring_ ~salah~ ```12```", "<em>miring</em> <s>salah</s> <code>12</code>"),
        ("*_keduanya_*", "<strong><em>keduanya</em></strong>"),
        ("*a* dan *b*", "<strong>a</strong> dan <strong>b</strong>"),
        ("2*3*4, a_b_c", "2*3*4, a_b_c"),
        ("* bukan tebal *", "* bukan tebal *"),
        ("*buka\ntutup*", "*buka\ntutup*"),
        ("<b onclick='x'>&</b>", "&lt;b onclick=&#39;x&#39;&gt;&amp;&lt;/b&gt;"),
    ],
)
def test_marks_become_type_and_everything_else_is_escaped(text: str, html: str) -> None:
    assert str(whatsapp_html(text)) == html


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Yang mana?\n1. Hilang\n2. Rusak", ["1", "2"]),
        ("Yang mana?\n*1.* Hilang\n*2.* Rusak\n\nBalas dengan angkanya.", ["1", "2"]),
        ("Siapkan:\n1. KTP\n2. KK\n\nBiaya: gratis.\nTarget: 1 hari.", []),
        ("Siapkan:\n1. KTP\n2. KK\n\nLanjut?\n1. Ya\n2. Tidak", ["1", "2"]),
        ("Ada lanjutannya.\n\nBalas *1* untuk syarat selengkapnya.", ["1"]),
        ("mulai dari dua\n2. Rusak\n3. Baru", []),
        ("Selamat pagi", []),
        ("", []),
    ],
)
def test_choices_are_the_numbered_list_that_ends_a_message(text: str, numbers: list[str]) -> None:
    assert [number for number, _ in offered_choices(text)] == numbers


def test_a_choice_is_shown_without_its_marks() -> None:
    assert offered_choices("1. *Hilang*\n2) Rusak") == [("1", "Hilang"), ("2", "Rusak")]
