"""A citizen who sends documents, as a test's story tells it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select, text

from bot.contracts import AttachmentState
from bot.models import Attachment, Submission
from bot.models.base import Base
from tests.installation import CITIZEN, Installation

PACE = 30.0  # seconds between two messages: nobody meets the pace limit of one recipient


class Citizen:
    """Every message is answered before the next."""

    def __init__(self, sapa: Installation, address: str = CITIZEN) -> None:
        self.sapa = sapa
        self.address = address

    def says(self, body: str = "", **more: object) -> str:
        """What the phone shows in answer, as one text."""
        self.sapa.clock.advance(seconds=PACE)
        return "\n".join(self.sapa.ask(body, citizen=self.address, **more))

    def sends(self, *files: tuple[str, bytes], caption: str = "") -> str:
        """One message a file, in a burst, as WhatsApp sends them."""
        self.sapa.clock.advance(seconds=PACE)
        before = len(self.sapa.replies(self.address))
        for file in files:
            self.sapa.write(caption, citizen=self.address, media=[file])
        self.sapa.settle(90.0)
        return "\n".join(reply.body for reply in self.sapa.replies(self.address)[before:])

    def begins(self, wish: str = "mau kirim berkas akta lahir bayi", *answers: str) -> str:
        """Up to the checklist: the wish, the consent, and the answers to what is asked."""
        last = self.says(wish)
        if "SETUJU" in last:
            last = self.says("setuju")
        for answer in answers:
            last = self.says(answer)
        return last

    def waits(self, **by: float) -> str:
        """Time goes by; what reached the phone meanwhile."""
        before = len(self.sapa.replies(self.address))
        self.sapa.clock.advance(**by)
        self.sapa.settle(30.0)
        return "\n".join(reply.body for reply in self.sapa.replies(self.address)[before:])

    def files(self) -> list[Attachment]:
        with self.sapa.database.reading() as session:
            return list(session.scalars(select(Attachment).order_by(Attachment.id)))

    def states(self) -> list[AttachmentState]:
        return [file.state for file in self.files()]

    def vault(self) -> Path:
        return Path(self.sapa.settings.storage_url.removeprefix("file://"))

    def everything(self) -> str:
        """Every value of every row."""
        with self.sapa.database.reading() as session:
            rows = [session.execute(text(f"SELECT * FROM {table}")).all() for table in Base.metadata.tables]
        return repr([tuple(row) for found in rows for row in found])

    def submissions(self) -> list[Submission]:
        with self.sapa.database.reading() as session:
            return list(session.scalars(select(Submission).order_by(Submission.id)))
