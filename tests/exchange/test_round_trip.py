"""What a redline says as a Word file or as an OpenDocument text is read back as the same proposals."""

from __future__ import annotations

import pytest

from amendments.exchange.redlines import Person
from amendments.text import Edit, edits, plain, text_of
from benchmarks import corpus
from benchmarks.bench_round_trip import of_statutes
from benchmarks.round_trip import differing
from tests.exchange.concept import BASE, BEIRAT, WHEN, WISHES

AMT = Person("Amt für Jugend, Soziales (Ä 11)", WHEN, "Weil es so ist.")


SUFFIXES = (".docx", ".odt")
NOT_APART = {
    ".docx": [],
    ".odt": [
        ("moved", "a heading now"),
        ("joined", "no item any more"),
        ("item put in", "no item any more"),
        ("a paragraph in a list", "no item any more"),
    ],
}
"""What of two people an OpenDocument text cannot tell apart: one makes of a paragraph another kind, which the other
moves or changes the list around.
"""


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", WISHES)
def test_each_kind_of_change(name: str, suffix: str) -> None:
    assert differing(BASE, {"b": [Edit("e", WISHES[name])]}, {"b": BEIRAT}, suffix) == []


NAMES = list(WISHES)
PAIRS = [(name, NAMES[(rank + step) % len(NAMES)]) for rank, name in enumerate(NAMES) for step in (1, 2, 5, 7)]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_people_with_two_kinds_of_change(one: str, other: str, suffix: str) -> None:
    wishes = {"b": [Edit("e", WISHES[one])], "s": [Edit("f", WISHES[other])]}
    trouble = differing(BASE, wishes, {"b": BEIRAT, "s": AMT}, suffix)
    assert bool(trouble) is ((one, other) in NOT_APART[suffix])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_somebody_wants_all_of_it_struck(suffix: str) -> None:
    base = text_of([plain("Eins."), plain("Zwei.")])
    assert (
        differing(base, {"b": [Edit("e", (*edits.delete(base[0]), *edits.delete(base[1])))]}, {"b": BEIRAT}, suffix)
        == []
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_words_that_another_changes_in_a_moved_paragraph(suffix: str) -> None:
    """As a change inside of the move: struck words in words that were put in."""
    moved = Edit("m", edits.move([BASE[1]], BASE[-2].identity))
    wishes = {"b": [moved], "s": [Edit("w", WISHES["words"])]}
    assert differing(BASE, wishes, {"b": BEIRAT, "s": AMT}, suffix) == []


def test_where_a_paragraph_left_and_beside_where_it_arrived_each_wants_their_own() -> None:
    """Nobody can tell from the texts alone whether what is put in there stood before or behind what moved."""
    arrived = edits.insert(BASE[-2].identity, [plain("Vorher."), plain("Nachher.")])
    wishes = {
        "b": [Edit("m", edits.move([BASE[1]], BASE[-3].identity)), Edit("n", arrived)],
        "s": [Edit("w", WISHES["words"]), Edit("i", edits.insert(BASE[0].identity, [plain("Noch dies.")]))],
    }
    assert differing(BASE, wishes, {"b": BEIRAT, "s": AMT}, ".docx") == []


@pytest.mark.skipif(not corpus.available(), reason="the corpus is not there")
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("hands", [1, 3])
def test_statutes(hands: int, suffix: str) -> None:
    """In the one one person makes another kind of a paragraph in which the two others change words."""
    figures = of_statutes(hands, suffix, most=5)
    assert figures.cases > 10
    assert figures.failed == (["maispflschmv v3 -> v4"] if (hands, suffix) == (3, ".odt") else [])
