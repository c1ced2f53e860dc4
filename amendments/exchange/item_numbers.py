"""The numbers list items carry on a page: what a file says, and what follows from it where it counts by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from amendments.exchange.building import ListCounter, printed
from amendments.text.model import Head, Kind

STRUCK = "–"
"""Instead of the number of an item that does not count in the text shown."""
_MOST_FIGURES = 9
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def item_labels(heads: Iterable[tuple[Head, bool]]) -> Iterator[str]:
    """For each head what stands before its words: "3.", "c)", "•"; "" before what is no list item.

    With each head comes whether it counts: a struck paragraph neither has a number nor ends a count. A number that an
    item brings along is where those behind it go on.
    """
    counter = ListCounter()
    for head, counts in heads:
        if head.kind is not Kind.LIST_ITEM:
            if counts:
                counter.interrupt()
            yield ""
        elif head.attribute("list") != "ordered":
            if counts:
                counter.next(head.level, "")
            yield "•"
        else:
            yield _label(counter, head) if counts else head.attribute("number") or STRUCK


def _label(counter: ListCounter, head: Head) -> str:
    look, said = head.attribute("numbering") or "1.", head.attribute("number")
    number = counter.next(head.level, look, number_of(look, said) if said else None)
    return said or printed(look, number)


def number_of(look: str, said: str) -> int | None:
    """Which number `said` is in the form of `look`, the opposite of `printed`; None if it cannot be told."""
    sign = re.search("[1aAiI]", look)
    form = sign[0].lower() if sign else ""
    letters = [] if form in ("", "1") else re.findall("[a-z]+", said.lower())
    found = letters or re.findall("[0-9]+", said)
    if not found or (found[-1].isdigit() and len(found[-1]) > _MOST_FIGURES):
        return None
    if found[-1].isdigit():
        return int(found[-1])
    if form == "a":
        return 26 * (len(found[-1]) - 1) + ord(found[-1][0]) - ord("a") + 1
    return _roman(found[-1])


def _roman(letters: str) -> int | None:
    values = [_ROMAN.get(letter, 0) for letter in letters]
    if not all(values):
        return None
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
