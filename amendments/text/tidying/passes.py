"""The display passes in order."""

from __future__ import annotations

from collections.abc import Sequence

from amendments.text.redline import Op, Run
from amendments.text.tidying.joining import join
from amendments.text.tidying.letters import endings
from amendments.text.tidying.sheet import Sheet
from amendments.text.tidying.sliding import slide
from amendments.text.tidying.units import brackets, citations, whole_words

PASSES = (slide, join, whole_words, citations, join, brackets, endings)


def tidy_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The same two texts, drawn for a reader."""
    if all(run.op is Op.KEEP for run in runs):
        return tuple(runs)
    sheet = Sheet.of(runs)
    for tidy in PASSES:
        tidy(sheet)
    return sheet.runs()
