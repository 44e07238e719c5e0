"""Which form a service uses, and what a form's code is for."""

from __future__ import annotations

import re

from actions.faq import special_case
from actions.subject import Subject, say, subject_named, subject_of, tell
from bot.contracts import Decision, Reading, Talk
from bot.knowledge import Knowledge

_CODE = re.compile(r"\bf[\s.-]*([12])[\s.-]*(\d{2})\b", re.IGNORECASE)
"""F-1.02 as people write it: f102, F 1.02, f-1-02."""
_NAMED_AT_MOST = 6


def ask_form(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    link = knowledge.office.fact("form_link")
    if (code := _code_in(reading.text)) and (name := _form_name(code, knowledge)):
        named = subject_named(reading.service, knowledge)
        return say("form_by_code", talk, named, form=name, uses=_uses(code, knowledge), link=link)
    subject = subject_of(reading, talk, knowledge)
    if answer := special_case(reading, subject, knowledge):
        return tell(answer, talk, subject)
    if subject is None:
        return say("forms_of_all", talk, link=link)
    forms = _forms(subject, knowledge)
    if not forms:
        return say("form_none", talk, subject, subject=subject.name)
    return say("form", talk, subject, subject=subject.name, forms=forms, link=link)


def _uses(code: str, knowledge: Knowledge) -> str:
    """What a form is for: a few services, not a wall of them."""
    names = [service.short_name for service in knowledge.services.values() if code in service.form_codes]
    return ", ".join(names) if len(names) <= _NAMED_AT_MOST + 1 else ", ".join((*names[:_NAMED_AT_MOST], "dan lainnya"))


def _code_in(text: str) -> str | None:
    found = _CODE.search(text)
    return f"F-{found[1]}.{found[2]}" if found else None


def _form_name(code: str, knowledge: Knowledge) -> str:
    return next((it.name for it in knowledge.documents.values() if it.form_code == code), "")


def _forms(subject: Subject, knowledge: Knowledge) -> str:
    """One line a form; in a family, with the members that use it when not all do."""
    users: dict[str, list[str]] = {}
    for service in subject.services:
        for code in service.form_codes:
            users.setdefault(code, []).append(service.short_name)
    everyone = len(subject.services)
    return "\n".join(
        f"• {_form_name(code, knowledge)}" + ("" if len(names) == everyone else f": {', '.join(names)}")
        for code, names in users.items()
    )
