"""Long wordings compared in time that grows with their length: first what both have exactly once, then what is between.

A row of words that stands once in the old and once in the new wording is an anchor; anchors that keep their order part
the wordings into short stretches, and those the aligner compares word by word. Where words repeat themselves so much
that nothing stands once, two wordings are compared window by window. Bounded by sizes, never by the clock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence

from amendments.text import _align_tokens

Span = tuple[int, int, int, int]
"""Numbers of tokens: start and end in the old wording, start and end in the new one."""

DIRECT = 40_000
"""Stretches of at most so many pairs of tokens are compared directly: 200 old ones with 200 new ones, some 80 words."""
ROWS = (11, 5, 2, 1)
"""Lengths of anchors in tokens, longest first: six words, three, one with its space, one."""
BLANK = " "
"""Every second token of most wordings: the row that begins with the word behind it says as much."""
WINDOW = 160
"""Tokens compared at a time where nothing stands once."""


def changed_tokens(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Span]:
    """What differs, in order; neighbours are parted by equal tokens."""
    a, b, c, d = span = _trimmed(old, new, (0, len(old), 0, len(new)))
    if 0 < (b - a) * (d - c) <= DIRECT:
        return _directly(old, new, span)
    found: list[Span] = []
    for a, b, c, d in _compared(old, new, span, ROWS):
        if found and found[-1][1] == a and found[-1][3] == c:
            found[-1] = (found[-1][0], b, found[-1][2], d)
        else:
            found.append((a, b, c, d))
    return found


def _compared(old: Sequence[Hashable], new: Sequence[Hashable], span: Span, rows: Sequence[int]) -> Iterator[Span]:
    a, b, c, d = span = _trimmed(old, new, span)
    if a == b or c == d:
        if a != b or c != d:
            yield span
    elif (b - a) * (d - c) <= DIRECT:
        yield from _directly(old, new, span)
    else:
        yield from _anchored(old, new, span, rows) if rows else _by_windows(old, new, span)


def _directly(old: Sequence[Hashable], new: Sequence[Hashable], span: Span) -> list[Span]:
    """What the aligner finds."""
    a, b, c, d = span
    return [
        (a + one, a + other, c + third, c + fourth)
        for one, other, third, fourth in _align_tokens.changes(old[a:b], new[c:d])
    ]


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], span: Span) -> Span:
    a, b, c, d = span
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    return a, b, c, d


def _anchored(old: Sequence[Hashable], new: Sequence[Hashable], span: Span, rows: Sequence[int]) -> Iterator[Span]:
    """Parted at the anchors of the first length of which there are any."""
    a, b, c, d = span
    length = rows[0]
    for here, there in _in_order(_standing_once(old, new, span, length)):
        if here >= a and there >= c:
            yield from _compared(old, new, (a, here, c, there), rows)
        elif here - a != there - c or here + length < a:
            continue  # it overlaps the anchor before and leads elsewhere
        a, c = here + length, there + length
    if (a, c) == (span[0], span[2]):
        rows = rows[1:]
    yield from _compared(old, new, (a, b, c, d), rows)


def _standing_once(old: Sequence[Hashable], new: Sequence[Hashable], span: Span, length: int) -> list[tuple[int, int]]:
    """Where rows of so many tokens stand that both wordings have exactly once, in the order of the old one."""
    a, b, c, d = span
    ours, theirs = _places(old, a, b, length), _places(new, c, d, length)
    return [(here, there) for row, here in ours.items() if here >= 0 and (there := theirs.get(row, -1)) >= 0]


def _places(tokens: Sequence[Hashable], start: int, end: int, length: int) -> dict[tuple[Hashable, ...], int]:
    """Where each row of so many tokens begins, never with a blank; -1 for one that comes twice."""
    places: dict[tuple[Hashable, ...], int] = {}
    for place in range(start, end - length + 1):
        if tokens[place] != BLANK:
            row = tuple(tokens[place : place + length])
            places[row] = -1 if row in places else place
    return places


def _in_order(pairs: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """The most pairs that rise on both sides; the first of each pair rises already."""
    theres = [there for _, there in pairs]
    if theres == sorted(theres):
        return pairs
    lasts: list[int] = []  # the smallest last place of a chain of each length
    ends: list[int] = []
    chain: list[tuple[int, int, int]] = []
    for number, (here, there) in enumerate(pairs):
        length = bisect_left(lasts, there)
        if length == len(lasts):
            lasts.append(there)
            ends.append(number)
        else:
            lasts[length] = there
            ends[length] = number
        chain.append((here, there, ends[length - 1] if length else -1))
    rising: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        here, there, number = chain[number]
        rising.append((here, there))
    return rising[::-1]


def _by_windows(old: Sequence[Hashable], new: Sequence[Hashable], span: Span) -> Iterator[Span]:
    """Stretch by stretch: of each window what lies before its last match in the first three quarters."""
    a, b, c, d = span
    while a < b and c < d:
        here, there = min(a + WINDOW, b), min(c + WINDOW, d)
        last = here == b and there == d
        taken = a, c  # behind the last difference that is taken over
        for one, other, third, fourth in _directly(old, new, _trimmed(old, new, (a, here, c, there))):
            if not last and max(other - a, fourth - c) > 3 * WINDOW // 4:
                break
            yield one, other, third, fourth
            taken = other, fourth
        else:
            if last:
                return
        if taken == (a, c):
            same = _same_length(old, new, a, c, min(here - a, there - c))
            if not same:
                yield a, here, c, there
            taken = (a + same, c + same) if same else (here, there)
        a, c = taken
    if a < b or c < d:
        yield a, b, c, d


def _same_length(old: Sequence[Hashable], new: Sequence[Hashable], a: int, c: int, most: int) -> int:
    same = 0
    while same < most and old[a + same] == new[c + same]:
        same += 1
    return same
