"""What a submission wants next, read from its rows: whom it is for, a question, a photo, the review."""

from __future__ import annotations

from dataclasses import dataclass

from actions.documents.case import OTHER_DOCUMENT, Case
from actions.documents.looks import looks_like, same_look
from actions.documents.names import WHOM, case_name, document_name, file_name, listed, numbered, titled
from bot.contracts import Choice, Command, Decision, Memory, OwnFile, Reply, Talk
from bot.knowledge import Knowledge, Paper, Question

FLOW = "start_submission"
"""The intent of whatever goes on with a submission; what is meant stands in a choice's ``value``."""
FILES, REVIEW, QUESTION = "files", "review", "question"
"""What is open: photos are waited for; the review; a question with choices."""
REPLACE, PAPER, TAIL, CONSENT = "replace:", "paper:", "tail:", "consent"
"""Open questions that name a file, a document or a ticket; and the one for consent."""
_OFFERED_AT_MOST = 8
_OTHERS_AT_MOST = 5
_PHOTOS_AT_MOST = 9


@dataclass(frozen=True, slots=True)
class Step:
    replies: tuple[Reply, ...]
    choices: tuple[Choice, ...] = ()
    asked: str | None = None


def told(
    talk: Talk, step: Step, *before: Reply, commands: tuple[Command, ...] = (), service: str | None = None
) -> Decision:
    """A decision that ends with this step."""
    memory = Memory(service=service or talk.memory.service, choices=step.choices, asked=step.asked)
    return Decision(replies=(*before, *step.replies), commands=commands, memory=memory)


def option(title: str, value: str, intent: str = FLOW, service: str | None = None) -> Choice:
    return Choice(title, intent, service, value=value)


def photo_options(case: Case, verb: str, knowledge: Knowledge) -> tuple[Choice, ...]:
    """The photos of a case to choose from, each picked by its own number. ``verb``: "delete" or "replace"."""
    return tuple(
        Choice(titled(file, case, knowledge), f"{verb}_document", value=f"{verb}:{file.id}", number=file.number)
        for file in [one for one in case.kept if one.number][:_PHOTOS_AT_MOST]
    )


def next_step(case: Case, knowledge: Knowledge, in_full: bool = False) -> Step:
    """``in_full``: the whole checklist instead of what is left of it."""
    submission = case.submission
    if submission.whom is None:
        return whom_step(case)
    if question := case.form.next_question(submission.answers, submission.whom):
        return question_step(question)
    if service := knowledge.service(case.go_to):
        return Step(
            (Reply("goes_to", {"subject": service.short_name}),),
            (option(f"Lanjut dengan {service.short_name}", f"switch:{service.id}"), option("Ubah jawaban", "change")),
            QUESTION,
        )
    if case.unplaced:
        return _which_document(case, case.unplaced[0], knowledge)
    if case.missing:
        return checklist(case) if in_full else _remaining(case)
    return review_step(case, knowledge)


def whom_step(case: Case) -> Step:
    choices = tuple(option(WHOM[whom], f"whom:{whom.value}") for whom in case.form.may_be_for)
    return Step((Reply("for_whom", {"subject": case.service.short_name}),), choices, QUESTION)


def question_step(question: Question) -> Step:
    choices = tuple(option(one.title, f"answer:{question.id}:{one.id}") for one in question.options)
    return Step((Reply("case_question", {"question": question.text}),), choices, QUESTION)


def checklist(case: Case) -> Step:
    """Exactly what this case needs, as it stands."""
    wanted = [f"{number}. *{paper.name}*{_note(paper)}" for number, paper in enumerate(case.missing, start=1)]
    values = {
        "subject": case_name(case),
        "papers": "\n".join(wanted),
        "optional": "\n".join(f"• {paper.name}{_note(paper)}" for paper in case.optional),
        "no_photo": "\n".join(f"• {paper.name}: {paper.note}" for paper in case.papers if not paper.photo),
        "note": case.form.note,
    }
    return Step((Reply("checklist", values),), asked=FILES)


def _note(paper: Paper) -> str:
    return f" – {paper.note}" if paper.note else ""


def _remaining(case: Case) -> Step:
    missing = case.missing
    names = "\n".join(f"• *{paper.name}*" for paper in missing)
    return Step((Reply("still_missing", {"count": str(len(missing)), "papers": names}),), asked=FILES)


def _which_document(case: Case, file: OwnFile, knowledge: Knowledge) -> Step:
    """What it looks like first, then as in the checklist: asked again, the numbers are the same. Where there is no room
    for all, those that have a photo already are left out. Of one that looks like such a photo: instead of it, or beside
    it."""
    missing = [name for paper in (*case.missing, *case.optional) for name in paper.documents]
    filled = [file.document for paper in case.photos for file in case.files_of(paper) if file.document]
    guessed = _guessed(case, file)
    offered = tuple(dict.fromkeys((*guessed, *missing, *filled)))[:_OFFERED_AT_MOST]
    checklist = [name for paper in case.photos for name in paper.documents]
    among = sorted(offered, key=(*guessed, *checklist).index)
    if again := [one for one in case.kept if one.document in looks_like(file) and one.id != file.id]:
        return _again(case, file, again, knowledge)
    choices = (
        *(option(document_name(name, case, knowledge), f"place:{file.id}:{name}") for name in among),
        option("Dokumen lain", f"place:{file.id}:{OTHER_DOCUMENT}"),
        option("Hapus foto ini", f"delete:{file.id}", "delete_document"),
    )
    values = {"number": str(file.number or 1), "looks": seems(file, knowledge) if is_unasked(file, case) else ""}
    return Step((Reply("which_document", values),), choices, QUESTION)


def _guessed(case: Case, file: OwnFile) -> tuple[str, ...]:
    """The papers of the case that a photo may be, the best guess first."""
    papers = [name for paper in case.photos for name in paper.documents]
    fits = (name for guess in file.guesses for name in papers if name == guess or name in same_look(guess))
    return tuple(dict.fromkeys(fits))


def is_unasked(file: OwnFile, case: Case) -> bool:
    """Whether a photo that has no place looks like none of the case's papers; unknown before the case is."""
    papers = {name for paper in case.photos for name in paper.documents}
    return file.document is None and not case.asks and bool(file.guesses) and not looks_like(file) & papers


def seems(file: OwnFile, knowledge: Knowledge) -> str:
    """What its content looks like; '' when it tells nothing."""
    known = knowledge.document(file.guesses[0]) if file.guesses else None
    return known.name if known else ""


def _again(case: Case, file: OwnFile, there: list[OwnFile], knowledge: Knowledge) -> Step:
    first = there[0]
    name = document_name(first.document, case, knowledge)
    missing = [one for paper in case.missing for one in paper.documents if one != first.document]
    choices = (
        *(option(f"Ganti foto nomor {old.number}", f"swap:{file.id}:{old.id}") for old in there[:2]),
        option(f"Halaman lain dari {name}", f"place:{file.id}:{first.document}"),
        *(option(document_name(one, case, knowledge), f"place:{file.id}:{one}") for one in missing[:_OTHERS_AT_MOST]),
        option("Dokumen lain", f"place:{file.id}:{OTHER_DOCUMENT}"),
        option("Hapus foto ini", f"delete:{file.id}", "delete_document"),
    )
    values = {"number": str(file.number or 1), "document": name}
    return Step((Reply("one_more_of", values),), choices, QUESTION)


def review_step(case: Case, knowledge: Knowledge) -> Step:
    """Everything once more before it is sent; of a service that is not offered, what to bring."""
    values = {
        "subject": case_name(case),
        "files": file_lines(case, knowledge),
        "answers": "\n".join(f"• {question.text} {title}" for question, title in answered(case)),
        "optional": listed(paper.name for paper in case.optional),
    }
    name = "review" if case.form.offered else "review_precheck"
    choices = (
        ()
        if case.form.offered
        else (option("Selesai, hapus fotonya", f"cancel:{case.submission.id}", "cancel_request"),)
    )
    return Step((Reply(name, values),), choices, REVIEW if case.form.offered else QUESTION)


def answered(case: Case) -> tuple[tuple[Question, str], ...]:
    """The questions that apply and have an answer, with its title."""
    answers = case.submission.answers
    return tuple(
        (question, one.title)
        for question in case.form.questions_asked(answers, case.submission.whom)
        for one in question.options
        if one.id == answers.get(question.id)
    )


def file_lines(case: Case, knowledge: Knowledge) -> str:
    return "\n".join(
        f"{file.number}. {file_name(file, case, knowledge)}" if file.number else f"• {numbered(file)}"
        for file in case.kept
    )
