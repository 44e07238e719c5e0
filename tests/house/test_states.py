"""The table of allowed moves covers its states."""

from __future__ import annotations

from enum import StrEnum

import pytest

from bot.contracts import MOVES, InboundState, OutboundState

MACHINES: list[type[StrEnum]] = [InboundState, OutboundState]


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_can_be_reached_from_the_first(machine: type[StrEnum]) -> None:
    reached, new = set(), {next(iter(machine))}
    while new:
        reached |= new
        new = {after for state in new for after in MOVES.get(state, ())} - reached
    lost = sorted(set(machine) - reached)
    assert not lost, f"no move leads to {lost}: a row could only get there past the table"


def test_moves_stay_within_their_machine() -> None:
    astray = [(state, after) for state, moves in MOVES.items() for after in moves if type(after) is not type(state)]
    assert not astray, f"a move leads into another machine's state: {astray}"


def test_every_machine_of_the_table_is_tested_here() -> None:
    untested = {type(state) for state in MOVES} - set(MACHINES)
    assert not untested, f"add {untested} to MACHINES, or nobody notices a state that cannot be reached"


@pytest.mark.parametrize("machine", MACHINES)
def test_every_machine_has_an_end(machine: type[StrEnum]) -> None:
    assert any(not MOVES.get(state) for state in machine), f"{machine.__name__} never ends: rows would pile up"
