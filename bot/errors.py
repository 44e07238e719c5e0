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


class NluUnavailable(SapaError):
    """The NLU process did not answer. Try again later."""

    permanent = False


class NluRefused(NluUnavailable):
    """The NLU process answered, but not this: an error, or out of its contract's form. Other texts may fare better."""


class TwilioError(SapaError):
    """Twilio did not take a message. ``code`` is Twilio's error code, or None."""

    def __init__(self, reason: str, code: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


TEMPORARY_TWILIO_CODES = frozenset(
    {
        20429,  # 20429 too many requests: nothing was sent
        20500,  # Twilio's own fault
        20503,  # Twilio not available
        30001,  # queue overflow
        30017,  # carrier congested
        30022,  # rate limit of the carrier
        63018,  # rate limit of the WhatsApp sender
        63020,  # sender's account not reachable for now
        63040,  # template paused
    }
)
"""Twilio's error codes after which the same message may be tried again; every other code is final
(twilio.com/docs/api/errors): 21211 and 21614 no such number, 21610 opted out, 21617 too long, 63003 no WhatsApp,
63013 against policy, 63014 blocked by the user, 63015 sandbox not joined, 63016 outside the 24 hours, 63024
recipient invalid."""


class TwilioRefused(TwilioError):
    """Trying again cannot help (blocked by the user, window closed, no such number, …)."""


class TwilioBusy(TwilioError):
    """Nothing was sent; try again later (rate limits, 5xx, connection refused)."""

    permanent = False


class TwilioOutcomeUnknown(TwilioError):
    """The request may or may not have been carried out (time-out, connection lost after the request left)."""

    permanent = False


class LeaseLost(SapaError):
    """Another process took over the row while this one was busy; what was done here is rolled back."""

    permanent = False
