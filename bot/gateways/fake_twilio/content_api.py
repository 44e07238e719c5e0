"""``/control/templates``, ``/control/window``: what Twilio's console and WhatsApp decide in reality."""

from __future__ import annotations

from dataclasses import dataclass

from bot.gateways.fake_twilio.messages_api import MessagesApi
from bot.gateways.fake_twilio.templates import Template, Templates
from bot.gateways.fake_twilio.wire import Answer, Request, answer_json


@dataclass(frozen=True)
class ContentApi:
    templates: Templates
    messages: MessagesApi

    def list(self, request: Request) -> Answer:
        return answer_json({"templates": [one.as_json() for one in self.templates.all()]})

    def put(self, request: Request) -> Answer:
        """An approved template: the fields of Template, ``buttons`` as ``[{"title", "id"}]``."""
        self.templates.put(Template.from_json(request.json))
        return self.list(request)

    def set_window(self, request: Request) -> Answer:
        """``seconds`` in which free text passes after the other side wrote; null: always."""
        seconds = request.json["seconds"]
        self.messages.window = None if seconds is None else float(seconds)
        return Answer(204)
