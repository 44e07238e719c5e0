"""Twilio's error codes as the stand-in speaks them: code → HTTP status and sentence.

Codes and statuses: https://www.twilio.com/docs/api/errors (sentences in our words).
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.gateways.fake_twilio.wire import Answer, answer_json

KNOWN: Mapping[int, tuple[int, str]] = {
    20003: (401, "Authentication Error - the account sid or the auth token is wrong"),
    20004: (405, "Method not allowed"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    20503: (503, "Service unavailable, try again later"),
    21211: (400, "The 'To' number is not a valid phone number"),
    21603: (400, "A 'From' phone number is required"),
    21604: (400, "A 'To' phone number is required"),
    21609: (400, "The StatusCallback URL is not a valid URL"),
    21610: (400, "Attempt to send to an unsubscribed recipient"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21619: (400, "A text message body or media urls must be specified"),
    21654: (400, "A ContentSid is required when ContentVariables are given"),
    21655: (400, "The ContentSid is invalid"),
    21656: (400, "The ContentVariables parameter is invalid"),
    21910: (400, "'From' and 'To' are not of the same channel"),
    63003: (400, "Channel could not find the To address"),
    63007: (400, "Could not find a Channel with the specified From address"),
    63014: (400, "The message was not delivered because the user blocked the sender"),
    63016: (400, "Freeform messages are allowed only inside the 24 hour window; use a template"),
    63018: (429, "Rate limit exceeded for the channel"),
    63024: (400, "Invalid message recipient"),
}


class Refused(Exception):
    """The stand-in answers with this Twilio error code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


def sentence(code: int) -> str:
    return KNOWN.get(code, (400, "Request refused"))[1]


def error_answer(code: int) -> Answer:
    """Twilio's JSON error. A code of the HTTP range (500, 503, …) is that status itself."""
    status, message = KNOWN.get(code, (code if 400 <= code < 600 else 400, "Request refused"))
    headers = (("WWW-Authenticate", 'Basic realm="Twilio API"'),) if status == 401 else ()
    body = {
        "code": code,
        "message": message,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    return answer_json(body, status, headers)
