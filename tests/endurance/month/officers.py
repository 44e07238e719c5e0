"""Officers: each takes who waits longest, does one thing at a time, forgets some, and goes home."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from bot.contracts import Outcome, TicketState
from bot.desk import answers, claims
from bot.errors import DeskRefused, WindowClosed
from bot.models import Contact, Conversation, Ticket
from bot.rules import OfficeRules
from tests.endurance.month.citizens import Citizens
from tests.endurance.month.plan import MINUTE, ZONE

if TYPE_CHECKING:
    from tests.endurance.month.world import World

AT_A_TIME = 4  # conversations one has in hand
SILENT, IGNORES = 0.04, 0.05  # claims, and later words of a citizen, that are forgotten
TIDIES_AT = 8  # in the first hour, what nobody came back for is closed


class Officer:
    def __init__(self, world: World, citizens: Citizens, name: str) -> None:
        self.name, self.actor = name, world.posts[name]
        self.did: Counter[str] = Counter()
        self._world, self._citizens = world, citizens
        self._chance = Random(f"{world.plan.seed} {name}")
        self._free_at = world.time.now
        self._tasks: list[tuple[datetime, int]] = []  # when, conversation
        self._key = 0

    def act(self) -> bool:
        """One thing, if they are there and free. Whether they did anything."""
        now = self._world.time.now
        if now < self._free_at or not self._world.is_working(self.name):
            return False
        if self._tasks and self._tasks[0][0] <= now:
            _, conversation_id = heapq.heappop(self._tasks)
            self._try(conversation_id)
        elif len(self._tasks) < AT_A_TIME and (front := self._world.front()) is not None:
            self._take(front)
        elif (old := self._forgotten()) is not None:
            self._resolve(old, Outcome.NO_REPLY)
        else:
            return False
        self._free_at = now + self._chance.randint(1, 3) * MINUTE
        return True

    def hear(self, conversation_id: int) -> None:
        """The citizen wrote; who was merely thanked looks and does nothing."""
        if self._chance.random() > IGNORES:
            self._put(conversation_id, self._chance.randint(2, 15))

    def _take(self, conversation_id: int) -> None:
        self._do("claimed", lambda session: claims.claim(session, self.actor, conversation_id, *self._how))
        if self._chance.random() > SILENT:
            self._put(conversation_id, self._chance.randint(1, 10))

    def _try(self, conversation_id: int) -> None:
        try:
            try:
                self._answer(conversation_id)
            except WindowClosed:
                self._resolve(conversation_id, Outcome.SENT_TO_COUNTER)
        except DeskRefused:  # lost, or ended, before they came to it
            self.did["came too late"] += 1

    def _answer(self, conversation_id: int) -> None:
        self._key += 1
        key = f"{self.name}-{self._key}"
        self._do(
            "answered",
            lambda session: answers.reply(
                session, self.actor, conversation_id, "jawaban", send_key=key, rules=self._how[0], now=self._how[1]
            ),
        )
        citizen, dice = self._citizen(conversation_id), self._chance.random()
        if dice < 0.58:
            self._resolve(conversation_id, self._chance.choice([Outcome.ANSWERED, Outcome.DONE]))
        elif dice < 0.81:
            self._do(
                "waited",
                lambda session: answers.wait_for_citizen(session, self.actor, conversation_id, *self._how),
            )
            self._citizens.was_asked(citizen)
        elif dice < 0.88:
            self._do(
                "gave back",
                lambda session: claims.release(session, self.actor, conversation_id, *self._how),
            )
        else:
            self._citizens.was_answered(citizen)

    def _resolve(self, conversation_id: int, outcome: Outcome) -> None:
        rules, now = self._how
        self._do(
            f"resolved {outcome}",
            lambda session: answers.resolve(
                session, self.actor, conversation_id, outcome, farewell="selesai", rules=rules, now=now
            ),
        )
        self._citizens.was_resolved(self._citizen(conversation_id))

    def _put(self, conversation_id: int, minutes: int) -> None:
        heapq.heappush(self._tasks, (self._world.time.now + minutes * MINUTE, conversation_id))

    def _forgotten(self) -> int | None:
        """Whom the office waited for in vain, and what oneself has not ended: looked for in the morning."""
        if self._world.time.now.astimezone(ZONE).hour != TIDIES_AT:
            return None
        timed_out = (Ticket.owner_id.is_not(None), Ticket.claimed_until.is_(None))
        waited = and_(Ticket.state == TicketState.WAITING_FOR_CITIZEN, Ticket.follow_up_until <= self._world.time.now)
        own = and_(Ticket.state == TicketState.IN_PROGRESS, Ticket.owner_id == self.actor.post_id)
        found = select(Ticket.conversation_id).where(*timed_out, or_(waited, own)).order_by(Ticket.id)
        with self._world.database.reading(self.actor.office_id) as session:
            return session.scalar(found.limit(1))

    def _citizen(self, conversation_id: int) -> str:
        wanted = select(Contact.address).join(Conversation, Conversation.contact_id == Contact.id)
        with self._world.database.reading(self.actor.office_id) as session:
            return session.scalars(wanted.where(Conversation.id == conversation_id)).one()

    @property
    def _how(self) -> tuple[OfficeRules, datetime]:
        return self._world.rules, self._world.time.now

    def _do(self, what: str, verb: Callable[[Session], object]) -> None:
        with self._world.database.transaction(self.actor.office_id) as session:
            verb(session)
        self._world.queue_changed()
        self.did[what] += 1
