"""Whether hunks really speak of a text. Everything that is stored has passed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

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
    """`misfit` says why, `paragraph` where (identity, or empty), `edit` whose hunk it is if several are looked at."""

    def __init__(self, misfit: Misfit, paragraph: str = "", edit: str = "") -> None:
        super().__init__(f"{misfit.value} at {paragraph or 'the text'}{edit and f' in edit {edit}'}")
        self.misfit = misfit
        self.paragraph = paragraph
        self.edit = edit


def check(base: Text, hunks: Sequence[Hunk]) -> None:
    """Raises MisfitError unless every hunk fits `base` and no two of them contradict one another."""
    Checker(base).check(hunks)


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


class Places:
    """What stands where in a base. `rank`: the number of each paragraph by its identity."""

    def __init__(self, base: Text, rank: Mapping[str, int]) -> None:
        self.base, self.rank = base, rank

    def paragraph(self, identity: str) -> Paragraph:
        if identity not in self.rank:
            raise MisfitError(Misfit.UNKNOWN_PARAGRAPH, identity)
        return self.base[self.rank[identity]]

    def gap(self, gap: Gap) -> None:
        if gap.after != START:
            self.paragraph(gap.after)

    def find(self, hunk: Hunk) -> None:
        """Raises MisfitError unless everything the hunk says of the base is so. Looks at the paragraphs it names only,
        and not at what it wants.
        """
        match hunk:
            case Replace():
                self._find_words(hunk)
            case Retype():
                self._must(self.paragraph(hunk.paragraph).head == hunk.old, Misfit.OLD_DIFFERS, hunk.paragraph)
            case Split():
                inside = 0 < hunk.offset < len(self.paragraph(hunk.paragraph).text)
                self._must(inside, Misfit.OUT_OF_RANGE, hunk.paragraph)
            case Join():
                self._find_row((hunk.left, hunk.right))
                self._must(len(self.paragraph(hunk.left).text) == hunk.length, Misfit.OLD_DIFFERS, hunk.left)
            case Insert():
                self.gap(hunk.gap)
            case Delete():
                self._must(self.paragraph(hunk.paragraph).content == hunk.old, Misfit.OLD_DIFFERS, hunk.paragraph)
            case Move():
                self._find_row(hunk.block)
                self.gap(hunk.gap)

    def _find_words(self, hunk: Replace) -> None:
        rich, start, end = self.paragraph(hunk.paragraph).content.rich, hunk.start, hunk.end
        if not 0 <= start <= end <= len(rich.text):
            raise MisfitError(Misfit.OUT_OF_RANGE, hunk.paragraph)
        marked = rich.marks or hunk.old.marks
        if rich.text[start:end] != hunk.old.text or (marked and rich.slice(start, end) != hunk.old):
            raise MisfitError(Misfit.OLD_DIFFERS, hunk.paragraph)

    def _find_row(self, names: Sequence[str]) -> None:
        """Paragraphs that have to stand one behind the other."""
        ranks = [self.rank[self.paragraph(identity).identity] for identity in names]
        in_a_row = all(other == one + 1 for one, other in pairwise(ranks))
        self._must(in_a_row, Misfit.NOT_NEIGHBOURS, names[0] if names else "")

    @staticmethod
    def _must(fits: bool, misfit: Misfit, paragraph: str) -> None:  # noqa: FBT001 - what was found
        if not fits:
            raise MisfitError(misfit, paragraph)


class Checker(Places):
    """For many checks of one base."""

    def __init__(self, base: Text) -> None:
        super().__init__(base, {paragraph.identity: number for number, paragraph in enumerate(base)})
        self.cells = cells_by_table(base)
        self.texts = {paragraph.identity: paragraph.text for paragraph in base}

    def check(self, hunks: Sequence[Hunk]) -> None:
        """As `check`."""
        if not hunks:
            raise MisfitError(Misfit.EMPTY)
        for hunk in hunks:
            self._check(hunk)
        one = contradiction(hunks, self.texts)
        if one is not None:
            raise MisfitError(Misfit.CONTRADICTION, _first_name(one))

    def _check(self, hunk: Hunk) -> None:
        """Also whether it may be wished for."""
        if isinstance(hunk, Move) and not hunk.block:
            raise MisfitError(Misfit.EMPTY)
        self.find(hunk)
        match hunk:
            case Replace():
                self._must(hunk.old != hunk.new, Misfit.NO_CHANGE, hunk.paragraph)
                self._must(hunk.old.text.count(CELL) == hunk.new.text.count(CELL), Misfit.CELLS, hunk.paragraph)
            case Retype():
                self._must(hunk.old != hunk.new, Misfit.NO_CHANGE, hunk.paragraph)
                self._must(Kind.TABLE_ROW not in (hunk.old.kind, hunk.new.kind), Misfit.CELLS, hunk.paragraph)
            case Split():
                self._no_row(hunk.paragraph)
            case Join():
                self._no_row(hunk.left)
                self._no_row(hunk.right)
            case Insert():
                self._must(bool(hunk.contents), Misfit.EMPTY, hunk.gap.after)
                self._must(rows_fit(hunk.contents, self.cells), Misfit.CELLS, hunk.gap.after)
            case Move():
                self._move(hunk)

    def _no_row(self, identity: str) -> None:
        self._must(self.paragraph(identity).head.kind is not Kind.TABLE_ROW, Misfit.CELLS, identity)

    def _move(self, hunk: Move) -> None:
        first = self.rank[hunk.block[0]]
        before = self.base[first - 1].identity if first else START
        self._must(hunk.gap.after not in hunk.block, Misfit.INSIDE_ITSELF, hunk.block[0])
        self._must(hunk.gap.after != before, Misfit.NO_CHANGE, hunk.block[0])
