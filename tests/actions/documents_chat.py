"""A citizen who sends documents: `Chat`, and the rows side in memory, as the commands' docstrings tell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from actions.place import told
from bot.contracts import (
    Advice,
    AskToReplace,
    AttachmentState,
    CancelSubmission,
    ChangeSubmission,
    Command,
    ConsentAnswer,
    DeleteFiles,
    Documents,
    HandOver,
    LookUpTicket,
    MessageKind,
    OpenSubmission,
    OpenTicket,
    OwnFile,
    OwnSubmission,
    PlaceFile,
    RecordConsent,
    Refusal,
    Rejection,
    Reopen,
    Reply,
    Said,
    SendSubmission,
    Slot,
    SubmissionNews,
    SubmissionState,
    Talk,
    TicketState,
    UndoDelete,
)
from tests.actions.chat import NUMBER, Chat, read

UNDO = timedelta(minutes=10)
OTHERS = {"PKP-2611-0007C": "0007"}
"""Another sender's ticket and the last four digits of the NIK on file."""
TRIES = 5
_OPEN = (SubmissionState.COLLECTING, SubmissionState.RETURNED)


def photo(
    *guesses: str, caption: str = "", advice: Sequence[Advice] = (), repeats: int | None = None, checked: bool = True
) -> OwnFile:
    """A picture as it is checked; its ids come when it is sent. Not ``checked``: it takes longer than the turn."""
    state = AttachmentState.STORED if checked else AttachmentState.PENDING
    return OwnFile(
        id=0,
        message_id=0,
        number=0,
        document=None,
        page=1,
        state=state,
        advice=frozenset(advice),
        guesses=guesses,
        caption=caption,
        repeats=repeats,
    )


def refused(why: Refusal) -> OwnFile:
    return replace(photo(), state=AttachmentState.REFUSED, refusal=why)


@dataclass
class DocumentsChat(Chat):
    """``consents``: what was answered, in order. ``ended``: submissions that were cancelled."""

    consents: list[RecordConsent] = field(default_factory=list)
    submissions: list[OwnSubmission] = field(default_factory=list)
    loose: list[OwnFile] = field(default_factory=list)
    ended: list[OwnSubmission] = field(default_factory=list)
    checking: int = 0
    tries: int = 0
    deleting: dict[int, AttachmentState] = field(default_factory=dict)
    last_id: int = 100
    added: list[Reply] = field(default_factory=list)
    filled: dict[str, str | int | datetime] = field(default_factory=dict)

    @property
    def talk(self) -> Talk:
        documents = Documents(
            consent=self.consents[-1].answer if self.consents else None,
            consent_version=self.consents[-1].version if self.consents else "",
            submissions=tuple(self.submissions),
            loose=tuple(self.loose),
            checking=self.checking,
            ended=tuple(self.ended),
        )
        return replace(super().talk, documents=documents)

    @property
    def current(self) -> OwnSubmission:
        return self.submissions[0]

    @property
    def files(self) -> dict[str | None, OwnFile]:
        """The kept files of the current submission by document, the last page of each."""
        gone = (AttachmentState.DELETING, AttachmentState.DELETED, AttachmentState.REFUSED, AttachmentState.LOST)
        return {file.document: file for file in self.current.files if file.state not in gone}

    def send(self, *photos: OwnFile, text: str = "", intent: str = "", kind: MessageKind = MessageKind.IMAGE) -> str:
        """A burst of pictures, and a text after them."""
        said = []
        for one in photos:
            self.last_id += 1
            self._arrive(
                replace(one, id=self.last_id, message_id=self.last_id, new=one.state != AttachmentState.PENDING)
            )
            said.append(Said(self.last_id, kind, one.caption, files=1))
        self.checking = sum(one.state is AttachmentState.PENDING for one in photos)
        if text:
            said.append(Said(1, MessageKind.TEXT, text, reading=read(text, intent) if intent else None))
        return self.turn(*said)

    def reply(self, file: int, text: str) -> str:
        """A text in reply to the message of this file (WhatsApp's swipe)."""
        return self.turn(Said(1, MessageKind.TEXT, text, answered_to=file))

    def settle(self, *became: OwnFile) -> str:
        """The files still being checked are checked now: a turn without messages."""
        found = iter(became)
        for file in self._all():
            if file.state is AttachmentState.PENDING:
                one = next(found)
                home = next((of for of in self.submissions if file in of.files), None)
                number = _next_number(home) if home else 0
                self._change_file(replace(one, id=file.id, message_id=file.message_id, number=number, new=True))
        self.checking = 0
        return self.turn()

    def reject(self, document: str, why: Rejection, note: str = "") -> str:
        """What an officer does, and how the citizen hears of it."""
        file = self.files[document]
        self._change_file(replace(file, state=AttachmentState.REJECTED, rejection=why, rejection_note=note))
        self._put(replace(self.current, state=SubmissionState.RETURNED, news=SubmissionNews.STATE))
        return self.turn()

    def turn(self, *said: Said, **more: object) -> str:
        self.added, self.filled = [], {}
        answer = super().turn(*said, **more)  # type: ignore[arg-type]
        self._told()
        return answer

    def texts(self) -> Sequence[str]:
        """The commands run once, before the replies are rendered: their slots and replies belong to them."""
        opened: list[OwnSubmission] = []
        for command in self.decision.commands:
            self._run(command, opened)
        slots = told({**self.slots(), **self.filled}, self.now, self.knowledge)
        return [self.replies.render(reply, slots) for reply in (*self.added, *self.decision.replies)]

    def slots(self) -> dict[str, str | int | datetime]:
        ours = tuple(one for one in self.decision.commands if isinstance(one, HandOver | OpenTicket | Reopen))
        whole, self.decision = self.decision, replace(self.decision, commands=ours)
        found = dict(super().slots())
        self.decision = whole
        return found

    def _run(self, command: Command, opened: list[OwnSubmission]) -> None:
        match command:
            case RecordConsent():
                self.consents.append(command)
                if command.answer is ConsentAnswer.WITHDRAWN:
                    self.ended += [one for one in self.submissions if one.state in _OPEN]
                    self.submissions = [one for one in self.submissions if one.state not in _OPEN]
            case OpenSubmission():
                opened.append(self._open(command))
            case ChangeSubmission():
                self._change(self._submission(command.submission, opened), command)
            case PlaceFile():
                self._place(command, opened)
            case DeleteFiles():
                self._delete(command)
            case AskToReplace():
                self._ask_to_replace(command)
            case UndoDelete():
                self._undo(command)
            case SendSubmission():
                submission = self._submission(command.submission, opened)
                self.filled["submission.number"] = submission.number or NUMBER
                sent = replace(submission, state=SubmissionState.SENT, number=NUMBER, ticket_state=TicketState.OPEN)
                self._put(sent)
                self.added.append(Reply(command.done, {**command.variables, "number": Slot("submission.number")}))
            case CancelSubmission():
                submission = self._submission(command.submission, opened)
                if submission.state is not SubmissionState.SENT:
                    self.submissions = [one for one in self.submissions if one.id != submission.id]
                    self.ended.append(replace(submission, state=SubmissionState.CANCELLED))
            case LookUpTicket():
                self._look_up(command)

    def _ask_to_replace(self, command: AskToReplace) -> None:
        self.filled["replace.number"] = NUMBER
        sent = any(
            file.id == command.file and one.state is SubmissionState.SENT
            for one in self.submissions
            for file in one.files
        )
        slots = {"number": Slot("replace.number")} if sent else {}
        self.added.append(Reply(command.asked if sent else command.free, {**command.variables, **slots}))

    def _open(self, command: OpenSubmission) -> OwnSubmission:
        self.last_id += 1
        alike = sum(one.service == command.service for one in self.submissions)
        begun = OwnSubmission(
            id=self.last_id,
            service=command.service,
            whom=command.whom,
            label=f"ke-{alike + 1}" if alike else "",
            state=SubmissionState.COLLECTING,
            answers={},
            files=tuple(replace(file, number=place) for place, file in enumerate(self.loose, start=1)),
            opened_at=self.now,
        )
        self.loose = []
        self.submissions.insert(0, begun)
        return begun

    def _change(self, submission: OwnSubmission, command: ChangeSubmission) -> None:
        merged: Mapping[str, str | None] = {**submission.answers, **command.answers}
        answers = {name: given for name, given in merged.items() if given is not None}
        self._put(replace(submission, whom=command.whom or submission.whom, answers=answers), first=True)

    def _place(self, command: PlaceFile, opened: list[OwnSubmission]) -> None:
        file = next(one for one in self._all() if one.id == command.file)
        home = next((one for one in self.submissions if file in one.files), None)
        wanted = self._submission(command.submission, opened) if command.submission or opened else home
        assert wanted is not None
        if home is None or home.id != wanted.id:
            self.loose = [one for one in self.loose if one.id != file.id]
            if home:
                self._put(replace(home, files=tuple(one for one in home.files if one.id != file.id)))
            file = replace(file, number=len(wanted.files) + 1)
            self._put(replace(wanted, files=(*wanted.files, file)))
        if command.replaces is not None:
            self._begin_deletion(command.replaces, command.file)
        if command.document is None:
            return
        wanted = next(one for one in self.submissions if one.id == wanted.id)
        kept = [one for one in wanted.files if one.document == command.document and one.id != file.id]
        page = 1 + sum(one.state is not AttachmentState.DELETING for one in kept)
        self._change_file(replace(file, document=command.document, page=page))

    def _delete(self, command: DeleteFiles) -> None:
        free = all(
            one.state in _OPEN for one in self.submissions if any(file.id in command.files for file in one.files)
        )
        self.filled |= {"delete.until": self.now + UNDO, "delete.number": "" if free else NUMBER}
        slots = {"until": Slot("delete.until"), "number": Slot("delete.number")}
        self.added.append(Reply(command.done if free else command.asked, {**command.variables, **slots}))
        for file in command.files if free else ():
            self._begin_deletion(file)

    def _begin_deletion(self, file_id: int, successor: int | None = None) -> None:
        file = next(one for one in self._all() if one.id == file_id)
        self.deleting[file.id] = file.state
        until = self.now + UNDO
        self._change_file(replace(file, state=AttachmentState.DELETING, undo_until=until, replaced_by=successor))

    def _undo(self, command: UndoDelete) -> None:
        found = [file for file in self._all() if file.undo_until and file.undo_until > self.now]
        last = max((file.undo_until for file in found if file.undo_until), default=None)
        back = [file for file in found if file.undo_until == last]
        for file in back:
            self._change_file(replace(file, state=self.deleting.pop(file.id), undo_until=None, replaced_by=None))
            if new := next((one for one in self._all() if one.id == file.replaced_by), None):
                self._change_file(replace(new, state=AttachmentState.DELETED))
        self.filled["undo.count"] = len(back)
        self.added.append(Reply(command.done if back else command.too_late, {"count": Slot("undo.count")}))

    def _look_up(self, command: LookUpTicket) -> None:
        self.tries += 1
        if self.tries > TRIES:
            self.added.append(Reply(command.locked))
        elif OTHERS.get(command.number) != command.tail:
            self.added.append(Reply(command.refused))
        else:
            self.filled |= {
                "lookup.number": command.number,
                "lookup.service": "ktp_hilang",
                "lookup.state": TicketState.IN_PROGRESS,
            }
            slots = {name: Slot(f"lookup.{name}") for name in ("number", "service", "state")}
            self.added.append(Reply(command.found, slots))

    def _arrive(self, file: OwnFile) -> None:
        """The submission worked on takes what comes; without one it is loose."""
        now_open = next((one for one in self.submissions if one.state in _OPEN), None)
        if now_open is None:
            self.loose.append(file)
        else:
            number = _next_number(now_open) if file.state is not AttachmentState.PENDING else 0
            self._put(replace(now_open, files=(*now_open.files, replace(file, number=number))))

    def _told(self) -> None:
        self.submissions = [
            replace(one, news=None, files=tuple(replace(file, new=False) for file in one.files))
            for one in self.submissions
        ]
        self.loose = [replace(file, new=False) for file in self.loose]
        self.checking = 0

    def _all(self) -> list[OwnFile]:
        return [*(file for one in self.submissions for file in one.files), *self.loose]

    def _submission(self, wanted: int | None, opened: list[OwnSubmission]) -> OwnSubmission:
        wanted = wanted if wanted is not None else opened[-1].id
        return next(one for one in self.submissions if one.id == wanted)

    def _put(self, submission: OwnSubmission, first: bool = False) -> None:
        if first:
            self.submissions = [submission, *(one for one in self.submissions if one.id != submission.id)]
        else:
            self.submissions = [submission if one.id == submission.id else one for one in self.submissions]

    def _change_file(self, file: OwnFile) -> None:
        def changed(files: Sequence[OwnFile]) -> tuple[OwnFile, ...]:
            return tuple(file if one.id == file.id else one for one in files)

        self.submissions = [replace(one, files=changed(one.files)) for one in self.submissions]
        self.loose = list(changed(self.loose))


def _next_number(submission: OwnSubmission) -> int:
    """A file gets its number when it was checked."""
    return max((one.number for one in submission.files), default=0) + 1
