"""Every table, one record a file. Importing this package makes ``Base.metadata`` complete."""

from bot.models.alert import Alert, Notice, PushSubscription
from bot.models.attachment import Attachment
from bot.models.base import Base
from bot.models.consent import Consent
from bot.models.contact import Contact
from bot.models.conversation import Conversation
from bot.models.event import Event
from bot.models.message import InboundMessage, OutboundMessage, Turn
from bot.models.office import Office, OfficeTemplate
from bot.models.presence import Presence
from bot.models.process import Heartbeat, JobRun
from bot.models.staff import Absence, Post, Staff
from bot.models.stray import StrayDelivery
from bot.models.submission import StatusLookup, Submission
from bot.models.target import Target
from bot.models.ticket import Ticket, TicketSeries
from bot.models.vault import IdentityMark, VaultObject, VaultSecret

__all__ = [
    "Absence",
    "Alert",
    "Attachment",
    "Base",
    "Consent",
    "Contact",
    "Conversation",
    "Event",
    "Heartbeat",
    "IdentityMark",
    "InboundMessage",
    "JobRun",
    "Notice",
    "Office",
    "OfficeTemplate",
    "OutboundMessage",
    "Post",
    "Presence",
    "PushSubscription",
    "Staff",
    "StatusLookup",
    "StrayDelivery",
    "Submission",
    "Target",
    "Ticket",
    "TicketSeries",
    "Turn",
    "VaultObject",
    "VaultSecret",
]
