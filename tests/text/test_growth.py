"""How the cost of one long paragraph grows: counted in memory, which is the same in every run."""

from __future__ import annotations

from itertools import pairwise

import pytest

from amendments.text._similarity import EXACT, similarity
from amendments.text.sentences import LONGEST, sentence_starts
from amendments.text.tokens import tokenise
from benchmarks import bench_growth, growth

SIZES = (1_000, 4_000)


def test_memory_grows_with_the_length_and_no_faster() -> None:
    works = {words: bench_growth.drawing(bench_growth.every_tenth_changed(words)) for words in SIZES}
    peaks = {words: float(growth.peak_bytes(work)) for words, work in works.items()}
    assert growth.over_linear(peaks) <= 1.15


@pytest.mark.parametrize("name", bench_growth.expensive(10))
def test_no_wording_costs_out_of_proportion(name: str) -> None:
    usual = growth.median_seconds(bench_growth.drawing(bench_growth.every_tenth_changed(3_000)), 3)
    assert growth.median_seconds(bench_growth.drawing(bench_growth.expensive(3_000)[name]), 3) <= 15 * usual


def test_growth_is_told_from_its_figures() -> None:
    square = {size: float(size * size) for size in (10, 40, 160)}
    assert growth.exponent(square) == pytest.approx(2)
    assert growth.over_linear(square) == pytest.approx(16)
    assert growth.over_linear({10: 20.0, 40: 80.0}) == 1


@pytest.mark.parametrize("added", [False, True])
def test_returned_files_of_one_sentence_take_time_that_grows_with_their_changes(*, added: bool) -> None:
    seconds = {
        changes: growth.median_seconds(bench_growth.returned(changes, sentence=100_000, added=added), 3)
        for changes in (200, 800)
    }
    assert growth.exponent(seconds) <= 1.5


def test_long_paragraphs_are_found_as_alike_as_they_are_in_time_that_grows_with_them() -> None:
    pairs = {words: [tokenise(text) for text in bench_growth.every_tenth_changed(words)] for words in (10_000, 40_000)}
    seconds = {words: growth.median_seconds(lambda pair=pair: similarity(*pair), 3) for words, pair in pairs.items()}
    assert growth.exponent(seconds) <= 1.5
    one, other = pairs[10_000]
    assert len(one) * len(other) > EXACT
    assert similarity(one, other) == pytest.approx(0.95, abs=0.002)
    assert similarity(one, other, 0.97) == 0.0


def test_a_stretch_without_a_full_stop_is_read_in_parts() -> None:
    text = "Haus " * 2_500 + "x" * 12_000
    starts = (*sentence_starts(text), len(text))
    parts = [text[start:end] for start, end in pairwise(starts)]
    assert "".join(parts) == text
    assert max(map(len, parts)) == LONGEST
    assert [part[-5:] for part in parts[:2]] == ["Haus "] * 2
