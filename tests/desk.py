"""The office's side of an installation: its people, what they do, and what reaches their phones, mailboxes and
browsers. Times are those of the office's own clock, ``2026-11-16 09:00``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import Actor, Outcome, Role, TicketState
from bot.desk import answers, claims, duty
from bot.desk.templates import store_template
from bot.knowledge import load_templates
from bot.models import Alert, Contact, Conversation, Event, Notice, Post, PushSubscription, Staff, Target, Ticket
from bot.rules import OfficeRules
from bot.settings import KNOWLEDGE
from tests.installation import CITIZEN, Installation
from tests.people import invite

ZONE = ZoneInfo("Asia/Makassar")
TEMPLATE = "HX" + "a" * 32
MINUTE = timedelta(minutes=1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Colleague:
    """``phone``: their own WhatsApp; ``browser``: where their browser is reached, '' when it shows no alerts."""

    actor: Actor
    name: str
    email: str
    phone: str
    browser: str


class Desk:
    """Whoever is hired has a phone and a mailbox, and serves every day."""

    def __init__(self, sapa: Installation) -> None:
        self.sapa = sapa
        self._numbers = count(101)
        self._keys = count(1)
        alert = load_templates(KNOWLEDGE)["alert"]
        buttons = [(one.title, one.payload) for one in alert.buttons]
        sapa.control.template(TEMPLATE, alert.body, variables=alert.samples, buttons=buttons)
        with sapa.database.transaction() as session:
            self.office_id = session.scalars(select(Conversation.office_id)).first() or 1
            store_template(session, self.office_id, "alert", TEMPLATE)

    # --- people ---
    def hire(self, role: Role = Role.OFFICER, *, phone: bool = True, browser: bool = False) -> Colleague:
        number = f"+62811000000{next(self._numbers)}" if phone else None
        person = invite(self.sapa.app, role, whatsapp=number)
        endpoint = f"{self.sapa.ways.push_url}/browser/{person.post_id}" if browser else ""
        with self.sapa.database.transaction() as session:
            name = session.get_one(Staff, person.staff_id).name
            if browser:
                keys = self.sapa.ways.push.keys
                session.add(
                    PushSubscription(staff_id=person.staff_id, endpoint=endpoint, created_at=self.now(), **keys)
                )
        actor = Actor(person.post_id, person.office_id, role)
        return Colleague(actor, name, person.email, f"whatsapp:{number}", endpoint)

    def absent(self, colleague: Colleague, first: date, last: date) -> None:
        with self.at_desk() as session:
            post = session.get_one(Post, colleague.actor.post_id)
            duty.add_absence(session, post, first, last, ZONE, by="staff:1", now=self.now())

    # --- what they do ---
    def claim(self, colleague: Colleague, citizen: str = CITIZEN) -> None:
        with self.at_desk() as session:
            claims.claim(session, colleague.actor, self.conversation(citizen), self.rules, self.now())

    def release(self, colleague: Colleague, citizen: str = CITIZEN) -> None:
        with self.at_desk() as session:
            claims.release(session, colleague.actor, self.conversation(citizen), self.rules, self.now())

    def reply(self, colleague: Colleague, words: str, citizen: str = CITIZEN) -> None:
        with self.at_desk() as session:
            key = f"form-{next(self._keys)}"
            given = {"send_key": key, "rules": self.rules, "now": self.now()}
            answers.reply(session, colleague.actor, self.conversation(citizen), words, **given)  # type: ignore[arg-type]

    def wait_for_citizen(self, colleague: Colleague, citizen: str = CITIZEN) -> None:
        with self.at_desk() as session:
            answers.wait_for_citizen(session, colleague.actor, self.conversation(citizen), self.rules, self.now())

    def resolve(self, colleague: Colleague, citizen: str = CITIZEN, farewell: str = "") -> None:
        with self.at_desk() as session:
            answers.resolve(
                session,
                colleague.actor,
                self.conversation(citizen),
                Outcome.ANSWERED,
                farewell=farewell,
                rules=self.rules,
                now=self.now(),
            )

    @contextmanager
    def at_desk(self) -> Iterator[Session]:
        """A session as the desk's pages have it: bound to the office."""
        with self.sapa.database.transaction(self.office_id) as session:
            yield session

    # --- time ---
    @property
    def rules(self) -> OfficeRules:
        return self.sapa.line.assistant.rules("PKP")

    def now(self) -> datetime:
        return self.sapa.clock()

    def it_is(self, local: str) -> None:
        """Go there at once; whatever comes due meanwhile is found late."""
        self.sapa.clock.set(local_time(local))

    def until(self, local: str, step: timedelta = 5 * MINUTE) -> None:
        """Live through the time until then: the clock ticks, the line works."""
        end = local_time(local)
        while (now := self.now()) < end:
            self.sapa.clock.set(min(now + step, end))
            self.sapa.tick()
        self.sapa.settle()

    # --- what reached them ---
    def mails(self, colleague: Colleague) -> list[str]:
        """Subjects without the ticket's number."""
        return [mail.subject.split(":")[0] for mail in self.sapa.ways.mail.mails(colleague.email)]

    def texts(self, colleague: Colleague) -> list[str]:
        return [message.body for message in self.sapa.control.sent(colleague.phone)]

    def pushes(self, colleague: Colleague) -> int:
        path = colleague.browser.removeprefix(self.sapa.ways.push_url)
        return sum(1 for pushed in self.sapa.ways.push.got if pushed.path == path)

    # --- rows ---
    def conversation(self, citizen: str = CITIZEN) -> int:
        with self.sapa.database.reading() as session:
            found = select(Conversation.id).join(Contact, Contact.id == Conversation.contact_id)
            return session.scalars(found.where(Contact.address == citizen)).one()

    def ticket(self, citizen: str = CITIZEN) -> Ticket:
        """The citizen's newest."""
        return self.tickets(citizen)[-1]

    def tickets(self, citizen: str = CITIZEN) -> Sequence[Ticket]:
        with self.sapa.database.reading() as session:
            mine = select(Ticket).where(Ticket.conversation_id == self.conversation(citizen))
            return session.scalars(mine.order_by(Ticket.id)).all()

    def queue(self) -> list[str]:
        """The numbers that wait, in order."""
        with self.sapa.database.reading() as session:
            waits = select(Ticket.number).where(Ticket.state == TicketState.OPEN, Ticket.queued_at.is_not(None))
            return list(session.scalars(waits.order_by(Ticket.queued_at, Ticket.id)))

    def targets(self) -> Sequence[Target]:
        with self.sapa.database.reading() as session:
            return session.scalars(select(Target).order_by(Target.id)).all()

    def alerts(self) -> list[tuple[str, str, datetime]]:
        """What was raised: (level, target, when by the office's clock), in order."""
        with self.sapa.database.reading() as session:
            raised = select(Alert).where(Alert.raised_at.is_not(None)).order_by(Alert.raised_at, Alert.id)
            return [(str(one.level), one.target, local(one.raised_at)) for one in session.scalars(raised)]

    def notices(self, colleague: Colleague) -> Sequence[Notice]:
        with self.sapa.database.reading() as session:
            mine = select(Notice).where(Notice.post_id == colleague.actor.post_id)
            return session.scalars(mine.order_by(Notice.id)).all()

    def events(self, kind: str) -> Sequence[Event]:
        with self.sapa.database.reading() as session:
            return session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id)).all()


def local_time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def local(at: datetime | None) -> datetime:
    assert at is not None
    return at.astimezone(ZONE).replace(tzinfo=None, second=0, microsecond=0)
