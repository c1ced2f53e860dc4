"""A heading that a word processor turned into text behind a struck paragraph is nobody's wish."""

from __future__ import annotations

import pytest

from amendments.exchange.imported import Imported
from amendments.exchange.remarks import Hand
from amendments.exchange.returned import Alone, Returned, wanted_in
from amendments.text import Content, Delete, Kind, Move, Retype, plain, text_of

HEADING, LOST = plain("1.2 Ziele", Kind.HEADING, 2), plain("1.2 Ziele")
STRUCK, KEPT, LAST = (
    plain("Dieser Absatz soll entfallen."),
    plain("Dieser Absatz bleibt so stehen."),
    plain("Die Stadt fördert Sprachkurse."),
)
BASE = text_of([KEPT, STRUCK, HEADING, LAST])


def kinds(before: list[Content], after: list[Content]) -> list[tuple[bool, set[type[object]]]]:
    """Of each who wants something: whether it was tracked, and what kinds of changes."""
    read = Imported(tuple(before), format="docx", hands=(Hand("Eva", 1),))
    found = wanted_in(BASE, Returned(read, tuple(after), (Alone("Eva", tuple(after)),)), "a.docx")
    return [
        (each.tracked, {type(hunk) for wish in each.wishes for hunk in wish.hunks})
        for each in found.wanted
        if each.wishes
    ]


@pytest.mark.parametrize(
    ("after", "wish"), [([KEPT, LOST, LAST], Delete), ([KEPT, LOST, LAST, STRUCK], Move)], ids=["struck", "moved"]
)
def test_where_the_paragraph_before_it_is_gone_it_is_the_heading_that_it_was(
    after: list[Content], wish: type[object]
) -> None:
    assert kinds([KEPT, STRUCK, LOST, LAST], after) == [(True, {wish})]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([KEPT, STRUCK, LOST, LAST], [KEPT, STRUCK, LOST]),
        ([KEPT, STRUCK, LOST, LAST], [KEPT, STRUCK, plain("Neu ist dieser Absatz hier."), LOST, LAST]),
        ([KEPT, STRUCK, LOST, LAST, LOST], [KEPT, LOST, LAST, LOST]),
    ],
    ids=["nothing struck before it", "something put in before it", "twice in the file"],
)
def test_anywhere_else_it_is_a_wish(before: list[Content], after: list[Content]) -> None:
    assert (False, {Retype}) in [(tracked, found & {Retype}) for tracked, found in kinds(before, after)]
