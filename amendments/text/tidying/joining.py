"""Which changes are drawn as one: kept words between two changes that nobody reads alone."""

from __future__ import annotations

import re

from amendments.text.model import CELL
from amendments.text.tidying.letters import stem_of
from amendments.text.tidying.sheet import Passage, Sheet
from amendments.text.tidying.words import LITTLE

ISLAND = 3
"""So many kept characters or fewer between two changes are drawn as changed."""
SHORT_WORD = 4
"""... and one word or number of so many letters, unless that would strike something where all is only put in."""
LONGEST = 30
"""More than so many kept characters always part two changes."""
_WORDS = re.compile(r"\w+")
TWO_LITTLE_WORDS = 2 * max(map(len, LITTLE)) + 3


def join(sheet: Sheet) -> None:
    """Unites neighbouring passages of the same authors where what is kept between them stands there by chance."""
    passages = sheet.passages
    if len(passages) < 2:
        return
    joined = passages[:1]
    for passage in passages[1:]:
        last = joined[-1]
        if passage.start - last.end <= LONGEST and last.by == passage.by and is_chance(sheet, last, passage):
            last.end, last.new_end = passage.end, passage.new_end
        else:
            joined.append(passage)
    sheet.passages = joined


def is_chance(sheet: Sheet, one: Passage, other: Passage) -> bool:
    """Whether what is kept between two passages is there by chance."""
    kept = sheet.old.text[one.end : other.start]
    if CELL in kept:
        return False
    length = len(kept)
    if length <= ISLAND:
        return True
    word = kept.strip()
    alone = word.isalnum()
    if not alone and length > TWO_LITTLE_WORDS:
        return False
    if alone and _change_places(sheet, one, other):
        return True
    short = alone and len(word) <= SHORT_WORD
    if not short and not _between_larger(word, length, one, other):
        return False
    directions = only_adds(sheet, one), only_adds(sheet, other)
    if directions[0] == directions[1] != 0:
        return False
    return not any(directions) or (short and (len(word) < SHORT_WORD or word.lower() in LITTLE))


def _between_larger(kept: str, length: int, one: Passage, other: Passage) -> bool:
    """Whether one or two articles, conjunctions and prepositions are kept between two longer passages."""
    if _size(one) <= length or _size(other) <= length:
        return False
    words = _WORDS.findall(kept.lower())
    return len(words) <= 2 and LITTLE.issuperset(words)


def only_adds(sheet: Sheet, passage: Passage) -> int:
    """1 for an insertion, -1 for a deletion, an ending of a word included; else 0."""
    if passage.inserts or passage.deletes:
        return 1 if passage.inserts else -1
    if not stem_of(sheet, passage):
        return 0
    return 1 if passage.new_end - passage.new_start > passage.end - passage.start else -1


def _change_places(sheet: Sheet, one: Passage, other: Passage) -> bool:
    """Whether two neighbours change places: a word is struck here and put in there."""
    forth, back = sheet.put_in(one).strip(), sheet.struck(one).strip()
    return (forth != "" and forth == sheet.struck(other).strip()) or (
        back != "" and back == sheet.put_in(other).strip()
    )


def _size(passage: Passage) -> int:
    return max(passage.end - passage.start, passage.new_end - passage.new_start)
