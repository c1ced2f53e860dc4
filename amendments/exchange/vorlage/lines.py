"""The lines of what was read, with their cells: tabs, pipes and table rows look the same from here on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from amendments.text.model import CELL, Content, Kind, literal_head

_PIPES = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"[\s|:-]+")


@dataclass(frozen=True)
class Line:
    """Code points `start`..`end` of the paragraph `content`, which is number `source` of the file. `cells`: its words
    between tabs, pipes or borders of cells; a line without these is one cell.
    """

    source: int
    content: Content
    start: int
    end: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.content.text[self.start : self.end]

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell)

    @property
    def heading(self) -> int:
        """The level of the heading this is, else 0."""
        return self.content.head.level if self.content.kind is Kind.HEADING else 0

    @property
    def alone(self) -> bool:
        """Whether it is a whole paragraph."""
        return self.start == 0 and self.end == len(self.content.text)

    def behind(self, offset: int) -> Line:
        """The rest of the line from its own `offset` on."""
        return Line(self.source, self.content, self.start + offset, self.end, (self.text[offset:].strip(),))


def lines_of(contents: Iterable[Content]) -> Iterator[Line]:
    """All lines with words in them."""
    for source, content in enumerate(contents):
        if content.kind is Kind.TABLE_ROW:
            cells = tuple(re.sub(r"[ \t]+", " ", cell).strip() for cell in content.text.split(CELL))
            yield Line(source, content, 0, len(content.text), cells)
            continue
        start = 0
        for words in content.text.split("\n"):
            if words.strip() and not (("|" in words or "--" in words) and _RULE.fullmatch(words)):
                yield Line(source, content, start, start + len(words), _cells(words))
            start += len(words) + 1


def _cells(words: str) -> tuple[str, ...]:
    if _PIPES.fullmatch(words):
        words = words.strip().strip("|").replace("|", "\t")
    return tuple(cell.strip() for cell in words.split("\t")) if "\t" in words else (words.strip(),)


def paragraphs(lines: Sequence[Line]) -> tuple[Content, ...]:
    """The lines as contents again: those of one paragraph together, whole ones as they are."""
    found = []
    for _, group in groupby(lines, lambda line: line.source):
        together = list(group)
        content, start, end = together[0].content, together[0].start, together[-1].end
        if (start, end) == (0, len(content.text)):
            found.append(content)
            continue
        rich = content.rich.slice(start, end)
        blank = len(rich.text) - len(rich.text.lstrip())
        rich = rich.slice(blank, len(rich.text.rstrip()))
        head = literal_head(rich.text) if content.head.attribute("literal") else content.head
        found.append(Content(head, rich))
    return tuple(found)
