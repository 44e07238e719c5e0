"""A photo of a paper: print it, lay it on something, light it, take it, make a file of it."""

from __future__ import annotations

from io import BytesIO
from random import Random

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.pictures import lens, light, screen
from tests.pictures.grounds import Picture, ground
from tests.pictures.papers.paper import Case, Layout
from tests.pictures.pose import Pose, pose
from tests.pictures.sheet import CAP, Sheet
from tests.pictures.taking import Taking

LEAST_EM = 12.0  # pixels; print is never set smaller, it is made smaller afterwards
ORIENTATION = {1: 6, 2: 3, 3: 8}  # quarter turns of the pixels against the clock → what EXIF then says
ORIENTATION_TAG = 0x0112


def photograph(layout: Layout, case: Case, taking: Taking, seed: int) -> bytes:
    """The JPEG. The same seed and taking give the same bytes with the same libraries."""
    rng = np.random.default_rng(seed)
    size = (layout.width, layout.height)
    words = layout.print(case, 2.0, Random(seed)).printed
    place = pose(taking, size, layout.body, words, rng)
    sheet = layout.print(case, max(place.scale * 1.1, LEAST_EM / layout.body), Random(seed))
    picture = _scene(sheet, place, taking, rng)
    picture = light.lit(picture, taking, float(max(layout.paper)), rng)
    if taking.glare or taking.sheen:
        picture = light.shining(picture, taking, place, _in_frame(words, sheet, place), rng)
    if taking.blur:
        picture = lens.blurred(picture, taking, layout.body * CAP * place.scale, rng)
    if taking.sharpened:
        picture = lens.sharpened(picture, taking.sharpened)
    picture = lens.grainy(picture, taking.noise, rng)
    if taking.screen is not None:
        picture = screen.screenshot(picture, taking.screen, rng)
    return as_file(picture, taking)


def as_file(picture: Picture, taking: Taking) -> bytes:
    """JPEG; a photo taken with the phone turned says so in EXIF, or lies wrong if ``exif`` is off."""
    image = Image.fromarray(np.ascontiguousarray(np.rot90(picture, taking.rotated)))
    file, notes = BytesIO(), Image.Exif()
    if taking.exif and taking.rotated:
        notes[ORIENTATION_TAG] = ORIENTATION[taking.rotated]
    image.save(file, "JPEG", quality=taking.quality, exif=notes)
    return file.getvalue()


def _scene(sheet: Sheet, place: Pose, taking: Taking, rng: Generator) -> Picture:
    paper = np.asarray(sheet.image)
    if taking.folded and sheet.width > 100:
        paper = _folded(paper, rng)
    shrink = place.scale * 1.1 / sheet.scale
    if shrink < 0.9:
        paper = cv2.resize(paper, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    high, wide = paper.shape[:2]
    onto = cv2.getPerspectiveTransform(
        np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32), place.corners
    )
    frame = (place.width, place.height)
    shape = cv2.warpPerspective(_shape(wide, high, sheet), onto, frame, flags=cv2.INTER_LINEAR)
    seen = cv2.warpPerspective(paper, onto, frame, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    below = ground(taking.ground, *frame, rng)
    below = _shadowed(below, shape, rng)
    scene = cv2.copyTo(seen, cv2.compare(shape, 254, cv2.CMP_GT), below)
    rim = np.nonzero((shape > 0) & (shape < 255))
    share = shape[rim][:, None] / np.float32(255)
    scene[rim] = seen[rim] * share + below[rim] * (1 - share)
    return np.asarray(scene, dtype=np.uint8)


def _shape(wide: int, high: int, sheet: Sheet) -> Picture:
    """White where the paper is; cards have round corners."""
    image = Image.new("L", (wide, high), 0)
    radius = wide * (3.2 / sheet.width) if sheet.width < 90 and sheet.height < 60 else 0
    ImageDraw.Draw(image).rounded_rectangle((0, 0, wide - 1, high - 1), radius, fill=255)
    return np.asarray(image)


def _shadowed(below: Picture, shape: Picture, rng: Generator) -> Picture:
    """The paper's own soft shadow on what it lies on."""
    high, wide = shape.shape
    small = cv2.resize(shape, (max(2, wide // 8), max(2, high // 8)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), max(0.8, small.shape[1] * 0.008))
    aside = np.array([[1, 0, rng.uniform(-2, 2)], [0, 1, rng.uniform(0, 3)]], np.float32)
    soft = cv2.warpAffine(soft, aside, small.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
    dim = cv2.resize(255 - soft // 2, (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(below, cv2.merge([dim] * 3), scale=1 / 255), dtype=np.uint8)


def _folded(paper: Picture, rng: Generator) -> Picture:
    """Creases of a letter that was carried in a pocket."""
    high, wide = paper.shape[:2]
    shade = np.full((256, 256), 128.0, np.float32)
    for share in (0.33, 0.66) if rng.random() < 0.6 else (0.5,):
        row = int(256 * share + rng.integers(-8, 8))
        shade[row:] *= rng.uniform(0.95, 1.03)
        shade[row - 1] *= 0.93
        shade[row] *= 1.05
    if rng.random() < 0.4:
        column = 128 + int(rng.integers(-6, 6))
        shade[:, column:] *= rng.uniform(0.96, 1.03)
    spread = cv2.resize(np.clip(shade, 0, 255).astype(np.uint8), (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(paper, cv2.merge([spread] * 3), scale=1 / 128), dtype=np.uint8)


def _in_frame(words: tuple[float, float, float, float], sheet: Sheet, place: Pose) -> NDArray[np.float32]:
    left, top, right, bottom = words
    box = np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]], np.float32)
    whole = np.array([(0, 0), (sheet.width, 0), (sheet.width, sheet.height), (0, sheet.height)], np.float32)
    onto = cv2.getPerspectiveTransform(whole, place.corners)
    return np.asarray(cv2.perspectiveTransform(box, onto)[0], dtype=np.float32)
