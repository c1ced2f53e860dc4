"""From the one edit of an alignment to the wishes in it: what a person who returns an edited copy has changed, passage
by passage, so that one clash does not drop a whole file.

Hunks stay together where one of them alone would leave half a thought or double words: a paragraph struck and what
stands in its place, what arrives in one gap, a split or a join with the white space that goes with it, a join with the
new kind of what it joins, changes with no
more than an island between them, a sentence of which half or more was struck, a sentence struck here and put in there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from amendments.text.applying import apply
from amendments.text.hunks import START, Delete, Edit, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import CELL, Text
from amendments.text.relations import REWRITTEN_SHARE, relations
from amendments.text.relations import Kind as RelationKind
from amendments.text.sentences import sentence_starts, span_of
from amendments.text.taken import taken

ISLAND = 3
"""Kept characters between two changes that are too few to be read alone: such changes are one."""


def part(base: Text, edit: Edit, prefix: str = "") -> tuple[Edit, ...]:
    """The wishes in `edit` (as `align` returns it), in text order; their ids are `prefix` and a number from 1.

    Together they say what `edit` says: `apply(base, part(base, edit)) == apply(base, [edit])`, and no two of them
    block one another. Where that cannot be had (it has not been seen), `edit` comes back whole.
    """
    if not edit.hunks:
        return ()
    parter = _Parter(base, edit.hunks)
    edits = _named(parter.groups(), prefix)
    for _ in range(len(edits)):
        blocking = [r for r in relations(base, edits) if r.kind in (RelationKind.HARD, RelationKind.ORDER)]
        if not blocking:
            break
        numbers = {each.id: number for number, each in enumerate(edits)}
        parter.unite_groups([(numbers[r.a], numbers[r.b]) for r in blocking])
        edits = _named(parter.groups(), prefix)
    whole = (Edit(f"{prefix}1", edit.hunks),)
    return edits if apply(base, edits) == apply(base, whole) else whole


def _named(groups: Iterable[tuple[Hunk, ...]], prefix: str) -> tuple[Edit, ...]:
    return tuple(Edit(f"{prefix}{number}", hunks) for number, hunks in enumerate(groups, 1))


class _Parter:
    """Disjoint sets of hunks (by their index in the edit)."""

    def __init__(self, base: Text, hunks: Sequence[Hunk]) -> None:
        self._base, self._hunks = base, hunks
        self._rank = {paragraph.identity: rank for rank, paragraph in enumerate(base)}
        self._parent = list(range(len(hunks)))
        self._unite_words()
        self._unite_regions()
        for here, there in taken(base, hunks):
            for one, other in pairwise((*here, *there)):
                self._unite(one, other)

    def groups(self) -> list[tuple[Hunk, ...]]:
        """The hunks of each set as they are listed in the edit; sets in text order."""
        found: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._hunks)):
            found[self._root(index)].append(index)
        self._members = sorted(found.values(), key=lambda indexes: min(self._place(self._hunks[i]) for i in indexes))
        return [tuple(self._hunks[index] for index in indexes) for indexes in self._members]

    def unite_groups(self, pairs: Iterable[tuple[int, int]]) -> None:
        """`pairs`: numbers of groups as `groups` returned them last."""
        for one, other in pairs:
            self._unite(self._members[one][0], self._members[other][0])

    def _root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def _unite(self, one: int, other: int) -> None:
        self._parent[self._root(one)] = self._root(other)

    def _place(self, hunk: Hunk) -> tuple[int, int]:
        """Where it stands in the base: rank and offset; a gap lies behind all offsets of its paragraph."""
        match hunk:
            case Replace():
                return self._rank[hunk.paragraph], hunk.start
            case Split():
                return self._rank[hunk.paragraph], hunk.offset
            case Join():
                return self._rank[hunk.left], hunk.length
            case Insert() | Move():
                return self._gap(hunk), 1 << 30
            case Retype() | Delete():
                return self._rank[hunk.paragraph], 0

    def _gap(self, hunk: Insert | Move) -> int:
        return -1 if hunk.gap.after == START else self._rank[hunk.gap.after]

    # --- inside paragraphs

    def _unite_words(self) -> None:
        inside: dict[int, list[int]] = defaultdict(list)
        for index, hunk in enumerate(self._hunks):
            if not isinstance(hunk, Insert | Move | Delete):
                inside[self._place(hunk)[0]].append(index)
        for rank, found in inside.items():
            found.sort(key=lambda index: (self._place(self._hunks[index]), _end(self._hunks[index])))
            self._unite_close(rank, found)
            self._unite_over_border(found, inside)
            self._unite_retyped(found)
            self._unite_rewritten(rank, [index for index in found if isinstance(self._hunks[index], Replace)])

    def _unite_close(self, rank: int, found: Sequence[int]) -> None:
        """Hunks with an island or nothing between them. A new kind stands alone, but for the sign that says it."""
        text = self._base[rank].text
        literal = self._base[rank].head.attribute("literal")
        for one, other in pairwise(found):
            if isinstance(self._hunks[one], Retype) and not literal:
                continue
            end = 0 if isinstance(self._hunks[one], Retype) else _end(self._hunks[one])
            between = text[end : self._place(self._hunks[other])[1]]
            if len(between) <= ISLAND and CELL not in between:
                self._unite(one, other)

    def _unite_over_border(self, found: Sequence[int], inside: Mapping[int, Sequence[int]]) -> None:
        """A join, and what was changed at the beginning of what was appended: one passage over the border."""
        for index in found:
            hunk = self._hunks[index]
            for other in inside.get(self._rank[hunk.right], ()) if isinstance(hunk, Join) else ():
                if not isinstance(self._hunks[other], Retype) and self._place(self._hunks[other])[1] <= ISLAND:
                    self._unite(index, other)

    def _unite_retyped(self, found: Sequence[int]) -> None:
        """A paragraph that is joined with the next one, and so becomes of its kind."""
        for one, other in pairwise([index for index in found if isinstance(self._hunks[index], Join | Retype)]):
            self._unite(one, other)

    def _unite_rewritten(self, rank: int, found: Sequence[int]) -> None:
        if len(found) < 2:
            return
        text = self._base[rank].text
        starts = sentence_starts(text)
        by_sentence: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index in found:
            by_sentence[span_of(starts, len(text), self._place(self._hunks[index])[1])].append(index)
        for (start, end), members in by_sentence.items():
            struck = sum(_end(self._hunks[index]) - self._place(self._hunks[index])[1] for index in members)
            if struck >= REWRITTEN_SHARE * (end - start):
                for one, other in pairwise(members):
                    self._unite(one, other)

    # --- between paragraphs

    def _unite_regions(self) -> None:
        """What arrives in one gap, and the paragraphs struck before and behind it, up to the next ones that stay."""
        struck: dict[int, int] = {}
        arrivals: dict[int, list[int]] = defaultdict(list)
        away: set[int] = set()
        for index, hunk in enumerate(self._hunks):
            if isinstance(hunk, Delete):
                struck[self._rank[hunk.paragraph]] = index
            elif isinstance(hunk, Insert | Move):
                arrivals[self._gap(hunk)].append(index)
                away.update(self._rank[name] for name in (hunk.block if isinstance(hunk, Move) else ()))
        for rank, index in struck.items():
            self._unite(index, struck.get(rank + 1, index))
        for gap, found in arrivals.items():
            before, behind = _beyond(away, gap, -1), _beyond(away, gap + 1, 1)
            for index in (*found, struck.get(before, found[0]), struck.get(behind, found[0])):
                self._unite(found[0], index)


def _beyond(away: set[int], rank: int, step: int) -> int:
    """The first rank from `rank` on whose paragraph has not moved away."""
    while rank in away:
        rank += step
    return rank


def _end(hunk: Hunk) -> int:
    """Where a hunk inside a paragraph ends: the offset behind what it strikes."""
    match hunk:
        case Replace():
            return hunk.end
        case Split():
            return hunk.offset
        case Join():
            return hunk.length
        case _:
            return 0
