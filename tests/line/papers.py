"""A citizen with papers: what they send, what a scripted assistant does about it, and what the rows say afterwards.

The script stands for the actions: it is asked as they are, with the same Talk, and gives the same commands. What it
says names what it saw: ``"baru: foto_kk"``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select

from bot.contracts import (
    ConsentAnswer,
    Decision,
    Documents,
    OpenSubmission,
    OwnFile,
    RecordConsent,
    Reply,
    SendSubmission,
    Slot,
    Slots,
    Talk,
    Turn,
)
from bot.models import Attachment, Event, Submission, Ticket
from tests.files import PlainMedia
from tests.installation import ACCOUNT, CITIZEN, TOKEN, Installation

Script = Callable[[Turn, Talk], Decision]


@dataclass
class ScriptedAssistant:
    """The office's own assistant, save that a script answers. ``talks``: what it was told, turn by turn."""

    inner: object
    script: Script | None = None
    talks: list[Talk] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    def is_keyword(self, text: str, office: str) -> bool:
        return True

    def is_choice(self, text: str, memory: object) -> bool:
        return True  # nothing of it needs the NLU

    def answer(self, turn: Turn, talk: Talk, office: str) -> Decision:
        self.talks.append(talk)
        self.turns.append(turn)
        decision = self.script(turn, talk) if self.script else None
        return decision or Decision(replies=(Reply(seen(talk.documents)),), memory=talk.memory, intents=("uji",))

    def render(self, reply: Reply, slots: Slots, office: str, now: datetime) -> str:
        values = {
            name: slots[value.name] if isinstance(value, Slot) else value for name, value in reply.variables.items()
        }
        return " ".join([reply.name, *(f"{name}={value}" for name, value in values.items())])


def seen(documents: Documents) -> str:
    new = [one for one in every_file(documents) if one.new]
    words = [f"baru: {', '.join(_word(one) for one in new)}"] if new else []
    words += [f"diperiksa: {documents.checking}"] if documents.checking else []
    words += [f"kabar: {one.state}/{one.news}" for one in (*documents.submissions, *documents.ended) if one.news]
    words += [f"hilang: {one.number} {one.deleted_why}" for one in documents.gone]
    return "; ".join(words) or "tidak ada yang baru"


def every_file(documents: Documents) -> list[OwnFile]:
    return [*documents.loose, *(file for one in documents.submissions for file in one.files)]


def _word(file: OwnFile) -> str:
    if file.refusal:
        return f"ditolak {file.refusal}"
    return f"{file.number} {file.guesses[0] if file.guesses else '?'} {file.state}"


class Papers:
    """One citizen; every verb returns what reached their phone."""

    def __init__(self, sapa: Installation) -> None:
        self.sapa = sapa
        self.media = PlainMedia(ACCOUNT, TOKEN)
        sapa.fetching = replace(sapa.fetching, media=self.media)
        self.assistant = ScriptedAssistant(sapa.line.assistant)
        sapa.line = type(sapa.line)(
            sapa.line.database,
            sapa.line.reader,
            self.assistant,
            sapa.line.now,
            sapa.line.fits_tail,  # type: ignore[arg-type]
        )

    def send(self, *files: tuple[str, bytes], caption: str = "", citizen: str = CITIZEN, **more: object) -> list[str]:
        """One message a file, as WhatsApp sends them; all of them before anything is answered."""
        self._breathe()
        before = len(self.sapa.replies(citizen))
        for file in files:
            self.sapa.write(caption, media=[file], citizen=citizen, **more)
        self.sapa.settle()
        return [reply.body for reply in self.sapa.replies(citizen)[before:]]

    def do(self, *commands: object, citizen: str = CITIZEN, body: str = "ya", **more: object) -> list[str]:
        """The citizen says something on which the assistant gives these commands."""
        self._breathe()
        self.assistant.script = lambda turn, talk: Decision(
            replies=(Reply("selesai"),),
            commands=tuple(commands),
            memory=talk.memory,  # type: ignore[arg-type]
        )
        try:
            return self.sapa.ask(body, citizen=citizen, **more)
        finally:
            self.assistant.script = None

    def begin(self, service: str = "akta_kelahiran", citizen: str = CITIZEN) -> int:
        """Agree, and open a submission. Its id."""
        self.do(RecordConsent(ConsentAnswer.AGREED, "1"), OpenSubmission(service), citizen=citizen)
        return self.submissions()[-1].id

    def hand_in(self, submission: int) -> str:
        self.do(SendSubmission(submission, "diajukan", "tunggu"))
        return self.tickets("submission")[-1].number

    def documents(self, citizen: str = CITIZEN) -> Documents:
        """What the assistant is told when the citizen next writes."""
        self._breathe()
        self.sapa.ask("apa kabar", citizen=citizen)
        return self.assistant.talks[-1].documents

    def _breathe(self) -> None:
        """Nobody writes without a pause, and WhatsApp takes six seconds a message."""
        self.sapa.clock.advance(seconds=20)

    def files(self) -> Sequence[Attachment]:
        with self.sapa.database.reading() as session:
            return session.scalars(select(Attachment).order_by(Attachment.id)).all()

    def submissions(self) -> Sequence[Submission]:
        with self.sapa.database.reading() as session:
            return session.scalars(select(Submission).order_by(Submission.id)).all()

    def tickets(self, kind: str) -> Sequence[Ticket]:
        with self.sapa.database.reading() as session:
            return session.scalars(select(Ticket).where(Ticket.kind == kind).order_by(Ticket.id)).all()

    def events(self, kind: str) -> Sequence[Event]:
        with self.sapa.database.reading() as session:
            return session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id)).all()

    def run(self, job: str) -> None:
        """The clock does one of its jobs."""
        from bot.clock import run_once

        (wanted,) = (one for one in self.sapa.jobs if one.name == job)
        assert run_once(self.sapa.database, wanted, self.sapa.clock)
