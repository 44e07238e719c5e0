"""Open pages of the desk, as browsers hold them: a stream each, and the news are fetched when it says so."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from bot.web.accounts.keys import derive_keys

FETCHING = 8  # at once


def session_cookie(secret: str, uniquifier: str) -> str:
    """What the sign-in page would have given this account."""
    app = Flask(__name__)
    app.secret_key = derive_keys(secret).session
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return f"session={serializer.dumps({'_user_id': uniquifier, '_fresh': False})}"


class Pages:
    """``heard`` and ``shown``: by page, when an event came and when its news were there (monotonic seconds)."""

    def __init__(self, port: int, cookies: list[str]) -> None:
        self.heard: dict[int, list[float]] = defaultdict(list)
        self.shown: dict[int, list[float]] = defaultdict(list)
        self.greeted: set[int] = set()
        self.bytes_a_page = 0
        self._port = port
        self._cookies = cookies
        self._fetching = ThreadPoolExecutor(FETCHING)
        self._ears = selectors.DefaultSelector()
        self._closed = False

    def open(self) -> None:
        for page, cookie in enumerate(self._cookies):
            door = socket.create_connection(("127.0.0.1", self._port))
            door.sendall(f"GET /desk/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
            self._ears.register(door, selectors.EVENT_READ, page)
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._closed = True
        self._fetching.shutdown(cancel_futures=True)

    def _listen(self) -> None:
        while not self._closed:
            for key, _ in self._ears.select(0.2):
                assert isinstance(key.fileobj, socket.socket)
                said = key.fileobj.recv(65536)
                if not said:
                    self._ears.unregister(key.fileobj)
                    key.fileobj.close()
                    self._greeted_not(key.data)
                elif b"event: hello" in said:
                    self.greeted.add(key.data)
                elif b"queue" in said:
                    self.heard[key.data].append(time.monotonic())
                    if not self._closed:
                        self._fetching.submit(self._fetch, key.data)

    def _greeted_not(self, page: int) -> None:
        self.greeted.discard(page)

    def _fetch(self, page: int) -> None:
        address = f"http://127.0.0.1:{self._port}/desk/news?since="
        request = Request(address, headers={"Cookie": self._cookies[page], "Accept-Encoding": "gzip"})
        with urlopen(request, timeout=20) as answer:
            self.bytes_a_page = len(answer.read())
        self.shown[page].append(time.monotonic())
