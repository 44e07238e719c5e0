"""The oracle: replays the events of the month in their order and tells whatever is not as promised.

It knows nothing of the desk's code: only what each event says, the plan of who is there, the minutes of the office's
calendar and the written targets. Each event of a ticket is met with the question what should have been raised before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from tests.endurance.month.case import PAST_THE_OWNER, RESPONSES, Aim, Case
from tests.endurance.month.office_clock import OfficeClock
from tests.endurance.month.plan import OFFICERS, SUPERVISOR, Plan
from tests.endurance.month.promises import Promises

ASKS_FOR_A_PERSON = frozenset({"talk_to_human", "complaint", "report_fraud"})


class Fact(NamedTuple):
    """A row of the event table."""

    id: int
    conversation: int | None
    kind: str
    actor: str
    at: datetime
    subject: str
    data: Mapping[str, Any]


@dataclass
class Oracle:
    """``posts``: who has which post; ``looks``: event id → what the queue looked like after it (ticket → place), its
    front."""

    plan: Plan
    clock: OfficeClock
    promises: Promises
    posts: Mapping[str, int]
    looks: Mapping[int, Mapping[int, int]]
    wrong: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    cases: dict[int, Case] = field(default_factory=dict)
    unanswered: dict[int, datetime] = field(default_factory=dict)
    added: set[int] = field(default_factory=set)
    talks: defaultdict[int, list[Case]] = field(default_factory=lambda: defaultdict(list))

    def replay(self, facts: Iterable[Fact], end: datetime) -> list[str]:
        """Whatever was not as promised, one line each."""
        for fact in facts:
            self.counts[fact.kind] += 1
            self._conversation(fact)
            table, _, number = fact.subject.partition(":")
            if table == "ticket":
                self._ticket(fact, int(number))
            if fact.id in self.looks:
                self._look(fact, self.looks[fact.id])
        for case in self.cases.values():
            self._missed(case, end)
            self._check(not case.waits, case, "nobody acted after a hand-over", end)
            self._check(case.lease is None or case.lease >= end, case, "a claim outlived its lease", end)
        return self.wrong

    def _conversation(self, fact: Fact) -> None:
        talk = fact.conversation or 0
        if fact.kind == "received":
            self.unanswered.setdefault(talk, fact.at)
        elif fact.kind in ("answered", "left_to_officer"):
            self._owe_what_was_added(talk, fact.at)
            self.unanswered.pop(talk, None)
        elif fact.kind == "understood" and ASKS_FOR_A_PERSON.intersection(fact.data["intents"]):
            found = any(case.state == "open" or case.lease is not None for case in self.talks[talk])
            if not found:
                self.wrong.append(f"{fact.at} conversation {talk}: asked for a person, and waits for none")
        elif fact.kind not in ("citizen_added", "citizen_came_back"):
            self._owe_what_was_added(talk, fact.at)

    def _owe_what_was_added(self, talk: int, now: datetime) -> None:
        """The citizen wrote to an officer: an answer is owed from then on, and within the lease."""
        if talk not in self.added:
            return
        self.added.discard(talk)
        held = [case for case in self.talks[talk] if case.lease is not None]
        if not any(case.owes_answer() for case in held):
            held[0].add("next_response", self.unanswered[talk], self.clock, self.promises)
        for case in held:
            case.lease = self.clock.after(now, self.promises.lease)

    def _ticket(self, fact: Fact, number: int) -> None:
        if fact.kind == "ticket_opened":
            case = Case(number, fact.conversation or 0, fact.data["kind_of_ticket"], fact.at)
            self.cases[number] = case
            self.talks[case.conversation].append(case)
            case.begin(self.clock, self.promises, fact.at)
            return
        case = self.cases[number]
        if fact.kind != "alert":
            self._missed(case, fact.at)
        overdue = case.lease is not None and case.lease < fact.at and fact.kind not in ("claim_lost", "timed_out")
        self._check(not overdue, case, "a claim outlived its lease", fact.at)
        _SEEN[fact.kind](self, case, fact)

    def _missed(self, case: Case, now: datetime) -> None:
        for target, level, due in list(case.expected(self.clock, self.promises, now)):
            if due < now:
                self._check(False, case, f"{target} {level} was not raised at {due}", now)
                self._raised(case, target, now)

    def _raised(self, case: Case, target: str, now: datetime) -> None:
        if target.endswith(".queue"):
            case.announced = None
        elif target.endswith(".claim"):
            case.lost = None
        else:
            case.aims[target].climb(now)

    def _alert(self, case: Case, fact: Fact) -> None:
        target, level = fact.data["target"], fact.data["level"]
        self.counts[f"alert {level}"] += 1
        # what is due, or was and is late
        for expected_target, expected_level, due in case.expected(self.clock, self.promises, fact.at):
            if (expected_target, expected_level) == (target, level):
                self._check(due == fact.at, case, f"{target} {level} was due at {due}", fact.at)
                break
        else:
            self._check(False, case, f"{target} {level} should not have been raised", fact.at)
            return
        wanted = self._recipients(case, level, fact.at)
        told = sorted(fact.data["recipients"])
        self._check(told == wanted, case, f"{target} {level} told {told}, not {wanted}", fact.at)
        if not told or told == [self.posts[SUPERVISOR]]:
            self.counts["alerts that only the supervisor heard"] += 1
        if target in case.aims:
            self._check(case.aims[target].told, case, f"{target} was raised before it began", fact.at)
        self._raised(case, target, fact.at)

    def _recipients(self, case: Case, level: str, now: datetime) -> list[int]:
        keeper = next((name for name, post in self.posts.items() if post == case.owner), None)
        is_there = keeper is not None and case.lease is None and self.plan.is_there(keeper, now)
        if (case.has_owner(now) or is_there) and level not in (*PAST_THE_OWNER, "claim_lost"):
            return [case.owner or 0]
        found = [self.posts[name] for name in OFFICERS if self.plan.is_there(name, now)]
        if not found or level in ("supervisor", "claim_lost"):
            found.append(self.posts[SUPERVISOR])  # the only one: told also when away
        return sorted(found)

    def _handed_over(self, case: Case, fact: Fact) -> None:
        case.since, case.reason = self.unanswered[case.conversation], fact.data["reason"]
        case.waits = case.queued = True
        case.begin(self.clock, self.promises, fact.at)

    def _claimed(self, case: Case, fact: Fact) -> None:
        self._check(case.lease is None, case, "was claimed while somebody had it", fact.at)
        self.counts["kept tickets taken again"] += case.owner is not None
        case.owner = int(fact.actor.removeprefix("staff:"))
        case.state, case.waits, case.announced, case.queued = "held", False, None, True
        for aim in case.aims.values():
            aim.go_on(self.clock, fact.at)
        within = self.promises.lease if case.owes_answer() else self.promises.release
        case.lease = self.clock.after(fact.at, within)

    def _let_go(self, case: Case, fact: Fact) -> None:
        if fact.kind == "claim_lost":
            # a claim is of a conversation: one citizen waits, whichever of their tickets owes the answer
            held = [one for one in self.talks[case.conversation] if one.lease is not None or one.freed == fact.at]
            over = [one for one in held if fact.at in (one.lease, one.freed)]
            self._check(bool(over), case, f"lost, but the lease was until {case.lease}", fact.at)
            self._check(any(one.owes_answer() for one in held), case, "lost a claim that owed nothing", fact.at)
            if case.owes_answer():
                case.lost, case.waits = fact.at, True
        else:
            case.announced, case.announced_as, case.waits = fact.at, "waiting", True
            for aim in case.aims.values():
                aim.go_on(self.clock, fact.at)
            if not case.owes_answer():
                case.add("next_response", fact.at, self.clock, self.promises)
        case.state, case.owner, case.lease, case.freed = "open", None, None, fact.at

    def _timed_out(self, case: Case, fact: Fact) -> None:
        self._check(case.lease == fact.at, case, f"timed out, but the lease was until {case.lease}", fact.at)
        self._check(not case.owes_answer(), case, "timed out while a citizen waited", fact.at)
        case.lease, case.freed = None, fact.at  # whose it was keeps it, and its end is due as it was

    def _answered(self, case: Case, fact: Fact) -> None:
        self._check(fact.data["first"] is not case.answered, case, "wrong about a first answer", fact.at)
        owed = [name for name, aim in case.aims.items() if aim.kind in RESPONSES]
        self._check(not owed, case, f"answered, and still {owed}", fact.at)
        case.answered = True
        case.lease = self.clock.after(fact.at, self.promises.release)

    def _for_citizen(self, case: Case, fact: Fact) -> None:
        self._stop(case, fact.at)
        case.state = "for_citizen"
        if case.lease is not None:
            case.lease = self.clock.after(fact.at, self.promises.release)

    def _stop(self, case: Case, now: datetime) -> None:
        for aim in case.aims.values():
            aim.stop(self.clock, now)

    def _added(self, case: Case, fact: Fact) -> None:
        self.counts["thanks to an officer"] += fact.data["closing"]
        owes = any(one.owes_answer() for one in self.talks[case.conversation] if one.lease is not None)
        if not fact.data["closing"] and not owes:
            self.added.add(case.conversation)

    def _came_back(self, case: Case, fact: Fact) -> None:
        case.state = "held"
        for aim in case.aims.values():
            aim.go_on(self.clock, fact.at)

    def _target_started(self, case: Case, fact: Fact) -> None:
        aim = case.aims.get(fact.data["target"])
        if aim is None:
            self._check(False, case, f"{fact.data['target']} began for no reason", fact.at)
            return
        aim.told = True
        due = datetime.fromisoformat(fact.data["due"])
        self._check(due == aim.due, case, f"{aim.name} is due at {due}, not {aim.due}", fact.at)

    def _target_met(self, case: Case, fact: Fact) -> None:
        aim: Aim | None = case.aims.pop(fact.data["target"], None)
        if aim is None:
            self._check(False, case, f"{fact.data['target']} was met, but nobody had promised it", fact.at)
            return
        late = aim.is_late(fact.at)
        self.counts["late" if late else "in time"] += 1
        self._check(fact.data["late"] == late, case, f"{aim.name}: late is {late}", fact.at)

    def _resolved(self, case: Case, fact: Fact) -> None:
        self._check(not case.aims, case, f"resolved, and still {list(case.aims)}", fact.at)
        case.state, case.owner, case.lease, case.freed = "ended", None, None, fact.at
        case.waits, case.announced, case.lost = False, None, None

    def _reopened(self, case: Case, fact: Fact) -> None:
        self.counts["kept tickets gone on with"] += case.owner is not None
        case.since, case.waits, case.state = self.unanswered[case.conversation], True, "open"
        case.owner, case.announced_as = None, "waiting"
        if fact.data["cycle"] > case.cycle:
            case.cycle, case.freed = fact.data["cycle"], None
            case.begin(self.clock, self.promises, fact.at)
            return
        for aim in case.aims.values():
            aim.go_on(self.clock, fact.at)
        if not case.owes_answer():
            case.add("next_response", case.since, self.clock, self.promises)
        case.announced = fact.at

    def _more_urgent(self, case: Case, fact: Fact) -> None:
        self._check(
            self.promises.is_more_urgent(case.kind, case.reason, fact.data["reason"]), case, "not more urgent", fact.at
        )
        case.reason = fact.data["reason"]
        case.hasten(self.unanswered[case.conversation], self.clock, self.promises)
        case.announced, case.announced_as = fact.at, "urgent"

    def _look(self, fact: Fact, places: Mapping[int, int]) -> None:
        """The queue stands as those wait who wrote first; so nobody's place moves back by writing again."""
        waiting = [case for case in self.cases.values() if case.state == "open" and case.queued]
        waiting.sort(key=lambda case: (case.since, case.id))
        for number, case in enumerate(waiting[: len(places)]):
            place = 1 + len({one.conversation for one in waiting[:number]} - {case.conversation})
            found = places.get(case.id)
            self._check(found == place, case, f"stands at {found}, not {place}", fact.at)
        self.counts["looks at the queue"] += 1

    def _check(self, right: bool, case: Case, what: str, now: datetime) -> None:
        if not right:
            self.wrong.append(f"{now} ticket {case.id} ({case.kind}, cycle {case.cycle}): {what}")


_SEEN = {
    "handed_over": Oracle._handed_over,
    "priority_raised": Oracle._more_urgent,
    "claimed": Oracle._claimed,
    "claim_lost": Oracle._let_go,
    "released": Oracle._let_go,
    "timed_out": Oracle._timed_out,
    "officer_answered": Oracle._answered,
    "waiting_for_citizen": Oracle._for_citizen,
    "citizen_added": Oracle._added,
    "citizen_came_back": Oracle._came_back,
    "target_started": Oracle._target_started,
    "target_met": Oracle._target_met,
    "alert": Oracle._alert,
    "resolved": Oracle._resolved,
    "reopened": Oracle._reopened,
}
