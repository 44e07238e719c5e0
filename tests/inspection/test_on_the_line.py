"""Every kind of picture a phone makes comes from the webhook into the vault, through everything between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.contracts import AttachmentState
from bot.contracts.files import FileKind
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
