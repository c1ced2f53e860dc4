"""Edited copies that strike or add something in a run of equal paragraphs or words: files cannot say whether they mean
one wish or two, so it is done once and a person is asked, whatever else the copies change.
"""

from __future__ import annotations

import pytest

from tests.exchange.returning import merged, words

HEAD, FOOT = "Vorspruch des Rates der Stadt.", "Schluss der Satzung."
OTHER_HEAD, OTHER_FOOT = "Vorrede des Rates der Stadt.", "Ende der Satzung."
GONE, ONE, TWO = "Entfällt.", "Zu Nummer eins.", "Zu Nummer zwei."


@pytest.mark.parametrize(
    ("run", "wanted"),
    [
        ([GONE] * 3, [GONE] * 2),
        ([GONE] * 4, [GONE] * 2),
        ([ONE, GONE] * 2, [ONE, GONE]),
        ([ONE, GONE] * 3, [ONE, GONE]),
        ([GONE] * 2, [GONE] * 3),
        ([ONE, GONE], [ONE, GONE] * 2),
        (["Das ist sehr sehr sehr wichtig für uns."], ["Das ist sehr sehr wichtig für uns."]),
        (["Das ist sehr wichtig für uns."], ["Das ist sehr sehr wichtig für uns."]),
    ],
)
@pytest.mark.parametrize("edge", [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_what_two_copies_strike_or_add_in_a_run_is_done_once_and_asked(
    run: list[str], wanted: list[str], edge: tuple[int, int]
) -> None:
    one, other = edge
    copies = ([OTHER_HEAD if one else HEAD, *wanted, FOOT], [HEAD, *wanted, OTHER_FOOT if other else FOOT])
    found = merged([HEAD, *run, FOOT], *copies)
    assert words(found) == [copies[0][0], *wanted, copies[1][-1]]
    assert len(found.doubtful) == 1
    assert (found.doubtful[0].rank, len(found.doubtful[0].edits)) == (1, 2)


@pytest.mark.parametrize(
    "copies",
    [
        ("Der Rat bleibt sehr sehr wichtig für uns.", "Der Rat ist sehr sehr bedeutend für uns."),
        ("Der Beirat ist sehr sehr wichtig für uns.", "Der Rat ist sehr sehr wichtig für alle."),
        ("Der Rat ist sehr sehr wichtig für uns.", "Der Rat ist sehr wichtig für uns."),
    ],
)
def test_words_struck_together_with_others_beside_a_run_are_asked(copies: tuple[str, str]) -> None:
    found = merged(["Der Rat ist sehr sehr sehr wichtig für uns."], *([copy] for copy in copies))
    assert len(found.doubtful) == 1


@pytest.mark.parametrize(
    "copies",
    [
        ([HEAD, GONE, GONE, FOOT], [HEAD, GONE, FOOT]),
        ([HEAD, GONE, GONE, FOOT], [HEAD, GONE, GONE, GONE, GONE, FOOT]),
        ([HEAD, GONE, GONE, FOOT], [HEAD, GONE, "Entfällt ab 2013.", GONE, FOOT]),
        ([HEAD, GONE, GONE, FOOT], [HEAD, GONE, "Dazwischen.", GONE, GONE, FOOT]),
    ],
    ids=["strikes two", "adds one", "edits one", "adds between"],
)
def test_one_strikes_in_a_run_where_another_changes_something_else(copies: tuple[list[str], list[str]]) -> None:
    assert len(merged([HEAD, GONE, GONE, GONE, FOOT], *copies).doubtful) == 1


def test_the_same_clause_struck_between_equal_paragraphs_is_one_wish() -> None:
    base = [HEAD, ONE, GONE, TWO, GONE, FOOT]
    found = merged(base, [OTHER_HEAD, ONE, GONE, FOOT], [HEAD, "Zu Nummer 1.", GONE, FOOT])
    assert words(found) == [OTHER_HEAD, "Zu Nummer 1.", GONE, FOOT]
    assert found.settled


def test_outside_of_runs_nobody_is_asked() -> None:
    found = merged([HEAD, GONE, GONE, ONE, FOOT], [HEAD, GONE, ONE, FOOT], [HEAD, GONE, GONE, TWO, FOOT])
    assert words(found) == [HEAD, GONE, TWO, FOOT]
    assert found.settled


def test_a_block_that_could_lie_one_further_beside_what_another_strikes_is_asked() -> None:
    """Whether the one struck the first or the last of the equal paragraphs, nobody can tell."""
    base = [HEAD, GONE, ONE, TWO, GONE, FOOT]
    found = merged(base, [HEAD, GONE, FOOT], [HEAD, GONE, ONE, TWO, FOOT])
    assert len(found.doubtful) == 1
