"""Beginning a submission: which service, whether it is offered here, consent, and what was sent before it."""

from __future__ import annotations

from actions.documents.case import as_begun, cases, new_case
from actions.documents.consent_text import agreed, consent_step
from actions.documents.names import case_name
from actions.documents.settle import settled
from actions.documents.step import FLOW, QUESTION, Step, option, told
from actions.faq import special_case
from actions.subject import Subject, member_choices, menu, say, subject_named, subject_of
from actions.way import way_label
from bot.contracts import Choice, Command, Decision, OpenSubmission, Reading, Reply, Talk
from bot.knowledge import Knowledge, Service


def begin(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """A wish to send documents; without a service the citizen is asked which."""
    if answer := special_case(reading, subject_named(reading.service, knowledge), knowledge):
        return Decision(replies=(answer,), memory=say("cancel", talk).memory)
    subject = subject_of(reading, talk, knowledge)
    if subject is None:
        return say("which_service_to_send", talk, None, _services(knowledge))
    if subject.service is None:
        return say("which_member_to_send", talk, subject, member_choices(subject, FLOW), subject=subject.name)
    return begin_service(subject.service, talk, knowledge)


def begin_service(service: Service, talk: Talk, knowledge: Knowledge) -> Decision:
    form = knowledge.submission_form(service.id)
    if form is None or not form.offered:
        return _not_offered(service, talk, knowledge)
    if same := [case for case in cases(talk, knowledge) if case.service.id == service.id]:
        choices = (
            *(option(f"Lanjutkan {case_name(case)}", f"go_on:{case.submission.id}") for case in as_begun(same[:5])),
            option("Buat yang baru", "new", service=service.id),
        )
        return told(talk, Step((Reply("already_begun", {"subject": service.short_name}),), choices, QUESTION))
    return with_consent(service, talk, knowledge)


def new_one(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """One more of a service that has one already, or the check of photos for one that is not offered here."""
    service = knowledge.service(reading.service)
    return with_consent(service, talk, knowledge) if service else begin(reading, talk, knowledge)


def with_consent(service: Service, talk: Talk, knowledge: Knowledge) -> Decision:
    if agreed(talk.documents):
        return open_submission(service.id, talk, knowledge)
    return told(talk, consent_step(service, knowledge), service=service.id)


def open_submission(service: str, talk: Talk, knowledge: Knowledge, *before: Command) -> Decision:
    """Opens it and goes to its first step. Raises KeyError for a service without a form."""
    form = knowledge.submission_form(service)
    if form is None:
        raise KeyError(service)
    only = form.may_be_for[0] if len(form.may_be_for) == 1 else None
    case = new_case(service, only, talk, knowledge)
    if case is None:
        raise KeyError(service)
    return settled(case, talk, knowledge, commands=(*before, OpenSubmission(service, only)))


def _not_offered(service: Service, talk: Talk, knowledge: Knowledge) -> Decision:
    form = knowledge.submission_form(service.id)
    subject = Subject(service.id, service.short_name, (service,))
    check = (option("Periksa kelengkapan foto dulu", "new", service=service.id),) if form and form.precheck else ()
    choices = (*check, Choice(f"Syarat {service.short_name}", "ask_service", service.id))
    why = form.not_offered if form else ""
    name = "not_offered_precheck" if check else "not_offered"
    return say(name, talk, subject, choices, subject=service.short_name, why=why, way=way_label(service, knowledge))


def _services(knowledge: Knowledge) -> tuple[Choice, ...]:
    """The menu's services, to send documents for."""
    return tuple(Choice(row.title, FLOW, row.service) for row in menu(knowledge) if row.service)
