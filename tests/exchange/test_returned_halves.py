"""A change that others contradict in one half is not applied in the other half."""

from __future__ import annotations

import pytest

from tests.exchange.returning import merged_lines

HOURS = "Der Saal ist von 8 bis 20 Uhr geöffnet. Der Rat zahlt."
DRUGS = "Verboten sind Alkohol und Tabak im Haus."
LONG = "Der Rat wählt in der Sitzung nach der Wahl den Vorstand für zwei Jahre."


@pytest.mark.parametrize(
    ("base", "one", "other"),
    [
        (HOURS, HOURS.replace("8 bis 20", "7 bis 21"), HOURS.replace("20", "19")),
        (DRUGS, DRUGS.replace(" und Tabak", ", Tabak und Cannabis"), DRUGS.replace("Tabak", "Drogen")),
    ],
)
def test_half_of_a_change_is_not_applied(base: str, one: str, other: str) -> None:
    for copies in ((one, other), (other, one)):
        found = merged_lines(base, *copies)
        (collision,) = found.merge.collisions
        assert found.merge.text[0].text == base
        assert len(found.edits) == 2
        assert len({found.owner[name] for name in collision.edits}) == 2


def test_what_the_same_copy_changes_further_away_still_stands() -> None:
    one = HOURS.replace("8 bis 20", "7 bis 21").replace("zahlt", "zahlt nicht")
    assert merged_lines(HOURS, one, HOURS.replace("20", "19")).merge.text[0].text == HOURS.replace(
        "zahlt", "zahlt nicht"
    )
    one = LONG.replace("in der", "vor der").replace("zwei", "drei")
    assert merged_lines(LONG, one, LONG.replace("zwei", "vier")).merge.text[0].text == LONG.replace("in der", "vor der")


def test_what_nobody_contradicts_is_in_parts_as_before() -> None:
    found = merged_lines(HOURS, HOURS.replace("8 bis 20", "7 bis 21"), HOURS.replace("20", "21"))
    assert found.settled
    assert found.merge.text[0].text == HOURS.replace("8 bis 20", "7 bis 21")
    assert len(found.edits) == 3


def test_a_half_that_somebody_else_wishes_alone_is_applied() -> None:
    one, other = HOURS.replace("8 bis 20", "7 bis 21"), HOURS.replace("20", "19")
    found = merged_lines(HOURS, one, other, HOURS.replace("8", "7"))
    assert not found.settled
    assert found.merge.text[0].text == HOURS.replace("8", "7")
