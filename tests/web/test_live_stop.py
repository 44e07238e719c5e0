"""The real server with open streams: a stop does not wait for them."""

from __future__ import annotations

import time
from pathlib import Path

from bench.installation import sapa
from bench.pages import Pages
from bench.streams import officers
from bot.db.engine import make_engine
from bot.db.session import Database

PAGES = 50
STOPS_WITHIN = 5.0  # seconds


def test_the_server_stops_within_five_seconds_with_fifty_pages_open(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sapa.db'}"
    with sapa(url, tmp_path) as running:
        database = Database(make_engine(url))
        _, cookies = officers(database)
        database.engine.dispose()
        pages = Pages(running.port, cookies[:PAGES])
        pages.open()
        end = time.monotonic() + 30
        while len(pages.greeted) < PAGES and time.monotonic() < end:
            time.sleep(0.05)
        assert len(pages.greeted) == PAGES
        began = time.monotonic()
    assert time.monotonic() - began < STOPS_WITHIN
    assert len(pages.told_of_stop) == PAGES, "the server waited for streams until its grace was over"
