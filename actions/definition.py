"""What something is: its definition, validity, duty."""

from __future__ import annotations

from actions.faq import special_case
from actions.subject import menu, say, subject_of, tell
from bot.contracts import Choice, Decision, Reading, Talk
from bot.knowledge import Knowledge


def ask_definition(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_of(reading, talk, knowledge)
    if answer := special_case(reading, subject, knowledge):
        return tell(answer, talk, subject)
    if subject is None:
        return say("which_definition", talk, None, menu(knowledge))
    service = subject.service
    about = service.definition if service else knowledge.labels.families[subject.id].about
    choices = (Choice(f"Syarat {subject.name}", "ask_service", subject.id),)
    return say("definition", talk, subject, choices, subject=subject.name, definition=about)
