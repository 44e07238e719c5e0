"""Consent: asked before the first document is asked for, kept with the text's version, taken back in a word."""

from __future__ import annotations

from dataclasses import replace

from actions.documents.begin import open_submission
from actions.documents.case import Case, case_by_id, current
from actions.documents.consent_text import CONSENT_VERSION, agreed, consent_step
from actions.documents.names import case_name
from actions.documents.news import expiry_text
from actions.documents.settle import settled
from actions.documents.step import CONSENT, FILES, PAPER, REPLACE, Step, told
from actions.subject import say, subject_named
from actions.way import way_label
from bot.contracts import ChangeSubmission, Choice, ConsentAnswer, Decision, Reading, RecordConsent, Reply, Talk
from bot.knowledge import Knowledge

_ASKS_FOR_PHOTOS = frozenset({"checklist", "still_missing", "send_photo", "send_new_photo", "add_photo"})
_IS_ASKED = (FILES, PAPER, REPLACE)


def consent_answered(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """Yes goes on where consent was asked for; no leads to the counter."""
    said, *again = reading.value.split(":")[1:]
    answer = ConsentAnswer(said)
    record = RecordConsent(answer, CONSENT_VERSION)
    if again and (case := case_by_id(int(again[0]), talk, knowledge)):
        return _answered_again(record, case, talk, knowledge)
    subject = subject_named(reading.service, knowledge)
    service = subject.service if subject else None
    if answer is ConsentAnswer.AGREED and service:
        return open_submission(service.id, talk, knowledge, record)
    name = subject.name if subject else ""
    way = way_label(service, knowledge) if service else knowledge.office.fact("submission_channels")
    refused = say("consent_refused", talk, subject, _counter(reading.service), subject=name, way=way)
    return Decision(replies=refused.replies, commands=(record,), memory=refused.memory)


def _answered_again(record: RecordConsent, case: Case, talk: Talk, knowledge: Knowledge) -> Decision:
    """Of a submission that was begun under an earlier text: it goes on, or rests until it expires."""
    if record.answer is ConsentAnswer.AGREED:
        return settled(case, talk, knowledge, commands=(record,))
    rests = Reply("consent_not_renewed", {"subject": case_name(case), "until": expiry_text(case, talk, knowledge)})
    return told(talk, Step((rests,), _counter(case.service.id)), commands=(record,), service=case.service.id)


def consent_first(decision: Decision, talk: Talk, knowledge: Knowledge) -> Decision:
    """No photo is asked for under a text that the citizen did not agree to: it is asked first (rules §4)."""
    asked = decision.memory.asked or ""
    recorded = any(isinstance(command, RecordConsent) for command in decision.commands)
    case = _spoken_of(decision, talk, knowledge)
    if not asked.startswith(_IS_ASKED) or recorded or case is None or agreed(talk.documents):
        return decision
    step = consent_step(case.service, knowledge, case.submission.id)
    kept = tuple(reply for reply in decision.replies if reply.name not in _ASKS_FOR_PHOTOS)
    memory = replace(decision.memory, choices=step.choices, asked=step.asked)
    return replace(decision, replies=(*kept, *step.replies), memory=memory)


def _spoken_of(decision: Decision, talk: Talk, knowledge: Knowledge) -> Case | None:
    """The submission that a decision goes on with."""
    taken_up = [one.submission for one in decision.commands if isinstance(one, ChangeSubmission) and one.submission]
    return case_by_id(taken_up[-1], talk, knowledge) if taken_up else current(talk, knowledge)


def _counter(service: str | None) -> tuple[Choice, ...]:
    """What to bring, and when."""
    papers = (Choice("Yang perlu dibawa ke loket", "ask_service", service),) if service else ()
    return (*papers, Choice("Jam buka", "ask_hours"))


def withdraw(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """As easy as it was given."""
    record = RecordConsent(ConsentAnswer.WITHDRAWN, CONSENT_VERSION)
    kept = ", ".join(one.number for one in talk.documents.submissions if one.number)
    said = say("consent_withdrawn", talk, None, (), kept=kept)
    return Decision(replies=said.replies, commands=(record,), memory=said.memory)


def consent_explained(talk: Talk, knowledge: Knowledge) -> Decision:
    """Why it is asked for, and the question once more, shortly."""
    return told(talk, still_asked(talk, knowledge) or Step(()), Reply("consent_why"))


def still_asked(talk: Talk, knowledge: Knowledge) -> Step | None:
    """The question for consent again, shortly, while it is open."""
    if talk.memory.asked != CONSENT:
        return None
    asked = say("consent_again", talk)
    choices = tuple(choice for choice in talk.memory.choices if choice.value.startswith("consent:"))
    return Step(asked.replies, choices, CONSENT) if choices else None
