"""The display passes in order."""

from __future__ import annotations

from collections.abc import Sequence

from amendments.text.diff import changed_spans
from amendments.text.model import Rich
from amendments.text.redline import KEEP, Run
from amendments.text.tidying.joining import join, join_grown
from amendments.text.tidying.letters import endings
from amendments.text.tidying.rewriting import rewritten
from amendments.text.tidying.sheet import Sheet
from amendments.text.tidying.sliding import slide
from amendments.text.tidying.units import brackets, citations, whole_graphemes, whole_words

PASSES = (slide, join, whole_words, citations, rewritten, brackets, join_grown, endings, whole_graphemes)


def tidy_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The same two texts, drawn for a reader."""
    if all(run.op is KEEP for run in runs):
        return tuple(runs)
    return _tidied(Sheet.of(runs))


def compare(old: Rich, new: Rich, by: tuple[str, ...] = ()) -> tuple[Run, ...]:
    """The finished redline of two wordings of one paragraph, without a document around them; `by`: who changed it.

    Keep and delete runs joined are `old`, keep and insert runs `new`, marks included. No run is empty, no two
    neighbours have one `op`; a struck run stands before what was put in instead. Linear in the wordings.
    """
    return _tidied(Sheet.compared(old, new, changed_spans(old, new), by))


def _tidied(sheet: Sheet) -> tuple[Run, ...]:
    for tidy in PASSES:
        tidy(sheet)
    return sheet.runs()
