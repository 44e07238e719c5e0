"""All hostile files, sent as citizens send them, to a real worker: it lives, stays small, and keeps none as it came."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from bench.usage import family, resident_mb
from bot.contracts import Actor, AttachmentState, Role
from bot.contracts.files import OpenReason, VaultPart
from bot.inspection.pictures import KEPT_SIDE
from bot.models import Attachment, InboundMessage
from tests.inspection.hostile import HOSTILE, MAY_BE_STORED
from tests.installation import ACCOUNT, OFFICE, TOKEN, VAULT_KEY, Installation
from tests.people import invite
from tests.processes import Process

LARGEST = 600.0  # MB resident: the worker and its inspection together
SETTLED_WITHIN = 840.0  # seconds; what is ended by its processor time takes 25 and more
NEVER = (b"/JavaScript", b"/JS", b"/EmbeddedFile", b"/Launch", b"/OpenAction", b"/AA")


def test_what_may_be_kept_is_listed_with_its_reason() -> None:
    assert set(MAY_BE_STORED) == {name for name, kind in HOSTILE.items() if None in kind.answers}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_hostile_file_is_kept_as_it_came_and_none_harms_the_worker(deaf_sapa: Installation, tmp_path: Path) -> None:
    sent = {}
    for number, (name, kind) in enumerate(HOSTILE.items()):
        citizen = f"whatsapp:+62811000{number // 8:05}"
        body = kind.make()
        sent[deaf_sapa.write(media=[("image/jpeg", body)], citizen=citizen)] = name, body
    worker = Process("worker", environment(deaf_sapa), tmp_path / "worker.log")
    worker.start()
    try:
        highest = watched_until_settled(deaf_sapa, worker.pid)
    finally:
        worker.stop()
    kept = {}
    for sid, file in files_by_sid(deaf_sapa).items():
        name, body = sent[sid]
        assert file.state is AttachmentState.REFUSED or name in MAY_BE_STORED, f"{name}: {file.state}"
        if file.state is AttachmentState.STORED:
            kept[file.id] = body
    check_kept(deaf_sapa, kept)
    assert "file_not_checked" not in (tmp_path / "worker.log").read_text(), "no file is a surprise to us"
    assert highest < LARGEST


def environment(sapa: Installation) -> dict[str, str]:
    return {
        "SAPA_DATABASE_URL": sapa.settings.database_url,
        "SAPA_PUBLIC_URL": sapa.settings.public_url,
        "SAPA_TWILIO_ACCOUNT_SID": ACCOUNT,
        "SAPA_TWILIO_AUTH_TOKEN": TOKEN,
        "SAPA_TWILIO_API_URL": sapa.settings.twilio_api_url,
        "SAPA_SENDER": OFFICE,
        "SAPA_NLU_URL": sapa.settings.nlu_url,
        "SAPA_SECRET_KEY": sapa.settings.secret_key,
        "SAPA_VAULT_KEY": VAULT_KEY,
        "SAPA_STORAGE_URL": sapa.settings.storage_url,
    }


def watched_until_settled(sapa: Installation, worker: int) -> float:
    """MB that the worker and its inspection had together at most. Looked at often, since what one of them had at most
    may be of another time than the other's."""
    highest = 0.0
    end = time.monotonic() + SETTLED_WITHIN
    while any(file.state is AttachmentState.PENDING for file in files_by_sid(sapa).values()):
        assert time.monotonic() < end, "the files are not settled"
        assert Path(f"/proc/{worker}").exists(), "the worker died of one"
        both = family(worker)
        for _ in range(20):
            highest = max(highest, sum(map(resident_mb, both)))
            time.sleep(0.02)
    return highest


def files_by_sid(sapa: Installation) -> dict[str, Attachment]:
    with sapa.database.reading() as session:
        rows = session.execute(
            select(InboundMessage.sid, Attachment).join(Attachment, Attachment.inbound_id == InboundMessage.id)
        )
        return {row[0]: row[1] for row in rows}


def check_kept(sapa: Installation, bodies: dict[int, bytes]) -> None:
    """What is in the vault was written anew, by us, within bounds, and has nothing in it but what is shown."""
    person = invite(sapa.app, Role.OFFICER)
    reader = Actor(person.post_id, person.office_id, Role.OFFICER)
    for file_id, body in bodies.items():
        kept = sapa.fetching.vault.open_file(
            sapa.database, reader, file_id, VaultPart.FILE, OpenReason.REVIEW, sapa.clock()
        )
        assert kept != body
        if kept.startswith(b"%PDF-"):
            check_pdf(kept)
        else:
            with Image.open(io.BytesIO(kept), formats=["JPEG"]) as picture:
                assert max(picture.size) <= KEPT_SIDE
                assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def check_pdf(kept: bytes) -> None:
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages"}
        told = b"".join(one.to_json() for one in pdf.objects)
    assert not [word for word in NEVER if b'"' + word + b'"' in told]
