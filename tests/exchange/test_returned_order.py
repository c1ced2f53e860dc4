"""Edited copies that put something at one place: when its order is known, and when a person is asked."""

from __future__ import annotations

import pytest

from amendments.exchange.returned import wishes_in
from amendments.text import RelationKind, plain, text_of
from tests.exchange.returning import copies_of, merged_lines, together

BASE = text_of(plain(text) for text in ("Davor.", "Der Rat tagt im Mai.", "Die Presse berichtet.", "Danach."))
BEFORE, MEETS, PRESS, BEHIND = (paragraph.text for paragraph in BASE)
HEADING, ADDED, ANOTHER = "Siehe Anlage 2", "Gäste dürfen zuhören.", "Ein Protokoll wird geführt."


@pytest.mark.parametrize(
    ("copies", "result"),
    [
        (((BEFORE, HEADING, BEHIND), (BEFORE, MEETS, PRESS, ADDED, BEHIND)), (BEFORE, HEADING, ADDED, BEHIND)),
        (((BEFORE, MEETS, PRESS, ADDED, BEHIND), (BEFORE, HEADING, BEHIND)), (BEFORE, HEADING, ADDED, BEHIND)),
        (((BEFORE, MEETS, PRESS, ADDED, BEHIND), (BEFORE, MEETS, PRESS, ANOTHER, BEHIND)), None),
        (
            ((BEFORE, HEADING, BEHIND), (BEFORE, MEETS, PRESS, ADDED, BEHIND), (BEFORE, MEETS, PRESS, ANOTHER, BEHIND)),
            None,
        ),
    ],
    ids=["instead, behind", "behind, instead", "both behind", "instead, and two behind"],
)
def test_what_stands_instead_of_a_paragraph_stands_before_what_another_adds_behind_it(
    copies: tuple[tuple[str, ...], ...], result: tuple[str, ...] | None
) -> None:
    returned = copies_of(*copies)
    assert [len(wishes_in(BASE, copy)) for copy in returned] == [1] * len(copies)
    found = together([paragraph.text for paragraph in BASE], returned)
    assert found.settled == (result is not None)
    assert tuple(paragraph.text for paragraph in found.merge.text) == (result or tuple(p.text for p in BASE))
    assert bool(found.entangled) == (result is not None)  # it is shown to be read


LINES = ("Der Rat tagt im Mai.", "Die Presse berichtet.", "Gäste dürfen zuhören.", "Ein Protokoll wird geführt.")
ONE, TWO, THREE, FOUR = LINES


@pytest.mark.parametrize(
    ("copies", "open_to_doubt"),
    [
        (((TWO, ONE, THREE, FOUR), (ONE, THREE, FOUR, TWO)), True),
        (((TWO, ONE, THREE, FOUR), (TWO, THREE, ONE, FOUR)), True),
        (((TWO, ONE, THREE, FOUR), (TWO, THREE, FOUR)), True),
        (((TWO, ONE, THREE, FOUR), (ONE, THREE, FOUR)), True),
        (((THREE, FOUR, ONE, TWO), (ONE, THREE, FOUR, TWO)), True),
        (((TWO, ONE, THREE, FOUR), (TWO, ONE, THREE, FOUR)), False),
        (((TWO, ONE, THREE, FOUR), (ONE, TWO, FOUR, THREE)), False),
        (((TWO, ONE, THREE, FOUR), (ONE, TWO, THREE)), False),
        (((THREE, ONE, TWO, FOUR), (ONE, THREE, FOUR)), False),
    ],
)
def test_which_of_two_neighbours_that_changed_places_was_moved_is_asked_where_another_moves_or_strikes_one(
    copies: tuple[tuple[str, ...], ...], *, open_to_doubt: bool
) -> None:
    found = together(LINES, copies_of(*copies))
    hard = any(collision.kind is RelationKind.HARD for collision in found.merge.collisions)
    assert (bool(found.doubtful) or hard) == open_to_doubt


TESTED = "Die Verwaltung prüft die Anträge. Die Ermächtigung gilt für das Jahr, und die Stadt zahlt. Alles gilt."
MONEY, RULE = "Die Kosten trägt die Stadt.", "Ausnahmen beschließt der Rat."


@pytest.mark.parametrize("behind", ["Die Ermächtigung", "Alles gilt"])
def test_two_sentences_put_in_at_one_place_wait_whatever_words_they_share_with_their_neighbours(behind: str) -> None:
    found = merged_lines(TESTED, *(TESTED.replace(behind, f"{sentence} {behind}") for sentence in (MONEY, RULE)))
    (collision,) = found.merge.collisions
    assert collision.kind is RelationKind.ORDER
    assert found.merge.text[0].text == TESTED


def test_a_sentence_stays_whole_when_another_rewords_the_beginning_of_the_next_one() -> None:
    other = TESTED.replace("Die Ermächtigung", "Soweit nichts anderes bestimmt ist, die Ermächtigung")
    found = merged_lines(TESTED, TESTED.replace("Die Ermächtigung", f"{MONEY} Die Ermächtigung"), other)
    assert found.merge.text[0].text == other.replace("Soweit", f"{MONEY} Soweit")
    struck = merged_lines(found.merge.text[0].text, found.merge.text[0].text.replace(f"{MONEY} ", ""))
    assert struck.merge.text[0].text == other


def test_words_added_in_a_sentence_are_asked_about_where_they_could_lie_around_what_another_changes() -> None:
    base = "Es tagen der Rat und der Senat im Saal."
    added = base.replace("der Senat", "der Chor und der Senat")
    assert len(merged_lines(base, added, base.replace("der Senat", "dem Senat")).doubtful) == 1
    assert merged_lines(base, added, base.replace("Saal", "Haus")).settled
    assert merged_lines(base, added, added).settled
