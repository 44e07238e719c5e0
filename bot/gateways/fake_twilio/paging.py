"""Lists as Twilio filters and pages them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from bot.gateways.fake_twilio.errors import Refused
from bot.gateways.fake_twilio.store import Wanted
from bot.gateways.fake_twilio.wire import Request

LARGEST_PAGE = 1000
DAY = 86_400


def page_size(request: Request) -> int:
    try:
        return max(1, min(int(request.asked("PageSize", "50")), LARGEST_PAGE))
    except ValueError:
        raise Refused(20404) from None


def wanted(request: Request) -> Wanted:
    """``DateSent>`` and ``DateSent<`` include their bound, to the second; ``DateSent`` is one day."""
    day = seconds_of(request.asked("DateSent"))
    since, until = seconds_of(request.asked("DateSent>")), seconds_of(request.asked("DateSent<"))
    token = request.asked("PageToken").removeprefix("PA")
    if day is not None:
        since = day - day % DAY
        until = since + DAY - 1
    return Wanted(
        recipient=request.asked("To"),
        sender=request.asked("From"),
        since=since,
        until=None if until is None else until + 1,
        before_seq=int(token) if token.isdigit() else None,
    )


def seconds_of(date: str) -> float | None:
    """Of ``2026-11-23`` or ``2026-11-23T08:00:00Z``."""
    if not date:
        return None
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        raise Refused(20404) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def page_json(request: Request, key: str, values: list[dict[str, Any]], size: int, token: str) -> dict[str, Any]:
    """A list as Twilio pages it; ``token`` is empty on the last page."""
    number = int(request.asked("Page", "0") or 0)
    filters = [(name, value) for name, given in request.query.items() for value in given]
    kept = [pair for pair in filters if pair[0] not in ("Page", "PageSize", "PageToken")]

    def uri(page: int, page_token: str = "") -> str:
        paging = [("PageSize", str(size)), ("Page", str(page))]
        return f"{request.path}?" + urlencode([*kept, *paging, *([("PageToken", page_token)] if page_token else [])])

    start = number * size
    return {
        key: values,
        "end": start + max(len(values) - 1, 0),
        "first_page_uri": uri(0),
        "next_page_uri": uri(number + 1, token) if token else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": None,
        "start": start,
        "uri": uri(number),
    }
