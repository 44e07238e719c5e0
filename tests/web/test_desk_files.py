"""Citizens' files in the desk: seen by who serves them alone, through the vault, which writes who looked."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from bot.contracts import EventKind, Role
from bot.models import Event, Post, VaultObject
from tests.files import photo
from tests.installation import Installation
from tests.people import Browser, add_office, signed_in
from tests.web.desk_people import shown
from tests.web.papers_sent import on_a_working_day, papers_sent


@pytest.fixture(autouse=True)
def _tuesday(sapa: Installation) -> None:
    on_a_working_day(sapa)


@pytest.fixture
def officer(sapa: Installation) -> Browser:
    return signed_in(sapa.app, Role.OFFICER, name="Hasnah")


def test_a_photo_stands_in_the_thread_with_what_it_is_and_how_it_stands(sapa: Installation, officer: Browser) -> None:
    citizen = papers_sent(sapa)
    page = shown(officer, f"/desk/{citizen.files()[0].conversation_id}")
    assert page.count("/thumbnail") == 8, "four in the messages, four in the checklist"
    assert "menunggu diperiksa" in page
    answer = officer.get(f"/desk/files/{citizen.files()[0].id}/thumbnail")
    assert answer.data.startswith(b"kecil ")


def test_a_file_is_given_out_so_that_nothing_in_it_can_run(sapa: Installation, officer: Browser) -> None:
    file = papers_sent(sapa).files()[0]
    answer = officer.get(f"/desk/files/{file.id}/content")
    assert answer.status_code == 200
    assert answer.content_type == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox ; default-src 'none'")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"] == f'inline; filename="berkas-{file.id}.jpg"'
    saved = officer.get(f"/desk/files/{file.id}/content?download=1")
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_a_pdf_opens_in_the_browsers_own_viewer(sapa: Installation, officer: Browser) -> None:
    citizen = papers_sent(sapa)
    citizen.begins("mau kirim berkas kia anak saya umur 3 tahun")
    citizen.sends(("application/pdf", photo("kk", kind="pdf", look="lain")[1]))
    file = citizen.files()[-1]
    page = shown(officer, f"/desk/files/{file.id}")
    assert "Buka PDF" in page
    answer = officer.get(f"/desk/files/{file.id}/pdf")
    assert answer.content_type == "application/pdf"
    assert "sandbox" not in answer.headers["Content-Security-Policy"], "no viewer shows anything in one"


def test_who_opened_a_file_is_told_to_colleagues(sapa: Installation, officer: Browser) -> None:
    file = papers_sent(sapa).files()[0]
    assert "Belum ada." in shown(officer, f"/desk/files/{file.id}")
    officer.get(f"/desk/files/{file.id}/thumbnail")
    officer.get(f"/desk/files/{file.id}/content")
    colleague = signed_in(sapa.app, Role.OFFICER)
    page = shown(colleague, f"/desk/files/{file.id}")
    assert re.search(r"Siapa yang membuka \(1\)", page), "a thumbnail does not count"
    assert re.search(r"<li>Hasnah, \d\d\.\d\d</li>", page)
    with sapa.database.reading() as session:
        facts = session.scalars(select(Event).where(Event.kind == EventKind.FILE_OPENED)).all()
    assert [fact.data["part"] for fact in facts] == ["thumbnail", "file"], "both are facts"


def test_nobody_else_opens_it(sapa: Installation, officer: Browser) -> None:
    citizen = papers_sent(sapa)
    url = f"/desk/files/{citizen.files()[0].id}"
    add_office(sapa.app, "MRS", "whatsapp:+6281100000099")
    stranger = signed_in(sapa.app, Role.OFFICER, prefix="MRS")
    chief = signed_in(sapa.app, Role.ADMINISTRATOR)
    for part in ("/thumbnail", "/content", "/pdf"):
        assert stranger.get(url + part).status_code == 404
        assert sapa.app.test_client().get(url + part).status_code == 302
        answer = chief.get(url + part)
        assert answer.status_code == 403
        assert "Petugas dan supervisor" in answer.text
    assert stranger.get(url).status_code == 404
    assert "Petugas dan supervisor" in shown(chief, url), "and the page says why there is nothing to see"
    with sapa.database.transaction() as session:
        session.get_one(Post, officer.person.post_id).active = False
    assert officer.get(url + "/content").status_code == 403


def test_what_the_citizen_deletes_is_out_of_sight_at_once(sapa: Installation, officer: Browser) -> None:
    citizen = papers_sent(sapa)
    citizen.begins("mau kirim berkas kia anak saya umur 3 tahun")
    citizen.sends(photo("ktp_el"))
    file = citizen.files()[-1]
    assert officer.get(f"/desk/files/{file.id}/content").status_code == 200
    citizen.says("hapus 1")
    answer = officer.get(f"/desk/files/{file.id}/content")
    assert answer.status_code == 404
    assert "sudah dihapus" in answer.text
    page = shown(officer, f"/desk/files/{file.id}")
    assert "Dihapus warga, bisa dibatalkan sampai" in page
    citizen.waits(minutes=11)
    sapa.tick()
    assert "Dihapus warga" in shown(officer, f"/desk/files/{file.id}")


def test_a_file_that_was_changed_in_the_storage_is_told_in_words(sapa: Installation, officer: Browser) -> None:
    citizen = papers_sent(sapa)
    file = citizen.files()[0]
    with sapa.database.reading() as session:
        name = session.scalars(
            select(VaultObject.name).where(VaultObject.attachment_id == file.id, VaultObject.part == "file")
        ).one()
    (path,) = citizen.vault().rglob(name)
    path.write_bytes(b"something else")
    answer = officer.get(f"/desk/files/{file.id}/content")
    assert answer.status_code == 410
    assert "rusak" in answer.text
    assert "something" not in answer.text
    chief = signed_in(sapa.app, Role.SUPERVISOR)
    assert "1 berkas warga rusak" in shown(chief, "/supervisor")
    assert 'sapa_backlog{kind="damaged_files"} 1.0' in sapa.app.test_client().get("/metrics").text
