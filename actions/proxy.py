"""Whether somebody else may come for a citizen."""

from __future__ import annotations

from actions.faq import ready_answer, special_case
from actions.subject import Subject, after, say, subject_of, tell
from bot.contracts import Decision, Reading, Talk
from bot.knowledge import Knowledge


def ask_proxy(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_of(reading, talk, knowledge)
    answer = special_case(reading, subject, knowledge)
    if answer or subject is None:
        told = answer or ready_answer("surat_kuasa", knowledge)
        return tell(told, talk, subject)
    note = _note(subject, talk)
    to_confirm = any(service.proxy.verify for service in subject.services)
    return after(note, say("proxy_confirm", talk, subject)) if to_confirm else note


def _note(subject: Subject, talk: Talk) -> Decision:
    notes = {service.proxy.note for service in subject.services}
    if len(notes) > 1:
        return say("proxy_differs", talk, subject, subject=subject.name, notes=_by_note(subject))
    name = "proxy" if subject.services[0].proxy.allowed else "proxy_not"
    return say(name, talk, subject, subject=subject.name, note=notes.pop())


def _by_note(subject: Subject) -> str:
    """Each note once, with the members it holds for."""
    notes: dict[str, list[str]] = {}
    for service in subject.services:
        notes.setdefault(service.proxy.note, []).append(service.short_name)
    return "\n".join(f"• {', '.join(names)}: {note}" for note, names in notes.items())
