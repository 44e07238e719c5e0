"""The stand-in as a whole: an SMTP server in a thread of its own, and the WSGI app that steers it."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import SMTP

from bot.gateways.fake_mail.control_api import ControlApi
from bot.gateways.fake_mail.faults import Faults
from bot.gateways.fake_mail.inbox import Inbox
from bot.gateways.fake_mail.smtp import Keeper
from bot.gateways.fake_twilio.server import running
from bot.gateways.fake_twilio.wire import Environ, StartResponse

Authenticator = Callable[..., Any]


class FakeMail:
    """Listens from the start (raises OSError when the port is taken), answers once ``serve_mail()`` runs; calling it
    answers the control API.

    ``encrypted``: STARTTLS is offered and asked for. ``sign_in``: aiosmtpd's authenticator; None: nobody must.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        encrypted: ssl.SSLContext | None = None,
        sign_in: Authenticator | None = None,
    ) -> None:
        inbox, faults = Inbox(), Faults()
        self._control = ControlApi(inbox, faults)
        self._keeper = Keeper(inbox, faults)
        self._ways: dict[str, Any] = {"tls_context": encrypted, "require_starttls": encrypted is not None}
        if sign_in:
            self._ways |= {"authenticator": sign_in, "auth_required": True, "auth_require_tls": encrypted is not None}
        self._socket = socket.create_server((host, port))
        self._loop = asyncio.new_event_loop()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return self._control(environ, start_response)

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    def serve_mail(self) -> None:
        """Until ``close()``; for a thread of its own."""
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._loop.create_server(self._conversation, sock=self._socket))
        self._loop.run_forever()
        self._loop.close()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _conversation(self) -> SMTP:
        return SMTP(self._keeper, hostname="stand-in", ident="stand-in", loop=self._loop, **self._ways)


@contextmanager
def running_mail(mail: FakeMail) -> Iterator[str]:
    """Serves mail and its control from this process and yields the control's base URL; for tests."""
    thread = threading.Thread(target=mail.serve_mail, daemon=True)
    thread.start()
    try:
        with running(mail) as url:
            yield url
    finally:
        mail.close()
        thread.join(timeout=5)
