"""Why the assistant answered so, in words an officer understands: from the names of its replies and of what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from bot.web.accounts.language import t

HANDED_OVER = "handed_over_"  # followed by the reason, whose words the ticket has already

# What a reply tells → the names of such replies; one that ends in _ stands for all that begin with it. The longest
# name decides.
REPLIES: Mapping[str, tuple[str, ...]] = {
    "meets": ("greet", "thank", "goodbye", "affirm", "cancel", "help", "condolence", "upset"),
    "introduces": ("welcome", "intro", "bot_challenge"),
    "offers": ("choices", "single_choice", "deny"),
    "asks_which": ("which_service", "which_member", "which_definition"),
    "asks_first": ("which_first",),
    "asks_number": ("which_number",),
    "asks_meaning": ("did_you_mean",),
    "not_understood": ("not_understood", "say_again", "misread", "nothing_to_read"),
    "nlu_down": ("nlu_down",),
    "outside": ("out_of_scope",),
    "requirements": ("service_card", "service_more"),
    "cost": ("cost", "cost_", "late_fee", "court_cost"),
    "duration": ("duration",),
    "definition": ("definition",),
    "proxy": ("proxy", "proxy_"),
    "form": ("form", "form_", "forms_of_all"),
    "online": ("online_",),
    "collect": ("collect_",),
    "ready": ("ready_answer",),
    "services": ("services", "more_services"),
    "hours": ("open_", "closed_", "shut_", "hours_", "holiday_unconfirmed"),
    "place": ("location", "location_unknown", "where_service", "contact", "queue"),
    "app": ("app_trouble",),
    "officer_confirms": ("officer_confirms", "private_talk"),
    "danger": ("fraud_safety", "fraud_lost", "in_danger"),
    "notes": ("noted_",),
    "failed": ("left_to_officer",),
    "queue_place": ("queue_place",),
    "waits": (
        "your_place",
        "already_waiting",
        "added_for_officer",
        "rest_for_officer",
        "sorry_to_wait",
        "still_waiting",
    ),
    "asks_details": ("tell_",),
    "after_end": ("resolved", "go_on_or_new", "new_question"),
    "reopened": ("reopened",),
    "nothing_parked": ("nothing_parked",),
    "officer_phone": ("officer_",),
    "no_text": ("got_",),
    "papers_begin": ("which_service_to_send", "which_member_to_send", "already_begun", "going_on", "go_on_which"),
    "papers_not_offered": ("not_offered", "not_offered_precheck", "goes_to", "not_needed_now"),
    "papers_consent": ("consent", "consent_"),
    "papers_case": ("for_whom", "case_question", "change_which_answer", "nothing_to_change"),
    "papers_list": ("checklist", "still_missing", "loose_list", "file_list", "list_words", "no_files", "one_more_of"),
    "papers_came": (
        "files_seen",
        "taken_for",
        "placed",
        "placed_in",
        "still_checking",
        "files_wait",
        "came_after_sending",
    ),
    "papers_which": ("which_document", "what_are_they_for", "for_which_of_two", "what_about_photo"),
    "papers_advice": (
        "advice_",
        "same_picture",
        "send_new_photo",
        "send_photo",
        "add_photo",
        "replace_which",
        "new_photo_awaited",
    ),
    "papers_refused": ("refused_", "files_lost", "picture_for_officer"),
    "papers_review": (
        "review",
        "review_",
        "not_complete",
        "place_first",
        "wait_for_check",
        "submission_sent",
        "already_sent",
    ),
    "papers_delete": (
        "files_deleted",
        "delete_",
        "no_such_photo",
        "meant_elsewhere",
        "gone_",
        "old_photo_kept",
        "replace_in_which",
        "replace_asked",
        "replacement_sent",
    ),
    "papers_cancel": ("cancel_", "cancelled", "cancelled_empty", "nothing_begun", "nothing_begun_expired"),
    "papers_result": ("returned", "ended_", "rejected_"),
    "papers_reminded": ("reminded", "reminded_precheck"),
    "status": ("own_status", "tail_wanted", "ticket_"),
}
COMMANDS = {
    "hand_over": "to_queue",
    "open_ticket": "ticket",
    "reopen": "again",
    "record_consent": "consent",
    "open_submission": "submission",
    "change_submission": "submission_changed",
    "place_file": "file_placed",
    "delete_files": "files_deleted",
    "ask_to_replace": "replace_asked",
    "undo_delete": "files_kept",
    "send_submission": "submission_sent",
    "cancel_submission": "submission_cancelled",
    "look_up_ticket": "looked_up",
}


def why(because: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Sentences, each once, in the order in which it was said and done; ``because`` as `Turn.because` has it."""
    replies = [_of_reply(name) for name in because.get("replies", ())]
    done = [COMMANDS[name] for name in because.get("commands", ()) if name in COMMANDS]
    if any(name.startswith(HANDED_OVER) for name in because.get("replies", ())):
        done = [one for one in done if one != COMMANDS["hand_over"]]  # told with its reason already
    return tuple(dict.fromkeys([*filter(None, replies), *(t(f"did_{one}") for one in done)]))


@cache
def group_of(reply: str) -> str:
    """What a reply tells; '' for one that an older or newer program had."""
    fitting = [
        (len(name), group)
        for group, names in REPLIES.items()
        for name in names
        if reply == name or (name.endswith("_") and reply.startswith(name))
    ]
    return max(fitting)[1] if fitting else ""


def _of_reply(name: str) -> str:
    if name.startswith(HANDED_OVER):
        return t("because_handed_over", reason=t(f"reason_{name.removeprefix(HANDED_OVER)}"))
    group = group_of(name)
    return t(f"because_{group}") if group else ""
