"""The family card: an A4 table lying on its side."""

from __future__ import annotations

from tests.pictures import marks
from tests.pictures.papers.paper import Case, Layout
from tests.pictures.people import Person, in_words
from tests.pictures.sheet import Sheet

A4 = (297.0, 210.0)
HEAD = "No,Nama Lengkap,NIK,Jenis Kelamin,Tempat Lahir,Tanggal Lahir,Agama,Pendidikan,Jenis Pekerjaan,Gol. Darah"
WIDTHS = (8, 52, 40, 25, 26, 25, 18, 32, 38, 16)
TIES = "No,Status Perkawinan,Hubungan Dalam Keluarga,Kewarganegaraan,No. Paspor,No. KITAP,Ayah,Ibu"
TIE_WIDTHS = (8, 40, 54, 34, 26, 26, 46, 46)
ROLES = ("KEPALA KELUARGA", "ISTRI", "ANAK")


def _members(case: Case) -> list[Person]:
    return [case.man, case.woman, case.child]


def _top(case: Case) -> list[list[str]]:
    rows = [HEAD.split(",")]
    for number, one in enumerate(_members(case), 1):
        sex = "LAKI-LAKI" if one.is_man else "PEREMPUAN"
        school = "BELUM SEKOLAH" if one is case.child else "SLTA/SEDERAJAT"
        job = "BELUM BEKERJA" if one is case.child else one.job.split("/")[0].upper()[:18]
        rows.append([str(number), one.name, one.nik, sex, one.place, f"{one.born:%d-%m-%Y}", "ISLAM", school, job, "-"])
    return rows + [["-"] + [""] * 9 for _ in range(5)]


def _below(case: Case) -> list[list[str]]:
    rows = [TIES.split(",")]
    for number, role in enumerate(ROLES, 1):
        married = "BELUM KAWIN" if role == "ANAK" else "KAWIN"
        parents = [case.man.name, case.woman.name] if role == "ANAK" else ["BADDU LALLO", "SITTI KADERE"]
        rows.append([str(number), married, role, "WNI", "-", "-", *parents])
    return rows + [["-"] + [""] * 7 for _ in range(5)]


def _home(case: Case) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    person = case.person
    left = [("Nama Kepala Keluarga", case.man.name), ("Alamat", person.street), ("RT/RW", "002/001")]
    right = [("Desa/Kelurahan", person.village), ("Kecamatan", person.district), ("Kabupaten", "PANGKAJENE DAN KEP.")]
    return left, right


def _foot(sheet: Sheet, case: Case, y: float, *, signed: bool) -> None:
    sans = sheet.faces.sans
    sheet.fields((12, y), [("Dikeluarkan Tanggal", f"{case.day:%d-%m-%Y}")], 2.7, sans, colon=34)
    sheet.text((118, y), "KEPALA KELUARGA", 2.7, anchor="ms")
    sheet.text((118, y + 27), case.man.name, 2.8, bold=True, anchor="ms")
    sheet.text((226, y), "KEPALA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", 2.6, anchor="ms")
    sheet.text((226, y + 27), "Drs. ANDI TENRIOLA, M.Si", 2.8, bold=True, anchor="ms")
    marks.signature(sheet, (106, y + 17), 24)
    if signed:
        marks.signature(sheet, (228, y + 17), 28)
        marks.stamp(sheet, (222, y + 14), 34, "DUKCAPIL")
    else:
        marks.qr(sheet, (268, y - 2), 21)


def new(sheet: Sheet, case: Case) -> None:
    marks.emblem(sheet, (24, 19), 20)
    sheet.centred(18, "KARTU KELUARGA", 8.4, bold=True)
    sheet.centred(26.5, f"No. {case.person.kk}", 5.6, bold=True)
    left, right = _home(case)
    sheet.fields((12, 38), left, 2.9, sheet.faces.sans, colon=36, leading=1.7)
    sheet.fields((190, 38), right, 2.9, sheet.faces.sans, colon=32, leading=1.7)
    end = sheet.table((8, 56), WIDTHS, _top(case), 2.6, 6.2)
    end = sheet.table((8, end + 6), TIE_WIDTHS, _below(case), 2.6, 5.8)
    _foot(sheet, case, end + 9, signed=False)


def old(sheet: Sheet, case: Case) -> None:
    """The security paper of former years, signed and stamped."""
    marks.security_print(sheet, (214, 222, 206), 40)
    sheet.centred(16, "KARTU KELUARGA", 7.6, sheet.faces.serif, bold=True)
    sheet.centred(24, f"No. {case.person.kk}", 5.4, sheet.faces.serif, bold=True)
    left, right = _home(case)
    sheet.fields((14, 36), left, 3.0, sheet.faces.sans, colon=38, leading=1.6)
    sheet.fields((185, 36), right, 3.0, sheet.faces.sans, colon=34, leading=1.6)
    end = sheet.table((8, 53), WIDTHS, _top(case), 2.65, 6.4)
    end = sheet.table((8, end + 4), TIE_WIDTHS, _below(case), 2.65, 6.0)
    _foot(sheet, case, end + 9, signed=True)


def plain(sheet: Sheet, case: Case) -> None:
    """Printed at home from the PDF: title to the left, code in the head's corner."""
    marks.emblem(sheet, (20, 18), 16, (70, 70, 74))
    sheet.text((34, 17), "KARTU KELUARGA", 8.0, bold=True)
    sheet.text((34, 25), f"No. : {case.person.kk}", 5.4, sheet.faces.mono, bold=True)
    left, right = _home(case)
    sheet.fields((10, 37), [*left, *right[:1]], 2.8, sheet.faces.sans, colon=36, leading=1.55)
    sheet.fields((180, 37), right[1:], 2.8, sheet.faces.sans, colon=30, leading=1.55)
    end = sheet.table((9, 57), WIDTHS, _top(case), 2.6, 6.0)
    end = sheet.table((9, end + 8), TIE_WIDTHS, _below(case), 2.6, 5.6)
    _foot(sheet, case, end + 9, signed=False)
    sheet.text((12, end + 16), f"Dokumen ini sah, ditandatangani secara elektronik {in_words(case.day)}", 2.4)


LAYOUTS = (
    Layout("kk", "new", *A4, 2.6, new),
    Layout("kk", "old", *A4, 2.65, old, paper=(232, 240, 228)),
    Layout("kk", "plain", *A4, 2.6, plain, held_out=True),
)
