"""Open pages of the desk, as browsers hold them: a stream each, and the news are fetched when it says so."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections import defaultdict
from typing import Any
from urllib.request import Request, urlopen

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from bot.web.accounts.keys import derive_keys


def session_cookie(secret: str, uniquifier: str) -> str:
    """What the sign-in page would have given this account."""
    app = Flask(__name__)
    app.secret_key = derive_keys(secret).session
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return f"session={serializer.dumps({'_user_id': uniquifier, '_fresh': False})}"


class Pages:
    """``heard`` and ``shown``: by page, when an event came and when its news were there (monotonic seconds);
    ``told_of_stop``: whose stream said that the server stops. As in a browser a page has one question on its way; what
    it hears meanwhile it asks once, afterwards."""

    def __init__(self, port: int, cookies: list[str]) -> None:
        self.heard: dict[int, list[float]] = defaultdict(list)
        self.shown: dict[int, list[float]] = defaultdict(list)
        self.greeted: set[int] = set()
        self.told_of_stop: set[int] = set()
        self.bytes_a_page = 0
        self._port = port
        self._cookies = cookies
        self._asks = [threading.Event() for _ in cookies]
        self._ears = selectors.DefaultSelector()
        self._rests = False

    def open(self) -> None:
        for page, cookie in enumerate(self._cookies):
            door = socket.create_connection(("127.0.0.1", self._port))
            door.sendall(f"GET /desk/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
            self._ears.register(door, selectors.EVENT_READ, page)
            threading.Thread(target=self._fetch, args=(page,), daemon=True).start()
        threading.Thread(target=self._listen, daemon=True).start()

    def rest(self) -> None:
        """Ask for no more news; the streams stay."""
        self._rests = True

    def _listen(self) -> None:
        while self._ears.get_map():
            for key, _ in self._ears.select(0.2):
                self._hear(key.fileobj, key.data)

    def _hear(self, door: Any, page: int) -> None:
        said = door.recv(65536)
        if b"event: stopping" in said:
            self.told_of_stop.add(page)
        if not said or page in self.told_of_stop:  # a browser's page leaves at once
            self._ears.unregister(door)
            door.close()
            self.greeted.discard(page)
        elif b"event: hello" in said:
            self.greeted.add(page)
        elif b"queue" in said:
            self.heard[page].append(time.monotonic())
            self._asks[page].set()

    def _fetch(self, page: int) -> None:
        address = f"http://127.0.0.1:{self._port}/desk/news?since="
        request = Request(address, headers={"Cookie": self._cookies[page], "Accept-Encoding": "gzip"})
        while self._asks[page].wait() and not self._rests:
            self._asks[page].clear()
            try:
                with urlopen(request, timeout=20) as answer:
                    self.bytes_a_page = len(answer.read())
            except OSError:
                return  # the server stops
            self.shown[page].append(time.monotonic())
