"""The official client's HTTP layer, on urllib3 with kept connections.

The client's own layer (requests) costs about four times the CPU a message; this is its documented place to put
another (twilio.com/docs/libraries/python/custom-http-clients-python). It never tries twice by itself: what may be
sent again is the outbox's decision.
"""

from __future__ import annotations

import logging
from urllib.parse import urlencode

import urllib3
from twilio.http import HttpClient
from twilio.http.response import Response

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0


class PooledHttp(HttpClient):  # type: ignore[misc]  # the client ships no types
    """Raises urllib3's errors. Its time-outs are its own, the same for every request."""

    def __init__(self, connections: int) -> None:
        super().__init__(logging.getLogger("twilio"), False, READ_SECONDS)
        self._pool = urllib3.PoolManager(
            maxsize=connections, retries=False, timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        )

    def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        sent: dict[str, str] = dict(headers or {})
        if auth:
            sent |= urllib3.make_headers(basic_auth=f"{auth[0]}:{auth[1]}")
        if params:
            url = f"{url}?{_encoded(params)}"
        body = _encoded(data) if data else None
        answer = self._pool.request(method, url, body=body, headers=sent, redirect=allow_redirects)
        return Response(answer.status, answer.data.decode("utf-8", "replace"), answer.headers)


def _encoded(values: dict[str, object]) -> str:
    return urlencode(values, doseq=True)
