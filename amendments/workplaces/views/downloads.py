"""Papers as files: the page that offers them, and each of them."""

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from flask import Response, current_app, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from amendments.config import Settings
from amendments.documents.rules import DOCUMENT_SEE, DOCUMENT_WORK
from amendments.documents.transfer import file_name
from amendments.errors import NotFound
from amendments.exchange import making
from amendments.exchange.redlines import write
from amendments.proposals.asking import number
from amendments.web.access import NOT_FOUND, declare, may, require
from amendments.web.current import current_actor
from amendments.web.made import made
from amendments.workplaces.blueprint import blueprint
from amendments.workplaces.downloads.offered import FORMATS, downloads_page
from amendments.workplaces.downloads.papers import Asked, View, paper_of
from amendments.workplaces.reader import Place, place_for

MIMETYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
    "json": "application/json",
}
ASK_AGAIN = 2
"""Seconds after which the page of a file that is being made asks again."""


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/downloads")
@declare(DOCUMENT_SEE)
def downloads(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    place = _place(document_id, text_id)
    page = downloads_page(place, sees_work=_sees_work(place))
    return render_template("workplaces/downloads/page.html", page=page, view=View)


@blueprint.get("/documents/<uuid:document_id>/texts/<uuid:text_id>/download")
@declare(DOCUMENT_SEE)
def download(document_id: UUID, text_id: UUID) -> ResponseReturnValue:
    """The file, or a page that asks again while it is being made."""
    place = _place(document_id, text_id)
    suffix, view = request.args.get("format", ""), request.args.get("view", "")
    if suffix not in FORMATS or view not in set(View):
        raise NotFound(NOT_FOUND)
    asked = Asked(
        View(view),
        request.args.get("from", "")[:80],
        request.args.get("to", "")[:80],
        number(request.args.get("number")),
    )
    paper = paper_of(place, asked, sees_work=_sees_work(place))
    order = making.order(write, paper, f".{suffix}", _letterhead(suffix))
    key = sha256(version("amendments").encode() + order).hexdigest()
    found = made(f"{key}.{suffix}", lambda: making.make_in_child(order))
    if found is None:
        return _come_again(place)
    return _sent(found, file_name(paper.title, suffix), suffix, key)


def _place(document_id: UUID, text_id: UUID) -> Place:
    place = place_for(current_actor(), document_id, text_id, number(request.args.get("version")))
    require(current_actor(), DOCUMENT_SEE, place)
    return place


def _sees_work(place: Place) -> bool:
    return bool(may(current_actor(), DOCUMENT_WORK, place))


def _letterhead(suffix: str) -> bytes | None:
    settings: Settings = current_app.extensions["settings"]
    path: Path | None = {"docx": settings.letterhead_docx, "odt": settings.letterhead_odt}.get(suffix)
    return path.read_bytes() if path else None


def _sent(path: Path, name: str, suffix: str, key: str) -> Response:
    response = send_file(
        path, MIMETYPES[suffix], as_attachment=True, download_name=name, conditional=True, etag=key, last_modified=None
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _come_again(place: Place) -> Response:
    response = make_response(render_template("workplaces/downloads/making.html", place=place), 202)
    response.headers["Refresh"] = str(ASK_AGAIN)
    return response
