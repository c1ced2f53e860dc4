"""Tracked changes (§5.5): whose they are, which are taken, and what was deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import datetime
from enum import Enum, auto
from itertools import chain
from typing import Any, cast

from lxml import etree

from amendments.exchange.odt.names import PARAGRAPHS, SIGNS, WORDED, q
from amendments.exchange.odt.unread import boxes_in, put_in, struck
from amendments.exchange.remarks import Where, hands, moment_in
from amendments.exchange.tracked import Atom, Change, built_on, in_row, names_in
from amendments.text.door import one_line

_ASIDE = frozenset(map(q, ("text:tracked-changes", "office:annotation", "draw:frame", "draw:text-box")))
_MARKS = frozenset(map(q, ("text:change-start", "text:change-end", "text:change")))
_ROW = q("table:table-row")


class Tracked:
    """The changes that `text:tracked-changes` lists (§5.5): whose, what was deleted, and which are taken.

    A region of several changes lists the latest first: a deletion before an insertion strikes what was inserted.
    """

    def __init__(
        self, text: etree._Element, margins: Iterable[etree._Element] = (), *, rejected: bool, author: str | None
    ) -> None:
        """`margins`: the headers and footers."""
        self._rejected, self._author, self.own = rejected, author, True
        listed = _regions(text)
        boxed = put_in(boxes_in(text))
        self._regions = {name: changes for name, changes in listed.items() if name not in boxed}
        every = [change for changes in self._regions.values() for change in changes]
        self.looks = sum(map(_only_looks, every))
        unread = (_unread(listed, boxed), *(_unread(_regions(margin), put_in([margin])) for margin in margins))
        self.hands = hands(
            ((name, _only_looks(change), _date(change)) for change in every for name in names_in(change.author)),
            chain.from_iterable(unread),
        )
        self._beneath = frozenset() if author is None or len(self.hands) < 2 else built_on(self._atoms(text), author)
        self.nested = bool(rejected and self._beneath)

    def __len__(self) -> int:
        return sum(map(len, self._regions.values()))

    @property
    def authors_of(self) -> dict[str, tuple[str, ...]]:
        """Whose each change is, by its id."""
        return {
            key: tuple(name for change in found for name in names_in(change.author))
            for key, found in self._regions.items()
        }

    def ground(self) -> Tracked:
        """The same without those of `author`: what they are built on alone."""
        found = copy(self)
        found.own = False
        return found

    def absent(self, name: str) -> bool:
        """Whether the words were inserted by a change that is not taken."""
        return any(change.inserted and not self._takes(change) for change in self._regions.get(name, ()))

    def restored(self, name: str) -> etree._Element | None:
        """The deletion whose words stand, as it is not taken."""
        for change in self._regions.get(name, ()):
            element: etree._Element = cast("Any", change.key)
            if element.tag == q("text:deletion") and not self._takes(change) and not self.absent(name):
                return element
        return None

    def _takes(self, change: Change) -> bool:
        own = self.own and self._author in names_in(change.author)
        return not self._rejected or own or change.key in self._beneath

    def _atoms(self, text: etree._Element) -> list[Atom]:
        open_: dict[str, tuple[Change, ...]] = {}
        rows: list[list[Atom]] = [[]]
        for event, element in _in_order(text):
            name = element.get(q("text:change-id"), "")
            here = tuple(change for changes in open_.values() for change in changes)
            if event is _Event.WORDS or event is _Event.END:
                rows[-1].append(Atom(here, end=event is _Event.END))
            elif element.tag == _ROW:
                if event is _Event.OPENED:
                    rows.append([])
                else:
                    found = rows.pop()
                    rows[-1] += in_row(found)
            elif element.tag == q("text:change-end"):
                open_.pop(name, None)
            elif element.tag == q("text:change-start"):
                open_[name] = tuple(self._regions.get(name, ()))
            else:
                rows[-1].append(Atom((*here, *self._regions.get(name, ()))))
        return rows[0]


class _Event(Enum):
    """What there is in a text: words, the end of a paragraph, a mark of a change or a row that opens or closes."""

    WORDS = auto()
    END = auto()
    OPENED = auto()
    CLOSED = auto()


def _in_order(text: etree._Element) -> Iterator[tuple[_Event, etree._Element]]:
    walk = etree.iterwalk(text, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in _MARKS or element.tag == _ROW:
                yield _Event.OPENED, element
            if element.tag in SIGNS or (element.text and element.tag in WORDED):
                yield _Event.WORDS, element
            if element.tag in _ASIDE:
                walk.skip_subtree()
            continue
        if element.tag in PARAGRAPHS:
            yield _Event.END, element
        elif element.tag == _ROW:
            yield _Event.CLOSED, element
        if element.tail and element.getparent() is not None and element.getparent().tag in WORDED:
            yield _Event.WORDS, element


def _regions(text: etree._Element) -> dict[str, list[Change]]:
    """By the id of each region its changes, the oldest first."""
    listed = text.find(q("text:tracked-changes"))
    found = {}
    for region in () if listed is None else listed.iterfind(q("text:changed-region")):
        changes = [_change(element) for element in region if isinstance(element.tag, str)]
        found[region.get(q("text:id")) or _xml_id(region)] = changes[::-1]
    return found


def _unread(regions: Mapping[str, Iterable[Change]], words: Mapping[str, str]) -> Iterator[tuple[Where, str, str]]:
    """`words`: what each of the changes put in."""
    for key, inserted in words.items():
        changes = [change for change in regions.get(key, ()) if not _only_looks(change)]
        gone = " ".join(struck(cast("Any", change.key)) for change in changes if not change.inserted)
        for change in changes:
            yield from ((Where.OUTSIDE, name, inserted or gone) for name in names_in(change.author))


def _change(element: etree._Element) -> Change:
    creator = element.findtext(f"{q('office:change-info')}/{q('dc:creator')}", "")
    return Change(element, one_line(creator), element.tag == q("text:insertion"))


def _only_looks(change: Change) -> bool:
    return bool(cast("Any", change.key).tag == q("text:format-change"))


def _date(change: Change) -> datetime | None:
    return moment_in(cast("Any", change.key).findtext(f"{q('office:change-info')}/{q('dc:date')}", ""))


def _xml_id(element: etree._Element) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}id", "")


def fragments(
    parent: etree._Element, holders: tuple[etree._Element, ...] = ()
) -> Iterator[tuple[etree._Element, tuple[etree._Element, ...]]]:
    """The blocks of a deletion, each with the lists and items it is in: list, item, list, item ..."""
    for child in parent:
        if child.tag == q("text:list"):
            for item in child:
                yield from fragments(item, (*holders, child, item))
        elif child.tag != q("office:change-info") and isinstance(child.tag, str):
            yield child, holders
