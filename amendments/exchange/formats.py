"""Which format is a file, and is it what its name says? Only names and first bytes are looked at."""

from __future__ import annotations

import codecs
import re

from amendments.errors import Unreadable
from amendments.exchange.words import N_, Sentence

FORMATS = {"md": "md", "markdown": "md", "txt": "txt", "html": "html", "htm": "html", "docx": "docx", "odt": "odt"}
"""Suffix (lower case) to format."""

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

NOT_WORD = N_(
    "Die Datei ist kein Word-Dokument. Bitte öffnen Sie sie in Ihrem Schreibprogramm und speichern Sie sie als .docx."
)
NOT_ODT = N_(
    "Die Datei ist kein OpenDocument-Text. Bitte öffnen Sie sie in Ihrem Schreibprogramm und speichern Sie sie als"
    " .odt."
)
MACROS = N_("Die Datei enthält Makros. Bitte speichern Sie sie in Word als .docx ohne Makros.")
TEMPLATE = N_("Die Datei ist eine Dokumentvorlage. Bitte speichern Sie sie als Word-Dokument (.docx).")

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<[a-zA-Z!/]|<\x00[a-zA-Z!/]|\x00<\x00[a-zA-Z!/]")
_REFUSED_SUFFIXES = {
    "pdf": PDF,
    "doc": OLD_WORD,
    "dot": OLD_WORD,
    "ott": NOT_ODT,
    "rtf": RICH_TEXT,
    "docm": MACROS,
    "dotm": MACROS,
    "dotx": TEMPLATE,
}
_REFUSED_SUFFIXES |= dict.fromkeys(("png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "svg", "webp"), PICTURE)
_NO_ARCHIVE = {"docx": NOT_WORD, "odt": NOT_ODT}
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
            "" if expected in ("md", "txt") else _NO_ARCHIVE.get(expected, NOT_WORD)
        )  # a text may begin with these two letters
    if _ODT in data[:200]:
        return "" if expected == "odt" else OPEN_DOCUMENT
    return "" if expected in ("docx", "odt") else IS_WORD
