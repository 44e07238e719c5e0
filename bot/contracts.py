"""The shapes that Sapa's parts hand to each other: values only, no behaviour beyond reading them.

The line passes them on in this order:

    InboundForm -> (rows) -> Turn[Said[Reading]] + Talk -> Decision[Reply, OpenTicket] -> (rows) -> OutgoingMessage

Every datetime is aware and in UTC. Texts are what the citizen wrote, never logged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


# --- what arrives -------------------------------------------------------------------------------------------
class MessageKind(StrEnum):
    """What a citizen's message is; ``unsupported`` is anything Twilio may add later."""

    TEXT = "text"
    IMAGE = "image"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    BUTTON = "button"
    LIST_CHOICE = "list_choice"
    UNSUPPORTED = "unsupported"


# --- what it means ------------------------------------------------------------------------------------------
class ReadingSource(StrEnum):
    """Who read the message: the NLU model, the menu's keywords, or a choice the citizen picked."""

    MODEL = "model"
    KEYWORD = "keyword"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means.

    ``intent`` is one of ``data/knowledge/taxonomy.yml``; ``service`` a service id, a family id, or None when the
    text names none (the conversation may know it). ``ranking`` holds (intent, confidence), best first. ``also``
    holds further questions of the same message. ``part`` counts from 1: the part of a long answer wanted.
    """

    text: str
    intent: str
    confidence: float
    service: str | None = None
    ranking: tuple[tuple[str, float], ...] = ()
    also: tuple[Reading, ...] = ()
    source: ReadingSource = ReadingSource.MODEL
    part: int = 1


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a turn. ``reading`` is None when there is nothing to read (a sticker, an empty body) or
    when the NLU could not be asked. ``payload`` is a button's payload or a list row's id."""

    message_id: int
    kind: MessageKind
    text: str = ""
    payload: str = ""
    files: int = 0
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """All that a citizen wrote since the last answer, in order of receipt.

    ``together`` reads the texts joined, when there are several (people split one sentence over messages).
    ``nlu_available`` is False when the NLU stayed silent past the grace period.
    """

    said: tuple[Said, ...]
    together: Reading | None = None
    nlu_available: bool = True


# --- what the conversation remembers ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered option offered to the citizen; picking it (by number or by a word of ``title``) reads as
    this intent, service and part."""

    title: str
    intent: str
    service: str | None = None
    part: int = 1


@dataclass(frozen=True, slots=True)
class Memory:
    """What is carried over to the next turn of a conversation (stored as JSON on its row).

    ``service`` is the service or family last spoken of; ``choices`` the options offered last, in number order;
    ``misunderstood`` counts turns in a row that were not understood.
    """

    service: str | None = None
    choices: tuple[Choice, ...] = ()
    misunderstood: int = 0


class ConversationState(StrEnum):
    """``with_officer``: the assistant is silent."""

    WITH_BOT = "with_bot"
    WAITING = "waiting"
    WITH_OFFICER = "with_officer"


@dataclass(frozen=True, slots=True)
class Talk:
    """What an action may know of the conversation. ``first_contact``: Sapa never answered this citizen before."""

    now: datetime
    memory: Memory = Memory()
    state: ConversationState = ConversationState.WITH_BOT
    first_contact: bool = False


# --- what is decided ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Slot:
    """A value known only when the rows are written: ``<ref of the command>.<field>``, e.g. ``complaint.number``."""

    name: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A sentence of ``actions/replies.yml`` by name, with the values of its ``{variables}``."""

    name: str
    variables: Mapping[str, str | Slot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """Note a request that a person must act on. ``kind`` is the intent it came from. An open ticket of the same
    conversation and kind is used again. Fills the slot ``<kind>.number``."""

    kind: str
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to say, what to do, what to remember. ``intents`` names what was understood, for the event log."""

    replies: tuple[Reply, ...] = ()
    commands: tuple[OpenTicket, ...] = ()
    memory: Memory = Memory()
    intents: tuple[str, ...] = ()


# --- what leaves --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One WhatsApp message to send. ``sender`` and ``recipient`` are channel addresses (``whatsapp:…``).

    ``reference`` comes back with every receipt, so that one which overtakes our own record finds its row.
    """

    sender: str
    recipient: str
    body: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message Twilio took or lists. ``status`` is Twilio's word (``queued``, ``sent``, …)."""

    sid: str
    status: str
    recipient: str
    body: str
    created_at: datetime | None = None
    error_code: int | None = None


@dataclass(frozen=True, slots=True)
class InboundForm:
    """A webhook's whole form as Twilio sent it. ``written_at`` is known only of a message found in Twilio's list;
    one from the webhook was written just now."""

    fields: Mapping[str, str]
    written_at: datetime | None = None

    @property
    def sid(self) -> str:
        return self.fields.get("MessageSid", "") or self.fields.get("SmsMessageSid", "")

    @property
    def sender(self) -> str:
        return self.fields.get("From", "")

    @property
    def recipient(self) -> str:
        return self.fields.get("To", "")


# --- states and allowed moves -------------------------------------------------------------------------------
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


class TicketState(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    WAITING_FOR_CITIZEN = "waiting_for_citizen"
    RESOLVED = "resolved"
    CLOSED = "closed"


MOVES: Mapping[StrEnum, frozenset[StrEnum]] = {
    InboundState.RECEIVED: frozenset({InboundState.ANSWERED, InboundState.LEFT_TO_OFFICER}),
    # a receipt may overtake the answer to our own request, and one step may be skipped
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
}
"""Allowed moves per state; a state without an entry is final (this issue's machines; later ones add theirs)."""


class EventKind(StrEnum):
    """Facts, one append-only row each."""

    RECEIVED = "received"
    UNDERSTOOD = "understood"
    ANSWERED = "answered"
    LEFT_TO_OFFICER = "left_to_officer"
    SENT = "sent"
    FAILED = "failed"
    TICKET_OPENED = "ticket_opened"
