"""Requests and answers of the stand-in: the least of HTTP that its two APIs need, on plain WSGI.

Not Flask: the stand-in stands inside our own benchmarks, where its CPU time is taken from what is measured.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

StartResponse = Callable[..., Any]
Environ = dict[str, Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]


class ConnectionDropped(Exception):
    """The caller shall get no answer: the server closes the connection at once."""


@dataclass(frozen=True)
class Request:
    """One request. Form and query values keep their order, blank ones included."""

    environ: Environ

    @property
    def method(self) -> str:
        return str(self.environ["REQUEST_METHOD"])

    @property
    def path(self) -> str:
        return str(self.environ["PATH_INFO"])

    def header(self, name: str) -> str:
        return str(self.environ.get("HTTP_" + name.upper().replace("-", "_"), ""))

    @property
    def content_type(self) -> str:
        return str(self.environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()

    @property
    def origin(self) -> str:
        """Scheme and host as the caller sees them, e.g. ``http://127.0.0.1:8101``."""
        host = self.header("Host") or f"{self.environ['SERVER_NAME']}:{self.environ['SERVER_PORT']}"
        return f"{self.environ.get('wsgi.url_scheme', 'http')}://{host}"

    @cached_property
    def body(self) -> bytes:
        length = int(self.environ.get("CONTENT_LENGTH") or 0)
        content: bytes = self.environ["wsgi.input"].read(length) if length else b""
        return content

    @cached_property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(str(self.environ.get("QUERY_STRING", "")), keep_blank_values=True)

    @cached_property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)

    def first(self, name: str) -> str:
        """The form's value, or ``""``."""
        return self.form.get(name, [""])[0]

    def asked(self, name: str, default: str = "") -> str:
        """The query's value."""
        return self.query.get(name, [default])[0]

    @cached_property
    def json(self) -> dict[str, Any]:
        """The JSON object of the body; raises ValueError when it is none."""
        value = json.loads(self.body or b"{}")
        if not isinstance(value, dict):
            raise ValueError("a JSON object is expected")
        return value


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = field(default=())
    pieces: Iterable[bytes] | None = None
    """Sent as they come, instead of a body; then the connection is closed. Its length is not told by itself."""

    def send(self, start_response: StartResponse) -> Iterable[bytes]:
        if self.pieces is not None:
            told = (("Connection", "close"), ("Content-Type", self.content_type), *self.headers)
            start_response(f"{self.status} {HTTPStatus(self.status).phrase}", list(told))
            return self.pieces
        headers = [("Content-Length", str(len(self.body))), *self.headers]
        if self.body:
            headers.append(("Content-Type", self.content_type))
        start_response(f"{self.status} {HTTPStatus(self.status).phrase}", headers)
        return [self.body]


def answer_json(value: object, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    return Answer(status, json.dumps(value).encode(), headers=headers)
