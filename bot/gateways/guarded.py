"""Connections to hosts that an answer names: they lead to the public internet only, and end when they must.

What was really connected to is looked at, since a name can mean one address when it is checked and another when it is
used. And a host that sends a byte now and then meets no time-out between two pieces, so the whole exchange has an end.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNICAST = ipaddress.IPv6Network("2000::/3")  # all that was ever given out of IPv6
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # where a network without IPv4 finds the world's (RFC 6052)


class PrivateAddress(Exception):
    """A host has an address that is not of the public internet. No OSError: urllib3 would make it one of its own."""


def is_public(address: Address) -> bool:
    """An IPv6 address that stands for an IPv4 one is what that is."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is None:
            return address in UNICAST and address.is_global
        address = inner
    return address.is_global and not address.is_multicast


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    translated = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None
    return address.ipv4_mapped or address.sixtofour or translated


class Exchange:
    """All that is said for one file, on however many connections. At its end they are cut, whatever they are doing."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._held: list[socket.socket] = []
        self._lock = threading.Lock()
        self._alarm = threading.Timer(seconds, self._cut)
        self._alarm.daemon = True

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end

    def start(self) -> None:
        self._alarm.start()

    def hold(self, connected: socket.socket) -> None:
        """A second handle on the same connection: TLS takes the first one away."""
        with self._lock:
            self._held.append(socket.socket(fileno=os.dup(connected.fileno())))
        if self.is_over:
            self._cut()

    def _cut(self) -> None:
        with self._lock, suppress(OSError):  # it ended by itself
            for held in self._held:
                held.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._alarm.cancel()
        with self._lock:
            for held in self._held:
                held.close()
            self._held.clear()


_now: ContextVar[Exchange] = ContextVar("the exchange this thread is in")


@contextmanager
def exchange(seconds: float) -> Iterator[Exchange]:
    """What this thread asks guarded pools for meanwhile is one Exchange."""
    made = Exchange(seconds)
    entered = _now.set(made)
    made.start()
    try:
        yield made
    finally:
        made.close()
        _now.reset(entered)


def guarded_pools(may_reach: Callable[[Address], bool], patience: urllib3.Timeout, idle: int) -> urllib3.PoolManager:
    """Pools whose connections are closed, before a byte is sent, when they lead where they must not. To be used within
    an `exchange`. ``idle``: connections kept open to a host."""

    def guarded(connected: socket.socket) -> socket.socket:
        if may_reach(ipaddress.ip_address(connected.getpeername()[0].partition("%")[0])):
            _now.get().hold(connected)
            return connected
        connected.close()
        raise PrivateAddress

    class GuardedHttp(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return guarded(super()._new_conn())

        def request(self, *asked: Any, **more: Any) -> None:
            _hold_open(self)
            super().request(*asked, **more)

    class GuardedHttps(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return guarded(super()._new_conn())

        def request(self, *asked: Any, **more: Any) -> None:
            _hold_open(self)
            super().request(*asked, **more)

    class HttpPool(HTTPConnectionPool):
        ConnectionCls: Any = GuardedHttp

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls: Any = GuardedHttps

    pools = urllib3.PoolManager(maxsize=idle, retries=False, timeout=patience)
    pools.pool_classes_by_scheme = {"http": HttpPool, "https": HttpsPool}
    return pools


def _hold_open(connection: HTTPConnection) -> None:
    """One that was used before and kept open."""
    if connection.sock is not None:
        _now.get().hold(connection.sock)
