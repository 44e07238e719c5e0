"""Twilio's API through the official client.

What an error means for a message is decided here: refused for good, not sent but worth another try, or unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import structlog
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest import Client
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError

from bot.contracts import InboundForm, OutgoingMessage, SentMessage, TemplateMessage
from bot.errors import (
    NOT_TAKEN,
    OUR_INSTALLATION,
    TwilioBusy,
    TwilioError,
    TwilioOutcomeUnknown,
    TwilioRefused,
)
from bot.gateways.twilio_http import PooledHttp

log = structlog.get_logger()

# the connection was never made, so Twilio cannot have seen the request
NEVER_LEFT = (ConnectTimeoutError, NewConnectionError, NameResolutionError)
CONNECTIONS = 16
PAGE_SIZE = 200
RECOVERED = "SapaRecovered"  # a form read from Twilio's list, not from a webhook
STATUS_PATH = "/webhooks/twilio/status"


class TwilioMessenger:
    """Sends and lists messages of one account. ``public_url`` is where receipts are to be posted."""

    def __init__(self, account_sid: str, auth_token: str, api_url: str, public_url: str) -> None:
        self._client = Client(account_sid, auth_token, http_client=PooledHttp(CONNECTIONS))
        self._client.api.base_url = api_url
        self._api_origin = api_url
        self._callback = public_url + STATUS_PATH

    def send(self, message: OutgoingMessage) -> SentMessage:
        return self._create(message, self._receipts("message", message.reference), body=message.body)

    def send_template(self, message: TemplateMessage) -> SentMessage:
        return self._create(
            message,
            self._receipts(message.about, message.reference),
            content_sid=message.content_sid,
            content_variables=json.dumps(dict(message.variables), ensure_ascii=False),
        )

    def _create(self, message: OutgoingMessage | TemplateMessage, callback: str, **content: str) -> SentMessage:
        with _translated(sending=True):
            sent = self._client.messages.create(
                to=message.recipient, from_=message.sender, status_callback=callback, **content
            )
        return _as_sent(sent)

    def _receipts(self, about: str, reference: str) -> str:
        return self._callback + (f"?{about}={reference}" if reference else "")

    def list_sent(self, recipient: str, since: datetime) -> list[SentMessage]:
        with _translated(sending=False):
            return [_as_sent(message) for message in self._newest_first(recipient, since, "outbound")]

    def list_received(self, recipient: str, since: datetime) -> list[InboundForm]:
        with _translated(sending=False):
            forms = [_as_form(message) for message in self._newest_first(recipient, since, "inbound")]
        return forms[::-1]

    def _newest_first(self, recipient: str, since: datetime, direction: str) -> Iterator[Any]:
        # no date filter: Twilio's is by the day it was sent, which a message still queued there does not have
        for message in self._client.messages.stream(to=recipient, page_size=PAGE_SIZE):
            if message.date_created is not None and message.date_created < since.replace(microsecond=0):
                return
            if str(message.direction).startswith(direction):
                yield message

    def with_files(self, form: InboundForm) -> InboundForm:
        if not int(form.fields.get("NumMedia") or 0):
            return form
        fields = dict(form.fields)
        with _translated(sending=False):
            for place, media in enumerate(self._client.messages(form.sid).media.list()):
                fields[f"MediaUrl{place}"] = self._api_origin + media.uri.removesuffix(".json")
                fields[f"MediaContentType{place}"] = media.content_type
        return InboundForm(fields=fields, written_at=form.written_at)


def _as_form(message: Any) -> InboundForm:
    fields = {
        "MessageSid": message.sid,
        "From": message.from_,
        "To": message.to,
        "Body": message.body or "",
        "NumMedia": str(message.num_media or 0),
        RECOVERED: "1",
    }
    return InboundForm(fields=fields, written_at=message.date_created)


def _as_sent(message: Any) -> SentMessage:
    return SentMessage(
        sid=message.sid,
        status=str(message.status),
        recipient=message.to,
        body=message.body or "",
        created_at=message.date_created,
        error_code=message.error_code,
    )


@contextmanager
def _translated(*, sending: bool) -> Iterator[None]:
    """The client's errors as ours. Their texts are left behind: they quote numbers."""
    try:
        yield
    except (TwilioRestException, TwilioServiceException) as error:
        raise _meaning(error.status, error.code, sending) from None
    except TwilioException as error:
        raise _unclear(type(error).__name__, sending) from None
    except NEVER_LEFT:
        raise TwilioBusy("no_connection") from None
    except HTTPError as error:
        raise _unclear(type(error).__name__, sending) from None


def _meaning(status: int, code: int | None, sending: bool) -> TwilioError:
    if status == 429 or code in NOT_TAKEN:
        return TwilioBusy("busy", code)
    if status >= 500:
        return _unclear("server", sending, code)  # a 5xx does not say whether the message was taken
    if not sending:
        return TwilioBusy("refused", code)
    if code is None or status in (401, 403) or code in OUR_INSTALLATION:
        log.error("twilio_refuses_us", status=status, code=code)
        return TwilioBusy("installation", code)
    return TwilioRefused("refused", code)


def _unclear(reason: str, sending: bool, code: int | None = None) -> TwilioError:
    return TwilioOutcomeUnknown(reason, code) if sending else TwilioBusy(reason, code)
