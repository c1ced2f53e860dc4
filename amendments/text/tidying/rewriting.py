"""Where a reader would rather read two wordings one after the other than pick the kept words out of them."""

from __future__ import annotations

import re
from itertools import pairwise

from amendments.text.model import CELL
from amendments.text.tidying.sheet import Passage, Sheet

MOST_KEPT = 2
"""So many kept words at most are given up between two rewritten passages ..."""
TIMES = 5
"""... where each of the two has so many times as many words, struck and put in together."""
MARKS = 3
"""So many passages with single words kept between them are one, where more than half of the words change."""
LONGEST = 40
"""Longer kept stretches, in characters, always stay."""

_WORD = re.compile(r"\w+")
_STAYS = re.compile(rf"[\d§{CELL}]|[.!?;:](?:\s|\Z)")
"""What is cited, and the end of a clause or a cell, stays in sight; so does what turns the sense."""
_TURNS_SENSE = re.compile(r"nicht|kein\w*|ohne|nie", re.IGNORECASE)


def rewritten(sheet: Sheet) -> None:
    if len(sheet.passages) < 2:
        return
    kept = [_kept_words(sheet, one, other) for one, other in pairwise(sheet.passages)]
    if any(kept):
        kept = _pairs(sheet, kept)
    if kept.count(1) >= MARKS - 1:
        _rows(sheet, kept)


def _pairs(sheet: Sheet, kept: list[int]) -> list[int]:
    """Unites two passages that are much longer than what is kept between them; returns what is kept between those that
    remain.
    """
    joined, remaining = sheet.passages[:1], []
    for passage, words in zip(sheet.passages[1:], kept, strict=True):
        last, least = joined[-1], TIMES * words
        if words and _words(sheet, last) >= least and _words(sheet, passage) >= least:
            last.end, last.new_end = passage.end, passage.new_end
        else:
            joined.append(passage)
            remaining.append(words)
    sheet.passages = joined
    return remaining


def _rows(sheet: Sheet, kept: list[int]) -> None:
    """Unites rows of passages that are parted by single words."""
    rows = [sheet.passages[:1]]
    for passage, words in zip(sheet.passages[1:], kept, strict=True):
        if words == 1:
            rows[-1].append(passage)
        else:
            rows.append([passage])
    united = [[_as_one(row)] if len(row) >= MARKS and _mostly_new(sheet, row) else row for row in rows]
    sheet.passages = [passage for row in united for passage in row]


def _as_one(row: list[Passage]) -> Passage:
    return Passage(row[0].start, row[-1].end, row[0].new_start, row[-1].new_end, row[0].by)


def _mostly_new(sheet: Sheet, row: list[Passage]) -> bool:
    kept = len(row) - 1
    return all(
        sum(len(_WORD.findall(part)) for part in parts) > kept
        for parts in (map(sheet.struck, row), map(sheet.put_in, row))
    )


def _kept_words(sheet: Sheet, one: Passage, other: Passage) -> int:
    """How many words between two replacements of the same authors may be given up; 0 if none may."""
    if other.start - one.end > LONGEST or one.by != other.by:
        return 0
    kept = sheet.old.text[one.end : other.start]
    words = _WORD.findall(kept)
    if len(words) > MOST_KEPT or _STAYS.search(kept) or any(map(_TURNS_SENSE.fullmatch, words)):
        return 0
    return 0 if one.inserts or one.deletes or other.inserts or other.deletes else len(words)


def _words(sheet: Sheet, passage: Passage) -> int:
    return len(_WORD.findall(sheet.struck(passage))) + len(_WORD.findall(sheet.put_in(passage)))
