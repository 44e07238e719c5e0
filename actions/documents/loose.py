"""Photos that are of no submission yet: what are they for?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from actions.documents.looks import looks_like
from actions.documents.step import FLOW, Step
from bot.contracts import Choice, OwnFile, Reply, Talk
from bot.knowledge import Knowledge

_OFFERED_AT_MOST = 4


def loose_step(files: Sequence[OwnFile], talk: Talk, knowledge: Knowledge) -> Step:
    """Asks what they are for, with the services they would fit best; nothing is asked of who waits for an officer."""
    if talk.place:
        return Step((Reply("picture_for_officer"),), talk.memory.choices)
    choices = (
        *(Choice(knowledge.services[one].short_name, FLOW, one) for one in _fitting(files, talk, knowledge)),
        Choice("Layanan lain", "list_services", part=2),
    )
    return Step((Reply("what_are_they_for", {"count": str(len(files)) if len(files) > 1 else ""}),), choices)


def _fitting(files: Sequence[OwnFile], talk: Talk, knowledge: Knowledge) -> tuple[str, ...]:
    """Services offered here: the one spoken of, then by how many of the files they ask for."""
    family = knowledge.family(talk.memory.service)
    spoken = family.members if family else (talk.memory.service,)
    score: Counter[str] = Counter()
    for service in knowledge.services.values():
        form = knowledge.submission_form(service.id)
        if form is None or not form.offered:
            continue
        asked = {paper.id for paper in service.required_documents}
        score[service.id] = sum(bool(looks_like(file) & asked) for file in files) + 10 * (service.id in spoken)
    return tuple(one for one, points in score.most_common(_OFFERED_AT_MOST) if points) or _usual(knowledge)


def _usual(knowledge: Knowledge) -> tuple[str, ...]:
    """What the menu names, when the photos tell nothing."""
    ids = [row.service for row in knowledge.labels.menu if row.service]
    members = [knowledge.family(one).members[0] if knowledge.family(one) else one for one in ids]  # type: ignore[union-attr]
    forms = [(one, knowledge.submission_form(one)) for one in members]
    return tuple(one for one, form in forms if form and form.offered)[:_OFFERED_AT_MOST]
