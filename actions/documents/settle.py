"""After something changed: files find their places where the case is known by now, and the next step is told."""

from __future__ import annotations

from actions.documents.case import Case
from actions.documents.names import file_name, listed
from actions.documents.placing import place_files
from actions.documents.step import next_step, told
from bot.contracts import Command, Decision, Reply, Talk
from bot.knowledge import Knowledge


def settled(
    case: Case,
    talk: Talk,
    knowledge: Knowledge,
    *before: Reply,
    commands: tuple[Command, ...] = (),
    in_full: bool = True,
) -> Decision:
    """What was sent before anybody knew what is needed is placed now, and named."""
    placed = place_files(case, case.unplaced, None, knowledge)
    names = [file_name(file, placed.case, knowledge) for file in placed.files if file.document]
    taken = (Reply("taken_for", {"files": listed(names)}),) if names else ()
    step = next_step(placed.case, knowledge, in_full)
    return told(talk, step, *before, *taken, commands=(*commands, *placed.commands), service=case.service.id)
