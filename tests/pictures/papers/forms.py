"""The forms F-1.02 and F-2.01, filled in by hand."""

from __future__ import annotations

from tests.pictures import marks
from tests.pictures.papers.paper import Case, Layout
from tests.pictures.people import Person, in_words
from tests.pictures.sheet import Sheet

A4 = (210.0, 297.0)
EVENTS = ("KARTU KELUARGA", "KTP-EL", "KARTU IDENTITAS ANAK", "PERUBAHAN DATA")
ACTS = ("Kelahiran", "Lahir Mati", "Perkawinan", "Perceraian", "Kematian", "Pengakuan Anak")
TITLE_1 = "FORMULIR PENDAFTARAN PERISTIWA KEPENDUDUKAN"
TITLE_2 = "FORMULIR PELAPORAN PENCATATAN SIPIL DI DALAM WILAYAH NKRI"


def _numbers(sheet: Sheet, y: float, label: str, number: str, cell: float = 6.2) -> float:
    sheet.text((20, y), label, 3.7)
    sheet.cells((84, y + 1.4), number, cell)
    return y + 9.5


def _choices(sheet: Sheet, y: float, names: tuple[str, ...], chosen: int) -> float:
    for number, name in enumerate(names):
        x, row = 24 + (number % 2) * 84, y + (number // 2) * 8
        sheet.box((x, row - 3.6), (x + 4, row + 0.4), width=0.25)
        sheet.text((x + 7, row), name, 3.7)
        if number == chosen:
            sheet.hand((x + 0.6, row + 0.4), "X", 5.0)
    return y + (len(names) + 1) // 2 * 8


def _applicant(sheet: Sheet, y: float, who: Person) -> float:
    rows = [("Nama Lengkap", who.name.title()), ("Alamat", who.street.title()), ("Desa/Kelurahan", who.village.title())]
    return sheet.fields((20, y), rows, 3.8, sheet.faces.sans, colon=60, leading=2.2, written=True)


def _signed(sheet: Sheet, case: Case, y: float) -> None:
    sheet.hand((128, y), f"Pangkep, {in_words(case.day)}", 4.4)
    sheet.text((150, y + 6), "Pemohon,", 3.8, anchor="ms")
    marks.signature(sheet, (136, y + 20), 30)
    sheet.hand((130, y + 30), case.person.name.title(), 4.6)


def f102(sheet: Sheet, case: Case) -> None:
    sheet.box((168, 10), (194, 19), width=0.5)
    sheet.text((181, 16.6), "F-1.02", 4.6, bold=True, anchor="ms")
    sheet.centred(32, TITLE_1, 4.8, bold=True)
    sheet.text((20, 44), "I. DATA PEMOHON", 4.0, bold=True)
    y = _applicant(sheet, 54, case.person)
    y = _numbers(sheet, y + 2, "Nomor Induk Kependudukan", case.person.nik)
    y = _numbers(sheet, y, "Nomor Kartu Keluarga", case.person.kk)
    sheet.text((20, y + 4), "II. JENIS PERMOHONAN", 4.0, bold=True)
    y = _choices(sheet, y + 14, EVENTS, case.serial % 4)
    sheet.text((20, y + 4), "III. PERSYARATAN YANG DILAMPIRKAN", 4.0, bold=True)
    y = _choices(sheet, y + 14, ("KK lama", "Surat kehilangan", "Buku nikah", "Surat pindah"), case.serial % 3)
    _signed(sheet, case, y + 18)


def f102_ruled(sheet: Sheet, case: Case) -> None:
    """The same in ruled boxes with a head."""
    sheet.text((20, 18), "PEMERINTAH KABUPATEN PANGKEP", 3.8)
    sheet.text((190, 18), "Kode . F-1.02", 4.4, bold=True, anchor="rs")
    sheet.box((14, 24), (196, 272), width=0.5)
    sheet.centred(34, TITLE_1, 4.6, sheet.faces.serif, bold=True)
    sheet.line((14, 40), (196, 40))
    y = _numbers(sheet, 50, "No. KK", case.person.kk, 6.4)
    y = _numbers(sheet, y, "NIK", case.person.nik, 6.4)
    sheet.line((14, y), (196, y))
    y = _applicant(sheet, y + 9, case.person)
    sheet.line((14, y), (196, y))
    y = _choices(sheet, y + 10, (*EVENTS, "BIODATA", "SURAT PINDAH"), case.serial % 4)
    _signed(sheet, case, y + 24)


def f102_plain(sheet: Sheet, case: Case) -> None:
    sheet.text((20, 20), "F-1.02", 5.2, bold=True)
    sheet.text((20, 30), TITLE_1, 4.4, bold=True)
    sheet.line((20, 34), (190, 34), 0.6)
    y = _applicant(sheet, 48, case.person)
    y = _numbers(sheet, y + 4, "N I K", case.person.nik, 6.0)
    y = _numbers(sheet, y, "Nomor KK", case.person.kk, 6.0)
    y = _choices(sheet, y + 12, EVENTS, case.serial % 4)
    _signed(sheet, case, y + 24)


def f201(sheet: Sheet, case: Case) -> None:
    sheet.text((192, 17), "F-2.01", 4.8, bold=True, anchor="rs")
    sheet.centred(30, TITLE_2, 4.4, bold=True)
    sheet.text((20, 42), "JENIS PELAPORAN PENCATATAN SIPIL", 3.9, bold=True)
    y = _choices(sheet, 51, ACTS, case.serial % 6)
    sheet.text((20, y + 3), "DATA PELAPOR", 3.9, bold=True)
    y = _applicant(sheet, y + 12, case.person)
    y = _numbers(sheet, y, "NIK Pelapor", case.person.nik)
    for number, witness in enumerate(case.witnesses, 1):
        sheet.text((20, y + 3), f"DATA SAKSI {'I' * number}", 3.9, bold=True)
        y = _numbers(sheet, y + 12, f"NIK Saksi {number}", witness.nik)
        y = sheet.fields((20, y), [("Nama", witness.name.title())], 3.8, sheet.faces.sans, colon=60, written=True)
    _signed(sheet, case, y + 14)


def f201_ruled(sheet: Sheet, case: Case) -> None:
    sheet.box((166, 8), (194, 17), width=0.4)
    sheet.text((180, 14.6), "F - 2.01", 4.4, bold=True, anchor="ms")
    sheet.centred(28, "FORMULIR PELAPORAN PENCATATAN SIPIL", 5.0, sheet.faces.serif, bold=True)
    sheet.box((14, 34), (196, 268), width=0.5)
    y = _numbers(sheet, 44, "NIK Pelapor", case.person.nik, 6.4)
    y = _applicant(sheet, y + 2, case.person)
    sheet.line((14, y), (196, y))
    y = _choices(sheet, y + 10, ACTS, case.serial % 6)
    sheet.line((14, y), (196, y))
    y = _numbers(sheet, y + 10, "NIK Saksi I", case.witnesses[0].nik, 6.4)
    y = _numbers(sheet, y, "NIK Saksi II", case.witnesses[1].nik, 6.4)
    _signed(sheet, case, y + 20)


def f201_plain(sheet: Sheet, case: Case) -> None:
    sheet.text((20, 20), "Formulir F-2.01", 5.0, bold=True)
    y = sheet.paragraph((20, 30), 170, TITLE_2, 4.4, sheet.faces.serif)
    y = _choices(sheet, y + 6, ACTS, case.serial % 6)
    y = _applicant(sheet, y + 8, case.person)
    y = _numbers(sheet, y + 2, "NIK Pelapor", case.person.nik, 6.0)
    for witness in case.witnesses:
        y = _numbers(sheet, y, "NIK Saksi", witness.nik, 6.0)
    _signed(sheet, case, y + 24)


LAYOUTS = (
    Layout("f_1_02", "usual", *A4, 3.7, f102),
    Layout("f_1_02", "ruled", *A4, 3.7, f102_ruled),
    Layout("f_1_02", "plain", *A4, 3.7, f102_plain, held_out=True),
    Layout("f_2_01", "usual", *A4, 3.7, f201),
    Layout("f_2_01", "ruled", *A4, 3.7, f201_ruled),
    Layout("f_2_01", "plain", *A4, 3.7, f201_plain, held_out=True),
)
