"""How likely a word was mistyped as another: what a thumb on a small keyboard does costs less than what it does not."""

from __future__ import annotations

import math
from typing import List

VOWELS = frozenset("aiueo")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHIFTED = {letter: (x + 0.5 * y, y) for y, row in enumerate(ROWS) for x, letter in enumerate(row)}
"""Where each key lies; every row is half a key further right than the one above."""

NEIGHBOURS = frozenset(
    (one, other)
    for one, (x, y) in SHIFTED.items()
    for other, (u, v) in SHIFTED.items()
    if one != other and abs(x - u) <= 1 and abs(y - v) <= 1
)
SWAPPED = 0.7
DOUBLED = 0.4
VOWEL_LEFT_OUT = 0.4
VOWEL_FOR_VOWEL = 0.8
NEIGHBOUR = 0.7
ANY = 1.0
FIRST_LETTER = 0.5
"""Added when the first letter is not the one meant: people rarely miss it."""


def slips(right: str, typed: str, most: float = math.inf) -> float:
    """The cost of the cheapest way from the word meant to the word typed; 1 is an arbitrary letter wrong. Beyond
    ``most`` it is not counted to the end."""
    before: List[float] = []
    row = [0.0]
    for place in range(1, len(typed) + 1):
        row.append(row[-1] + _added(typed, place - 1))
    for i, meant in enumerate(right, start=1):
        left_out = _left_out(right, i - 1)
        last, before, row = before, row, [row[0] + left_out]
        for j, letter in enumerate(typed, start=1):
            cost = min(
                before[j - 1] + (0.0 if letter == meant else _instead(meant, letter)),
                before[j] + left_out,
                row[j - 1] + _added(typed, j - 1),
            )
            if i > 1 and j > 1 and meant == typed[j - 2] and letter == right[i - 2] and meant != letter:
                cost = min(cost, last[j - 2] + SWAPPED)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return math.inf
    return row[-1] + (FIRST_LETTER if right[0] != typed[0] else 0.0)


def skeleton(word: str) -> str:
    """ "persyaratan" -> prsyrtn: what stays when vowels and doubled letters are left out."""
    kept = word[0]
    for letter in word[1:]:
        if letter not in VOWELS and letter != kept[-1]:
            kept += letter
    return kept


def _left_out(right: str, place: int) -> float:
    if place and right[place] == right[place - 1]:
        return DOUBLED
    return VOWEL_LEFT_OUT if place and right[place] in VOWELS else ANY


def _added(typed: str, place: int) -> float:
    return DOUBLED if place and typed[place] == typed[place - 1] else ANY


def _instead(meant: str, letter: str) -> float:
    if (meant, letter) in NEIGHBOURS:
        return NEIGHBOUR
    return VOWEL_FOR_VOWEL if meant in VOWELS and letter in VOWELS else ANY
