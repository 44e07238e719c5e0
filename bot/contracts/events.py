"""Facts: figures and audit are read from them alone."""

from __future__ import annotations

from enum import StrEnum


class EventKind(StrEnum):
    """One append-only row each. What ``data`` holds beside the row's own columns stands behind the word."""

    RECEIVED = "received"
    UNDERSTOOD = "understood"
    ANSWERED = "answered"
    LEFT_TO_OFFICER = "left_to_officer"
    SENT = "sent"
    FAILED = "failed"
    TICKET_OPENED = "ticket_opened"  # kind_of_ticket, service
    HANDED_OVER = "handed_over"  # reason, cycle, since (receipt of the first unanswered message)
    PRIORITY_RAISED = "priority_raised"  # reason, priority, cycle; who waits told of something more urgent
    CLAIMED = "claimed"  # cycle
    CLAIM_LOST = "claim_lost"  # cycle; the officer fell silent
    RELEASED = "released"  # cycle; the officer gave it back
    OFFICER_ANSWERED = "officer_answered"  # cycle, first (of this cycle)
    CITIZEN_ADDED = "citizen_added"  # cycle, closing (a thank-you starts no clock)
    CLASSIFIED = "classified"  # complaint_class, before, cycle
    WAITING_FOR_CITIZEN = "waiting_for_citizen"  # cycle
    CITIZEN_CAME_BACK = "citizen_came_back"  # cycle
    GOES_ON = "goes_on"  # cycle; the citizen is waited for no more, by what an officer did
    TIMED_OUT = "timed_out"  # cycle; nothing more came, the assistant is back, the officer keeps the ticket
    TARGET_STARTED = "target_started"  # target, cycle, due
    TARGET_MET = "target_met"  # target, cycle, late
    ALERT = "alert"  # target, level, recipients
    ALERT_DELIVERED = "alert_delivered"  # level, way
    ALERT_FAILED = "alert_failed"  # level, way, reason
    RESOLVED = "resolved"  # outcome, cycle
    REOPENED = "reopened"  # cycle (a new one when it was resolved), since (receipt of the message that did it)
    CONSENT = "consent"  # answer, version
    SUBMISSION = "submission"  # state, service
    FILE_STORED = "file_stored"  # kind_of_file, advice
    FILE_REFUSED = "file_refused"  # reason
    FILE_LOST = "file_lost"
    FILE_OPENED = "file_opened"  # why, part
    FILE_DAMAGED = "file_damaged"  # what (missing, changed, locked: under a key that we do not have), part
    FILE_ACCEPTED = "file_accepted"
    FILE_REJECTED = "file_rejected"  # reason
    FILE_DELETING = "file_deleting"  # why
    FILE_KEPT = "file_kept"  # the deletion was taken back
    FILE_DELETED = "file_deleted"  # why
    STATUS_TOLD = "status_told"  # outcome; of another sender's ticket
    NOTED = "noted"  # an internal note was written
    LABELLED = "labelled"  # label
    UNLABELLED = "unlabelled"  # label
    TRANSFERRED = "transferred"  # to (post), cycle
    MERGED = "merged"  # into (ticket), missed (targets of that one, late already under this one), cycle
    LINKED = "linked"  # other (ticket), cycle
    UNLINKED = "unlinked"  # other (ticket), cycle
    PARKED = "parked"  # an officer's answer waits until the citizen writes
    PARKED_ENDED = "parked_ended"  # how (delivered, withdrawn)
    TEMPLATE_SENT = "template_sent"  # template; by an officer
    DESK_CHANGED = "desk_changed"  # what (label, canned_answer), how
    STAFF = "staff"  # what was done with an account
