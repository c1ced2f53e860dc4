"""The engine on real statutes: fixed samples of the public corpus, judged by the functions of `make bench`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, islice

import pytest

from amendments.text import (
    Consequence,
    Edit,
    Outcome,
    Redline,
    align,
    apply_edits,
    carry_over,
    consequences,
    far_reaching,
    merge,
    outcomes,
)
from benchmarks import bench_engine, corpus
from benchmarks.corpus import Case

pytestmark = pytest.mark.skipif(not corpus.available(), reason="the public corpus (../shared/corpus) is not there")


def every(step: int, cases: Iterable[Case], first: int = 0) -> Iterator[Case]:
    return islice(cases, first, None, step)


def test_pairs_are_exact_both_ways_and_no_word_is_cut() -> None:
    figures = bench_engine.pairs(every(10, corpus.rows("pairs")))
    assert figures.cases > 500
    assert figures.failed == []
    assert figures.counts["cut in a word"] == 0


def test_all_changes_of_a_paragraph_together_are_its_next_version() -> None:
    figures = bench_engine.merging(every(10, corpus.rows("merge/paragraph")))
    assert figures.cases > 350
    assert figures.failed == []
    assert figures.counts["refused"] == 0


def test_all_changes_of_a_statute_together_are_its_next_version() -> None:
    small = (case for case in corpus.rows("merge/document") if case["paragraphs"] <= 300)
    figures = bench_engine.merging(small)
    assert figures.cases > 60
    assert figures.failed == []
    assert figures.counts["refused"] == 0


def _some_of_each_kind(number: int) -> Iterator[Case]:
    seen: dict[str, int] = {}
    for case in corpus.rows("merge/collision"):
        seen[case["collision"]] = seen.get(case["collision"], 0) + 1
        if seen[case["collision"]] % (84 // number) == 0:
            yield case


def test_collisions_of_all_22_kinds_are_found_and_nothing_else_is_refused() -> None:
    figures = bench_engine.collisions(_some_of_each_kind(12))
    assert sum(key.startswith("kind ") for key in figures.counts) == 22
    assert figures.failed == []
    assert figures.counts["found"] == figures.counts["to find"]
    assert figures.counts["clean refused"] == 0


def test_what_is_said_of_an_outcome_is_what_merging_shows() -> None:
    """Who loses does not stand; who stands adds, to what was adopted, just what both together give."""
    seen: set[Consequence] = set()
    for case in _some_of_each_kind(6):
        base = corpus.text_of(corpus.base_of(case))
        edits = {edit.id: edit for edit in corpus.edits_of(base, case)}
        adopted = [case["proposals"][0]["id"]]
        for component in merge(base, edits.values()).components:
            adopted = list(outcomes(component, merge(base, edits.values()).relations).best)
        taken = [edits[name] for name in adopted]
        step = apply_edits(Redline.of(base), taken, adopted)
        for name, said in consequences(base, edits.values(), adopted, adopted).items():
            seen.add(said)
            both = merge(base, [*taken, edits[name]], adopted)
            if both.collisions:
                assert said is not Consequence.STANDS or case["collision"] == "move-vs-delete", (case["id"], name)
            elif said is Consequence.SETTLED:
                assert both.text == step.accept(), (case["id"], name)
            elif said is Consequence.STANDS:
                assert both.text != step.accept(), (case["id"], name)
                carried = carry_over(edits[name], step)
                if carried.outcome is Outcome.ANCHORED:
                    then = merge(step.accept(), [Edit(name, carried.hunks)])
                    assert then.text == both.text, (case["id"], name)
                else:  # a part of it is in the text: published so, the whole of it is handed back
                    assert any(edits[name].wish & edit.wish for edit in taken), (case["id"], name)
    assert seen == set(Consequence)


def test_two_rivals_are_put_in_the_same_order_in_any_company() -> None:
    for case in _some_of_each_kind(6):
        base = corpus.text_of(corpus.base_of(case))
        edits = corpus.edits_of(base, case)
        order = [one.edits for one in far_reaching(base, edits)]
        for one, other in combinations(order, 2):
            two = [edit for edit in edits if edit.id in (one[0], other[0])]
            for pair in (two, two[::-1]):
                assert [found.edits[0] for found in far_reaching(base, pair)] == [one[0], other[0]], case["id"]


def test_no_open_proposal_lands_at_a_wrong_place() -> None:
    figures = bench_engine.reanchoring(every(10, corpus.rows("merge/reanchor")))
    assert figures.failed == []
    for key, due in figures.counts.items():
        if key.startswith("of "):
            assert figures.counts[f"found {key.removeprefix('of ')}"] >= 0.8 * due, key


def test_versions_of_a_statute_are_aligned_exactly() -> None:
    small = [step for step in bench_engine.transitions() if step[3]["unchanged"] < 120]
    figures = bench_engine.aligning(small)
    assert figures.cases > 40
    assert figures.failed == []


def test_a_statute_against_itself_has_no_change() -> None:
    path = next(bench_engine.transitions())[1]
    old = corpus.text_of(corpus.paragraphs_of(path))
    found = align(old, [paragraph.content for paragraph in old], "import")
    assert not found.edit.hunks
    assert not found.redline.changed
    assert not found.unsure
