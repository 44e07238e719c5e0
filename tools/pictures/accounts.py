"""Signing in, one's own account, and the office's people."""

from __future__ import annotations

from tools.pictures.album import Album
from tools.pictures.stage import PHONE, Stage

SUPERVISORS_PAGES = (
    ("account", "/account", "One's own account"),
    ("team", "/staff", "The office's people"),
    ("team-invite", "/staff/invite", "Inviting somebody"),
)


def take(stage: Stage, album: Album) -> None:
    album.take(stage.open("/sign-in"), "sign-in", "Signing in")
    album.take(stage.open("/sign-in?lang=en", PHONE), "sign-in-phone-en", "Signing in, on a phone, in English")
    for name, path, caption in SUPERVISORS_PAGES:
        album.take(stage.open_as("Maryam", path), name, caption)
        album.take(stage.open_as("Maryam", path, PHONE), f"{name}-phone", f"{caption}, on a phone")
    page = stage.open_as("Maryam", "/staff")
    page.locator(".people a").first.click()
    page.wait_for_load_state()
    album.take(page, "team-member", "One of them: role, days of duty, absences")
    refused = stage.open_as("Hasnah", "/staff")
    album.take(refused, "refused", "A page for others: the refusal says who may")
