"""Headings that a word processor turned into text by itself, behind a paragraph that was struck or moved away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from amendments.exchange.returned.file import Alone, Returned
from amendments.text.model import Content, Kind, Text


def with_headings(base: Text, found: Returned) -> Returned:
    """The same file with the headings that LibreOffice lost when it saved it: a paragraph that says what one heading of
    `base` says and nothing else does, right behind one that is struck or moved away, and that nobody changed.
    """
    lost = dict(_lost(base, found))
    if not lost:
        return found
    alone = tuple(
        Alone(each.author, _put(each.contents, lost), _put(each.ground, lost) if each.ground else each.ground)
        for each in found.alone
    )
    before = replace(found.before, contents=_put(found.before.contents, lost))
    return replace(found, before=before, whole=_put(found.whole, lost), alone=alone)


def _lost(base: Text, found: Returned) -> Iterator[tuple[Content, Content]]:
    headings = {each.text: each.content for each in base if each.head.kind is Kind.HEADING}
    ours = Counter(each.text for each in base)
    contents, whole = found.before.contents, found.whole
    theirs = Counter(each.text for each in contents)
    first = {content: rank for rank, content in reversed(list(enumerate(contents)))}
    ahead = {content: first.get(before, len(contents)) for before, content in pairwise(whole)}
    for rank, content in enumerate(contents):
        alone = ours[content.text] == theirs[content.text] == 1
        gone = ahead.get(content, rank) < rank - 1  # what stood between
        if alone and gone and content.kind is Kind.PARAGRAPH and content.text in headings:
            yield content, headings[content.text]


def _put(contents: Iterable[Content], lost: Mapping[Content, Content]) -> tuple[Content, ...]:
    return tuple(lost.get(content, content) for content in contents)
