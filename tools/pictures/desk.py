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
    album.take(stage.open_as("Hasnah", "/desk", language="en"), "desk-en", "The same in English")
    _papers(stage, album)


def _papers(stage: Stage, album: Album) -> None:
    conversation = story.conversation_of(stage.sapa, story.SITTI)
    for size, after in ((DESK, ""), (PHONE, "-phone")):
        page = stage.open_as("Hasnah", f"/desk/{conversation}", size)
        album.take(page, f"thread-papers{after}", "A conversation with papers")
        page = stage.open_as("Hasnah", "/desk/submissions/1", size)
        album.take(page, f"review{after}", "What a citizen handed in, against what their case needs")
        page.get_by_role("link", name="Periksa berikutnya").click()
        page.wait_for_load_state("networkidle")
        album.take(page, f"file{after}", "One paper large: zoom, turn, accept or reject")
        page.get_by_text("Tolak", exact=True).first.click()
        album.take(
            page, f"file-rejecting{after}", "Why a paper is rejected; the citizen is asked for it again by itself"
        )
