"""The desk: the queue, conversations and papers, in every state."""

from __future__ import annotations

from tools.pictures import story
from tools.pictures.album import Album
from tools.pictures.stage import DESK, PHONE, ZOOMED, Stage


def take(stage: Stage, album: Album) -> None:
    album.take(stage.open_as("Hasnah", "/desk"), "desk-empty", "The desk with nobody waiting")
    album.take(stage.open_as("Hasnah", "/desk", PHONE), "desk-empty-phone", "The same on a phone")
    story.a_morning(stage.sapa)
    for size, after in ((DESK, ""), (PHONE, "-phone"), (ZOOMED, "-200")):
        album.take(stage.open_as("Hasnah", "/desk", size), f"desk{after}", "The desk on a busy morning")
    album.take(stage.open_as("Hasnah", "/desk", dark=True), "desk-dark", "The same, dark")
    album.take(stage.open_as("Hasnah", "/desk?lang=en"), "desk-en", "The same in English")
