"""Where the paper's corners come to lie in the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from tests.pictures.sheet import CAP
from tests.pictures.taking import Taking

Corners = NDArray[np.float32]  # 4 x 2: upper left, upper right, lower right, lower left
MARGIN = 0.012  # of the frame: what stays free around a paper that is all in the picture
EDGES = {"left": (0, 0), "right": (0, 1), "top": (1, 0), "bottom": (1, 1)}  # (axis, far end)


@dataclass(frozen=True)
class Pose:
    """``corners`` in pixels of a frame ``width`` x ``height``; ``scale``: pixels per millimetre of paper."""

    corners: Corners
    width: int
    height: int
    scale: float


def pose(taking: Taking, size: tuple[float, float], body: float, printed: tuple[float, ...], rng: Generator) -> Pose:
    """``size`` and ``printed`` (the box around the words) in mm; ``body``: the em of the print that matters."""
    capital = body * CAP
    frame = _frame(taking, size)
    fill = taking.fill
    seen = _seen(size, taking)
    reach = seen.max(axis=0) - seen.min(axis=0)
    scale = fill * float(min(frame[0] / reach[0], frame[1] / reach[1]))
    if taking.most_capital is not None:
        wanted = taking.most_capital / capital
        if taking.shrinks == "file":
            frame = (round(frame[0] * wanted / scale), round(frame[1] * wanted / scale))
        scale = wanted
    elif scale * capital < taking.least_capital:
        grow = taking.least_capital / (scale * capital)
        frame, scale = (round(frame[0] * grow), round(frame[1] * grow)), scale * grow
    if fill >= 1 and not taking.cut:
        frame = (round(reach[0] * scale), round(reach[1] * scale))
    corners = _placed(seen * scale, frame, rng)
    if taking.cut:
        corners = _moved_out(corners, taking, size, printed, frame)
    return Pose(corners.astype(np.float32), frame[0], frame[1], scale)


def _frame(taking: Taking, size: tuple[float, float]) -> tuple[int, int]:
    long, short = taking.frame
    lies = (size[0] >= size[1]) == taking.along
    return (long, short) if lies else (short, long)


def _seen(size: tuple[float, float], taking: Taking) -> Corners:
    """The corners as a pinhole sees them, in mm around the middle."""
    x, y = size[0] / 2, size[1] / 2
    points = np.array([(-x, -y, 0), (x, -y, 0), (x, y, 0), (-x, y, 0)])
    a, b, c = (math.radians(angle) for angle in (*taking.tilt, taking.turn))
    tip = np.array([(1, 0, 0), (0, math.cos(a), -math.sin(a)), (0, math.sin(a), math.cos(a))])
    swing = np.array([(math.cos(b), 0, math.sin(b)), (0, 1, 0), (-math.sin(b), 0, math.cos(b))])
    roll = np.array([(math.cos(c), -math.sin(c), 0), (math.sin(c), math.cos(c), 0), (0, 0, 1)])
    points = points @ (roll @ swing @ tip).T
    away = 1.7 * max(size)
    return (points[:, :2] * (away / (away + points[:, 2:]))).astype(np.float32)


def _placed(corners: Corners, frame: tuple[int, int], rng: Generator) -> Corners:
    low, high = corners.min(axis=0), corners.max(axis=0)
    room = np.array(frame, np.float32) - (high - low)
    margin = np.minimum(np.array(frame) * MARGIN, np.maximum(room, 0) / 2)
    where = rng.uniform(0.25, 0.75, 2)
    return np.asarray(corners - low + margin + np.maximum(room - 2 * margin, 0) * where + np.minimum(room, 0) / 2)


def _moved_out(
    corners: Corners, taking: Taking, size: tuple[float, float], printed: tuple[float, ...], frame: tuple[int, int]
) -> Corners:
    """Move the paper until the share of its print is outside."""
    left, top, right, bottom = printed
    words = np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]], np.float32)
    sheet = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    for side, share in taking.cut:
        axis, far = EDGES[side]
        seen = cv2.perspectiveTransform(words, cv2.getPerspectiveTransform(sheet, corners.astype(np.float32)))[0]
        low, high = seen[:, axis].min(), seen[:, axis].max()
        edge = high - share * (high - low) - frame[axis] if far else low + share * (high - low)
        corners = corners.copy()
        corners[:, axis] -= edge
    return corners
