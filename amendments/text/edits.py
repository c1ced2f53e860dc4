"""From what a person does on the page to hunks: the words of a paragraph rewritten, a paragraph struck, split, joined,
moved.

Each function returns the hunks of one edit; `checking.check` says whether they fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from amendments.text.diff import diff_rich
from amendments.text.hunks import Delete, Gap, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import Content, Head, Kind, Paragraph, Rich, concat

Hunks = tuple[Hunk, ...]


def replace_words(paragraph: Paragraph, start: int, end: int, new: Rich) -> Hunks:
    """Code points `start`..`end` shall read `new`: as few words as possible are touched."""
    rich = paragraph.content.rich
    wanted = concat([rich.slice(0, start), new, rich.slice(end, len(rich))])
    return diff_rich(paragraph.identity, rich, wanted)


def delete(paragraph: Paragraph) -> Hunks:
    return (Delete(paragraph.identity, paragraph.content),)


def insert(after: str, contents: Sequence[Content]) -> Hunks:
    """New paragraphs behind the one with identity `after`; "" for the very beginning."""
    return (Insert(Gap(after), tuple(contents)),)


def split(paragraph: Paragraph, offset: int, head: Head | None = None) -> Hunks:
    """A new paragraph begins at `offset`; white space around the cut goes. The right half has `head`, else the left
    one's.

    Where one half would be empty the cut lies at the paragraph's edge, which `check` refuses.
    """
    rich = paragraph.content.rich
    start, end = offset, offset
    while start > 0 and rich.text[start - 1].isspace():
        start -= 1
    while end < len(rich) and rich.text[end].isspace():
        end += 1
    if end == len(rich):
        start = end
    cut: Hunks = (Split(paragraph.identity, start, head or paragraph.head),)
    return (*cut, Replace(paragraph.identity, start, end, rich.slice(start, end), Rich())) if end > start else cut


def join(left: Paragraph, right: Paragraph, between: str = " ") -> Hunks:
    """The right paragraph is appended to the left one with `between`."""
    length = len(left.text)
    joined: Hunks = (Join(left.identity, right.identity, length),)
    return (*joined, Replace(left.identity, length, length, Rich(), Rich(between))) if between else joined


def span(left: Paragraph, start: int, right: Paragraph, end: int, new: Rich) -> Hunks:
    """One edit over two neighbours: from `start` in `left` to `end` in `right` shall read `new`; they become one
    paragraph.
    """
    length = len(left.text)
    hunks: list[Hunk] = []
    tail = left.content.rich.slice(start, length)
    if tail != new:
        hunks.append(Replace(left.identity, start, length, tail, new))
    hunks.append(Join(left.identity, right.identity, length))
    if end:
        hunks.append(Replace(right.identity, 0, end, right.content.rich.slice(0, end), Rich()))
    return tuple(hunks)


def move(block: Sequence[Paragraph], after: str) -> Hunks:
    """Neighbouring paragraphs go behind the one with identity `after`; "" for the very beginning."""
    return (Move(tuple(paragraph.identity for paragraph in block), Gap(after)),)


def retype(paragraph: Paragraph, head: Head) -> Hunks:
    """The paragraph becomes a heading, a list item, ...; in a literal text its sign ("## ") changes instead."""
    if paragraph.head.attribute("literal"):
        return _resign(paragraph, head)
    return (Retype(paragraph.identity, paragraph.head, head),)


def _resign(paragraph: Paragraph, head: Head) -> Hunks:
    old = paragraph.head.level + 1 if paragraph.head.level else 0
    sign = "#" * head.level + " " if head.kind is Kind.HEADING else ""
    return (Replace(paragraph.identity, 0, old, paragraph.content.rich.slice(0, old), Rich(sign)),)
