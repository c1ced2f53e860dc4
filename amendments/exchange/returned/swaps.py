"""Paragraphs that changed places with their neighbours: a file cannot say which of them were moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from amendments.text.hunks import START, Delete, Edit, Move


def swapped(
    rank: Mapping[str, int], edits: Mapping[str, Edit], owner: Mapping[str, int]
) -> Iterator[tuple[set[str], int]]:
    """Ids of edits: one moves paragraphs past as many others, so that those may have been moved as well, and other
    copies move or strike these. With the rank of the first of all these paragraphs.
    """
    places: dict[int, set[str]] = defaultdict(set)
    for name, edit in edits.items():
        for hunk in edit.hunks:
            if isinstance(hunk, Delete | Move):
                for identity in hunk.block if isinstance(hunk, Move) else (hunk.paragraph,):
                    places[rank[identity]].add(name)
    moves = ((name, hunk) for name, edit in edits.items() for hunk in edit.hunks if isinstance(hunk, Move))
    for name, move in moves:
        passed = _passed(rank, move)
        others = {other for number in passed for other in places[number] if owner[other] != owner[name]}
        if others:
            yield {name, *others}, min(passed.start, rank[move.block[0]])


def _passed(rank: Mapping[str, int], move: Move) -> range:
    """The paragraphs it goes past, if they are as many as go; else it is they that stay."""
    first, last = rank[move.block[0]], rank[move.block[-1]]
    gap = -1 if move.gap.after == START else rank[move.gap.after]
    passed = range(last + 1, gap + 1) if gap > last else range(gap + 1, first)
    return passed if len(passed) == len(move.block) else range(0)
