"""Runs and names as a drawn page takes them: cell by cell, on one line, without the signs of a literal file, short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from amendments.text.model import CELL, Rich
from amendments.text.redline import Op, Run

_LONG_NAME = 28


def shortened(people: Sequence[str]) -> list[str]:
    """What stands behind a change: the beginning of a long name in whole words, where nobody else's begins so."""
    cut = [name if len(name) <= _LONG_NAME else f"{name[:_LONG_NAME].rsplit(' ', 1)[0]} …" for name in people]
    often = Counter(cut)
    return [short if often[short] == 1 else name for short, name in zip(cut, people, strict=True)]


def flat(runs: Sequence[Run]) -> tuple[Run, ...]:
    """A table row on one line."""
    return tuple(Run(run.op, Rich(run.rich.text.replace(CELL, " | ")), run.by) for run in runs)


def without_sign(runs: tuple[Run, ...], length: int) -> tuple[Run, ...]:
    """A heading of a literal file without its signs, where they did not change."""
    first = runs[0] if runs else None
    if first is None or len(first.rich) < length or (first.op is not Op.KEEP and len({run.op for run in runs}) > 1):
        return runs
    if first.rich.text[:length].strip("#") != " ":
        return runs
    return (Run(first.op, first.rich.slice(length, len(first.rich)), first.by), *runs[1:])


def cells(runs: Sequence[Run]) -> list[list[Run]]:
    found: list[list[Run]] = [[]]
    for run in runs:
        for number, words in enumerate(run.rich.cells()):
            if number:
                found.append([])
            if words.text:
                found[-1].append(run._replace(rich=words))
    return found
