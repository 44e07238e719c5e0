"""The camera: focus and shake, grain, sharpening."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from tests.pictures.grounds import Picture
from tests.pictures.taking import Blur, Taking

MOST = 9.0  # a blur is worked out with at most this reach in pixels, on a picture made smaller


def blurred(picture: Picture, taking: Taking, capital: float, rng: Generator) -> Picture:
    """``capital``: the height of capitals in pixels."""
    reach = taking.blur * capital
    shrink = min(1.0, MOST / reach)
    high, wide = picture.shape[:2]
    small = picture
    if shrink < 1:
        small = cv2.resize(picture, (round(wide * shrink), round(high * shrink)), interpolation=cv2.INTER_AREA)
    spread = _disc(reach * shrink) if taking.blurred_by is Blur.DEFOCUS else _way(reach * shrink, rng)
    soft = cv2.filter2D(small, -1, spread, borderType=cv2.BORDER_REFLECT)
    return np.asarray(cv2.resize(soft, (wide, high), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _disc(radius: float) -> NDArray[np.float32]:
    side = 2 * int(np.ceil(radius)) + 1
    y, x = np.mgrid[0:side, 0:side] - side // 2
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return disc / disc.sum()


def _way(length: float, rng: Generator) -> NDArray[np.float32]:
    """A slightly bent stroke: hands do not shake straight."""
    side = 2 * int(np.ceil(length)) + 3
    kernel = np.zeros((side, side), np.float32)
    angle, bend = rng.uniform(0, 3.14), rng.uniform(-0.15, 0.15)
    t = np.linspace(-0.5, 0.5, 40)
    x = length * (t * np.cos(angle) - bend * t * t * np.sin(angle)) + side / 2
    y = length * (t * np.sin(angle) + bend * t * t * np.cos(angle)) + side / 2
    np.add.at(kernel, (y.astype(int), x.astype(int)), 1)
    kernel = cv2.GaussianBlur(kernel, (0, 0), 0.6)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def grainy(picture: Picture, amount: float, rng: Generator) -> Picture:
    """``amount``: standard deviation, of 255."""
    high, wide = picture.shape[:2]
    tile = np.roll(_grain(), (int(rng.integers(512)), int(rng.integers(512))), axis=(0, 1))
    scaled = np.clip(tile * amount, -127, 127).astype(np.int8)
    full = np.tile(scaled, (-(-high // 512), -(-wide // 512), 1))[:high, :wide]
    return np.asarray(cv2.add(picture, full, dtype=cv2.CV_8U), dtype=np.uint8)


@lru_cache(maxsize=1)
def _grain() -> NDArray[np.float32]:
    rng = np.random.default_rng(1)
    grey = rng.standard_normal((512, 512, 1)).astype(np.float32)
    colour = cv2.GaussianBlur(rng.standard_normal((512, 512, 3)).astype(np.float32), (0, 0), 1.2) * 2
    return np.asarray(cv2.GaussianBlur(grey + 0.5 * colour, (0, 0), 0.5) * 1.5, dtype=np.float32)


def sharpened(picture: Picture, amount: float) -> Picture:
    """As phones do to every photo."""
    soft = cv2.GaussianBlur(picture, (0, 0), 1.0)
    return np.asarray(cv2.addWeighted(picture, 1 + amount, soft, -amount, 0), dtype=np.uint8)
