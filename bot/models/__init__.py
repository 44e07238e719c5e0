"""Every table, one record a file. Importing this package makes ``Base.metadata`` complete."""

from bot.models.alert import Alert, Notice, PushSubscription
from bot.models.attachment import Attachment
from bot.models.base import Base
from bot.models.canned_answer import CannedAnswer
from bot.models.consent import Consent
from bot.models.contact import Contact
from bot.models.conversation import Conversation
from bot.models.event import Event
from bot.models.label import ConversationLabel, Label
from bot.models.message import InboundMessage, OutboundMessage, Turn
from bot.models.note import Note
from bot.models.office import Office, OfficeTemplate
from bot.models.parked_reply import ParkedReply
from bot.models.presence import Presence
from bot.models.process import Heartbeat, JobRun
from bot.models.read_mark import ReadMark
from bot.models.staff import Absence, Post, Staff
from bot.models.stray import StrayDelivery
from bot.models.submission import StatusLookup, Submission
from bot.models.target import Target
from bot.models.ticket import Ticket, TicketLink, TicketSeries
from bot.models.vault import IdentityMark, PersonMark, VaultObject, VaultSecret

__all__ = [
    "Absence",
    "Alert",
    "Attachment",
    "Base",
    "CannedAnswer",
    "Consent",
    "Contact",
    "Conversation",
    "ConversationLabel",
    "Event",
    "Heartbeat",
    "IdentityMark",
    "InboundMessage",
    "JobRun",
    "Label",
    "Note",
    "Notice",
    "Office",
    "OfficeTemplate",
    "OutboundMessage",
    "ParkedReply",
    "PersonMark",
    "Post",
    "Presence",
    "PushSubscription",
    "ReadMark",
    "Staff",
    "StatusLookup",
    "StrayDelivery",
    "Submission",
    "Target",
    "Ticket",
    "TicketLink",
    "TicketSeries",
    "Turn",
    "VaultObject",
    "VaultSecret",
]
