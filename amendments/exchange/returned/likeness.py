"""Whether two files are two states of one document at all, as a figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from amendments.text.model import Content

LEAST_ALIKE = 0.25
"""Below this share two files are not the same document. Of the statutes of the public corpus two versions of one share
at least half, two different ones at most a fifth, but for a statute and the schedule of its fees (0.3).
"""
_IN_A_ROW = 3
_SHORT = 30
"""Texts of fewer words are compared word by word: one change in a sentence would part nearly all rows of three. The
long ones have to be alike as well: "der", "die" and "und" stand in every text.
"""
_LONG = 5
_A_SENTENCE = 10
"""Two texts of fewer words are not judged: a change or two may leave nothing that is alike."""

_MOST_WORDS = 400_000
"""Longer texts are judged by their first words; the Civil Code has half as many."""


_WORD = re.compile(r"\w+")
_BITS = 20
"""Enough to number `_MOST_WORDS` words of each text."""


def unlike(one: Sequence[Content], other: Sequence[Content]) -> float | None:
    """Their likeness where it is too small for two states of one document, else None.

    Where half of the shorter text stands in the other one in whole paragraphs, no word has to be looked at.
    """
    here, there = (Counter(content.text for content in contents) for contents in (one, other))
    if 2 * _length(here & there) >= max(1, min(_length(here), _length(there))):
        return None
    if max(sum(1 for _ in _words(contents)) for contents in (one, other)) < _A_SENTENCE:
        return None
    share = likeness(one, other)
    return share if share < LEAST_ALIKE else None


def _length(texts: Counter[str]) -> int:
    return sum(len(text) * number for text, number in texts.items())


def likeness(one: Iterable[Content], other: Iterable[Content]) -> float:
    """The share of the shorter text's three words in a row that stand in the other one, from 0.0 to 1.0.

    Of the shorter: somebody who strikes half or adds an annex still returns this document. Where one has no word the
    answer is 1.0, since nothing speaks against it.
    """
    words = [list(_words(contents)) for contents in (one, other)]
    shorter = min(map(len, words))
    if not shorter:
        return 1.0
    if shorter >= _SHORT:
        return _shared(words, _IN_A_ROW)
    long = [[word for word in found if len(word) >= _LONG] for found in words]
    return min(_shared(words, 1), _shared(long, 1)) if all(long) else _shared(words, 1)


def _shared(words: Sequence[Sequence[str]], size: int) -> float:
    numbers: dict[str, int] = {}
    here, there = (_rows([numbers.setdefault(word, len(numbers)) for word in found], size) for found in words)
    return (here & there).total() / min(here.total(), there.total())


def _words(contents: Iterable[Content]) -> Iterable[str]:
    words = (word for content in contents for word in _WORD.findall(content.text.casefold()))
    return islice(words, _MOST_WORDS)


def _rows(words: list[int], size: int) -> Counter[int]:
    """How often each row of `size` words stands there; a row is one number."""
    rows = words
    for start in range(1, size):
        rows = [row << _BITS | word for row, word in zip(rows, words[start:], strict=False)]
    return Counter(rows)
