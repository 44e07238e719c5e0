"""How soon a person acts: what the file says, what an office lays over it, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.contracts import HandOverReason, Level, Priority
from bot.deadlines import Deadline
from bot.knowledge import KnowledgeError, load_knowledge
from bot.rules import Matter, OfficeRules, Targets

Change = Callable[[str, Callable[[Any], object]], None]
LOW, NORMAL, URGENT = Priority.LOW, Priority.NORMAL, Priority.URGENT

OWN = """
office: {prefix: BRU, name: Disdukcapil Contoh, full_name: Dinas Contoh, regency: Kabupaten Contoh}
targets:
  priorities: {normal: {first_response: 1 working day}}
  kinds: {check_status: {priority: low}}
  services: {kk_pisah: {urgent: {first_response: 10 minutes}}}
  claims: {lease_minutes: 45}
"""


@pytest.fixture
def rules(folder: Path) -> OfficeRules:
    return load_knowledge(folder).rules


def targets(rules: OfficeRules, matter: Matter) -> Targets:
    return rules.targets(matter, rules.priority(matter))


def test_every_reason_of_a_hand_over_has_its_entry(folder: Path) -> None:
    assert set(HandOverReason) <= set(load_knowledge(folder).targets.kinds)


def test_a_wish_for_a_person_is_answered_within_two_office_hours(rules: OfficeRules) -> None:
    assert targets(rules, Matter("talk_to_human", reason=HandOverReason.WISH)) == Targets(
        first_response=Deadline(minutes=120), next_response=Deadline(minutes=120), resolution=Deadline(working_days=1)
    )


@pytest.mark.parametrize(
    ("matter", "priority"),
    [
        (Matter("nobody_listed_it"), NORMAL),
        (Matter("talk_to_human", reason=HandOverReason.DISTRESS), URGENT),
        (Matter("report_fraud", reason=HandOverReason.OFFICER), URGENT),
        (Matter("suggestion"), LOW),
        (Matter("suggestion", reason=HandOverReason.WISH), NORMAL),
    ],
)
def test_of_kind_and_reason_the_more_urgent_counts(rules: OfficeRules, matter: Matter, priority: Priority) -> None:
    assert rules.priority(matter) is priority


def test_a_complaint_is_acknowledged_the_same_day_and_has_fourteen_working_days(rules: OfficeRules) -> None:
    calm = targets(rules, Matter("complaint"))
    angry = targets(rules, Matter("complaint", reason=HandOverReason.ANGER))
    assert (calm.first_response, calm.resolution) == (Deadline(120, 0), Deadline(working_days=14))
    assert (angry.first_response, angry.resolution) == (Deadline(30, 0), Deadline(working_days=14))
    assert targets(rules, Matter("report_fraud")).resolution == Deadline(working_days=60)
    assert targets(rules, Matter("wish", reason=HandOverReason.DISPUTE)).resolution == Deadline(working_days=5)


def test_nobody_waits_for_an_answer_to_a_suggestion_unless_it_is_handed_over(rules: OfficeRules) -> None:
    assert targets(rules, Matter("suggestion")).first_response is None
    assert targets(rules, Matter("take_survey")).first_response is None
    assert targets(rules, Matter("suggestion", reason=HandOverReason.WISH)).first_response == Deadline(120)


def test_a_service_changes_a_priority_and_a_class_counts_before_it(rules: OfficeRules) -> None:
    assert targets(rules, Matter("check_status", "konsolidasi_nik")).resolution == Deadline(working_days=3)
    assert targets(rules, Matter("check_status", "kk_pisah")).resolution == Deadline(working_days=1)
    assert targets(rules, Matter("complaint", "konsolidasi_nik")).resolution == Deadline(working_days=14)
    assert rules.targets(Matter("check_status", "konsolidasi_nik"), URGENT).resolution == Deadline(working_days=1)


def test_levels_climb_in_office_minutes(rules: OfficeRules) -> None:
    climb = [rules.climb.minutes(level, 120) for level in (Level.HALF, Level.MOST, Level.BREACH, Level.OFFICERS)]
    assert climb == [60, 96, 120, 135]
    assert [rules.climb.minutes(Level.SUPERVISOR, 120, again) for again in range(3)] == [150, 210, 270]
    assert (rules.lease_minutes, rules.release_minutes, rules.follow_up) == (30, 480, timedelta(hours=24))


def test_an_office_lays_its_own_targets_over_the_defaults(folder: Path, rules: OfficeRules) -> None:
    (folder / "offices" / "BRU.yml").write_text(OWN, encoding="utf-8")
    own = load_knowledge(folder, "BRU").rules
    assert targets(own, Matter("wish")).first_response == Deadline(working_days=1)
    assert targets(own, Matter("wish")).next_response == targets(rules, Matter("wish")).next_response
    assert own.priority(Matter("check_status")) is LOW
    assert own.targets(Matter("wish", "kk_pisah"), URGENT).first_response == Deadline(10)
    assert (own.lease_minutes, own.release_minutes) == (45, 480)


SLIPS: dict[str, tuple[Callable[[Any], object], str]] = {
    "a deadline nobody can read": (
        lambda it: it["priorities"]["normal"].update(first_response="2 hours"),
        "priorities.normal.first_response.*2 hours",
    ),
    "a deadline of no time": (
        lambda it: it["priorities"]["urgent"].update(first_response="0 minutes"),
        "priorities.urgent.first_response.*0 minutes",
    ),
    "a deadline that says the same twice": (
        lambda it: it["classes"]["ordinary"].update(acknowledged="5 working days, same working day"),
        "classes.ordinary.acknowledged.*twice",
    ),
    "a number without its unit": (
        lambda it: it["priorities"]["low"].update(resolution=5),
        "priorities.low.resolution",
    ),
    "a priority that is missing": (lambda it: it["priorities"].pop("low"), "priorities.low"),
    "an unknown priority": (lambda it: it["kinds"]["wish"].update(priority="high"), "kinds.wish.priority"),
    "an unknown class": (lambda it: it["kinds"]["wish"].update({"class": "fast"}), "kinds.wish.*fast"),
    "a kind that does not exist": (lambda it: it["kinds"].update(wishes={"priority": "low"}), "wishes"),
    "a service that does not exist": (lambda it: it["services"].update(kk_baru={}), "kk_baru"),
    "a slip in a key": (lambda it: it["claims"].update(leese=1), "claims.leese"),
    "a section that is missing": (lambda it: it.pop("alerts"), "alerts"),
    "a share that is none": (lambda it: it["alerts"].update(half=50), "alerts.half"),
    "supervisors before officers": (lambda it: it["alerts"].update(supervisor=5), "alerts.*officers before supervisor"),
    "a lease of nothing": (lambda it: it["claims"].update(lease_minutes=0), "claims.lease_minutes"),
}


@pytest.mark.parametrize(("slip", "named"), SLIPS.values(), ids=SLIPS.keys())
def test_it_is_refused_by_file_and_entry(
    folder: Path, change: Change, slip: Callable[[Any], object], named: str
) -> None:
    change("targets.yml", slip)
    with pytest.raises(KnowledgeError, match=rf"(?s)targets\.yml.*{named}"):
        load_knowledge(folder)
