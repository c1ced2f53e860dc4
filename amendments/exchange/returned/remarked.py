"""Which change a comment speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from amendments.exchange.remarks import Remark
from amendments.text.hunks import START, Delete, Hunk, Insert, Join, Move, Replace, Retype, Split

_END = 1 << 40


class Spot(NamedTuple):
    """A stretch of a paragraph, by its rank."""

    rank: int
    start: int
    end: int


Spots = tuple[Spot, ...]
TOUCHING = (0, 0)


def spots_of(rank: Mapping[str, int], hunks: Iterable[Hunk]) -> Spots:
    """Where hunks change something; paragraphs that `rank` does not know are left out."""
    return tuple(spot for hunk in hunks for spot in _spots(rank, hunk))


def _spots(rank: Mapping[str, int], hunk: Hunk) -> Iterator[Spot]:
    match hunk:
        case Replace():
            places = [(hunk.paragraph, hunk.start, hunk.end)]
        case Split():
            places = [(hunk.paragraph, hunk.offset, hunk.offset)]
        case Join():
            places = [(hunk.left, hunk.length, _END), (hunk.right, 0, 0)]
        case Retype() | Delete():
            places = [(hunk.paragraph, 0, _END)]
        case Insert() | Move():
            places = [(name, 0, _END) for name in (hunk.block if isinstance(hunk, Move) else ())]
            left = -1 if hunk.gap.after == START else rank.get(hunk.gap.after)
            new = len(hunk.contents) if isinstance(hunk, Insert) else 1
            if left is not None:
                yield Spot(left, _END, _END)
                yield from (Spot(left + number, 0, 0) for number in range(1, new + 1))
    for name, start, end in places:
        if name in rank:
            yield Spot(rank[name], start, end)


def nearest(wishes: Sequence[Spots], remark: Remark) -> tuple[int, tuple[int, int]] | None:
    """The rank of the change that a comment stands at or nearest to, and how far that is; None where there is none."""
    far = (
        (_distance(spot, remark), number)
        for number, spots in enumerate(wishes)
        for spot in spots
        if remark.paragraph >= 0
    )
    found = min(far, default=None)
    return found and (found[1], found[0])


def _distance(spot: Spot, remark: Remark) -> tuple[int, int]:
    if spot.rank != remark.paragraph:
        return abs(spot.rank - remark.paragraph), 0
    return 0, max(0, spot.start - remark.end, remark.start - spot.end)
