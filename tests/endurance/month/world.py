"""The world: an installation in one process whose time goes from event to event, and minute by minute in the hours of
the office. The clock's own jobs run at every step, first and, when anybody acted, last."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import count

import pytest
from sqlalchemy import func, select

from bot import pieces
from bot.assistant import OfficeAssistant
from bot.contracts import Actor, InboundForm, Role, TicketState
from bot.db.session import Database
from bot.desk import duty, queue, staff
from bot.desk.offices import ensure_first_office
from bot.desk.templates import store_template
from bot.flow.answer import Line, answer_due
from bot.flow.receive import QuietWindows, receive
from bot.line import build_jobs
from bot.models import Contact, Conversation, Event, Post, PushSubscription, Ticket
from bot.settings import Settings
from tests.endurance.month.officers import Officer
from tests.endurance.month.outside import Browsers, Mailbox, Phones, ScriptedReader, Time
from tests.endurance.month.plan import DAY, MINUTE, STAFF, SUPERVISOR, ZONE, Plan, at
from tests.files import PlainMedia
from tests.installation import ACCOUNT, OFFICE, TOKEN

AT_ONCE = QuietWindows(0, 0, 0)
JOBS = ("end_claims", "raise_alerts", "send_notices")
NIGHT_STEP = 30 * MINUTE
LOOK_EVERY = 90 * MINUTE
LOOK_AT = 20  # places


class World:
    def __init__(self, plan: Plan, database_url: str, patch: pytest.MonkeyPatch) -> None:
        self.plan, self.time = plan, Time(at(plan.first))
        self.mail, self.browsers, self.phones = Mailbox(self.time, plan.mail_down), Browsers(), Phones()
        patch.setattr("bot.ways.build_mailer", lambda _: self.mail)
        patch.setattr("bot.ways.build_pusher", lambda _: self.browsers)
        settings = Settings(
            database_url=database_url,
            public_url="http://sapa.example",
            twilio_account_sid=ACCOUNT,
            twilio_auth_token=TOKEN,
            sender=OFFICE,
        )
        self.database: Database = pieces.build_database(settings)
        self.assistant = OfficeAssistant()
        self.rules = self.assistant.rules("PKP")
        self.line = Line(self.database, ScriptedReader(), self.assistant, self.time)
        self._jobs = {
            job.name: job for job in build_jobs(settings, self.database, self.phones, PlainMedia("AC", "token"))
        }
        self.office_id = self._open_office()
        self.posts = {name: self._invite(name) for name in STAFF}
        self.looks: dict[int, dict[int, int]] = {}
        self._front: list[int | None] = []
        self._to_do: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order, self._sids = count(), count()
        self._wrote: set[str] = set()
        self._away = sorted((span.start, span.end, name) for name, spans in plan.away.items() for span in spans)
        self.officers: dict[int, Officer] = {}

    def later(self, moment: datetime, what: Callable[[], None]) -> None:
        heapq.heappush(self._to_do, (max(moment, self.time.now), next(self._order), what))

    def write(self, citizen: str, text: str) -> None:
        """A citizen writes; the assistant reads it in the same minute."""
        sid = f"SM{next(self._sids):032d}"
        form = InboundForm({"MessageSid": sid, "From": citizen, "To": OFFICE, "Body": text})
        receive(self.database, form, AT_ONCE, self.time.now)
        self._wrote.add(citizen)

    def step(self, moment: datetime) -> None:
        """Everything that happens at this moment, after a look of the clock and before another."""
        self.time.now = moment
        self._step_away()
        self._work()
        if self._act():
            self._work()

    def minutes_later(self, minutes: int, citizen: str, text: str) -> None:
        self.later(self.time.now + minutes * MINUTE, lambda: self.write(citizen, text))

    def write_at(self, day: date, minute: int, citizen: str, text: str) -> None:
        self.later(at(day) + minute * MINUTE, lambda: self.write(citizen, text))

    def is_working_day(self, day: date) -> bool:
        return bool(self.rules.calendar.periods(day))

    def is_working(self, name: str) -> bool:
        """Whether somebody sits at the desk now."""
        return self.rules.calendar.is_open(self.time.now) and self.plan.is_there(name, self.time.now)

    def front(self) -> int | None:
        """The conversation whose turn it is. Officers look at every minute; it is asked for when something happened."""
        if not self._front:
            since = func.coalesce(Ticket.queued_at, Ticket.opened_at)
            waits = select(Ticket.conversation_id).where(Ticket.state == TicketState.OPEN, Ticket.owner_id.is_(None))
            with self.database.reading() as session:
                self._front = [session.scalar(waits.order_by(since, Ticket.id).limit(1))]
        return self._front[0]

    def queue_changed(self) -> None:
        self._front = []

    def run(self) -> None:
        """Until everything is done that was to be done, and nobody waits any more."""
        for moment in self._moments():
            self.step(moment)
            if not (moment - at(self.plan.first)) % LOOK_EVERY and self.rules.calendar.is_open(moment):
                self._look()

    def _moments(self) -> Iterator[datetime]:
        now = self.time.now
        end = at(self.plan.last + DAY) + self.plan.settles_within
        while now < end and not (now > at(self.plan.last + DAY) and self._is_settled()):
            yield now
            step = MINUTE if self._is_day(now) else NIGHT_STEP - (now - at(self.plan.first)) % NIGHT_STEP
            now = min([now + step, *(max(moment, now + MINUTE) for moment, _, _ in self._to_do[:1])])

    def _is_day(self, now: datetime) -> bool:
        """From the first opening to a while after the last closing."""
        local = self.rules.calendar.local(now)
        periods = self.rules.calendar.periods(local.date())
        return bool(periods) and periods[0].start <= local.time() <= (local.replace(hour=17, minute=0)).time()

    def _is_settled(self) -> bool:
        waits = select(func.count()).where(Ticket.state.in_([TicketState.OPEN, TicketState.IN_PROGRESS]))
        with self.database.reading() as session:
            return session.scalar(waits) == 0

    def _work(self) -> None:
        for name in JOBS:
            for _ in range(200):
                if not self._jobs[name].run(self.time.now, None):
                    break
                self.queue_changed()
            else:
                raise AssertionError(f"{name} does not come to rest at {self.time.now}")

    def _act(self) -> bool:
        acted = False
        while self._to_do and self._to_do[0][0] <= self.time.now:
            heapq.heappop(self._to_do)[2]()
            acted = True
        if acted:
            self._answer()
        for officer in self.officers.values():
            acted = officer.act() or acted
        return acted

    def _answer(self) -> None:
        while (due := answer_due(self.line)) is not None:
            assert due <= self.time.now
        self.queue_changed()
        wrote, self._wrote = self._wrote, set()
        held = (
            select(Ticket.owner_id, Ticket.conversation_id)
            .join(Conversation, Conversation.id == Ticket.conversation_id)
            .join(Contact, Contact.id == Conversation.contact_id)
            .where(Contact.address.in_(wrote), Ticket.claimed_until.is_not(None))
            .distinct()
            .order_by(Ticket.conversation_id)
        )
        with self.database.reading() as session:
            owners = session.execute(held).all()
        for post_id, conversation_id in owners:
            self.officers[post_id].hear(conversation_id)

    def _step_away(self) -> None:
        while self._away and self._away[0][0] <= self.time.now:
            _, until, name = self._away.pop(0)
            with self.database.transaction() as session:
                duty.away(session, session.get_one(Post, self.posts[name].post_id), until, now=self.time.now)

    def _look(self) -> None:
        """What the queue looks like, for the oracle."""
        waits = select(Ticket).where(Ticket.state == TicketState.OPEN, Ticket.queued_at.is_not(None))
        with self.database.reading() as session:
            last = session.scalar(select(func.max(Event.id)))
            if last is not None:
                self.looks[last] = {
                    ticket.id: queue.place_of(session, ticket, self.rules, self.time.now).position
                    for ticket in session.scalars(waits.order_by(Ticket.queued_at, Ticket.id).limit(LOOK_AT))
                }

    def _open_office(self) -> int:
        with self.database.transaction() as session:
            office = ensure_first_office(
                session, prefix="PKP", name="Kantor Uji", time_zone=ZONE.key, sender=OFFICE, now=self.time.now
            )
            store_template(session, office.id, "alert", "HX" + "0" * 32)
            return office.id

    def _invite(self, name: str) -> Actor:
        """One person, their leave and their hours away; one has a telephone, another a browser."""
        role = Role.SUPERVISOR if name == SUPERVISOR else Role.OFFICER
        number = "+6281100000002" if name == "andi" else None
        with self.database.transaction() as session:
            post = staff.invite(
                session,
                self.office_id,
                email=f"{name}@contoh.example",
                name=name,
                role=role,
                whatsapp=number,
                by="line",
                now=self.time.now,
            )
            if name == "besse":
                session.add(
                    PushSubscription(
                        staff_id=post.staff_id,
                        endpoint=f"https://push.example/{name}",
                        p256dh="p",
                        auth="a",
                        created_at=self.time.now,
                    )
                )
            if name in self.plan.leave:
                first, last = self.plan.leave[name]
                duty.add_absence(session, post, first, last, ZONE, by="line", now=self.time.now)
            return Actor(post.id, self.office_id, role)
