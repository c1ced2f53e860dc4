"""Equal wishes of which nobody can tell whether they are one: where the same words stand twice or more in a row, two
files that each lack one of them look alike, whether both mean the same one or each means another.
"""

from __future__ import annotations

from collections.abc import Iterable

from amendments.text.hunks import START, Delete, Hunk, Insert, Replace
from amendments.text.model import Content, Text
from amendments.text.tokens import tokenise


def repeated(base: Text, hunks: Iterable[Hunk]) -> tuple[Hunk, ...]:
    """Those of `hunks` that strike, change or add a paragraph of a run of equal ones, or strike or add words beside
    equal words.
    """
    rank = {paragraph.identity: number for number, paragraph in enumerate(base)}
    return tuple(hunk for hunk in hunks if _repeats(base, rank, hunk))


def _repeats(base: Text, rank: dict[str, int], hunk: Hunk) -> bool:
    match hunk:
        case Delete():
            return _beside(base, rank[hunk.paragraph], hunk.old, (-1, 1))
        case Insert():
            left = -1 if hunk.gap.after == START else rank[hunk.gap.after]
            first, last = hunk.contents[0], hunk.contents[-1]
            return _beside(base, left, last, (0,)) or _beside(base, left, first, (1,))
        case Replace():
            number = rank[hunk.paragraph]
            return _beside(base, number, base[number].content, (-1, 1)) or _words_repeat(base[number].text, hunk)
        case _:
            return False


def _beside(base: Text, number: int, content: Content, steps: Iterable[int]) -> bool:
    places = (number + step for step in steps)
    return any(0 <= place < len(base) and base[place].content == content for place in places)


def _words_repeat(text: str, hunk: Replace) -> bool:
    """Pure striking or adding beside the same words. A sign or white space alone says nothing."""
    words = hunk.old.text or hunk.new.text
    if (hunk.old.text and hunk.new.text) or not any(sign.isalnum() for sign in words):
        return False
    before, behind = tokenise(text[: hunk.start]), tokenise(text[hunk.end :])
    size = len(tokenise(words))
    return "".join(before[-size:]) == words or "".join(behind[:size]) == words
