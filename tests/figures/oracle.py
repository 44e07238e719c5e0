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
            found += first_response(mine, cycle, calendar)
            found += resolution(mine, cycle, calendar)
        found += deadlines(mine)
    return found


def first_response(mine: Sequence[Fact], cycle: int, calendar: OfficeCalendar) -> Iterable[Line]:
    own = [fact for fact in mine if cycle_of(fact) == cycle]
    calls = [n for n, fact in enumerate(own) if fact.kind == "handed_over" or (fact.kind == "reopened" and n == 0)]
    if not calls:
        return
    answers = [fact for fact in own[calls[0] :] if fact.kind == "officer_answered"]
    if answers:
        minutes = len(open_minutes(calendar, since(own[calls[0]]), answers[0].at))
        yield line("first_response", answers[0], cycle, mine, minutes)


def resolution(mine: Sequence[Fact], cycle: int, calendar: OfficeCalendar) -> Iterable[Line]:
    own = [fact for fact in mine if cycle_of(fact) == cycle]
    ends = [fact for fact in own if fact.kind == "resolved"]
    if not ends:
        return
    begins = [own[0].at if own[0].kind == "ticket_opened" else since(own[0])]
    begins += [since(fact) for fact in own if fact.kind == "handed_over"]
    worked = open_minutes(calendar, min(begins), ends[0].at)
    for n, fact in enumerate(own):
        if fact.kind == "waiting_for_citizen":
            worked -= open_minutes(calendar, fact.at, end_of_wait(fact, first_wait(own, n), own[n + 1 :]))
    yield line("resolution", ends[0], cycle, mine, len(worked))


def first_wait(own: Sequence[Fact], n: int) -> datetime:
    """Said twice, the citizen is waited for since the first time."""
    for fact in reversed(own[:n]):
        if fact.kind == "waiting_for_citizen":
            return first_wait(own, own.index(fact)) if fact.at <= own[n].at else own[n].at
        if fact.kind in ("claimed", "released", "claim_lost", "citizen_came_back", "goes_on", "reopened"):
            break
    return own[n].at


def end_of_wait(wait: Fact, began: datetime, after: Sequence[Fact]) -> datetime:
    for fact in after:
        if fact.kind in ("claimed", "released", "claim_lost", "citizen_came_back", "goes_on", "resolved"):
            return fact.at
        if fact.kind == "reopened":
            return since(fact) if since(fact) >= began else fact.at
    return wait.at


def deadlines(mine: Sequence[Fact]) -> Iterable[Line]:
    names = {fact.data["target"] for fact in mine if "target" in fact.data}
    for promised in {name if "next" in name else name[:-1] for name in names}:
        for n, fact in enumerate(mine):
            if not fact.data.get("target", "").startswith(promised):
                continue
            if fact.kind == "target_met" and not fact.data["late"]:
                yield line("within_target", fact, cycle_of(fact), mine)
                break
            if fact.kind == "target_met" or fact.data["level"] == "breach":
                whose, service = holder(mine[:n]), mine[0].data["service"]
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
