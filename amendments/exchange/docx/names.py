"""Names of elements and attributes: `w("p")` is the paragraph. Strict documents (Part 1) are read as transitional ones
(Part 4).
"""

from __future__ import annotations

import re

from lxml import etree

from amendments.text.door import one_line

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument|drawingml)/")
_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DATE_UTC = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}dateUtc"
RELATION_ID = f"{{{_R}}}id"


def w(name: str) -> str:
    return f"{{{_W}}}{name}"


VAL = w("val")


def transitional(part: bytes) -> bytes:
    """A part in UTF-8 (the other encoding is UTF-16, Part 2 §7.2.3.1), with the names of transitional documents."""
    encoding = _UTF_16.get(part[:2])
    if encoding:
        try:
            part = _DECLARATION.sub("", part.decode(encoding), count=1).encode()
        except UnicodeDecodeError:
            return part  # no parser reads it either
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part)


def author_of(change: etree._Element) -> str:
    """Whose a tracked change is, "" for somebody without a name."""
    return one_line(change.get(w("author"), ""))


def value(parent: etree._Element | None, *path: str) -> str | None:
    """The `w:val` of the descendant at `path`; None when the element or the attribute is missing."""
    for name in path:
        if parent is None:
            return None
        parent = parent.find(w(name))
    return None if parent is None else parent.get(VAL)


def switched_on(parent: etree._Element | None, name: str) -> bool | None:
    """A toggle (§17.17.4): on without a value; None when it is not there."""
    found = None if parent is None else parent.find(w(name))
    return None if found is None else found.get(VAL, "1") not in ("0", "false", "off", "none")


def number(text: str | None) -> int | None:
    """A decimal number of the file (§17.18.10), None for anything else."""
    if text is None or len(text) > 9:
        return None
    try:
        return int(text)
    except ValueError:
        return None
