"""What a few words mean beside what was just spoken of: "bukan, maksud saya kk", "yang hilang", "yg telat"."""

from __future__ import annotations

import re

from actions.choices import without_small_talk
from actions.keywords import read_keyword
from actions.words import words
from actions.yes_no import NO
from bot.contracts import Memory, Reading
from bot.knowledge import Knowledge

_CLAUSES = re.compile(r"[,.;:!?\n]|\b(?:maksud(?:nya|ku)?|mksd|mksud|tapi|tp|tetapi|melainkan)\b", re.IGNORECASE)
_BEFORE = frozenset({"kalau", "kalo", "klo", "trus", "terus", "sudah", "sdh", "karena", "krn", "lagi", "kena", "eh"})
_A_FEW = 3
_AN_AGE = 6


def named_instead(text: str, knowledge: Knowledge) -> str | None:
    """The service a correction names; not the one it denies ("bukan ktp")."""
    for clause in reversed(_CLAUSES.split(text)):
        keyword = None if NO.intersection(words(clause)) else read_keyword(clause, knowledge)
        if keyword and keyword.service:
            return keyword.service
    return None


def only_denies(text: str, knowledge: Knowledge) -> bool:
    """Whether a few words say only what is not meant ("bukan kk")."""
    said = words(text)
    return 1 < len(said) <= _A_FEW and said[0] in ("bukan", "bkn") and named_instead(text, knowledge) is None


def tells_only_an_age(reading: Reading, memory: Memory, knowledge: Knowledge) -> bool:
    """Whether a short text adds an age to what was spoken of ("umurnya 2 tahun"), and asks for no child's card."""
    said = words(reading.text)
    taken_for_kia = reading.service == "kia" or reading.service in knowledge.families["kia"].members
    ours = memory.service is not None and memory.service not in ("kia", *knowledge.families["kia"].members)
    aged = len(said) <= _AN_AGE and said[:1] and said[0] in ("umur", "umurnya", "usia", "usianya")
    return bool(taken_for_kia and ours and aged) and read_keyword(reading.text, knowledge) is None


def narrowed(text: str, memory: Memory, knowledge: Knowledge) -> str | None:
    """The service that one word makes of the one spoken of, within its family: "yang hilang" after the KK."""
    if len([word for word in without_small_talk(text) if word not in _BEFORE]) != 1:
        return None
    for family in (one for one in knowledge.families if memory.service in (one, *knowledge.families[one].members)):
        name = family.removesuffix("_semua").replace("_", " ")
        before, keyword = read_keyword(name, knowledge), read_keyword(f"{name} {text}", knowledge)
        if keyword is None or keyword.intent != "ask_service" or keyword.service == memory.service:
            continue
        if keyword.service in knowledge.families[family].members and (not before or keyword.service != before.service):
            return keyword.service
    return None
