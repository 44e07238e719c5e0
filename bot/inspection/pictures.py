"""Pictures: read within bounds, turned upright, stripped of all but their pixels, written anew.

What is kept is a JPEG whatever came: browsers show no HEIC, a photo as PNG is ten times the size, and what was written
anew carries no place (EXIF), no colour profile, no second file behind its end.
"""

from __future__ import annotations

import io
import struct

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, UnidentifiedImageError

from bot.contracts.files import FileKind, Refusal
from bot.errors import FileRefused
from bot.inspection.bounds import (
    LARGEST_LAYERED_PIXELS,
    LARGEST_PIXELS,
    LARGEST_WEBP_PIXELS,
    LARGEST_WHOLE_PIXELS,
    bound_pixels,
)

KEPT_SIDE = 2600
"""Pixels of the longer side of what is kept: A4 at 220 dpi, where the smallest print of a KK is 12 pixels high. A
phone's 12 megapixels would take three times the room and show no more."""

KEPT_QUALITY = 86
THUMBNAIL_SIDE = 320
THUMBNAIL_QUALITY = 70
BAND = 512  # lines
JPEG_PIXELS_A_BYTE = 256
"""At most: a block of 64 pixels takes two codes of a bit each at least (ITU T.81, F.1.2)."""
ORIENTATION = 0x0112
FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP", FileKind.HEIC: "HEIF"}
TURNS = {
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_270],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_90],
}

Pixels = NDArray[np.uint8]

Image.MAX_IMAGE_PIXELS = None  # our own bound, asked before anything is decoded, refuses instead of warning
ImageFile.LOAD_TRUNCATED_IMAGES = False


def read_picture(body: bytes, kind: FileKind) -> tuple[Image.Image, tuple[int, int]]:
    """Upright, RGB, at most KEPT_SIDE; and width and height as it came, upright. Raises FileRefused."""
    try:
        _bound_head(body, kind)
        with Image.open(io.BytesIO(body), formats=[_format(kind)]) as picture:
            return _decoded(picture, kind, len(body))
    except (FileRefused, MemoryError):
        raise
    except UnidentifiedImageError:
        raise FileRefused(Refusal.BROKEN) from None
    except Exception:
        # decoders raise whatever they like on what they do not understand: OSError, SyntaxError, struct.error, ...
        raise FileRefused(Refusal.BROKEN) from None


def _decoded(picture: Image.Image, kind: FileKind, length: int) -> tuple[Image.Image, tuple[int, int]]:
    bound_pixels(*picture.size, _most_pixels(picture, kind))
    if _is_baseline(picture, kind) and length * JPEG_PIXELS_A_BYTE < picture.width * picture.height:
        raise FileRefused(Refusal.BROKEN)  # the decoder would make up what is not there, in grey
    if getattr(picture, "is_animated", False):
        raise FileRefused(Refusal.TYPE)
    turns = TURNS.get(_orientation(picture), [])
    width, height = picture.size
    if kind is FileKind.JPEG:
        picture.draft("RGB", (KEPT_SIDE, KEPT_SIDE))  # the decoder itself halves what is far too large
    picture.load()
    upright = picture if picture.mode == "RGB" and "transparency" not in picture.info else _flat(picture)
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = upright.copy()  # of pixels alone: what was opened knows its file
    for turn in turns:
        upright = upright.transpose(turn)
        if turn not in (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.ROTATE_180):
            width, height = height, width
    upright.info.clear()  # Pillow would write a comment again
    return upright, (width, height)


def _most_pixels(picture: Image.Image, kind: FileKind) -> int:
    if _is_baseline(picture, kind):
        return LARGEST_PIXELS
    return LARGEST_LAYERED_PIXELS if "A" in picture.mode else LARGEST_WHOLE_PIXELS


def _is_baseline(picture: Image.Image, kind: FileKind) -> bool:
    return kind is FileKind.JPEG and not picture.info.get("progressive")


def _format(kind: FileKind) -> str:
    if kind is FileKind.HEIC:
        import pillow_heif  # 20 MB that most files do not need

        pillow_heif.register_heif_opener(thumbnails=False)
    return FORMATS[kind]


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(ORIENTATION, 1))
    except Exception:
        return 1  # EXIF out of form says nothing; the picture may be good


def _flat(picture: Image.Image) -> Image.Image:
    """As plain RGB: 16 bits and CMYK reduced, transparent parts on white as paper is. Band by band, or a large picture
    would be held three times over."""
    deep_top = _deep_top(picture)
    paper = Image.new("RGB", picture.size, "white")
    for top in range(0, picture.height, BAND):
        band = picture.crop((0, top, picture.width, min(top + BAND, picture.height)))
        if deep_top:
            paper.paste(_shallow(band, deep_top), (0, top))
        elif "A" in band.mode or "a" in band.mode or "transparency" in picture.info:
            layered = band.convert("RGBA")
            paper.paste(layered, (0, top), layered.getchannel("A"))
        else:
            paper.paste(band.convert("RGB"), (0, top))
    return paper


def _deep_top(picture: Image.Image) -> float:
    """The white of a picture of more than 8 bits; 0 for any other."""
    if not picture.mode.startswith("I") and picture.mode != "F":
        return 0.0
    _, highest = picture.getextrema()
    return 255.0 if picture.mode in ("I", "F") and float(highest) <= 255 else 65_535.0  # type: ignore[arg-type]


def _shallow(picture: Image.Image, top: float) -> Image.Image:
    deep = np.asarray(picture, dtype=np.float32)
    return Image.fromarray((deep.clip(0, top) * (255 / top)).astype(np.uint8)).convert("RGB")


def _bound_head(body: bytes, kind: FileKind) -> None:
    """WEBP's decoder takes memory for two whole pictures as soon as it is opened, so its head is read by hand."""
    if kind is not FileKind.WEBP:
        return
    chunk, data = body[12:16], body[20:34]
    if len(data) < 10:
        raise FileRefused(Refusal.BROKEN)
    if chunk == b"VP8X":
        if data[0] & 0x02:
            raise FileRefused(Refusal.TYPE)  # animated: a sticker, not a document
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (4, 7))
    elif chunk == b"VP8L":
        (bits,) = struct.unpack("<I", data[1:5])
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[6:10]))
    bound_pixels(width, height, LARGEST_WEBP_PIXELS)


def clean_copy(picture: Image.Image) -> bytes:
    """The JPEG that is kept."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=KEPT_QUALITY, optimize=True)
    return out.getvalue()


def thumbnail(picture: Image.Image) -> bytes:
    small = picture.copy() if max(picture.size) <= THUMBNAIL_SIDE else picture.reduce(max(1, _coarse(picture)))
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=THUMBNAIL_QUALITY)
    return out.getvalue()


def _coarse(picture: Image.Image) -> int:
    return max(picture.size) // (THUMBNAIL_SIDE * 2)
