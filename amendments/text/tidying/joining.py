"""Which changes are drawn as one: kept words between two changes that nobody reads alone."""

from __future__ import annotations

import re
from itertools import takewhile

from amendments.text.model import CELL
from amendments.text.tidying.letters import stem_of
from amendments.text.tidying.sheet import Passage, Sheet
from amendments.text.tidying.words import LITTLE
from amendments.text.tokens import tokenise

ISLAND = 3
"""So many kept characters or fewer between two changes are drawn as changed."""
SHORT_WORD = 4
"""... and one word or number of so many letters, unless that would strike something where all is only put in."""
LONGEST = 30
"""More than so many kept characters always part two changes."""
WORTH_A_MARK = 7
"""A word of so many letters, struck and put in, takes more of a reader than a second mark."""
_WORDS = re.compile(r"\w+")
_LONG_WORDS = re.compile(rf"\w{{{WORTH_A_MARK},}}")
TWO_LITTLE_WORDS = 2 * max(map(len, LITTLE)) + 3


def join(sheet: Sheet) -> None:
    """Unites neighbouring passages of the same authors where what is kept between them stands there by chance; but a
    longer word that both sides of the united passage have stays.
    """
    if by_chance := _unite(sheet):
        parts: list[Passage] = []
        for number, passage in enumerate(sheet.passages):
            parts += _around_longer_word(sheet, passage) if number in by_chance else [passage]
        sheet.passages = parts


def join_grown(sheet: Sheet) -> None:
    """The same once more: a passage that has grown may come near another. Nothing is parted again."""
    _unite(sheet)


def _unite(sheet: Sheet) -> set[int]:
    """Returns the numbers of the passages that were united round words kept by chance."""
    joined = sheet.passages[:1]
    by_chance: set[int] = set()
    for passage in sheet.passages[1:]:
        last = joined[-1]
        if passage.start - last.end <= LONGEST and last.by == passage.by and is_chance(sheet, last, passage):
            if not _change_places(sheet, last, passage):
                by_chance.add(len(joined) - 1)
            last.end, last.new_end = passage.end, passage.new_end
        else:
            joined.append(passage)
    sheet.passages = joined
    return by_chance


def _around_longer_word(sheet: Sheet, passage: Passage) -> list[Passage]:
    """The parts of a passage around the longest word that both sides have once, with what stays beside it. Words that
    change places are drawn as they are.
    """
    texts = sheet.struck(passage), sheet.put_in(passage)
    if set(_LONG_WORDS.findall(texts[0])).isdisjoint(_LONG_WORDS.findall(texts[1])):
        return [passage]
    struck, put_in = map(_long_words, texts)
    both = [word for word, place in struck.items() if place >= 0 and put_in.get(word, -1) >= 0]
    if not both or both != sorted(both, key=put_in.__getitem__):
        return [passage]
    word = max(both, key=len)
    start, new_start = passage.start + struck[word], passage.new_start + put_in[word]
    end, new_end = start + len(word), new_start + len(word)
    old, new = sheet.old.text, sheet.new.text
    before = tokenise(old[passage.start : start])[::-1], tokenise(new[passage.new_start : new_start])[::-1]
    behind = tokenise(old[end : passage.end]), tokenise(new[new_end : passage.new_end])
    left, right = _length_alike(*before), _length_alike(*behind)
    start, new_start, end, new_end = start - left, new_start - left, end + right, new_end + right
    if sheet.old.slice(start, end) != sheet.new.slice(new_start, new_end):  # one of them bold, say
        return [passage]
    parts = (
        Passage(passage.start, start, passage.new_start, new_start, passage.by),
        Passage(end, passage.end, new_end, passage.new_end, passage.by),
    )
    return [part for part in parts if not (part.inserts and part.deletes)]


def _long_words(text: str) -> dict[str, int]:
    """Where words begin that are worth another mark; -1 for one that comes twice."""
    places: dict[str, int] = {}
    place = 0
    for token in tokenise(text):
        if len(token) >= WORTH_A_MARK and token.isalpha():
            places[token] = -1 if token in places else place
        place += len(token)
    return places


def _length_alike(one: list[str], other: list[str]) -> int:
    """Code points of the tokens with which both begin."""
    return sum(len(ours) for ours, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


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
