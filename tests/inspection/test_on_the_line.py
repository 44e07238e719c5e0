"""Every kind of picture a phone makes comes from the webhook into the vault, through everything between."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.contracts import AttachmentState
from bot.contracts.files import FetchedFile, FileKind
from bot.flow.fetch import fetch_due
from bot.gateways.inspection import InspectionProcess
from bot.models import Attachment
from tests.inspection.making import heic, jpeg, pdf, png, saved, webp
from tests.installation import Installation

SENT: dict[FileKind, tuple[str, Callable[[], bytes]]] = {
    FileKind.JPEG: ("image/jpeg", jpeg),
    FileKind.PNG: ("image/png", png),
    FileKind.WEBP: ("image/webp", webp),
    FileKind.HEIC: ("image/heic", heic),
    FileKind.PDF: ("application/pdf", lambda: saved(pdf())),
}


@pytest.mark.parametrize("kind", SENT)
def test_a_file_goes_from_the_webhook_into_the_vault(
    deaf_sapa: Installation, inspector: InspectionProcess, kind: FileKind
) -> None:
    content_type, make = SENT[kind]
    deaf_sapa.write(media=[(content_type, make())])
    fetch_due(replace(deaf_sapa.fetching, inspector=inspector))
    with deaf_sapa.database.reading() as session:
        (file,) = session.scalars(select(Attachment))
    assert (file.state, file.kind) == (AttachmentState.STORED, kind)


def test_a_worker_that_is_told_to_stop_finishes_its_file(inspector: InspectionProcess) -> None:
    """The signal goes to all processes of a service: the file at hand must not be refused for it."""
    inspector.inspect(FetchedFile(jpeg()))
    assert inspector.pid
    assert os.getpgid(inspector.pid) != os.getpgid(0)
    stops = [threading.Timer(0.3 * number, os.kill, (inspector.pid, signal.SIGTERM)) for number in (0, 1, 2)]
    for stop in stops:
        stop.start()
    assert inspector.inspect(FetchedFile(jpeg((1600, 1200)))).kind is FileKind.JPEG
    for stop in stops:
        stop.join()
