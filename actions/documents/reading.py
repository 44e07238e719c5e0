"""Words of the conversation about documents, read without the NLU and only where they can mean it.

SETUJU while consent is asked; KIRIM, KEMBALI, BATAL while a submission is spoken of; LANJUT and HAPUS 2 while there is
something to go on with or to delete.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from actions.additions import open_note
from actions.choices import numbers_in, without_small_talk
from actions.documents.asking import case_with
from actions.documents.case import current, every_case, expired_lately, is_open, sent_last
from actions.documents.everyday import everyday_answer
from actions.documents.names import document_named, names_only_a_document
from actions.documents.naming import ALL
from actions.documents.status import number_in
from actions.documents.step import CONSENT, FLOW, QUESTION, REPLACE, REVIEW, TAIL
from actions.documents.wishes import DELETED, Wish, plain_wish, wish_in
from actions.words import holds, words
from actions.yes_no import AROUND, NO, YES
from bot.contracts import Choice, Memory, Reading, ReadingSource, Talk
from bot.knowledge import Knowledge

_WORDS = {
    "send": ("kirim", "kirimkan", "kirim sekarang", "kirim semua", "kirim berkas", "kirim apa adanya"),
    "back": ("kembali", "balik", "sebelumnya"),
    "change": ("ubah jawaban", "ganti jawaban", "ralat jawaban", "ubah", "salah jawab"),
    "add": ("tambah", "tambah foto", "tambah berkas"),
}
"""Only while a submission is the talk of the moment."""
_SEND_AGAIN = tuple(phrase for phrase in _WORDS["send"] if phrase != "kirim berkas")
"""Of what was sent already; "kirim berkas" is the word that begins the next one."""
_GO_ON = ("lanjut", "lanjutkan", "teruskan", "lanjut berkas", "lanjut kirim", "lanjut kirim berkas", "lanjutkan berkas")
_LIST = ("daftar berkas", "berkas saya", "lihat berkas", "daftar foto", "foto saya", "lihat foto", "daftar berkas saya")
_CANCEL = ("batal", "batalkan", "tidak jadi", "berhenti", "stop")
_CANCELLING = frozenset({"batal", "batalkan", "batalin", "btl", "btlkan", "membatalkan", "dibatalkan", "cancel"})
_NO_CANCELLING = DELETED | {"persetujuan", "setuju", "sudah", "sdh", "apakah", "kenapa", "mengapa"}
"""Said beside it, taking back a deletion is meant, or the consent, or a question."""
_WITHDRAW = ("tarik persetujuan", "cabut persetujuan", "batalkan persetujuan", "tarik setuju")
_AROUND_TAIL = frozenset(
    {"nik", "niknya", "nomor", "angka", "angkanya", "empat", "terakhir", "akhir", "ini", "itu", "yaitu", "ya"}
    | {"saya", "sy", "pak", "bu", "kak", "min", "nya", "adalah"}
)
_TAIL_LENGTH, _NIK_LENGTH = 4, 16
_SHORT = 6
_REPLACING = frozenset({"jadi", "jd", "ganti", "diganti", "digantikan", "tukar", "foto", "fotonya"})
_WHY = frozenset({"kenapa", "knp", "knapa", "mengapa"})
_WHAT_FOR = (("untuk", "apa"), ("buat", "apa"))
_AROUND_CONSENT = AROUND | {"lanjut", "lanjutkan"}
"""Elsewhere LANJUT is an answer of its own: "Batalkan?", "ya lanjut"."""


def read_documents(text: str, talk: Talk, knowledge: Knowledge, answered_to: int | None = None) -> Reading | None:
    """What a text means for documents; None for everything else. ``answered_to``: the file it replies to."""
    said, memory = words(text), talk.memory
    if cancels := _cancels(text, said, talk):
        return cancels
    if memory.asked == CONSENT and _asks_why(said):
        return _own(text, FLOW, "why")
    if not said or len(said) > _SHORT or "?" in text:
        return _of_number(text, talk) or _everyday(text, talk.memory)
    if choice := yes_or_no(text, memory):
        return _own(text, choice.intent, choice.value, choice.service)
    if memory.asked and memory.asked.startswith(TAIL) and (tail := _tail_in(said)):
        return _own(text, "check_status", f"tail:{tail}")
    if memory.asked and memory.asked.startswith(REPLACE) and _is_not_after_all(said):
        return _own(text, "replace_document", "keep")
    return (
        _anywhere(text, talk, knowledge)
        or _of_files(text, said, talk, knowledge, answered_to)
        or _in_flow(text, talk, knowledge)
        or _of_number(text, talk)
    )


def _asks_why(said: Sequence[str]) -> bool:
    """While consent is asked for: "kenapa haruski setuju dulu", "untuk apa"."""
    why = not _WHY.isdisjoint(said) or any(holds(tuple(said), phrase) for phrase in _WHAT_FOR)
    return why and len(said) <= 2 * _SHORT


def is_documents_word(text: str, memory: Memory) -> bool:
    """Whether a text is one of these words, as far as memory alone can tell: the NLU need not read it."""
    if memory.asked is None:
        return False
    plain = " ".join(words(text))
    spoken = (*_GO_ON, *_LIST, *_CANCEL, *(word for some in _WORDS.values() for word in some))
    return bool(yes_or_no(text, memory) or plain in spoken or plain_wish(text))


def _is_not_after_all(said: Sequence[str]) -> bool:
    """Whether a new photo is not to come after all: "ndak jadi", "tidak jadi ganti", "tidak usah"."""
    left = set(said) - AROUND - _REPLACING
    return bool(left & NO) and left <= NO and len(said) > 1


def yes_or_no(text: str, memory: Memory) -> Choice | None:
    """The choice about documents that a yes or a no picks."""
    offered = [choice for choice in memory.choices if choice.value]
    said = set(words(text)) - (_AROUND_CONSENT if memory.asked == CONSENT else AROUND)
    if not offered or memory.asked is None or not said:
        return None
    if not said <= YES | NO:
        return None
    meant = NO if said & NO else YES  # "tidak setuju"
    fits = [choice for choice in offered if words(choice.title)[0] in meant]
    exact = [choice for choice in fits if len(words(choice.title)) == 1]
    clear = exact or fits
    return clear[0] if len(clear) == 1 else None


def _anywhere(text: str, talk: Talk, knowledge: Knowledge) -> Reading | None:
    documents = talk.documents
    if _is(text, _WITHDRAW):
        return _own(text, FLOW, "withdraw")
    if not documents.submissions and talk.resolved is None and expired_lately(talk) and _is(text, _GO_ON):
        return _own(text, FLOW, "go_on")
    if not (documents.submissions or documents.loose):
        return None
    wish = wish_in(text, every_case(talk, knowledge), knowledge)
    if wish in (Wish.UNDO, Wish.KEEP):
        return _own(text, "delete_document", wish.value)
    if _is(text, _LIST):
        return _own(text, FLOW, "list")
    if _is(text, _SEND_AGAIN) and talk.memory.asked != CONSENT and not documents.loose and sent_last(talk):
        return _own(text, FLOW, "sent")
    if documents.submissions and talk.resolved is None and _is(text, _GO_ON):
        return _own(text, FLOW, "go_on")
    return None


def _tail_in(said: Sequence[str]) -> str | None:
    """The last four digits of a NIK, alone or of the whole one; any other number ("lahir 1985") is no try."""
    digits = "".join(word for word in said if word.isdigit())
    others = {word for word in said if not word.isdigit()}
    return digits[-4:] if len(digits) in (_TAIL_LENGTH, _NIK_LENGTH) and others <= _AROUND_TAIL else None


def _of_files(
    text: str, said: tuple[str, ...], talk: Talk, knowledge: Knowledge, answered_to: int | None
) -> Reading | None:
    """HAPUS and GANTI, of what is there; a word about the picture that was replied to."""
    documents = talk.documents
    held = [file for one in documents.submissions for file in one.files] or list(documents.loose)
    if not held and answered_to is None:
        return None
    wish = wish_in(text, every_case(talk, knowledge), knowledge)
    if wish is Wish.DELETE or (answered_to and "salah" in said):
        return _own(text, "delete_document")
    if wish is Wish.REPLACE:
        return _own(text, "replace_document")
    return _named_by_reply(text, answered_to, talk, knowledge)


def _named_by_reply(text: str, answered_to: int | None, talk: Talk, knowledge: Knowledge) -> Reading | None:
    """A picture that was replied to, and what it is ("ini kk")."""
    case = case_with(answered_to, talk, knowledge) if answered_to else None
    if case is None or not is_open(case.submission) or not names_only_a_document(text, knowledge):
        return None
    named = document_named(text, case, knowledge)
    return _own(text, FLOW, f"place:{answered_to}:{named}") if named else None


def _in_flow(text: str, talk: Talk, knowledge: Knowledge) -> Reading | None:
    asked = talk.memory.asked
    if asked is None:
        return None
    if asked == CONSENT:
        refuses = next((one for one in talk.memory.choices if one.value.startswith("consent:refused")), None)
        return _own(text, FLOW, refuses.value, refuses.service) if refuses and _is(text, _CANCEL) else None
    if current(talk, knowledge) is None:
        return None
    for verb, phrases in _WORDS.items():
        if _is(text, phrases):
            return _own(text, FLOW, verb)
    if _is(text, _CANCEL):
        return _own(text, "cancel_request", "ask")
    if asked == REVIEW:
        return _at_review(text)
    return _everyday(text, talk.memory) or _distinct(text, talk.memory)


def _at_review(text: str) -> Reading | None:
    if set(words(text)) - AROUND <= YES and words(text):
        return _own(text, FLOW, "send")
    numbers = numbers_in(text)
    return _own(text, FLOW, f"photo:{numbers[0]}") if len(numbers) == 1 else None


def _everyday(text: str, memory: Memory) -> Reading | None:
    choice = everyday_answer(text, memory) if memory.asked == QUESTION else None
    return _own(text, choice.intent, choice.value, choice.service) if choice else None


def _distinct(text: str, memory: Memory) -> Reading | None:
    """The one choice that a free answer shares a telling word with ("anak pertama saya")."""
    offered = [choice for choice in memory.choices if choice.value]
    said = set(without_small_talk(text))
    titles = [set(without_small_talk(choice.title)) for choice in offered]
    fits = [
        choice
        for place, choice in enumerate(offered)
        if said & (titles[place] - set().union(*titles[:place], *titles[place + 1 :]))
    ]
    return _own(text, fits[0].intent, fits[0].value, fits[0].service) if len(fits) == 1 else None


def _of_number(text: str, talk: Talk) -> Reading | None:
    """A ticket's number by itself or in a question asks where it stands, unless it belongs to a story being told."""
    told = open_note(talk.memory)
    if number_in(text) is None or talk.resolved or (told and told.intent != "check_status"):
        return None
    return _own(text, "check_status") if len(words(text)) <= 2 * _SHORT else None


def _cancels(text: str, said: Sequence[str], talk: Talk) -> Reading | None:
    """A wish to cancel a submission by its number, or all there are; it is asked about before anything is done."""
    wishes = any(word in _CANCELLING and before not in NO for before, word in pairwise(("", *said)))
    if not wishes or _NO_CANCELLING.intersection(said) or len(said) > 2 * _SHORT:
        return None
    if number := number_in(text):
        own = any(one.number == number for one in talk.documents.submissions)
        return _own(text, "cancel_request", f"number:{number}") if own else None
    return _own(text, "cancel_request", "all") if ALL.intersection(said) and talk.documents.submissions else None


def _is(text: str, phrases: tuple[str, ...]) -> bool:
    said, plain = " ".join(words(text)), " ".join(without_small_talk(text))
    return said in phrases or (plain != "" and plain in phrases)


def _own(text: str, intent: str, value: str = "", service: str | None = None) -> Reading:
    return Reading(text, intent, 1.0, service, source=ReadingSource.KEYWORD, value=value)
