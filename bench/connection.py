"""The least of HTTP that the load generator needs: an HTTP library would cost it more than the sending."""

from __future__ import annotations

import socket

from bench.shots import Shot

NO_MESSAGE = b"[]"  # a REST channel's answer that holds none


class Connection:
    """One keep-alive connection with at most one request on it."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self.citizen = ""
        self.body = b""
        self._received = b""
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(self._address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, shot: Shot) -> None:
        self.citizen = shot.citizen
        self._received = b""
        self.socket.sendall(shot.request)

    def receive(self) -> int:
        """The HTTP status when the answer is complete, else 0. Raises ConnectionError when the server hung up."""
        piece = self.socket.recv(65536)
        if not piece:
            raise ConnectionResetError
        self._received += piece
        head, found, self.body = self._received.partition(b"\r\n\r\n")
        if not found:
            return 0
        _, _, rest = head.lower().partition(b"\r\ncontent-length:")
        if len(self.body) < int(rest.split(b"\r\n", 1)[0] or 0):
            return 0
        return int(head[9:12])
