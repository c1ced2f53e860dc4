"""Words that one edit strikes in one place and puts in at another: sentences taken elsewhere, reworded on the way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import pairwise

from amendments.text._similarity import similarity
from amendments.text.hunks import Delete, Hunk, Insert, Replace
from amendments.text.matching import FEWEST_TOKENS, Wording
from amendments.text.model import Text
from amendments.text.sentences import sentence_starts

TAKEN = 0.5
"""Struck words and added ones are the same when they are as similar as that, or when this share of the threes of tokens
of one of them stands in the other.
"""
CHANGED = 1 / 3
"""Of a sentence of which this share was struck (put in) all of it is compared: single words of it may stand in another
sentence as well and so look kept.
"""
COMMON = 25
"""A word that stands in more struck sentences than these says nothing."""
LIKELIEST = 8
"""Struck sentences, by shared words, with which an added one is compared."""

Named = tuple[frozenset[int], Wording]
"""Words, and the numbers of the hunks that strike or add them."""


def taken(base: Text, hunks: Sequence[Hunk]) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """Numbers of the hunks that strike a sentence, and of those that put it in elsewhere."""
    struck, added = _struck_and_added(base, hunks)
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, (_, wording) in enumerate(struck):
        for word in wording.words:
            by_word[word].append(number)
    for there, wording in added:
        shared: Counter[int] = Counter()
        for word in wording.words:
            if len(by_word.get(word, ())) <= COMMON:
                shared.update(by_word.get(word, ()))
        for number in nsmallest(LIKELIEST, shared, key=lambda number: (-shared[number], number)):
            here, words = struck[number]
            if here.isdisjoint(there) and _same(words, wording):
                yield here, there


def _struck_and_added(base: Text, hunks: Sequence[Hunk]) -> tuple[list[Named], list[Named]]:
    texts = {paragraph.identity: paragraph.text for paragraph in base}
    struck: list[Named] = []
    added: list[Named] = []
    inside: dict[str, list[tuple[int, Replace]]] = defaultdict(list)
    for number, hunk in enumerate(hunks):
        match hunk:
            case Replace():
                inside[hunk.paragraph].append((number, hunk))
            case Delete():
                struck += _sentences(number, hunk.old.text)
            case Insert():
                added += (each for content in hunk.contents for each in _sentences(number, content.text))
            case _:
                pass
    for name, found in inside.items():
        found.sort(key=lambda each: (each[1].start, each[1].end))
        old, new = _both(texts[name], found)
        struck += (*_changed(*old), *(each for n, hunk in found for each in _sentences(n, hunk.old.text)))
        added += (*_changed(*new), *(each for n, hunk in found for each in _sentences(n, hunk.new.text)))
    return struck, added


Stretches = list[tuple[int, int, int]]
"""Number of a hunk, and the code points it strikes or adds."""


def _both(text: str, found: Iterable[tuple[int, Replace]]) -> tuple[tuple[str, Stretches], tuple[str, Stretches]]:
    """A paragraph's words before and after; the white space that goes with a split stays, or two sentences were one."""
    old: Stretches = []
    new: Stretches = []
    words: list[str] = []
    position = length = 0
    for number, hunk in found:
        put_in = hunk.old.text if not hunk.new and hunk.old.text.isspace() else hunk.new.text
        words += (text[position : hunk.start], put_in)
        start = length + hunk.start - position
        length, position = start + len(put_in), hunk.end
        old.append((number, hunk.start, hunk.end))
        new.append((number, start, length))
    return (text, old), ("".join((*words, text[position:])), new)


def _changed(text: str, stretches: Stretches) -> Iterator[Named]:
    """Sentences of which these stretches make up a large part."""
    if not stretches:
        return
    for start, end in pairwise((*sentence_starts(text), len(text))):
        met = [(n, min(end, last) - max(start, first)) for n, first, last in stretches if first < end and last > start]
        if sum(size for _, size in met) >= CHANGED * (end - start):
            yield from _worth(frozenset(n for n, _ in met), text[start:end])


def _sentences(number: int, text: str) -> Iterator[Named]:
    for start, end in pairwise((*sentence_starts(text), len(text))):
        yield from _worth(frozenset((number,)), text[start:end])


def _worth(numbers: frozenset[int], text: str) -> Iterator[Named]:
    """What is long enough to be told elsewhere."""
    wording = Wording(text)
    if numbers and len(wording.signs) >= FEWEST_TOKENS:
        yield numbers, wording


def _same(struck: Wording, added: Wording) -> bool:
    if similarity(struck.signs, added.signs, TAKEN):
        return True
    return max(struck.share_in(added), added.share_in(struck)) >= TAKEN
