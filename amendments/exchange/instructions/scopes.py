"""Where words stand in a paragraph: sentences, cells, occurrences of words, the spaces that go with them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from amendments.exchange.instructions.orders import Place, Words
from amendments.exchange.instructions.trouble import MANY_WORDS, NO_PLACE, NO_WORDS, NotUnderstood
from amendments.text.model import CELL, Rich
from amendments.text.sentences import sentence_starts
from amendments.text.tokens import inside_word

Span = tuple[int, int]
_LEANS_LEFT = ",.;:!?)]}…“»"
"""No space before these."""
_LEANS_RIGHT = "([{„«"
"""No space behind these."""


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[Span, ...]:
    """Start and end of each sentence, the white space behind it included."""
    starts = sentence_starts(text)
    return tuple(zip(starts, (*starts[1:], len(text)), strict=True))


@lru_cache(maxsize=1024)
def cells(text: str) -> tuple[Span, ...]:
    spans, start = [], 0
    for part in text.split(CELL):
        spans.append((start, start + len(part)))
        start += len(part) + 1
    return tuple(spans)


def core(text: str, span: Span) -> Span:
    """The span without white space at its end."""
    start, end = span
    return start, start + len(text[start:end].rstrip())


def near(spans: Sequence[Span], offset: int) -> range:
    """The numbers (from 0) of the span that the offset lies in, and of its neighbours."""
    number = bisect_right(spans, (offset, 1 << 60)) - 1
    return range(max(0, number - 1), min(len(spans), number + 2))


def scope(text: str, place: Place) -> Span:
    """The part of the paragraph that a place names. Raises NotUnderstood."""
    for number, spans in ((place.sentence, sentences), (place.column, cells)):
        if number:
            found = spans(text)
            if number > len(found):
                raise NotUnderstood(NO_PLACE)
            return found[number - 1]
    return 0, len(text)


def occurrences(text: str, within: Span, words: str) -> Iterator[int]:
    """Where the words begin, as whole words."""
    start, end = within
    place = text.find(words, start, end)
    while place >= 0 and words:
        if not inside_word(text, place) and not inside_word(text, place + len(words)):
            yield place
        place = text.find(words, place + 1, end)


def find(text: str, within: Span, words: Words) -> Span:
    """Raises NotUnderstood if they are not there, or several times and nobody says which."""
    found = list(occurrences(text, within, words.text))
    if len(found) < max(1, words.time):
        raise NotUnderstood(NO_WORDS, words.text)
    if not words.time and len(found) > 1:
        raise NotUnderstood(MANY_WORDS, words.text)
    start = found[max(0, words.time - 1)]
    return start, start + len(words.text)


def struck(text: str, span: Span) -> Span:
    """Struck words take one space along: the one before them at an end or before a sign, else the one behind."""
    start, end = span
    blank_before, blank_behind = text[:start][-1:] == " ", text[end:][:1] == " "
    if blank_behind and (blank_before or not text[:start] or text[start - 1] in "\n" + CELL):
        return start, end + 1
    if blank_before and (not text[end:] or text[end] in _LEANS_LEFT + "\n" + CELL):
        return start - 1, end
    return span


def added(new: Rich, *, before: bool) -> tuple[Rich, ...]:
    """The words with the space that parts them from their anchor."""
    if before:
        return (new,) if new.text[-1:] in _LEANS_RIGHT or not new.text else (new, Rich(" "))
    return (new,) if new.text[:1] in _LEANS_LEFT or not new.text else (Rich(" "), new)


def struck_sentence(text: str, number: int) -> Span:
    """A sentence with the white space behind it, the last one with that before it."""
    start, end = scope(text, Place((), number))
    if end == len(text):
        start = len(text[:start].rstrip())
    return start, end
