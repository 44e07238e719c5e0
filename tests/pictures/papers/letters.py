"""Letters of others: of a death (village head, hospital), of a loss (police)."""

from __future__ import annotations

from tests.pictures import marks
from tests.pictures.papers.paper import Case, Layout
from tests.pictures.people import Person, in_words
from tests.pictures.sheet import Sheet

A4 = (210.0, 297.0)
F4 = (215.0, 330.0)


def _person(person: Person) -> list[tuple[str, str]]:
    return [
        ("Nama", person.name),
        ("NIK", person.nik),
        ("Tempat/tgl lahir", f"Pangkep, {in_words(person.born)}"),
        ("Jenis kelamin", "Laki-laki" if person.is_man else "Perempuan"),
        ("Pekerjaan", person.job),
        ("Alamat", f"{person.street.title()}, {person.village.title()}"),
    ]


def _head(sheet: Sheet, lines: tuple[str, ...], y: float = 18) -> float:
    for number, words in enumerate(lines):
        last = number == len(lines) - 1
        sheet.text((sheet.width / 2 + 10, y), words, 5.2 if last else 4.4, sheet.faces.serif, bold=last, anchor="ms")
        y += 6.8
    sheet.line((20, y), (sheet.width - 20, y), 0.9)
    sheet.line((20, y + 1.4), (sheet.width - 20, y + 1.4), 0.3)
    return y + 16


def _signed(sheet: Sheet, case: Case, y: float, who: str, name: str, words: str) -> None:
    x = sheet.width - 60
    sheet.text((x, y), f"Pangkep, {in_words(case.day)}", 4.0, sheet.faces.serif, anchor="ms")
    sheet.text((x, y + 6), who, 4.0, sheet.faces.serif, anchor="ms")
    marks.signature(sheet, (x - 16, y + 22), 32)
    marks.stamp(sheet, (x - 22, y + 20), 34, words)
    sheet.text((x, y + 35), name, 4.1, sheet.faces.serif, bold=True, anchor="ms")


def village_death(sheet: Sheet, case: Case) -> None:
    serif = sheet.faces.serif
    marks.emblem(sheet, (30, 25), 18, (60, 60, 64))
    where = case.person.village
    y = _head(sheet, ("PEMERINTAH KABUPATEN PANGKAJENE DAN KEPULAUAN", f"KECAMATAN {case.person.district}",
                      f"KANTOR DESA {where}"))  # fmt: skip
    sheet.centred(y, "SURAT KETERANGAN KEMATIAN", 6.0, serif, bold=True)
    sheet.centred(y + 7, f"Nomor : {case.serial % 400}/DS/{case.day.year}", 4.0, serif)
    y = sheet.paragraph(
        (24, y + 20), 162, "Yang bertanda tangan di bawah ini Kepala Desa menerangkan bahwa:", 4.3, serif
    )
    y = sheet.fields((30, y + 3), _person(case.person), 4.3, serif, colon=42, leading=1.7)
    y = sheet.paragraph((24, y + 4), 162, f"Benar telah meninggal dunia pada tanggal {in_words(case.day)} di rumah "
                        "karena sakit. Demikian surat ini dibuat untuk dipergunakan sebagaimana mestinya.", 4.3,
                        serif, 1.7)  # fmt: skip
    _signed(sheet, case, y + 18, f"Kepala Desa {where.title()}", "Idham Pasolong", "DESA")


def hospital_death(sheet: Sheet, case: Case) -> None:
    """A printed blank, filled in by hand."""
    sans = sheet.faces.sans
    marks.emblem(sheet, (30, 25), 18, (24, 110, 80))
    y = _head(sheet, ("DINAS KESEHATAN KABUPATEN PANGKEP", "RUMAH SAKIT UMUM DAERAH BATARA SIANG"))
    sheet.centred(y, "SURAT KETERANGAN KEMATIAN", 6.2, bold=True)
    sheet.text((24, y + 14), "Dengan ini diterangkan bahwa:", 4.1, sans)
    y = sheet.fields((24, y + 25), _person(case.person), 4.1, sans, colon=42, leading=2.1, written=True)
    rows = [("Tanggal meninggal", in_words(case.day)), ("Tempat meninggal", "Ruang Mawar")]
    y = sheet.fields((24, y), rows, 4.1, sans, colon=42, leading=2.1, written=True)
    _signed(sheet, case, y + 18, "Dokter yang memeriksa,", "dr. Ridwan Mappangara", "RSUD")


def ward_death(sheet: Sheet, case: Case) -> None:
    """A ward's letter in a typewriter face on longer paper; the title says meninggal."""
    mono = sheet.faces.mono
    y = _head(sheet, ("KECAMATAN " + case.person.district, "KELURAHAN " + case.person.village), 22)
    sheet.centred(y, "KETERANGAN MENINGGAL DUNIA", 5.6, mono, bold=True)
    sheet.centred(y + 8, f"No. {case.serial % 300:03d}/KEL/{case.day:%m}/{case.day.year}", 4.0, mono)
    y = sheet.paragraph((22, y + 24), 170, "Lurah menerangkan dengan sebenarnya bahwa:", 4.0, mono)
    y = sheet.fields((22, y + 4), _person(case.person), 4.0, mono, colon=46, leading=1.9)
    y = sheet.paragraph((22, y + 4), 170, f"telah meninggal dunia pada {in_words(case.day)}.", 4.0, mono, 1.8)
    _signed(sheet, case, y + 24, "Lurah,", "Fadli Kadere, S.Sos", "LURAH")


def _lost(case: Case) -> str:
    return ("1 (satu) lembar KTP elektronik", "1 (satu) lembar Kartu Keluarga", "1 (satu) lembar Akta Kelahiran")[
        case.serial % 3
    ]


def station(sheet: Sheet, case: Case) -> None:
    serif = sheet.faces.serif
    for number, words in enumerate(
        ("KEPOLISIAN NEGARA REPUBLIK INDONESIA", "DAERAH SULAWESI SELATAN", "RESOR PANGKEP", "SEKTOR BUNGORO")
    ):
        sheet.text((62, 20 + number * 5.6), words, 3.9, serif, anchor="ms")
    sheet.line((20, 40), (104, 40), 0.4)
    marks.emblem(sheet, (105, 54), 16, (90, 80, 30))
    sheet.centred(74, "SURAT TANDA LAPOR KEHILANGAN", 5.8, serif, bold=True)
    sheet.centred(81, f"Nomor : STPLK/{case.serial % 900}/{case.day:%m}/{case.day.year}/SPKT", 4.0, serif)
    y = sheet.paragraph((22, 94), 166, "Pada hari ini telah datang seorang pelapor yang mengaku bernama:", 4.2, serif)
    y = sheet.fields((28, y + 2), _person(case.person), 4.2, serif, colon=42, leading=1.65)
    words = (
        f"Melaporkan kehilangan barang berupa: {_lost(case)} atas nama pelapor, tercecer di jalan pada tanggal"
        f" {in_words(case.day)}. Surat ini berlaku 14 hari."
    )
    y = sheet.paragraph((22, y + 3), 166, words, 4.2, serif, 1.6)
    _signed(sheet, case, y + 16, "a.n. Kepala Kepolisian Sektor", "Zulkifli Bundu, AIPTU", "POLSEK")


def resort(sheet: Sheet, case: Case) -> None:
    """A narrower report with a table of what was lost."""
    sans = sheet.faces.sans
    sheet.text((20, 20), "POLRI DAERAH SULAWESI SELATAN", 4.0, bold=True)
    sheet.text((20, 26), "RESOR PANGKAJENE DAN KEPULAUAN", 4.0, bold=True)
    sheet.line((20, 29), (100, 29), 0.5)
    sheet.centred(48, "SURAT KETERANGAN TANDA LAPOR KEHILANGAN", 5.2, bold=True)
    sheet.centred(55, f"SKTLK/{case.serial}/{case.day.year}/SPKT/RES PANGKEP", 3.8)
    y = sheet.fields((22, 70), _person(case.person), 4.0, sans, colon=40, leading=1.75)
    rows = [("No", "Barang yang hilang", "Atas nama"), ("1", _lost(case), case.person.name)]
    y = sheet.table((22, y + 4), (12, 96, 58), rows, 3.8, 9)
    y = sheet.paragraph(
        (22, y + 12), 166, "Demikian surat kehilangan ini diberikan untuk pengurusan selanjutnya.", 4.0, sans
    )
    _signed(sheet, case, y + 16, "Petugas SPKT,", "Darwis Tayang, BRIPKA", "POLRES")


def typed(sheet: Sheet, case: Case) -> None:
    mono = sheet.faces.mono
    sheet.text((22, 24), "KEPOLISIAN SEKTOR LABAKKANG", 4.4, mono, bold=True)
    sheet.text((22, 30), "Jalan Poros Pangkep", 3.6, mono)
    sheet.centred(52, "LAPORAN KEHILANGAN", 6.2, mono, bold=True)
    sheet.centred(60, f"NO. LAPOR {case.serial}/{case.day:%m}/{case.day.year}", 3.9, mono)
    y = sheet.fields((22, 78), _person(case.person), 4.0, mono, colon=46, leading=1.8)
    words = f"Telah melaporkan kehilangan {_lost(case)} pada tanggal {in_words(case.day)}."
    y = sheet.paragraph((22, y + 4), 170, words, 4.0, mono, 1.8)
    _signed(sheet, case, y + 22, "Yang menerima laporan,", "Hamzah Lallo, AIPDA", "POLSEK")


LAYOUTS = (
    Layout("surat_kematian", "village", *A4, 4.3, village_death),
    Layout("surat_kematian", "hospital", *A4, 4.1, hospital_death),
    Layout("surat_kematian", "ward", *F4, 4.0, ward_death, held_out=True),
    Layout("surat_kehilangan_polisi", "station", *A4, 4.2, station),
    Layout("surat_kehilangan_polisi", "resort", *A4, 4.0, resort),
    Layout("surat_kehilangan_polisi", "typed", *F4, 4.0, typed, held_out=True),
)
