"""The marriage book of the KUA: inside pages of a small green or brown booklet."""

from __future__ import annotations

from tests.pictures import marks
from tests.pictures.papers.paper import Case, Layout
from tests.pictures.people import Person, in_words
from tests.pictures.sheet import Ink, Sheet

PAGE = (88.0, 125.0)
OPEN = (176.0, 125.0)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
GREEN: Ink = (222, 236, 214)
BROWN: Ink = (240, 228, 206)


def _number(case: Case) -> str:
    return f"{case.serial % 900 + 1:04d}/{case.serial % 60 + 1:03d}/{ROMAN[case.day.month - 1]}/{case.day.year}"


def _one(person: Person) -> list[tuple[str, str]]:
    return [
        ("Nama lengkap", person.name),
        ("NIK", person.nik),
        ("Tempat lahir", person.place.title()),
        ("Tgl. lahir", in_words(person.born)),
        ("Warga negara", "Indonesia"),
        ("Agama", "Islam"),
        ("Pekerjaan", person.job),
        ("Alamat", person.village.title()),
    ]


def _wedding(sheet: Sheet, case: Case, x: float, top: float) -> float:
    rows = [
        ("Hari, tanggal", in_words(case.day)),
        ("Pukul", f"{8 + case.serial % 8:02d}.00 WITA"),
        ("KUA Kecamatan", case.person.district.title()),
        ("Kabupaten", "Pangkep"),
        ("Wali nikah", case.witnesses[0].name.title()),
        ("Mas kawin", f"Emas {case.serial % 20 + 2} gram"),
        ("Saksi", case.witnesses[1].name.title()),
    ]
    return sheet.fields((x, top), rows, 2.7, sheet.faces.serif, colon=22, leading=1.7)


def _title(sheet: Sheet, case: Case, middle: float) -> None:
    marks.emblem(sheet, (middle, 12), 10)
    sheet.text((middle, 23), "KUTIPAN AKTA NIKAH", 4.2, sheet.faces.serif, bold=True, anchor="ms")
    sheet.text((middle, 28.5), f"Nomor : {_number(case)}", 3.0, sheet.faces.serif, anchor="ms")


def _signed(sheet: Sheet, x: float, y: float) -> None:
    sheet.text((x, y), "Kepala KUA / PPN", 2.7, sheet.faces.serif, anchor="ms")
    marks.signature(sheet, (x - 9, y + 9), 18)
    marks.stamp(sheet, (x - 10, y + 8), 20, "K U A", (40, 60, 140))
    sheet.text((x, y + 16), "H. Takdir Makkasau", 2.8, sheet.faces.serif, bold=True, anchor="ms")


def one_page(sheet: Sheet, case: Case) -> None:
    marks.security_print(sheet, (206, 224, 198), 34)
    serif = sheet.faces.serif
    _title(sheet, case, 44)
    sheet.text((8, 35), "I. SUAMI", 2.8, serif, bold=True)
    y = sheet.fields((8, 39.5), _one(case.man)[:6], 2.6, serif, colon=20, leading=1.5)
    sheet.text((8, y + 1), "II. ISTRI", 2.8, serif, bold=True)
    y = sheet.fields((8, y + 5.5), _one(case.woman)[:6], 2.6, serif, colon=20, leading=1.5)
    sheet.text((8, y + 1), f"Akad nikah : {in_words(case.day)}", 2.6, serif)
    _signed(sheet, 62, y + 8)


def open_book(sheet: Sheet, case: Case) -> None:
    """Two facing pages: both persons on the left, the wedding on the right."""
    marks.security_print(sheet, (226, 212, 186), 30)
    serif = sheet.faces.serif
    sheet.line((88, 0), (88, 125), 0.7, (150, 132, 104))
    sheet.text((10, 12), "A. SUAMI", 3.0, serif, bold=True)
    y = sheet.fields((10, 18), _one(case.man), 2.7, serif, colon=22, leading=1.6)
    sheet.text((10, y + 5), "B. ISTRI", 3.0, serif, bold=True)
    sheet.fields((10, y + 11), _one(case.woman), 2.7, serif, colon=22, leading=1.6)
    _title(sheet, case, 132)
    y = _wedding(sheet, case, 97, 38)
    _signed(sheet, 146, y + 8)


def with_portraits(sheet: Sheet, case: Case) -> None:
    """A newer print: portraits above, code beside the signature."""
    sans = sheet.faces.sans
    marks.security_print(sheet, (204, 222, 212), 22)
    sheet.line((88, 0), (88, 125), 0.7, (110, 136, 120))
    sheet.text((44, 12), "BUKU NIKAH", 4.0, bold=True, anchor="ms")
    marks.portrait(sheet, (14, 16), 19, backdrop=(40, 80, 160), veiled=False)
    marks.portrait(sheet, (54, 16), 19, backdrop=(40, 80, 160), veiled=True)
    y = sheet.fields((8, 49), _one(case.man)[:5], 2.6, sans, colon=21, leading=1.5)
    sheet.fields((8, y + 5), _one(case.woman)[:5], 2.6, sans, colon=21, leading=1.5)
    sheet.text((132, 14), "KUTIPAN AKTA NIKAH", 4.0, bold=True, anchor="ms")
    sheet.text((132, 20), f"Nomor {_number(case)}", 3.0, anchor="ms")
    y = _wedding(sheet, case, 96, 32)
    marks.qr(sheet, (100, y + 8), 18)
    _signed(sheet, 148, y + 10)


LAYOUTS = (
    Layout("buku_nikah", "one_page", *PAGE, 2.6, one_page, paper=GREEN),
    Layout("buku_nikah", "open_book", *OPEN, 2.7, open_book, paper=BROWN),
    Layout("buku_nikah", "with_portraits", *OPEN, 2.6, with_portraits, held_out=True, paper=(226, 240, 230)),
)
