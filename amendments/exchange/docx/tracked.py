"""Tracked changes (§17.13.5): whose they are, and which are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from datetime import datetime

from lxml import etree

from amendments.exchange.docx.names import DATE_UTC, FALLBACK, w
from amendments.exchange.remarks import hands, moment_in
from amendments.exchange.tracked import Change, Passage, Stack, built_on, names_in
from amendments.text.door import one_line

INSERTED = (w("ins"), w("moveTo"))
DELETED = (w("del"), w("moveFrom"))
LOOKS = tuple(map(w, ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange",
                      "trPrChange", "tcPrChange")))  # fmt: skip
"""Changes of how something looks (§17.13.5.29-37)."""
CHANGES = (*INSERTED, *DELETED, *LOOKS)
_MOVES = (w("moveTo"), w("moveFrom"))
_WORDS = frozenset((*INSERTED, *DELETED))
_UNREAD = (FALLBACK, w("txbxContent"), w("numPr"))
_SEEN = frozenset(map(w, ("t", "delText", "tab", "br", "cr", "noBreakHyphen", "sym", "footnoteReference")))


class Tracked:
    """The changes in all parts that are read. `rejected`: they are undone, but for those of `author` and what those
    are built on (`nested`: whether there is such).
    """

    def __init__(self, parts: Iterable[etree._Element], *, rejected: bool, author: str | None) -> None:
        parts = list(parts)
        # kept, so that each element stays the same object
        self._all = [
            change
            for part in parts
            for change in part.iter(*CHANGES)
            if next(change.iterancestors(*_UNREAD), None) is None
        ]
        self._rejected, self._author, self.own = rejected, author, True
        self.hands = hands(
            (name, change.tag in LOOKS, date_of(change)) for change in self._all for name in names_in(author_of(change))
        )
        self.looks = sum(change.tag in LOOKS for change in self._all)
        passages = (passage for part in parts for passage in _passages(part))
        self._beneath = frozenset() if author is None else built_on(passages, author)
        self._beneath |= self._moved_along()
        self.nested = bool(rejected and self._beneath)

    def __len__(self) -> int:
        return len(self._all)

    def _moved_along(self) -> frozenset[etree._Element]:
        """Both halves of all moves of those who moved words in which somebody changed something."""
        movers = {author_of(change) for change in self._all if change in self._beneath and change.tag in _MOVES}
        return frozenset(change for change in self._all if change.tag in _MOVES and author_of(change) in movers)

    def ground(self) -> Tracked:
        """The same without those of `author`: what they are built on alone."""
        found = copy(self)
        found.own = False
        return found

    def takes(self, change: etree._Element) -> bool:
        """Whether it is read as accepted."""
        own = self.own and self._author in names_in(author_of(change))
        return not self._rejected or own or change in self._beneath


def date_of(change: etree._Element) -> datetime | None:
    """Word writes the clock on the wall as if it were UTC, and newer ones UTC beside it."""
    exact = change.get(DATE_UTC)
    return moment_in(exact) if exact else moment_in(change.get(w("date"), "").removesuffix("Z"))


def author_of(change: etree._Element) -> str:
    return one_line(change.get(w("author"), ""))


def _passages(part: etree._Element) -> Iterator[Passage]:
    found: list[Stack] = []
    for stack in (stack for paragraph in part.iter(w("p")) for stack in _stacks(paragraph)):
        if stack:
            found.append(stack)
        elif found:
            yield found
            found = []
    if found:
        yield found


def _stacks(paragraph: etree._Element) -> Iterator[Stack]:
    """For each run of a paragraph and for its mark the changes it is in; an empty one where there are none."""
    for run in paragraph.iter(w("r")):
        if any(piece.tag in _SEEN for piece in run):
            yield [_change(element) for element in reversed(list(run.iterancestors())) if element.tag in _WORDS]
    mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    yield [_change(element) for element in (() if mark is None else mark) if element.tag in _WORDS]


def _change(element: etree._Element) -> Change:
    return Change(element, author_of(element), element.tag in INSERTED)
