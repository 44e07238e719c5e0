"""The stand-in Twilio as a process of its own that tells the load generator, by a datagram, of every reply it took.

``python -m bench.standin <port> <account> <token> <Sapa's address> <socket>``; in memory, nothing is written to disk.
"""

from __future__ import annotations

import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import unquote_plus

from bot.gateways.fake_twilio import create_fake_twilio
from bot.gateways.fake_twilio.server import WsgiServer
from bot.gateways.fake_twilio.wire import Environ, StartResponse, WsgiApp

TOLD = 512  # bytes at most
_TIME = struct.Struct("d")


def read_told(datagram: bytes) -> tuple[float, str]:
    """(monotonic time in seconds, recipient's address)."""
    return _TIME.unpack_from(datagram)[0], datagram[_TIME.size :].decode()


def telling(app: WsgiApp, path: str) -> WsgiApp:
    """``app``, and a datagram to the socket at ``path`` for each message it created."""
    teller = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        is_new = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].endswith("/Messages.json")
        form = environ["wsgi.input"].getvalue() if is_new else b""
        content = app(environ, start_response)
        if is_new:
            at = time.monotonic()
            with suppress(OSError):  # nobody listens between two rounds
                teller.sendto(_TIME.pack(at) + _recipient(form).encode(), path)
        return content

    return answer


def _recipient(form: bytes) -> str:
    _, _, rest = (b"&" + form).partition(b"&To=")
    return unquote_plus(rest.partition(b"&")[0].decode())


def main(port: str, account_sid: str, token: str, webhook_base_url: str, told_at: str) -> None:
    app = create_fake_twilio(account_sid, token, webhook_base_url)
    server = WsgiServer(("127.0.0.1", int(port)), telling(app, told_at))
    # shutdown() waits for the loop that the handler interrupts, so it needs a thread of its own
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever(poll_interval=0.2)
    app.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
