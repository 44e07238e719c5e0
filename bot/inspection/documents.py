"""Which document a page is, by what is printed on it and by its shape. A guess for the list, never a refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.inspection.reading import Page
from bot.knowledge.documents import Document

Signs = NDArray[np.uint8]

CLOSE = 0.8  # share of a phrase's letters that were read right; OCR of blurred text gets four of five
TITLE_DEPTH = 0.45  # of the page's text; below it the name of a paper is one in a list of papers
OWN_LINE = 0.6  # share of the line that the title takes: a title stands by itself, a mention does not
FROM = 0.3  # weight below which nothing is said
LIKE_ANOTHER = 0.9  # a witness's KTP after the citizen's own
MOST_GUESSES = 4
FORM_CODE = re.compile(r"\bF[\s.\-_–:]{0,3}([12])[\s.,\-]{0,2}([0O1][0-9O])\b")
NOT_LETTERS = re.compile(r"[^A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Seen:
    """A page's text, prepared once for all phrases. ``rows``: by themselves and in pairs,
    with their depth in the page (0 to 1)."""

    rows: tuple[tuple[Signs, float], ...]
    whole: Signs
    codes: frozenset[str]


def which_document(page: Page, known: Mapping[str, Document], pages: int = 1) -> tuple[tuple[str, float], ...]:
    """(id, confidence 0 to 1), best first; empty when nothing can be told."""
    seen = _seen(page)
    if not seen.whole.size:
        return ()
    weights = {name: _weight(document, seen) for name, document in known.items() if not document.looks_like}
    best = sorted(((weight, name) for name, weight in weights.items() if weight >= FROM), reverse=True)[:MOST_GUESSES]
    guesses = [(name, round(min(weight, 0.99), 2)) for weight, name in best]
    if guesses:
        guesses += [
            (document.id, round(guesses[0][1] * LIKE_ANOTHER, 2))
            for document in known.values()
            if document.looks_like == guesses[0][0]
        ]
    return tuple(sorted(guesses, key=lambda guess: -guess[1])[: MOST_GUESSES + 1])


def _seen(page: Page) -> Seen:
    rows = page.rows()
    # a title may be broken over two rows, or stand beside a form's code
    pairs = [(f"{first} {second}", depth) for (first, depth), (second, _) in pairwise(rows)]
    depths = {text: depth for text, depth in [*pairs, *rows]}
    for line in page.lines:
        depths.setdefault(line.text, next((depth for text, depth in rows if line.text in text), 1.0))
    codes = {f"F-{one}.{two.replace('O', '0')}" for row, _ in rows for one, two in FORM_CODE.findall(row.upper())}
    parts = tuple((letters, depth) for text, depth in depths.items() if (letters := _letters(text)).size)
    return Seen(parts, _letters("".join(text for text, _ in rows)), frozenset(codes))


def _letters(text: str) -> Signs:
    """Upper case without spaces and marks: OCR loses and invents those first."""
    return np.frombuffer(NOT_LETTERS.sub("", text.upper()).encode(), dtype=np.uint8)


def _weight(document: Document, seen: Seen) -> float:
    """A title by itself is enough to say; a code is as good; words only add, or tell a paper without a title."""
    signs = document.signs
    found = sum(closeness(_letters(word), seen.whole) >= CLOSE for word in signs.words)
    words = min(found / max(len(signs.words), 4) * 1.6, 1.0)
    code = 0.75 if set(signs.codes) & seen.codes else 0.0
    if document.id in TITLELESS:
        titles = sum(closeness(_letters(title), seen.whole) >= CLOSE for title in signs.titles)
        return 0.95 * words * (titles >= 2)
    title = max((_title(_letters(one), seen) for one in signs.titles), default=0.0)
    if not code and not title:
        return 0.6 * words * (found >= 4)
    return max(code, title) + 0.24 * words + (0.15 if code and title else 0.0)


TITLELESS = frozenset({"ktp_el"})
"""A KTP has no name printed on it: province, regency and NIK stand where others have a title."""


def _title(title: Signs, seen: Seen) -> float:
    """The longer title wins where one holds another (SURAT KETERANGAN LAHIR MATI), as more of its line is told."""
    best = 0.0
    for row, depth in seen.rows:
        if row.size < title.size * CLOSE:
            continue
        close = closeness(title, row)
        share = min(title.size / row.size, 1.0)
        if close < CLOSE:
            continue
        stands = 0.5 + 0.25 * share if share >= OWN_LINE else 0.3 * share / OWN_LINE
        low = 1.0 if depth < TITLE_DEPTH else 0.6
        best = max(best, low * stands * close**2 + min(title.size, 40) / 800)
    return best


def closeness(phrase: Signs, text: Signs) -> float:
    """1 minus the errors per letter with which the phrase stands somewhere in the text (Sellers' algorithm, a row of
    all places at a time)."""
    if not phrase.size or not text.size:
        return 0.0
    places = np.arange(text.size + 1)
    row = np.zeros(text.size + 1, dtype=np.int32)
    for number, letter in enumerate(phrase, start=1):
        step = np.minimum(row[1:] + 1, row[:-1] + (text != letter))
        step = np.concatenate(([number], step))
        row = np.minimum.accumulate(step - places) + places
    return 1.0 - float(row.min()) / phrase.size
