"""What a redline says as a Word file is read back as the same proposals."""

from __future__ import annotations

import pytest

from amendments.exchange.redlines import Person
from amendments.text import Edit, edits, merge
from benchmarks import corpus
from benchmarks.bench_round_trip import of_statutes
from benchmarks.round_trip import differing
from tests.exchange.test_docx_writer import BASE, BEIRAT, WHEN, WISHES

AMT = Person("Amt für Jugend, Soziales (Ä 11)", WHEN, "Weil es so ist.")


@pytest.mark.parametrize("name", WISHES)
def test_each_kind_of_change(name: str) -> None:
    assert differing(BASE, {"b": [Edit("e", WISHES[name])]}, {"b": BEIRAT}, ".docx") == []


NAMES = list(WISHES)
PAIRS = [(name, NAMES[(rank + step) % len(NAMES)]) for rank, name in enumerate(NAMES) for step in (1, 2, 5, 7)]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_people_with_two_kinds_of_change(one: str, other: str) -> None:
    wishes = {"b": [Edit("e", WISHES[one])], "s": [Edit("f", WISHES[other])]}
    if merge(BASE, [*wishes["b"], *wishes["s"]]).collisions:
        pytest.skip("they collide")
    if {one, other} == {"moved", "a heading now"}:
        pytest.skip("what another wants to change in a paragraph that moves has no place of its own in a Word file")
    assert differing(BASE, wishes, {"b": BEIRAT, "s": AMT}, ".docx") == []


def test_words_that_another_changes_in_a_moved_paragraph() -> None:
    """As a change inside of the move: struck words in words that were put in."""
    moved = Edit("m", edits.move([BASE[1]], BASE[-2].identity))
    wishes = {"b": [moved], "s": [Edit("w", WISHES["words"])]}
    assert differing(BASE, wishes, {"b": BEIRAT, "s": AMT}, ".docx") == []


@pytest.mark.skipif(not corpus.available(), reason="the corpus is not there")
@pytest.mark.parametrize("hands", [1, 3])
def test_statutes(hands: int) -> None:
    figures = of_statutes(hands, most=5)
    assert figures.cases > 10
    assert figures.failed == []
