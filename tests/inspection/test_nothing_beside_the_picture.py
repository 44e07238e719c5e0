"""What is kept of a photo or a scan shows what it showed, and tells nothing else: no place, no owner, no comment."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from bot.contracts.files import FetchedFile, FileKind
from bot.gateways.inspection import InspectionProcess
from tests.inspection.telling import PACKED, SECRET, TELLING, everything_in


@pytest.mark.parametrize("name", TELLING)
def test_a_photo_is_turned_upright_and_forgets_where_it_was_taken(inspector: InspectionProcess, name: str) -> None:
    body = TELLING[name]()
    assert SECRET in body, "or this proves nothing"
    found = inspector.inspect(FetchedFile(body))
    assert found.kind is FileKind(name)
    for kept in (found.clean, found.thumbnail):
        assert SECRET not in kept
        with Image.open(io.BytesIO(kept)) as picture:
            assert not picture.getexif()
            assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (found.width, found.height) == (300, 400)
    with Image.open(io.BytesIO(found.clean)) as picture:
        red, green, blue = np.asarray(picture)[20, 280]
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize("name", PACKED)
def test_a_scan_forgets_what_its_pictures_tell_however_they_are_packed(inspector: InspectionProcess, name: str) -> None:
    body = PACKED[name]()
    assert any(SECRET in part for part in everything_in(body)), "or this proves nothing"
    found = inspector.inspect(FetchedFile(body))
    assert found.kind is FileKind.PDF
    assert not any(SECRET in part or b"Exif" in part for part in everything_in(found.clean))
    assert "SITI CONTOH" in inspector.inspect(FetchedFile(found.clean)).text, "the picture is there still"
