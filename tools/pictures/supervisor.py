"""The supervisor's page: now, the week, and the tickets behind a number."""

from __future__ import annotations

from tools.pictures import story
from tools.pictures.album import Album
from tools.pictures.stage import DESK, PHONE, Stage


def take(stage: Stage, album: Album) -> None:
    album.take(
        stage.open_as("Syamsul", "/supervisor"), "supervisor-empty", "The supervisor's page before the first day"
    )
    story.a_morning(stage.sapa)
    page = stage.open_as("Syamsul", "/supervisor")
    album.take(page, "supervisor", "The supervisor's page: now, then the week")
    album.take(stage.open_as("Syamsul", "/supervisor", PHONE), "supervisor-phone", "The same on a phone")
    album.take(stage.open_as("Syamsul", "/supervisor", dark=True), "supervisor-dark", "The same, dark")
    page.get_by_role("link").filter(has_text="1").last.click()
    page.wait_for_load_state()
    album.take(page, "supervisor-tickets", "The tickets behind a number")
    album.take(
        stage.open_as("Syamsul", "/supervisor", language="en"), "supervisor-en", "The supervisor's page in English"
    )
    stage.sapa.clock.advance(minutes=30)  # and neither worker nor clock was heard of meanwhile
    for size, after in ((DESK, ""), (PHONE, "-phone")):
        album.take(stage.open_as("Syamsul", "/supervisor", size), f"supervisor-down{after}", "Something stands still")
