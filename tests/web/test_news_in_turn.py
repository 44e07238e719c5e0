"""News of many pages come one after the other, and a server that stops keeps nobody waiting for theirs."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.exceptions import ServiceUnavailable

from bot.web.live.turns import Turns


def test_who_waits_for_news_when_the_server_stops_is_sent_away_at_once() -> None:
    turns, begun, goes_on = Turns(), threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert goes_on.wait(10)
        return "news"

    with ThreadPoolExecutor(4) as pages:
        first = pages.submit(turns.take, slow)
        assert begun.wait(10)
        waiting = [pages.submit(turns.take, lambda: "rendered") for _ in range(3)]
        turns.stop()
        goes_on.set()
        assert first.result(10) == "news", "what was begun is brought to its end"
        for page in waiting:
            with pytest.raises(ServiceUnavailable):
                page.result(10)
