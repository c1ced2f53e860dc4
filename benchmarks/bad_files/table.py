"""Every way for a file to be wrong that is refused: how it is made, what it is called, and what is said."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bad_files.making import (
    COMPOUND,
    DOCUMENT,
    GIANT,
    LAUGHS,
    PDF,
    PICTURE,
    PROGRAM,
    RELATIONS,
    STYLES,
    TEXT,
    TYPES,
    archive,
    checked_wrong,
    circling,
    deep,
    far_away,
    flagged,
    in_utf_16,
    locked_odt,
    nested,
    odt,
    overlapping,
    renamed,
    repacked,
    tampered,
    twice,
    typed,
    understated,
    unlike,
    with_body,
    with_type,
    word,
)
from benchmarks.bad_files.making import swollen as swollen_xml

NO_WORD, NO_ODT = "kein Word-Dokument", "kein OpenDocument-Text"
DAMAGED, PACKED, UNPACKED = "beschädigt", "auffällig gepackt", "entpackt größer als 50 MB"
LOCKED, FOREIGN, NO_TEXT = "mit einem Kennwort geschützt", "Dokumenttyp-Angabe", "enthält keinen Text"
UNREADABLE, TOO_MUCH, TOO_DEEP = "keinen lesbaren Text", "zu umfangreich", "zu tief verschachtelt"
MACROS, OBJECTS, TEMPLATE = "enthält Makros", "eingebettete Objekte", "Dokumentvorlage"
BIG, PARAGRAPHS, SLOW = "größer als 10 MB", "mehr als 20.000 Absätze", "dauert zu lange"
LONG, CHARACTERS = "mehr als 100.000 Zeichen", "mehr als 3.000.000 Zeichen"


@dataclass(frozen=True)
class Bad:
    """`said`: words of the sentence that refuses it. `stopped`: no check finds it, so the limits of the child process
    end it. `markdown`: it is read as Markdown. `size`: a hole behind its bytes makes it as large.
    """

    made: Callable[[], bytes]
    name: str
    said: str
    stopped: bool = False
    markdown: bool = False
    size: int = 0

    def data(self) -> bytes:
        made = self.made()
        return made + b"\x00" * (self.size - len(made))


def put(folder: Path, what: str) -> Path:
    """Write the bad file; 200 MB are a hole behind its first bytes, so that nobody has to hold them."""
    bad = BAD_FILES[what]
    path = folder / Path(bad.name).name
    path.write_bytes(bad.made())
    if bad.size:
        os.truncate(path, bad.size)
    return path


def _docx(said: str, **entries: object) -> Bad:
    """A Word document with entries changed."""
    return Bad(lambda: tampered(entries), "a.docx", said)  # type: ignore[arg-type]


def _part(name: str, change: object, said: str) -> Bad:
    return _docx(said, **{name: change})


def _typed(kind: bytes, said: str) -> Bad:
    return Bad(lambda: tampered(typed(kind)), "a.docx", said)


def _said(text: str | bytes, name: str, said: str) -> Bad:
    return Bad(lambda: text if isinstance(text, bytes) else text.encode(), name, said)


OTHER_TYPES = {
    "a picture called text": _said(PICTURE, "bild.txt", "ist ein Bild"),
    "a picture called Word": _said(PICTURE, "bild.docx", NO_WORD),
    "a picture": _said(b"", "bild.png", "ist ein Bild"),
    "a PDF called text": _said(PDF, "pdf.txt", "ist eine PDF-Datei"),
    "a PDF called Word": _said(PDF, "pdf.docx", "ist eine PDF-Datei"),
    "a PDF": _said(PDF, "a.pdf", "ist eine PDF-Datei"),
    "a program called text": _said(PROGRAM, "programm.md", UNREADABLE),
    "a program called Word": _said(PROGRAM, "programm.docx", NO_WORD),
    "a program": _said(PROGRAM, "programm.exe", "kann nicht gelesen werden"),
    "Word called OpenDocument": Bad(word, "wort.odt", NO_ODT),
    "Word called text": Bad(word, "wort.txt", "Archiv, heißt aber anders"),
    "Word called a page": Bad(word, "wort.html", "Archiv, heißt aber anders"),
    "OpenDocument called Word": Bad(odt, "offen.docx", "OpenDocument"),
    "a page called text": _said("\n<!DOCTYPE HTML>\n<p>Text", "seite.txt", "HTML-Seite, heißt aber anders"),
    "a page called Markdown": _said("\ufeff<!-- x --><html lang=de>", "a.md", "HTML-Seite, heißt aber anders"),
    "text called a page": _said("Nur Text, 3 < 4", "a.html", "enthält aber kein HTML"),
    "text called Word": _said(TEXT, "a.docx", NO_WORD),
    "text called OpenDocument": _said(TEXT, "a.odt", NO_ODT),
    "rich text": _said("{\\rtf1 Text}", "a.rtf", "ist eine RTF-Datei"),
    "rich text called Markdown": _said("{\\rtf1 Text}", "a.md", "ist eine RTF-Datei"),
    "an archive called text": Bad(lambda: archive({"a": b"b"}), "a.txt", "Archiv, heißt aber anders"),
    "an archive called Word": Bad(lambda: archive({"a": b"b"}), "a.docx", NO_WORD),
    "an archive called OpenDocument": Bad(lambda: archive({"a": b"b"}), "a.odt", NO_ODT),
    "an unknown suffix": _said(TEXT, "text.xyz", "kann nicht gelesen werden"),
    "no suffix": _said(TEXT, "text", "keine Endung"),
    "a suffix of its folder": _said(TEXT, "../docx/a", "keine Endung"),
    "no name": _said(TEXT, "", "keine Endung"),
    "the old Word": _said(COMPOUND, "alt.doc", "alte Word-Format"),
    "the old Word called new": _said(COMPOUND, "alt.docx", "alte Word-Format"),
    "a spreadsheet called Word": _typed(b"spreadsheetml.sheet.main", NO_WORD),
    "a template called Word": _typed(b"wordprocessingml.template.main", TEMPLATE),
    "a template": Bad(word, "a.dotx", TEMPLATE),
    "OpenDocument of no kind": Bad(lambda: archive({"mimetype": b"text/plain"}), "a.odt", NO_ODT),
    "a spreadsheet called OpenDocument": Bad(
        lambda: archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
        "a.odt",
        NO_ODT,
    ),
    "NUL bytes": _said(b"Text\x00Text", "nul.txt", UNREADABLE),
    "NUL bytes in a page": _said(b"<p>a\x00b", "a.html", UNREADABLE),
    "nothing": _said(b"", "nichts.txt", NO_TEXT),
    "nothing called Word": _said(b"", "a.docx", NO_WORD),
    "blanks": _said(b" \n\t\n", "blank.md", NO_TEXT),
    "a page of pictures": _said("<p><img src=x></p>", "a.html", NO_TEXT),
    "Word without words": Bad(lambda: word(" "), "wortlos.docx", NO_TEXT),
}  # fmt: skip

HIDDEN_CODE = {
    "macros": _part("word/vbaProject.bin", b"x", MACROS),
    "macros by type": _typed(b"ms-word.document.macroEnabled.main", MACROS),
    "macros by suffix": Bad(word, "a.docm", MACROS),
    "macros in OpenDocument": Bad(lambda: odt(**{"Basic/Standard/Module1.xml": b"<x/>"}), "a.odt", MACROS),
    "scripts in OpenDocument": Bad(lambda: odt(**{"Scripts/python/a.py": b"x"}), "a.odt", MACROS),
    "an embedded object": _part("word/embeddings/oleObject1.bin", b"x", OBJECTS),
    "a control": _part("word/activeX/activeX1.xml", b"x", OBJECTS),
    "Word with a password": _said(COMPOUND + "EncryptedPackage".encode("utf-16-le"), "geheim.docx", LOCKED),
    "an entry with a password": Bad(flagged, "a.docx", LOCKED),
    "OpenDocument with a password": Bad(lambda: locked_odt(package=False), "geheim.odt", LOCKED),
    "OpenDocument 1.4 with a password": Bad(lambda: locked_odt(package=True), "ganz.odt", LOCKED),
}

ARCHIVES = {
    "19 kB for gigabytes": Bad(overlapping, "bombe.docx", UNPACKED),
    "19 kB for gigabytes, OpenDocument": Bad(overlapping, "bombe.odt", UNPACKED),
    "two entries in one place": Bad(lambda: overlapping(2, 100_000), "a.docx", PACKED),
    "400 entries in one place": Bad(lambda: overlapping(400, 100_000), "a.docx", PACKED),
    "a bomb in archives": Bad(nested, "puppe.docx", NO_WORD),
    "60 MB": Bad(lambda: tampered({"word/media/a.png": bytes(range(250)) * 240_000}), "a.docx", UNPACKED),
    "packed a thousandfold": _part("word/a.xml", b" " * 3_000_000, PACKED),
    "packed a thousandfold, OpenDocument": Bad(lambda: odt(b"<text:p>" + b" x" * 5_000_000), "a.odt", PACKED),
    "sizes that lie": Bad(understated, "luege.docx", DAMAGED),
    "a checksum that lies": Bad(checked_wrong, "a.docx", DAMAGED),
    "an entry beyond the end": Bad(far_away, "a.docx", PACKED),
    "more than 2000 entries": _docx(PACKED, **{f"word/{number}": b"" for number in range(2_001)}),
    "a text twice": Bad(twice, "a.docx", PACKED),
    "a path upwards": _part("../../evil.txt", b"x", PACKED),
    "a path of Windows upwards": Bad(lambda: renamed(b"word/a/b/c.xml", b"..\\..\\cc/b.xml"), "a.docx", PACKED),
    "a path from the root": Bad(lambda: renamed(b"word/a/b/c.xml", b"/etc/cron.d/ab"), "a.docx", PACKED),
    "an unusual packing": Bad(lambda: repacked(word(), {}, zipfile.ZIP_LZMA), "a.docx", PACKED),
    "half a document": Bad(lambda: word()[: len(word()) // 2], "halb.docx", DAMAGED),
    "an archive of noise": _said(b"PK\x03\x04" + PROGRAM, "kaputt.docx", DAMAGED),
    "a program with a document behind it": Bad(lambda: PROGRAM + word(), "a.docx", NO_WORD),
}

PARTS = {
    "Word without its text": _part(DOCUMENT, None, DAMAGED),
    "Word without types": _part(TYPES, None, NO_WORD),
    "Word without relations": _part(RELATIONS, None, NO_WORD),
    "Word with others' relations": _part(RELATIONS, b"<a/>", NO_WORD),
    "Word that is cut off": _part(DOCUMENT, b"<w:document", DAMAGED),
    "Word with an empty text": _part(DOCUMENT, b"", DAMAGED),
    "Word with another text": _part(DOCUMENT, b"<a/>", NO_TEXT),
    "Word with styles that are none": _part(STYLES, b"kein XML", DAMAGED),
    "OpenDocument without its text": Bad(lambda: archive({"mimetype": odt()[38:77], "a": b""}), "a.odt", NO_ODT),
    "OpenDocument that is cut off": Bad(lambda: odt(b"<text:p>"), "a.odt", DAMAGED),
    "OpenDocument with another text": Bad(lambda: odt(**{"content.xml": b"<x/>"}), "a.odt", NO_ODT),
}

XML = {
    "a billion words": _part(DOCUMENT, with_type(LAUGHS, b"&j;"), FOREIGN),
    "a billion words, OpenDocument": Bad(
        lambda: odt(**{"content.xml": b"<!DOCTYPE x [%s]><x>&j;</x>" % LAUGHS}), "a.odt", FOREIGN
    ),
    "half a megabyte of entities for gigabytes": Bad(lambda: tampered({DOCUMENT: swollen_xml()}), "a.docx", FOREIGN),
    "a document type": _part(DOCUMENT, with_type(b""), FOREIGN),
    "a document type in UTF-16": _part(DOCUMENT, in_utf_16(b'<?xml version="1.0"?>' + with_type(b"")), FOREIGN),
    "a document type behind a long comment": _part(
        DOCUMENT, with_type(b'<!ENTITY a "b">', b"&a;", b"<!--" + b"x" * 50_000 + b"-->"), FOREIGN
    ),
    "a document type of the styles": _part(STYLES, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', FOREIGN),
    "a document type of the relations": _part(RELATIONS, b"<!DOCTYPE x><x/>", FOREIGN),
    "a file as an entity": _part(DOCUMENT, with_type(b'<!ENTITY a SYSTEM "file:///etc/passwd">', b"&a;"), FOREIGN),
    "a file as a parameter entity": _part(
        DOCUMENT, with_type(b'<!ENTITY % a SYSTEM "file:///etc/passwd">%a;', b"x"), FOREIGN
    ),
    "elements in elements": _part(DOCUMENT, deep(b"a", 5_000), DAMAGED),
    "elements in elements, OpenDocument": Bad(
        lambda: odt(unlike(5_000, lambda n: b"<text:span a='%d'>" % n)), "a.odt", DAMAGED
    ),
    "elements in elements, a page": Bad(lambda: b"<p>" + deep(b"b"), "a.html", TOO_DEEP),
}

SIZES = {
    "200 MB": Bad(TEXT.encode, "riesig.txt", BIG, size=200_000_000),
    "200 MB called Word": Bad(word, "riesig.docx", BIG, size=200_000_000),
    "10 million paragraphs": Bad(lambda: b"a\n\n" * 10_000_000, "a.txt", BIG),
    "3 million paragraphs": Bad(lambda: b"a\n\n" * 3_300_000, "a.md", CHARACTERS),
    "2 million paragraphs": Bad(lambda: b"a\n\n" * 1_990_000, "a.txt", PARAGRAPHS),
    "2 million paragraphs, Markdown": Bad(lambda: b"a\n\n" * 1_990_000, "a.md", SLOW, stopped=True, markdown=True),
    "10 million paragraphs, Word": Bad(
        lambda: tampered({DOCUMENT: with_body(b"<w:p/>" * GIANT)}), "a.docx", UNPACKED
    ),
    "10 million paragraphs, OpenDocument": Bad(lambda: odt(b"<text:p/>" * GIANT), "a.odt", UNPACKED),
    "1.6 million paragraphs that pack badly": Bad(
        lambda: tampered({DOCUMENT: with_body(unlike(80_000, lambda n: b"<w:p/>" * 19 + b"<w:p>%x</w:p>" % (n * n)))}),
        "a.docx",
        TOO_MUCH,
    ),
    "100,000 paragraphs that pack badly": Bad(
        lambda: tampered(
            {DOCUMENT: with_body(unlike(100_000, lambda n: b"<w:p><w:r><w:t>%x</w:t></w:r></w:p>" % (n * n)))}
        ),
        "a.docx",
        PARAGRAPHS,
    ),
    "300,000 paragraphs that pack badly, OpenDocument": Bad(
        lambda: odt(unlike(300_000, lambda n: b"<text:p>%x</text:p>" % (n * n))), "a.odt", PARAGRAPHS
    ),
    "9 MB in one line": Bad(lambda: b"Viel Text. " * 818_181, "lang.md", CHARACTERS),
    "5 MB in one line": Bad(lambda: b"Viel Text. " * 500_000, "lang.md", LONG),
    "5 MB of signs of Markdown": Bad(lambda: b"*_[`" * 1_400_000, "a.md", SLOW, stopped=True, markdown=True),
    "9 MB of tags": Bad(lambda: b"<html>" + b"<p><b>" * 1_500_000, "tags.html", TOO_MUCH),
    "9 MB of table cells": Bad(lambda: b"<table>" + b"<td>" * 2_200_000, "zellen.html", TOO_MUCH),
    "9 MB of attributes": Bad(lambda: b"<p " + unlike(900_000, lambda n: b"a%d=1 " % n), "a.html", NO_TEXT),
    "lists that look for one another": Bad(lambda: tampered(circling()), "a.docx", SLOW, stopped=True),
}  # fmt: skip

BAD_FILES = OTHER_TYPES | HIDDEN_CODE | ARCHIVES | PARTS | XML | SIZES
"""What is wrong with a file, and the file."""
