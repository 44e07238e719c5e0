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
    """The NLU process did not answer, or not in its contract's form. Try again later."""

    permanent = False


class TwilioError(SapaError):
    """Twilio did not take a message. ``code`` is Twilio's error code, or None."""

    def __init__(self, reason: str, code: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


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
