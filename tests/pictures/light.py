"""Light on the scene: its evenness and colour, shadows of hands, shine on laminate."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from tests.pictures.grounds import Picture
from tests.pictures.pose import Pose
from tests.pictures.taking import Taking

SMALL = 96  # light changes slowly: it is drawn this wide
HALF = 128.0  # the value of a map that changes nothing


def lit(scene: Picture, taking: Taking, paper_white: float, rng: Generator) -> Picture:
    """``paper_white``: how bright the paper is before; it comes out near ``taking.white``."""
    high, wide = scene.shape[:2]
    rows = max(2, SMALL * high // wide)
    y, x = np.mgrid[0:rows, 0:SMALL].astype(np.float32)
    angle = float(rng.uniform(0, 6.28))
    slope = (np.cos(angle) * (x / SMALL - 0.5) + np.sin(angle) * (y / rows - 0.5)) * 2
    from_lamp = 1 - taking.uneven * (0.5 - 0.5 * slope)
    if taking.shadow:
        from_lamp *= 1 - taking.shadow * _hand(rows, rng)
    gains = np.array([1 + taking.warmth, 1.0, 1 - taking.warmth], np.float32)
    light = np.clip(from_lamp[..., None] * gains * HALF, 0, 255).astype(np.uint8)
    spread = cv2.resize(light, (wide, high), interpolation=cv2.INTER_LINEAR)
    exposure = taking.white / (paper_white * (1 - taking.uneven / 2))
    return np.asarray(cv2.multiply(scene, spread, scale=exposure / HALF), dtype=np.uint8)


def _hand(rows: int, rng: Generator) -> NDArray[np.float32]:
    """A hand with a phone between lamp and paper: a soft bar with a blunt end from one side."""
    mask = np.zeros((rows, SMALL), np.float32)
    middle = np.array([SMALL * rng.uniform(0.2, 0.8), rows * rng.uniform(0.2, 0.8)])
    angle = rng.uniform(0, 6.28)
    out = middle + np.array([np.cos(angle), np.sin(angle)]) * SMALL * 2
    width = int(SMALL * rng.uniform(0.15, 0.35))
    cv2.line(mask, middle.astype(int).tolist(), out.astype(int).tolist(), 1.0, max(2, width))
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), SMALL * float(rng.uniform(0.02, 0.06))), dtype=np.float32)


def shining(scene: Picture, taking: Taking, place: Pose, printed: NDArray[np.float32], rng: Generator) -> Picture:
    """A lamp or window mirrored in the paper, over its words. ``printed``: corners of the words' box in the frame."""
    high, wide = scene.shape[:2]
    shrink = 256 / max(high, wide)
    mask = np.zeros((max(2, round(high * shrink)), max(2, round(wide * shrink))), np.float32)
    area = float(cv2.contourArea(place.corners)) * shrink * shrink
    for share in taking.glare or (0.12,):
        across, down = rng.uniform(0.2, 0.65), rng.uniform(0.15, 0.5)
        upper = printed[0] + (printed[1] - printed[0]) * across
        lower = printed[3] + (printed[2] - printed[3]) * across
        centre = (upper + (lower - upper) * down) * shrink
        long = float(np.sqrt(area * share / np.pi * rng.uniform(1.2, 3.2)))
        axes = (max(1.0, long), max(1.0, area * share / np.pi / long))
        spot = cv2.ellipse2Poly(
            [round(float(part)) for part in centre], [round(part) for part in axes], int(rng.integers(180)), 0, 360, 8
        )
        cv2.fillPoly(mask, [spot], 1.0)
    soft = cv2.GaussianBlur(mask, (0, 0), max(1.0, float(np.sqrt(area)) * 0.04))
    strength = taking.sheen if not taking.glare else 1.0
    shine = np.clip(soft * 1.35, 0, 1) * strength * 255
    spread = cv2.resize(shine.astype(np.uint8), (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.add(scene, cv2.merge([spread] * 3)), dtype=np.uint8)
