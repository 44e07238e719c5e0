"""Numbered choices: offering them, and telling which one a citizen's answer picks.

A pick is a number ("2", "no 2", "yg kedua", "1 dan 3"), a button's payload, or words of exactly one title. It is
decided before anything is read by the NLU, and only while choices are pending.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, pairwise

from actions.words import holds, words
from actions.yes_no import NO
from bot.contracts import Choice, Memory, Reading, ReadingSource, Reply

_NUMBERS = {
    **dict.fromkeys(("satu", "pertama", "kesatu", "ke1"), 1),
    **dict.fromkeys(("dua", "kedua", "ke2"), 2),
    **dict.fromkeys(("tiga", "ketiga", "ke3"), 3),
    **dict.fromkeys(("empat", "keempat", "ke4"), 4),
    **dict.fromkeys(("lima", "kelima", "ke5"), 5),
    **dict.fromkeys(("enam", "keenam", "ke6"), 6),
    **dict.fromkeys(("tujuh", "ketujuh", "ke7"), 7),
    **dict.fromkeys(("delapan", "kedelapan", "ke8"), 8),
    **dict.fromkeys(("sembilan", "kesembilan", "ke9"), 9),
    **dict.fromkeys(("sepuluh", "kesepuluh", "ke10"), 10),
}
_ADDRESSES = frozenset(("kak", "pak", "bu", "bapak", "ibu", "min", "mimin", "admin", "dek", "tabe"))
_AROUND = _ADDRESSES.union(
    (
        *("yg", "yang", "no", "nomor", "nmr", "nomer", "angka", "pilih", "pilihan", "ke", "dan", "atau", "sama"),
        *("saya", "sy", "aku", "mau", "itu", "ini", "ya", "iya", "iye", "saja", "aja", "dong", "deh", "untuk"),
        *("mi", "ji", "ki", "ka", "pi", "je"),
    )
)
"""Small talk around a choice, some of it Bugis-Makassar."""
_CHILD = frozenset({"anak", "anaknya", "anakku"})


def is_choice(text: str, memory: Memory, payload: str = "") -> bool:
    """Whether this answers the choices offered last, so that nothing needs to be read."""
    return bool(picked(text, memory, payload))


def picked(text: str, memory: Memory, payload: str = "") -> tuple[Choice, ...]:
    """The choices an answer picks, in the order named; empty when it is not (only) an answer to them."""
    if not payload and (choice := _by_label(text, memory.choices)):
        return (choice,)
    for said in (payload, text):
        if said.strip() and (numbers := numbers_in(said)):
            return _by_number(numbers, memory.choices)
        if said.strip() and (choice := _by_title(said, memory.choices)):
            return (choice,)
    return ()


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of a text that holds nothing but numbers and small talk around them; else empty."""
    found: list[int] = []
    for word in words(text):
        number = number_of(word)
        if number is not None:
            found.append(number)
        elif word not in _AROUND:
            return ()
    return tuple(dict.fromkeys(found))


def number_of(word: str) -> int | None:
    """The small number a word is: "2", "dua", "kedua"."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 2 else _NUMBERS.get(word)


def is_address(text: str) -> bool:
    """Whether a text only calls somebody ("min", "pak"), as people do before they write what they want."""
    said = words(text)
    return bool(said) and _ADDRESSES.issuperset(said)


def without_small_talk(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(text) if word not in _AROUND)


def reading_of(choice: Choice, text: str) -> Reading:
    """What picking this choice means."""
    return Reading(
        text=text,
        intent=choice.intent,
        confidence=1.0,
        service=choice.service,
        source=ReadingSource.CHOICE,
        part=choice.part,
        value=choice.value,
    )


def offer(choices: Sequence[Choice]) -> Reply:
    """The list of choices as the last thing said."""
    if len(choices) == 1 and choices[0].number in (0, 1):
        title = choices[0].title
        return Reply("single_choice", {"title": title if title[:2].isupper() else title[0].lower() + title[1:]})
    lines = "\n".join(f"{number}. {choice.title}" for number, choice in _numbered(choices))
    return Reply("choices", {"choices": lines})


def _by_number(numbers: tuple[int, ...], choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    found = [[choice for known, choice in _numbered(choices) if known == number] for number in numbers]
    return tuple(one for one, *_ in found) if all(len(fitting) == 1 for fitting in found) else ()


def _numbered(choices: Sequence[Choice]) -> list[tuple[int, Choice]]:
    """Each with the number that picks it: its own, else the next that no other has."""
    own = {choice.number for choice in choices}
    free = (number for number in count(1) if number not in own)
    return [(choice.number or next(free), choice) for choice in choices]


def _by_label(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    """The one choice whose title counts as the answer does: "anak ke-2" for "yang kedua", at whatever place."""
    said = words(text)
    numbers = [(before, word, number) for before, word in pairwise(("", *said)) if (number := number_of(word))]
    if len(numbers) != 1 or any(word not in _AROUND | _CHILD and number_of(word) is None for word in said):
        return None
    before, word, number = numbers[0]
    if before != "ke" and not word.startswith(("ke", "pertama")):
        return None
    fitting = [choice for choice in choices if holds(words(choice.title), ("ke", str(number)))]
    if _CHILD.intersection(said):
        fitting = [choice for choice in fitting if _CHILD.intersection(words(choice.title))]
    return fitting[0] if len(fitting) == 1 else None


def _by_title(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    said = set(without_small_talk(text))
    fitting = [choice for choice in choices if said and said <= set(words(choice.title))]
    if said == {"ada"}:  # never "Tidak ada keduanya"
        fitting = [choice for choice in fitting if words(choice.title)[0] not in NO]
    exact = [choice for choice in fitting if words(choice.title) == words(text)]
    if len(exact) == 1:
        return exact[0]
    return fitting[0] if len(fitting) == 1 else None
