"""A ticket's deadlines: started, stopped while the office waits for the citizen, met by what a person does.

All in office minutes; both sides' time is kept: `spent` is the office's, `citizen_minutes` what the citizen took.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.contracts import EventKind, Level, TargetKind, TargetState, TicketState
from bot.deadlines import Deadline, add_office_minutes, office_minutes
from bot.desk import alerts
from bot.desk.events import record_of
from bot.models import Target, Ticket
from bot.rules import Matter, OfficeRules

RESPONSES = (TargetKind.FIRST_RESPONSE, TargetKind.NEXT_RESPONSE)
LIVE = (TargetState.RUNNING, TargetState.PAUSED)


def ensure(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime) -> None:
    """The deadlines of the ticket's present cycle: made once, and going again where it is the office's turn. Whoever
    puts a ticket into the queue knows no calendar; the clock does, and so does an officer's page."""
    known = session.scalar(select(func.count()).where(Target.ticket_id == ticket.id, Target.cycle == ticket.cycle))
    if known:
        if ticket.owner_id is None and ticket.state is not TicketState.WAITING_FOR_CITIZEN:
            _go_on(session, ticket, rules, now)
        return
    ticket.priority = rules.priority(matter_of(ticket))
    start = ticket.queued_at or ticket.opened_at
    for kind in (TargetKind.FIRST_RESPONSE, TargetKind.RESOLUTION):
        _start(session, ticket, kind, start, rules, now)


def first_response_minutes(ticket: Ticket, rules: OfficeRules) -> int:
    """The target that holds for a ticket whose targets may not be made yet."""
    matter = matter_of(ticket)
    deadline = rules.targets(matter, rules.priority(matter)).first_response
    return deadline.office_minutes(rules.calendar, ticket.queued_at or ticket.opened_at) if deadline else 0


def start_next_response(session: Session, ticket: Ticket, since: datetime, rules: OfficeRules, now: datetime) -> None:
    """The citizen wrote again after an answer, or was given back to the queue; nothing when an answer is owed
    already."""
    if not owes_answer(session, ticket):
        _start(session, ticket, TargetKind.NEXT_RESPONSE, since, rules, now)


def hasten(session: Session, ticket: Ticket, since: datetime, rules: OfficeRules, now: datetime) -> None:
    """The ticket became more urgent by a message received at ``since``: what its present priority wants sooner, counted
    from there, takes the place of what was promised. Nothing becomes due later than it was."""
    running = _of(session, ticket, TargetKind, (TargetState.RUNNING,))
    if not any(target.kind in RESPONSES for target in running):
        start_next_response(session, ticket, since, rules, now)
    for target in running:
        deadline = _deadline(ticket, target.kind, rules)
        if deadline is None:
            continue
        minutes = deadline.office_minutes(rules.calendar, since)
        if add_office_minutes(rules.calendar, since, minutes) < target.due_at:
            _give_way(session, target)
            _start(session, ticket, target.kind, since, rules, now)


def recount(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime) -> None:
    """The ticket is of another class: its first answer and its end have another time, from the same start. What has
    passed of it stays passed, also where the clock stands."""
    for target in _of(session, ticket, (TargetKind.FIRST_RESPONSE, TargetKind.RESOLUTION), LIVE):
        deadline = _deadline(ticket, target.kind, rules)
        minutes = deadline.office_minutes(rules.calendar, target.started_at) if deadline else target.minutes
        if minutes != target.minutes:
            _carry_on(session, ticket, target, minutes, rules, now)


def take_over(session: Session, ticket: Ticket, into: Ticket, rules: OfficeRules, now: datetime) -> list[str]:
    """``ticket`` ends as the same matter as ``into``: of what both promise for the same the sooner holds there, as far
    as it has run. The names of those whose miss was told under ``ticket`` already."""
    missed = []
    for target in _of(session, ticket, TargetKind, LIVE):
        same = RESPONSES if target.kind in RESPONSES else (target.kind,)
        old = next(iter(_of(session, into, same, LIVE)), None)
        if old is not None and _left(old, rules, now) <= _left(target, rules, now):
            continue
        kind = old.kind if old else target.kind if into.answered_at is None else same[-1]
        if old is not None:
            _give_way(session, old)
        taken = _as_it_stands(target, into, rules, now)
        _add(session, into, kind, taken, now)
        if taken.state is TargetState.RUNNING:
            alerts.begin_late(session, taken, rules, now)
        if alerts.is_raised(session, target, Level.BREACH):
            missed.append(alerts.name_of(taken))
    return missed


def owes_answer(session: Session, ticket: Ticket) -> bool:
    """Whether a citizen waits for a word of the office."""
    return bool(_of(session, ticket, RESPONSES, (TargetState.RUNNING,)))


def met(session: Session, ticket: Ticket, kinds: Iterable[TargetKind], now: datetime, actor: str) -> None:
    """A person did what these deadlines are for: they end, and their alerts with them."""
    for target in _of(session, ticket, kinds, LIVE):
        target.state, target.met_at = TargetState.MET, now
        alerts.drop(session, target)
        until = target.paused_at or now  # what stands still does not become late
        _record(session, ticket, target, EventKind.TARGET_MET, now, actor, late=until > target.due_at)


def drop(session: Session, ticket: Ticket) -> None:
    """The ticket ended otherwise: nothing is owed any more."""
    for target in _of(session, ticket, TargetKind, LIVE):
        _give_way(session, target)


def pause(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime) -> None:
    """The office waits for the citizen: its clocks stop."""
    for target in _of(session, ticket, TargetKind, (TargetState.RUNNING,)):
        target.state, target.paused_at = TargetState.PAUSED, now
        target.spent += office_minutes(rules.calendar, target.running_since, now)
        alerts.drop(session, target)


def resume(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime) -> None:
    """The citizen came back: the clocks go on from where they stopped."""
    for target in _of(session, ticket, TargetKind, (TargetState.PAUSED,)):
        assert target.paused_at is not None
        target.state, target.running_since = TargetState.RUNNING, now
        target.citizen_minutes += int((now - target.paused_at).total_seconds() // 60)
        target.paused_at = None
        if target.spent <= target.minutes:  # what was late already stays so
            target.due_at = add_office_minutes(rules.calendar, now, target.minutes - target.spent)
        session.flush()
        alerts.follow(session, target, rules)


def _go_on(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime) -> None:
    """Nobody waits for the citizen any more: they came back, or an officer gave the ticket back."""
    since = ticket.queued_at or ticket.opened_at
    if stopped := [target.paused_at for target in _of(session, ticket, TargetKind, (TargetState.PAUSED,))]:
        came_back = all(at is None or at <= since for at in stopped)
        resume(session, ticket, rules, since if came_back else now)
    else:
        came_back = _is_answered_before(session, ticket, since)
    if came_back:
        start_next_response(session, ticket, since, rules, now)


def _is_answered_before(session: Session, ticket: Ticket, since: datetime) -> bool:
    """Whether the message that fixes the ticket's place came after the last answer of this cycle."""
    answers = _of(session, ticket, RESPONSES, (TargetState.MET,))
    return bool(answers) and all(target.met_at is not None and target.met_at < since for target in answers)


def _give_way(session: Session, target: Target) -> None:
    target.state = TargetState.DROPPED
    alerts.drop(session, target)


def _start(
    session: Session,
    ticket: Ticket,
    kind: TargetKind,
    start: datetime,
    rules: OfficeRules,
    now: datetime,
) -> None:
    deadline = _deadline(ticket, kind, rules)
    if deadline is None:
        return
    minutes = deadline.office_minutes(rules.calendar, start)
    target = Target(minutes=minutes, started_at=start, running_since=start, state=TargetState.RUNNING)
    target.due_at = add_office_minutes(rules.calendar, start, minutes)
    _add(session, ticket, kind, target, now)
    alerts.begin(session, target, rules)


def _carry_on(session: Session, ticket: Ticket, old: Target, minutes: int, rules: OfficeRules, now: datetime) -> None:
    """Another end of the same time. It is a target of its own, since levels of the old one may be out already."""
    calendar, paused_at = rules.calendar, old.paused_at
    ran = office_minutes(calendar, old.running_since, paused_at) if paused_at else 0
    target = Target(
        minutes=minutes,
        spent=old.spent,
        citizen_minutes=old.citizen_minutes,
        started_at=old.started_at,
        running_since=old.running_since,
        paused_at=paused_at,
        state=old.state,
        due_at=add_office_minutes(calendar, old.running_since, max(minutes - (old.spent - ran), 0)),
    )
    _give_way(session, old)
    _add(session, ticket, old.kind, target, now)
    if target.state is TargetState.RUNNING:
        alerts.begin_late(session, target, rules, now)


def _as_it_stands(target: Target, into: Ticket, rules: OfficeRules, now: datetime) -> Target:
    """The same promise for another ticket, whose clock may stand."""
    stands, left = into.state is TicketState.WAITING_FOR_CITIZEN, _left(target, rules, now)
    taken = Target(minutes=target.minutes, started_at=target.started_at, citizen_minutes=target.citizen_minutes)
    taken.state, taken.paused_at = (TargetState.PAUSED, now) if stands else (TargetState.RUNNING, None)
    taken.spent, taken.running_since, taken.due_at = target.minutes - left, now, target.due_at
    if target.paused_at is None and not stands:
        taken.spent, taken.running_since = target.spent, target.running_since
    elif left >= 0:  # what was late already stays so
        taken.due_at = add_office_minutes(rules.calendar, now, left)
    return taken


def _left(target: Target, rules: OfficeRules, now: datetime) -> int:
    """Office minutes that are left of it; below 0 once it is late."""
    ran = 0 if target.paused_at else office_minutes(rules.calendar, target.running_since, now)
    return target.minutes - target.spent - ran


def _add(session: Session, ticket: Ticket, kind: TargetKind, target: Target, now: datetime) -> None:
    """The next one of its kind in the ticket's cycle."""
    before = select(func.count()).where(
        Target.ticket_id == ticket.id, Target.cycle == ticket.cycle, Target.kind == kind
    )
    target.ordinal = session.scalar(before) or 0
    target.office_id, target.ticket_id, target.cycle, target.kind = ticket.office_id, ticket.id, ticket.cycle, kind
    session.add(target)
    session.flush()
    _record(session, ticket, target, EventKind.TARGET_STARTED, now, "clock", due=target.due_at.isoformat())


def matter_of(ticket: Ticket) -> Matter:
    """As the rules ask for it."""
    return Matter(ticket.kind, ticket.service, ticket.reason, ticket.complaint_class)


def _deadline(ticket: Ticket, kind: TargetKind, rules: OfficeRules) -> Deadline | None:
    targets = rules.targets(matter_of(ticket), ticket.priority)
    by_kind = {
        TargetKind.FIRST_RESPONSE: targets.first_response,
        TargetKind.NEXT_RESPONSE: targets.next_response,
        TargetKind.RESOLUTION: targets.resolution,
    }
    return by_kind[kind]


def _of(session: Session, ticket: Ticket, kinds: Iterable[TargetKind], states: Iterable[TargetState]) -> list[Target]:
    return list(
        session.scalars(
            select(Target).where(
                Target.ticket_id == ticket.id,
                Target.cycle == ticket.cycle,
                Target.kind.in_(list(kinds)),
                Target.state.in_(list(states)),
            )
        )
    )


def _record(
    session: Session, ticket: Ticket, target: Target, kind: EventKind, now: datetime, actor: str, **data: object
) -> None:
    record_of(session, ticket, kind, now, actor, target=alerts.name_of(target), **data)
