"""How the cost of one long paragraph grows: counted in memory, which is the same in every run."""

from __future__ import annotations

import pytest

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
