"""Tracked changes that are not read: in headers, footers and text boxes (§17.10, §17.17), and cells that were put in or
struck one by one (§17.13.5.1, 13), of which each row would be a wish of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from amendments.exchange.docx.names import FALLBACK, author_of, w
from amendments.exchange.remarks import Where
from amendments.exchange.tracked import names_in

BOX = w("txbxContent")
_WORDS = tuple(map(w, ("ins", "del", "moveTo", "moveFrom")))
_SAID = (w("t"), w("delText"))
_CELLS = (w("cellIns"), w("cellDel"))

Unread = tuple[Where, str, str]
"""Where, whose, and the words."""


def outside(parts: Iterable[etree._Element], margins: Iterable[etree._Element]) -> Iterator[Unread]:
    """Of the text boxes of `parts`, and of all of `margins`."""
    for box in (box for part in parts for box in part.iter(BOX) if not _within(box, BOX, FALLBACK)):
        yield from _unread(Where.OUTSIDE, box)
    for margin in margins:
        yield from _unread(Where.OUTSIDE, margin)


def columns(cell: etree._Element) -> Iterator[Unread]:
    """Of a cell that was put in or struck: that, and what else is tracked in it."""
    change = cell_change(cell)
    if change is not None:
        for name in names_in(author_of(change)):
            yield Where.COLUMNS, name, _words(cell)
        others = (each for each in _unread(Where.COLUMNS, cell) if each[1] not in names_in(author_of(change)))
        yield from others if was_put_in(cell) else ()


def cell_change(cell: etree._Element) -> etree._Element | None:
    properties = cell.find(w("tcPr"))
    return None if properties is None else next(properties.iterchildren(*_CELLS), None)


def was_put_in(cell: etree._Element) -> bool:
    change = cell_change(cell)
    return change is not None and change.tag == w("cellIns")


def _unread(where: Where, holder: etree._Element) -> Iterator[Unread]:
    for change in holder.iter(*_WORDS):
        if not _within(change, FALLBACK, w("numPr")):
            yield from ((where, name, _words(change)) for name in names_in(author_of(change)))


def _words(holder: etree._Element) -> str:
    return "".join(piece.text or "" for piece in holder.iter(*_SAID) if not _within(piece, FALLBACK))


def _within(element: etree._Element, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None
