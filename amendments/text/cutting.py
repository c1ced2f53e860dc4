"""Where one wording parts into several that were made of it, or of which it was made, each with words changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, takewhile

from amendments.text.anchoring import Span, changed_tokens
from amendments.text.sentences import sentence_starts
from amendments.text.tokens import tokenise

Border = tuple[int, int]
"""Code points of the whole: where one piece ends and where the next one begins; white space stands between."""
_BORDER = "\0"
"""No text holds it (`normalise`), so it is never found in the whole."""


def borders(whole: str, pieces: Sequence[str]) -> tuple[Border, ...] | None:
    """One for each border between two of `pieces`; None where a piece would be left without a word of `whole`."""
    ours = tokenise(whole)
    theirs = [token for piece in pieces for token in (*tokenise(piece), _BORDER)][:-1]
    starts = list(accumulate(map(len, ours), initial=0))
    found = []
    for a, b, c, d in changed_tokens(ours, theirs):
        inside = [place for place in range(c, d) if theirs[place] == _BORDER]
        if len(inside) > 1:
            return None
        for place in inside:
            blank = _blank(ours, (a, b, c, d), place)
            found.append(_widened(whole, _cut(whole, starts[a], starts[b], starts[blank])))
    edges = [0, *(edge for border in found for edge in border), len(whole)]
    return tuple(found) if all(edges[n] < edges[n + 1] for n in range(0, len(edges), 2)) else None


def exact_row(whole: str, pieces: Sequence[str], own: int, left: Collection[int]) -> tuple[int, tuple[Border, ...]]:
    """Which row of `pieces` makes up the whole, word for word and with at most one white space between them: its first
    one, and the borders (none if there is no such row). `own` is in it, the others are `left`.
    """
    first, length = own, len(pieces[own])
    while pieces[first] and length <= len(whole):
        found = _exactly(whole, pieces, first, own, left)
        if found:
            return first, found
        first -= 1
        if first not in left:
            break
        length += len(pieces[first])
    return own, ()


def _exactly(whole: str, pieces: Sequence[str], first: int, own: int, left: Collection[int]) -> tuple[Border, ...]:
    found: list[Border] = []
    number, end = first, len(pieces[first]) if whole.startswith(pieces[first]) else 0
    while 0 < end < len(whole):
        number += 1
        if number == len(pieces) or not pieces[number] or (number not in left and number != own):
            return ()
        start = end if whole.startswith(pieces[number], end) else end + 1
        if start > end and not (whole[end].isspace() and whole.startswith(pieces[number], start)):
            return ()
        found.append((end, start))
        end = start + len(pieces[number])
    return tuple(found) if number >= own else ()


def struck_over(left: Sequence[str], right: Sequence[str], whole: Sequence[str]) -> int | None:
    """How many tokens of `whole` the first of two pieces gave, if it is what is left of them where words were struck
    over their border: the tail of one, the head of the other, and nothing added. None if it is anything else, or if
    either piece alone would do. Where the border may lie in several places, a sentence begins behind it.
    """
    shortest, longest = len(whole) - _alike_at_end(right, whole), _alike_at_start(left, whole)
    if shortest > longest or shortest <= 0 or longest >= len(whole):
        return None
    starts = list(accumulate(map(len, whole), initial=0))
    sentences = {0, *sentence_starts("".join(whole))}
    return next((cut for cut in range(longest, shortest - 1, -1) if starts[cut] in sentences), longest)


def _alike_at_start(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _alike_at_end(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False)))


def slices(whole: str, found: Sequence[Border]) -> Iterator[tuple[int, int]]:
    """The pieces of the whole, without what stands between them."""
    start = 0
    for end, following in found:
        yield start, end
        start = following
    yield start, len(whole)


def _blank(ours: Sequence[str], span: Span, place: int) -> int:
    """Where to cut what changed around a border that says nothing of sentences: beside the words of the piece that
    kept them all, else at the first white space.
    """
    a, b, c, d = span
    if place in (c, d - 1):
        return a if place == c else b
    return next((number for number in range(a, b) if ours[number].isspace()), a)


def _cut(whole: str, start: int, end: int, otherwise: int) -> int:
    """A sentence that begins there, if there is one."""
    return next((begin for begin in sentence_starts(whole) if start < begin <= end), otherwise)


def _widened(whole: str, cut: int) -> Border:
    start = end = cut
    while start and whole[start - 1].isspace():
        start -= 1
    while end < len(whole) and whole[end].isspace():
        end += 1
    return start, end
