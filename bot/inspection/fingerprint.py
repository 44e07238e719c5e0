"""A short hash of how a picture looks: two photos of one file differ in few bits, whatever their size and quality."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 32
KEPT = 8  # the lowest frequencies each way


def fingerprint(gray: NDArray[np.uint8]) -> str:
    """16 hex digits (perceptual hash by the cosine transform, 64 bits)."""
    small = cv2.resize(gray, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = cv2.dct(small)[:KEPT, :KEPT].flatten()
    # the first is the mean brightness, which says nothing of the content and would lift the median
    bits = low > np.median(low[1:])
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"
