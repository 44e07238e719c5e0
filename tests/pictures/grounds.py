"""What a paper lies on. Made small and stretched: no seed needs a file."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
SIDE = 800  # pixels of the longer side a ground is drawn with


def ground(name: str, width: int, height: int, rng: Generator) -> Picture:
    """RGB, ``height`` x ``width``."""
    shrink = min(1.0, SIDE / max(width, height))
    drawn = GROUNDS[name](max(8, round(width * shrink)), max(8, round(height * shrink)), rng)
    clipped = np.clip(drawn, 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(clipped, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _clouds(width: int, height: int, cells: tuple[int, int], rng: Generator) -> NDArray[np.float32]:
    small = rng.standard_normal((cells[1], cells[0])).astype(np.float32)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def _tinted(grey: NDArray[np.float32], tint: tuple[int, int, int]) -> NDArray[np.float32]:
    return (1 + grey)[..., None] * np.array(tint, np.float32)


def _choose(rng: Generator, tints: tuple[tuple[int, int, int], ...]) -> tuple[int, int, int]:
    return tints[int(rng.integers(len(tints)))]


def wood(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    grain = 0.10 * _clouds(width, height, (4, 90), rng) + 0.06 * _clouds(width, height, (12, 220), rng)
    plank = height // int(rng.integers(2, 6)) + 1
    grain += (
        np.float32(0.08)
        * rng.standard_normal(height // plank + 1).astype(np.float32)[np.arange(height) // plank][:, None]
    )
    grain[::plank] -= 0.35
    return _tinted(grain, _choose(rng, ((132, 92, 58), (96, 62, 40), (168, 130, 92), (74, 54, 44))))


def cloth(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    """Woven cloth with a printed pattern and folds."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    period = float(rng.uniform(40, 90))
    bloom = np.sin(x * 6.3 / period) * np.sin(y * 6.3 / period) > rng.uniform(0.2, 0.7)
    weave = 0.05 * np.sin(x * 1.6) * np.sin(y * 1.6) + 0.12 * _clouds(width, height, (4, 3), rng)
    base = _tinted(
        weave.astype(np.float32), _choose(rng, ((60, 72, 110), (120, 40, 46), (52, 84, 66), (150, 140, 128)))
    )
    other = np.array(_choose(rng, ((190, 160, 90), (206, 200, 190), (90, 50, 40))), np.float32)
    return np.where(bloom[..., None], base * 0.5 + other * 0.5, base)


def tiles(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    """Glazed floor tiles with grey joints."""
    side = int(rng.integers(150, 420))
    grey = 0.05 * _clouds(width, height, (18, 14), rng) + 0.02 * rng.standard_normal((height, width)).astype(np.float32)
    start = int(rng.integers(side))
    for joint in range(start, max(width, height), side):
        grey[joint : joint + 3] -= 0.3
        grey[:, joint : joint + 3] -= 0.3
    return _tinted(grey, _choose(rng, ((198, 194, 186), (150, 146, 140), (120, 84, 70), (178, 170, 150))))


def plain(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    grey = 0.03 * _clouds(width, height, (5, 4), rng) + 0.015 * rng.standard_normal((height, width)).astype(np.float32)
    return _tinted(grey, _choose(rng, ((58, 60, 64), (140, 144, 150), (92, 110, 124), (182, 172, 156), (40, 36, 36))))


def mat(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    """A plaited mat."""
    y, x = np.mgrid[0:height, 0:width]
    strand = int(rng.integers(8, 20))
    across = ((x // strand + y // strand) % 2).astype(np.float32)
    ridge = np.where(across > 0, np.sin(x * 6.3 / strand), np.sin(y * 6.3 / strand)).astype(np.float32)
    grey = 0.06 * ridge + 0.06 * across + 0.1 * _clouds(width, height, (6, 5), rng)
    return _tinted(grey, _choose(rng, ((176, 150, 100), (128, 104, 70), (110, 128, 88))))


def sheet(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    """A striped bed sheet in soft folds."""
    x = np.arange(width, dtype=np.float32)[None, :]
    stripes = (np.sin(x * 6.3 / float(rng.uniform(18, 70))) > 0.3).astype(np.float32)
    grey = 0.18 * stripes + 0.16 * _clouds(width, height, (5, 4), rng)
    return _tinted(grey, _choose(rng, ((120, 140, 176), (170, 132, 140), (96, 124, 108), (140, 122, 160))))


GROUNDS: dict[str, Callable[[int, int, Generator], NDArray[np.float32]]] = {
    "wood": wood,
    "cloth": cloth,
    "tiles": tiles,
    "plain": plain,
    "mat": mat,
    "sheet": sheet,
}
