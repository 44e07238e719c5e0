"""Citizens' files from Twilio: fetched by the worker, and deleted there when they are deleted here.

Credentials go to the media resources of SAPA_TWILIO_API_URL and nowhere else: Twilio redirects to a CDN whose path is
the secret. An address of another host comes from an answer, so it may not lead into our own network
(`bot.gateways.guarded`). That Twilio has not got a file is no last word: its media are there a little later than its
webhook now and then, so such a file is asked for again as long as any.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

import structlog
import urllib3
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import Url, parse_url

from bot.contracts.files import FetchedFile, Refusal
from bot.errors import FileLost, FileRefused, MediaBusy
from bot.gateways.guarded import Address, Exchange, PrivateAddress, exchange, guarded_pools, is_public

log = structlog.get_logger()

LARGEST_BYTES = 16 * 1024 * 1024  # Twilio takes no more
MOST_REDIRECTS = 3
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0  # between two pieces
TOTAL_SECONDS = 60.0  # 16 MB at 2 Mbit/s
PIECE = 64 * 1024
CONNECTIONS = 4
PORTS = {"http": 80, "https": 443}
MEDIA = re.compile(r"/2010-04-01/Accounts/\w+/Messages/\w+/Media/\w+(\.json)?")
REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({404, 410})
NOT_US = frozenset({401, 403})


class TwilioMedia:
    """A MediaFetcher. Safe for many threads. ``may_reach``: which addresses a host other than the API's may have."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        api_url: str,
        *,
        may_reach: Callable[[Address], bool] = is_public,
        read_seconds: float = READ_SECONDS,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._api = _origin(parse_url(api_url))
        self._credentials = urllib3.make_headers(basic_auth=f"{account_sid}:{auth_token}")
        self._total = total_seconds
        patience = urllib3.Timeout(connect=CONNECT_SECONDS, read=read_seconds)
        self._inside = guarded_pools(lambda address: True, patience, CONNECTIONS)
        self._outside = guarded_pools(may_reach, patience, 1)

    def fetch(self, url: str) -> FetchedFile:
        """Raises FileLost, FileRefused or MediaBusy."""
        self._check_media(url)
        try:
            with exchange(self._total) as under_way:
                return self._followed(url, under_way)
        except PrivateAddress:
            log.error("media_redirected_inside")
            raise FileLost("redirected to an address that is not public") from None
        except (HTTPError, OSError) as error:
            raise MediaBusy(type(error).__name__) from None  # its text would quote the address

    def erase(self, url: str) -> None:
        """Raises FileLost or MediaBusy."""
        self._check_media(url)
        try:
            with exchange(self._total):
                answer = self._inside.request("DELETE", url, headers=self._credentials, redirect=False)
        except (HTTPError, OSError) as error:
            raise MediaBusy(type(error).__name__) from None
        if answer.status not in GONE and not 200 <= answer.status < 300:
            raise _refused(answer.status)

    def _check_media(self, url: str) -> None:
        """Only a file of a message: what our credentials are shown, or have deleted, is nothing else."""
        asked = _parsed(url)
        if _origin(asked) != self._api or not self._is_media(asked):
            raise FileLost("not an address of Twilio's media")

    def _is_media(self, url: Url) -> bool:
        return _origin(url) == self._api and bool(MEDIA.fullmatch(url.path or ""))

    def _followed(self, url: str, under_way: Exchange) -> FetchedFile:
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._ask(url)
            try:
                if answer.status not in REDIRECTS:
                    return _file(answer, under_way)
                url = urljoin(url, answer.headers.get("Location", ""))
            finally:
                answer.close()  # a body that was not read to its end spoils the connection
        raise MediaBusy("redirected too often")

    def _ask(self, url: str) -> urllib3.BaseHTTPResponse:
        to = _parsed(url)
        own = _origin(to) == self._api
        if not own and (to.scheme not in PORTS or (self._api[0] == "https" and to.scheme != "https")):
            raise FileLost("redirected to an address without https")
        headers = {"Accept-Encoding": "identity"} | (self._credentials if self._is_media(to) else {})
        pools = self._inside if own else self._outside
        return pools.request("GET", url, headers=headers, redirect=False, preload_content=False, decode_content=False)


def _file(answer: urllib3.BaseHTTPResponse, under_way: Exchange) -> FetchedFile:
    if answer.status != 200:
        # a CDN's 403 and 404 are of an address that has expired; the next try is given a new one
        raise _refused(answer.status)
    length = answer.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > LARGEST_BYTES:
        raise FileRefused(Refusal.BYTES)
    body = _body(answer)
    if under_way.is_over:  # a body without a length that was cut looks like a whole one
        raise MediaBusy("too slow")
    if length.isdecimal() and len(body) != int(length):
        raise MediaBusy("cut short")
    return FetchedFile(body, answer.headers.get("Content-Type", ""))


def _body(answer: urllib3.BaseHTTPResponse) -> bytes:
    """Piece by piece as they come, and no more than one file may have."""
    kept = bytearray()
    while piece := answer.read1(PIECE):
        kept += piece
        if len(kept) > LARGEST_BYTES:
            raise FileRefused(Refusal.BYTES)
    return bytes(kept)


def _refused(status: int) -> MediaBusy:
    if status in NOT_US:
        log.error("twilio_refuses_us", status=status)
    return MediaBusy(f"answered {status}")


def _parsed(url: str) -> Url:
    """By the parser that connects: two parsers may see two hosts in one address. Raises FileLost."""
    try:
        found = parse_url(url)
    except LocationParseError:
        raise FileLost("not an address") from None
    if found.auth or not found.host:
        raise FileLost("not an address of a file")
    return found


def _origin(url: Url) -> tuple[str | None, str | None, int | None]:
    return url.scheme, url.host, url.port or PORTS.get(url.scheme or "")
