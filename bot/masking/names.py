"""Names: the hard part, since on a telephone "siti", "Siti" and "SITI" are all written.

A word is taken for a name when

1. it is a part of the name in the citizen's own profile, or begins with a long one;
2. it follows words after which a name comes ("nama saya", "a.n.", "pak"), up to the next word that is none;
3. it stands in a run of capitalised words, away from the beginning of a sentence, one of which no example knows;
4. no example knows it, and hardly anybody else writes it (it then becomes ``<kata>``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice

from bot.masking.vocabulary import WORD, Vocabulary, folded

NAME, WORD_OF_ONE = "<nama>", "<kata>"
LONG_PART = 4
SHORTEST = 3
"""Letters from which on a word nobody else writes can tell who wrote it."""
RUN = 5
"""Words that a name has at most."""
_PERSON = (
    r"(?:ibu|bapak|bpk|ayah|mama|mamak|istri|isteri|suami|anak|adik|adek|kakak|kakek|nenek|orang\s?tua|ortu|saya|sy"
    r"|aku|kami|keluarga|almarhum|almarhumah|alm|almh)(?:nya|ku|ta)?"
)
_SURELY = re.compile(
    rf"\b(?:nama\s(?:lengkap\s|asli\s|panggilan\s)?{_PERSON}(?:\s(?:saya|sy))?"
    r"|namaku|namanya|nm|nama\s?:|bernama|dipanggil|panggil\s?saja|atas\s?nama|a\s?\.?\s?/?\s?n\b|an|alias|binti|bin)"
    r"(?:\s+(?:adalah|ialah|yaitu|itu))?[\s.:=,/-]+",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"\b(?:bapak|bpk|bp|pak|ibu|bu|sdr|sdri|sdra|saudara|saudari|tn|ny|nn|h|hj|dg|daeng|puang|andi|karaeng|pung"
    r"|kak|kakak|mas|mbak|bang|om|tante|ustad|ustadz"
    rf"|(?:{_PERSON})\s+(?:saya|sy|ku|kami)|jl|jln|jalan|gang|gg|dusun|dsn|desa|kampung|kelurahan|kel|perumahan"
    r"|nama|alamat|lahir\s?di|ttl|salam|dari|dengan|dgn)\b[\s.:,/]+",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        """saya sy aku kami kita bayi sendiri siapa ibu bapak ayah mama anak anaknya suami istri kakek nenek kakak adik
        adek orang tua ortu almarhum almarhumah alm keluarga kepala yang yg di ke dari dan atau itu ini ada tidak tdk
        belum sudah sdh mau bisa salah beda hilang rusak ganti ubah perubahan tambah lengkap lama baru kurang satu dua
        pada dengan dalam untuk karena kalau apa apakah bagaimana gimana berapa pak bu lain orangtua ktp kk kia nik
        akta dia punya tanpa jadi juga saja ya kan ibunya bapaknya ayahnya suaminya istrinya nama namanya sama oleh
        agar""",
    )
)
"""Words that follow "nama" in ordinary sentences: "nama saya salah di ktp", "atas nama ibu"."""
_TITLES = frozenset(
    {"ibu", "bapak", "bpk", "pak", "bu", "anak", "istri", "suami", "almarhum", "almarhumah", "alm", "hj"}
)


@dataclass(slots=True)
class _Word:
    text: str
    start: int
    end: int
    opens: bool  # stands at the beginning of a sentence
    mask: str = ""

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def parts_of(name: str) -> frozenset[str]:
    """The words of a profile name, and all of them written as one."""
    parts = [folded(part) for part in WORD.findall(name)]
    return frozenset(part for part in (*parts, "".join(parts)) if len(part) > 1)


def mask_names(text: str, profile_name: str, vocabulary: Vocabulary) -> str:
    """``text`` as `mask_numbers` leaves it; its ``<…>`` stay as they are."""
    said = [word for word in _words_of(text) if not word.text.startswith("<")]
    small = not any(letter.islower() for letter in re.sub(r"<[a-z]+>", "", text))
    _own(said, parts_of(profile_name))
    _announced(text, said, vocabulary, small)
    if not small:
        _capitalised(said, vocabulary)
    for word in said:
        if not word.mask and len(word.text) >= SHORTEST and not vocabulary.allows(word.text):
            word.mask = WORD_OF_ONE
    return _written(text, said)


def _words_of(text: str) -> list[_Word]:
    found = []
    for place in WORD.finditer(text):
        before = text[: place.start()].rstrip(" \"'*_~([")
        found.append(_Word(place.group(), place.start(), place.end(), not before or before[-1] in ".!?;"))
    return found


def _own(said: Sequence[_Word], parts: frozenset[str]) -> None:
    long = tuple(part for part in parts if len(part) >= LONG_PART)
    for word in said:
        if folded(word.text) in parts or (long and folded(word.text).startswith(long)):
            word.mask = NAME


def _announced(text: str, said: Sequence[_Word], vocabulary: Vocabulary, small: bool) -> None:
    for cue in _SURELY.finditer(text):
        after = (word for word in said if word.start >= cue.end())
        following = list(islice(dropwhile(lambda word: folded(word.text) in _TITLES, after), RUN))
        if following and folded(following[0].text) not in _NO_NAMES:
            following[0].mask = NAME
            _go_on(following[1:], vocabulary, small)
    for cue in _PERHAPS.finditer(text):
        _go_on([word for word in said if word.start >= cue.end()][:RUN], vocabulary, small)


def _go_on(following: Sequence[_Word], vocabulary: Vocabulary, small: bool) -> None:
    """Masks up to the first word that is an ordinary one: known, and with no capital that it need not have."""
    for word in following:
        ordinary = small or word.opens or not word.capital or word.text.isupper()
        if ordinary and vocabulary.has(word.text):
            return
        word.mask = NAME


def _capitalised(said: Sequence[_Word], vocabulary: Vocabulary) -> None:
    """Abbreviations that are known (KTP) belong to no run."""
    run: list[_Word] = []
    for word in (*said, None):
        if word and word.capital and not word.opens and not (word.text.isupper() and vocabulary.has(word.text)):
            run.append(word)
            continue
        if any(not vocabulary.has(one.text) for one in run):
            for one in run:
                one.mask = NAME
        run = []


def _written(text: str, said: Sequence[_Word]) -> str:
    """Several masked words in a row are one: how many names somebody has is nobody's business either."""
    pieces, end = [], 0
    for word in said:
        if word.mask:
            pieces += [text[end : word.start], word.mask]
            end = word.end
    masked = "".join((*pieces, text[end:]))
    return re.sub(r"(<[a-z]+>)(?:[\s.,'-]*\1)+", r"\1", masked)
