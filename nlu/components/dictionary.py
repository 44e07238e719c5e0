"""The words that the training examples hold, and the nearest of them for a word that they do not."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Callable, Dict, Iterable, List, Tuple

from nlu.components.mistyping import skeleton, slips

SHORTEST = 4
"""Letters; nearly every three letters are somebody's abbreviation."""

DOCUMENTS = frozenset({"ktp", "kk", "kia", "ikd", "nik"})
"""Short words that people write together with others: "kkhilang", "nikganda"."""

FURTHEST = 2
"""Letters more or fewer in a word worth comparing; vowels left out ("prsyaratn") are found by the skeleton instead."""

DIFFERENT = 2
"""Letters that only one of two words worth comparing holds: one wrong letter makes two. Long words: one more."""

LARGEST = {4: 0.8, 5: 1.1, 6: 1.3}
"""The cost allowed for a word of so many letters; ``LONG`` for longer ones."""

LONG = 1.7
PER_TENFOLD = 0.3
"""What ten times as frequent is worth in slips."""

CLEARLY = 0.25
SPACE_LEFT_OUT = 0.5
FREQUENT = 5
"""Examples a word must stand in before two words are taken to be written as one."""


class Dictionary:
    """``counts``: in how many examples a word stands; ``sense`` gives the one spelling of words that mean the same,
    and which therefore never make a case unclear."""

    def __init__(self, counts: Dict[str, int], sense: Callable[[str], str]) -> None:
        self._counts = counts
        self._sense = sense
        self._near: Dict[str, List[Tuple[str, int]]] = defaultdict(list)
        self._bones: Dict[str, List[str]] = defaultdict(list)
        for word in counts:
            if len(word) >= SHORTEST:
                for letter in sorted({word[0], word[1]}):
                    self._near[letter].append((word, letters(word)))
                self._bones[skeleton(word)].append(word)

    def knows(self, word: str) -> bool:
        return word in self._counts

    def count(self, word: str) -> int:
        return self._counts.get(word, 0)

    def meant(self, typed: str) -> str:
        """The word, or words, that ``typed`` clearly stands for; itself when it is known or nothing is clear."""
        if len(typed) < SHORTEST or self.knows(typed):
            return typed
        ranked = sorted(self._candidates(typed))
        if not ranked:
            return self._apart(typed)
        cost, best = ranked[0]
        rival = next((other for other, word in ranked if self._sense(word) != self._sense(best)), math.inf)
        return best if rival - cost >= CLEARLY else self._apart(typed)

    def _candidates(self, typed: str) -> Iterable[Tuple[float, str]]:
        near, size, own = set(self._bones.get(skeleton(typed), ())), len(typed), letters(typed)
        most = DIFFERENT if size in LARGEST else DIFFERENT + 1
        for letter in sorted({typed[0], typed[1]}):
            for word, those in self._near.get(letter, ()):
                if -FURTHEST <= len(word) - size <= FURTHEST and (own ^ those).bit_count() <= most:
                    near.add(word)
        allowed = LARGEST.get(len(typed), LONG)
        for word in near:
            cost = slips(word, typed, allowed)
            if cost <= allowed:
                yield cost - PER_TENFOLD * math.log10(self._counts[word]), word

    def _apart(self, typed: str) -> str:
        """ "aktakelahiran" -> "akta kelahiran": the cut whose rarer word is the most frequent."""
        cuts = [(typed[:place], typed[place:]) for place in range(2, len(typed) - 1)]
        told = [(min(map(self._as_part, cut)), cut) for cut in cuts]
        count, cut = max(told, default=(0, ("", "")))
        return " ".join(cut) if count >= FREQUENT else typed

    def _as_part(self, word: str) -> int:
        return self._counts.get(word, 0) if len(word) >= SHORTEST or word in DOCUMENTS else 0


def letters(word: str) -> int:
    """Which letters a word holds, a bit each: tells most words apart long before they are compared."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
