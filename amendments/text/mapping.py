"""Where a place of the old text stands in the new one, read off a redline: exact, or nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from amendments.text.model import Rich
from amendments.text.redline import Node, Op, Redline, Run


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


@dataclass(frozen=True, slots=True)
class Rewording:
    """Old code points `start`..`end` read `new` now: the trace of one hunk."""

    start: int
    end: int
    new: Rich


@dataclass
class _Track:
    """One paragraph of the old text: its length, what of it is kept, and where something new was put in."""

    length: int = 0
    stretches: list[_Stretch] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    """Old offsets at which words were put in that stand for no struck ones, or at which a paragraph now begins."""
    cuts: set[int] = field(default_factory=set)
    """Old offsets at which a paragraph now begins."""
    rewordings: set[Rewording] = field(default_factory=set)
    begins: tuple[str, bool] | None = None
    """The new paragraph its first words stand in, and whether they begin it."""
    ends_in: str = ""
    """The new paragraph in which its last words stand that kept their place; "" if none did."""
    moved_to: str = ""
    """The new paragraph in which its last words stand that were moved; "" if none were."""
    moved_by: tuple[str, ...] = ()

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
        self.arrived: set[str] = set()
        """Identities of the paragraphs that were inserted."""
        self.landed: dict[str, str] = {}
        """For each moved paragraph the old one (or "") whose gap it stands in now."""
        self._read_old(redline, *self._read_new(redline))
        self.rank = {identity: number for number, identity in enumerate(self.order)}
        self.old_order = list(self.tracks)
        self.old_rank = {identity: number for number, identity in enumerate(self.old_order)}
        self._left, self._right = self._neighbours()

    def _read_new(self, redline: Redline) -> tuple[dict[int, tuple[str, int]], dict[str, int]]:
        """Where each node begins in the new text, by its number; and the number of the living node of each move."""
        starts: dict[int, tuple[str, int]] = {}
        here: dict[str, int] = {}
        lengths: dict[str, int] = defaultdict(int)
        current = ""
        for number, node in enumerate(redline.nodes):
            if not node.has_new and not (
                node.in_new and not node.runs
            ):  # an empty paragraph that was joined arrives too
                continue
            if node.starts_new:
                if not node.has_old and not node.move:
                    self.arrived.add(node.identity)
                current = node.identity
                self.order.append(current)
            starts[number] = (current, lengths[current])
            lengths[current] += sum(len(run.rich) for run in node.runs if run.op is not Op.DELETE)
            if node.move and not node.in_old:
                here[node.move] = number
        return starts, here

    def _read_old(self, redline: Redline, starts: dict[int, tuple[str, int]], here: dict[str, int]) -> None:
        track: _Track | None = None
        last = ""
        for number, node in enumerate(redline.nodes):
            if not node.in_old:
                self.landed[node.identity] = last
                continue
            if node.starts_old:
                last = node.identity
                track = self.tracks[node.identity] = _Track()
            if track is None or not (node.has_old or node.has_new):
                continue
            if node.has_old:
                living = here.get(node.move, number) if not node.in_new else number
                place = starts.get(living)
                if redline.nodes[living].starts_new and not node.starts_old:
                    track.breaks.add(track.length)
                    track.cuts.add(track.length)
                self._note_ends(track, node, redline.nodes[living], place)
                start = track.length
                self._follow(track, redline.nodes[living], place)
                track.length = start + sum(len(run.rich) for run in node.runs if run.op is not Op.INSERT)

    def _note_ends(self, track: _Track, node: Node, living: Node, place: tuple[str, int] | None) -> None:
        if place is None:
            return
        if node.starts_old:
            track.begins = (place[0], living.starts_new)
        if node.in_new:
            track.ends_in = place[0]
        else:
            track.moved_to, track.moved_by = place[0], living.by

    def _follow(self, track: _Track, node: Node, place: tuple[str, int] | None) -> None:
        paragraph, new_start = place or ("", 0)
        reading = _Reading(track)
        for run in node.runs:
            length = len(run.rich)
            reading.read(run)
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
            if run.op is not Op.INSERT:
                track.length += length
            if run.op is not Op.DELETE:
                new_start += length
        reading.finish()

    def alive(self, identity: str) -> bool:
        """Whether the paragraph still begins one in the new text."""
        return identity in self.rank

    def gone(self, identity: str) -> bool:
        """Whether nothing of the paragraph is left."""
        track = self.tracks.get(identity)
        return track is None or (not self.alive(identity) and not track.stretches)

    def vanished(self, identity: str) -> bool:
        """Whether the paragraph was struck; a rewritten one was not."""
        return not (self.tracks[identity].ends_in or self.tracks[identity].moved_to)

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
        if offset in track.breaks:
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
        if track.length == 0 and self.alive(identity):
            return Spot(identity, 0, 0)
        return None

    # --- gaps

    def joined(self, identity: str) -> bool:
        """Whether the paragraph's first words were appended to what stands before them."""
        track = self.tracks[identity]
        return track.begins is not None and not track.begins[1]

    def _neighbours(self) -> tuple[list[str], list[str]]:
        """For each old gap (0: the start): the new paragraph before it that kept its place, the old one behind it that
        did.
        """
        left, right = [""], [""]
        for identity in self.old_order:
            left.append(self.tracks[identity].ends_in or left[-1])
        for identity in reversed(self.old_order):
            right.append(identity if self.tracks[identity].ends_in else right[-1])
        return left, right[::-1]

    def left_of(self, after: str) -> str | None:
        """The new paragraph behind which the gap lies now, "" for the start; None if there is no such gap any more.

        A gap inside a block travels with it; any other stays, behind its nearest living left neighbour that did not
        move away.
        """
        if self._behind_in_block(after):
            return self.tracks[after].moved_to
        number = self.old_rank[after] + 1 if after else 0
        left, right = self._left[number], self._right[number]
        closed = right and self.tracks[right].begins == (left, False)
        return None if closed else left

    def _behind_in_block(self, after: str) -> str:
        """The new paragraph that follows in the block with which the gap behind `after` travelled; "" if it did not
        travel.
        """
        number = self.old_rank[after] + 1 if after else len(self.old_order)
        if number >= len(self.old_order):
            return ""
        one, other = self.tracks[after], self.tracks[self.old_order[number]]
        if one.ends_in or not one.moved_to or not other.moved_to or one.moved_by != other.moved_by or not other.begins:
            return ""
        behind, begins = other.begins
        between = self.order[self.rank[one.moved_to] + 1 : self.rank[behind]]
        together = self.rank[one.moved_to] < self.rank[behind] and all(self.came(identity) for identity in between)
        return behind if begins and together else ""

    def came(self, identity: str) -> bool:
        return identity in self.arrived or identity in self.moved

    def arrivals_behind(self, after: str) -> list[str]:
        """Identities of the paragraphs that were inserted into the gap, as far as they stand at its beginning."""
        left = self.left_of(after)
        if left is None:
            return []
        number = self.rank[left] + 1 if left else 0
        found = []
        while number < len(self.order) and self.order[number] in self.arrived:
            found.append(self.order[number])
            number += 1
        return found

    def gap(self, after: str) -> str | None:
        """The gap's place now, as `left_of`; None where others put something there as well."""
        left = self.left_of(after)
        if left is None:
            return None
        number = self.rank[left] + 1 if left else 0
        behind = self.order[number] if number < len(self.order) else ""
        return left if not self.came(behind) or behind == self._behind_in_block(after) else None


class _Reading:
    """Finds the hunks again in a stretch of runs: what was struck, and what one author put in directly behind it."""

    def __init__(self, track: _Track) -> None:
        self.track = track
        self.at = track.length
        self.start = track.length
        self.added: Rich | None = None
        self.by: tuple[str, ...] | None = None

    def read(self, run: Run) -> None:
        if run.op is Op.KEEP or run.by != self.by or self.added:
            self.finish()
            self.start, self.by = self.at, run.by
        if run.op is Op.INSERT:
            self.added = run.rich
        else:
            self.at += len(run.rich)
        if run.op is Op.KEEP:
            self.start, self.by = self.at, None

    def finish(self) -> None:
        if self.added and self.start == self.at:
            self.track.breaks.add(self.at)
        if self.added or self.start < self.at:
            self.track.rewordings.add(Rewording(self.start, self.at, self.added or Rich()))
        self.added = None
