"""Serves the model over Rasa's HTTP contract: ``nlu/.venv/bin/python nlu/server.py --host 127.0.0.1 --port 5005``.

    POST /model/parse        {"text": "…"}      -> Rasa's answer: text, intent, intent_ranking, entities, also
    POST /model/parse_batch  {"texts": ["…"]}   -> a list of the same, in order, read in one pass
    GET  /status                                -> the model in use; answers only once the model is loaded

A new file in the model's place is taken into use while requests go on (reader.py).
400 with a sentence for a body that does not fit, 413 over 64 kB. Loopback only: there is no sign-in here.
Texts are never logged. Reading is a few milliseconds of arithmetic, so one event loop does it between requests;
a second thread would only wait for the same lock.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

STARTED = time.monotonic()
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from nlu.surroundings import ROOT  # isort: skip

import ipaddress
import json
import os
import socket
from typing import TYPE_CHECKING, Any

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, raw

if TYPE_CHECKING:
    from nlu.reader import Reader

LARGEST_BODY = 64 * 1024
LARGEST_BATCH = 256
KEEP_ALIVE_SECONDS = 300
STOP_SECONDS = 0.3


class Refused(Exception):
    """The request does not fit; the text says why and goes to the caller."""


def create_app(reader: Reader) -> Sanic:
    app = Sanic("sapa_nlu", configure_logging=False)
    app.config.update(
        REQUEST_MAX_SIZE=LARGEST_BODY,
        KEEP_ALIVE_TIMEOUT=KEEP_ALIVE_SECONDS,
        GRACEFUL_SHUTDOWN_TIMEOUT=STOP_SECONDS,
        ACCESS_LOG=False,
    )

    @app.post("/model/parse")
    async def parse(request: Request) -> HTTPResponse:
        text = _field(request.body, "text")
        if not isinstance(text, str):
            raise Refused('"text" must be a string')
        return _json(reader.parse([text])[0])

    @app.post("/model/parse_batch")
    async def parse_batch(request: Request) -> HTTPResponse:
        texts = _field(request.body, "texts")
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise Refused('"texts" must be a list of strings')
        if len(texts) > LARGEST_BATCH:
            raise Refused(f'"texts" may hold at most {LARGEST_BATCH} texts')
        return _json(reader.parse(texts))

    @app.get("/status")
    async def status(_: Request) -> HTTPResponse:
        state = {"model_id": reader.model_id, "model_file": reader.model_name, "num_active_training_jobs": 0}
        return _json(state)

    @app.exception(Refused)
    async def refused(_: Request, reason: Refused) -> HTTPResponse:
        return _json({"status": "failure", "code": 400, "message": str(reason)}, 400)

    @app.exception(SanicException)
    async def sanic_says(_: Request, reason: SanicException) -> HTTPResponse:
        code = reason.status_code
        return _json({"status": "failure", "code": code, "message": str(reason)}, code)

    return app


def _field(body: bytes, name: str) -> Any:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("the body is not JSON") from None
    if not isinstance(content, dict) or name not in content:
        raise Refused(f'the body must be an object with "{name}"')
    return content[name]


def _json(content: Any, status: int = 200) -> HTTPResponse:
    """The standard encoder: it writes lone surrogates as escapes, where Sanic's own one fails."""
    return raw(json.dumps(content).encode("ascii"), status=status, content_type="application/json")


def main() -> int:
    arguments = _arguments()
    if not _is_loopback(arguments.host):
        return _stop(f"The NLU listens on loopback only; {arguments.host} is not. Use 127.0.0.1.")
    if not arguments.model.is_file():
        return _stop(f"No model at {arguments.model}; nlu/train.py makes one.")
    try:
        door = _door(arguments.host, arguments.port)
    except OSError as error:
        return _stop(f"Port {arguments.port} on {arguments.host} cannot be used: {error.strerror}.")
    from nlu.reader import Reader, keep_little  # seconds; what stops the start is told before

    keep_little()
    reader = Reader(arguments.model)
    app = create_app(reader)
    host, port = door.getsockname()[:2]

    @app.after_server_start
    async def ready(*_: Any) -> None:
        print(f"nlu: ready on {host} port {port} after {time.monotonic() - STARTED:.1f} s", flush=True)

    app.add_task(reader.watch())
    app.run(sock=door, motd=False, access_log=False)
    return 0


def _door(host: str, port: int) -> socket.socket:
    """Bound, so that a taken port is told at once, but not yet listening: until the model is loaded callers are
    refused rather than kept waiting."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((host, port))
    return door


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _stop(sentence: str) -> int:
    print(f"nlu: {sentence}", file=sys.stderr)
    return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Serve Sapa's NLU model on loopback.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005, help="0 takes a free one; the first line printed tells it")
    parser.add_argument("--model", type=Path, default=ROOT / "var" / "models" / "current.tar.gz")
    return parser.parse_args()


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # nothing is left to save; unloading all that rasa imports would take most of a second
