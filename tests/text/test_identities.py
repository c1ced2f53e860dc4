"""Whole statutes as files from outside: what is the same keeps its name, judged by a map that was made by reading."""

from __future__ import annotations

import pytest

from benchmarks import bench_engine, corpus
from benchmarks.bench_alignment import growth, identities, judged, kept, marked, steps, unchanged, versions

IN_CORPUS = pytest.mark.skipif(not corpus.available(), reason="the public corpus (../shared/corpus) is not there")
LARGE = ("bgb", "gkg_2004", "aufenthg_2004", "rvg")


def test_the_map_has_a_line_for_each_of_300_paragraphs() -> None:
    found = list(judged())
    assert len({(case.step, case.old) for case in found}) == len(found) == 300
    assert {case.kind for case in found} == set("emsgjwa")


@IN_CORPUS
def test_the_map_speaks_of_the_paragraphs_it_was_made_of() -> None:
    for case in judged():
        if case.step[0] not in LARGE:
            old, new = versions(case.step)
            assert case.hashes == (marked(old[case.old]), *(marked(new[rank]) for rank in case.new))
            assert old[case.old] not in new


@IN_CORPUS
def test_edited_paragraphs_keep_their_identity_as_a_reader_says() -> None:
    figures = identities(case for case in judged() if case.step[0] not in LARGE)
    assert figures.cases > 190
    assert figures.counts["right"] >= 0.91 * figures.counts["live on"]
    assert len(figures.failed) <= 0.035 * figures.cases


@IN_CORPUS
def test_what_stands_once_in_both_versions_keeps_its_identity() -> None:
    figures = unchanged(step for step in steps() if step[0] not in LARGE or step[:2] == ("bgb", "v6"))
    assert figures.cases > 30_000
    assert figures.failed == []


@IN_CORPUS
def test_as_many_paragraphs_change_come_and_go_in_the_civil_code_as_the_manifest_counts() -> None:
    """Not `moved`: the manifest counts among those struck and inserted what stands, word for word, elsewhere."""
    figures = bench_engine.aligning(step for step in bench_engine.transitions() if step[0] == "bgb v6 -> v7")
    assert figures.failed == []
    for key, share in (("changed", 0.03), ("inserted", 0.03), ("deleted", 0.05)):
        due = figures.counts[f"{key} manifest"]
        assert abs(figures.counts[f"{key} ours"] - due) <= share * due, key
    assert 0 < figures.counts["unsure"] < 60


def test_time_and_memory_grow_with_the_text() -> None:
    """Tells a line from a square on a busy machine; the figure itself is the benchmark's to print."""
    found = growth((400, 3_200), times=3)
    assert found["exponent"] <= 1.5
    assert found["memory"] <= 1.15


def test_the_judge_of_the_map_tells_wrong_from_lost_and_asked() -> None:
    """The judge itself: an identity that went elsewhere is a failure, one that is gone is lost."""
    assert kept(3, (4,), asked=False) == "wrong"
    assert kept(None, (4,), asked=False) == "lost"
    assert kept(None, (4,), asked=True) == "unsure"
    assert kept(4, (4, 5), asked=True) == "right"
