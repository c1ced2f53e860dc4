"""From two wordings of a paragraph to hunks. Used once, when somebody files or imports; merging never diffs again."""

from __future__ import annotations

from itertools import accumulate

from amendments.text import _align_tokens
from amendments.text.hunks import Hunk, Replace, Retype
from amendments.text.model import Content, Paragraph, Rich
from amendments.text.tokens import tokenise


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
    """Hunks at token boundaries that turn `old` into `new`; empty for equal ones."""
    if old == new:
        return ()
    old_tokens, new_tokens = tokenise(old.text), tokenise(new.text)
    old_ends, new_ends = list(accumulate(map(len, old_tokens))), list(accumulate(map(len, new_tokens)))
    old_at, new_at = [0, *old_ends], [0, *new_ends]
    opcodes = _align_tokens.changes(_keys(old, old_tokens, old_ends), _keys(new, new_tokens, new_ends))
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
