"""Invented histories of tickets, as the desk would write them and a little wilder."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from bot.contracts import EventKind, Level
from bot.figures import Fact
from tests.calendars import instants

MINUTE = timedelta(minutes=1)
SERVICES = (None, "kk_hilang_rusak", "kk_tambah_anggota")
POSTS = (1, 2, 3)
STAFF_KINDS = (
    EventKind.OFFICER_ANSWERED,
    EventKind.CLAIMED,
    EventKind.TRANSFERRED,
    EventKind.WAITING_FOR_CITIZEN,
)
OTHER_KINDS = (
    EventKind.CLAIM_LOST,
    EventKind.CITIZEN_ADDED,
    EventKind.CITIZEN_CAME_BACK,
    EventKind.GOES_ON,
    EventKind.TIMED_OUT,
    EventKind.REOPENED,
    EventKind.RELEASED,
    EventKind.RESOLVED,
    EventKind.HANDED_OVER,
    EventKind.TARGET_MET,
    EventKind.ALERT,
    *STAFF_KINDS * 2,
)
UNENDED_KINDS = tuple(kind for kind in OTHER_KINDS if kind is not EventKind.RESOLVED)
TARGETS = (
    "first_response.0",
    "next_response.0",
    "next_response.1",
    "resolution.0",
    "resolution.1",  # the end recounted
)


QUEUED = (EventKind.HANDED_OVER, EventKind.REOPENED)  # who is in the queue is not handed over again
GOING_ON = (EventKind.CLAIMED, EventKind.OFFICER_ANSWERED, EventKind.TARGET_MET)


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """The facts of up to three tickets, in the order in which they were written."""
    many, first = draw(st.integers(1, 3)), draw(instants)
    starts = [first + draw(st.integers(0, 900)) * MINUTE for _ in range(many)]
    facts = [fact for number, start in enumerate(starts, 1) for fact in draw(ticket(number, start))]
    facts.sort(key=lambda fact: fact.at)  # stable: a ticket's own keep their order
    for number in range(1, many):
        facts = draw(merged(facts, number, into=number + 1))
    return facts


@st.composite
def matters(draw: st.DrawFn) -> list[Fact]:
    """Two tickets that go on until they are merged, and what comes after."""
    first = draw(instants)
    starts = [first + draw(st.integers(0, 300)) * MINUTE for _ in range(2)]
    facts = [fact for number, start in enumerate(starts, 1) for fact in draw(ticket(number, start, UNENDED_KINDS))]
    return draw(merged(sorted(facts, key=lambda fact: fact.at), 1, into=2))


@st.composite
def merged(draw: st.DrawFn, facts: list[Fact], number: int, into: int) -> list[Fact]:
    """With a merge behind the ticket's last fact, where neither has ended by then; the other is gone on with."""
    last = max(n for n, fact in enumerate(facts) if fact.ticket_id == number)
    at, cycle = facts[last].at, facts[last].data.get("cycle", 1)
    others = [fact for fact in facts[: last + 1] if fact.ticket_id == into]
    if not others or {facts[last].kind, others[-1].kind} & {EventKind.RESOLVED, EventKind.MERGED}:
        return facts
    theirs = int(others[-1].data.get("cycle", 1))
    missed = [f"{theirs}.{name}" for name in draw(st.lists(st.sampled_from(TARGETS), max_size=1))]
    merge = Fact(EventKind.MERGED, "staff:1", at, number, {"cycle": cycle, "into": into, "missed": missed})
    after = [fact for fact in facts[last + 1 :] if fact.ticket_id != into]
    for kind in draw(st.sampled_from((GOING_ON, (*GOING_ON, EventKind.RESOLVED)))):
        at += draw(st.integers(0, 300)) * MINUTE
        after.append(Fact(kind, _actor(draw, kind), at, into, _data(draw, kind, theirs, at)))
    return sorted([*facts[: last + 1], merge, *after], key=lambda fact: fact.at)


@st.composite
def ticket(draw: st.DrawFn, ticket_id: int, start: datetime, kinds: tuple[EventKind, ...] = OTHER_KINDS) -> list[Fact]:
    """A ticket from its opening on. Once resolved nothing happens to it but a reopening."""
    at, cycle, resolved, queued = start, 1, False, False
    opened = {"kind_of_ticket": "talk_to_human", "service": draw(st.sampled_from(SERVICES))}
    facts = [Fact(EventKind.TICKET_OPENED, "assistant", at, ticket_id, opened)]
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=14)):
        at += draw(st.integers(0, 900)) * MINUTE
        if (resolved and kind is not EventKind.REOPENED) or (queued and kind is EventKind.HANDED_OVER):
            continue
        since = at - draw(st.integers(0, 30)) * MINUTE
        if kind is EventKind.REOPENED and resolved:
            cycle, resolved = cycle + 1, False
        resolved, queued = kind is EventKind.RESOLVED, queued or kind in QUEUED
        facts.append(Fact(kind, _actor(draw, kind), at, ticket_id, _data(draw, kind, cycle, since)))
    return facts


def _actor(draw: st.DrawFn, kind: EventKind) -> str:
    by_staff = (*STAFF_KINDS, EventKind.RELEASED, EventKind.RESOLVED, EventKind.TARGET_MET)
    return f"staff:{draw(st.sampled_from(POSTS))}" if kind in by_staff else "clock"


def _data(draw: st.DrawFn, kind: EventKind, cycle: int, since: datetime) -> dict[str, object]:
    data: dict[str, object] = {"cycle": cycle}
    if kind in (EventKind.HANDED_OVER, EventKind.REOPENED) and draw(st.booleans()):  # older rows have none
        data["since"] = since.isoformat()
    if kind in (EventKind.ALERT, EventKind.TARGET_MET):
        data["target"] = f"{cycle}.{draw(st.sampled_from(TARGETS))}"
    if kind is EventKind.TRANSFERRED:
        data["to"] = draw(st.sampled_from(POSTS))
    if kind is EventKind.ALERT:
        data["level"] = str(draw(st.sampled_from((Level.HALF, Level.BREACH, Level.OFFICERS))))
    if kind is EventKind.TARGET_MET:
        data["late"] = draw(st.booleans())
    return data
