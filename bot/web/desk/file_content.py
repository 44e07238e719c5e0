"""``/desk/files/<id>/thumbnail`` and ``…/content``: a file's bytes, through the vault, which writes who opened it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, g, make_response, render_template, request

from bot.contracts import FileKind, Role
from bot.contracts.files import OpenReason, VaultPart
from bot.desk import papers
from bot.errors import MayNotOpen, NotFound, ObjectMissing, StorageBusy, VaultSealed
from bot.web.accounts.guard import requires
from bot.web.accounts.language import language, t
from bot.web.desk.office import Desk
from bot.web.security import under_policy

PICTURE = "sandbox; default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'"
"""What a citizen sent is looked at, and nothing in it runs or calls anybody. The style is of the page that says why
there is nothing to see."""
PDF = "default-src 'none'; style-src 'self' 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
"""A browser's own viewer shows nothing in a sandbox; scripts were taken out of the PDF when it was kept."""


def content_routes(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/files/<int:file_id>/thumbnail")
    @under_policy(PICTURE)
    @requires(Role.OFFICER)
    def thumbnail(file_id: int) -> Response:
        return _part(desk, file_id, VaultPart.THUMBNAIL, OpenReason.THREAD)

    @pages.get("/files/<int:file_id>/content")
    @under_policy(PICTURE)
    @requires(Role.OFFICER)
    def content(file_id: int) -> Response:
        """``?download``: to be saved, else to be looked at."""
        return _part(desk, file_id, VaultPart.FILE, OpenReason.REVIEW)

    @pages.get("/files/<int:file_id>/pdf")
    @under_policy(PDF)
    @requires(Role.OFFICER)
    def pdf(file_id: int) -> Response:
        return _part(desk, file_id, VaultPart.FILE, OpenReason.REVIEW)


def _part(desk: Desk, file_id: int, part: VaultPart, why: OpenReason) -> Response:
    """The bytes; else a page that says why not."""
    try:
        with desk.database.reading(g.actor.office_id) as session:
            kind = papers.file(session, file_id).kind
        body = desk.vault().open_file(desk.database, g.actor, file_id, part, why, desk.now())
    except MayNotOpen:
        return _refused("may_not_open", HTTPStatus.FORBIDDEN)
    except NotFound:
        return _refused("file_gone", HTTPStatus.NOT_FOUND)
    except StorageBusy:
        return _refused("file_busy", HTTPStatus.SERVICE_UNAVAILABLE)
    except (ObjectMissing, VaultSealed):
        return _refused("file_damaged", HTTPStatus.GONE)
    is_pdf = part is VaultPart.FILE and kind is FileKind.PDF
    how = "attachment" if "download" in request.args else "inline"
    # a picture is kept as a JPEG, whatever came
    answer = Response(body, content_type="application/pdf" if is_pdf else "image/jpeg")
    answer.headers["Content-Disposition"] = f'{how}; filename="berkas-{file_id}.{"pdf" if is_pdf else "jpg"}"'
    return answer


def _refused(word: str, status: HTTPStatus) -> Response:
    page = render_template("accounts/refused.html", t=t, language=language(), word=word)
    return make_response(page, status)
