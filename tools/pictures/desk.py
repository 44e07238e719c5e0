"""The desk: the queue, conversations and papers, in every state."""

from __future__ import annotations

from playwright.sync_api import Page

from tools.pictures import story
from tools.pictures.album import Album
from tools.pictures.stage import DESK, PHONE, ZOOMED, Stage

SIZES = ((DESK, ""), (PHONE, "-phone"))


def take(stage: Stage, album: Album) -> None:
    album.take(stage.open_as("Hasnah", "/desk"), "desk-empty", "The desk with nobody waiting")
    album.take(stage.open_as("Hasnah", "/desk", PHONE), "desk-empty-phone", "The same on a phone")
    story.a_morning(stage.sapa)
    _lists(stage, album)
    _talk(stage, album)
    _papers(stage, album)
    _pages(stage, album)
    _rough_weather(stage, album)
    story.a_day_later(stage.sapa)
    _late(stage, album)


def _lists(stage: Stage, album: Album) -> None:
    for size, after in (*SIZES, (ZOOMED, "-200")):
        album.take(stage.open_as("Hasnah", "/desk", size), f"desk{after}", "The desk on a busy morning")
    album.take(stage.open_as("Hasnah", "/desk", dark=True), "desk-dark", "The same, dark")
    album.take(stage.open_as("Hasnah", "/desk", language="en"), "desk-en", "The same in English")
    album.take(stage.open_as("Hasnah", "/desk?tray=all"), "desk-all", "Everything that is open")
    page = stage.open_as("Hasnah", "/desk")
    page.locator("#q").fill("makassar")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search?**")
    album.take(page, "desk-search", "Search: a name, a number, a word; what was searched for stands in no address")
    page.locator("#q").fill("tidak pernah ditulis")
    page.locator("#q").press("Enter")
    page.wait_for_load_state()
    album.take(page, "desk-search-nothing", "Nothing found, and what to try")
    page = stage.open_as("Hasnah", "/desk")
    page.keyboard.press("?")
    album.take(page, "desk-keys", "Keys for who works here all day")


def _talk(stage: Stage, album: Album) -> None:
    """A conversation: waiting, taken, a race that was lost, notes, canned answers."""
    rina = story.conversation_of(stage.sapa, story.RINA)
    for size, after in SIZES:
        album.take(stage.open_as("Hasnah", f"/desk/{rina}", size), f"thread-waiting{after}", "Somebody waits")
    page = stage.open_as("Hasnah", f"/desk/{rina}")
    page.get_by_role("button", name="Ambil", exact=True).click()
    page.get_by_text("Anda memegang percakapan ini.").wait_for()
    page.get_by_text("Catatan", exact=True).click()
    page.locator("#note-body").fill("Sudah datang ke loket kemarin, berkasnya di meja 2.")
    page.get_by_role("button", name="Simpan catatan").click()
    page.locator(".bubble.note").wait_for()
    page.locator("#body").fill("Baik, Bu Rina. Boleh dikirim foto surat kehilangannya?")
    for size, after in (*SIZES, (ZOOMED, "-200")):
        page.set_viewport_size(size)
        _to_end(page)
        album.take(page, f"thread{after}", "A conversation of one's own, with a note that only officers read")
    page.set_viewport_size(DESK)
    page.get_by_text("Jawaban siap", exact=True).click()
    album.take(page, "thread-canned", "Canned answers, filled in for this citizen")
    page.get_by_text("Jawaban siap", exact=True).click()
    page.get_by_text("Selesai", exact=True).click()
    album.take(page, "thread-ending", "How did it end?")
    for name, how, caption in (
        ("dark", {"dark": True}, "The same, dark"),
        ("en", {"language": "en"}, "The same in English"),
    ):
        other = stage.open_as("Hasnah", f"/desk/{rina}", **how)
        _to_end(other)
        album.take(other, f"thread-{name}", caption)
    late = stage.open_as("Sulfiana", f"/desk/{rina}")
    album.take(late, "thread-others", "A colleague has it: to be read, not answered")
    _race(stage, album)


def _race(stage: Stage, album: Album) -> None:
    """Two answer one citizen: the slower one reads what the quicker wrote and keeps the draft."""
    talk = story.conversation_of(stage.sapa, story.NUR)
    slow = stage.open_as("Sulfiana", f"/desk/{talk}")
    for news in ("**/desk/events**", "**/news**"):  # a line so slow that the page has not heard of it yet
        slow.route(news, lambda route: route.abort())
    slow.locator("#body").fill("Selamat pagi, Pak. Saya cek dulu KTP-nya.")
    story.reply(
        stage.sapa, "Ridwan", story.NUR, "Selamat pagi, Pak Nur. KTP Bapak sudah dicetak, bisa diambil hari ini."
    )
    slow.get_by_role("button", name="Balas").click()
    slow.wait_for_timeout(1_500)
    _to_end(slow)
    album.take(slow, "thread-race", "Somebody was quicker: their words, and one's own draft kept")


def _papers(stage: Stage, album: Album) -> None:
    conversation = story.conversation_of(stage.sapa, story.SITTI)
    for size, after in SIZES:
        page = stage.open_as("Hasnah", f"/desk/{conversation}", size)
        album.take(page, f"thread-papers{after}", "A conversation with papers")
        page = stage.open_as("Hasnah", "/desk/submissions/1", size)
        album.take(page, f"review{after}", "What a citizen handed in, against what their case needs")
        page.get_by_role("link", name="Periksa berikutnya").click()
        page.wait_for_load_state("networkidle")
        album.take(page, f"file{after}", "One paper large: zoom, turn, accept or reject")
        page.get_by_text("Tolak", exact=True).first.click()
        page.get_by_text("Mengapa ditolak?").scroll_into_view_if_needed()
        album.take(page, f"file-rejecting{after}", "Why a paper is rejected; it is asked for again by itself")
    page = stage.open_as("Hasnah", "/desk/files/3")
    page.get_by_text("Tolak", exact=True).first.click()
    page.get_by_label("Tidak terbaca").check()
    page.locator("#note").fill("Halaman tanggal nikah belum terbaca.")
    page.locator("form.reject button").click()
    page.wait_for_load_state()
    album.take(stage.open_as("Hasnah", "/desk/submissions/1"), "review-rejected", "One paper rejected")
    album.take(stage.open_as("Hasnah", "/desk/submissions/1", language="en"), "review-en", "The same in English")
    album.take(stage.open_as("Hasnah", "/desk/submissions/1", ZOOMED), "review-200", "The same at 200 %")


def _pages(stage: Stage, album: Album) -> None:
    album.take(stage.open_as("Hasnah", "/desk/answers"), "canned-answers", "The office's canned answers")
    page = stage.open_as("Hasnah", "/desk/answers")
    page.locator(".card-link").first.click()
    page.wait_for_load_state()
    album.take(page, "canned-answer", "One of them, with what its variables become")
    chief = stage.open_as("Syamsul", "/desk/labels")
    for name in ("Warga pulau", "Perlu telepon"):
        chief.locator("#new-label").fill(name)
        chief.get_by_role("button", name="Tambah label").click()
        chief.wait_for_load_state()
    album.take(chief, "labels", "The office's labels")


def _rough_weather(stage: Stage, album: Album) -> None:
    """A broken line, a page that is not there, and a morning on which two hundred wait."""
    page = stage.open_as("Hasnah", "/desk")
    page.context.set_offline(True)
    page.locator("#offline").wait_for(state="visible", timeout=30_000)
    album.take(page, "desk-offline", "No connection: what is shown may have changed")
    page.context.set_offline(False)
    album.take(stage.open_as("Hasnah", "/desk/99999"), "not-found", "A conversation that is not there")
    story.a_crowd(stage.sapa, 200)
    for size, after in SIZES:
        album.take(stage.open_as("Hasnah", "/desk", size), f"desk-full{after}", "Two hundred wait")


def _late(stage: Stage, album: Album) -> None:
    """The next day: deadlines passed, and WhatsApp's day is over."""
    for size, after in SIZES:
        album.take(stage.open_as("Hasnah", "/desk?tray=late", size), f"desk-late{after}", "What is late")
        talk = story.conversation_of(stage.sapa, story.RINA)
        page = stage.open_as("Hasnah", f"/desk/{talk}", size)
        _to_end(page)
        album.take(page, f"thread-closed{after}", "WhatsApp's day is over: the answer is kept, or the citizen told")
    _kept_answer(stage, album)


def _kept_answer(stage: Stage, album: Album) -> None:
    """What is written to a citizen who cannot be reached now."""
    page = stage.open_as("Hasnah", f"/desk/{story.conversation_of(stage.sapa, story.RINA)}")
    page.locator("#body").fill("Selamat pagi, Bu Rina. KK penggantinya sudah bisa diambil di loket 2.")
    page.get_by_role("button", name="Simpan dan beri tahu warga").click()
    page.get_by_text("KK penggantinya").last.wait_for()
    page.wait_for_timeout(1_500)
    _to_end(page)
    album.take(page, "thread-kept", "An answer that waits for the citizen, who was told of it; it can be taken back")


def _to_end(page: Page) -> None:
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
