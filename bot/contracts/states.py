"""States, one enum each, and the allowed moves in one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ConversationState(StrEnum):
    """``with_officer``: the assistant is silent."""

    WITH_BOT = "with_bot"
    WAITING = "waiting"
    WITH_OFFICER = "with_officer"


class InboundState(StrEnum):
    RECEIVED = "received"
    ANSWERED = "answered"
    LEFT_TO_OFFICER = "left_to_officer"


class OutboundState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class AttachmentState(StrEnum):
    PENDING = "pending"
    STORED = "stored"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REFUSED = "refused"
    LOST = "lost"
    DELETING = "deleting"
    DELETED = "deleted"


class SubmissionState(StrEnum):
    """``returned``: a file was rejected or asked for again; the citizen sends it and then sends the whole again."""

    COLLECTING = "collecting"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class TicketState(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    WAITING_FOR_CITIZEN = "waiting_for_citizen"
    RESOLVED = "resolved"
    CLOSED = "closed"


class TargetState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"  # the office waits for the citizen
    MET = "met"
    DROPPED = "dropped"  # the ticket ended otherwise


class AlertState(StrEnum):
    DUE = "due"
    RAISED = "raised"
    DROPPED = "dropped"  # a person acted first


class NoticeState(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"  # a person acted first


class ParkedState(StrEnum):
    PARKED = "parked"
    DELIVERED = "delivered"  # the citizen wrote again: it went to the outbox
    WITHDRAWN = "withdrawn"  # an officer took it back


_KEPT_FILE = frozenset(
    {AttachmentState.STORED, AttachmentState.ACCEPTED, AttachmentState.REJECTED, AttachmentState.DELETING}
)
_UNKEPT_FILE = frozenset({AttachmentState.PENDING, AttachmentState.REFUSED, AttachmentState.LOST})

Moves = Mapping[StrEnum, frozenset[StrEnum]]

# One table a machine: words of two machines may be alike, and equal words are one key.
MOVES: Mapping[type[StrEnum], Moves] = {
    InboundState: {
        InboundState.RECEIVED: frozenset({InboundState.ANSWERED, InboundState.LEFT_TO_OFFICER}),
    },
    # a receipt may overtake the answer to our own request, and one step may be skipped
    OutboundState: {
        OutboundState.QUEUED: frozenset(
            {
                OutboundState.SENDING,
                OutboundState.FAILED,
                # put back for another try, and then a receipt tells that the first one had gone out after all
                OutboundState.SENT,
                OutboundState.DELIVERED,
                OutboundState.READ,
            }
        ),
        OutboundState.SENDING: frozenset(
            {
                OutboundState.QUEUED,
                OutboundState.SENT,
                OutboundState.DELIVERED,
                OutboundState.READ,
                OutboundState.FAILED,
            }
        ),
        OutboundState.SENT: frozenset({OutboundState.DELIVERED, OutboundState.READ, OutboundState.FAILED}),
        OutboundState.FAILED: frozenset({OutboundState.QUEUED}),  # a receipt told of a temporary error
        OutboundState.DELIVERED: frozenset({OutboundState.READ}),
    },
    ConversationState: {
        # with an officer: one took it from the notes, or wrote first
        ConversationState.WITH_BOT: frozenset({ConversationState.WAITING, ConversationState.WITH_OFFICER}),
        ConversationState.WAITING: frozenset({ConversationState.WITH_OFFICER, ConversationState.WITH_BOT}),
        # waiting again: the officer gave it back, or fell silent
        ConversationState.WITH_OFFICER: frozenset({ConversationState.WITH_BOT, ConversationState.WAITING}),
    },
    TicketState: {
        TicketState.OPEN: frozenset({TicketState.IN_PROGRESS, TicketState.RESOLVED}),
        # open again: the officer gave it back, or fell silent
        TicketState.IN_PROGRESS: frozenset({TicketState.OPEN, TicketState.WAITING_FOR_CITIZEN, TicketState.RESOLVED}),
        TicketState.WAITING_FOR_CITIZEN: frozenset({TicketState.IN_PROGRESS, TicketState.OPEN, TicketState.RESOLVED}),
        TicketState.RESOLVED: frozenset({TicketState.OPEN, TicketState.CLOSED}),  # open: a new cycle
    },
    TargetState: {
        TargetState.RUNNING: frozenset({TargetState.PAUSED, TargetState.MET, TargetState.DROPPED}),
        TargetState.PAUSED: frozenset({TargetState.RUNNING, TargetState.MET, TargetState.DROPPED}),
    },
    AttachmentState: {
        AttachmentState.PENDING: frozenset(
            {AttachmentState.STORED, AttachmentState.REFUSED, AttachmentState.LOST, AttachmentState.DELETING}
        ),
        # an officer may think again, and a citizen may delete until the submission is sent
        AttachmentState.STORED: _KEPT_FILE - {AttachmentState.STORED},
        AttachmentState.ACCEPTED: _KEPT_FILE - {AttachmentState.ACCEPTED},
        AttachmentState.REJECTED: _KEPT_FILE - {AttachmentState.REJECTED},
        # nothing of them is kept, but Twilio still has them
        AttachmentState.REFUSED: frozenset({AttachmentState.DELETING}),
        AttachmentState.LOST: frozenset({AttachmentState.DELETING}),
        # back to what it was: the citizen took the deletion back
        AttachmentState.DELETING: (_KEPT_FILE | _UNKEPT_FILE | {AttachmentState.DELETED}) - {AttachmentState.DELETING},
    },
    SubmissionState: {
        SubmissionState.COLLECTING: frozenset(
            {SubmissionState.SENT, SubmissionState.CANCELLED, SubmissionState.EXPIRED}
        ),
        SubmissionState.SENT: frozenset(
            {SubmissionState.RETURNED, SubmissionState.ACCEPTED, SubmissionState.CANCELLED}
        ),
        SubmissionState.RETURNED: frozenset(
            {SubmissionState.SENT, SubmissionState.ACCEPTED, SubmissionState.CANCELLED}
        ),
        SubmissionState.CANCELLED: frozenset({SubmissionState.COLLECTING}),  # the citizen took it back
    },
    AlertState: {
        AlertState.DUE: frozenset({AlertState.RAISED, AlertState.DROPPED}),
        AlertState.DROPPED: frozenset({AlertState.DUE}),  # a clock that stood still goes on
    },
    ParkedState: {
        ParkedState.PARKED: frozenset({ParkedState.DELIVERED, ParkedState.WITHDRAWN}),
    },
    NoticeState: {
        # put back for another try, and then a receipt tells that the first one had gone out after all
        NoticeState.DUE: frozenset({NoticeState.SENDING, NoticeState.SENT, NoticeState.DELIVERED, NoticeState.DROPPED}),
        NoticeState.SENDING: frozenset(
            {NoticeState.DUE, NoticeState.SENT, NoticeState.DELIVERED, NoticeState.FAILED, NoticeState.DROPPED}
        ),
        # due again: a receipt told of a temporary error
        NoticeState.SENT: frozenset({NoticeState.DELIVERED, NoticeState.FAILED, NoticeState.DUE}),
    },
}
"""Allowed moves per state; a state without an entry is final."""
