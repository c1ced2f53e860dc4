"""Display only: runs made easier to read. Stored hunks stay as they are; `keep + delete` and `keep + insert` stay the two texts."""

from __future__ import annotations

from collections.abc import Sequence

from amendments.text.model import concat
from amendments.text.redline import Op, Run

ISLAND = 3
"""This many kept characters or fewer between two changes of the same authors are shown as changed too: nobody reads "a" alone."""


def tidy_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Short islands between two changes by the same authors are swallowed; neighbours of one kind become one run."""
    out: list[Run] = []
    for number, run in enumerate(runs):
        if run.op is Op.KEEP and len(run.rich) <= ISLAND and 0 < number < len(runs) - 1:
            before, behind = runs[number - 1], runs[number + 1]
            if before.op is not Op.KEEP and behind.op is not Op.KEEP and before.by == behind.by:
                out += (Run(Op.DELETE, run.rich, before.by), Run(Op.INSERT, run.rich, before.by))
                continue
        out.append(run)
    return tuple(_gathered(out))


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
