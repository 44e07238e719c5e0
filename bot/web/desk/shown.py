"""Rows as the desk's pages show them: in the reader's language, with their clocks. Templates only lay them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.contracts import ComplaintClass, MessageKind, TicketState
from bot.desk import alerted, board, thread
from bot.desk.board import Card
from bot.desk.credentials import Seat
from bot.rules import Matter, OfficeRules
from bot.web.accounts.language import language, t
from bot.web.desk.because import why
from bot.web.desk.countdown import Countdown, countdown, moment, waited
from bot.web.desk.office import DeskOffice

SAID_LENGTH = 160  # letters of a citizen's last words on a card
UNSURE_BELOW, SURE_FROM = 0.5, 0.8


@dataclass(frozen=True, slots=True)
class ShownTicket:
    """``place`` counts conversations from 1; None outside the queue. ``complaint_class``: None for no complaint."""

    card: Card
    about: str
    said: str
    since: str
    waited: str
    clock: Countdown
    place: int | None = None
    complaint_class: ComplaintClass | None = None

    @property
    def is_open(self) -> bool:
        return self.card.state not in (TicketState.RESOLVED, TicketState.CLOSED)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """``understood``: what the assistant took it for, and how sure it was; ``why``: why it answered so, with the last
    message of those it answered together."""

    line: thread.Line
    at: str
    day: str
    understood: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownAlert:
    alert: alerted.Alerted
    text: str
    about: str
    at: str


@dataclass(frozen=True, slots=True)
class Shower:
    """One request's way of showing: whose office, by which rules, at which moment."""

    office: DeskOffice
    rules: OfficeRules
    prefix: str
    now: datetime

    @classmethod
    def of(cls, office: DeskOffice, seat: Seat, now: datetime) -> Shower:
        return cls(office, office.rules(seat.prefix), seat.prefix, now)

    def ticket(self, card: Card, place: int | None = None) -> ShownTicket:
        return ShownTicket(
            card,
            self.office.about(self.prefix, card.kind, card.service, language()),
            _said(card.said, card.said_kind),
            self.moment(card.since),
            waited(card.since, self.now),
            countdown(card.due_at, card.minutes, card.paused, self.rules, self.now),
            place,
            self.rules.complaint_class(Matter(card.kind, card.service, card.reason, card.complaint_class)),
        )

    def about(self, service: str) -> str:
        """A service by its name."""
        return self.office.about(self.prefix, "", service, language())

    def queue(self, cards: list[board.Card]) -> list[ShownTicket]:
        places: dict[int, int] = {}
        return [self.ticket(card, places.setdefault(card.conversation_id, len(places) + 1)) for card in cards]

    def lines(self, found: list[thread.Line]) -> list[ShownLine]:
        days: set[str] = set()
        last_of_turn = {line.turn_id: line.seq for line in found if line.turn_id}
        shown = []
        for line in found:
            local = self.rules.calendar.local(line.at)
            day = f"{t(f'day_{local.weekday()}')}, {local.day} {t(f'month_{local.month}')}"
            why_so = _why(line) if line.turn_id and last_of_turn[line.turn_id] == line.seq else ()
            shown.append(ShownLine(line, f"{local:%H.%M}", "" if day in days else day, self._understood(line), why_so))
            days.add(day)
        return shown

    def alerts(self, standing: list[alerted.Alerted]) -> list[ShownAlert]:
        return [
            ShownAlert(
                one,
                self.office.alerted(one.level, one.number, language()),
                f"{one.name} · {self.office.about(self.prefix, one.kind, one.service, language())}",
                self.moment(one.at),
            )
            for one in standing
        ]

    def moment(self, at: datetime) -> str:
        calendar = self.rules.calendar
        return moment(calendar.local(at), calendar.local(self.now).date())

    def _understood(self, line: thread.Line) -> str:
        if line.understood is None or line.confidence is None:
            return ""
        what = self.office.understood(self.prefix, line.understood, line.service)
        sure = "unsure" if line.confidence < UNSURE_BELOW else "sure" if line.confidence >= SURE_FROM else "fairly_sure"
        return t(f"understood_{sure}", what=what, percent=round(line.confidence * 100))


def _why(line: thread.Line) -> tuple[str, ...]:
    if line.because:
        return why(line.because)
    return (t("because_silent"),) if line.is_left else ()


def _said(body: str, kind: MessageKind | None) -> str:
    if body:
        return body if len(body) <= SAID_LENGTH else body[: SAID_LENGTH - 1] + "…"
    return t(f"kind_{kind}") if kind else ""
