"""A wish about photos, told from one about what stands in a paper: "hapus kk" means a photo, "hapus gelar di kk" does
not. What remains beside the verb, numbers and small words must be a document's whole name; anything else is read by the
NLU.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from actions.choices import number_of
from actions.documents.case import Case
from actions.documents.names import is_whole_name
from actions.documents.naming import ALL, PHOTO, SENT
from actions.words import words
from actions.yes_no import NO
from bot.knowledge import Knowledge, Paper


class Wish(StrEnum):
    DELETE = "delete"
    REPLACE = "replace"
    UNDO = "undo"
    KEEP = "keep"  # "jangan hapus": nothing is to be deleted, and what was comes back


_DELETE = frozenset(
    f"{verb}{ending}"
    for verb in ("hapus", "hps", "hpus", "apus", "buang", "delete")
    for ending in ("", "kan", "in", "mi", "ki")
)
DELETED = _DELETE | {"dihapus", "dihps", "dibuang", "hapusnya", "menghapus"}
_REPLACE = frozenset({"ganti", "gantikan", "gantiki", "tukar", "tukarkan"})
_WRONG = frozenset({"kirim", "foto", "upload", "unggah", "gambar"})
_CANCEL = frozenset({"batal", "batalkan", "btl"})
_BEFORE = frozenset(
    {"tolong", "tlg", "minta", "mohon", "mau", "coba", "saya", "sy", "pak", "bu", "kak", "min", "maaf", "tabe", "eh"}
)
_AROUND = (
    PHOTO
    | SENT
    | frozenset(
        {
            "sudah",
            "sdh",
            "udah",
            "ini",
            "itu",
            "yang",
            "yg",
            "tadi",
            "td",
            "barusan",
            "saya",
            "sy",
            "ku",
            "aku",
            "pak",
            "bu",
            "kak",
        }
    )
    | frozenset({"min", "ya", "nya", "dan", "halaman", "lembar", "hal", "nomor", "no", "nmr", "nomer", "saja", "aja"})
    | frozenset({"dong", "mi", "ki", "ji", "dulu", "tolong", "lagi", "salah", "asli", "lama", "baru", "sekarang"})
)


def wish_in(text: str, cases: Iterable[Case], knowledge: Knowledge) -> Wish | None:
    """What a text wants of photos, and of nothing else. A paper is replaced where a submission asks for it: elsewhere
    "ganti ktp" is a wish for a new one."""
    wish, rest = _split(text)
    left = tuple(word for word in rest if word not in _AROUND | ALL and number_of(word) is None)
    if wish is None or not left:
        return wish
    papers = [paper for case in cases for paper in case.photos]
    names = [*_names(papers, knowledge), *(() if wish is Wish.REPLACE else _every_name(knowledge))]
    return wish if any(is_whole_name(left, name, _AROUND, knowledge) for name in names) else None


def is_of_photos(text: str, cases: Iterable[Case], knowledge: Knowledge) -> bool:
    """Whether a text that was taken for such a wish is clear enough to be done at once; else the citizen is asked."""
    return wish_in(text, cases, knowledge) is not None or bool(PHOTO.intersection(words(text)))


def plain_wish(text: str) -> Wish | None:
    """The wish of a text that holds nothing but its words and numbers: "hapus 2", "batal hapus"."""
    wish, rest = _split(text)
    if wish in (Wish.DELETE, Wish.REPLACE):
        return wish if rest and all(word.isdigit() for word in rest) else None
    return wish if not rest else None


def _split(text: str) -> tuple[Wish | None, Sequence[str]]:
    """The wish that a text begins with, and the words after it."""
    said = words(text)
    while said and said[0] in _BEFORE:
        said = said[1:]
    match said:
        case ("urungkan" | "urung", verb, *rest) if verb in DELETED:
            return Wish.UNDO, rest
        case ("urungkan" | "urung", *rest):
            return Wish.UNDO, rest
        case ("kembalikan", photo, *rest) if photo in PHOTO:
            return Wish.UNDO, rest
        case (cancel, verb, *rest) if cancel in _CANCEL and verb in DELETED:
            return Wish.UNDO, rest
        case (no, "jadi" | "jd", verb, *rest) if no in NO and verb in DELETED:
            return Wish.KEEP, rest
        case (no, verb, *rest) if no in NO and verb in DELETED:
            return Wish.KEEP, rest
        case (verb, *rest) if verb in _DELETE:
            return Wish.DELETE, rest
        case (verb, *rest) if verb in _REPLACE:
            return Wish.REPLACE, rest
        case ("salah" | "keliru", what, *rest) if what in _WRONG:
            return Wish.DELETE, rest
        case ("foto", "salah"):
            return Wish.DELETE, ()
    return None, ()


def _names(papers: Iterable[Paper], knowledge: Knowledge) -> Iterator[str]:
    for paper in papers:
        yield paper.name
        for known in (knowledge.document(name) for name in paper.documents):
            yield from (known.name, *known.aliases) if known else ()


def _every_name(knowledge: Knowledge) -> Iterator[str]:
    for document in knowledge.documents.values():
        yield from (document.name, *document.aliases)
