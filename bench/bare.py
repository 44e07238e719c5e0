"""The bare route that the webhook is measured against: Flask, the signature, one durable insert, nothing else.

Tried: one connection under a lock is faster than one a thread, whose writers meet SQLite's busy handler.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator


def create_app() -> Flask:
    app = Flask(__name__)
    url = os.environ["BENCH_SIGNED_URL"]
    validator = RequestValidator(os.environ["BENCH_TOKEN"])
    database = sqlite3.connect(os.environ["BENCH_DATABASE"], check_same_thread=False, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS inbound (id INTEGER PRIMARY KEY, sid TEXT UNIQUE, form TEXT)")
    lock = threading.Lock()

    @app.post("/webhooks/twilio/messages")
    def messages() -> Response:
        if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
            abort(403)
        form = request.form.to_dict()
        with lock:
            database.execute("INSERT INTO inbound (sid, form) VALUES (?, ?)", (form["MessageSid"], json.dumps(form)))
        return Response("<Response/>", mimetype="text/xml")

    return app
