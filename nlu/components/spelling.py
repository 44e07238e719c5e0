"""How a message becomes words of one spelling: the rules of ``words.yml``, and mistyped words put right."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List

import yaml

from nlu.components.dictionary import FREQUENT, SHORTEST, Dictionary

LONGEST_READ = 1500
"""Characters of a message that are read; a question stands near the beginning, and 64 kB must cost no time."""

WORDS = Path(__file__).with_name("words.yml")
SIGNS = {"👍": " iya ", "🙏": " makasih ", "👌": " oke ", "✅": " iya ", "👎": " tidak ", "❌": " tidak "}
LINK = re.compile(r"https?://\S+|www\.\S+|\b\S+\.(?:com|id|go\.id|net|xyz)\b")
LONG_NUMBER = re.compile(r"\+?\d[\d\s.-]{6,}\d")
DOUBLED_WORD = re.compile(r"\b([a-z]{3,})[-\s]?(?:2|\1)\b")
REPEATED_LETTER = re.compile(r"([a-z])\1{2,}")
TOKEN = re.compile(r"[a-z]+(?:'(?![a-z]))?|\d+")


class Spelling:
    """The rules of ``words.yml``, made ready; with a dictionary, mistyped words are put right before they apply."""

    def __init__(self, counts: Dict[str, int]) -> None:
        """``counts``: in how many examples a word stands, as `tokens` gives them; empty for the rules alone."""
        words: Dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
        self._phrases = [(re.compile(pattern), str(word)) for pattern, word in words["phrases"]]
        self._full = {str(short): str(full) for full, shorts in words["abbreviations"].items() for short in shorts}
        self._stems = frozenset(words["stems"])
        self._right = self._stems.union(self._full.values())
        self._clitics = sorted(words["clitics"], key=len, reverse=True)
        self._particles = frozenset(words["particles"])
        self._word = lru_cache(maxsize=20_000)(self._one_word)
        self._dictionary = Dictionary(counts, self._one_word)
        self._meant = lru_cache(maxsize=4_000)(self._what_was_meant)

    def normal(self, text: str) -> str:
        """The text as words of one spelling; empty when nothing readable is left."""
        typed = self.tokens(text)
        meant = [word for word in map(self._meant, self._together(typed)) if word]
        if meant != typed:
            meant = TOKEN.findall(self._with_phrases(" ".join(meant)))
        return " ".join(word for word in map(self._word, meant) if word)

    def tokens(self, text: str) -> List[str]:
        """The words as they were typed, but for letters, links, long numbers and the phrases."""
        text = text[:LONGEST_READ]
        for sign, word in SIGNS.items():
            text = text.replace(sign, word)
        text = plain_letters(text)
        text = LINK.sub(" tautan ", text)
        text = LONG_NUMBER.sub(" angkapanjang ", text)
        text = REPEATED_LETTER.sub(r"\1", text)
        return TOKEN.findall(self._with_phrases(text))

    def words(self) -> List[str]:
        """All that the rules know, long enough to be mistyped."""
        return [word for pair in self._full.items() for word in pair if len(word) >= SHORTEST and word.isalpha()]

    def _with_phrases(self, text: str) -> str:
        for pattern, word in self._phrases:
            text = pattern.sub(word, text)
        return DOUBLED_WORD.sub(r"\1", text)

    def _together(self, typed: List[str]) -> List[str]:
        """ "sya rat" -> syarat: two pieces of which one is no word, and which make a frequent one together."""
        joined: List[str] = []
        for word in typed:
            if joined and not (self._is_known(word) and self._is_known(joined[-1])):
                whole = joined[-1] + word
                if self._dictionary.count(whole) >= FREQUENT:
                    joined[-1] = whole
                    continue
            joined.append(word)
        return joined

    def _is_known(self, word: str) -> bool:
        return not word.isalpha() or self._dictionary.knows(word) or self._one_word(word) != word

    def _what_was_meant(self, word: str) -> str:
        return word if self._is_known(word) else self._dictionary.meant(word)

    def _one_word(self, word: str) -> str:
        if word in self._particles:
            return ""
        word = word.rstrip("'")
        if word in self._full:
            return self._full[word]
        if word in self._right:  # "buka" is no "bu" with an ending
            return word
        for clitic in self._clitics:
            if word.endswith(clitic):
                stem = word[: -len(clitic)]
                stem = self._full.get(stem, stem)
                if stem in self._stems:
                    return stem
        return word


def plain_letters(text: str) -> str:
    """Lower case, accents and styled letters folded ("𝐊𝐓𝐏", "é"), typographic apostrophes made plain."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").replace("`", "'").replace("ʼ", "'"))
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).lower()
