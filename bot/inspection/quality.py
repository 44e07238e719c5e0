"""What the citizen might do better with a photo: advice, never a refusal. Silent when in doubt.

Sharpness and light are measured on the text, not on the whole picture: a table's weave is sharp whatever the paper is,
and a dark cloth makes no dark document. Figures are of views of at most 1800 pixels, tuned on drawn documents
photographed by a model of phones of 1 to 12 megapixels; the tables of `tests/inspection` and the bench say how well
they hold elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.contracts.files import Advice
from bot.inspection.reading import Box, Page

Gray = NDArray[np.float32]

FEWEST_PIXELS = 600_000  # 1 MP photos of a KK are read well, 640 x 480 ones are not
FEWEST_LINES = 4
SMALLEST_PAPER = 0.25  # of the picture's area; papers that are merely blurred fill a third and more
GLANCE = 600  # pixels of the longer side: enough to see where the paper lies
LOWEST_TEXT = 6.5  # pixels of the picture as it came; below it letters run together
DARK_PAPER = 92.0  # 0 to 255; sharp photos in bad light keep paper above 130
WIDE_EDGE = 5.2  # pixels from paper to ink; sharp text has 3 to 4.4, a blur of two pixels 5.7
UNSURE = 0.8  # what OCR thinks of its own reading; sharp print has 0.97
FAINTEST = 12.0  # contrast of a box that can be measured
MEASURED_BOXES = 40
FLAT_EDGE = 0.11  # of the picture's brightness: the steepest edges of a picture in which no text was found
FLATTEST_EDGE = 0.055  # of one whose paper is small besides: held too far away, or blurred as well
EDGE_OF_PICTURE = 0.004  # of a side: text that reaches it goes on outside
SMALLEST_GLARE, LARGEST_GLARE = 0.004, 0.35  # of the picture's area
CLOCK = re.compile(r"\b[0-2]?\d[.:][0-5]\d\b")
CHAT = re.compile(
    r"ketik pesan|type a message|\bonline\b|terakhir dilihat|last seen|\bdiketik|4G|5G|LTE|\d{1,3} ?%", re.I
)
SCREEN_SHAPE = 1.5  # height to width of a phone's screen is 16:9 to 21:9, of a photo 4:3


def advise(page: Page, size: tuple[int, int], is_photo: bool) -> frozenset[Advice]:
    """``size``: of the picture as it came. ``is_photo``: False for a PDF's page, drawn by us at a size of our own."""
    gray = cv2.cvtColor(page.view, cv2.COLOR_RGB2GRAY).astype(np.float32)
    patches = [patch for patch in _patches(gray, page.boxes) if patch.size]
    paper = _paper(gray, patches)
    share = max(size) / max(page.view.shape[:2])
    small = is_photo and _is_too_small(page, size, share)
    screen = is_photo and _is_chat(page)
    found = {
        Advice.TOO_SMALL: small,
        Advice.DARK: paper < DARK_PAPER and not screen,
        Advice.BLURRED: _is_blurred(gray, patches, page, small),
        Advice.GLARE: is_photo and not screen and _has_glare(page, paper),
        Advice.CUT_OFF: is_photo and not screen and _is_cut(page, gray, paper),
        Advice.UPSIDE_DOWN: page.turned != 0 and len(page.lines) >= 3,
        Advice.SCREENSHOT: screen,
    }
    return frozenset(advice for advice, holds in found.items() if holds)


def _patches(gray: Gray, boxes: Iterable[Box]) -> list[Gray]:
    """The text found, the largest first: what is small is told less well."""
    largest = sorted(boxes, key=lambda box: -cv2.contourArea(box))[:MEASURED_BOXES]
    patches = []
    for box in largest:
        left, top = np.floor(box.min(axis=0)).astype(int).clip(0)
        right, bottom = np.ceil(box.max(axis=0)).astype(int)
        patches.append(gray[top:bottom, left:right])
    return [patch for patch in patches if min(patch.shape) >= 6]


def _paper(gray: Gray, patches: list[Gray]) -> float:
    """How bright the paper is: what surrounds the letters; without letters, the picture's bright parts."""
    if len(patches) < 3:
        return float(np.percentile(gray, 90))
    return float(np.median([np.percentile(patch, 80) for patch in patches]))


def _is_too_small(page: Page, size: tuple[int, int], share: float) -> bool:
    if size[0] * size[1] < FEWEST_PIXELS:
        return True
    heights = [line.height for line in page.lines]
    if len(heights) < FEWEST_LINES:  # nothing to be read: held too far away, or something else
        return _paper_share(page) < SMALLEST_PAPER
    return float(np.median(heights)) * share < LOWEST_TEXT


def _paper_share(page: Page) -> float:
    """How much of the picture its largest bright part fills: the paper, on whatever is darker than paper."""
    gray = cv2.cvtColor(page.view, cv2.COLOR_RGB2GRAY)
    scale = GLANCE / max(gray.shape)
    small = cv2.GaussianBlur(cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (5, 5), 0)
    _, bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((5, 5))))
    return float(stats[1:, cv2.CC_STAT_AREA].max() / small.size) if count > 1 else 0.0


def _is_blurred(gray: Gray, patches: list[Gray], page: Page, small: bool) -> bool:
    widths = [width for patch in patches if (width := edge_width(patch)) is not None]
    if len(widths) < 3:
        return _edges(gray) < (FLATTEST_EDGE if small else FLAT_EDGE)
    # the sharper part of the text: glare and shadow soften some of it, a moving hand softens all
    if float(np.percentile(widths, 35)) > WIDE_EDGE:
        return True
    # many boxes of which nothing can be read; small print is another complaint
    sure = float(np.median([line.sure for line in page.lines])) if page.lines else 0.0
    return not small and sure < UNSURE


def edge_width(patch: Gray) -> float | None:
    """Pixels from paper to ink, across the direction in which the text is least sharp (a moving hand blurs one
    direction only). None where there is too little contrast to tell."""
    calm = cv2.GaussianBlur(patch, (3, 3), 0)
    dark, bright = np.percentile(calm, [3, 90])
    if bright - dark < FAINTEST:
        return None
    across = cv2.Sobel(calm, cv2.CV_32F, 1, 0) / 8
    down = cv2.Sobel(calm, cv2.CV_32F, 0, 1) / 8
    slants = ((across + down) / np.sqrt(2), (across - down) / np.sqrt(2))
    steepest = min(float(np.percentile(np.abs(one), 97)) for one in (across, down, *slants))
    return float((bright - dark) / max(steepest, 0.1))


def _edges(gray: Gray) -> float:
    calm = cv2.GaussianBlur(gray, (3, 3), 0)
    slope = np.hypot(cv2.Sobel(calm, cv2.CV_32F, 1, 0), cv2.Sobel(calm, cv2.CV_32F, 0, 1)) / 8
    return float(np.percentile(slope, 99.5)) / max(float(np.percentile(gray, 95)), 20.0)


def _has_glare(page: Page, paper: float) -> bool:
    """A burnt-out spot with a soft rim. White paper in good light is burnt out too, but evenly: nothing is said."""
    value = page.view.min(axis=2)
    limit = max(250.0, min(paper + 6.0, 253.0))
    burnt = cv2.morphologyEx((value >= limit).astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(burnt)
    return any(_is_spot(value, labels == number, stats[number]) for number in range(1, min(count, 30)))


def _is_spot(value: NDArray[np.uint8], spot: NDArray[np.bool_], stats: NDArray[np.int32]) -> bool:
    left, top, width, height, area = (int(one) for one in stats)
    if not SMALLEST_GLARE < area / value.size < LARGEST_GLARE or area / (width * height) < 0.55:
        return False
    reach = max(9, round(0.35 * np.sqrt(area)))
    y0, y1, x0, x1 = max(top - reach, 0), top + height + reach, max(left - reach, 0), left + width + reach
    inside = spot[y0:y1, x0:x1].astype(np.uint8)
    around = cv2.dilate(inside, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) - inside
    rim = value[y0:y1, x0:x1][around > 0]
    return bool(rim.size and np.median(rim) < 240)


def _is_cut(page: Page, gray: Gray, paper: float) -> bool:
    height, width = gray.shape
    edge = EDGE_OF_PICTURE * max(width, height)
    far = np.array([width, height]) - 1 - edge
    readable = [line.box for line in page.lines if line.sure > 0.7]
    if sum(bool((box.min(axis=0) <= edge).any() or (box.max(axis=0) >= far).any()) for box in readable) >= 2:
        return True
    touched = _touched_sides(page, gray, paper)
    return 1 <= len(touched) <= 2 and touched not in ({"top", "bottom"}, {"left", "right"})


def _touched_sides(page: Page, gray: Gray, paper: float) -> set[str]:
    """Sides of the picture that the paper runs into over a length. Paper that fills the picture touches all of them
    and was cropped by somebody who saw it; so does paper on a table of its own colour."""
    if len(page.boxes) < 4:
        return set()
    share = 480 / max(gray.shape)
    reduced = cv2.resize(page.view, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    small = np.asarray(cv2.GaussianBlur(reduced, (3, 3), 0), dtype=np.uint8)
    mask = _paper_mask(small, [box * share for box in page.boxes])
    if mask is None:
        return set()
    sides = {"left": mask[:, 1], "right": mask[:, -2], "top": mask[1], "bottom": mask[-2]}
    return {side for side, strip in sides.items() if float(strip.mean()) > 0.3}


def _paper_mask(small: NDArray[np.uint8], boxes: list[Box]) -> NDArray[np.bool_] | None:
    """Where the paper is: what joins the text's surroundings without an edge between. None when it cannot be told."""
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    height, width = lab.shape[:2]
    barrier = np.zeros((height + 2, width + 2), np.uint8)
    text = np.zeros((height, width), np.uint8)
    for box in boxes:
        cv2.fillPoly(text, [np.round(box).astype(np.int32)], 1)
    thick = cv2.dilate(text, np.ones((5, 5), np.uint8))
    rim = (cv2.dilate(thick, np.ones((5, 5), np.uint8)) - thick).astype(bool)
    if not rim.any():
        return None
    # ink would be an island in the paper: let the colour around it stand for it
    filled = cv2.inpaint(lab, thick, 3, cv2.INPAINT_TELEA)
    seeds = np.argwhere(rim)[:: max(1, int(rim.sum()) // 60)]
    for y, x in seeds:
        if not barrier[y + 1, x + 1]:
            cv2.floodFill(filled, barrier, (int(x), int(y)), 0, (5, 3, 3), (5, 3, 3), 4 | cv2.FLOODFILL_MASK_ONLY | 256)
    mask = barrier[1:-1, 1:-1].astype(bool)
    return mask if mask.mean() > 0.05 else None


def _is_chat(page: Page) -> bool:
    """A screen's shape, areas of exactly one colour, and the marks of a chat: clock times, its own words."""
    height, width = page.view.shape[:2]
    if height < SCREEN_SHAPE * width or _evenness(page.view) < 0.3:
        return False
    times = sum(bool(CLOCK.search(line.text)) for line in page.lines if len(line.text) <= 24)
    words = sum(bool(CHAT.search(line.text)) for line in page.lines if len(line.text) <= 32)
    return times + words >= 2


def _evenness(view: NDArray[np.uint8]) -> float:
    """Share of the picture that its four commonest colours cover: a photo has shades, a screen has not."""
    colours = (view.astype(np.uint32) >> 2) @ np.array([1, 1 << 6, 1 << 12], dtype=np.uint32)
    counts = np.unique(colours, return_counts=True)[1]
    return float(np.sort(counts)[-4:].sum() / colours.size)
