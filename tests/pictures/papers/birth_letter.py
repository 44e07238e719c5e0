"""The letter of whoever helped at a birth: hospital, midwife, village."""

from __future__ import annotations

from tests.pictures import marks
from tests.pictures.papers.paper import Case, Layout
from tests.pictures.people import in_words
from tests.pictures.sheet import GREY, Ink, Sheet

A4 = (210.0, 297.0)
F4 = (215.0, 330.0)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def _birth(case: Case) -> list[tuple[str, str]]:
    return [
        ("Nama bayi", case.child.name.title()),
        ("Jenis kelamin", "Laki-laki" if case.child.is_man else "Perempuan"),
        ("Hari / tanggal", f"{DAYS[case.day.weekday()]}, {in_words(case.day)}"),
        ("Pukul", f"{case.serial % 24:02d}.{case.serial % 60:02d} WITA"),
        ("Berat badan", f"{2500 + case.serial % 1500} gram"),
        ("Panjang badan", f"{46 + case.serial % 7} cm"),
        ("Anak ke", str(case.serial % 4 + 1)),
    ]


def _parents(case: Case) -> list[tuple[str, str]]:
    home = f"{case.person.street.title()}, {case.person.village.title()}"
    return [
        ("Nama ibu", case.woman.name.title()),
        ("NIK ibu", case.woman.nik),
        ("Nama ayah", case.man.name.title()),
        ("NIK ayah", case.man.nik),
        ("Pekerjaan", case.man.job),
        ("Alamat", home),
    ]


def _signed(sheet: Sheet, case: Case, y: float, who: str, name: str, words: str) -> None:
    sheet.text((150, y), f"Pangkajene, {in_words(case.day)}", 3.9, sheet.faces.serif, anchor="ms")
    sheet.text((150, y + 6), who, 3.9, sheet.faces.serif, anchor="ms")
    marks.signature(sheet, (134, y + 22), 32)
    marks.stamp(sheet, (128, y + 20), 34, words)
    sheet.text((150, y + 34), name, 4.0, sheet.faces.serif, bold=True, anchor="ms")


def hospital(sheet: Sheet, case: Case) -> None:
    serif = sheet.faces.serif
    marks.emblem(sheet, (30, 27), 20, (24, 110, 80))
    sheet.text((118, 20), "PEMERINTAH KABUPATEN PANGKAJENE DAN KEPULAUAN", 4.3, serif, anchor="ms")
    sheet.text((118, 28), "RUMAH SAKIT UMUM DAERAH BATARA SIANG", 5.6, serif, bold=True, anchor="ms")
    sheet.text((118, 34), "Jalan Sultan Hasanuddin, Pangkajene", 3.4, serif, anchor="ms")
    sheet.line((20, 40), (190, 40), 0.9)
    sheet.centred(54, "SURAT KETERANGAN LAHIR", 6.6, serif, bold=True)
    sheet.centred(61, f"Nomor : {case.serial:04d}/SKL/RSUD/{case.day.year}", 4.0, serif)
    y = sheet.paragraph((24, 74), 162, "Yang bertanda tangan di bawah ini menerangkan bahwa telah lahir seorang bayi "
                        "di rumah sakit ini:", 4.2, serif)  # fmt: skip
    y = sheet.fields((30, y + 3), _birth(case), 4.2, serif, colon=40, leading=1.75)
    sheet.text((24, y + 3), "Dari pasangan orang tua:", 4.2, serif)
    y = sheet.fields((30, y + 11), _parents(case), 4.2, serif, colon=40, leading=1.75)
    sheet.paragraph((24, y + 4), 162, "Demikian surat keterangan ini dibuat untuk dipergunakan seperlunya.", 4.2, serif)
    _signed(sheet, case, y + 24, "Dokter Penolong Persalinan,", "dr. Wahyuni Tayang, Sp.OG", "RSUD")


def midwife(sheet: Sheet, case: Case) -> None:
    """A midwife's printed blank, filled in by hand."""
    sans = sheet.faces.sans
    sheet.box((12, 12), (198, 285), width=0.8, ink=(196, 72, 130))
    sheet.centred(28, "PRAKTIK MANDIRI BIDAN", 5.4, bold=True)
    sheet.centred(35, "Hj. HERLINA SALENGKE, S.Tr.Keb", 4.8, bold=True)
    sheet.centred(41, "Kec. Bungoro, Kab. Pangkep", 3.8)
    sheet.line((22, 46), (188, 46), 0.5, (196, 72, 130))
    sheet.centred(60, "SURAT KETERANGAN KELAHIRAN", 6.2, bold=True)
    sheet.text((24, 74), "Telah lahir dengan selamat seorang bayi:", 4.0, sans)
    y = sheet.fields((24, 85), _birth(case), 4.0, sans, colon=38, leading=2.1, written=True)
    sheet.text((24, y + 2), "Anak dari:", 4.0, sans)
    y = sheet.fields((24, y + 12), _parents(case), 4.0, sans, colon=38, leading=2.1, written=True)
    _signed(sheet, case, y + 16, "Bidan Penolong,", "Herlina Salengke", "BIDAN")


def clinic(sheet: Sheet, case: Case) -> None:
    """A puskesmas letter from a typewriter-like printer, on longer paper, in a ruled box."""
    mono, grey = sheet.faces.mono, GREY
    sheet.text((20, 22), "DINAS KESEHATAN", 4.2, mono)
    sheet.text((20, 28), "UPT PUSKESMAS LABAKKANG", 4.6, mono, bold=True)
    sheet.line((20, 33), (195, 33), 0.4, grey)
    sheet.centred(50, "KETERANGAN KELAHIRAN", 6.0, mono, bold=True)
    sheet.centred(57, f"No. {case.serial}/PKM-LB/{case.day:%m}/{case.day.year}", 3.8, mono)
    sheet.box((20, 66), (195, 232), width=0.3)
    y = sheet.fields((25, 76), _birth(case), 3.9, mono, colon=42, leading=2.1)
    sheet.line((20, y), (195, y), 0.3)
    y = sheet.fields((25, y + 9), _parents(case), 3.9, mono, colon=42, leading=2.1)
    _signed(sheet, case, 248, "Bidan Koordinator", "Suriani Mattola, A.Md.Keb", "PUSKESMAS")


PINK: Ink = (250, 238, 242)
LAYOUTS = (
    Layout("surat_ket_lahir", "hospital", *A4, 4.2, hospital),
    Layout("surat_ket_lahir", "midwife", *A4, 4.0, midwife, paper=PINK),
    Layout("surat_ket_lahir", "clinic", *F4, 3.9, clinic, held_out=True),
)
