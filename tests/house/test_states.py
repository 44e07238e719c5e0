"""The table of allowed moves covers its states."""

from __future__ import annotations

from enum import StrEnum

import pytest

from bot.contracts import MOVES, ConversationState

MACHINES = list(MOVES)
WITHOUT_END = {ConversationState}  # a conversation is for ever


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_can_be_reached_from_the_first(machine: type[StrEnum]) -> None:
    reached, new = set(), {next(iter(machine))}
    while new:
        reached |= new
        new = {after for state in new for after in MOVES[machine].get(state, ())} - reached
    lost = sorted(set(machine) - reached)
    assert not lost, f"no move leads to {lost}: a row could only get there past the table"


def test_moves_stay_within_their_machine() -> None:
    astray = [
        (machine.__name__, state, after)
        for machine, moves in MOVES.items()
        for state, reached in moves.items()
        for after in (state, *reached)
        if type(after) is not machine
    ]
    assert not astray, f"a move leads into another machine's state: {astray}"


@pytest.mark.parametrize("machine", [machine for machine in MACHINES if machine not in WITHOUT_END])
def test_every_machine_has_an_end(machine: type[StrEnum]) -> None:
    assert any(not MOVES[machine].get(state) for state in machine), f"{machine.__name__} never ends: rows would pile up"
