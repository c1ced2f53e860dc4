"""From two wordings of a paragraph to hunks. Used once, when somebody files or imports; merging never diffs again."""

from __future__ import annotations

from collections.abc import Sequence

from amendments.text.anchoring import changed_tokens
from amendments.text.hunks import Hunk, Replace, Retype
from amendments.text.model import CELL, Content, Paragraph, Rich
from amendments.text.tokens import UNCOMMON, tokenise

Span = tuple[int, int, int, int]
"""Code points: start and end in the old wording, start and end in the new one."""


def token_keys(rich: Rich, tokens: list[str]) -> Sequence[object]:
    """What makes a token equal to another: its characters and the marks on them."""
    if not rich.marks:
        return tokens
    keys: list[object] = []
    start = 0
    for token in tokens:
        end = start + len(token)
        marks = rich.slice(start, end).marks
        keys.append((token, marks) if marks else token)
        start = end
    return keys


def diff_rich(identity: str, old: Rich, new: Rich) -> tuple[Replace, ...]:
    """Hunks at token boundaries that turn `old` into `new`; empty for equal ones."""
    struck, put_in = old.slice, new.slice
    return tuple([Replace(identity, a, b, struck(a, b), put_in(c, d)) for a, b, c, d in changed_spans(old, new)])


def changed_spans(old: Rich, new: Rich) -> list[Span]:
    """Where two wordings differ, at token boundaries, in order and never touching; empty for equal ones.

    Rows of as many cells are compared cell by cell: a change over a cell's border would change their number.
    """
    if old == new:
        return []
    if CELL in old.text or CELL in new.text:
        old_cells, new_cells = _cells(old), _cells(new)
        if _same_borders(old, old_cells, new, new_cells):
            pairs = zip(old_cells, new_cells, strict=True)
            return [
                span for here, there in pairs for span in _spans(old.slice(*here), here[0], new.slice(*there), there[0])
            ]
    return _spans(old, 0, new, 0)


def _cells(rich: Rich) -> list[tuple[int, int]]:
    ends = [offset for offset, character in enumerate(rich.text) if character == CELL]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, len(rich)], strict=True))


def _same_borders(old: Rich, old_cells: list[tuple[int, int]], new: Rich, new_cells: list[tuple[int, int]]) -> bool:
    if len(old_cells) != len(new_cells):
        return False
    ends = zip((end for _, end in old_cells), (end for _, end in new_cells), strict=True)
    return all(old.slice(one, one + 1).marks == new.slice(other, other + 1).marks for one, other in ends)


def _spans(old: Rich, here: int, new: Rich, there: int) -> list[Span]:
    """Where `old`, which begins at `here` of its whole, differs from `new`, which begins at `there`."""
    begin, end = (0, 0) if old.marks or new.marks else _shared_ends(old.text, new.text)
    old_tokens = tokenise(old.text[begin : len(old.text) - end])
    new_tokens = tokenise(new.text[begin : len(new.text) - end])
    spans: list[Span] = []
    here, there, last = here + begin, there + begin, 0
    for a, b, c, d in changed_tokens(token_keys(old, old_tokens), token_keys(new, new_tokens)):
        kept = len("".join(old_tokens[last:a]))
        start, new_start = here + kept, there + kept
        here = start + len("".join(old_tokens[a:b]))
        there = new_start + len("".join(new_tokens[c:d]))
        last = b
        spans.append((start, here, new_start, there))
    return spans


def _shared_ends(old: str, new: str) -> tuple[int, int]:
    """Code points at the beginning and at the end that need not be cut into tokens: both texts have them, and no token
    reaches over their border. What begins behind a space, and a space behind a letter or a common sign, begins a token.
    """
    first = _same(old, new)
    begin = old.rfind(" ", 0, max(0, first - 1)) + 1
    while begin and (old[begin].isspace() or old[begin] >= UNCOMMON):
        begin = old.rfind(" ", 0, begin - 1) + 1
    last = _same(old[begin:][::-1], new[begin:][::-1])
    end = old.find(" ", len(old) - last + 1)
    while end >= 0 and (old[end - 1].isspace() or old[end - 1] >= UNCOMMON):
        end = old.find(" ", end + 1)
    return begin, len(old) - end if end >= 0 else 0


def _same(old: str, new: str) -> int:
    """How many characters two texts begin with alike, found by halving."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def diff_paragraph(old: Paragraph, new: Content) -> tuple[Hunk, ...]:
    """What somebody changed in one paragraph: word hunks, and a retype when kind, level or attributes differ."""
    hunks: tuple[Hunk, ...] = diff_rich(old.identity, old.content.rich, new.rich)
    if old.head != new.head:
        hunks = (Retype(old.identity, old.head, new.head), *hunks)
    return hunks
