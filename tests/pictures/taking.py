"""How a photo is taken: everything between the paper and the file, as numbers that a seed chose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Blur(StrEnum):
    DEFOCUS = "defocus"
    MOTION = "motion"


class Screen(StrEnum):
    """How a screenshot shows the paper: in a bubble of the chat, or opened on black."""

    CHAT = "chat"
    VIEWER = "viewer"


@dataclass(frozen=True)
class Taking:
    """Heights of capitals are those of the paper's smallest print that matters.

    ``frame``: longer and shorter side in pixels; ``least_capital``: the frame grows until capitals have that many
    pixels. ``most_capital``: they are made smaller than that, by the paper's share of the frame (``shrinks`` "paper")
    or by the file's pixels (``shrinks`` "file"). ``fill``: share of the frame's tighter side that the paper takes;
    1 without tilt is a scan. ``turn`` and ``tilt`` in degrees. ``cut``: (side, share of the print that is outside).
    ``blur``: radius or way over the height of capitals. ``white``: how bright (0 to 255) white paper comes out.
    ``glare``: shares of the paper that shine white. ``rotated``: quarter turns against the clock; ``exif``: the file
    says so itself. ``quality``: of the JPEG.
    """

    frame: tuple[int, int]
    least_capital: float = 8.5
    most_capital: float | None = None
    shrinks: str = ""
    along: bool = True  # the frame lies as the paper does
    fill: float = 0.85
    turn: float = 0.0
    tilt: tuple[float, float] = (0.0, 0.0)
    ground: str = "wood"
    cut: tuple[tuple[str, float], ...] = ()
    blur: float = 0.0
    blurred_by: Blur = Blur.DEFOCUS
    white: float = 215.0
    uneven: float = 0.15
    shadow: float = 0.0
    warmth: float = 0.0
    sheen: float = 0.0
    glare: tuple[float, ...] = ()
    noise: float = 2.0
    sharpened: float = 0.0
    folded: bool = False
    rotated: int = 0
    exif: bool = False
    screen: Screen | None = None
    quality: int = 75


FRAMES = ((1600, 1200), (1280, 960), (1600, 900), (2048, 1536), (3264, 2448), (4000, 3000))
HOW_OFTEN = (46, 20, 12, 13, 6, 3)
GROUNDS = ("wood", "cloth", "tiles", "plain", "mat", "sheet")


def good(rng: Random, *, shiny: bool) -> Taking:
    """A photo that a careful officer would call usable."""
    scan = rng.random() < 0.08
    steady = rng.random() < 0.3
    return Taking(
        frame=rng.choices(FRAMES, HOW_OFTEN)[0],
        least_capital=rng.uniform(8.5, 10),
        along=scan or rng.random() < 0.85,
        fill=1.0 if scan else rng.uniform(0.68, 0.95),
        turn=0.0 if scan else rng.gauss(0, 1.0 if steady else 3.5),
        tilt=(0.0, 0.0) if scan else (rng.gauss(0, 4 if steady else 9), rng.gauss(0, 3 if steady else 6)),
        ground=rng.choice(GROUNDS),
        blur=rng.choice((0.0, rng.uniform(0.03, 0.12))),
        white=rng.uniform(172, 238),
        uneven=0.04 if scan else rng.uniform(0.04, 0.28),
        shadow=0.0 if scan or rng.random() < 0.55 else rng.uniform(0.12, 0.36),
        warmth=rng.gauss(0, 0.06),
        sheen=rng.uniform(0.1, 0.3) if shiny and rng.random() < 0.4 else 0.0,
        noise=rng.uniform(1.0, 4.0),
        sharpened=rng.choice((0.0, 0.4, 0.8)),
        folded=not scan and rng.random() < 0.35,
        rotated=rng.choice((0, 0, 0, 0, 1, 3, 2)),
        exif=True,
        quality=rng.randint(60, 92),
    )
