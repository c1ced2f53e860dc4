"""From two wordings of a paragraph to hunks. Used once, when somebody files or imports; merging never diffs again."""

from __future__ import annotations

from itertools import accumulate

from amendments.text import _align_tokens
from amendments.text.hunks import Hunk, Replace, Retype
from amendments.text.model import CELL, Content, Paragraph, Rich
from amendments.text.tokens import tokenise

MOST_PAIRS = 60_000_000
"""Pairs of equal tokens that are still compared one by one, about a second: two wordings of 40,000 characters of prose.
Somebody who repeats one letter fifty thousand times gets one large change, and not the processor for half a minute.
"""


def _keys(rich: Rich, tokens: list[str], ends: list[int]) -> list[object]:
    """What makes a token equal to another: its characters and the marks on them."""
    if not rich.marks:
        return list(tokens)
    keys: list[object] = []
    start = 0
    for token, end in zip(tokens, ends, strict=True):
        marks = rich.slice(start, end).marks
        keys.append((token, marks) if marks else token)
        start = end
    return keys


def diff_rich(identity: str, old: Rich, new: Rich) -> tuple[Replace, ...]:
    """Hunks at token boundaries that turn `old` into `new`; empty for equal ones.

    Rows of as many cells are compared cell by cell: a hunk over a cell's border would change their number.
    """
    if old == new:
        return ()
    old_cells, new_cells = _cells(old), _cells(new)
    if not _same_borders(old, old_cells, new, new_cells):
        return _diff(identity, old, (0, len(old)), new, (0, len(new)))
    pairs = zip(old_cells, new_cells, strict=True)
    return tuple(hunk for here, there in pairs for hunk in _diff(identity, old, here, new, there))


def _cells(rich: Rich) -> list[tuple[int, int]]:
    ends = [offset for offset, character in enumerate(rich.text) if character == CELL] if CELL in rich.text else []
    return list(zip([0, *(end + 1 for end in ends)], [*ends, len(rich)], strict=True))


def _same_borders(old: Rich, old_cells: list[tuple[int, int]], new: Rich, new_cells: list[tuple[int, int]]) -> bool:
    if len(old_cells) != len(new_cells):
        return False
    ends = zip((end for _, end in old_cells), (end for _, end in new_cells), strict=True)
    return all(old.slice(one, one + 1).marks == new.slice(other, other + 1).marks for one, other in ends)


def _diff(identity: str, old: Rich, here: tuple[int, int], new: Rich, there: tuple[int, int]) -> tuple[Replace, ...]:
    """Hunks, in coordinates of the whole, that turn the stretch `here` of `old` into `there` of `new`."""
    old_part, new_part = old.slice(*here), new.slice(*there)
    old_tokens, new_tokens = tokenise(old_part.text), tokenise(new_part.text)
    old_ends, new_ends = list(accumulate(map(len, old_tokens))), list(accumulate(map(len, new_tokens)))
    old_at = [here[0], *(here[0] + end for end in old_ends)]
    new_at = [there[0], *(there[0] + end for end in new_ends)]
    old_keys, new_keys = _keys(old_part, old_tokens, old_ends), _keys(new_part, new_tokens, new_ends)
    opcodes = _align_tokens.changes(old_keys, new_keys, most=MOST_PAIRS)
    return tuple(
        Replace(identity, old_at[a], old_at[b], old.slice(old_at[a], old_at[b]), new.slice(new_at[c], new_at[d]))
        for _, a, b, c, d in opcodes
    )


def diff_paragraph(old: Paragraph, new: Content) -> tuple[Hunk, ...]:
    """What somebody changed in one paragraph: word hunks, and a retype when kind, level or attributes differ."""
    hunks: tuple[Hunk, ...] = diff_rich(old.identity, old.content.rich, new.rich)
    if old.head != new.head:
        hunks = (Retype(old.identity, old.head, new.head), *hunks)
    return hunks
