"""The words that many people write, and which therefore tell nothing of one of them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

WORD = re.compile(r"<[a-z]+>|[^\W\d_]+(?:['’`´-][^\W\d_]+)*")
_ENDINGS = ("nya", "ku", "mu", "lah", "kah", "ki", "mi", "ji", "pi", "ta", "na", "'ta", "'")
_OFTEN = 2
_LONG = 6
"""Letters from which on a word with one slip in it is still told from a name."""
_VOWELS = re.compile("[aiueo]")


@dataclass(frozen=True)
class Vocabulary:
    """``common``: words of what the assistant was taught; ``shared``: words that several citizens wrote."""

    common: frozenset[str]
    shared: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, lines: Iterable[str]) -> Vocabulary:
        """Words that stand in several lines in small letters: a name has a capital, or stands in one."""
        times: Counter[str] = Counter()
        for line in lines:
            times.update({folded(word) for word in WORD.findall(line) if word == word.lower()})
        return cls(frozenset(word for word, number in times.items() if number >= _OFTEN))

    def with_shared(self, words: Iterable[str]) -> Vocabulary:
        return replace(self, shared=frozenset(words))

    def words_of(self, text: str) -> list[str]:
        return WORD.findall(text)

    def has(self, word: str) -> bool:
        """Whether it is one of the common words, also with an ending."""
        said = folded(word)
        bare = [said, *(said.removesuffix(ending) for ending in _ENDINGS if len(said) > len(ending) + 2)]
        parts = [part for part in re.split(r"['’`´-]", said) if part]
        return not self.common.isdisjoint(bare) or (len(parts) > 1 and self.common.issuperset(parts))

    def allows(self, word: str) -> bool:
        """Whether it tells nothing of who wrote it; also with one slip, with vowels left out, or shared by many."""
        said = folded(word)
        return self.has(word) or said in self.shared or self._has_a_slip(said) or self._lacks_vowels(said)

    def _has_a_slip(self, said: str) -> bool:
        return len(said) >= _LONG and not self._slips.isdisjoint(_with_a_slip(said))

    def _lacks_vowels(self, said: str) -> bool:
        """ "hrus" for "harus"."""
        consonants = _consonants(said)
        return len(consonants) > 1 and any(_is_within(said, word) for word in self._by_consonants.get(consonants, ()))

    @cached_property
    def _slips(self) -> frozenset[str]:
        return frozenset(slip for word in self.common if len(word) >= _LONG for slip in _with_a_slip(word))

    @cached_property
    def _by_consonants(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.common:
            found[_consonants(word)].append(word)
        return found


def folded(word: str) -> str:
    """In small letters, without accents, drawn-out letters once: "Budiii" and "budi" are one word."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"(.)\1{2,}", r"\1", bare)


def _with_a_slip(word: str) -> set[str]:
    """The word, and the word with one letter but the first left out: two words a slip apart have one in common."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))}


def _consonants(word: str) -> str:
    return word[:1] + _VOWELS.sub("", word[1:])


def _is_within(short: str, word: str) -> bool:
    """Whether all letters of ``short`` stand in ``word``, in their order."""
    letters = iter(word)
    return all(letter in letters for letter in short)
