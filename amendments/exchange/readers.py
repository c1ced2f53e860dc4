"""One door for every file: which format is it, is it what its name says, and what does it hold?"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from amendments.errors import Unreadable
from amendments.exchange import commonmark, html, odt
from amendments.exchange.docx import package, read_docx
from amendments.exchange.imported import Imported
from amendments.exchange.limits import check_size
from amendments.exchange.literal import door_notes, literal_contents, read_literal
from amendments.exchange.words import N_, Sentence
from amendments.text.door import normalise

FORMATS = {"md": "md", "markdown": "md", "txt": "txt", "html": "html", "htm": "html", "docx": "docx", "odt": "odt"}
"""Suffix (lower case) to format."""

EMPTY = N_("Die Datei enthält keinen Text.")
UNKNOWN = N_("Dieses Dateiformat kann nicht gelesen werden. Möglich sind .docx, .odt, .html, .md und .txt.")
NO_SUFFIX = N_("Der Dateiname hat keine Endung. Möglich sind .docx, .odt, .html, .md und .txt.")
PDF = N_("Die Datei ist eine PDF-Datei. Bitte laden Sie das Dokument als .docx hoch, aus dem sie entstanden ist.")
OLD_WORD = N_("Die Datei hat das alte Word-Format (.doc). Bitte speichern Sie sie in Word als .docx.")
ENCRYPTED = N_("Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort.")
OPEN_DOCUMENT = N_("Die Datei ist ein OpenDocument-Text, heißt aber anders. Bitte geben Sie ihr die Endung .odt.")
RICH_TEXT = N_("Die Datei ist eine RTF-Datei. Bitte speichern Sie sie als Word-Dokument (.docx).")
PICTURE = N_("Die Datei ist ein Bild. Bitte laden Sie den Text als .docx, .html, .md oder .txt hoch.")
IS_WORD = N_(
    "Die Datei ist ein Word-Dokument oder ein Archiv, heißt aber anders. Bitte geben Sie ihr die Endung .docx."
)
IS_HTML = N_("Die Datei enthält eine HTML-Seite, heißt aber anders. Bitte geben Sie ihr die Endung .html.")
NO_HTML = N_("Die Datei heißt .html, enthält aber kein HTML. Bitte geben Sie ihr die Endung .txt.")

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<[a-zA-Z!/]|<\x00[a-zA-Z!/]|\x00<\x00[a-zA-Z!/]")
_REFUSED_SUFFIXES = {
    "pdf": PDF,
    "doc": OLD_WORD,
    "dot": OLD_WORD,
    "ott": odt.NOT_ODT,
    "rtf": RICH_TEXT,
    "docm": package.MACROS,
    "dotm": package.MACROS,
    "dotx": package.TEMPLATE,
}
_REFUSED_SUFFIXES |= dict.fromkeys(("png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "svg", "webp"), PICTURE)
_NO_ARCHIVE = {"docx": package.NOT_WORD, "odt": odt.NOT_ODT}
_ODT = b"mimetypeapplication/vnd.oasis.opendocument"


def format_of(data: bytes, filename: str) -> str:
    """The format by name, when the content is of that kind; of a path in `filename` only the suffix matters.

    Raises Unreadable with a sentence that says what to do.
    """
    name = re.split(r"[/\\]", filename)[-1]
    suffix = name.rpartition(".")[2].strip().lower() if "." in name else ""
    if not suffix:
        raise Unreadable(Sentence(NO_SUFFIX))
    if suffix not in FORMATS:
        raise Unreadable(Sentence(_REFUSED_SUFFIXES.get(suffix, UNKNOWN)))
    found = FORMATS[suffix]
    if said := _liar(data, found):
        raise Unreadable(Sentence(said))
    return found


def _liar(data: bytes, expected: str) -> str:
    """What to say about a file whose first bytes are not those of its format; empty when they are."""
    for start, said in ((b"%PDF", PDF), (b"{\\rtf", RICH_TEXT), (_COMPOUND, OLD_WORD)):
        if data.startswith(start):
            return ENCRYPTED if said == OLD_WORD and "EncryptedPackage".encode("utf-16-le") in data else said
    if data.startswith(b"PK"):
        return _archive_liar(data, expected)
    return _NO_ARCHIVE[expected] if expected in _NO_ARCHIVE else _text_liar(data, expected)


def _text_liar(data: bytes, expected: str) -> str:
    if data.startswith(_PICTURES) and b"\x00" in data:
        return PICTURE
    if expected == "html":
        return "" if _TAG.search(data) or not data.strip() else NO_HTML
    return IS_HTML if _PAGE.match(data[:4_096].removeprefix(codecs.BOM_UTF8)) else ""


def _archive_liar(data: bytes, expected: str) -> str:
    if not data.startswith(b"PK\x03\x04"):
        return (
            "" if expected in ("md", "txt") else _NO_ARCHIVE.get(expected, package.NOT_WORD)
        )  # a text may begin with these two letters
    if _ODT in data[:200]:
        return "" if expected == "odt" else OPEN_DOCUMENT
    return "" if expected in ("docx", "odt") else IS_WORD


def read(
    data: bytes, filename: str, *, markdown: bool = False, reject_tracked: bool = False, author: str | None = None
) -> Imported:
    """The contents of a file, read in this process; for strangers' files see `run.read_in_child`.

    `.md` and `.txt` are literal; `markdown` reads the signs of `.md` instead. `reject_tracked`: tracked changes are
    undone instead of taken, but for those of `author`. Raises Unreadable or TooLarge.
    """
    check_size(data)
    found = format_of(data, filename)
    readers: dict[str, Callable[[], Imported]] = {
        "txt": lambda: read_literal(data, "txt"),
        "md": lambda: commonmark.read_commonmark(data) if markdown else read_literal(data, "md"),
        "html": lambda: html.read_html(data),
        "docx": lambda: read_docx(data, reject_tracked=reject_tracked, author=author),
        "odt": lambda: odt.read_odt(data, reject_tracked=reject_tracked, author=author),
    }
    imported = readers[found]()
    if not imported.contents:
        raise Unreadable(Sentence(EMPTY))
    return imported


def read_pasted(text: str) -> Imported:
    """A text that was typed or pasted into a field: literal, without a file's layout. Raises TooLarge or Unreadable
    (empty).
    """
    check_size(text.encode(errors="replace"))
    contents = literal_contents(normalise(text))
    if not contents:
        raise Unreadable(Sentence(EMPTY))
    return Imported(contents, literal=True, format="txt", notes=door_notes(text))
