"""Files that people, or somebody who means harm, could hand to a command: made here, one for each way to be wrong."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import docx

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 8
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
TEXT = "Die Straße führt über Überlingen. Die Stadt trägt die Kosten.\n"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry'
    ' manifest:full-path="{}" manifest:media-type="text/xml"><manifest:encryption-data/></manifest:file-entry>'
    "</manifest:manifest>"
)
_GIANT = 10_000_000
"""Bytes that one entry of a bomb unpacks to; packed they are ten thousand."""


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs or (TEXT.strip(),):
        document.add_paragraph(paragraph)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def archive(entries: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries.items():
            stored = name == "mimetype"
            target.writestr(name, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def repacked(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The archive with entries replaced, added or (None) left out."""
    with zipfile.ZipFile(BytesIO(data)) as old:
        entries: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
    entries |= changes
    return archive({name: entry for name, entry in entries.items() if entry is not None})


def overlapping(copies: int = 190) -> bytes:
    """Some 19 kB that unpack to 1.9 GB: many entries of the directory share the same packed bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = b"\x00" * _GIANT
    packed = packer.compress(zeros) + packer.flush()
    fields = (20, 0, 8, 0, 0, zlib.crc32(zeros), len(packed), len(zeros))
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", *fields, 1, 0) + b"a" + packed
    directory = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, *fields, len(str(number)), 0, 0, 0, 0, 0, 0)
        + str(number).encode()
        for number in range(copies)
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), len(local), 0)
    return local + directory + end


def lying() -> bytes:
    """A document whose text says it is small and unpacks to ten megabytes."""
    data = repacked(word(), {"word/document.xml": b" " * _GIANT})
    return data.replace(struct.pack("<I", _GIANT), struct.pack("<I", 1_000))


def laughing() -> bytes:
    """A billion words out of ten entities."""
    entities = b'<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + number, b"&%c;" % (97 + number) * 10) for number in range(9)
    )
    name = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = b"<w:document %s><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>" % name
    return repacked(word(), {"word/document.xml": b"<!DOCTYPE x [%s]>" % entities + body})


def nested() -> bytes:
    """A bomb in an archive in an archive."""
    inner = overlapping()
    for name in ("c.zip", "b.zip", "a.zip"):
        inner = archive({name: inner})
    return inner


def odt(entries: Mapping[str, bytes]) -> bytes:
    return archive({"mimetype": b"application/vnd.oasis.opendocument.text", **entries})


def _manifest(name: str) -> bytes:
    return MANIFEST.format(name).encode()


def _truncated() -> bytes:
    data = word()
    return data[: len(data) // 2]


def put(folder: Path, what: str) -> Path:
    """Write the bad file; 200 MB are a hole behind its first bytes, so that nobody has to hold them."""
    made, name, _ = BAD_FILES[what]
    path = folder / name
    path.write_bytes(made())
    if what.startswith("200 MB"):
        os.truncate(path, 200_000_000)
    return path


BAD_FILES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a picture called text": (lambda: PICTURE, "bild.txt", "ist ein Bild"),
    "a picture called Word": (lambda: PICTURE, "bild.docx", "kein Word-Dokument"),
    "a PDF called text": (lambda: PDF, "pdf.txt", "PDF-Datei"),
    "a PDF called Word": (lambda: PDF, "pdf.docx", "PDF-Datei"),
    "a program called text": (lambda: PROGRAM, "programm.md", "keinen lesbaren Text"),
    "a program called Word": (lambda: PROGRAM, "programm.docx", "kein Word-Dokument"),
    "Word called OpenDocument": (word, "wort.odt", "kein OpenDocument-Text"),
    "Word called text": (word, "wort.txt", "heißt aber anders"),
    "OpenDocument called Word": (lambda: odt({"content.xml": b"<a/>"}), "offen.docx", "OpenDocument"),
    "a page called text": (lambda: b"<!DOCTYPE html><p>Text", "seite.txt", "HTML-Seite"),
    "an unknown suffix": (TEXT.encode, "text.xyz", "kann nicht gelesen werden"),
    "no suffix": (TEXT.encode, "text", "keine Endung"),
    "the old Word": (lambda: COMPOUND, "alt.doc", "alte Word-Format"),
    "half a document": (_truncated, "halb.docx", "beschädigt"),
    "an archive of noise": (lambda: b"PK\x03\x04" + PROGRAM, "kaputt.docx", "beschädigt"),
    "19 kB for gigabytes": (overlapping, "bombe.docx", "entpackt größer"),
    "19 kB for gigabytes, OpenDocument": (overlapping, "bombe.odt", "entpackt größer"),
    "a bomb in archives": (nested, "puppe.docx", "kein Word-Dokument"),
    "sizes that lie": (lying, "luege.docx", "beschädigt"),
    "a billion words": (laughing, "lachen.docx", "Dokumenttyp"),
    "Word without its text": (lambda: repacked(word(), {"word/document.xml": None}), "leer.docx", "beschädigt"),
    "Word with a password": (
        lambda: COMPOUND + "EncryptedPackage".encode("utf-16-le"),
        "geheim.docx",
        "mit einem Kennwort",
    ),
    "OpenDocument with a password": (
        lambda: odt({"content.xml": PROGRAM, "META-INF/manifest.xml": _manifest("content.xml")}),
        "geheim.odt",
        "mit einem Kennwort",
    ),
    "OpenDocument 1.4 with a password": (
        lambda: odt({"encrypted-package": PROGRAM, "META-INF/manifest.xml": _manifest("encrypted-package")}),
        "ganz.odt",
        "mit einem Kennwort",
    ),
    "NUL bytes": (lambda: b"Text\x00Text", "nul.txt", "keinen lesbaren Text"),
    "nothing": (bytes, "nichts.txt", "enthält keinen Text"),
    "blanks": (lambda: b" \n\t\n", "blank.md", "enthält keinen Text"),
    "Word without words": (lambda: word(" "), "wortlos.docx", "enthält keinen Text"),
    "200 MB": (TEXT.encode, "riesig.txt", "größer als 10 MB"),
    "200 MB called Word": (word, "riesig.docx", "größer als 10 MB"),
    "9 MB in one line": (lambda: b"Viel Text. " * 818_181, "lang.md", "mehr als 100.000 Zeichen"),
    "9 MB of tags": (lambda: b"<html>" + b"<p><b>" * 1_500_000, "tags.html", "zu umfangreich"),
    "9 MB of table cells": (lambda: b"<table>" + b"<td>" * 2_200_000, "zellen.html", "zu umfangreich"),
    "another document": ("Wer Hunde hält, führt sie an der Leine.\n".encode, "fremd.md", "nicht dasselbe"),
}
"""What is wrong with a file: its bytes, its name, and words of the sentence that refuses it."""
