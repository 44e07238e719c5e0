"""Running the commands about documents: consent, submissions, files; within the turn's transaction, whose conversation
is locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import (
    AskToReplace,
    AttachmentState,
    CancelSubmission,
    ChangeSubmission,
    ConsentAnswer,
    DeleteFiles,
    DeletionReason,
    DocumentCommand,
    LookUpTicket,
    OpenSubmission,
    PlaceFile,
    RecordConsent,
    Reply,
    SendSubmission,
    Slot,
    UndoDelete,
)
from bot.desk import asked, consents, files, lookups, submissions, tickets
from bot.desk.lookups import TailCheck
from bot.desk.turns import DueConversation
from bot.errors import NotFound
from bot.models import Attachment, Submission
from bot.rules import OfficeRules

Ran = tuple[dict[str, str | int | datetime], Sequence[Reply]]
NOTHING: Ran = ({}, ())
CITIZEN = "citizen"
UNTIL = "delete.until"
NUMBER = "delete.number"


class DocumentCommands:
    """The commands of one decision. One that says "the submission opened by the same decision" finds it here."""

    def __init__(
        self, session: Session, held: DueConversation, rules: OfficeRules, fits_tail: TailCheck, now: datetime
    ) -> None:
        self._session = session
        self._held = held
        self._rules = rules
        self._fits_tail = fits_tail
        self._now = now
        self._opened: Submission | None = None

    def run(self, command: DocumentCommand) -> Ran:
        """Slots and replies. Raises NotFound where a file or submission is not this citizen's, AlreadyEnded."""
        match command:
            case RecordConsent():
                return self._record_consent(command)
            case OpenSubmission():
                return self._open(command)
            case ChangeSubmission():
                return self._change(command)
            case PlaceFile():
                return self._place(command)
            case DeleteFiles():
                return self._delete(command)
            case UndoDelete():
                return self._undo(command)
            case AskToReplace():
                return self._ask_to_replace(command)
            case SendSubmission():
                return self._send(command)
            case CancelSubmission():
                return self._cancel(command)
            case LookUpTicket():
                return self._look_up(command)

    def _record_consent(self, command: RecordConsent) -> Ran:
        consents.add(self._session, self._held.id, command.answer, command.version, self._now)
        if command.answer is ConsentAnswer.WITHDRAWN:
            submissions.withdraw(self._session, self._held.id, self._now)
        elif command.answer is ConsentAnswer.REFUSED:
            submissions.drop_unsent(self._session, self._held.id, self._now)
        elif current := submissions.current(self._session, self._held.id):
            files.take_in_loose(self._session, current, self._now)
        return NOTHING

    def _open(self, command: OpenSubmission) -> Ran:
        held = self._held
        self._opened = submissions.begin(
            self._session, held.office_id, held.id, command.service, command.whom, self._now
        )
        return NOTHING

    def _change(self, command: ChangeSubmission) -> Ran:
        submission = self._submission(command.submission)
        submissions.change(self._session, submission, command.whom, command.answers, self._now)
        return NOTHING

    def _place(self, command: PlaceFile) -> Ran:
        file = self._file(command.file)
        old = self._file(command.replaces) if command.replaces is not None else None
        if old is not None and old.id != file.id and not files.is_free(self._session, old):
            sent = self._submission(old.submission_id)
            files.take_in(self._session, sent, [file], self._now)
            asked.propose(self._session, sent, old, file, self._now)
            return NOTHING
        home = self._home(command, file)
        if home is not None:
            files.take_in(self._session, home, [file], self._now)
        if old is not None and old.id != file.id:
            files.give_way(self._session, old, file, self._now)
        if command.document is not None:
            files.place(self._session, file, command.document, self._now)
        return NOTHING

    def _ask_to_replace(self, command: AskToReplace) -> Ran:
        file = self._file(command.file)
        if files.is_free(self._session, file):
            return {}, [Reply(command.free, command.variables)]
        number = asked.ask_to_replace(self._session, self._submission(file.submission_id), file, self._now)
        return {"replace.number": number}, [
            Reply(command.asked, {**command.variables, "number": Slot("replace.number")})
        ]

    def _delete(self, command: DeleteFiles) -> Ran:
        slots: dict[str, str | int | datetime] = {UNTIL: self._now + files.UNDO, NUMBER: ""}
        replies: dict[str, Reply] = {}
        for file in (self._file(file_id) for file_id in command.files):
            if files.is_free(self._session, file):
                files.begin_deletion(self._session, file, DeletionReason.CITIZEN, CITIZEN, self._now)
                name = command.done
            else:
                slots[NUMBER] = self._ask_to_delete(file)
                name = command.asked
            replies[name] = Reply(name, {**command.variables, "until": Slot(UNTIL), "number": Slot(NUMBER)})
        return slots, list(replies.values())

    def _ask_to_delete(self, file: Attachment) -> str:
        """An officer decides: the file is part of what was handed in."""
        files.ask_to_delete(self._session, file, self._now)
        return asked.ask(self._session, self._submission(file.submission_id), tickets.DELETE, self._now)

    def _undo(self, command: UndoDelete) -> Ran:
        back = files.undo_deletions(self._session, self._held.id, self._now)
        its = {file.submission_id for file in back if file.submission_id is not None}
        submissions.reopen_cancelled(self._session, its, self._now)
        return {"undo.count": len(back)}, [
            Reply(command.done if back else command.too_late, {"count": Slot("undo.count")})
        ]

    def _send(self, command: SendSubmission) -> Ran:
        submission = self._submission(command.submission)
        if files.of_submission(self._session, submission.id, (AttachmentState.PENDING,)):
            return {"submission.number": ""}, [Reply(command.wait)]
        number = submissions.send(self._session, submission, self._rules, self._now)
        said = Reply(command.done, {**command.variables, "number": Slot("submission.number")})
        return {"submission.number": number}, [said]

    def _cancel(self, command: CancelSubmission) -> Ran:
        submissions.cancel(self._session, self._submission(command.submission), self._now)
        return NOTHING

    def _look_up(self, command: LookUpTicket) -> Ran:
        found = lookups.look_up(self._session, self._held.id, command.number, command.tail, self._fits_tail, self._now)
        if isinstance(found, lookups.Locked):
            return {}, [Reply(command.locked)]
        if isinstance(found, lookups.Refused):
            return {}, [Reply(command.refused)]
        slots = {"lookup.number": found.number, "lookup.service": found.service or "", "lookup.state": found.state}
        return dict(slots), [Reply(command.found, {name.removeprefix("lookup."): Slot(name) for name in slots})]

    def _submission(self, submission_id: int | None) -> Submission:
        if submission_id is not None:
            return submissions.own(self._session, self._held.id, submission_id)
        if self._opened is None:
            raise NotFound("no submission was opened by this decision")
        return self._opened

    def _home(self, command: PlaceFile, file: Attachment) -> Submission | None:
        """Where the file belongs: where it is told to, in what this decision opened, where it is already, or in what
        is worked on; nowhere before the citizen agreed that it is kept."""
        if not consents.is_given(self._session, self._held.id):
            return None
        if command.submission is not None or self._opened is not None:
            return self._submission(command.submission)
        if file.submission_id is not None:
            return None
        return submissions.current(self._session, self._held.id)

    def _file(self, file_id: int) -> Attachment:
        return files.own(self._session, self._held.id, file_id)
