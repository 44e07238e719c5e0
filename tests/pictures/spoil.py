"""What goes wrong when papers are photographed, each in three grades: 0 a careful person would say so, 2 anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from bot.contracts.files import Advice
from tests.pictures.taking import Blur, Screen, Taking

SIDES = ("left", "right", "top", "bottom")
GRADES = (0, 1, 2)


def blurred(taking: Taking, grade: int, way: str, rng: Random) -> Taking:
    """Out of focus: the disc's radius is a third of a capital and more; shaken: the way is a whole capital and more."""
    if way == Blur.MOTION:
        reach = rng.uniform(*((0.85, 1.1), (1.2, 1.8), (2.0, 3.2))[grade])
        return replace(taking, blur=reach, blurred_by=Blur.MOTION, sharpened=0.0)
    reach = rng.uniform(*((0.42, 0.55), (0.6, 0.85), (0.95, 1.6))[grade])
    return replace(taking, blur=reach, blurred_by=Blur.DEFOCUS, sharpened=0.0)


def dark(taking: Taking, grade: int, way: str, rng: Random) -> Taking:
    white = rng.uniform(*((62, 80), (42, 60), (22, 40))[grade])
    return replace(taking, white=white, noise=rng.uniform(3, 7), sharpened=0.0, sheen=0.0)


def shining(taking: Taking, grade: int, way: str, rng: Random) -> Taking:
    share = rng.uniform(*((0.05, 0.08), (0.09, 0.16), (0.18, 0.3))[grade])
    patches = (share,) if rng.random() < 0.7 else (share * 0.6, share * 0.4)
    return replace(taking, glare=patches, white=rng.uniform(140, 205), sheen=0.0)


def cut_off(taking: Taking, grade: int, way: str, rng: Random) -> Taking:
    share = rng.uniform(*((0.07, 0.12), (0.14, 0.25), (0.28, 0.45))[grade])
    sides = [way or rng.choice(SIDES)]
    if rng.random() < 0.3:
        crossing = ("top", "bottom") if sides[0] in ("left", "right") else ("left", "right")
        sides.append(rng.choice(crossing))
    return replace(taking, cut=tuple((side, share) for side in sides), fill=rng.uniform(0.9, 1.05))


def upside_down(taking: Taking, grade: int, way: str, rng: Random) -> Taking:
    turns = 2 if way == "head_down" else rng.choice((1, 3))
    return replace(taking, rotated=turns, exif=False)


def too_small(taking: Taking, grade: int, way: str, rng: Random) -> Taking:
    capital = rng.uniform(*((3.2, 3.9), (2.5, 3.2), (1.6, 2.5))[grade])
    frame = taking.frame if way == "tiny_file" else rng.choice(((1600, 1200), (1280, 960), (1600, 900)))
    shrinks = "file" if way == "tiny_file" else "paper"
    return replace(taking, frame=frame, most_capital=capital, shrinks=shrinks, rotated=0)


def screenshot(taking: Taking, grade: int, way: str, rng: Random) -> Taking:
    return replace(taking, screen=Screen(way), rotated=0, frame=(1600, 1200), quality=rng.randint(70, 92))


Spoiler = Callable[[Taking, int, str, Random], Taking]
SPOILERS: dict[Advice, tuple[Spoiler, tuple[str, ...]]] = {
    Advice.BLURRED: (blurred, (Blur.DEFOCUS, Blur.MOTION)),
    Advice.DARK: (dark, ("",)),
    Advice.GLARE: (shining, ("",)),
    Advice.CUT_OFF: (cut_off, SIDES),
    Advice.UPSIDE_DOWN: (upside_down, ("head_down", "sideways")),
    Advice.TOO_SMALL: (too_small, ("tiny_file", "far_away")),
    Advice.SCREENSHOT: (screenshot, (Screen.CHAT, Screen.VIEWER)),
}
"""How each comes about, and the ways it does; the advice is right whatever the way."""


def spoil(taking: Taking, advice: Advice, rng: Random, *, grade: int | None = None, way: str | None = None) -> Taking:
    spoiler, ways = SPOILERS[advice]
    grade = rng.choice(GRADES) if grade is None else grade
    return spoiler(taking, grade, rng.choice(ways) if way is None else way, rng)
