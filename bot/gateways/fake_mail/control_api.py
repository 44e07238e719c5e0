"""``/mail/…``: looking into the inboxes, and trouble on demand. JSON throughout."""

from __future__ import annotations

from collections.abc import Iterable

from bot.gateways.fake_mail.faults import Fault, Faults
from bot.gateways.fake_mail.inbox import Inbox
from bot.gateways.fake_twilio.wire import Answer, Environ, Request, StartResponse, answer_json

CONTROL_PATH = "/mail/"  # so that one server can answer this and the stand-in Twilio


class ControlApi:
    def __init__(self, inbox: Inbox, faults: Faults) -> None:
        self._inbox = inbox
        self._faults = faults
        self._answers = {
            ("GET", "/mail/messages"): self._list,
            ("DELETE", "/mail/messages"): self._clear,
            ("GET", "/mail/faults"): self._list_faults,
            ("POST", "/mail/faults"): self._add_fault,
            ("DELETE", "/mail/faults"): self._clear_faults,
        }

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        if request.method == "POST" and request.content_type != "application/json":
            # another site's page can send a form to this port from a browser, but no JSON
            return answer_json({"message": "application/json is expected"}, 415).send(start_response)
        handler = self._answers.get((request.method, request.path))
        if handler is None:
            return answer_json({"message": "There is no such thing."}, 404).send(start_response)
        try:
            answer = handler(request)
        except (KeyError, TypeError, ValueError) as wrong:
            answer = answer_json({"message": f"The request is not understood: {wrong}"}, 400)
        return answer.send(start_response)

    def _list(self, request: Request) -> Answer:
        """``to``: of one recipient; ``since``: newer than this number."""
        found = self._inbox.listed(request.asked("to"), int(request.asked("since", "0")))
        return answer_json({"messages": [one.as_json() for one in found]})

    def _clear(self, request: Request) -> Answer:
        self._inbox.clear()
        return Answer(204)

    def _list_faults(self, request: Request) -> Answer:
        return answer_json({"faults": self._faults.as_json()})

    def _add_fault(self, request: Request) -> Answer:
        self._faults.add(Fault.from_json(request.json))
        return self._list_faults(request)

    def _clear_faults(self, request: Request) -> Answer:
        self._faults.clear()
        return Answer(204)
