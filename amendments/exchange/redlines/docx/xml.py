"""The words of WordprocessingML as text: it is put together by the million, and read by lxml once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from amendments.exchange.wall_time import wall_time
from amendments.text.model import Mark, MarkName

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_LOOKS = {
    MarkName.STRONG: "<w:b/>",
    MarkName.EM: "<w:i/>",
    MarkName.STRIKE: "<w:strike/>",
    MarkName.UNDERLINE: '<w:u w:val="single"/>',
    MarkName.SUP: '<w:vertAlign w:val="superscript"/>',
    MarkName.SUB: '<w:vertAlign w:val="subscript"/>',
}
"""In the order in which §17.3.2.28 wants them."""
_SIGNS = re.compile(r"([\n\t])")
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def attribute(text: str) -> str:
    """Quoted, as it stands behind the sign of equality."""
    return quoteattr(text)


def moment(at: datetime) -> str:
    """An xsd:dateTime as Word writes and shows it: the clock on the wall, with a "Z" that says nothing."""
    wall = wall_time(at)
    return wall if "+" in wall else f"{wall}Z"


def look_of(marks: tuple[Mark, ...], styles: Mapping[MarkName, str]) -> str:
    """What stands in w:rPr. `styles`: ids of character styles for marks that have one."""
    names = {mark.name for mark in marks}
    style = next((f"<w:rStyle w:val={attribute(styles[name])}/>" for name in styles if name in names), "")
    return style + "".join(xml for name, xml in _LOOKS.items() if name in names)


def run(text: str, look: str, *, struck: bool) -> str:
    """A w:r of words that have one look."""
    tag = "delText" if struck else "t"
    inside = "".join(
        _BREAKS.get(part) or f'<w:{tag} xml:space="preserve">{escape(part)}</w:{tag}>'
        for part in _SIGNS.split(text)
        if part
    )
    return f"<w:r>{properties(look)}{inside}</w:r>"


def properties(look: str) -> str:
    return f"<w:rPr>{look}</w:rPr>" if look else ""
