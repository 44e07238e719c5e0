"""What documents and submissions are called, and which one a citizen's words name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actions.documents.case import OTHER_DOCUMENT, Case
from actions.words import words
from bot.contracts import OwnFile, Whom
from bot.knowledge import Knowledge, Paper
from bot.knowledge.documents import short

WHOM = {
    Whom.SELF: "Saya sendiri",
    Whom.CHILD: "Anak saya",
    Whom.PARENT: "Orang tua saya",
    Whom.OTHER: "Orang lain (dengan surat kuasa)",
}
FOR_WHOM = {Whom.SELF: "diri sendiri", Whom.CHILD: "anak", Whom.PARENT: "orang tua", Whom.OTHER: "orang lain"}
_AROUND = frozenset(
    {"foto", "fotonya", "ini", "itu", "file", "berkas", "gambar", "pdf", "scan", "punya", "milik", "asli", "ganti"}
    | {"hapus", "yang", "yg", "saya", "sy", "pak", "bu", "kak", "min", "ya", "nya", "dan", "halaman", "lembar", "hal"}
    | {"depan", "belakang", "baru", "salah", "kirim", "tolong", "mau", "lama", "tadi", "anak", "suami", "istri", "ku"}
)
_ENDINGS = ("nya", "ku", "ta")


def document_name(document: str | None, case: Case | None, knowledge: Knowledge) -> str:
    """What it is called in this service; of a place that several may fill, the one it is. Who issues it is told in
    the list of what is needed."""
    if document is None:
        return "Dokumen yang belum diketahui"
    if document == OTHER_DOCUMENT:
        return "Dokumen lain"
    paper = case.paper_of(document) if case else None
    if paper and len(paper.documents) == 1:
        return short(paper.name)
    known = knowledge.document(document)
    return short(known.name) if known else "Dokumen lain"


def file_name(file: OwnFile, case: Case, knowledge: Knowledge) -> str:
    """With its page, where the document has several."""
    alike = [one for one in case.kept if one.document == file.document]
    name = document_name(file.document, case, knowledge)
    paged = file.document not in (None, OTHER_DOCUMENT) and len(alike) > 1 and file.page
    return f"{name} (hal. {file.page})" if paged else name


def numbered(file: OwnFile) -> str:
    """A file by its number; one that is still being checked has none yet."""
    return f"Foto {file.number}" if file.number else "Foto yang masih diproses"


def titled(file: OwnFile, case: Case, knowledge: Knowledge) -> str:
    return f"{numbered(file)}: {document_name(file.document, case, knowledge)}" if file.number else numbered(file)


def case_name(case: Case) -> str:
    """Tells it apart from others of the same service."""
    submission = case.submission
    about = submission.label or (FOR_WHOM[submission.whom] if submission.whom else "")
    return f"{case.service.short_name} ({about})" if about else case.service.short_name


def listed(names: Iterable[str]) -> str:
    """Several names in a sentence, each once."""
    every = [f"*{name}*" for name in dict.fromkeys(names)]
    return " dan ".join(every) if len(every) < 3 else f"{', '.join(every[:-1])}, dan {every[-1]}"


def document_named(text: str, case: Case, knowledge: Knowledge) -> str | None:
    """The document of this case that a text names, by its longest name; None when it names none, or two alike."""
    documents = [name for paper in case.photos for name in paper.documents]
    return _named(text, documents, knowledge, {paper.documents[0]: paper for paper in case.photos})


def any_document_named(text: str, knowledge: Knowledge) -> str | None:
    return _named(text, list(knowledge.documents), knowledge, {})


def names_only_a_document(text: str, knowledge: Knowledge) -> bool:
    """Whether a text says nothing but what a picture shows ("ini kk saya")."""
    said = _said(text, knowledge)
    left = [word for word in said if word not in _AROUND and not word.isdigit()]
    return bool(left) and any(
        set(left) <= set(words(phrase, knowledge.keywords.same))
        for document in knowledge.documents.values()
        for phrase in (document.name, *document.aliases)
    )


def is_whole_name(said: Sequence[str], name: str, around: frozenset[str], knowledge: Knowledge) -> bool:
    """Whether words are just this name, in any order and with the endings of everyday speech ("kknya"). ``around``:
    small words that were left out of ``said`` and do not count in the name either."""
    wanted = _name_words(name, knowledge) - around
    same = knowledge.keywords.same
    spoken = [{same.get(word, word), *_stems(word, knowledge)} for word in said]
    return bool(wanted) and wanted <= set().union(*spoken) and all(wanted & forms for forms in spoken)


def _named(text: str, documents: Sequence[str], knowledge: Knowledge, papers: dict[str, Paper]) -> str | None:
    said = set(_said(text, knowledge))
    found: dict[str, int] = {}
    for name in documents:
        known = knowledge.document(name)
        phrases = [*(known.aliases if known else ()), known.name if known else "", _paper_name(papers.get(name))]
        fits = [len(phrase) for phrase in (_name_words(one, knowledge) for one in phrases) if phrase and phrase <= said]
        if fits:
            found[name] = max(fits)
    best = [name for name, length in found.items() if length == max(found.values())]
    return best[0] if len(best) == 1 else None


def _paper_name(paper: Paper | None) -> str:
    return paper.name if paper else ""


def _name_words(phrase: str, knowledge: Knowledge) -> frozenset[str]:
    return frozenset(words(phrase, knowledge.keywords.same))


def _said(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The words, each also without an ending of everyday speech ("kknya")."""
    spoken = words(text, knowledge.keywords.same)
    stems = [stem for word in spoken for stem in _stems(word, knowledge)]
    return (*(word for word in spoken if not word.endswith("nya")), *stems) if stems else spoken


def _stems(word: str, knowledge: Knowledge) -> tuple[str, ...]:
    stems = (word.removesuffix(end) for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 1)
    same = knowledge.keywords.same
    return tuple(same.get(stem, stem) for stem in stems)
