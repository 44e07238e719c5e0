"""What stands on papers beside words: emblems, stamps, signatures, codes, portraits, security print."""

from __future__ import annotations

import math
from functools import lru_cache

import qrcode
from PIL import Image, ImageDraw, ImageFilter

from tests.pictures import fonts
from tests.pictures.sheet import BLUE_PEN, Ink, Sheet, Spot

STAMP_INK: Ink = (92, 52, 148)
SKINS: tuple[Ink, ...] = ((176, 128, 98), (198, 152, 120), (150, 104, 78))


def emblem(sheet: Sheet, centre: Spot, size: float, ink: Ink = (150, 110, 30)) -> None:
    """A winged shield; no real coat of arms is drawn."""
    x, y = centre
    wing = [(-0.5, -0.3), (-0.1, -0.12), (0, -0.5), (0.1, -0.12), (0.5, -0.3), (0.3, 0.15), (0.1, 0.2), (0, 0.5),
            (-0.1, 0.2), (-0.3, 0.15)]  # fmt: skip
    sheet.pen.polygon([sheet.at((x + a * size, y + b * size)) for a, b in wing], fill=ink)
    half = size * 0.12
    sheet.box((x - half, y - half), (x + half, y + half * 1.4), width=size * 0.02, fill=(170, 40, 34))


def signature(sheet: Sheet, spot: Spot, size: float, ink: Ink = BLUE_PEN) -> None:
    """A scrawl of ``size`` mm in width."""
    rng, points = sheet.rng, []
    a, b, c = rng.uniform(2, 4), rng.uniform(5, 9), rng.uniform(0, 6)
    for step in range(90):
        t = step / 90
        wave = math.sin(t * a * 6.3 + c) * 0.22 + math.sin(t * b * 6.3) * 0.12 * (1 - t)
        points.append(sheet.at((spot[0] + size * (t + 0.08 * math.cos(t * b * 6.3)), spot[1] - size * wave)))
    sheet.pen.line(points, fill=ink, width=sheet.px(0.35), joint="curve")


def stamp(sheet: Sheet, centre: Spot, size: float, words: str, ink: Ink = STAMP_INK) -> None:
    """A round office stamp of ``size`` mm, turned a little and unevenly inked, over what is there."""
    side = sheet.px(size)
    mask = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(mask)
    for inset, width in ((0.02, 0.025), (0.22, 0.012)):
        edge = side * inset
        pen.ellipse((edge, edge, side - edge, side - edge), outline=215, width=max(1, round(side * width)))
    font = fonts.font(sheet.faces.sans, max(1, round(side * 0.1)), True)
    pen.text((side / 2, side / 2), words, fill=205, font=font, anchor="mm")
    _ring_of_words(mask, "PEMERINTAH KABUPATEN PANGKAJENE DAN KEPULAUAN *", sheet)
    mask = mask.rotate(sheet.rng.uniform(-35, 35), Image.Resampling.BILINEAR)
    worn = Image.effect_noise((12, 12), 90).resize((side, side), Image.Resampling.BICUBIC)
    mask = Image.composite(mask, mask.point(lambda value: value * 2 // 3), worn.point(lambda v: 255 if v > 105 else 0))
    x, y = sheet.at((centre[0] - size / 2, centre[1] - size / 2))
    sheet.image.paste(ink, (round(x), round(y)), mask)


def _ring_of_words(mask: Image.Image, words: str, sheet: Sheet) -> None:
    side = mask.width
    font = fonts.font(sheet.faces.sans, max(1, round(side * 0.075)), True)
    tile = max(2, round(side * 0.11))
    for number, letter in enumerate(words):
        angle = 360 * number / len(words)
        glyph = Image.new("L", (tile, tile), 0)
        ImageDraw.Draw(glyph).text((tile / 2, tile / 2), letter, fill=205, font=font, anchor="mm")
        turned = glyph.rotate(-angle, Image.Resampling.BILINEAR)
        radius = side * 0.41
        x = side / 2 + radius * math.sin(math.radians(angle)) - tile / 2
        y = side / 2 - radius * math.cos(math.radians(angle)) - tile / 2
        mask.paste(turned, (round(x), round(y)), turned)


def qr(sheet: Sheet, spot: Spot, size: float) -> None:
    """An electronic signature's code; its address leads nowhere."""
    code = qrcode.QRCode(border=0)
    code.add_data(f"https://tte.example/{sheet.rng.getrandbits(96):024x}")
    code.make(fit=True)
    matrix = code.get_matrix()
    module = size / len(matrix)
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            if dark:
                x, y = spot[0] + column * module, spot[1] + row * module
                sheet.pen.rectangle([sheet.at((x, y)), sheet.at((x + module, y + module))], fill=(10, 10, 12))


def portrait(sheet: Sheet, spot: Spot, width: float, *, backdrop: Ink, veiled: bool) -> None:
    """A head and shoulders of nobody, ``width`` mm by 4:3."""
    wide, high = sheet.px(width), sheet.px(width * 4 / 3)
    image = Image.new("RGB", (wide, high), backdrop)
    pen = ImageDraw.Draw(image)
    skin, cloth = sheet.rng.choice(SKINS), tuple(sheet.rng.randint(20, 120) for _ in range(3))
    hair = cloth if veiled else (24, 20, 20)

    def oval(x: float, y: float, rx: float, ry: float, ink: Ink) -> None:
        pen.ellipse(((x - rx) * wide, (y - ry) * high, (x + rx) * wide, (y + ry) * high), fill=ink)

    oval(0.5, 1.05, 0.46, 0.32, cloth)
    oval(0.5, 0.42, 0.29, 0.31, hair)
    oval(0.5, 0.68, 0.1, 0.14, cloth if veiled else skin)
    oval(0.5, 0.46, 0.21, 0.25, skin)
    for x in (0.42, 0.58):
        oval(x, 0.43, 0.035, 0.014, (30, 22, 20))
    oval(0.5, 0.58, 0.07, 0.014, (128, 62, 58))
    oval(0.5, 0.5, 0.025, 0.05, tuple(part - 18 for part in skin))
    sheet.image.paste(image.filter(ImageFilter.GaussianBlur(wide * 0.012)), [round(edge) for edge in sheet.at(spot)])


def security_print(sheet: Sheet, ink: Ink, lines: int = 26) -> None:
    """The fine waves behind the words of a card or deed."""
    phase = sheet.rng.uniform(0, 6)
    for number in range(lines):
        y = sheet.height * (number + 0.5) / lines
        wave = [
            sheet.at((x, y + sheet.height * 0.03 * math.sin(x / sheet.width * 9 + phase + number * 0.35)))
            for x in _steps(sheet.width)
        ]
        sheet.pen.line(wave, fill=ink, width=sheet.px(0.12))


@lru_cache(maxsize=16)
def _steps(width: float) -> tuple[float, ...]:
    return tuple(width * step / 60 for step in range(61))
