"""Tables stay tables, whatever is moved or put in."""

import pytest

from amendments.errors import InvalidInput
from amendments.proposals import wording
from amendments.text import Edit, Kind, apply, plain, text_of
from amendments.text.model import CELL

BASE = text_of(
    [
        plain("Davor."),
        plain(f"Jahr{CELL}Zahl", Kind.TABLE_ROW, table="t"),
        plain(f"2010{CELL}4", Kind.TABLE_ROW, table="t"),
        plain(f"2011{CELL}5", Kind.TABLE_ROW, table="t"),
        plain("Danach."),
    ]
)
BEFORE, HEADER, FIRST, SECOND, BEHIND = (paragraph.identity for paragraph in BASE)


@pytest.mark.parametrize(
    ("first", "last", "after", "sentence"),
    [
        (FIRST, "", BEHIND, wording.ROW_LEAVES),
        (FIRST, "", "", wording.ROW_LEAVES),
        (BEHIND, "", FIRST, wording.IN_A_TABLE),
        (SECOND, BEHIND, HEADER, wording.IN_A_TABLE),
    ],
)
def test_a_move_that_would_break_a_table_is_refused(first: str, last: str, after: str, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        wording.move(BASE, first, last, after)


def test_a_new_paragraph_between_rows_is_refused() -> None:
    with pytest.raises(InvalidInput, match=wording.IN_A_TABLE):
        wording.insert(BASE, HEADER, "Neu.")


@pytest.mark.parametrize(
    ("first", "last", "after", "order"),
    [
        (SECOND, "", HEADER, [BEFORE, HEADER, SECOND, FIRST, BEHIND]),
        (HEADER, SECOND, BEHIND, [BEFORE, BEHIND, HEADER, FIRST, SECOND]),
        (BEHIND, "", BEFORE, [BEFORE, BEHIND, HEADER, FIRST, SECOND]),
    ],
)
def test_rows_move_inside_their_table_and_a_table_as_a_whole(first: str, last: str, after: str, order: list) -> None:
    moved = apply(BASE, [Edit("own", wording.move(BASE, first, last, after))])
    assert [paragraph.identity for paragraph in moved] == order


def test_a_new_paragraph_before_and_behind_a_table_is_fine() -> None:
    for after in (BEFORE, SECOND):
        assert wording.insert(BASE, after, "Neu.")
