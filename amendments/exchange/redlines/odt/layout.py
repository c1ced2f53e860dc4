"""What a paragraph is in a file, and the elements of lists around those that are items (§5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from amendments.exchange.redlines.counted import Count, Item
from amendments.text.model import Head, Kind

LISTS = "Liste.Aenderungsfolge"
"""How the names of our list styles begin."""
MAX_LEVEL = 10
"""Of lists (§19.880)."""


class Layout(NamedTuple):
    """`heading`: its level, 0 for none. `counted`, `level`: of a list item."""

    style: str = "Text_20_body"
    heading: int = 0
    counted: Count | None = None
    level: int = 0


class Paragraph(NamedTuple):
    layout: Layout
    words: str


def layout_of(head: Head, item: Item | None) -> Layout:
    if item is not None:
        return Layout("Listenpunkt", 0, item.count, min(item.level, MAX_LEVEL))
    if head.kind is Kind.HEADING:
        level = min(max(head.level, 1), 6)
        return Layout(f"Heading_20_{level}", level)
    return Layout("Footnote" if head.kind is Kind.FOOTNOTE else "Text_20_body")


def written(paragraphs: Sequence[Paragraph], names: dict[Count, str]) -> str:
    """`names`: of the list styles; a count that is not there gets one."""
    found: list[str] = []
    for count, group in groupby(paragraphs, lambda paragraph: paragraph.layout.counted):
        if count is None:
            found.extend(map(_paragraph, group))
        else:
            name = names.setdefault(count, f"{LISTS}{len(names) + 1}")
            found.append(_list(list(group), 1, f' text:style-name="{name}" text:continue-numbering="true"'))
    return "".join(found)


def _list(items: Sequence[Paragraph], level: int, attributes: str = "") -> str:
    """Deeper items stand in the one before them; in one without words where there is none."""
    found, rank = [], 0
    while rank < len(items):
        own = _paragraph(items[rank]) if items[rank].layout.level == level else ""
        begun = rank = rank + 1 if own else rank
        while rank < len(items) and items[rank].layout.level > level:
            rank += 1
        inner = _list(items[begun:rank], level + 1) if rank > begun else ""
        found.append(f"<text:list-item>{own}{inner}</text:list-item>")
    return f"<text:list{attributes}>{''.join(found)}</text:list>"


def _paragraph(paragraph: Paragraph) -> str:
    (style, heading, *_), words = paragraph
    if heading:
        return f'<text:h text:style-name="{style}" text:outline-level="{heading}">{words}</text:h>'
    return f'<text:p text:style-name="{style}">{words}</text:p>'
