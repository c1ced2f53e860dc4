"""Where a phrase begins: what is put in or struck is moved to the most natural of the places it could as well stand.

In "die Stadt {+und die +}..." the same letters often stand on both sides of a change, so that it can be drawn at
several places without marking more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from amendments.text.model import CELL, Rich
from amendments.text.tidying.sheet import Passage, Sheet
from amendments.text.tidying.words import ARTICLES, CONJUNCTIONS, LABELS, PREPOSITIONS
from amendments.text.tokens import UNCOMMON, grapheme_around, inside_word

FARTHEST = 500
"""So many code points in each direction a passage is moved at most; texts that repeat one word stay cheap."""

SENTENCE, PART, ITEM, LINK, PREPOSITION, ARTICLE = 10.0, 7.0, 5.0, 4.0, 3.0, 2.0
"""How good a place is for a phrase to begin: a sentence, behind ";" or ":", behind a comma, before "und", ..."""
LABEL = 1.0
"""Before "Absatz", "Nr.", ..."""
WITH_COMMA, WITH_CONJUNCTION = 1.5, 0.5
"""It ends with the comma or with the "und" before the next item."""
TORN = -6.0
"""It has a bracket or quotation mark whose partner is outside."""
TOUCHING = 4.0
"""Beside another passage of the same authors: one mark less."""

Pairs = Sequence[tuple[str, str]]
_PAIRS = (("(", ")"), ("„", "“"), ("[", "]"))
_IN_PAIRS = re.compile(r"[()„“\[\]]")
_WORD = re.compile(r"[^\W_]+")


_BEGINNINGS = {
    **dict.fromkeys(LABELS, LABEL),
    **dict.fromkeys(ARTICLES, ARTICLE),
    **dict.fromkeys(PREPOSITIONS, PREPOSITION),
    **dict.fromkeys(CONJUNCTIONS, LINK),
}


def slide(sheet: Sheet) -> None:
    """Moves each insertion and each deletion to where its phrase begins."""
    for index, passage in enumerate(sheet.passages):
        if passage.inserts != passage.deletes:
            _slide_one(sheet, index, passage)


def _slide_one(sheet: Sheet, index: int, passage: Passage) -> None:
    if passage.inserts:
        rich, start, end = sheet.new, passage.new_start, passage.new_end
    else:
        rich, start, end = sheet.old, passage.start, passage.end
    text = rich.text
    left, right = _reach(sheet, index, text, start, end)
    if left == right == 0:
        return
    if left + right == 1 and text[start - left] == " ":  # the same words, a space in front or behind
        return
    steps = [step for step in range(-left, right + 1) if _may_cut(text, start + step) and _may_cut(text, end + step)]
    if len(steps) < 2:
        return
    best = _best_step(text, start, end, steps, _steps_to_neighbours(sheet, index))
    if best and _same(rich, start, end, best):
        passage.start += best
        passage.end += best
        passage.new_start += best
        passage.new_end += best


def _reach(sheet: Sheet, index: int, text: str, start: int, end: int) -> tuple[int, int]:
    """How far `start`..`end` can be moved to the left and to the right."""
    left = right = 0
    if start and text[start - 1] == text[end - 1]:
        most = min(sheet.room_before(index), FARTHEST)
        while left < most and text[start - left - 1] == text[end - left - 1]:
            left += 1
    if text.startswith(text[start], end):
        most = min(sheet.room_behind(index), FARTHEST)
        while right < most and text[start + right] == text[end + right]:
            right += 1
    return left, right


def _steps_to_neighbours(sheet: Sheet, index: int) -> set[int]:
    """By how many code points a passage is moved to touch another one of the same authors."""
    steps = {-sheet.room_before(index)} if sheet.neighbour(index, -1) else set()
    if sheet.neighbour(index, 1):
        steps.add(sheet.room_behind(index))
    return steps


def _best_step(text: str, start: int, end: int, steps: Sequence[int], touching: set[int]) -> int:
    """By how many code points the phrase is moved; where two places are as good, the nearer one."""
    pairs = _PAIRS if _IN_PAIRS.search(text, start, end) else ()
    best, most = 0, None
    for step in steps:
        worth = _worth(text, start + step, end + step, pairs) + (TOUCHING if step in touching else 0.0)
        if most is None or worth > most or (worth == most and abs(step) < abs(best)):
            best, most = step, worth
    return best


def _same(rich: Rich, start: int, end: int, step: int) -> bool:
    """Whether the characters that would change sides carry the same marks."""
    if not rich.marks:
        return True
    first, other = (start, end) if step > 0 else (start + step, end + step)
    return rich.slice(first, first + abs(step)) == rich.slice(other, other + abs(step))


def _may_cut(text: str, offset: int) -> bool:
    """Whether no word and no grapheme lies on both sides of `offset`."""
    if not 0 < offset < len(text):
        return True
    before, behind = text[offset - 1], text[offset]
    if before < UNCOMMON and behind < UNCOMMON and before != "\r":
        return not inside_word(text, offset)
    if inside_word(text, offset):
        return False
    return grapheme_around(text, offset) == (offset, offset)


def _worth(text: str, start: int, end: int, pairs: Pairs) -> float:
    """How naturally the phrase `start`..`end`, in which such brackets may stand, begins and ends."""
    first = start
    while first < end and text[first].isspace():
        first += 1
    worth = _beginning(text, start, first, end)
    if first > start:
        worth -= 0.25 if end < len(text) and not text[end].isspace() else 0.0
    return worth + _ending(text, start, end, pairs)


def _ending(text: str, start: int, end: int, pairs: Pairs) -> float:
    last = end
    while last > start and text[last - 1].isspace():
        last -= 1
    worth = WITH_COMMA if last < end and text[last - 1] in ",;" else 0.0
    if last < end and text[text.rfind(" ", start, last) + 1 : last] in CONJUNCTIONS:
        worth += WITH_CONJUNCTION
    if pairs and any(_torn(text, start, end, *pair) for pair in pairs):
        worth += TORN
    return worth


def _torn(text: str, start: int, end: int, opening: str, closing: str) -> bool:
    """Whether a phrase begins inside a pair of brackets and ends outside, or the other way round."""
    first = text.find(closing, start, end)
    if text.count(opening, start, end) != text.count(closing, start, end):
        return True
    return first >= 0 and not 0 <= text.find(opening, start, end) < first


def _beginning(text: str, start: int, first: int, end: int) -> float:
    word_at = first
    before = start
    while before > 0 and text[before - 1].isspace():
        before -= 1
    sign = text[before - 1] if before else CELL
    if before == first and before:  # no white space: it begins inside what is written together
        return ITEM - 1 if text[first] in ",;" else 0.0
    if sign in '.!?“”"»' and _is_sentence(text, first, end):
        return SENTENCE
    if not before or sign in "\n" + CELL:
        return SENTENCE
    if sign in ";:":
        return PART
    match = _WORD.match(text, word_at, end)
    worth = _BEGINNINGS.get(match[0].lower(), 0.0) if match else 0.0
    return worth + ITEM if sign in ",–" else worth


def _is_sentence(text: str, first: int, end: int) -> bool:
    """Whether a phrase behind a full stop looks like one sentence or several."""
    last = end
    while last > first and text[last - 1].isspace():
        last -= 1
    return text[last - 1] in ".!?" and text[first].isupper()
