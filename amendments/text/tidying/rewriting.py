"""Where a reader would rather read two wordings one after the other than pick the kept words out of them."""

from __future__ import annotations

import re

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
_STAYS = re.compile(r"\d|§|\b(?:nicht|kein\w*|ohne|nie)\b", re.IGNORECASE)
"""What is cited, and what turns the sense, stays in sight."""
_CLAUSE_END = re.compile(r"[.!?;:](?:\s|\Z)")


def rewritten(sheet: Sheet) -> None:
    if len(sheet.passages) < 2:
        return
    _pairs(sheet)
    if len(sheet.passages) >= MARKS:
        _rows(sheet)


def _pairs(sheet: Sheet) -> None:
    joined = sheet.passages[:1]
    for passage in sheet.passages[1:]:
        last = joined[-1]
        kept = _kept_words(sheet, last, passage)
        if 0 < kept <= MOST_KEPT and TIMES * kept <= min(_words(sheet, last), _words(sheet, passage)):
            last.end, last.new_end = passage.end, passage.new_end
        else:
            joined.append(passage)
    sheet.passages = joined


def _rows(sheet: Sheet) -> None:
    """Unites rows of passages that are parted by single words."""
    united: list[Passage] = []
    row: list[Passage] = []
    for passage in [*sheet.passages, None]:
        if passage is not None and (not row or _kept_words(sheet, row[-1], passage) == 1):
            row.append(passage)
            continue
        united += [_as_one(row)] if len(row) >= MARKS and _mostly_new(sheet, row) else row
        row = [passage] if passage is not None else []
    sheet.passages = united


def _as_one(row: list[Passage]) -> Passage:
    return Passage(row[0].start, row[-1].end, row[0].new_start, row[-1].new_end, row[0].by)


def _mostly_new(sheet: Sheet, row: list[Passage]) -> bool:
    kept = len(row) - 1
    return all(
        sum(len(_WORD.findall(part)) for part in parts) > kept
        for parts in (map(sheet.struck, row), map(sheet.put_in, row))
    )


def _kept_words(sheet: Sheet, one: Passage, other: Passage) -> int:
    """Words between two replacements of the same authors that may be given up; 0 if they may not."""
    if other.start - one.end > LONGEST or one.by != other.by:
        return 0
    if one.inserts or one.deletes or other.inserts or other.deletes:
        return 0
    kept = sheet.old.text[one.end : other.start]
    if CELL in kept or _STAYS.search(kept) or _CLAUSE_END.search(kept):
        return 0
    return len(_WORD.findall(kept))


def _words(sheet: Sheet, passage: Passage) -> int:
    return len(_WORD.findall(sheet.struck(passage))) + len(_WORD.findall(sheet.put_in(passage)))
