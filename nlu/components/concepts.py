"""What the words of a message mean for a civil registry: "dompet kecopetan" tells of a loss as "hilang" does.

The word lists are ``concepts.yml``. A reading is a list of tokens for the featuriser: each concept found
(``@ktp``, ``@hilang``), each two of them together (``@hilang+@ktp``: which paper met with what is what tells the
services apart), the age in the brackets that the services know, and the direction of a move.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set, Tuple

import yaml

CONCEPTS = Path(__file__).with_name("concepts.yml")
KINDS = ("document", "circumstance", "person", "question", "foreign")
PLACES = ("here", "away")
DIRECTIONS = frozenset({"ke", "dari", "di", "masuk", "tujuan", "asal", "keluar"})
DENIES = "bukan"
"""What stands behind it is what did not happen: "bukan hilang, tapi patah"."""
PREFIXES = ("meng", "meny", "mem", "men", "me", "peng", "pem", "pen", "ber", "ter", "di", "ke", "per", "se", "pe")
SUFFIXES = ("nya", "kan", "an", "ku", "mu", "lah", "kah", "i", "x")
SHORTEST_STEM = 4
UNITS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
TOLD = {"enam belas": "16", "tujuh belas": "17", "belasan": "12", "setahun": "1 tahun", "sebulan": "1 bulan"}
NUMBERS = {word: str(number) for number, word in enumerate(UNITS, start=1)} | TOLD
NUMBER = re.compile(r"\b(?:" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")\b")
AGE = re.compile(r"\b(\d{1,2}) (tahun|bulan|minggu|hari)\b|\bumur(?:nya)? (?:baru |masih |sudah )?(\d{1,2})\b")
DAYS = {"hari": 1, "minggu": 7, "bulan": 30}
TIMELY_DAYS = 60
"""A birth reported within these is no late one."""


class Concepts:
    """The lists, made ready to be looked up."""

    def __init__(self) -> None:
        self._exact: Dict[str, List[str]] = {}
        self._beginnings: Dict[str, List[str]] = {}
        self._phrases: Dict[str, List[Tuple[List[str], str]]] = {}
        lists: Dict[str, Any] = yaml.safe_load(CONCEPTS.read_text(encoding="utf-8"))
        for kind in KINDS:
            for concept, words in lists[kind].items():
                self._learn(words, f"@{concept}")
        for place in PLACES:
            self._learn(lists[place], f"@{place}")
        self._of_word = lru_cache(maxsize=20_000)(self._concepts_of_word)

    def _learn(self, words: List[Any], concept: str) -> None:
        for word in map(str, words):
            if " " in word:
                parts = word.split()
                self._phrases.setdefault(parts[0], []).append((parts, concept))
            elif word.endswith("*"):
                self._beginnings.setdefault(word[:-1], []).append(concept)
            else:
                self._exact.setdefault(word, []).append(concept)

    def tokens(self, text: str) -> List[str]:
        """The concepts of a normalised text, and each pair of them."""
        words = text.split()
        found = [
            (place, concept)
            for place, word in enumerate(words)
            if not place or words[place - 1] != DENIES
            for concept in self._at(words, place, word)
        ]
        concepts: Set[str] = {concept for _, concept in found}
        paired = sorted((concepts - {f"@{place}" for place in PLACES}) | set(_directions(words, found)) | ages(text))
        pairs = [f"{one}+{other}" for place, one in enumerate(paired) for other in paired[place + 1 :]]
        return sorted(concepts.union(paired)) + pairs

    def _at(self, words: List[str], place: int, word: str) -> Iterator[str]:
        yield from self._of_word(word)
        for parts, concept in self._phrases.get(word, ()):
            if words[place : place + len(parts)] == parts:
                yield concept

    def _concepts_of_word(self, word: str) -> Tuple[str, ...]:
        for form in (word, *stems(word)):
            if concepts := self._listed(form):
                return tuple(concepts)
        return ()

    def _listed(self, word: str) -> List[str]:
        found = list(self._exact.get(word, ()))
        for length in range(3, len(word) + 1):
            found += self._beginnings.get(word[:length], ())
        return found


def concept_words() -> Set[str]:
    """Every word of ``concepts.yml``, for the dictionary of the normaliser."""
    lists: Dict[str, Any] = yaml.safe_load(CONCEPTS.read_text(encoding="utf-8"))
    groups = [words for kind in KINDS for words in lists[kind].values()] + [lists[place] for place in PLACES]
    found = {part.rstrip("*") for words in groups for word in words for part in str(word).split()}
    return {word for word in found if word.isalpha()}


def _directions(words: List[str], found: List[Tuple[int, str]]) -> Iterator[str]:
    """``@ke_away`` for "pindah ke kota makassar": the nearest such word up to three words before the place."""
    for place, concept in found:
        if concept[1:] in PLACES:
            before = [word for word in words[max(0, place - 3) : place] if word in DIRECTIONS]
            if before:
                yield f"@{before[-1]}_{concept[1:]}"


def ages(text: str) -> Set[str]:
    """The brackets that decide between services: in time or late, KIA below 5 or below 17, KTP from 17 (16 records)."""
    found = set()
    for number, unit, years in AGE.findall(NUMBER.sub(lambda told: NUMBERS[told.group()], text)):
        count = int(number or years)
        if unit in DAYS:
            found.add("@timely" if count * DAYS[unit] <= TIMELY_DAYS else "@below_5")
        else:
            found.add(
                "@below_5" if count < 5 else "@below_16" if count < 16 else "@about_17" if count < 18 else "@adult"
            )
    return found


def stems(word: str) -> List[str]:
    """ "dihapuskan" -> dihapus, hapus …: a light cut, good enough to look the pieces up."""
    cut = [word[: -len(end)] for end in SUFFIXES if word.endswith(end) and len(word) - len(end) >= SHORTEST_STEM]
    forms = list(cut)
    for form in (word, *cut):
        forms += [form[len(p) :] for p in PREFIXES if form.startswith(p) and len(form) - len(p) >= SHORTEST_STEM]
    return forms
