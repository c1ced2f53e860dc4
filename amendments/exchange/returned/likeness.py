"""Whether two files are two states of one document at all, as a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from zlib import crc32

from amendments.text.model import Content
from amendments.text.tokens import tokenise

LEAST_ALIKE = 0.25
"""Below this share two files are not the same document. Of the statutes of the public corpus two versions of one share
at least half, two different ones at most a fifth, but for a statute and the schedule of its fees (0.3).
"""
_IN_A_ROW = 3
_SHORT = 30
"""Texts of fewer words are compared word by word: one change in a sentence would part nearly all rows of three."""

_MOST_WORDS = 400_000
"""Longer texts are judged by their first words; the Civil Code has half as many."""


def likeness(one: Iterable[Content], other: Iterable[Content]) -> float:
    """The share of the shorter text's three words in a row that stand in the other one, from 0.0 to 1.0.

    Of the shorter: somebody who strikes half or adds an annex still returns this document. Where one has no word the
    answer is 1.0, since nothing speaks against it.
    """
    first, second = _words(one), _words(other)
    shorter = min(len(first), len(second))
    if not shorter:
        return 1.0
    size = _IN_A_ROW if shorter >= _SHORT else 1
    here, there = _rows(first, size), _rows(second, size)
    return (here & there).total() / min(here.total(), there.total())


def _words(contents: Iterable[Content]) -> list[str]:
    words = (
        token.casefold()
        for content in contents
        for token in tokenise(content.text)
        if any(sign.isalnum() for sign in token)
    )
    return list(islice(words, _MOST_WORDS))


def _rows(words: list[str], size: int) -> Counter[int]:
    """Checksums of the rows of `size` words."""
    rows = zip(*(words[start:] for start in range(size)), strict=False)
    return Counter(crc32("\x00".join(row).encode()) for row in rows)
