"""Over several versions: carried through all steps at once is carried step by step."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amendments.text import (
    Carried,
    CarryOver,
    Edit,
    Insert,
    Join,
    Move,
    Outcome,
    Redline,
    Rich,
    Split,
    Text,
    align,
    apply_edits,
    carry_over,
    edits,
    literal_content,
    merge,
    plain,
    text_of,
)
from benchmarks import corpus
from tests.text.strategies import PROMISE, bases_and_edits, wishes


def step_by_step(edit: Edit, steps: Iterable[Redline]) -> tuple[Carried, int]:
    """What the last step says that was reached, and how many steps were."""
    carried, number = Carried(Outcome.ANCHORED, edit.hunks), 0
    for step in steps:
        number += 1
        carried = carry_over(Edit(edit.id, carried.hunks), step)
        if carried.outcome is not Outcome.ANCHORED:
            break
    return carried, number


Chain = tuple[list[Edit], Carried, Carried]
"""All edits of the chain, the wish last; how it was carried step by step, and at once."""


def reshapes(found: Iterable[Edit]) -> bool:
    """Whether paragraphs are split, joined or moved, or the last edit speaks of a gap."""
    *steps, wish = found
    kinds = Split | Join | Move
    return any(isinstance(hunk, kinds) for edit in steps for hunk in edit.hunks) or any(
        isinstance(hunk, kinds | Insert) for hunk in wish.hunks
    )


def speaks_of_a_gap(wish: Edit) -> bool:
    """Where paragraphs were moved on the way, the gap behind one may be another one by either way: an open fault."""
    return any(isinstance(hunk, Insert | Move) for hunk in wish.hunks)


def carried_over_three(data: st.DataObject, text: Text, wanted: list[Edit]) -> Chain | None:
    """A chain of three merges and a wish; None where it was handed back or adopted on the way."""
    base, composed, steps, taken = text, Redline.of(text), [], []
    for number in range(3):
        merged = merge(text, wanted)
        applied = [edit for edit in wanted if edit.id in merged.applied]
        composed, text = apply_edits(composed, applied), merged.text
        assume(text)
        steps.append(merged.redline)
        taken += applied
        wanted = [Edit(f"{number} {n}", data.draw(wishes(text))) for n in range(data.draw(st.integers(1, 2)))]
    edit = Edit("o", data.draw(wishes(base)))
    carried, reached = step_by_step(edit, steps)
    return ([*taken, edit], carried, carry_over(edit, composed)) if reached == len(steps) else None


@PROMISE
@given(st.data(), bases_and_edits(fewest=1, most=3))
def test_all_steps_at_once_are_one_after_the_other(data: st.DataObject, case: tuple[Text, list[Edit]]) -> None:
    found = carried_over_three(data, *case)
    if found is None:
        return
    taken, carried, at_once = found
    if not reshapes(taken):
        assert carried == at_once
    elif Outcome.ANCHORED is carried.outcome is at_once.outcome and not speaks_of_a_gap(taken[-1]):
        assert set(carried.hunks) == set(at_once.hunks)


# --- the exceptions

FIRST = "Der Rat beschließt das Konzept. Er prüft es jedes Jahr."
BASE = text_of(plain(text) for text in (FIRST, "Der Beirat berät den Rat.", "Die Verwaltung berichtet."))


def both_ways(edit: Edit, *wanted: Edit) -> tuple[Outcome, Outcome]:
    """Step by step, and at once."""
    text, composed, steps = BASE, Redline.of(BASE), []
    for each in wanted:
        step = apply_edits(Redline.of(text), [each])
        composed, text = apply_edits(composed, [each]), step.accept()
        steps.append(step)
    return step_by_step(edit, steps)[0].outcome, carry_over(edit, composed).outcome


@pytest.mark.parametrize(
    ("start", "end", "at_once"),
    [(4, 7, Outcome.ANCHORED), (40, 43, Outcome.PASSAGE_CHANGED)],
    ids=["before the split", "behind it"],
)
def test_words_of_a_paragraph_that_is_moved_and_later_split(start: int, end: int, at_once: Outcome) -> None:
    """The right half has another origin than the moved paragraph, so over both steps at once it is not recognised."""
    moved = Edit("m", edits.move(BASE[:1], BASE[1].identity))
    split = Edit("s", edits.split(BASE[0], 32))
    wish = Edit("o", edits.replace_words(BASE[0], start, end, Rich("x")))
    assert both_ways(wish, moved, split) == (Outcome.ANCHORED, at_once)


def test_words_that_came_in_and_lost_their_middle_are_one_change_still() -> None:
    """So what stands behind them was not put in beside them, and nothing came between it and the old words."""
    put = Edit("p", edits.replace_words(BASE[0], 4, 7, Rich("neue alte Ausschuss")))
    struck = Edit("s", edits.replace_words(apply_edits(Redline.of(BASE), [put]).accept()[0], 9, 14, Rich()))
    wish = Edit("o", edits.replace_words(BASE[0], 7, 7, Rich(" jetzt")))
    assert both_ways(wish, put, struck) == (Outcome.ANCHORED, Outcome.ANCHORED)


# --- statutes

STATUTES = ("fischseuchv_2008", "moselschpev_1997", "wogg", "ermiv", "maispflschmv")


@pytest.mark.skipif(not corpus.available(), reason="the public corpus (../shared/corpus) is not there")
@pytest.mark.parametrize("name", STATUTES)
def test_all_versions_of_a_statute_at_once_are_one_after_the_other(name: str) -> None:
    paths = sorted((corpus.ROOT / "documents" / name).glob("v*.md"))
    assert len(paths) > 2
    base = text = corpus.text_of(corpus.paragraphs_of(str(paths[0])))
    composed, steps = Redline.of(base), []
    for path in paths[1:]:
        contents = [literal_content(words) for words in corpus.paragraphs_of(str(path))]
        step = align(text, contents, path.stem).edit
        steps.append(CarryOver(apply_edits(Redline.of(text), [step])))
        composed = apply_edits(composed, [step])
        text = composed.accept()
    at_once, anchored = CarryOver(composed), 0
    for paragraph in base:
        place = len(paragraph.text) // 2
        for edit in (
            Edit("r", edits.replace_words(paragraph, place, min(place + 1, len(paragraph.text)), Rich("??"))),
            Edit("i", edits.insert(paragraph.identity, [literal_content("Neu.")])),
            Edit("d", edits.delete(paragraph)),
        ):
            carried = Carried(Outcome.ANCHORED, edit.hunks)
            for carrier in steps:
                if carried.outcome is Outcome.ANCHORED:
                    carried = carrier.carry(Edit(edit.id, carried.hunks))
            if carried.outcome is Outcome.ANCHORED:
                anchored += 1
                assert at_once.carry(edit) == carried, (edit, paragraph.text)
    assert anchored > 10
