"""One tree of errors. ``permanent`` tells the line whether trying again can help; people never read these."""

from __future__ import annotations

from typing import ClassVar


class SapaError(Exception):
    """Every error Sapa raises by itself."""

    permanent: ClassVar[bool] = True


class SettingsError(SapaError):
    """A setting is missing or wrong; the text names it and says what to do."""


class KnowledgeError(SapaError):
    """A data file is wrong; the text names file and entry."""


class OfficeNeverOpens(SapaError):
    """A deadline was asked for in a calendar that holds no more hours."""


class NluUnavailable(SapaError):
    """The NLU process did not answer. Try again later."""

    permanent = False


class NluRefused(NluUnavailable):
    """The NLU process answered, but not this: an error, or out of its contract's form. Other texts may fare better."""


class WayError(SapaError):
    """What was to leave (a WhatsApp message, a mail, a push) was not taken, or nobody knows.

    ``reason`` is a word of ours, ``code`` the other side's number or None; its texts are left behind, since they quote
    addresses. ``may_have_arrived``: sending again may bring it twice.
    """

    may_have_arrived: ClassVar[bool] = False

    def __init__(self, reason: str, code: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


class TwilioError(WayError):
    """Of a WhatsApp message; ``code`` is Twilio's error code."""


NOT_TAKEN = frozenset({20429, 63018, 63020})
"""Twilio did not take the message and may later: too many requests, the sender's rate, its account busy."""

OUR_INSTALLATION = frozenset({20003, 20005, 20006, 20404, 21212, 21606, 21655, 21660, 63007, 63008})
"""Not about this message but about us: wrong or rotated token, account closed or unknown, sender or template not
ours. Tried again until somebody has put it right, and an alarm."""

PASSING = NOT_TAKEN | frozenset({20500, 20503, 30001, 30017, 30022, 30500, 63010, 63040})
"""In a receipt: Twilio took the message and could not deliver it for a reason that passes (its own fault, queue
overflow, congestion, a paused template). Every other code is final: 21211 and 21614 no such number, 21610 opted out,
21617 too long, 63003 no WhatsApp, 63013 against policy, 63014 blocked by the user, 63015 sandbox not joined, 63016
outside the 24 hours, 63024 recipient invalid (twilio.com/docs/api/errors)."""


class TwilioRefused(TwilioError):
    """Trying again cannot help (blocked by the user, window closed, no such number, …)."""


class TwilioBusy(TwilioError):
    """Nothing was sent; try again later (rate limits, connection refused, an installation to be put right)."""

    permanent = False


class TwilioOutcomeUnknown(TwilioError):
    """The request may or may not have been carried out (time-out, connection lost after the request left)."""

    permanent = False
    may_have_arrived = True


class MailError(WayError):
    """Of an e-mail; ``code`` is the SMTP reply's."""


class MailRefused(MailError):
    """Trying again cannot help: no such mailbox, content refused (SMTP 5yz)."""


class MailBusy(MailError):
    """Nothing was taken; try again later (SMTP 4yz, no connection, an installation to be put right)."""

    permanent = False


class MailOutcomeUnknown(MailError):
    """The connection broke while the server was taking the mail. The same again carries the same Message-ID."""

    permanent = False
    may_have_arrived = True


class PushError(WayError):
    """Of a push; ``code`` is the push service's HTTP status."""


class PushRefused(PushError):
    """Trying again cannot help: too large, not signed as the service wants it."""


class PushGone(PushRefused):
    """This browser can never be reached by this subscription: it is to be removed."""


class PushBusy(PushError):
    """Nothing was taken; try again later (too many, server trouble, no connection)."""

    permanent = False


class PushOutcomeUnknown(PushError):
    """The service may have taken it. The same again takes the place of the first, by its tag."""

    permanent = False
    may_have_arrived = True


class NotFound(SapaError):
    """There is no such row, or it is another office's."""


class DeskRefused(SapaError):
    """What an officer asked for cannot be done as things stand. The page tells why in their language."""


class HeldByAnother(DeskRefused):
    """Another officer has the conversation. ``post_id`` is theirs."""

    def __init__(self, post_id: int) -> None:
        super().__init__(f"post {post_id}")
        self.post_id = post_id


class AlreadyEnded(DeskRefused):
    """The ticket was resolved meanwhile."""


class NoteMissing(DeskRefused):
    """The citizen would not know what is wanted of them."""


class NotYours(DeskRefused):
    """The conversation still waits or is kept, but the officer does not hold it any more."""


class LabelGone(DeskRefused):
    """The label was retired meanwhile: it is given no more."""


class NotOnDuty(DeskRefused):
    """The colleague whom a conversation should go to is not there. ``post_id`` is theirs."""

    def __init__(self, post_id: int) -> None:
        super().__init__(f"post {post_id}")
        self.post_id = post_id


class SameTicket(DeskRefused):
    """A ticket cannot be linked to itself, nor merged with itself."""


class IsSubmission(DeskRefused):
    """A submission's ticket is not merged away: its papers hang on it."""


class ChangedMeanwhile(DeskRefused):
    """It is not any more as the page showed it, when the officer decided."""


class WindowClosed(DeskRefused):
    """WhatsApp's day is over: free text would not arrive (63016)."""


class KeyUsed(DeskRefused):
    """The page's form came before, with other words or with some that were taken back; what came now is not sent."""


class AlreadyLeft(DeskRefused):
    """The citizen wrote meanwhile, and the answer that waited for it is on its way."""


class AlreadyTold(DeskRefused):
    """The citizen was told not long ago that an answer waits: once a day is enough."""


class NothingWaits(DeskRefused):
    """There is no answer that the citizen could be told of."""


class NotApproved(DeskRefused):
    """WhatsApp has not approved this template for the office."""


class LeaseLost(SapaError):
    """Another process took over the row while this one was busy; what was done here is rolled back."""

    permanent = False


def where(error: BaseException) -> str:
    """The file and line that raised, for logs: an error's own text may quote what a citizen wrote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""


class FileRefused(SapaError):
    """A file that is not kept; ``reason`` is a word of `bot.contracts.files.Refusal`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FileLost(SapaError):
    """A file whose address is not Twilio's, or leads where no file of a citizen is."""


class MediaBusy(SapaError):
    """Twilio did not give a file now; it may later."""

    permanent = False


class StorageBusy(SapaError):
    """The storage did not take or give an object now; it may later."""

    permanent = False


class ObjectMissing(SapaError):
    """The storage has no object of that name."""


class VaultSealed(SapaError):
    """An object was changed, or no key that we have opens it."""


class UnknownVaultKey(VaultSealed):
    """Sealed under a master key that is neither the current nor the previous one; the text is its fingerprint."""


class MayNotOpen(SapaError):
    """This person has no right to this file."""
