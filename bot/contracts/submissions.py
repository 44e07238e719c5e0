"""Submissions: a citizen's request with its files, as an action may know it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.contracts.files import Advice, Refusal
from bot.contracts.states import AttachmentState, SubmissionState, TicketState

UNSENT_FOR = timedelta(hours=72)
"""How long what was never sent is kept; the consent says so."""
ENDED_FOR = timedelta(days=30)
"""How long the files of what has ended are kept; the consent says so."""


class Whom(StrEnum):
    """Who a submission is for."""

    SELF = "self"
    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"  # with a surat kuasa


class ConsentAnswer(StrEnum):
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SubmissionNews(StrEnum):
    """What a citizen is still to be told of a submission: at once within WhatsApp's day, else when they write."""

    STATE = "state"  # an officer returned, accepted or cancelled it, or it expired
    REMINDER = "reminder"  # it was begun and not sent


class DeletionReason(StrEnum):
    """Why a file was deleted; it stays when the file is gone."""

    CITIZEN = "citizen"
    REPLACED = "replaced"
    UNDONE = "undone"  # it had replaced a file that was taken back
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"  # the consent, or it was refused
    OFFICER = "officer"
    RETENTION = "retention"


class Rejection(StrEnum):
    """Why an officer rejected a file; each has a sentence with advice for the citizen."""

    UNREADABLE = "unreadable"
    CUT_OFF = "cut_off"
    WRONG_DOCUMENT = "wrong_document"
    NOT_ORIGINAL = "not_original"
    OUT_OF_DATE = "out_of_date"
    INCOMPLETE = "incomplete"
    DATA_DIFFERS = "data_differs"
    OTHER = "other"  # the officer's own words say why


class Mismatch(StrEnum):
    """How papers of one submission do not fit together, as far as they were read rightly."""

    NOT_ON_FAMILY_CARD = "not_on_family_card"  # the NIK of a card is none of those on the KK
    TWO_FAMILY_CARDS = "two_family_cards"  # two pages of a KK with different numbers
    BIRTH_DIFFERS = "birth_differs"  # two papers with one NIK and different dates of birth
    NAME_DIFFERS = "name_differs"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of this citizen, also one that is still being fetched or checked. ``number`` counts from 1 in the list
    they see, stable while the submission is open; 0: it is of no submission, or not checked yet. ``document``: the slot
    it fills, None while nobody knows. ``guesses``: what its content suggests, best first. ``new``: it came with this
    turn, or what became of it since was not told yet. ``repeats``: the id of an earlier file of the same submission
    that is the same picture. ``undo_until``: while it is being deleted, with ``deleted_why`` and, in ``replaced_by``,
    the file that took its place. ``delete_asked``: an officer was asked to delete it; ``is_proposed``: or to take it
    instead of another."""

    id: int
    message_id: int
    number: int
    document: str | None
    page: int
    state: AttachmentState
    advice: frozenset[Advice] = frozenset()
    guesses: tuple[str, ...] = ()
    refusal: Refusal | None = None
    rejection: Rejection | None = None
    rejection_note: str = ""
    repeats: int | None = None
    new: bool = False
    caption: str = ""
    undo_until: datetime | None = None
    replaced_by: int | None = None
    pages: int = 1
    delete_asked: bool = False
    deleted_why: DeletionReason | None = None
    is_proposed: bool = False


@dataclass(frozen=True, slots=True)
class OwnSubmission:
    """``label`` tells two of the same service apart ("anak ke-2"), '' when there is one. ``number``: its ticket's,
    once it was sent. ``answers``: question id → option id of its service's form. ``news``: what is to be told of it
    now. ``expires_at``: when its files are deleted, if it is not sent until then. ``cancel_asked``: an officer was
    asked to cancel it. ``return_note``: an officer's words on why it came back."""

    id: int
    service: str
    whom: Whom | None
    label: str
    state: SubmissionState
    answers: Mapping[str, str]
    files: tuple[OwnFile, ...]
    opened_at: datetime
    number: str | None = None
    ticket_state: TicketState | None = None
    news: SubmissionNews | None = None
    expires_at: datetime | None = None
    cancel_asked: bool = False
    return_note: str = ""


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """A ticket of this citizen that is no submission's."""

    number: str
    kind: str
    service: str | None
    state: TicketState
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Documents:
    """What an action may know of a citizen's documents.

    ``consent_version``: of the text that ``consent`` answers. ``submissions``: those not ended, the one spoken of last
    first. ``loose``: files that are of no submission.
    ``checking``: how many files of this turn are not checked yet (they are named, and their result follows).
    ``ended``: submissions that were accepted, cancelled or expired within the last month, the latest first.
    ``tickets``: the citizen's others, of the same month. ``gone``: files that somebody else
    deleted, which the citizen is to be told now.
    """

    consent: ConsentAnswer | None = None
    consent_version: str = ""
    submissions: tuple[OwnSubmission, ...] = ()
    loose: tuple[OwnFile, ...] = ()
    checking: int = 0
    ended: tuple[OwnSubmission, ...] = ()
    tickets: tuple[OwnTicket, ...] = ()
    gone: tuple[OwnFile, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """``version``: of the text that was shown."""

    answer: ConsentAnswer
    version: str


@dataclass(frozen=True, slots=True)
class OpenSubmission:
    """Begin a submission; it is the current one from then on. Loose files of this citizen become its files."""

    service: str
    whom: Whom | None = None


@dataclass(frozen=True, slots=True)
class ChangeSubmission:
    """Set who the submission is for and answers to its questions (an option of None takes an answer back), and make
    it the current one. ``submission`` None: the one opened by the same decision."""

    submission: int | None
    whom: Whom | None = None
    answers: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """Say which document a file is (None: it only goes to the submission). With ``replaces``, that file is deleted
    (undo as for any other); where it was sent, an officer is asked to take the new one instead."""

    file: int
    document: str | None
    submission: int | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class DeleteFiles:
    """Delete files: at once while the submission is not sent, with 10 minutes' undo; after it, as a request that an
    officer sees at once. ``done`` and ``asked`` name the reply for either; it gets ``variables``, ``{until}`` (a time)
    and ``{number}`` (of the ticket), also slots ``delete.…``."""

    files: tuple[int, ...]
    done: str
    asked: str
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskToReplace:
    """Ask an officer to take another photo instead of a file of what was sent; it comes by `PlaceFile`, now or later.
    ``free`` and ``asked`` name the reply where it needs no officer, and where it does; they get ``variables``, and that
    of ``asked`` ``{number}`` (of the ticket), also slot ``replace.number``."""

    file: int
    free: str
    asked: str
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UndoDelete:
    """Take back the deletions that can still be undone; names its reply for each outcome, with
    ``{count}``, also slot ``undo.count``."""

    done: str
    too_late: str


@dataclass(frozen=True, slots=True)
class SendSubmission:
    """Hand a submission in: opens its ticket, or goes on with it. Nothing is handed in while a file that was sent for
    it is still being checked. ``done`` and ``wait`` name the reply for either; that of ``done`` gets ``variables`` and
    ``{number}``, also slot ``submission.number``."""

    submission: int
    done: str
    wait: str
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CancelSubmission:
    """End a submission; its files are deleted with undo, which brings it back. To end one that was sent is asked of an
    officer."""

    submission: int


@dataclass(frozen=True, slots=True)
class LookUpTicket:
    """Where a ticket of another sender stands: told only to who knows the last four digits of the NIK on file, within
    five tries; of the citizen's own without them. Names its reply for each outcome; that of
    ``found`` gets ``{number}``, ``{service}`` (its id, or '') and ``{state}`` (a word of `TicketState`), also slots
    ``lookup.…``."""

    number: str
    tail: str
    found: str
    refused: str
    locked: str
