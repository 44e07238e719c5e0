"""The door Twilio knocks at: a citizen's message, and receipts for ours. Signed, form-encoded, POST only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from flask import Blueprint, Response, abort, request

from bot.contracts import InboundForm
from bot.db.session import Database
from bot.desk import notice_receipts, receipts
from bot.flow.receive import QuietWindows, receive
from bot.web.metrics import Counters
from bot.web.signature import SignatureCheck

log = structlog.get_logger()

FORM = "application/x-www-form-urlencoded"
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
MAX_BODY_BYTES = 2_000_000  # a 64 kB text in a script of three bytes a letter, each percent-encoded, and room


def webhook_blueprint(
    database: Database,
    check: SignatureCheck,
    quiet: QuietWindows,
    counters: Counters,
    now: Callable[[], datetime],
) -> Blueprint:
    """``/webhooks/twilio/messages`` and ``/webhooks/twilio/status``."""
    doors = Blueprint("webhook", __name__, url_prefix="/webhooks/twilio")

    @doors.before_request
    def _only_twilio() -> None:
        request.max_content_length = MAX_BODY_BYTES
        request.max_form_memory_size = MAX_BODY_BYTES
        if request.method == "POST" and request.mimetype != FORM:
            abort(415)
        if not check.holds(request):
            counters.refused.inc()
            log.warning("signature_refused", path=request.path)
            abort(403)

    @doors.post("/messages")
    def messages() -> Response:
        form = InboundForm(fields=request.form.to_dict())
        outcome = receive(database, form, quiet, now())
        counters.received.labels(outcome=str(outcome)).inc()
        return Response(EMPTY_TWIML, mimetype="text/xml")

    @doors.post("/status")
    def status() -> Response:
        about = "notice" if "notice" in request.args else "message"
        take = notice_receipts.take if about == "notice" else receipts.take
        receipt = receipts.Receipt.from_form(request.form, request.args.get(about, ""), now())
        if receipt is None:
            abort(400)
        if receipt.tells_something:
            outcome = database.write(lambda session: take(session, receipt))
            counters.receipts.labels(outcome=str(outcome)).inc()
        return Response(status=204)

    return doors
