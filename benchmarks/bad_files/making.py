"""What bad files are made of: documents, archives with false headers, XML that grows."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from random import Random

import docx

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 8
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
TEXT = "Die Straße führt über Überlingen. Die Stadt trägt die Kosten.\n"
DOCUMENT, TYPES, RELATIONS, STYLES = "word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/styles.xml"
GIANT = 10_000_000
"""Bytes that one entry of a bomb unpacks to; packed they are ten thousand."""
W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF_MIME = b"application/vnd.oasis.opendocument.text"
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
                         ("draw", "drawing"), ("svg", "svg-compatible"), ("manifest", "manifest"))
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip

Change = bytes | None | Callable[[bytes], bytes]
"""An entry of an archive anew, left out, or changed."""


# --- documents


@cache
def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs or (TEXT.strip(),):
        document.add_paragraph(paragraph)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_body(xml: bytes) -> Callable[[bytes], bytes]:
    """A change of a Word document's main part: this stands first in the body."""
    return lambda document: document.replace(b"<w:body>", b"<w:body>" + xml, 1)


def tampered(changes: Mapping[str, Change]) -> bytes:
    """A sound Word document with entries changed."""
    return repacked(word(), changes)


def odt(body: bytes = b"<text:p>Text</text:p>", **entries: bytes) -> bytes:
    """An OpenDocument text with this in `office:text`."""
    content = (
        f"<office:document-content {ODF}><office:body><office:text>".encode()
        + body
        + b"</office:text></office:body></office:document-content>"
    )
    return archive({"mimetype": ODF_MIME, "content.xml": content, **entries})


def locked_odt(*, package: bool) -> bytes:
    """One with a password: its parts one by one, or (1.4) all of it in one entry."""
    name = "encrypted-package" if package else "content.xml"
    manifest = (
        f'<manifest:manifest {ODF}><manifest:file-entry manifest:full-path="{name}"'
        ' manifest:media-type="text/xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    )
    return archive({"mimetype": ODF_MIME, name: PROGRAM, "META-INF/manifest.xml": manifest.encode()})


def typed(kind: bytes) -> dict[str, Change]:
    return {TYPES: lambda xml: xml.replace(b"wordprocessingml.document.main", kind)}


# --- archives


def archive(entries: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as target:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, (2011, 11, 22, 0, 0, 0))  # the same bytes in every run
            target.writestr(entry, data, zipfile.ZIP_STORED if name == "mimetype" else packing)
    return stream.getvalue()


def repacked(data: bytes, changes: Mapping[str, Change], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive with entries replaced, added, changed or (None) left out."""
    with zipfile.ZipFile(BytesIO(data)) as old:
        entries: dict[str, bytes] = {name: old.read(name) for name in old.namelist()}
    for name, change in changes.items():
        made = change(entries[name]) if callable(change) else change
        entries.pop(name, None)
        if made is not None:
            entries[name] = made
    return archive(entries, packing)


def overlapping(copies: int = 190, size: int = GIANT) -> bytes:
    """Some 19 kB that unpack to 1.9 GB: many entries of the directory share the same packed bytes (CVE-2024-0450)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = b"\x00" * size
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


def understated(entries: bytes = b"word/document.xml", said: int = 1_000) -> bytes:
    """A document whose directory says that its text is small; it unpacks to ten megabytes."""
    data = bytearray(tampered({DOCUMENT: b" " * GIANT}))
    return bytes(_in_directory(data, entries, 24, struct.pack("<I", said)))


def flagged() -> bytes:
    """An entry that is said to have a password."""
    return bytes(_in_directory(bytearray(word()), b"word/document.xml", 8, b"\x01\x00"))


def far_away() -> bytes:
    """An entry that is said to begin behind the end of the file."""
    return bytes(_in_directory(bytearray(word()), b"word/document.xml", 42, struct.pack("<I", 2**31)))


def checked_wrong() -> bytes:
    """An entry whose checksum is another one."""
    return bytes(_in_directory(bytearray(word()), b"word/document.xml", 16, b"abcd"))


def _in_directory(data: bytearray, name: bytes, offset: int, put: bytes) -> bytearray:
    """Some bytes of an entry's record in the directory, changed."""
    place = data.index(b"PK\x01\x02")
    while not data[place + 46 :].startswith(name):
        place = data.index(b"PK\x01\x02", place + 4)
    data[place + offset : place + offset + len(put)] = put
    return data


def twice() -> bytes:
    """Two texts of one name: which one was looked at, which one is shown?"""
    return repacked(word(), {"WORD/document.xml": b"<a/>"})


def renamed(old: bytes, new: bytes) -> bytes:
    """An entry with a name that no program would write, in all places."""
    return tampered({old.decode(): b"x"}).replace(old, new)


def nested() -> bytes:
    """A bomb in an archive in an archive."""
    inner = overlapping()
    for name in ("c.zip", "b.zip", "a.zip"):
        inner = archive({name: inner})
    return inner


# --- XML


LAUGHS = b'<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + number, b"&%c;" % (97 + number) * 10) for number in range(9)
)
"""A billion words out of ten entities."""


def with_type(declared: bytes, said: bytes = b"", start: bytes = b"") -> bytes:
    """The main part of a Word document with a document type."""
    paragraph = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % said
    return start + b"<!DOCTYPE x [%s]><w:document %s><w:body>%s</w:body></w:document>" % (declared, W, paragraph)


def swollen() -> bytes:
    """One long entity many times, in words and in attributes: half a megabyte that would be fifty gigabytes."""
    declared = b'<!ENTITY a "%s">' % Random(2011).randbytes(125_000).hex().encode()
    inside = b'<w:p w:x="%s"/>' % (b"&a;" * 1_000)
    return with_type(declared, b"&a;" * 80_000).replace(b"<w:body>", b"<w:body>" + inside)


def in_utf_16(xml: bytes) -> bytes:
    return xml.decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")


def deep(tag: bytes, times: int = 100_000) -> bytes:
    return b"<%s>" % tag * times + b"</%s>" % tag * times


def unlike(times: int, made: Callable[[int], bytes]) -> bytes:
    """Many pieces, each another one, so that they do not pack too well."""
    return b"".join(made(number) for number in range(times))


def circling() -> dict[str, Change]:
    """Lists whose kinds name one another, looked up again for each of many items."""
    kinds = unlike(
        60_000,
        lambda n: b'<w:abstractNum w:abstractNumId="%d"><w:numStyleLink w:val="s%d"/></w:abstractNum>' % (n, n * 7919),
    )
    items = unlike(
        19_000,
        lambda n: (
            b'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>%x'
            b"</w:t></w:r></w:p>" % (n * 2654435761)
        ),
    )
    last = b'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return {
        "word/numbering.xml": b"<w:numbering %s>%s%s</w:numbering>" % (W, kinds, last),
        DOCUMENT: with_body(items),
    }
