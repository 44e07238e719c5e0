"""Cards drawn by ourselves, plainly: what stands on them matters, not how they look. Everybody on them is invented."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from tests.inspection.making import written

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class Somebody:
    nik: str
    birth: str
    name: str
    sex: str = "PEREMPUAN"


def ktp(who: Somebody, font: Font) -> Image.Image:
    rows = (
        "PROVINSI CONTOH",
        "KABUPATEN CONTOH",
        f"NIK : {who.nik}",
        f"Nama : {who.name}",
        f"Tempat/Tgl Lahir : CONTOH, {who.birth}",
        f"Jenis Kelamin : {who.sex}",
        "Alamat : JALAN CONTOH",
        "Agama : ISLAM",
        "Status Perkawinan : KAWIN",
        "Pekerjaan : PETANI",
        "Kewarganegaraan : WNI",
        "Berlaku Hingga : SEUMUR HIDUP",
    )
    picture = Image.new("RGB", (1300, 820), (200, 222, 235))
    for number, row in enumerate(rows):
        ImageDraw.Draw(picture).text((60, 30 + 62 * number), row, fill="black", font=font)
    return picture


def kk(family: list[Somebody], font: Font) -> Image.Image:
    picture = Image.new("RGB", (2200, 1300), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((850, 40), "KARTU KELUARGA", fill="black", font=font)
    draw.text((850, 110), "No. 9910040101190001", fill="black", font=font)
    places = (60, 140, 760, 1200, 1500, 1800)
    heads = ("No", "Nama Lengkap", "NIK", "Jenis Kelamin", "Tempat Lahir", "Tanggal Lahir")
    for row, cells in enumerate(
        [
            heads,
            *(
                (str(number), who.name, who.nik, who.sex, "CONTOH", who.birth)
                for number, who in enumerate(family, start=1)
            ),
        ]
    ):
        for place, cell in zip(places, cells, strict=True):
            draw.text((place, 260 + 70 * row), cell, fill="black", font=font)
    draw.text((60, 900), "Nama Kepala Keluarga : KEPALA CONTOH", fill="black", font=font)
    return picture


def photographed(picture: Image.Image, quality: int = 80) -> bytes:
    return written(picture, "JPEG", quality=quality)
