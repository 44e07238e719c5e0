"""Where the pictures lie, how they are named, and the page that shows them all."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
INDEX = FOLDER / "README.md"
HEAD = """# What people see

Taken from the running demo by `make pictures`; everybody in them is invented. `-phone` is 360 pixels wide,
`-en` the English switch, `-dark` a system set to dark, `-200` a desk screen at 200 % zoom.
"""
GAP, GREY = 16, "#9aa3ad"  # between two windows
QUALITY = 72  # of WebP: letters stay sharp, a picture takes 15 to 60 kB


class Album:
    """``<page>-<state>.webp``; what is written under a picture is kept beside its name."""

    def __init__(self) -> None:
        FOLDER.mkdir(exist_ok=True)
        self._captions: dict[str, str] = {}

    def take(self, page: Page, name: str, caption: str) -> None:
        """A picture of what the page's window shows now."""
        page.wait_for_timeout(250)  # what was just swapped in is painted
        Image.open(BytesIO(page.screenshot())).convert("RGB").save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)
        self._captions[name] = caption

    def take_both(self, left: Page, right: Page, name: str, caption: str) -> None:
        """What two windows show, side by side."""
        shots = [Image.open(BytesIO(page.screenshot())).convert("RGB") for page in (left, right)]
        both = Image.new("RGB", (sum(shot.width for shot in shots) + GAP, max(shot.height for shot in shots)), GREY)
        both.paste(shots[0], (0, 0))
        both.paste(shots[1], (shots[0].width + GAP, 0))
        both.save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)
        self._captions[name] = caption

    def bind(self) -> None:
        """The page of all pictures; those not taken now keep their places."""
        captions = _bound() | self._captions
        there = {name: said for name, said in sorted(captions.items()) if (FOLDER / f"{name}.webp").exists()}
        INDEX.write_text("\n".join([HEAD, *(f"## {said}\n\n![{said}]({name}.webp)\n" for name, said in there.items())]))


def _bound() -> dict[str, str]:
    """Name and caption of the pictures that the page has."""
    if not INDEX.exists():
        return {}
    lines = [line for line in INDEX.read_text().splitlines() if line.startswith("![")]
    return {line.split("](")[1].removesuffix(".webp)"): line[2:].split("](")[0] for line in lines}
