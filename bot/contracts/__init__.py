"""The shapes that Sapa's parts hand to each other: values only, no behaviour beyond reading them.

The line passes them on in this order:

    InboundForm -> (rows) -> Turn[Said[Reading]] + Talk -> Decision[Reply, Command] -> (rows) -> OutgoingMessage

Every datetime is aware and in UTC. Texts are what the citizen wrote, never logged.
"""

from bot.contracts.arriving import InboundForm, MessageKind
from bot.contracts.decision import Command, Decision, HandOver, OpenTicket, Reopen, Reply, Slot, Slots
from bot.contracts.events import EventKind
from bot.contracts.leaving import Mail, MailServer, OutgoingMessage, PushMessage, SentMessage, TemplateMessage
from bot.contracts.reading import Reading, ReadingSource, Said, Turn
from bot.contracts.staff import (
    Actor,
    CitizenText,
    Claim,
    ClaimOutcome,
    OfficerMessage,
    Role,
    Unknown,
    WaitingList,
)
from bot.contracts.states import (
    MOVES,
    AlertState,
    AttachmentState,
    ConversationState,
    InboundState,
    NoticeState,
    OutboundState,
    TargetState,
    TicketState,
)
from bot.contracts.talk import Choice, Memory, Talk
from bot.contracts.tickets import ComplaintClass, HandOverReason, Level, Outcome, Place, Priority, TargetKind, Way

__all__ = [
    "MOVES",
    "Actor",
    "AlertState",
    "AttachmentState",
    "Choice",
    "CitizenText",
    "Claim",
    "ClaimOutcome",
    "Command",
    "ComplaintClass",
    "ConversationState",
    "Decision",
    "EventKind",
    "HandOver",
    "HandOverReason",
    "InboundForm",
    "InboundState",
    "Level",
    "Mail",
    "MailServer",
    "Memory",
    "MessageKind",
    "NoticeState",
    "OfficerMessage",
    "OpenTicket",
    "OutboundState",
    "Outcome",
    "OutgoingMessage",
    "Place",
    "Priority",
    "PushMessage",
    "Reading",
    "ReadingSource",
    "Reopen",
    "Reply",
    "Role",
    "Said",
    "SentMessage",
    "Slot",
    "Slots",
    "Talk",
    "TargetKind",
    "TargetState",
    "TemplateMessage",
    "TicketState",
    "Turn",
    "Unknown",
    "WaitingList",
    "Way",
]
