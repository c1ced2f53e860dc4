"""Over several versions: carried over a chain of steps is carried step by step, and no other way is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amendments.text import (
    Carried,
    CarryOver,
    Edit,
    Outcome,
    Redline,
    Replace,
    Rich,
    Text,
    align,
    apply_edits,
    carry_over,
    check,
    edits,
    literal_content,
    merge,
    plain,
    text_of,
)
from amendments.text.mapping import Mapping
from benchmarks import corpus
from tests.text.strategies import PROMISE, bases_and_edits, wishes


def step_by_step(edit: Edit, carriers: Iterable[CarryOver]) -> Carried:
    """As publishing does it: what one step found open is carried over the next."""
    carried = Carried(Outcome.ANCHORED, edit.hunks)
    for carrier in carriers:
        if carried.outcome is Outcome.ANCHORED:
            carried = carrier.carry(Edit(edit.id, carried.hunks))
    return carried


def composed(steps: Sequence[Sequence[Edit]], base: Text) -> Redline:
    redline = Redline.of(base)
    for step in steps:
        redline = apply_edits(redline, step)
    return redline


def places_by_origin(edit: Edit, origins: Mapping) -> Iterator[tuple[Replace, Replace]]:
    """Of the words it strikes, as far as the origin of each word still leads to them: what the edit says there."""
    for hunk in edit.hunks:
        if isinstance(hunk, Replace) and hunk.start < hunk.end:
            spot = origins.span(hunk.paragraph, hunk.start, hunk.end)
            if spot is not None:
                yield hunk, Replace(spot.paragraph, spot.start, spot.end, hunk.old, hunk.new)


@st.composite
def chains(draw: st.DrawFn) -> tuple[Text, list[list[Edit]], list[Redline], Edit]:
    """A base, what came into it in three steps, the redline of each as merging makes it, and a wish on the base."""
    base, wanted = draw(bases_and_edits(fewest=1, most=3))
    text, taken, redlines = base, [], []
    for number in range(3):
        merged = merge(text, wanted)
        taken.append([edit for edit in wanted if edit.id in merged.applied])
        redlines.append(merged.redline)
        text = merged.text
        assume(text)
        wanted = [Edit(f"{number} {n}", draw(wishes(text))) for n in range(draw(st.integers(1, 2)))]
    return base, taken, redlines, Edit("o", draw(wishes(base)))


@PROMISE
@given(chains())
def test_over_a_chain_is_step_by_step(chain: tuple[Text, list[list[Edit]], list[Redline], Edit]) -> None:
    base, taken, redlines, wish = chain
    carried = carry_over(wish, *redlines)
    alone = step_by_step(wish, [CarryOver(redline) for redline in redlines])
    assert (carried.outcome, carried.hunks) == (alone.outcome, alone.hunks)
    last = redlines[-1].accept()
    assert carried.paragraph in {"", *(paragraph.identity for paragraph in last)}
    if carried.outcome is Outcome.ANCHORED:
        assert carried == alone
        check(last, carried.hunks)
        origins = Mapping(composed(taken, base))
        assert {there for _, there in places_by_origin(wish, origins)} <= set(carried.hunks)


@PROMISE
@given(chains())
def test_a_chain_may_be_put_together_in_any_way(chain: tuple[Text, list[list[Edit]], list[Redline], Edit]) -> None:
    _, _, (one, two, three), wish = chain
    at_once = carry_over(wish, one, two, three)
    assert CarryOver(one).then(CarryOver(two, three)).carry(wish) == at_once
    assert CarryOver().then(CarryOver(one, two)).then(CarryOver(three)).carry(wish) == at_once


# --- what a composed redline does not know

FIRST = "Der Rat beschließt das Konzept. Er prüft es jedes Jahr."
BASE = text_of(plain(text) for text in (FIRST, "Der Beirat berät den Rat.", "Die Verwaltung berichtet."))


def chain_of(*wanted: Edit) -> tuple[list[Redline], Redline]:
    """Each step, and all of them composed."""
    text, steps = BASE, []
    for each in wanted:
        steps.append(apply_edits(Redline.of(text), [each]))
        text = steps[-1].accept()
    return steps, composed([[each] for each in wanted], BASE)


MOVED = Edit("m", edits.move(BASE[:1], BASE[1].identity))
SPLIT = Edit("s", edits.split(BASE[0], 32))


def test_a_redline_of_several_steps_is_refused() -> None:
    steps, at_once = chain_of(MOVED, SPLIT)
    assert (at_once.reject(), at_once.accept()) == (steps[0].reject(), steps[1].accept())
    for redline in (at_once, at_once.inverted(), apply_edits(merge(BASE, [MOVED]).redline, [SPLIT])):
        with pytest.raises(ValueError, match="several steps"):
            CarryOver(redline)


def test_what_changed_nothing_is_no_step() -> None:
    untouched = merge(BASE, []).redline
    assert carry_over(SPLIT, apply_edits(untouched, [MOVED])) == carry_over(SPLIT, untouched, chain_of(MOVED)[0][0])


@pytest.mark.parametrize(("start", "end"), [(4, 7), (40, 43)], ids=["before the split", "behind it"])
def test_words_of_a_paragraph_that_is_moved_and_later_split(start: int, end: int) -> None:
    """The right half has another origin than the moved paragraph, so the redline of both does not lead there."""
    steps, _ = chain_of(MOVED, SPLIT)
    wish = Edit("o", edits.replace_words(BASE[0], start, end, Rich("x")))
    assert carry_over(wish, *steps).outcome is Outcome.ANCHORED


def test_a_gap_is_handed_back_when_its_left_neighbour_moves_away_and_comes_back() -> None:
    """It stays behind the paragraph before; what comes to stand there is something put into it."""
    away = Edit("a", edits.move(BASE[1:2], ""))
    back = Edit("b", edits.move(BASE[1:2], BASE[0].identity))
    wish = Edit("o", edits.insert(BASE[1].identity, [plain("Neu.")]))
    steps, _ = chain_of(away, back)
    assert carry_over(wish, *steps).outcome is Outcome.PASSAGE_CHANGED
    assert carry_over(wish, steps[0]).hunks == edits.insert(BASE[0].identity, [plain("Neu.")])


def test_what_is_handed_back_is_followed_to_where_it_stands_in_the_end() -> None:
    reworded = Edit("r", edits.replace_words(BASE[1], 4, 10, Rich("Senat")))
    wish = Edit("o", edits.replace_words(BASE[1], 4, 10, Rich("Vorstand")))
    now = apply_edits(Redline.of(BASE), [reworded]).accept()
    joined, struck = Edit("j", edits.join(now[0], now[1])), Edit("d", edits.delete(now[1]))
    found = [carry_over(wish, *chain_of(reworded, *later)[0]) for later in ((), (joined,), (struck,))]
    assert [one.outcome for one in found] == [Outcome.PASSAGE_CHANGED] * 3
    assert [one.paragraph for one in found] == [BASE[1].identity, BASE[0].identity, ""]


def test_words_that_came_in_and_lost_their_middle_are_one_change_still() -> None:
    """So what stands behind them was not put in beside them, and nothing came between it and the old words."""
    put = Edit("p", edits.replace_words(BASE[0], 4, 7, Rich("neue alte Ausschuss")))
    struck = Edit("s", edits.replace_words(apply_edits(Redline.of(BASE), [put]).accept()[0], 9, 14, Rich()))
    _, at_once = chain_of(put, struck)
    (node, *_) = at_once.nodes
    assert [run.rich.text for run in node.runs if run.by == ("p",)] == ["Rat", "neue Ausschuss"]


# --- statutes

STATUTES = ("fischseuchv_2008", "moselschpev_1997", "wogg", "ermiv", "maispflschmv")


def wishes_everywhere(text: Text) -> Iterator[Edit]:
    for paragraph in text:
        place = len(paragraph.text) // 2
        yield Edit("r", edits.replace_words(paragraph, place, min(place + 1, len(paragraph.text)), Rich("??")))
        yield Edit("i", edits.insert(paragraph.identity, [literal_content("Neu.")]))
        yield Edit("d", edits.delete(paragraph))


@pytest.mark.skipif(not corpus.available(), reason="the public corpus (../shared/corpus) is not there")
@pytest.mark.parametrize("foreign", [False, True])
@pytest.mark.parametrize("name", STATUTES)
def test_over_all_versions_of_a_statute_is_step_by_step(name: str, *, foreign: bool) -> None:
    paths = sorted((corpus.ROOT / "documents" / name).glob("v*.md"))
    assert len(paths) > 2
    base, *later = ([literal_content(words) for words in corpus.paragraphs_of(str(path))] for path in paths)
    texts, taken, steps = [text_of(base)], [], []
    for number, contents in enumerate(later):
        found = align(texts[-1], contents, f"v{number}")
        texts.append(found.text)
        taken.append([found.edit])
        steps.append(found.redline)
    assert all(
        step.reject() == old and step.accept() == new for step, (old, new) in zip(steps, pairwise(texts), strict=True)
    )
    carriers = [CarryOver(step, foreign=foreign) for step in steps]
    chain, origins, anchored = CarryOver(*steps, foreign=foreign), Mapping(composed(taken, texts[0])), 0
    for edit in wishes_everywhere(texts[0]):
        carried, alone = chain.carry(edit), step_by_step(edit, carriers)
        assert (carried.outcome, carried.hunks) == (alone.outcome, alone.hunks)
        if carried.outcome is Outcome.ANCHORED:
            anchored += 1
            assert {there for _, there in places_by_origin(edit, origins)} <= set(carried.hunks)
    assert anchored > 10
