"""The two texts of a node side by side, and the passages that differ: what the display passes work on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amendments.text.model import CELL, Rich, concat
from amendments.text.redline import DELETE, INSERT, KEEP, Run, as_run


@dataclass(slots=True)
class Passage:
    """Code points `start`..`end` of the old text are struck, `new_start`..`new_end` of the new one put in; `by`: the
    edits that did it. One of the two may be empty. Between two passages both texts are equal.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    by: tuple[str, ...]

    @property
    def inserts(self) -> bool:
        """Whether nothing is struck."""
        return self.start == self.end

    @property
    def deletes(self) -> bool:
        """Whether nothing is put in."""
        return self.new_start == self.new_end


@dataclass(slots=True)
class Sheet:
    """`passages` stand in order and never overlap; `unite` makes one of two that touch and have the same authors."""

    old: Rich
    new: Rich
    passages: list[Passage]

    @staticmethod
    def of(runs: Iterable[Run]) -> Sheet:
        old: list[Rich] = []
        new: list[Rich] = []
        passages: list[Passage] = []
        here = there = 0
        passage: Passage | None = None
        for op, rich, by in runs:
            length = len(rich.text)
            if op is KEEP:
                old.append(rich)
                new.append(rich)
                here += length
                there += length
                passage = None if length else passage
                continue
            if passage is None or passage.by != by:
                passage = Passage(here, here, there, there, by)
                passages.append(passage)
            if op is DELETE:
                old.append(rich)
                here += length
                passage.end = here
            else:
                new.append(rich)
                there += length
                passage.new_end = there
        return Sheet(concat(old), concat(new), passages)

    @staticmethod
    def compared(old: Rich, new: Rich, spans: Iterable[tuple[int, int, int, int]], by: tuple[str, ...]) -> Sheet:
        return Sheet(old, new, [Passage(*span, by) for span in spans])

    def struck(self, passage: Passage) -> str:
        return self.old.text[passage.start : passage.end]

    def put_in(self, passage: Passage) -> str:
        return self.new.text[passage.new_start : passage.new_end]

    def neighbour(self, index: int, side: int) -> bool:
        """Whether the passage in front (-1) or behind (1) has the same authors, with no border of a cell between."""
        first, last = (index, index + 1) if side > 0 else (index - 1, index)
        if first < 0 or last == len(self.passages):
            return False
        one, other = self.passages[first], self.passages[last]
        return one.by == other.by and CELL not in self.old.text[one.end : other.start]

    def room_before(self, index: int) -> int:
        """Kept characters in front of a passage, up to another one, a cell's border or the beginning."""
        passage = self.passages[index]
        floor = self.passages[index - 1].end if index else 0
        return passage.start - max(floor, self.old.text.rfind(CELL, floor, passage.start) + 1)

    def room_behind(self, index: int) -> int:
        """Kept characters behind a passage, up to the next one, a cell's border or the end."""
        passage = self.passages[index]
        ceiling = self.passages[index + 1].start if index + 1 < len(self.passages) else len(self.old.text)
        border = self.old.text.find(CELL, passage.end, ceiling)
        return (ceiling if border < 0 else border) - passage.end

    def runs(self) -> tuple[Run, ...]:
        """Kept, struck, put in, in this order for each passage; empty runs are left out."""
        old, new = self.old.slice, self.new.slice
        runs: list[Run] = []
        kept_from, length = 0, len(self.old.text)
        for passage in self.passages:
            start, end, by = passage.start, passage.end, passage.by
            if start > kept_from:
                runs.append(as_run((KEEP, old(kept_from, start), ())))
            if end > start:
                runs.append(as_run((DELETE, old(start, end), by)))
            if passage.new_end > passage.new_start:
                runs.append(as_run((INSERT, new(passage.new_start, passage.new_end), by)))
            kept_from = end
        if kept_from < length:
            runs.append(as_run((KEEP, old(kept_from, length), ())))
        return tuple(runs)


def unite(sheet: Sheet) -> None:
    """Passages of the same authors with nothing kept between them become one."""
    united: list[Passage] = []
    for passage in sheet.passages:
        last = united[-1] if united else None
        if last is not None and last.end == passage.start and last.by == passage.by:
            last.end, last.new_end = passage.end, passage.new_end
        else:
            united.append(passage)
    sheet.passages = united
