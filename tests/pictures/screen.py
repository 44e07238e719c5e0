"""Screenshots of a phone that shows the paper: in a chat's bubble, or opened on black."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from tests.pictures import fonts
from tests.pictures.fonts import FACES
from tests.pictures.grounds import Picture
from tests.pictures.sheet import Ink
from tests.pictures.taking import Screen

PHONES = ((1080, 2340), (1080, 2400), (720, 1600), (1080, 1920))
SAID = ("Assalamualaikum", "ini bu fotonya", "yang ini kah?", "iya kirim saja", "sudah saya foto kemarin",
        "tolong dicek dulu", "ok terima kasih", "mana kk nya?", "besok saya ke kantor", "siap")  # fmt: skip
NAMES = ("Bu Hasnah", "Kakak", "Keluarga Besar", "Pak RT", "Sitti", "Mama")


@dataclass(frozen=True)
class Theme:
    wall: Ink
    bar: Ink
    words: Ink
    theirs: Ink
    mine: Ink
    faint: Ink


LIGHT = Theme((236, 229, 221), (0, 128, 105), (17, 27, 33), (255, 255, 255), (217, 253, 211), (120, 128, 132))
PALE = Theme((239, 234, 226), (250, 250, 250), (17, 27, 33), (255, 255, 255), (217, 253, 211), (120, 128, 132))
DARK = Theme((11, 20, 26), (31, 44, 52), (233, 237, 239), (32, 44, 51), (0, 92, 75), (134, 150, 160))


class _Phone:
    """A screen to draw on; ``unit`` is a hundredth of its width."""

    def __init__(self, rng: Generator, wall: Ink) -> None:
        self.width, self.height = PHONES[int(rng.integers(len(PHONES)))]
        self.unit = self.width / 100
        self.rng = rng
        self.image = Image.new("RGB", (self.width, self.height), wall)
        self.pen = ImageDraw.Draw(self.image)

    def words(self, x: float, y: float, said: str, ink: Ink, size: float = 3.9, anchor: str = "lm") -> None:
        """In units; ``y`` from the top in units too."""
        font = fonts.font(FACES[0], round(size * self.unit))
        self.pen.text((x * self.unit, y * self.unit), said, fill=ink, font=font, anchor=anchor)

    def clock(self) -> str:
        return f"{int(self.rng.integers(6, 22)):02d}.{int(self.rng.integers(60)):02d}"

    def block(self, box: tuple[float, float, float, float], ink: Ink, radius: float = 0) -> None:
        self.pen.rounded_rectangle([edge * self.unit for edge in box], radius * self.unit, fill=ink)

    def status(self, ink: Ink) -> None:
        self.words(5, 3.4, self.clock(), ink, 3.4)
        for place in range(4):
            self.block((78 + place * 1.6, 4.4 - place * 0.7, 79 + place * 1.6, 5), ink)
        self.block((90, 2.2, 96, 5), ink, 0.8)

    def paste(self, picture: Picture, x: float, y: float, width: float, most: float) -> float:
        """Puts a photo there, ``width`` units wide unless it would be higher than ``most``; returns its height."""
        high, wide = picture.shape[:2]
        shrink = min(width * self.unit / wide, most * self.unit / high)
        size = (max(1, round(wide * shrink)), max(1, round(high * shrink)))
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        left = (x + width / 2) * self.unit - size[0] / 2
        self.image.paste(Image.fromarray(small), (round(left), round(y * self.unit)))
        return size[1] / self.unit


def screenshot(picture: Picture, kind: Screen, rng: Generator) -> Picture:
    phone = _viewer(picture, rng) if kind is Screen.VIEWER else _chat(picture, rng)
    return np.asarray(phone.image)


def _chat(picture: Picture, rng: Generator) -> _Phone:
    theme = (LIGHT, PALE, DARK)[int(rng.integers(3))]
    phone = _Phone(rng, theme.wall)
    on_bar: Ink = (255, 255, 255) if theme is not PALE else theme.words
    phone.block((0, 0, 100, 20), theme.bar)
    phone.status(on_bar)
    phone.words(3, 13, "‹", on_bar, 8)
    phone.block((8, 8.5, 17, 17.5), theme.faint, 4.5)
    phone.words(20, 11.5, NAMES[int(rng.integers(len(NAMES)))], on_bar, 4.4)
    phone.words(20, 16, "online", on_bar, 3)
    y, end = 24.0, phone.height / phone.unit - 16
    shown = int(rng.integers(1, 3))
    for number in range(12):
        if y > end - 14:
            break
        y = _photo(phone, theme, picture, y, end) if number == shown else _bubble(phone, theme, y)
    phone.block((2, end + 2, 84, end + 12), theme.theirs, 5)
    phone.words(8, end + 7, "Ketik pesan", theme.faint)
    phone.block((87, end + 2, 97, end + 12), (0, 168, 132), 5)
    return phone


def _bubble(phone: _Phone, theme: Theme, y: float) -> float:
    rng = phone.rng
    said = SAID[int(rng.integers(len(SAID)))]
    mine = bool(rng.integers(2))
    width = 8 + len(said) * 2.1 + 11
    left = 97 - width if mine else 3
    phone.block((left, y, left + width, y + 9), theme.mine if mine else theme.theirs, 2)
    phone.words(left + 3, y + 4.2, said, theme.words)
    phone.words(left + width - 2, y + 6.8, phone.clock(), theme.faint, 2.6, "rm")
    return y + 11


def _photo(phone: _Phone, theme: Theme, picture: Picture, y: float, end: float) -> float:
    mine = bool(phone.rng.integers(2))
    left, width = (25, 72) if mine else (3, 72)
    most = max(20.0, end - y - 8)
    high, wide = picture.shape[:2]
    tall = min(width * high / wide, most)
    phone.block((left, y, left + width, y + tall + 7.5), theme.mine if mine else theme.theirs, 2)
    phone.paste(picture, left + 1, y + 1, width - 2, tall)
    phone.words(left + width - 2, y + tall + 4.5, phone.clock(), theme.faint, 2.6, "rm")
    return y + tall + 9.5


def _viewer(picture: Picture, rng: Generator) -> _Phone:
    phone = _Phone(rng, (0, 0, 0))
    white: Ink = (240, 240, 240)
    phone.status(white)
    phone.words(4, 13, "‹", white, 8)
    phone.words(13, 11, NAMES[int(rng.integers(len(NAMES)))], white, 4.2)
    phone.words(13, 16, f"Kemarin {phone.clock()}", (170, 170, 170), 3)
    for place in range(3):
        phone.block((92, 11 + place * 1.7, 93, 12 + place * 1.7), white)
    tall, room = phone.height / phone.unit, phone.height / phone.unit - 44
    high, wide = picture.shape[:2]
    shown = min(100 * high / wide, room)
    phone.paste(picture, 0, (tall - shown) / 2, 100, room)
    phone.block((4, tall - 14, 80, tall - 5), (36, 40, 44), 4.5)
    phone.words(10, tall - 9.5, "Balas", (170, 170, 170))
    return phone
