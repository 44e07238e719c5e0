"""What the figures should be, reckoned another way: every open minute is counted, and each figure is looked up in the
whole list of facts by its own words. Slow, and plain enough to be believed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.calendar import OfficeCalendar
from bot.figures import Fact

MINUTE = timedelta(minutes=1)
Line = tuple[str, int, int, datetime, int | None, str | None, int | None, bool]
"""figure, ticket, cycle, when, whose, service, minutes, late"""


def reckon(facts: Sequence[Fact], calendar: OfficeCalendar) -> list[Line]:
    found: list[Line] = []
    for number in {fact.ticket_id for fact in facts}:
        mine = [fact for fact in facts if fact.ticket_id == number]
        for cycle in sorted({cycle_of(fact) for fact in mine}):
            found += first_response(facts, number, cycle, calendar)
            found += resolution(facts, number, cycle, calendar)
        found += deadlines(facts, number)
    return found


def first_response(facts: Sequence[Fact], number: int, cycle: int, calendar: OfficeCalendar) -> Iterable[Line]:
    for n, fact in enumerate(facts):
        if fact.ticket_id == number and cycle_of(fact) == cycle and fact.kind == "officer_answered":
            since_when = asked(facts[:n], number, cycle)
            if since_when is not None:
                mine = [one for one in facts if one.ticket_id == number]
                yield line("first_response", fact, cycle, mine, len(open_minutes(calendar, since_when, fact.at)))


def asked(before: Sequence[Fact], number: int, cycle: int) -> datetime | None:
    """Since when somebody waits for a first word on a matter; None: nobody does, or they had it."""
    own = [fact for fact in before if fact.ticket_id == number and cycle_of(fact) == cycle]
    calls = [since(fact) for fact in own if fact.kind == "handed_over" or (fact is own[0] and fact.kind == "reopened")]
    for m, other in merges(before, number, cycle):
        waits = asked(before[:m], other, last_cycle(before[:m], other))
        calls += [waits] if waits is not None else []
    return min(calls) if calls and not had_a_word(before, number) else None


def had_a_word(before: Sequence[Fact], number: int) -> bool:
    """Whether a person answered somebody who waited, in the present cycle."""
    cycle = last_cycle(before, number)
    answers = [
        n
        for n, fact in enumerate(before)
        if fact.ticket_id == number and cycle_of(fact) == cycle and fact.kind == "officer_answered"
    ]
    taken_over = any(had_a_word(before[:m], other) for m, other in merges(before, number, cycle))
    return taken_over or any(asked(before[:n], number, cycle) is not None for n in answers)


def resolution(facts: Sequence[Fact], number: int, cycle: int, calendar: OfficeCalendar) -> Iterable[Line]:
    for n, fact in enumerate(facts):
        if fact.ticket_id == number and cycle_of(fact) == cycle and fact.kind == "resolved":
            mine = [one for one in facts if one.ticket_id == number]
            _, minutes = worked(facts[: n + 1], number, calendar)
            yield line("resolution", fact, cycle, mine, len(minutes))


def worked(facts: Sequence[Fact], number: int, calendar: OfficeCalendar) -> tuple[datetime, set[datetime]]:
    """When the ticket's cycle began, and the minutes that the office has worked on it by the last of these facts."""
    cycle, end = last_cycle(facts, number), facts[-1].at
    own = [fact for fact in facts if fact.ticket_id == number and cycle_of(fact) == cycle]
    begins = [own[0].at if own[0].kind == "ticket_opened" else since(own[0])]
    begin = min(begins + [since(fact) for fact in own if fact.kind == "handed_over"])
    minutes = open_minutes(calendar, begin, end)
    for n, fact in enumerate(own):
        if fact.kind == "waiting_for_citizen":
            minutes -= open_minutes(calendar, fact.at, end_of_wait(fact, first_wait(own, n), own[n + 1 :], end))
    for m, other in merges(facts, number, cycle):
        began, theirs = worked(facts[: m + 1], other, calendar)
        if began < begin:
            begin, minutes = began, theirs | {minute for minute in minutes if minute >= facts[m].at}
    return begin, minutes


def merges(facts: Sequence[Fact], number: int, cycle: int) -> list[tuple[int, int]]:
    """Tickets that ended in this one in its cycle: (place of the fact, their number)."""
    return [
        (n, fact.ticket_id)
        for n, fact in enumerate(facts)
        if fact.kind == "merged" and fact.data["into"] == number and last_cycle(facts[:n], number) == cycle
    ]


def last_cycle(facts: Sequence[Fact], number: int) -> int:
    return max(cycle_of(fact) for fact in facts if fact.ticket_id == number)


def first_wait(own: Sequence[Fact], n: int) -> datetime:
    """Said twice, the citizen is waited for since the first time."""
    for fact in reversed(own[:n]):
        if fact.kind == "waiting_for_citizen":
            return first_wait(own, own.index(fact)) if fact.at <= own[n].at else own[n].at
        if fact.kind in ("claimed", "released", "claim_lost", "citizen_came_back", "goes_on", "reopened"):
            break
    return own[n].at


def end_of_wait(wait: Fact, began: datetime, after: Sequence[Fact], end: datetime) -> datetime:
    for fact in after:
        if fact.kind in ("claimed", "released", "claim_lost", "citizen_came_back", "goes_on", "resolved"):
            return fact.at
        if fact.kind == "reopened":
            return since(fact) if since(fact) >= began else fact.at
    return end


def deadlines(facts: Sequence[Fact], number: int) -> Iterable[Line]:
    mine = [fact for fact in facts if fact.ticket_id == number]
    names = {fact.data["target"] for fact in mine if "target" in fact.data}
    for promised in {name if "next" in name else name[:-1] for name in names}:
        for fact in facts:
            is_taken_over = fact.kind == "merged" and fact.data["into"] == number
            if is_taken_over and any(name.startswith(promised) for name in fact.data["missed"]):
                break  # it counted where it was missed
            if fact.ticket_id != number or not fact.data.get("target", "").startswith(promised):
                continue
            if fact.kind == "target_met" and not fact.data["late"]:
                yield line("within_target", fact, cycle_of(fact), mine)
                break
            if fact.kind == "target_met" or fact.data["level"] == "breach":
                whose, service = holder(mine[: mine.index(fact)]), mine[0].data["service"]
                yield "within_target", fact.ticket_id, cycle_of(fact), fact.at, whose, service, None, True
                break


def holder(before: Sequence[Fact]) -> int | None:
    for fact in reversed(before):
        if fact.kind == "claimed":
            return post(fact)
        if fact.kind == "transferred":
            return int(fact.data["to"])
        if fact.kind in ("released", "claim_lost", "resolved", "reopened"):
            return None
    return None


def line(figure: str, fact: Fact, cycle: int, mine: Sequence[Fact], minutes: int | None = None) -> Line:
    return (figure, fact.ticket_id, cycle, fact.at, post(fact), mine[0].data["service"], minutes, False)


def open_minutes(calendar: OfficeCalendar, start: datetime, end: datetime) -> set[datetime]:
    """Every minute of opening between them; all instants of the histories are whole minutes, and so are the hours."""
    return {at for n in range(max(0, (end - start) // MINUTE)) if calendar.is_open(at := start + n * MINUTE)}


def cycle_of(fact: Fact) -> int:
    return int(fact.data.get("cycle", 1))


def since(fact: Fact) -> datetime:
    return datetime.fromisoformat(fact.data["since"]) if "since" in fact.data else fact.at


def post(fact: Fact) -> int | None:
    return int(fact.actor.split(":")[1]) if ":" in fact.actor else None
