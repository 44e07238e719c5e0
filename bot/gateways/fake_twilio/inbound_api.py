"""``/control/inbound…``: a citizen writes or presses a button, and Sapa's webhook hears of it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.gateways.fake_twilio.errors import Refused
from bot.gateways.fake_twilio.inbound import Written, compose
from bot.gateways.fake_twilio.messages_api import BUTTONS
from bot.gateways.fake_twilio.records import Message
from bot.gateways.fake_twilio.store import Store
from bot.gateways.fake_twilio.webhook import WebhookCaller
from bot.gateways.fake_twilio.wire import Answer, Request, answer_json

WEBHOOK_PATH = "/webhooks/twilio/messages"


@dataclass(frozen=True)
class InboundApi:
    account_sid: str
    webhook_base_url: str
    store: Store
    caller: WebhookCaller
    deliveries: ThreadPoolExecutor

    def write(self, request: Request) -> Answer:
        """``deliveries``: how often the webhook is called, default 1; 0 = it is down. ``wait``: answer only
        when it was. The rest as in Written."""
        wish = dict(request.json)
        times, wait = int(wish.pop("deliveries", 1)), bool(wish.pop("wait", False))
        message, media = compose(Written.from_json(wish), self.account_sid, request.origin)
        self.store.add(message, media)
        return self._deliver(message, times, wait)

    def redeliver(self, request: Request, sid: str) -> Answer:
        """The same message to the webhook again, the form unchanged."""
        message = self.store.message(sid)
        if message is None or not message.inbound:
            raise Refused(20404)
        return self._deliver(message, int(request.json.get("deliveries", 1)), bool(request.json.get("wait")))

    def press(self, request: Request, sid: str) -> Answer:
        """Whoever got this template presses a button: ``button`` counts from 0; the rest as in ``write``."""
        message = self.store.message(sid)
        if message is None or message.inbound:
            raise Refused(20404)
        wish = dict(request.json)
        times, wait = int(wish.pop("deliveries", 1)), bool(wish.pop("wait", False))
        buttons = json.loads(message.form.get(BUTTONS, "[]"))
        number = int(wish.pop("button", 0))
        if not 0 <= number < len(buttons):
            raise ValueError(f"this message has {len(buttons)} buttons")
        written = Written(
            sender=message.recipient,
            recipient=message.sender,
            button_text=buttons[number]["title"],
            button_payload=buttons[number]["id"],
            replied_to=sid,
            **wish,
        )
        reply, media = compose(written, self.account_sid, request.origin)
        self.store.add(reply, media)
        return self._deliver(reply, times, wait)

    def _deliver(self, message: Message, times: int, wait: bool) -> Answer:
        pending = [self.deliveries.submit(self._post, message) for _ in range(times)]
        answered = [one.result() for one in pending] if wait else []
        return answer_json({"sid": message.sid, "webhook": answered}, 201)

    def _post(self, message: Message) -> int:
        status = self.caller.post(self.webhook_base_url + WEBHOOK_PATH, message.form)
        self.store.set_webhook_status(message.sid, status)
        return status
