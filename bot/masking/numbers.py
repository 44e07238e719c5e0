"""What is written in digits or signs: NIK, KK, telephone numbers, dates, e-mail addresses, links."""

from __future__ import annotations

import re
import unicodedata

_MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|peb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun[i]?|jul[i]?|agu?s?(?:tus)?|agt"
    "|sep(?:t|tember)?|okt(?:ober)?|nov(?:ember)?|nop(?:ember)?|des(?:ember)?"
)
_DIGIT = r"(?:\d|\b(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\b)"
_BETWEEN = r"[\W_oOlIxX]*"  # blanks, dots, dashes, brackets; letters typed for 0, 1 and a star

_OURS = {"<": "(", ">": ")"}  # these mark what is masked
_LINE_END = re.compile(r"([^\n.!?,:;]?)[.]?\n")  # so that the next line still begins a sentence
_STEPS = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"\b(?:https?:|www\.)\S+|\b[\w-]+\.(?:com|id|net|org|me)\b\S*", "<tautan>"),
        (r"\S*\s?@\s?\S*", "<surel>"),
        (rf"\b\d{{1,2}}\W*\b(?:{_MONTHS})\b(?:\W*\d{{2,4}})?", "<tanggal>"),
        (rf"\b(?:{_MONTHS})\W*\d{{4}}\b", "<tanggal>"),
        (r"\b\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}\b", "<tanggal>"),
        (rf"\+?{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{4,}}", "<angka>"),
        (r"(?<!\w)(?:[^\W\d_][\s.-]+){2,}[^\W\d_](?!\w)", "<kata>"),  # a name spelled letter by letter
        (r"(?<![^\W\d_])(?=[\doOlI])(?=(?:[oOlI\W_]*\d){2})[\doOlI](?:[\W_]*[\doOlI]){4,}(?![^\W\d_])", "<angka>"),
        (r"\b(?:19|20)\d\d\b", "<tahun>"),
        (r"\b(rt|rw|no|nomor)\b(?:[\W_]*\d+)+", r"\1 <angka>"),
    )
)


def plain(text: str) -> str:
    """The text in its plainest letters and digits, on one line, without what cannot be seen."""
    letters = unicodedata.normalize("NFKC", text)
    lines = ["".join(_plain(letter) for letter in line) for line in letters.splitlines()]
    return _LINE_END.sub(r"\1. ", "\n".join(" ".join(line.split()) for line in lines if line.strip())).strip()


def mask_numbers(text: str) -> str:
    """No run of five digits or more is left, whatever signs stand between them."""
    for pattern, instead in _STEPS:
        text = pattern.sub(instead, text)
    return text


def _plain(letter: str) -> str:
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(letter)
    if category in ("Cf", "Cs", "Co", "Cn", "Mn", "Me"):
        return ""
    if letter in _OURS:
        return _OURS[letter]
    return " " if category[0] in "CZ" else letter
