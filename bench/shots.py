"""The requests of a round, made before it: while we measure, the generator only sends bytes.

A *shot* is one question of one citizen. Every citizen asks twice, the second time long after the first answer, so
that new and known citizens come in equal parts and nobody meets the pace limit of one recipient.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from bot.gateways.fake_twilio.inbound import Written, compose

QUESTIONS = tuple(Path(__file__).with_name("questions.txt").read_text(encoding="utf-8").split("\n")[:-1])
GROUP = 128  # citizens who ask for the first time before they ask for the second


@dataclass(frozen=True, slots=True)
class Shot:
    citizen: str
    request: bytes


def asked(first_citizen: int) -> Iterator[tuple[str, str]]:
    """(address, question), without end."""
    questions = (QUESTIONS[number % len(QUESTIONS)] for number in count(first_citizen))
    for start in count(first_citizen, GROUP):
        for _ in range(2):
            for number in range(start, start + GROUP):
                yield f"whatsapp:+628110000{number:07d}", next(questions)


def webhook_shots(first_citizen: int, host: str, url: str, account_sid: str, token: str, office: str) -> Iterator[Shot]:
    """Signed webhooks as Twilio posts them; ``url`` is the address that is signed, posted to by way of ``host``."""
    validator = RequestValidator(token)
    path = "/" + url.split("/", 3)[3]
    for citizen, question in asked(first_citizen):
        written = Written(sender=citizen, recipient=office, body=question, profile_name="Warga Contoh")
        form = compose(written, account_sid, "")[0].form
        headers = {
            "X-Twilio-Signature": validator.compute_signature(url, form),
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "I-Twilio-Idempotency-Token": form["MessageSid"],
        }
        kind = "application/x-www-form-urlencoded; charset=UTF-8"
        yield Shot(citizen, _post(host, path, kind, urlencode(form).encode(), headers))


def rest_shots(first_citizen: int, host: str) -> Iterator[Shot]:
    """The same questions for Rasa's REST channel."""
    for citizen, question in asked(first_citizen):
        body = json.dumps({"sender": citizen, "message": question}).encode()
        yield Shot(citizen, _post(host, "/webhooks/rest/webhook", "application/json", body, {}))


def _post(host: str, path: str, kind: str, body: bytes, headers: dict[str, str]) -> bytes:
    lines = {"Host": host, "Content-Type": kind, "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body
