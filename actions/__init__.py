"""What the assistant does: one pure function an intent. A new intent is one function and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.ask_service import ask_service
from actions.collect import collect_document
from actions.cost import ask_cost
from actions.courtesy import affirm, bot_challenge, cancel, deny, goodbye, greet, help_, thank
from actions.definition import ask_definition
from actions.documents.deleting import delete_document
from actions.documents.flow import start_submission
from actions.documents.going_on import cancel_request
from actions.documents.replacing import replace_document
from actions.documents.status import check_status
from actions.duration import ask_duration
from actions.form import ask_form
from actions.hand_over import complaint, talk_to_human
from actions.hours import ask_hours
from actions.list_services import list_services
from actions.noted import privacy_request, suggestion, take_survey
from actions.office import ask_contact, ask_location, ask_queue
from actions.online import ask_online
from actions.out_of_scope import out_of_scope
from actions.proxy import ask_proxy
from actions.trust import app_trouble, ask_authenticity, report_fraud
from bot.contracts import Decision, Reading, Talk
from bot.knowledge import Knowledge

Action = Callable[[Reading, Talk, Knowledge], Decision]

ACTIONS: Mapping[str, Action] = {
    "ask_service": ask_service,
    "ask_cost": ask_cost,
    "ask_duration": ask_duration,
    "ask_online": ask_online,
    "ask_form": ask_form,
    "ask_proxy": ask_proxy,
    "ask_definition": ask_definition,
    "ask_authenticity": ask_authenticity,
    "ask_hours": ask_hours,
    "ask_location": ask_location,
    "ask_contact": ask_contact,
    "ask_queue": ask_queue,
    "list_services": list_services,
    "start_submission": start_submission,
    "replace_document": replace_document,
    "delete_document": delete_document,
    "check_status": check_status,
    "collect_document": collect_document,
    "cancel_request": cancel_request,
    "talk_to_human": talk_to_human,
    "complaint": complaint,
    "report_fraud": report_fraud,
    "suggestion": suggestion,
    "take_survey": take_survey,
    "privacy_request": privacy_request,
    "app_trouble": app_trouble,
    "greet": greet,
    "thank": thank,
    "goodbye": goodbye,
    "affirm": affirm,
    "deny": deny,
    "cancel": cancel,
    "help": help_,
    "bot_challenge": bot_challenge,
    "out_of_scope": out_of_scope,
}
