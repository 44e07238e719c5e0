"""What leaves the database to be labelled names nobody: no number, no date of birth, no address, no name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import Vocabulary, mask

TAUGHT = """
ktp saya hilang bagaimana caranya
kk atas ibu sudah jadi belum
mau tanya nik syarat urus akta kelahiran anak
mau urus kk baru dengan istri saya
nama saya salah di ktp
saya tinggal di pangkep
lahir di mana
indah sekali kantornya
pak bu saya mau urus ktp anak umur 17 kantor buka jam 8
""".strip().splitlines()
WORDS = Vocabulary.of(TAUGHT * 2)
SIGNS = " .-–/()+,:_\u00a0\u200b\u2060"
DIGITS = "0123456789٠١٢٣１２３²①"


def told(text: str, profile_name: str = "") -> str:
    return mask(text, profile_name, WORDS)


def longest_run(text: str) -> int:
    """Digits in a row, whatever signs stand between them."""
    longest = run = 0
    for letter in text:
        if unicodedata.digit(letter, None) is not None:
            run += 1
        elif letter.isalnum():
            run = 0
        longest = max(longest, run)
    return longest


@given(st.text())
def test_no_run_of_five_digits_survives(text: str) -> None:
    assert longest_run(told(text)) < 5


@given(
    st.lists(st.tuples(st.sampled_from(DIGITS), st.text(SIGNS, max_size=3)), min_size=5, max_size=20),
    st.text("abk tp<>", max_size=10),
    st.text("abk tp<>", max_size=10),
)
def test_nor_one_spelled_with_signs_between(number: list[tuple[str, str]], before: str, after: str) -> None:
    spelled = "".join(digit + sign for digit, sign in number)
    assert longest_run(told(f"{before}{spelled}{after}")) < 5


@given(st.lists(st.sampled_from(["Sitti", "MARYAM", "budi", "Santoso", "Ayyub"]), min_size=1, max_size=4))
def test_no_part_of_the_profile_name_survives(names: list[str]) -> None:
    text = told(f"ktp {' '.join(names).lower()} hilang, saya {names[0]}nya", " ".join(names))
    assert not any(name.casefold() in text.casefold() for name in names)


@given(st.text(max_size=60), st.text(max_size=20))
def test_what_is_masked_stays_as_it_is_when_masked_again(text: str, name: str) -> None:
    once = told(text, name)
    assert longest_run(told(once, name)) < 5
    assert "\n" not in once


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("NIK 9971 0000 1234 0001 hilang", "NIK <angka> hilang"),
        ("nik 9971.0000-1234.0001", "nik <angka>"),
        ("hubungi 0811-0000-0001 ya", "<angka>"),
        ("O811 OOOO OOO1 ktp", "<angka> ktp"),
        ("kosong delapan satu satu nol nol", "<angka>"),
        ("kk budi@example.com", "kk <surel>"),
        ("kk budi @ example.com", "kk <surel>"),
        ("lahir 12 mei 1990", "lahir <tanggal>"),
        ("lahir 1/2/90", "lahir <tanggal>"),
        ("anak lahir 3 Agustus", "anak lahir <tanggal>"),
        ("saya tinggal di rt 3 rw 12", "saya tinggal di rt <angka> rw <angka>"),
    ],
)
def test_numbers_dates_and_addresses_are_masked(said: str, kept: str) -> None:
    assert kept in told(said)


@pytest.mark.parametrize(
    "said",
    [
        "nama saya indah, ktp hilang",
        "nama lengkap saya indah lestari",
        "ktp a.n. indah hilang",
        "ktp an. Indah hilang",
        "ktp atas nama indah lestari sudah jadi",
        "ktp atas nama ibu indah sudah jadi",
        "bpk/ibu Indah sudah jadi",
        "saya bernama Indah",
        "pak Indah sudah jadi belum",
        "bu indah-lestari mau tanya",
        "istri saya Indah mau urus kk",
        "mau tanya, ktp Indah Lestari sudah jadi belum",
        "KTP ATAS NAMA INDAH HILANG",
    ],
)
def test_a_name_is_masked_where_names_are_said_though_it_is_a_word_too(said: str) -> None:
    assert "indah" not in told(said).casefold()
    assert "lestari" not in told(said).casefold()


@pytest.mark.parametrize("said", ["ktp rahmawati hilang", "RAHMAWATI mau urus kk", "<rahmawati>", "r̶ahmawati"])
def test_a_name_that_nothing_announces_is_masked_as_a_word_of_one(said: str) -> None:
    assert "rahmawati" not in told(said).casefold()


@pytest.mark.parametrize("said", ["saya b u d i", "ktp B.U.D.I. hilang", "b-u-d-i"])
def test_a_name_spelled_letter_by_letter_is_masked(said: str) -> None:
    assert "<kata>" in told(said)
    assert "d" not in told(said).replace("<kata>", "").casefold()


def test_a_word_of_many_citizens_is_shown() -> None:
    many = WORDS.with_shared(["balanjana"])
    assert mask("ktp balanjana", "", many) == "ktp balanjana"
    assert told("ktp balanjana") == "ktp <kata>"


@pytest.mark.parametrize(
    "said",
    ["nama saya salah di ktp", "KTP SAYA HILANG", "mau tnya syrat urus akta kelahirn", "anak umur 17", "Ktp hilaaang"],
)
def test_what_people_ordinarily_write_stays(said: str) -> None:
    assert told(said) == said
