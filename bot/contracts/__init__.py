"""The shapes that Sapa's parts hand to each other: values only, no behaviour beyond reading them.

The line passes them on in this order:

    InboundForm -> (rows) -> Turn[Said[Reading]] + Talk -> Decision[Reply, Command] -> (rows) -> OutgoingMessage

Every datetime is aware and in UTC. Texts are what the citizen wrote, never logged.
"""

from bot.contracts.arriving import InboundForm, MessageKind
from bot.contracts.decision import Command, Decision, DocumentCommand, HandOver, OpenTicket, Reopen, Reply, Slot, Slots
from bot.contracts.events import EventKind
from bot.contracts.files import Advice, Detail, FetchedFile, FileKind, Inspection, Refusal
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
    SubmissionState,
    TargetState,
    TicketState,
)
from bot.contracts.submissions import (
    CancelSubmission,
    ChangeSubmission,
    ConsentAnswer,
    DeleteFiles,
    Documents,
    LookUpTicket,
    OpenSubmission,
    OwnFile,
    OwnSubmission,
    PlaceFile,
    RecordConsent,
    Rejection,
    SendSubmission,
    UndoDelete,
    Whom,
)
from bot.contracts.talk import Choice, Memory, Talk
from bot.contracts.tickets import HandOverReason, Level, Outcome, Place, Priority, TargetKind, Way

__all__ = [
    "MOVES",
    "Actor",
    "Advice",
    "AlertState",
    "AttachmentState",
    "CancelSubmission",
    "ChangeSubmission",
    "Choice",
    "CitizenText",
    "Claim",
    "ClaimOutcome",
    "Command",
    "ConsentAnswer",
    "ConversationState",
    "Decision",
    "DeleteFiles",
    "Detail",
    "DocumentCommand",
    "Documents",
    "EventKind",
    "FetchedFile",
    "FileKind",
    "HandOver",
    "HandOverReason",
    "InboundForm",
    "InboundState",
    "Inspection",
    "Level",
    "LookUpTicket",
    "Mail",
    "MailServer",
    "Memory",
    "MessageKind",
    "NoticeState",
    "OfficerMessage",
    "OpenSubmission",
    "OpenTicket",
    "OutboundState",
    "Outcome",
    "OutgoingMessage",
    "OwnFile",
    "OwnSubmission",
    "Place",
    "PlaceFile",
    "Priority",
    "PushMessage",
    "Reading",
    "ReadingSource",
    "RecordConsent",
    "Refusal",
    "Rejection",
    "Reopen",
    "Reply",
    "Role",
    "Said",
    "SendSubmission",
    "SentMessage",
    "Slot",
    "Slots",
    "SubmissionState",
    "Talk",
    "TargetKind",
    "TargetState",
    "TemplateMessage",
    "TicketState",
    "Turn",
    "UndoDelete",
    "Unknown",
    "WaitingList",
    "Way",
    "Whom",
]
