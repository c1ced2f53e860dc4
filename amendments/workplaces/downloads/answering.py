"""A file as an answer: kept where it was made before, and a page that asks again while it is being made."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version

from flask import Response, make_response, render_template, send_file

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
ASK_AGAIN = 2
"""Seconds after which the page of a file that is being made asks again."""
Way = Sequence[tuple[str, str]]
"""Words and address of each page above, for the one that waits."""


def file_answer(sheet: Sheet, suffix: str, way: Way) -> Response:
    """Made in a process of its own, under its title as its name."""
    order = making.order(sheet.writer, *sheet.values)
    key = sha256(VERSION + order).hexdigest()
    found = made(f"{key}.{suffix}", lambda: making.make_in_child(order))
    if found is None:
        response = make_response(render_template("workplaces/downloads/making.html", way=way), 202)
        response.headers["Refresh"] = str(ASK_AGAIN)
        return response
    name = file_name(sheet.title, suffix)
    response = send_file(
        found, MIMETYPES[suffix], as_attachment=True, download_name=name, conditional=True, etag=key, last_modified=None
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response
