"""The stand-in as one WSGI app: which path is answered by what, and the one place that joins its pieces."""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.gateways.fake_twilio.callbacks import Courses
from bot.gateways.fake_twilio.content_api import ContentApi
from bot.gateways.fake_twilio.control_api import ControlApi
from bot.gateways.fake_twilio.errors import Refused, error_answer
from bot.gateways.fake_twilio.faults import Faults
from bot.gateways.fake_twilio.inbound_api import InboundApi
from bot.gateways.fake_twilio.media_api import MediaApi
from bot.gateways.fake_twilio.messages_api import MessagesApi
from bot.gateways.fake_twilio.records import API_VERSION
from bot.gateways.fake_twilio.store import Store
from bot.gateways.fake_twilio.templates import Template, Templates
from bot.gateways.fake_twilio.timetable import Timetable
from bot.gateways.fake_twilio.webhook import WebhookCaller
from bot.gateways.fake_twilio.wire import Answer, Environ, Request, StartResponse, answer_json

CALLBACK_THREADS = 8
WEBHOOK_THREADS = 8

Handler = Callable[..., Answer]


@dataclass(frozen=True)
class Route:
    pattern: re.Pattern[str]
    handlers: dict[str, Handler]


def route(path: str, **handlers: Handler) -> Route:
    """``<name>`` in the path stands for one part of it."""
    return Route(re.compile(re.sub(r"<\w+>", r"([\\w-]+)", path.replace(".", r"\.")) + "$"), handlers)


class FakeTwilio:
    """The WSGI app. ``close()`` ends its background threads."""

    def __init__(
        self, account_sid: str, auth_token: str, webhook_base_url: str, store: Path | None, window: float | None
    ) -> None:
        self._store = Store(store)
        self._templates = Templates(store)
        self._timetable = Timetable(CALLBACK_THREADS, "callbacks")
        self._caller = WebhookCaller(auth_token, CALLBACK_THREADS + WEBHOOK_THREADS)
        self._deliveries = ThreadPoolExecutor(WEBHOOK_THREADS, thread_name_prefix="webhooks")
        faults = Faults()
        courses = Courses(account_sid, self._store, self._caller, self._timetable)
        media = MediaApi(account_sid, self._store, faults)
        messages = MessagesApi(account_sid, self._store, faults, courses, self._templates, window)
        base_url = webhook_base_url.rstrip("/")
        inbound = InboundApi(account_sid, base_url, self._store, self._caller, self._deliveries)
        content = ContentApi(self._templates, messages)
        control = ControlApi(self._store, faults, courses, media)
        self._key = b"Basic " + base64.b64encode(f"{account_sid}:{auth_token}".encode())
        self._twilio = twilio_routes(account_sid, messages, media)
        self._open = [
            route("/cdn/<token>", GET=media.from_cdn),
            *inbound_routes(inbound),
            *content_routes(content),
            *control_routes(control),
        ]
        courses.resume()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        try:
            answer = self._answer(request)
        except Refused as refusal:
            answer = error_answer(refusal.code)
        except (KeyError, TypeError, ValueError) as wrong:
            answer = answer_json({"message": f"The request is not understood: {wrong}"}, 400)
        return answer.send(start_response)

    def close(self) -> None:
        self._timetable.close()
        self._deliveries.shutdown(wait=False, cancel_futures=True)
        self._caller.close()
        self._store.close()
        self._templates.close()

    def put_template(self, wish: Mapping[str, Any]) -> None:
        """As the control API's ``PUT /control/templates``."""
        self._templates.put(Template.from_json(wish))

    def _answer(self, request: Request) -> Answer:
        if not request.path.startswith(f"/{API_VERSION}/"):
            # Another site's page can send a form to this port from a browser, but no JSON.
            if request.method in ("POST", "PUT") and request.content_type != "application/json":
                return answer_json({"message": "application/json is expected"}, 415)
            return self._dispatch(self._open, request)
        if not hmac.compare_digest(request.header("Authorization").encode(), self._key):
            raise Refused(20003)
        return self._dispatch(self._twilio, request)

    def _dispatch(self, routes: list[Route], request: Request) -> Answer:
        for one in routes:
            match = one.pattern.match(request.path)
            if match:
                handler = one.handlers.get(request.method)
                if handler is None:
                    raise Refused(20004)
                return handler(request, *match.groups())
        raise Refused(20404)


def twilio_routes(account_sid: str, messages: MessagesApi, media: MediaApi) -> list[Route]:
    base = f"/{API_VERSION}/Accounts/{account_sid}/Messages"
    one, its_media = f"{base}/<sid>", f"{base}/<sid>/Media"
    return [
        route(f"{base}.json", POST=messages.create, GET=messages.list),
        route(f"{one}.json", GET=messages.fetch, POST=messages.update, DELETE=messages.delete),
        route(f"{its_media}.json", GET=media.list),
        route(f"{its_media}/<media>.json", GET=media.fetch, DELETE=media.delete),
        route(f"{its_media}/<media>", GET=media.content, DELETE=media.delete),
    ]


def inbound_routes(inbound: InboundApi) -> list[Route]:
    return [
        route("/control/inbound", POST=inbound.write),
        route("/control/inbound/<sid>/webhook", POST=inbound.redeliver),
        route("/control/messages/<sid>/press", POST=inbound.press),
    ]


def content_routes(content: ContentApi) -> list[Route]:
    return [
        route("/control/templates", GET=content.list, PUT=content.put),
        route("/control/window", PUT=content.set_window),
    ]


def control_routes(control: ControlApi) -> list[Route]:
    faults: dict[str, Any] = {"GET": control.list_faults, "POST": control.add_fault}
    habits: dict[str, Any] = {"GET": control.habits, "PUT": control.set_habits, "POST": control.tell}
    return [
        route("/control/thread", GET=control.thread),
        route("/control/media/<sid>", GET=control.phone_media),
        route("/control/cdn", PUT=control.set_cdn),
        route("/control/faults", **faults, DELETE=control.clear_faults),
        route("/control/callbacks", **habits),
        route("/control/counts", GET=control.counts),
        route("/control/cpu", GET=control.cpu),
        route("/control/reset", POST=control.reset),
    ]


def create_fake_twilio(
    account_sid: str, auth_token: str, webhook_base_url: str, store: Path | None = None, window: float | None = None
) -> FakeTwilio:
    """``webhook_base_url`` is where Sapa listens (SAPA_PUBLIC_URL or a way to it that it signs for);
    ``store`` the SQLite file that outlives a restart, None = memory; ``window`` as in MessagesApi."""
    return FakeTwilio(account_sid, auth_token, webhook_base_url, store, window)
