"""``/control/…``: what no Twilio has: looking on, errors on demand. JSON throughout."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from typing import Any

from bot.gateways.fake_twilio.callbacks import Courses, Habits, step_from_json
from bot.gateways.fake_twilio.errors import Refused
from bot.gateways.fake_twilio.faults import Fault, Faults
from bot.gateways.fake_twilio.media_api import MediaApi
from bot.gateways.fake_twilio.records import Media, Message
from bot.gateways.fake_twilio.store import Store
from bot.gateways.fake_twilio.wire import Answer, Request, answer_json

THREAD_LIMIT = 200
MOST_ROWS = 100_000


@dataclass(frozen=True)
class ControlApi:
    store: Store
    faults: Faults
    courses: Courses
    media: MediaApi

    # --- looking on ---
    def thread(self, request: Request) -> Answer:
        """Messages of both directions changed since a version, oldest first; ``citizen`` may repeat or be
        left out (= everybody). The ETag is the version: 304 when nothing changed at all."""
        version = self.store.version
        if request.header("If-None-Match") == f'"{version}"':
            return Answer(304)
        since = int(request.asked("since", "0"))
        limit = min(int(request.asked("limit", str(THREAD_LIMIT))), MOST_ROWS)
        found = self.store.changed_since(since, request.query.get("citizen", []), limit)
        # What came between the two reads is in the list already, and must not be told again.
        version = max([version, *(message.changed for message in found)])
        messages = [self._seen(message) for message in found]
        tag = (("ETag", f'"{version}"'),)
        return answer_json({"version": version, "messages": messages}, headers=tag)

    def _seen(self, message: Message) -> dict[str, Any]:
        media = self.store.media_of(message.sid) if message.num_media else []
        return {
            "sid": message.sid,
            "citizen": message.citizen,
            "office": message.office,
            "direction": message.direction,
            "body": message.body,
            "status": message.status,
            "error_code": message.error_code,
            "created": message.created,
            "webhook_status": message.webhook_status,
            "form": message.form,
            "media": [seen_media(one) for one in media],
            "changed": message.changed,
            "born": message.born,
        }

    def phone_media(self, request: Request, sid: str) -> Answer:
        """A picture as the citizen's own phone keeps it, also after Twilio's copy is deleted."""
        media = self.store.media(sid)
        content = self.store.on_phone(sid)
        if media is None or content is None:
            raise Refused(20404)
        return Answer(200, content, media.content_type)

    def counts(self, request: Request) -> Answer:
        totals = self.store.totals()
        return answer_json(
            {
                "created": totals.get("outbound-api", 0),
                "inbound": totals.get("inbound", 0),
                "callbacks": self.courses.counts(),
                "media_asked_with_credentials": self.media.with_credentials,
            }
        )

    def cpu(self, request: Request) -> Answer:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return answer_json({"seconds": used.ru_utime + used.ru_stime})

    # --- trouble ---
    def add_fault(self, request: Request) -> Answer:
        self.faults.add(Fault.from_json(request.json))
        return self.list_faults(request)

    def list_faults(self, request: Request) -> Answer:
        return answer_json({"faults": self.faults.as_json()})

    def clear_faults(self, request: Request) -> Answer:
        self.faults.clear()
        return Answer(204)

    def habits(self, request: Request) -> Answer:
        return answer_json(self.courses.habits.as_json())

    def set_habits(self, request: Request) -> Answer:
        """Replaces them: what is left out is as usual again. Holds for messages created from now on."""
        self.courses.habits = Habits.from_json(request.json)
        return self.habits(request)

    def tell(self, request: Request) -> Answer:
        """One callback by hand, the message's own status unchanged: ``sid``, ``status``, ``error_code``."""
        message = self.store.message(str(request.json["sid"]))
        if message is None or not message.callback:
            raise Refused(20404)
        return answer_json({"answered": self.courses.tell(message, step_from_json(request.json))})

    def set_cdn(self, request: Request) -> Answer:
        """``origin`` of the CDN; empty = the caller's own way here."""
        self.media.cdn = str(request.json.get("origin", ""))
        return Answer(204)

    def reset(self, request: Request) -> Answer:
        """Empty and well-behaved again, counts included. The account's templates stay."""
        self.store.clear()
        self.faults.clear()
        self.courses.habits = Habits()
        self.courses.forget_counts()
        self.media.cdn, self.media.with_credentials = "", 0
        return Answer(204)


def seen_media(media: Media) -> dict[str, Any]:
    return {
        "sid": media.sid,
        "content_type": media.content_type,
        "url": media.url,
        "deleted_at_twilio": bool(media.deleted),
    }
