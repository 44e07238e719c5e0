"""What the month needs of the outside, in this process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bot.contracts import (
    InboundForm,
    Mail,
    OutgoingMessage,
    PushMessage,
    Reading,
    SentMessage,
    TemplateMessage,
)
from bot.errors import MailBusy
from tests.endurance.month.plan import Span

SENTENCES = {
    "mau bicara dengan petugas": "talk_to_human",
    "pelayanannya lambat, saya mau mengadu": "complaint",
    "ada yang minta uang untuk urus akta": "report_fraud",
    "suami saya memukuli saya": "out_of_scope",  # told by its words
    "berkas saya sudah sampai mana": "check_status",
    "terima kasih banyak": "thank",
    "ini keterangan tambahannya": "out_of_scope",
    "kk hilang syaratnya apa": "ask_requirements",
}
"""What citizens say, and how it is read."""


@dataclass
class Time:
    """The one clock of the world."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


class ScriptedReader:
    """Reads the sentences above; a number that picks nothing means nothing."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        return [Reading(text, SENTENCES.get(text, "out_of_scope"), 0.99) for text in texts]

    def is_well(self) -> bool:
        return True


@dataclass
class Mailbox:
    """Takes mail, but for a time; ``taken`` has when each was, by its reference."""

    time: Time
    down: Span
    taken: dict[str, datetime] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)

    def send(self, mail: Mail) -> None:
        self.tries[mail.reference] += 1
        if self.time() in self.down:
            raise MailBusy("no_connection")
        assert mail.reference not in self.taken, "a mail went out twice"
        self.taken[mail.reference] = self.time()


class Browsers:
    def __init__(self) -> None:
        self.shown: Counter[str] = Counter()

    def push(self, message: PushMessage) -> None:
        self.shown[message.tag] += 1


class Phones:
    """Takes templates; what is written to citizens stays in the outbox, since no worker sends it."""

    def __init__(self) -> None:
        self.rung: Counter[str] = Counter()
        self._numbers = count(1)

    def send(self, message: OutgoingMessage) -> SentMessage:
        raise AssertionError("the clock writes to no citizen")

    def send_template(self, message: TemplateMessage) -> SentMessage:
        self.rung[message.reference] += 1
        return SentMessage(f"SM{next(self._numbers):032d}", "queued", message.recipient, message.body)

    def list_sent(self, recipient: str, since: datetime) -> list[SentMessage]:
        return []

    def list_received(self, recipient: str, since: datetime) -> list[InboundForm]:
        return []

    def with_files(self, form: InboundForm) -> InboundForm:
        return form
