"""Styles (§17.7): which one makes a heading, a list, bold words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from amendments.exchange.building import PLAIN, Style
from amendments.exchange.docx.names import number, switched_on, value, w
from amendments.text.model import MarkName

MAX_LEVEL = 6
_HEADING = re.compile(r"(?:heading|überschrift)\s*([1-9])")
_CONTENTS = re.compile(r"(?:toc|contents|verzeichnis)\s*(?:[1-9]|heading)|inhaltsverzeichnis.*")
_LIST = re.compile(r"list (?:bullet|number) ([2-9])")
_CODE = frozenset(
    [
        "verbatim char",
        "source text",
        "source code",
        "code",
        "html code",
        "html typewriter",
        "html preformatted",
        "preformatted text",
    ]
)
_LINKS = frozenset(["hyperlink", "followedhyperlink", "internet link", "visited internet link"])
_TITLES = frozenset(["title", "titel"])
_CHAIN = 20
"""Styles may be based on each other; a circle ends here."""
_TOGGLES = {
    "b": MarkName.STRONG,
    "i": MarkName.EM,
    "strike": MarkName.STRIKE,
    "dstrike": MarkName.STRIKE,
    "u": MarkName.UNDERLINE,
}
_HEIGHTS = {"superscript": MarkName.SUP, "subscript": MarkName.SUB}


class Styles:
    """Looks styles up by id, along what they are based on."""

    def __init__(self, part: etree._Element | None) -> None:
        found = () if part is None else part.iterfind(w("style"))
        self._styles = {style.get(w("styleId"), ""): style for style in found}

    def _chain(self, style_id: str | None) -> Iterator[etree._Element]:
        for _ in range(_CHAIN):
            style = self._styles.get(style_id or "")
            if style is None:
                return
            yield style
            style_id = value(style, "basedOn")

    def _names(self, style_id: str | None) -> list[str]:
        """Built-in names are English in every language's files (§17.7.4.9); without a styles part the id has to do."""
        names = [(value(style, "name") or "").lower() for style in self._chain(style_id)]
        return names or [(style_id or "").lower()]

    def heading(self, style_id: str | None) -> int:
        """Level of the heading that this style makes, 0 for none."""
        for name in self._names(style_id):
            if found := _HEADING.fullmatch(name):
                return min(int(found[1]), MAX_LEVEL)
            if name in _TITLES:
                return 1
        for style in self._chain(style_id):
            level = outline(style.find(w("pPr")))
            if level is not None:
                return level
        return 0

    def of_contents(self, style_id: str | None) -> bool:
        """Whether it is a line of a table of contents, which the program writes itself."""
        return _CONTENTS.fullmatch(self._names(style_id)[0]) is not None

    def code(self, style_id: str | None) -> bool:
        return self._names(style_id)[0] in _CODE

    def list_level(self, style_id: str | None) -> int:
        """The level that a built-in list style means by its name ("List Bullet 2"), 0 for none."""
        found = _LIST.fullmatch(self._names(style_id)[0])
        return int(found[1]) if found else 0

    def numbering(self, style_id: str | None) -> etree._Element | None:
        """The nearest w:numPr along the chain."""
        for style in self._chain(style_id):
            properties = style.find(w("pPr"))
            found = None if properties is None else properties.find(w("numPr"))
            if found is not None:
                return found
        return None

    def marks(self, properties: etree._Element | None) -> Style:
        """The marks of a run's properties (§17.3.2.28): its own, and those of its character style where it does not say
        otherwise.
        """
        if properties is None:
            return PLAIN
        style_id = value(properties, "rStyle")
        chain = [p for p in (style.find(w("rPr")) for style in self._chain(style_id)) if p is not None]
        if self._names(style_id)[0] in _LINKS:
            chain = []
        marks = {MarkName.CODE} if style_id and self.code(style_id) else set()
        for name, mark in _TOGGLES.items():
            if next((on for on in (switched_on(p, name) for p in (properties, *chain)) if on is not None), False):
                marks.add(mark)
        height = next((h for h in (value(p, "vertAlign") for p in (properties, *chain)) if h is not None), "")
        if height in _HEIGHTS:
            marks.add(_HEIGHTS[height])
        return frozenset((mark, "") for mark in marks)


def outline(properties: etree._Element | None) -> int | None:
    """The heading level of w:outlineLvl (§17.3.1.20): 0 for body text, None when it is not given."""
    level = number(value(properties, "outlineLvl"))
    if level is None:
        return None
    return min(level + 1, MAX_LEVEL) if 0 <= level < 9 else 0
