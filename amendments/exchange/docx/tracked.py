"""Tracked changes (§17.13.5): whose they are, and which are taken."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from copy import copy
from datetime import datetime
from itertools import groupby

from lxml import etree

from amendments.exchange.docx.names import DATE_UTC, FALLBACK, author_of, w
from amendments.exchange.docx.unread import BOX, cell_change, columns, outside, was_put_in
from amendments.exchange.remarks import hands, moment_in
from amendments.exchange.tracked import Atom, Change, built_on, in_row, names_in

INSERTED = (w("ins"), w("moveTo"))
DELETED = (w("del"), w("moveFrom"))
LOOKS = tuple(map(w, ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange",
                      "trPrChange", "tcPrChange")))  # fmt: skip
"""Changes of how something looks (§17.13.5.29-37)."""
CHANGES = (*INSERTED, *DELETED, *LOOKS)
_MOVES = (w("moveTo"), w("moveFrom"))
_WORDS = frozenset((*INSERTED, *DELETED))
_BOXED = (FALLBACK, BOX)
_UNREAD = (*_BOXED, w("numPr"))
_PLAIN, _END = Atom(), Atom(end=True)
_SEEN = frozenset(map(w, ("t", "delText", "tab", "br", "cr", "noBreakHyphen", "sym", "footnoteReference")))


class Tracked:
    """The changes in all parts that are read. `rejected`: they are undone, but for those of `author` and what those
    are built on (`nested`: whether there is such).
    """

    def __init__(
        self,
        parts: Iterable[etree._Element],
        margins: Iterable[etree._Element] = (),
        *,
        rejected: bool,
        author: str | None,
    ) -> None:
        """`margins`: the headers and footers."""
        parts = list(parts)
        cells = [cell for part in parts for cell in part.iter(w("tc")) if cell_change(cell) is not None]
        self._in_columns = frozenset(change for cell in cells if rejected for change in _with(cell))
        # kept, so that each element stays the same object
        self._all = [
            change
            for part in parts
            for change in part.iter(*CHANGES)
            if change not in self._in_columns and next(change.iterancestors(*_UNREAD), None) is None
        ]
        self._rejected, self._author, self.own = rejected, author, True
        of_cells = (each for cell in cells if rejected for each in columns(cell))
        self.hands = hands(
            (
                (name, change.tag in LOOKS, date_of(change))
                for change in self._all
                for name in names_in(author_of(change))
            ),
            (*outside(parts, margins), *of_cells),
        )
        self.looks = sum(change.tag in LOOKS for change in self._all)
        atoms = (atom for part in parts for atom in _atoms(part))
        self._beneath = frozenset() if author is None or len(self.hands) < 2 else built_on(atoms, author)
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
        if not self._rejected:
            return True
        own = self.own and self._author in names_in(author_of(change))
        return (own or change in self._beneath) and change not in self._in_columns

    def has_cell(self, cell: etree._Element) -> bool:
        """Whether a cell is there: where changes are undone, as before any cell was put in or struck."""
        return cell_change(cell) is None or was_put_in(cell) != self._rejected


def date_of(change: etree._Element) -> datetime | None:
    """Word writes the clock on the wall as if it were UTC, and newer ones UTC beside it."""
    exact = change.get(DATE_UTC)
    return moment_in(exact) if exact else moment_in(change.get(w("date"), "").removesuffix("Z"))


def _with(cell: etree._Element) -> Iterator[etree._Element]:
    """The changes in a cell that is not read, or that come with its own being struck."""
    own = cell_change(cell)
    for change in cell.iter(*CHANGES):
        if own is not None and (was_put_in(cell) or author_of(change) == author_of(own)):
            yield change


def _atoms(part: etree._Element) -> Iterator[Atom]:
    """The runs and the marks of paragraphs, with the changes they are in."""
    changed = {each for change in part.iter(*_WORDS) for each in (*change.iterancestors(w("p")), *change.iter(w("p")))}
    for line, inside in groupby(_in_lines(part), lambda each: each[0]):
        atoms = (atom for _, paragraph in inside for atom in _atoms_in(paragraph, changed))
        yield from atoms if line is None else _in_row(line, list(atoms))


def _in_lines(part: etree._Element) -> Iterator[tuple[etree._Element | None, etree._Element]]:
    """The paragraphs that are read, each with the row of a table that it is in."""
    for paragraph in part.iter(w("p")):
        around = list(paragraph.iterancestors(w("tr"), *_BOXED))
        if not around or all(each.tag == w("tr") for each in around):
            yield (around[0] if around else None), paragraph


def _atoms_in(paragraph: etree._Element, changed: Container[etree._Element]) -> Iterator[Atom]:
    if paragraph not in changed:
        yield from (_PLAIN,) if next(paragraph.iter(*_SEEN), None) is not None else ()
        yield _END
        return
    for run in paragraph.iter(w("r")):
        boxed = next(run.iterancestors(w("p"))) is not paragraph
        if not boxed and any(piece.tag in _SEEN for piece in run):
            yield Atom(_around(run))
    yield Atom(_changes_in(paragraph.find(f"{w('pPr')}/{w('rPr')}")), end=True)


def _around(element: etree._Element) -> tuple[Change, ...]:
    return tuple(map(_change, reversed(list(element.iterancestors(*_WORDS)))))


def _in_row(line: etree._Element, atoms: list[Atom]) -> list[Atom]:
    came = tuple(change for change in _changes_in(line.find(w("trPr"))) if change.inserted)
    return [Atom((*came, *atom.stack), atom.end) for atom in atoms] if came else in_row(atoms)


def _changes_in(properties: etree._Element | None) -> tuple[Change, ...]:
    return tuple(_change(element) for element in (() if properties is None else properties) if element.tag in _WORDS)


def _change(element: etree._Element) -> Change:
    return Change(element, author_of(element), element.tag in INSERTED)
