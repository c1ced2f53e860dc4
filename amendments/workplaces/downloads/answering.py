"""A file as an answer: kept where it was made before, and a page that asks again while it is being made."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from flask import Response, make_response, render_template, request, send_file, url_for

from amendments.documents.transfer import file_name
from amendments.exchange import making
from amendments.web.made import made
from amendments.workplaces.downloads.sheets import Sheet

MIMETYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
    "json": "application/json",
}
VERSION = version("amendments").encode()
"""Another one writes otherwise."""
READY = "ready"
"""Asked by the page of a file that is being made: not for the file, but whether it is there."""
Way = Sequence[tuple[str, str]]
"""Words and address of each page above, for the one that waits."""


def file_answer(sheet: Sheet, suffix: str, way: Way) -> Response:
    """Made in a process of its own, under its title as its name."""
    order = making.order(sheet.writer, *sheet.values)
    key = sha256(VERSION + order).hexdigest()
    found = made(f"{key}.{suffix}", lambda: making.make_in_child(order))
    if found is None or READY in request.args:
        return _waiting(way, ready=found is not None)
    name = file_name(sheet.title, suffix)
    response = send_file(
        found, MIMETYPES[suffix], as_attachment=True, download_name=name, conditional=True, etag=key, last_modified=None
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _waiting(way: Way, *, ready: bool) -> Response:
    """The page of a file that is being made, or was."""
    asked: dict[str, Any] = {name: value for name, value in request.args.to_dict(flat=False).items() if name != READY}
    asked |= request.view_args or {}
    file, asking = (url_for(request.endpoint or "", **each) for each in (asked, asked | {READY: "1"}))
    page = render_template("workplaces/downloads/making.html", way=way, ready=ready, file=file, asking=asking)
    return make_response(page, 200 if ready else 202)
