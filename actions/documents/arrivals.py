"""The files of a turn: one answer that lists them all, what each was taken for and what would make it better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from actions.documents.case import Case, cases, is_open, with_case
from actions.documents.loose import loose_step
from actions.documents.names import case_name, document_name, file_name, listed
from actions.documents.news import news_told
from actions.documents.placing import Placed, place_files
from actions.documents.replacing import proposed
from actions.documents.returned import sent_again
from actions.documents.step import FILES, Step, is_unasked, next_step, seems
from bot.contracts import Advice, AttachmentState, Command, MessageKind, OwnFile, Reply, Said, SubmissionState, Talk
from bot.knowledge import Knowledge

_PICTURES = frozenset({MessageKind.IMAGE, MessageKind.DOCUMENT})
_CHECKED = frozenset({AttachmentState.STORED, AttachmentState.ACCEPTED})
_IN_SHORT = {
    Advice.TOO_SMALL: "terlalu kecil",
    Advice.BLURRED: "agak buram",
    Advice.DARK: "agak gelap",
    Advice.GLARE: "silau",
    Advice.CUT_OFF: "terpotong",
    Advice.UPSIDE_DOWN: "terbalik",
    Advice.SCREENSHOT: "foto layar HP",
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """``talk``: as it is once the files have their places. ``step``: what is wanted next; None: nothing new."""

    replies: tuple[Reply, ...]
    commands: tuple[Command, ...]
    talk: Talk
    step: Step | None


def arrived(said: Sequence[Said], talk: Talk, knowledge: Knowledge) -> Arrived | None:
    """What came with this turn, or was settled since the last one; None when nothing did."""
    documents = talk.documents
    new = [file for one in documents.submissions for file in one.files if file.new]
    loose = [file for file in documents.loose if file.new]
    sent = sum(max(one.files, 1) for one in said if one.kind in _PICTURES)
    told = news_told(talk, knowledge)
    if not (new or loose or sent or documents.checking or told):
        return None
    checking = documents.checking if new or loose or documents.checking else sent
    troubles = tuple(_troubles([*new, *loose]))
    returned = next((one for one in cases(talk, knowledge) if one.submission.news), None)
    still = (Reply("still_checking", {"count": str(checking)}),) if checking else ()
    seen = _of_submissions([*new], [*loose], talk, knowledge)
    step = seen.step or (_after_news(returned, knowledge) if returned else None)
    if checking or _is_checking(seen.talk):
        step = _while_checking(step, seen.talk, knowledge)
    return Arrived((*told, *seen.replies, *troubles, *still), seen.commands, seen.talk, step)


def _is_checking(talk: Talk) -> bool:
    """Whether an earlier photo of what is open is still being checked."""
    held = [file for one in talk.documents.submissions if is_open(one) for file in one.files]
    return any(file.state is AttachmentState.PENDING for file in held)


def _while_checking(step: Step | None, talk: Talk, knowledge: Knowledge) -> Step | None:
    """Nobody knows what is left before the last photo is checked: the list would name papers that were just sent."""
    case = next(iter(cases(talk, knowledge)), None)
    wanted = step or (next_step(case, knowledge) if case else None)
    return replace(wanted, replies=()) if wanted and wanted.asked == FILES else step


def _after_news(case: Case, knowledge: Knowledge) -> Step:
    """What a returned submission wants; a reminder says it itself."""
    step = next_step(case, knowledge)
    return step if case.submission.state is SubmissionState.RETURNED else replace(step, replies=())


def _of_submissions(new: list[OwnFile], loose: list[OwnFile], talk: Talk, knowledge: Knowledge) -> Arrived:
    """Files of a submission that still takes them; what belongs to none is asked about."""
    replies: list[Reply] = []
    commands: list[Command] = []
    step: Step | None = None
    checked = [file for file in (*loose, *new) if file.state in _CHECKED]
    if instead := proposed(talk, checked, knowledge):
        replies += instead.replies
        commands.append(instead.command)
        new, loose = ([one for one in some if one.id != instead.file] for some in (new, loose))
        talk, step = replace(talk, memory=replace(talk.memory, asked=None)), Step(())
    again = sent_again(talk, [one for one in (*loose, *new) if one.state in _CHECKED], knowledge)
    for placed in again.placed:
        replies += _seen(placed, True, knowledge)
    commands += again.commands
    new, loose = ([one for one in some if one.id not in again.files] for some in (new, loose))
    talk = again.talk
    open_cases = cases(talk, knowledge)
    if again.placed:
        step = next_step(open_cases[0], knowledge)
    stray = [file for file in loose if file.state in _CHECKED]
    for place, case in enumerate(open_cases):
        files = [file for file in case.submission.files if file in new and file.state in _CHECKED]
        if place == 0 and stray:
            case, files, stray = case.with_files(tuple(stray)), [*files, *stray], []
        if not files:
            continue
        placed = place_files(case, files, talk.memory.asked, knowledge)
        replies += _seen(placed, len(open_cases) > 1, knowledge)
        commands += placed.commands
        talk = with_case(placed.case, talk)
        step = step or next_step(placed.case, knowledge)
    late = [file for one in talk.documents.submissions if not is_open(one) for file in one.files if file in new]
    if late:
        replies.append(Reply("came_after_sending"))
    if stray:
        step = loose_step(stray, talk, knowledge)
    elif any(file.state not in _CHECKED for file in (*new, *loose)) and step is None and open_cases:
        step = next_step(open_cases[0], knowledge)
    return Arrived(tuple(replies), tuple(commands), talk, again.ask or step)


def _seen(placed: Placed, several: bool, knowledge: Knowledge) -> list[Reply]:
    case = placed.case
    values = {
        "subject": case_name(case) if several else "",
        "files": "\n".join(_line(file, placed, knowledge) for file in placed.files),
    }
    return [Reply("files_seen", values), *_advice(placed.files, case, knowledge), *_repeats(placed)]


def _line(file: OwnFile, placed: Placed, knowledge: Knowledge) -> str:
    wanted = frozenset() if is_unasked(file, placed.case) else file.advice
    short = ", ".join(words for advice, words in _IN_SHORT.items() if advice in wanted)
    number = f"{file.number}. " if file.number else "• "
    if file.document is None:
        looks = seems(file, knowledge)
        name = f"tampaknya {looks}" if looks else "belum diketahui dokumen apa"
        return f"{number}{name}, {short}" if short else f"{number}{name}"
    instead = ", menggantikan yang lama" if file.id in placed.replaced else ""
    return f"{number}*{file_name(file, placed.case, knowledge)}*: {short or 'jelas'}{instead}"


def _advice(files: Sequence[OwnFile], case: Case, knowledge: Knowledge) -> Iterator[Reply]:
    """A sentence an advice, whichever photos it is for; nobody takes again what is not asked for."""
    wanted = [file for file in files if not is_unasked(file, case)]
    for advice in _IN_SHORT:
        if of := [file for file in wanted if advice in file.advice]:
            names = listed(
                document_name(file.document, case, knowledge) if file.document else f"Foto {file.number}" for file in of
            )
            yield Reply(f"advice_{advice.value}", {"files": names})


def _repeats(placed: Placed) -> Iterator[Reply]:
    for file in placed.files:
        if first := placed.case.repeated_by(file):
            yield Reply("same_picture", {"number": str(file.number), "first": str(first.number)})


def _troubles(files: Sequence[OwnFile]) -> Iterator[Reply]:
    """Refused, each kind once; lost, counted."""
    for refusal in dict.fromkeys(file.refusal for file in files if file.state is AttachmentState.REFUSED):
        if refusal:
            yield Reply(f"refused_{refusal.value}")
    if lost := sum(file.state is AttachmentState.LOST for file in files):
        yield Reply("files_lost", {"count": str(lost)})
