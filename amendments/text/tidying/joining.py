"""Which changes are drawn as one: kept words between two changes that nobody reads alone."""

from __future__ import annotations

import regex

from amendments.text.model import CELL
from amendments.text.tidying.letters import stem_of
from amendments.text.tidying.sheet import Passage, Sheet
from amendments.text.tidying.words import LITTLE

ISLAND = 3
"""So many kept characters or fewer between two changes are drawn as changed."""
SHORT_WORD = 4
"""... and one word or number of so many letters, unless that would strike something where all is only put in."""

_ONE_WORD = regex.compile(rf"\s*[\p{{L}}\p{{M}}\p{{N}}]{{1,{SHORT_WORD}}}\s*")
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def join(sheet: Sheet) -> None:
    """Unites neighbouring passages of the same authors where too little is kept between them."""
    joined: list[Passage] = []
    for passage in sheet.passages:
        last = joined[-1] if joined else None
        if last is not None and last.by == passage.by and is_chance(sheet, last, passage):
            last.end, last.new_end = passage.end, passage.new_end
        else:
            joined.append(passage)
    sheet.passages = joined


def is_chance(sheet: Sheet, one: Passage, other: Passage) -> bool:
    """Whether what is kept between two passages is there by chance."""
    length = other.start - one.end
    if length > 30:
        return False
    kept = sheet.old.text[one.end : other.start]
    if CELL in kept:
        return False
    if length <= ISLAND:
        return True
    words = _WORDS.findall(kept)
    if len(words) == 1 and _change_places(sheet, one, other):
        return True
    directions = only_adds(sheet, one), only_adds(sheet, other)
    if directions[0] == directions[1] != 0:
        return False
    if _ONE_WORD.fullmatch(kept) and (not any(directions) or len(words[0]) < SHORT_WORD or words[0].lower() in LITTLE):
        return True
    if any(directions):
        return False
    return len(words) <= 2 and all(word.lower() in LITTLE for word in words) and min(_size(one), _size(other)) > length


def only_adds(sheet: Sheet, passage: Passage) -> int:
    """1 for an insertion, -1 for a deletion, an ending of a word included; else 0."""
    if passage.inserts or passage.deletes:
        return 1 if passage.inserts else -1
    if not stem_of(sheet, passage):
        return 0
    return 1 if passage.new_end - passage.new_start > passage.end - passage.start else -1


def _change_places(sheet: Sheet, one: Passage, other: Passage) -> bool:
    """Whether two neighbours change places: a word is struck here and put in there."""
    forth = sheet.put_in(one).strip(), sheet.struck(other).strip()
    back = sheet.struck(one).strip(), sheet.put_in(other).strip()
    return (forth[0] == forth[1] != "") or (back[0] == back[1] != "")


def _size(passage: Passage) -> int:
    return max(passage.end - passage.start, passage.new_end - passage.new_start)
