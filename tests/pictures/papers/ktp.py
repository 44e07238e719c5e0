"""The identity card: blue with a portrait to the right."""

from __future__ import annotations

from tests.pictures import marks
from tests.pictures.papers.paper import Case, Layout
from tests.pictures.sheet import Ink, Sheet

BLUE: Ink = (173, 209, 228)
WAVES: Ink = (150, 193, 218)
CARD = (85.6, 54.0)


def _rows(case: Case) -> list[tuple[str, str]]:
    person = case.person
    return [
        ("Nama", person.name),
        ("Tempat/Tgl Lahir", f"{person.place}, {person.born:%d-%m-%Y}"),
        ("Jenis kelamin", "LAKI-LAKI" if person.is_man else "PEREMPUAN"),
        ("Alamat", person.street),
        ("   RT/RW", f"{case.serial % 9 + 1:03d}/{case.serial % 7 + 1:03d}"),
        ("   Kel/Desa", person.village),
        ("   Kecamatan", person.district),
        ("Agama", "ISLAM"),
        ("Status Perkawinan", "KAWIN"),
        ("Pekerjaan", person.job.upper()),
        ("Kewarganegaraan", "WNI"),
        ("Berlaku Hingga", "SEUMUR HIDUP"),
    ]


def _photo(sheet: Sheet, case: Case, x: float, y: float, width: float, em: float) -> None:
    backdrop: Ink = (178, 38, 36) if case.person.born.year % 2 else (38, 84, 168)
    marks.portrait(sheet, (x, y), width, backdrop=backdrop, veiled=not case.person.is_man)
    below = y + width * 4 / 3 + em * 1.3
    sheet.text((x + width / 2, below), "PANGKAJENE", em, anchor="ms")
    sheet.text((x + width / 2, below + em * 1.2), f"{case.day:%d-%m-%Y}", em, anchor="ms")
    marks.signature(sheet, (x + 3, below + em * 2.7), width * 0.6, (20, 20, 24))


def usual(sheet: Sheet, case: Case) -> None:
    marks.security_print(sheet, WAVES)
    sheet.centred(4.6, "PROVINSI SULAWESI SELATAN", 3.1, bold=True)
    sheet.centred(8.0, "KABUPATEN PANGKAJENE DAN KEPULAUAN", 3.1, bold=True)
    sheet.text((3.2, 13.0), "NIK", 3.9, bold=True)
    sheet.text((18, 13.0), f": {case.person.nik}", 4.1, sheet.faces.mono, bold=True)
    sheet.fields((3.2, 16.9), _rows(case), 2.45, sheet.faces.sans, colon=22, leading=1.24)
    _photo(sheet, case, 63, 11.5, 19.5, 2.2)


def narrow(sheet: Sheet, case: Case) -> None:
    """An earlier print: smaller head, everything in bold."""
    marks.security_print(sheet, WAVES, 18)
    marks.emblem(sheet, (74, 33), 24, (158, 196, 214))
    sheet.centred(4.4, "PROVINSI SULAWESI SELATAN", 2.8, bold=True)
    sheet.centred(7.4, "KABUPATEN PANGKAJENE DAN KEPULAUAN", 2.8, bold=True)
    sheet.text((2.8, 12.2), "NIK", 3.5, bold=True)
    sheet.text((17, 12.2), f": {case.person.nik}", 3.9, bold=True)
    sheet.fields((2.8, 16.0), _rows(case), 2.4, sheet.faces.sans, colon=23, leading=1.27, bold=True)
    _photo(sheet, case, 64.5, 10.5, 18, 2.1)


def wide_head(sheet: Sheet, case: Case) -> None:
    """As another office would print it: lighter card, head spaced wide, portrait lower."""
    marks.security_print(sheet, (190, 205, 216), 34)
    sheet.centred(4.9, "PROVINSI  SULAWESI  SELATAN", 3.0)
    sheet.centred(8.5, "KABUPATEN  PANGKEP", 3.0)
    sheet.text((3.6, 13.6), f"NIK   : {case.person.nik}", 4.0, sheet.faces.mono)
    sheet.fields((3.6, 17.4), _rows(case), 2.4, sheet.faces.sans, colon=22.5, leading=1.25)
    _photo(sheet, case, 62.5, 13, 18.5, 2.2)


LAYOUTS = (
    Layout("ktp_el", "usual", *CARD, 2.45, usual, paper=BLUE, shiny=True),
    Layout("ktp_el", "narrow", *CARD, 2.4, narrow, paper=(180, 212, 226), shiny=True),
    Layout("ktp_el", "wide_head", *CARD, 2.4, wide_head, held_out=True, paper=(204, 220, 229), shiny=True),
)
