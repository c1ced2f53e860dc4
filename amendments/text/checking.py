"""Whether hunks really speak of a text. Everything that is stored has passed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from amendments.text.hunks import START, Delete, Gap, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import CELL, Content, Kind, Paragraph, Text
from amendments.text.relations import contradiction


class Misfit(StrEnum):
    """Why hunks do not fit; rooms turn it into a sentence."""

    EMPTY = "empty"
    UNKNOWN_PARAGRAPH = "unknown_paragraph"
    OUT_OF_RANGE = "out_of_range"
    OLD_DIFFERS = "old_differs"
    NO_CHANGE = "no_change"
    NOT_NEIGHBOURS = "not_neighbours"
    INSIDE_ITSELF = "inside_itself"
    CELLS = "cells"
    CONTRADICTION = "contradiction"


class MisfitError(ValueError):
    """`misfit` says why, `paragraph` where (identity, or empty)."""

    def __init__(self, misfit: Misfit, paragraph: str = "") -> None:
        super().__init__(f"{misfit.value} at {paragraph or 'the text'}")
        self.misfit = misfit
        self.paragraph = paragraph


def check(base: Text, hunks: Sequence[Hunk]) -> None:
    """Raises MisfitError unless every hunk fits `base` and no two of them contradict one another."""
    if not hunks:
        raise MisfitError(Misfit.EMPTY)
    checker = _Checker(base)
    for hunk in hunks:
        checker.check(hunk)
    texts = {paragraph.identity: paragraph.text for paragraph in base}
    one = contradiction(hunks, texts)
    if one is not None:
        raise MisfitError(Misfit.CONTRADICTION, _first_name(one))


def _first_name(hunk: Hunk) -> str:
    match hunk:
        case Insert():
            return hunk.gap.after
        case Move():
            return hunk.block[0]
        case Join():
            return hunk.left
        case _:
            return hunk.paragraph


def cells_by_table(text: Iterable[Paragraph]) -> dict[str, int]:
    """Borders of cells in a row, by the identity of the table."""
    return {
        paragraph.head.attribute("table"): paragraph.text.count(CELL)
        for paragraph in text
        if paragraph.head.kind is Kind.TABLE_ROW
    }


def rows_fit(contents: Iterable[Content], cells: Mapping[str, int]) -> bool:
    """Whether new rows have as many cells as their tables, and nothing else has any."""
    for content in contents:
        borders = content.text.count(CELL)
        row = content.kind is Kind.TABLE_ROW
        if borders != (cells.get(content.head.attribute("table"), borders) if row else 0):
            return False
    return True


class _Checker:
    def __init__(self, base: Text) -> None:
        self.base = base
        self.rank = {paragraph.identity: number for number, paragraph in enumerate(base)}
        self.cells = cells_by_table(base)

    def paragraph(self, identity: str) -> Paragraph:
        if identity not in self.rank:
            raise MisfitError(Misfit.UNKNOWN_PARAGRAPH, identity)
        return self.base[self.rank[identity]]

    def gap(self, gap: Gap) -> None:
        if gap.after != START:
            self.paragraph(gap.after)

    def check(self, hunk: Hunk) -> None:
        match hunk:
            case Replace():
                self._replace(hunk)
            case Retype():
                self._retype(hunk)
            case Split():
                self._split(hunk)
            case Join():
                self._join(hunk)
            case Insert():
                self._insert(hunk)
            case Delete():
                self._delete(hunk)
            case Move():
                self._move(hunk)

    def _retype(self, hunk: Retype) -> None:
        if self.paragraph(hunk.paragraph).head != hunk.old:
            raise MisfitError(Misfit.OLD_DIFFERS, hunk.paragraph)
        if hunk.old == hunk.new:
            raise MisfitError(Misfit.NO_CHANGE, hunk.paragraph)
        if Kind.TABLE_ROW in (hunk.old.kind, hunk.new.kind):
            raise MisfitError(Misfit.CELLS, hunk.paragraph)

    def _split(self, hunk: Split) -> None:
        paragraph = self.paragraph(hunk.paragraph)
        if not 0 < hunk.offset < len(paragraph.text):
            raise MisfitError(Misfit.OUT_OF_RANGE, hunk.paragraph)
        if paragraph.head.kind is Kind.TABLE_ROW:
            raise MisfitError(Misfit.CELLS, hunk.paragraph)

    def _insert(self, hunk: Insert) -> None:
        self.gap(hunk.gap)
        if not hunk.contents:
            raise MisfitError(Misfit.EMPTY, hunk.gap.after)
        if not rows_fit(hunk.contents, self.cells):
            raise MisfitError(Misfit.CELLS, hunk.gap.after)

    def _delete(self, hunk: Delete) -> None:
        if self.paragraph(hunk.paragraph).content != hunk.old:
            raise MisfitError(Misfit.OLD_DIFFERS, hunk.paragraph)

    def _replace(self, hunk: Replace) -> None:
        paragraph = self.paragraph(hunk.paragraph)
        if not 0 <= hunk.start <= hunk.end <= len(paragraph.text):
            raise MisfitError(Misfit.OUT_OF_RANGE, hunk.paragraph)
        if paragraph.content.rich.slice(hunk.start, hunk.end) != hunk.old:
            raise MisfitError(Misfit.OLD_DIFFERS, hunk.paragraph)
        if hunk.old == hunk.new:
            raise MisfitError(Misfit.NO_CHANGE, hunk.paragraph)
        if hunk.old.text.count(CELL) != hunk.new.text.count(CELL):
            raise MisfitError(Misfit.CELLS, hunk.paragraph)

    def _join(self, hunk: Join) -> None:
        left, right = self.paragraph(hunk.left), self.paragraph(hunk.right)
        if self.rank[hunk.right] != self.rank[hunk.left] + 1:
            raise MisfitError(Misfit.NOT_NEIGHBOURS, hunk.left)
        if len(left.text) != hunk.length:
            raise MisfitError(Misfit.OLD_DIFFERS, hunk.left)
        if Kind.TABLE_ROW in (left.head.kind, right.head.kind):
            raise MisfitError(Misfit.CELLS, hunk.left)

    def _move(self, hunk: Move) -> None:
        if not hunk.block:
            raise MisfitError(Misfit.EMPTY)
        ranks = [self.rank[self.paragraph(identity).identity] for identity in hunk.block]
        if ranks != list(range(ranks[0], ranks[0] + len(ranks))):
            raise MisfitError(Misfit.NOT_NEIGHBOURS, hunk.block[0])
        self.gap(hunk.gap)
        if hunk.gap.after in hunk.block:
            raise MisfitError(Misfit.INSIDE_ITSELF, hunk.block[0])
        before = self.base[ranks[0] - 1].identity if ranks[0] else START
        if hunk.gap.after == before:
            raise MisfitError(Misfit.NO_CHANGE, hunk.block[0])
