"""What is decided: what to say, what to do, what to remember."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.contracts.submissions import (
    AskToReplace,
    CancelSubmission,
    ChangeSubmission,
    DeleteFiles,
    LookUpTicket,
    OpenSubmission,
    PlaceFile,
    RecordConsent,
    SendSubmission,
    UndoDelete,
)
from bot.contracts.talk import Memory
from bot.contracts.tickets import HandOverReason


@dataclass(frozen=True, slots=True)
class Slot:
    """A value known only when the rows are written: ``<ref of the command>.<field>``, e.g. ``complaint.number``."""

    name: str


Slots = Mapping[str, str | int | datetime]
"""What became known when the rows were written, by the slots' names; a datetime is told on the office's clock."""


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
class HandOver:
    """Put the conversation into the queue for an officer, under a ticket of this kind.

    An open ticket of the same conversation and kind is used again and keeps its place. Fills the slots
    ``<kind>.number``, ``<kind>.place`` (counted from 1; '' when an officer has it already), ``<kind>.expected``
    (a time, while the office is open, else '') and ``<kind>.opens`` (a time, while it is closed, else '').
    """

    kind: str
    reason: HandOverReason
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    """Go on with the ticket an officer ended last: a new cycle begins in the queue. Fills the slots of `HandOver`
    with the ref ``reopened``."""


DocumentCommand = (
    RecordConsent
    | OpenSubmission
    | ChangeSubmission
    | PlaceFile
    | DeleteFiles
    | AskToReplace
    | UndoDelete
    | SendSubmission
    | CancelSubmission
    | LookUpTicket
)
"""Where a command names its reply for each outcome, that reply comes before the decision's own."""
Command = OpenTicket | HandOver | Reopen | DocumentCommand


@dataclass(frozen=True, slots=True)
class Decision:
    """What to say, what to do, what to remember. ``intents`` names what was understood, for the event log."""

    replies: tuple[Reply, ...] = ()
    commands: tuple[Command, ...] = ()
    memory: Memory = field(default_factory=Memory)
    intents: tuple[str, ...] = ()
