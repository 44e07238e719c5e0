"""Every table, one record a file. Importing this package makes ``Base.metadata`` complete."""

from bot.models.attachment import Attachment
from bot.models.base import Base
from bot.models.contact import Contact
from bot.models.conversation import Conversation
from bot.models.event import Event
from bot.models.message import InboundMessage, OutboundMessage, Turn
from bot.models.office import Office
from bot.models.process import Heartbeat, JobRun
from bot.models.stray import StrayDelivery
from bot.models.ticket import Ticket, TicketSeries

__all__ = [
    "Attachment",
    "Base",
    "Contact",
    "Conversation",
    "Event",
    "Heartbeat",
    "InboundMessage",
    "JobRun",
    "Office",
    "OutboundMessage",
    "StrayDelivery",
    "Ticket",
    "TicketSeries",
    "Turn",
]
