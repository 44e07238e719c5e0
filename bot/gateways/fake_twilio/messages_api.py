"""``/2010-04-01/Accounts/<sid>/Messages…``: the resources that Sapa uses, answered as Twilio does."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from bot.gateways.fake_twilio.callbacks import Courses, Step, failure_step
from bot.gateways.fake_twilio.errors import Refused, sentence
from bot.gateways.fake_twilio.faults import WINDOW_CLOSED, Door, Fault, Faults, Trouble
from bot.gateways.fake_twilio.paging import page_json, page_size, wanted
from bot.gateways.fake_twilio.records import Media, Message, message_json, new_sid
from bot.gateways.fake_twilio.store import Store
from bot.gateways.fake_twilio.templates import Filled, Templates
from bot.gateways.fake_twilio.wire import Answer, ConnectionDropped, Request, answer_json

LONGEST_BODY = 1600
CONTENT_FIELDS: tuple[str, ...] = ("ContentSid", "ContentVariables")
BUTTONS = "Buttons"  # in a message's form: what its template showed, as the phone keeps it


@dataclass
class MessagesApi:
    """``window``: seconds after a citizen's message in which free text reaches them; None: always."""

    account_sid: str
    store: Store
    faults: Faults
    courses: Courses
    templates: Templates
    window: float | None = None

    def create(self, request: Request) -> Answer:
        recipient = request.first("To")
        fault = self.faults.take(Door.CREATE, recipient, is_template=is_template(request))
        if fault is not None and fault.kind is not Trouble.UNDELIVERED:
            return self._create_in_trouble(request, fault)
        return self._take(request, fault)

    def _create_in_trouble(self, request: Request, fault: Fault) -> Answer:
        if fault.kind is Trouble.REFUSE:
            raise Refused(fault.code)
        answer = self._take(request) if fault.stored else None
        time.sleep(fault.seconds)
        if fault.kind is Trouble.DROP:
            raise ConnectionDropped
        if answer is None:
            raise Refused(20503)
        return answer

    def _take(self, request: Request, fault: Fault | None = None) -> Answer:
        check_new(request)
        message, media = new_message(request)
        if is_template(request):
            fill(message, self.templates.fill(request.first("ContentSid"), request.first("ContentVariables")))
        self.store.add(message, media)
        answer = self._answer(message, 201)
        failure = failure_step(fault.status, fault.code) if fault else self._too_late(message)
        self.courses.begin(message, failure)
        return answer

    def _too_late(self, message: Message) -> Step | None:
        """Twilio takes free text first and says afterwards that the window was closed."""
        if self.window is None or "ContentSid" in message.form:
            return None
        wrote = self.store.last_inbound(message.recipient, message.sender)
        is_open = wrote is not None and message.created - wrote <= self.window
        return None if is_open else failure_step("undelivered", WINDOW_CLOSED)

    def fetch(self, request: Request, sid: str) -> Answer:
        meet_read_faults(self.faults)
        return self._answer(self._found(sid))

    def update(self, request: Request, sid: str) -> Answer:
        """Twilio allows one change: redacting the body."""
        message = self._found(sid)
        if "Body" in request.form:
            self.store.set_body(sid, request.first("Body"))
            message.body = request.first("Body")
        return self._answer(message)

    def delete(self, request: Request, sid: str) -> Answer:
        self._found(sid)
        self.store.delete_message(sid)
        return Answer(204)

    def list(self, request: Request) -> Answer:
        """Newest first. A page goes on where the former ended, whatever arrived meanwhile."""
        meet_read_faults(self.faults)
        size = page_size(request)
        found = self.store.listed(wanted(request), size + 1)
        page, more = found[:size], len(found) > size
        values = [self._json(message) for message in page]
        token = f"PA{page[-1].seq}" if more else ""
        return answer_json(page_json(request, "messages", values, size, token))

    def _found(self, sid: str) -> Message:
        message = self.store.message(sid)
        if message is None:
            raise Refused(20404)
        return message

    def _json(self, message: Message) -> dict[str, Any]:
        reason = None if message.error_code is None else sentence(message.error_code)
        return message_json(message, self.account_sid, reason)

    def _answer(self, message: Message, status: int = 200) -> Answer:
        return answer_json(self._json(message), status)


def is_template(request: Request) -> bool:
    return bool(request.first("ContentSid") or request.first("ContentVariables"))


def fill(message: Message, content: Filled) -> None:
    """The message as it reads. Twilio lists it with this body."""
    message.body = content.body
    if content.buttons:
        message.form[BUTTONS] = json.dumps([{"title": title, "id": payload} for title, payload in content.buttons])


def check_new(request: Request) -> None:
    """Raises Refused for what Twilio refuses to create, in Twilio's order."""
    sender, recipient, body = request.first("From"), request.first("To"), request.first("Body")
    has_content = any(request.first(name) for name in ("MediaUrl", *CONTENT_FIELDS, "PersistentAction"))
    callback = request.first("StatusCallback")
    checks = (
        (not recipient, 21604),
        (not sender and not request.first("MessagingServiceSid"), 21603),
        (not recipient.removeprefix("whatsapp:").startswith(("+", "ID.")), 21211),
        (bool(sender) and recipient.startswith("whatsapp:") != sender.startswith("whatsapp:"), 21910),
        (not body and not has_content, 21619),
        (len(body) > LONGEST_BODY, 21617),
        (bool(callback) and not callback.startswith(("http://", "https://")), 21609),
    )
    for wrong, code in checks:
        if wrong:
            raise Refused(code)


def new_message(request: Request) -> tuple[Message, list[Media]]:
    """Media that Sapa sends stay links: the stand-in fetches nothing."""
    now = time.time()
    urls = request.form.get("MediaUrl", [])
    sid = new_sid("MM" if urls else "SM")
    media = [Media(new_sid("ME"), sid, "", None, token_hex(20), now, url) for url in urls]
    message = Message(
        sid,
        "outbound-api",
        request.first("From"),
        request.first("To"),
        request.first("Body"),
        "queued",
        now,
        callback=request.first("StatusCallback"),
    )
    message.form = {name: request.first(name) for name in CONTENT_FIELDS if name in request.form}
    return message, media


def meet_read_faults(faults: Faults) -> None:
    fault = faults.take(Door.READ)
    if fault is None:
        return
    time.sleep(fault.seconds)
    if fault.kind is Trouble.DROP:
        raise ConnectionDropped
    if fault.kind is Trouble.REFUSE or not fault.stored:
        raise Refused(fault.code)
