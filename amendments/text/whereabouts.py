"""Where a paragraph stands, as people say it: a line and the heading above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from amendments.text.lines import line_starts
from amendments.text.model import Content, Kind, Text


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a paragraph stands: its first line and the heading above it."""

    line: int
    heading: str


NOWHERE: Final = Whereabouts(0, "")
"""Of a paragraph that the text does not have."""


def whereabouts(text: Text) -> dict[str, Whereabouts]:
    found: dict[str, Whereabouts] = {}
    line = 1
    headings = headings_above([paragraph.content for paragraph in text])
    for paragraph, starts, heading in zip(text, line_starts(text), headings, strict=True):
        found[paragraph.identity] = Whereabouts(line, heading)
        line += len(starts)
    return found


def headings_above(contents: Iterable[Content]) -> tuple[str, ...]:
    """For each paragraph the words of the last heading so far, its own if it is one."""
    return tuple(accumulate((heading_words(content) for content in contents), lambda above, own: own or above))


def heading_words(content: Content) -> str:
    """The words of a heading without the signs of a literal text; empty for anything else."""
    return content.text.lstrip("# ") if content.kind is Kind.HEADING else ""
