"""Runs the stand-in: the standard library's threading server with keep-alive, bridged to WSGI.

Tried on two cores with four connections: gunicorn's gthread worker 3,400 requests/s and 0.25 ms of CPU each,
this one 10,800 and 0.08; the stand-in's CPU is taken from what our benchmarks measure. Werkzeug's server
closes the connection after each answer.
"""

from __future__ import annotations

import io
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import FrameType
from typing import Any
from urllib.parse import unquote_to_bytes

from bot.gateways.fake_twilio.wire import ConnectionDropped, Environ, WsgiApp

LARGEST_BODY = 64 * 1024 * 1024


class WsgiServer(ThreadingHTTPServer):
    """A thread a connection."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], app: WsgiApp) -> None:
        self.app = app
        super().__init__(address, WsgiHandler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away (killed, timed out) is no news; the rest is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class WsgiHandler(BaseHTTPRequestHandler):
    server: WsgiServer
    protocol_version = "HTTP/1.1"
    # Head and body leave in one packet at once; otherwise each answer may wait 40 ms for a delayed ACK.
    wbufsize = -1
    disable_nagle_algorithm = True

    def answer(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if self.headers.get("Transfer-Encoding") or not length.isdigit() or int(length) > LARGEST_BODY:
            self.send_error(411)
            self.close_connection = True
            return
        body = self.rfile.read(int(length))
        try:
            answer = self.server.app(self._environ(body), self._start)
        except ConnectionDropped:
            self.close_connection = True
            return
        try:
            for piece in answer if self.command != "HEAD" else ():
                self.wfile.write(piece)
                if self.close_connection:
                    self.wfile.flush()  # what comes in pieces has its own pace
            self.wfile.flush()
        finally:
            if close := getattr(answer, "close", None):
                close()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        code, _, phrase = status.partition(" ")
        if dict(headers).get("Content-Type", "").startswith("text/event-stream"):
            self.close_connection = True
            headers = [*headers, ("Connection", "close")]
        self.send_response_only(int(code), phrase)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def _environ(self, body: bytes) -> Environ:
        path, _, query = self.path.partition("?")
        host, port = self.server.server_address[:2]
        environ: Environ = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": self.request_version,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "werkzeug.socket": self.connection,
        }
        for name, value in self.headers.items():
            environ.setdefault("HTTP_" + name.upper().replace("-", "_"), value)
        return environ

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: addresses in the query are personal data."""


@contextmanager
def running(app: WsgiApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serves from a thread of this process and yields the base URL; for tests."""
    server = WsgiServer((host, port), app)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def serve(host: str, port: int, app: WsgiApp) -> None:
    """Serves until SIGTERM or SIGINT. Raises OSError when the port is taken."""
    server = WsgiServer((host, port), app)

    def stop(number: int, frame: FrameType | None) -> None:
        # shutdown() waits for the loop that this handler interrupts, so it needs a thread of its own.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.serve_forever(poll_interval=0.2)
    server.server_close()
