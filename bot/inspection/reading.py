"""What is written in a picture: OCR by rapidocr's small models, which are in its wheel; nothing is asked of a network.

Text is found at FIND_SIDE and read at READ_SIDE. Rapidocr's own way through its stages would read each line before
anybody knows whether the page stands on its head, and twice the size for finding costs three times the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Box = NDArray[np.float32]

READ_SIDE = 1800
FIND_SIDE = 960
MOST_LINES = 90  # in reading order: a KK's members are told by then; more is time
THREADS = 1  # two gain little and wait for each other by spinning: twice the processor time for a page
BATCH = 2  # the answer for a line of text is 15 MB (18,000 signs at 200 places)
SURE = 0.6  # below it a line is noise: cloth, wood, a stamp
TRIED_LINES = 5


@dataclass(frozen=True, slots=True)
class Line:
    """``box``: four corners from its upper left, in pixels of the view. ``sure``: 0 to 1."""

    text: str
    sure: float
    box: Box

    @property
    def height(self) -> float:
        return float(np.linalg.norm(self.box[0] - self.box[3]) + np.linalg.norm(self.box[1] - self.box[2])) / 2

    def level(self, slope: float) -> float:
        """How far down it stands on a page whose lines rise or fall by ``slope``."""
        return float(self.box[:, 1].mean() - slope * self.box[:, 0].mean())

    @property
    def left(self) -> float:
        return float(self.box[:, 0].min())


@dataclass(frozen=True, slots=True)
class Page:
    """``view``: the picture that was read, upright. ``turned``: degrees it had to be turned for that, clockwise.
    ``boxes``: where text was found, whether or not it could be read."""

    view: Pixels
    turned: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]

    def rows(self) -> list[tuple[str, float]]:
        """What stands side by side as one text, from top to bottom, each with its depth: 0 the first, 1 the last."""
        return [("  ".join(line.text for line in row), depth) for row, depth in self.line_rows()]

    def line_rows(self) -> list[tuple[list[Line], float]]:
        """As `rows`, with the lines from left to right."""
        slope = _slope(self.lines)
        rows: list[list[tuple[float, Line]]] = []
        # along the page's own slope: on a tilted one neighbours stand at different heights of the picture
        for level, line in sorted(((one.level(slope), one) for one in self.lines), key=lambda pair: pair[0]):
            if rows and abs(rows[-1][-1][0] - level) < 0.6 * min(rows[-1][-1][1].height, line.height):
                rows[-1].append((level, line))
            else:
                rows.append([(level, line)])
        if not rows:
            return []
        top, reach = rows[0][0][0], max(rows[-1][0][0] - rows[0][0][0], 1.0)
        return [(sorted((one for _, one in row), key=lambda one: one.left), (row[0][0] - top) / reach) for row in rows]


def _slope(lines: tuple[Line, ...]) -> float:
    """Of the page's lines, by its longer ones."""
    rises = [(one.box[1] + one.box[2] - one.box[0] - one.box[3]) / 2 for one in lines]
    slopes = [float(rise[1] / rise[0]) for rise, line in zip(rises, lines, strict=True) if rise[0] > 4 * line.height]
    return float(np.median(slopes)) if slopes else 0.0


class Reader:
    """Loads its models (1 s, 80 MB) when it is made."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        engine: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_side_len": FIND_SIDE,
                "Det.limit_type": "max",
                "Rec.rec_batch_num": BATCH,
            }
        )
        # loaded now, not with the first picture: what is warm answers at once
        self._find, self._recognize = engine._load_det_model(), engine._load_rec_model()

    def read(self, picture: Pixels) -> Page:
        """``picture``: RGB, any size."""
        view = _within(picture, READ_SIDE)
        boxes = self._boxes(view)
        turned = 0
        if boxes and _stands_sideways(boxes):
            view, turned = _turned(view, cv2.ROTATE_90_CLOCKWISE), 90
            boxes = self._boxes(view)
        if boxes and self._is_upside_down(view, boxes):
            view, boxes, turned = _turned(view, cv2.ROTATE_180), _turned_over(boxes, view), turned + 180
        read = self._texts(view, boxes[:MOST_LINES])
        lines = tuple(
            Line(text, sure, box) for box, (text, sure) in zip(boxes, read, strict=False) if sure >= SURE and text
        )
        return Page(view, turned, tuple(boxes), lines)

    def _boxes(self, view: Pixels) -> list[Box]:
        found = self._find(cv2.cvtColor(view, cv2.COLOR_RGB2BGR)).boxes
        return [] if found is None else [np.asarray(box, dtype=np.float32) for box in found]

    def _is_upside_down(self, view: Pixels, boxes: list[Box]) -> bool:
        """Reads the longest lines both ways: letters on their heads are read too, but with less certainty."""
        longest = sorted(boxes, key=lambda box: -float(np.linalg.norm(box[1] - box[0])))[:TRIED_LINES]
        upright = self._texts(view, longest)
        if np.mean([sure for _, sure in upright]) > 0.93:
            return False
        over = _turned(view, cv2.ROTATE_180)
        turned = self._texts(over, _turned_over(longest, view))
        return _certainty(turned) > _certainty(upright) + 0.03

    def _texts(self, view: Pixels, boxes: list[Box]) -> list[tuple[str, float]]:
        if not boxes:
            return []
        from rapidocr.ch_ppocr_rec import TextRecInput

        crops = [_crop(view, box) for box in boxes]
        found = self._recognize(TextRecInput(img=crops))
        return [(str(text).strip(), float(sure)) for text, sure in zip(found.txts, found.scores, strict=True)]


def _certainty(read: list[tuple[str, float]]) -> float:
    weights = [max(len(text), 1) for text, _ in read]
    return float(np.average([sure for _, sure in read], weights=weights))


def _within(picture: Pixels, side: int) -> Pixels:
    share = side / max(picture.shape[:2])
    if share >= 1:
        return picture
    size = (max(1, round(picture.shape[1] * share)), max(1, round(picture.shape[0] * share)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _turned(picture: Pixels, how: int) -> Pixels:
    return np.asarray(cv2.rotate(picture, how), dtype=np.uint8)


def _sides(box: Box) -> tuple[float, float]:
    width = max(np.linalg.norm(box[1] - box[0]), np.linalg.norm(box[2] - box[3]))
    height = max(np.linalg.norm(box[3] - box[0]), np.linalg.norm(box[2] - box[1]))
    return float(width), float(height)


def _stands_sideways(boxes: list[Box]) -> bool:
    """Whether most of the text that has a length runs up or down."""
    upright = sideways = 0.0
    for width, height in map(_sides, boxes):
        if width > 2 * height:
            upright += width
        elif height > 2 * width:
            sideways += height
    return sideways > 1.5 * upright


def _turned_over(boxes: list[Box], view: Pixels) -> list[Box]:
    """The same boxes in the picture turned by 180 degrees, in its reading order."""
    far = np.array([view.shape[1] - 1, view.shape[0] - 1], dtype=np.float32)
    return [np.roll(far - box, 2, axis=0) for box in reversed(boxes)]


def _crop(view: Pixels, box: Box) -> Pixels:
    width, height = (max(4, round(side)) for side in _sides(box))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    crop = cv2.warpPerspective(
        view, cv2.getPerspectiveTransform(box, corners), (width, height), borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(crop[..., ::-1], dtype=np.uint8)
