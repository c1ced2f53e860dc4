"""Where a place of the old text stands in the new one, read off a redline: exact, or nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from amendments.text.redline import Node, Op, Redline


@dataclass(frozen=True, slots=True)
class Spot:
    """Code points `start`..`end` of a paragraph of the new text."""

    paragraph: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Old code points `start`..`end` that are kept as they were, from `new_start` of new paragraph `paragraph`."""

    start: int
    end: int
    paragraph: str
    new_start: int


@dataclass
class _Track:
    """One paragraph of the old text: its length, what of it is kept, and where something new was put in."""

    length: int = 0
    stretches: list[_Stretch] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    """Old offsets at which words were inserted or a paragraph now begins."""

    def stretch_at(self, offset: int) -> _Stretch | None:
        """The kept stretch that holds the character at `offset`."""
        index = bisect_right(self.stretches, offset, key=lambda stretch: stretch.start) - 1
        if index >= 0 and self.stretches[index].start <= offset < self.stretches[index].end:
            return self.stretches[index]
        return None


class Mapping:
    """Maps places of `redline.reject()` to places of `redline.accept()`."""

    def __init__(self, redline: Redline) -> None:
        self.tracks: dict[str, _Track] = {}
        self.order: list[str] = []
        """Identities of the new text's paragraphs, in order."""
        self.moved = frozenset(node.identity for node in redline.nodes if node.move and not node.in_old)
        self._arrivals: set[str] = set()
        self._read_old(redline, *self._read_new(redline))
        self.rank = {identity: number for number, identity in enumerate(self.order)}

    def _read_new(self, redline: Redline) -> tuple[dict[int, tuple[str, int]], dict[str, int]]:
        """Where each node begins in the new text, by its number; and the number of the living node of each move."""
        starts: dict[int, tuple[str, int]] = {}
        here: dict[str, int] = {}
        lengths: dict[str, int] = defaultdict(int)
        current = ""
        for number, node in enumerate(redline.nodes):
            if not node.has_new:
                continue
            if node.starts_new:
                if not node.has_old and not node.move:
                    self._arrivals.add(node.identity)
                current = node.identity
                self.order.append(current)
            starts[number] = (current, lengths[current])
            lengths[current] += sum(len(run.rich) for run in node.runs if run.op is not Op.DELETE)
            if node.move and not node.in_old:
                here[node.move] = number
        return starts, here

    def _read_old(self, redline: Redline, starts: dict[int, tuple[str, int]], here: dict[str, int]) -> None:
        track: _Track | None = None
        for number, node in enumerate(redline.nodes):
            if not node.in_old:
                continue
            if node.starts_old:
                track = self.tracks[node.identity] = _Track()
            if track is None or not (node.has_old or node.has_new):
                continue
            if node.starts_new and not node.starts_old:
                track.breaks.append(track.length)
            if node.has_old:
                living = here.get(node.move, number) if not node.in_new else number
                self._follow(track, redline.nodes[living], starts.get(living))

    def _follow(self, track: _Track, node: Node, place: tuple[str, int] | None) -> None:
        paragraph, new_start = place or ("", 0)
        for run in node.runs:
            length = len(run.rich)
            if run.op is Op.KEEP and place is not None:
                last = track.stretches[-1] if track.stretches else None
                if (
                    last
                    and last.end == track.length
                    and last.paragraph == paragraph
                    and last.new_start + last.end - last.start == new_start
                ):
                    track.stretches[-1] = _Stretch(last.start, track.length + length, paragraph, last.new_start)
                else:
                    track.stretches.append(_Stretch(track.length, track.length + length, paragraph, new_start))
            if run.op is Op.INSERT:
                track.breaks.append(track.length)
            else:
                track.length += length
            if run.op is not Op.DELETE:
                new_start += length

    def alive(self, identity: str) -> bool:
        """Whether the paragraph still begins one in the new text."""
        return identity in self.rank

    def gone(self, identity: str) -> bool:
        """Whether nothing of the paragraph is left."""
        track = self.tracks.get(identity)
        return track is None or (not self.alive(identity) and not track.stretches)

    def span(self, identity: str, start: int, end: int) -> Spot | None:
        """Where these words stand now; None unless they stand together, in one paragraph, with nothing between them."""
        track = self.tracks.get(identity)
        if track is None:
            return None
        if start == end:
            return self._point(track, identity, start)
        stretch = track.stretch_at(start)
        if stretch is None or end > stretch.end:
            return None
        new_start = stretch.new_start + start - stretch.start
        return Spot(stretch.paragraph, new_start, new_start + end - start)

    def _point(self, track: _Track, identity: str, offset: int) -> Spot | None:
        if offset in track.breaks and not self._replaced_beside(track, offset):
            return None
        before = track.stretch_at(offset - 1) if offset > 0 else None
        behind = track.stretch_at(offset) if offset < track.length else None
        if before and behind and before is not behind:
            return None
        if behind:
            new = behind.new_start + offset - behind.start
            return Spot(behind.paragraph, new, new)
        if before:
            new = before.new_start + offset - before.start
            return Spot(before.paragraph, new, new)
        if track.length == 0 and self.alive(identity) and not track.breaks:
            return Spot(identity, 0, 0)
        return None

    def _replaced_beside(self, track: _Track, offset: int) -> bool:
        """Whether what was put in at `offset` stands for struck words on exactly one side of it."""
        before = offset > 0 and track.stretch_at(offset - 1) is None
        behind = offset < track.length and track.stretch_at(offset) is None
        return bool(before) != bool(behind)

    def living_left(self, after: str, old_order: list[str]) -> str:
        """The paragraph behind which the gap lies now: `after`, or its nearest living left neighbour; "" for the start."""
        number = old_order.index(after) if after else -1
        while number >= 0 and not self._stays(old_order, number):
            number -= 1
        return old_order[number] if number >= 0 else ""

    def arrivals_behind(self, after: str, old_order: list[str]) -> list[str]:
        """Identities of the new paragraphs that now stand in the gap."""
        left = self.living_left(after, old_order)
        number = self.rank[left] + 1 if left else 0
        found = []
        while number < len(self.order) and self.order[number] in self._arrivals:
            found.append(self.order[number])
            number += 1
        return found

    def gap(self, after: str, old_order: list[str]) -> str | None:
        """The gap's place now, as `living_left`; None where others put something there as well."""
        return None if self.arrivals_behind(after, old_order) else self.living_left(after, old_order)

    def _stays(self, old_order: list[str], number: int) -> bool:
        """Whether the paragraph lives and has not jumped over its old neighbours."""
        identity = old_order[number]
        return self.alive(identity) and identity not in self.moved
