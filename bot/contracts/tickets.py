"""What waits for a person: why it was handed over, how soon it wants an answer, and who is told meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HandOverReason(StrEnum):
    """Why a conversation waits for a person."""

    WISH = "wish"  # the citizen asked for an officer
    MISUNDERSTOOD = "misunderstood"  # twice in a row
    COMPLAINT = "complaint"
    FRAUD = "fraud"
    ANGER = "anger"
    DISTRESS = "distress"
    SENSITIVE = "sensitive"  # rules §7
    DISPUTE = "dispute"  # of a rejected document
    UNANSWERED = "unanswered"  # the line could not answer
    UNDELIVERED = "undelivered"  # an answer did not reach the citizen
    OFFICER = "officer"


class Priority(StrEnum):
    URGENT = "urgent"
    NORMAL = "normal"
    LOW = "low"


class ComplaintClass(StrEnum):
    """The kinds of complaints that PermenPANRB 62/2018 tells apart, each with its own time."""

    INFORMATION = "information"  # a request for information, or a normative complaint
    ORDINARY = "ordinary"  # without an element of supervision
    INSPECTION = "inspection"  # needs one


class TargetKind(StrEnum):
    """What a deadline is for."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"


class Level(StrEnum):
    """How far an alert has climbed; their order is `bot.desk.alerts.CLIMB`."""

    WAITING = "waiting"  # somebody new waits
    URGENT = "urgent"  # who waits already told of something more urgent
    HALF = "half"  # of the target is gone
    MOST = "most"  # 80 %
    BREACH = "breach"
    OFFICERS = "officers"  # late, and all officers on duty are told
    SUPERVISOR = "supervisor"  # late, and the supervisor is told; again and again until a person acts
    TRANSFERRED = "transferred"  # a colleague gave it to the owner
    CLAIM_LOST = "claim_lost"  # an officer claimed and fell silent


class Way(StrEnum):
    """How an alert reaches a person."""

    DESK = "desk"
    MAIL = "mail"
    WHATSAPP = "whatsapp"
    PUSH = "push"


class Outcome(StrEnum):
    """How a ticket ended."""

    ANSWERED = "answered"
    DONE = "done"
    SENT_TO_COUNTER = "sent_to_counter"
    NOT_OURS = "not_ours"
    NO_REPLY = "no_reply"
    MISTAKE = "mistake"
    MERGED = "merged"  # it was another ticket's double


CHOSEN_OUTCOMES = tuple(one for one in Outcome if one is not Outcome.MERGED)
"""Those an officer may name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A ticket's place in the queue. ``position`` counts from 1; 0 means an officer has it.

    ``expected``: about when an officer answers, while the office is open; ``opens``: when it opens, while it is
    closed. One of them is None.
    """

    number: str
    position: int
    expected: datetime | None = None
    opens: datetime | None = None
