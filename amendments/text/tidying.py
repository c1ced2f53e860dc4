"""Display only: runs made easier to read. Stored hunks stay as they are; `keep + delete` and `keep + insert` stay the
two texts.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from amendments.text._letters import shared_ends
from amendments.text.model import CELL, Rich, concat
from amendments.text.redline import Op, Run

ISLAND = 3
"""This many kept characters or fewer between two changes of the same authors are shown as changed too: nobody reads
"a" alone.
"""
SHORTEST_STEM = 3
"""A word is refined only where this many first letters stay."""
SHARED = 0.6
"""... and this share of the longer form."""

_WORD = regex.compile(r"[\p{L}\p{M}\u00AD-]+")


def tidy_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Short islands between two changes by the same authors are swallowed; of two forms of one word only the letters
    that differ are marked, never inside a number, a date or a grapheme.
    """
    out: list[Run] = []
    for number, run in enumerate(runs):
        if run.op is Op.KEEP and _is_island(run.rich.text) and 0 < number < len(runs) - 1:
            before, behind = runs[number - 1], runs[number + 1]
            if before.op is not Op.KEEP and behind.op is not Op.KEEP and before.by == behind.by:
                out += (Run(Op.DELETE, run.rich, before.by), Run(Op.INSERT, run.rich, before.by))
                continue
        out.append(run)
    return tuple(_united(_refined(_gathered(out))))


def _is_island(text: str) -> bool:
    """Whether so few kept characters may be shown as changed. What parts the cells of a row always stays in sight."""
    return len(text) <= ISLAND and CELL not in text


def _gathered(runs: list[Run]) -> list[Run]:
    """In each stretch of changes by one set of authors: first everything struck, then everything inserted."""
    out: list[Run] = []
    stretch: list[Run] = []
    for run in [*runs, None]:
        if run is not None and run.op is not Op.KEEP and (not stretch or stretch[0].by == run.by):
            stretch.append(run)
            continue
        if stretch:
            out += _parted(stretch)
            stretch = []
        if run is not None and run.op is not Op.KEEP:
            stretch = [run]
        elif run is not None:
            out.append(run)
    return out


def _parted(stretch: list[Run]) -> list[Run]:
    parted = []
    for op in (Op.DELETE, Op.INSERT):
        rich = concat(run.rich for run in stretch if run.op is op)
        if rich.text:
            parted.append(Run(op, rich, stretch[0].by))
    return parted


def _refined(runs: list[Run]) -> list[Run]:
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if (
            last
            and last.op is Op.DELETE
            and run.op is Op.INSERT
            and last.by == run.by
            and (pieces := _letters(last, run))
        ):
            out[-1:] = pieces
        else:
            out.append(run)
    return out


def _united(runs: list[Run]) -> list[Run]:
    """Kept letters of a word flow into the kept words beside them."""
    out: list[Run] = []
    for run in runs:
        if out and out[-1].op is Op.KEEP and run.op is Op.KEEP:
            out[-1] = Run(Op.KEEP, concat((out[-1].rich, run.rich)))
        else:
            out.append(run)
    return out


def _letters(struck: Run, added: Run) -> list[Run] | None:
    """Struck and inserted form of one word as stem, old ending, new ending; None where that would not help."""
    old, new = struck.rich, added.rich
    if not (_WORD.fullmatch(old.text) and _WORD.fullmatch(new.text)):
        return None
    ends = shared_ends(old.text, new.text)
    if ends is None:
        return None
    prefix, suffix = ends
    if prefix < SHORTEST_STEM or prefix + suffix < SHARED * max(len(old), len(new)):
        return None
    for rich in (old, new):
        if not {prefix, len(rich) - suffix} <= _grapheme_bounds(rich.text):
            return None
    if old.slice(0, prefix) != new.slice(0, prefix) or _tail(old, suffix) != _tail(new, suffix):
        return None
    pieces = [
        Run(Op.KEEP, old.slice(0, prefix)),
        Run(Op.DELETE, old.slice(prefix, len(old) - suffix), struck.by),
        Run(Op.INSERT, new.slice(prefix, len(new) - suffix), added.by),
        Run(Op.KEEP, _tail(old, suffix)),
    ]
    return [piece for piece in pieces if piece.rich.text]


def _tail(rich: Rich, length: int) -> Rich:
    return rich.slice(len(rich) - length, len(rich))


def _grapheme_bounds(text: str) -> set[int]:
    return {0} | {match.end() for match in regex.finditer(r"\X", text)}
