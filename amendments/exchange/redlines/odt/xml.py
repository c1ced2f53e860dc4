"""The words of an OpenDocument text as XML: put together as text, and read by lxml once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from amendments.exchange.odt.names import SPACES
from amendments.exchange.wall_time import wall_time
from amendments.text.model import MarkName

EXTENSION = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
"""Of LibreOffice: what OpenDocument has no word for. Other programs pass over it."""
NAMESPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in {**SPACES, "loext": EXTENSION}.items())
UNKNOWN = "1970-01-01T00:00:00Z"
"""What LibreOffice says, and shows as unknown, where nobody knows the date; without one it loses what was struck."""
CHARACTERS = {
    MarkName.STRONG: "Strong_20_Emphasis",
    MarkName.EM: "Emphasis",
    MarkName.UNDERLINE: "Unterstrichen",
    MarkName.STRIKE: "Durchgestrichen",
    MarkName.SUP: "Hochgestellt",
    MarkName.SUB: "Tiefgestellt",
    MarkName.CODE: "Source_20_Text",
}
"""Named styles by mark; words of several marks stand in one inside of the other."""
_SIGNS = re.compile(r"(\n|\t|(?:^ +)|(?: +$)|(?:(?<=[\n\t]) +)|(?: +(?=[\n\t]))|(?: {2,}))")
"""What XML does not keep: breaks, and spaces but for a single one between two words (§6.1.2)."""


def attribute(text: str) -> str:
    return quoteattr(text)


def words(text: str) -> str:
    return "".join(_sign(part) if rank % 2 else escape(part) for rank, part in enumerate(_SIGNS.split(text)))


def _sign(part: str) -> str:
    if part == "\n":
        return "<text:line-break/>"
    if part == "\t":
        return "<text:tab/>"
    return "<text:s/>" if len(part) == 1 else f'<text:s text:c="{len(part)}"/>'


def spanned(inside: str, styles: Sequence[str]) -> str:
    for style in styles:
        inside = f'<text:span text:style-name="{style}">{inside}</text:span>'
    return inside


def info(author: str, at: datetime | None) -> str:
    """Who and when; there has to be a date (§4.3.2.4)."""
    return f"<dc:creator>{escape(author)}</dc:creator><dc:date>{wall_time(at) if at else UNKNOWN}</dc:date>"
