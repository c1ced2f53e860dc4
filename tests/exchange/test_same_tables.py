"""Tables of a returned file are those of our version, however many of their rows were changed."""

from __future__ import annotations

import pytest

from amendments.exchange.imported import Imported
from amendments.exchange.remarks import Hand
from amendments.exchange.returned import Alone, Returned, same_tables, wanted_in
from amendments.text import CELL, Content, Kind, plain, text_of
from amendments.text.hunks import Replace

FEES = ("Kind|10 Euro", "Erwachsene|20 Euro")
HOURS = ("Montag|8 bis 12 Uhr", "Dienstag|14 bis 18 Uhr")


def rows(table: str, *said: str) -> tuple[Content, ...]:
    return tuple(plain(row.replace("|", CELL), Kind.TABLE_ROW, table=table) for row in said)


def names(contents: tuple[Content, ...]) -> list[str]:
    return [content.head.attribute("table") for content in contents]


@pytest.mark.parametrize(
    ("base", "found", "expected"),
    [
        (FEES, ("Kind|12 Euro", "Erwachsene|24 Euro"), "1"),
        (FEES[:1], ("Kind|12 Euro",), "1"),
        (FEES[:1], ("Jugend|keine",), "1"),
        (("a|1",), ("1|a",), "1"),
    ],
    ids=["all rows", "one row", "nothing alike", "a word in another column"],
)
def test_a_table_of_which_every_row_was_changed_is_still_that_table(
    base: tuple[str, ...], found: tuple[str, ...], expected: str
) -> None:
    assert set(names(same_tables(rows("1", *base), rows("1", *found)))) == {expected}


def test_a_new_table_before_one_that_was_changed_throughout_has_a_new_name() -> None:
    found = (*rows("1", "Ort|Saal"), *rows("2", "Kind|12 Euro", "Erwachsene|24 Euro"))
    assert names(same_tables(rows("1", *FEES), found)) == ["new 1", "1", "1"]


def test_of_two_tables_each_is_the_one_it_shares_most_with() -> None:
    base = (*rows("1", *FEES), *rows("2", *HOURS))
    found = (*rows("1", "Montag|9 bis 12 Uhr", "Dienstag|9 bis 12 Uhr"), *rows("2", "Kind|1 Euro", "Rentner|2 Euro"))
    assert names(same_tables(base, found)) == ["2", "2", "1", "1"]


def test_what_cannot_be_told_is_a_new_table() -> None:
    base = (*rows("1", "a|b"), *rows("2", "c|d"))
    assert names(same_tables(base, rows("1", "x|y"))) == ["new 1"]


def test_figures_changed_in_every_row_are_one_wish_each() -> None:
    base = (plain("Die Gebühren betragen:"), *rows("1", *FEES))
    new = (base[0], *rows("1", "Kind|12 Euro", "Erwachsene|24 Euro"))
    read = Imported(base, format="docx", hands=(Hand("Beirat", 2),))
    found = wanted_in(text_of(base, "base"), Returned(read, new, (Alone("Beirat", new),)), "a.docx")
    hunks = [hunk for wish in found.wanted[0].wishes for hunk in wish.hunks]
    assert [(hunk.old.text, hunk.new.text) for hunk in hunks if isinstance(hunk, Replace)] == [
        ("10", "12"),
        ("20", "24"),
    ]
    assert len(hunks) == 2
