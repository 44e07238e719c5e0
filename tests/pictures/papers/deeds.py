"""Extracts of deeds of birth and of death."""

from __future__ import annotations

from tests.pictures import marks
from tests.pictures.papers.paper import Case, Layout
from tests.pictures.people import in_words
from tests.pictures.sheet import Sheet

A4 = (210.0, 297.0)


def _born(case: Case) -> str:
    child = case.child
    order = ("pertama", "kedua", "ketiga", "keempat")[case.serial % 4]
    sex = "laki-laki" if child.is_man else "perempuan"
    return (
        f"bahwa di Pangkep pada tanggal {in_words(child.born)} telah lahir {child.name}, anak {order}, {sex}, dari ayah"
        f" {case.man.name} dan ibu {case.woman.name}."
    )


def _died(case: Case) -> str:
    person = case.person
    return (
        f"bahwa di Pangkep pada tanggal {in_words(case.day)} telah meninggal dunia seorang bernama {person.name}, NIK"
        f" {person.nik}, lahir di Pangkep pada tanggal {in_words(person.born)}, jenis kelamin"
        f" {'laki-laki' if person.is_man else 'perempuan'}."
    )


def _number(case: Case, kind: str) -> str:
    return f"7310-{kind}-{case.day:%d%m%Y}-{case.serial:04d}"


def _signed(sheet: Sheet, case: Case, y: float, *, by_pen: bool) -> None:
    serif = sheet.faces.serif
    sheet.text((140, y), f"Pangkajene, {in_words(case.day)}", 3.9, serif, anchor="ms")
    sheet.text((140, y + 6), "Pejabat Pencatatan Sipil", 3.9, serif, anchor="ms")
    if by_pen:
        marks.signature(sheet, (122, y + 21), 34)
        marks.stamp(sheet, (116, y + 19), 36, "DUKCAPIL")
    else:
        marks.qr(sheet, (128, y + 10), 24)
    sheet.text((140, y + 41), "Drs. ANDI TENRIOLA, M.Si", 4.0, serif, bold=True, anchor="ms")


def _new(sheet: Sheet, case: Case, title: str, number: str, words: str) -> None:
    serif = sheet.faces.serif
    marks.emblem(sheet, (105, 26), 24)
    sheet.centred(46, "REPUBLIK INDONESIA", 4.6, serif, bold=True)
    sheet.centred(53, "PENCATATAN SIPIL", 4.6, serif, bold=True)
    sheet.centred(61, "WARGA NEGARA INDONESIA", 3.9, serif)
    sheet.centred(78, title, 6.6, serif, bold=True)
    y = sheet.paragraph((28, 94), 156, f"Berdasarkan Akta {title.split()[-1].title()} Nomor {number}", 4.3, serif)
    y = sheet.paragraph((28, y + 2), 156, words, 4.3, serif, leading=1.8)
    y = sheet.paragraph((28, y + 4), 156, "Kutipan ini dikeluarkan di Pangkajene.", 4.3, serif)
    _signed(sheet, case, y + 22, by_pen=False)
    sheet.text((28, 280), "Dokumen ini telah ditandatangani secara elektronik", 2.8, sheet.faces.sans)


def _old(sheet: Sheet, case: Case, title: str, number: str, words: str) -> None:
    """Security paper with a frame, signed and stamped."""
    serif = sheet.faces.serif
    marks.security_print(sheet, (226, 212, 190), 60)
    for inset in (9, 12):
        sheet.box((inset, inset), (210 - inset, 297 - inset), width=0.7, ink=(150, 104, 60))
    marks.emblem(sheet, (105, 34), 22)
    sheet.centred(56, "PENCATATAN SIPIL", 5.2, serif, bold=True)
    sheet.centred(72, title, 7.4, serif, bold=True)
    sheet.text((28, 90), f"Nomor : {number}", 4.3, sheet.faces.mono)
    y = sheet.paragraph((28, 104), 154, f"Dari daftar akta di Kabupaten Pangkep ternyata {words}", 4.4, serif, 2.1)
    _signed(sheet, case, y + 26, by_pen=True)


def _plain(sheet: Sheet, case: Case, title: str, number: str, words: str) -> None:
    """Set in one plain face, title to the left, code at the foot."""
    sans = sheet.faces.sans
    marks.emblem(sheet, (34, 30), 20, (80, 80, 84))
    sheet.text((52, 26), "PENCATATAN SIPIL", 4.4, bold=True)
    sheet.text((52, 32), "KABUPATEN PANGKAJENE DAN KEPULAUAN", 3.8)
    sheet.line((24, 44), (186, 44), 0.5)
    sheet.text((24, 60), title, 7.0, bold=True)
    sheet.text((24, 69), f"No. {number}", 4.4, sheet.faces.mono)
    y = sheet.paragraph((24, 86), 160, words[0].upper() + words[1:], 4.2, sans, 1.9)
    _signed(sheet, case, y + 24, by_pen=False)


def birth_new(sheet: Sheet, case: Case) -> None:
    _new(sheet, case, "KUTIPAN AKTA KELAHIRAN", _number(case, "LU"), _born(case))


def birth_old(sheet: Sheet, case: Case) -> None:
    _old(sheet, case, "KUTIPAN AKTA KELAHIRAN", _number(case, "LT"), _born(case))


def birth_plain(sheet: Sheet, case: Case) -> None:
    _plain(sheet, case, "KUTIPAN AKTA KELAHIRAN", _number(case, "LU"), _born(case))


def death_new(sheet: Sheet, case: Case) -> None:
    _new(sheet, case, "KUTIPAN AKTA KEMATIAN", _number(case, "KM"), _died(case))


def death_old(sheet: Sheet, case: Case) -> None:
    _old(sheet, case, "KUTIPAN AKTA KEMATIAN", _number(case, "KM"), _died(case))


def death_plain(sheet: Sheet, case: Case) -> None:
    _plain(sheet, case, "KUTIPAN AKTA KEMATIAN", _number(case, "KM"), _died(case))


CREAM = (246, 238, 220)
LAYOUTS = (
    Layout("akta_kelahiran", "new", *A4, 4.3, birth_new),
    Layout("akta_kelahiran", "old", *A4, 4.4, birth_old, paper=CREAM, shiny=True),
    Layout("akta_kelahiran", "plain", *A4, 4.2, birth_plain, held_out=True),
    Layout("akta_kematian", "new", *A4, 4.3, death_new),
    Layout("akta_kematian", "old", *A4, 4.4, death_old, paper=CREAM, shiny=True),
    Layout("akta_kematian", "plain", *A4, 4.2, death_plain, held_out=True),
)
