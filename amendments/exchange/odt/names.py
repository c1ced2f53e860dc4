"""Names of elements and attributes, and the values that stand in them."""

from __future__ import annotations

from lxml import etree

SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}


def q(name: str) -> str:
    """`text:p` as lxml names it."""
    prefix, local = name.split(":")
    return f"{{{SPACES[prefix]}}}{local}"


def number_in(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


SIGNS = frozenset(map(q, ("text:s", "text:tab", "text:line-break")))
MAX_SPACES = 1_000
"""Of one `text:s`; a made-up count cannot fill the memory."""
PARAGRAPHS = frozenset(map(q, ("text:p", "text:h")))
WORDED = PARAGRAPHS | {q("text:span"), q("text:a")}


def sign_in(element: etree._Element) -> str:
    """What one of the SIGNS stands for."""
    if element.tag == q("text:s"):
        return " " * min(number_in(element.get(q("text:c")), 1), MAX_SPACES)
    return "\t" if element.tag == q("text:tab") else "\n"
