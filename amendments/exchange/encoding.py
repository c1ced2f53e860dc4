"""Bytes to characters: UTF-8, UTF-16, Windows-1252, those of old Macs and of DOS. Everything else is not a text.

The order is that of the WHATWG Encoding Standard §6 "decode": a byte order mark decides; then UTF-8, which other
encodings are almost never by accident; then the encoding of older German office programs, said in a note because it is
a guess. Deviation: UTF-16 without a mark, which some programs export, is recognised by its zero bytes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from amendments.errors import Unreadable
from amendments.exchange.words import N_, NN_, Sentence, counted

BOM = codecs.BOM_UTF8

UTF_16 = N_("Die Datei war in UTF-16 gespeichert; sie wird als UTF-8 weitergeführt.")
WINDOWS = N_(
    "Die Datei ist nicht in UTF-8 gespeichert; sie wurde als Windows-1252 gelesen. Bitte prüfen Sie die Umlaute."
)
OLDER = N_(
    "Die Datei ist nicht in UTF-8 gespeichert; sie wurde als %(encoding)s gelesen. Bitte prüfen Sie die Umlaute."
)
BROKEN = NN_(
    "%(num)d Zeichen der Datei ist beschädigt; an seiner Stelle steht �. Bitte prüfen Sie diese Stelle.",
    "%(num)d Zeichen der Datei sind beschädigt; an ihrer Stelle steht �. Bitte prüfen Sie diese Stellen.",
)
BINARY = N_(
    "Die Datei enthält keinen lesbaren Text. Bitte speichern Sie sie als Text (UTF-8), Word-Dokument (.docx) oder HTML."
)

_FORBIDDEN = frozenset(
    b"\x00\x01\x02\x03\x04\x05\x06\x07\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1c\x1d\x1e\x1f"
)
"""The binary data bytes of the WHATWG MIME Sniffing Standard §3 without VT and ESC, which old printers' texts
contain.
"""
_OLDER = {"mac_roman": "Mac OS Roman", "cp850": "DOS (Codepage 850)"}
"""They give every byte a character."""
_IN_WORDS = re.compile("[äöüß](?=[a-zäöüß])|(?<=[a-zäöüß])[äöüß]|(?<![a-zA-Z])[ÄÖÜ](?=[a-zäöüß])")
"""Umlauts where German has them."""
_LATIN = 0.8
"""Share of characters below U+0100 in any text of this country; of a binary file's bytes so many are not zero."""


@dataclass(frozen=True)
class Decoded:
    """`text` without its byte order mark; `bom` tells that a UTF-8 one stood there."""

    text: str
    bom: bool = False
    notes: tuple[Sentence, ...] = ()


def decode(data: bytes) -> Decoded:
    """The characters of `data`. Raises Unreadable for bytes that are no text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf_16(data, "utf-16")
    if unmarked := _unmarked_utf_16(data):
        return _utf_16(data, unmarked)
    bom = data.startswith(BOM)
    body = data[len(BOM) :] if bom else data
    if b"\x00" in body:
        raise Unreadable(Sentence(BINARY))
    try:
        return Decoded(body.decode(), bom)
    except UnicodeDecodeError:
        return _broken_utf_8(body, bom=bom) or _of_one_byte(body)


def _unmarked_utf_16(data: bytes) -> str:
    """The encoding, where every other byte is mostly zero and none of those between; else empty."""
    if len(data) % 2 or b"\x00" not in data:
        return ""
    for name, high, low in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if b"\x00" not in low and high.count(0) > len(high) * _LATIN:
            return name
    return ""


def _utf_16(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(Sentence(BINARY)) from error
    if "\x00" in text:
        raise Unreadable(Sentence(BINARY))
    return Decoded(text, notes=(Sentence(UTF_16),))


def _broken_utf_8(data: bytes, *, bom: bool) -> Decoded | None:
    """UTF-8 with damaged places: at least as many letters beyond ASCII are whole, which no other encoding gives."""
    if not _FORBIDDEN.isdisjoint(data):
        return None
    text = data.decode(errors="replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    whole = sum(not character.isascii() for character in text) - text.count("\ufffd")
    return Decoded(text, bom, (counted(broken, *BROKEN),)) if broken <= whole else None


def _of_one_byte(data: bytes) -> Decoded:
    """What older programs write: Windows-1252, unless umlauts stand in words in another of these encodings alone.

    A control byte tells that it is none of them, and so do the five bytes that Windows-1252 has not.
    """
    if not _FORBIDDEN.isdisjoint(data):
        raise Unreadable(Sentence(BINARY))
    beyond = sum(byte > 0x7F for byte in data)
    known = len(_IN_WORDS.findall(data.decode("cp1252", errors="replace")))
    for encoding, name in _OLDER.items():
        text = data.decode(encoding)
        if len(_IN_WORDS.findall(text)) > max(known, beyond / 4):
            return Decoded(text, notes=(Sentence(OLDER, {"encoding": name}),))
    try:
        return Decoded(data.decode("cp1252"), notes=(Sentence(WINDOWS),))
    except UnicodeDecodeError as error:
        raise Unreadable(Sentence(BINARY)) from error
