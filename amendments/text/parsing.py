"""From characters to a text: paragraphs parted by blank lines, every sign in them kept.

Files of other formats are read in `amendments.exchange`, which knows bytes, encodings and limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amendments.text.door import normalise
from amendments.text.model import Text, literal_content, text_of

BLANK = " \t\n"
"""A line of nothing else parts paragraphs."""

HEADING_LINE = re.compile("^#{1,6} .*", re.MULTILINE)
_BLANK_LINES = re.compile("\n(?:[ \t]*\n)+")


def parse(words: str, seed: str = "text") -> Text:
    """The paragraphs of `words` as of a literal file (`.md`, `.txt`): parted by blank lines, a line that begins with
    one to six "#" and a space by itself; signs stay in the text. Linear.

    `words` go through `normalise` first. Identities derive from `seed` and the rank, so the same words give the same
    identities: take another seed for another document.
    """
    found = (paragraph for paragraph, _ in pieces(normalise(words).strip("\n")) if paragraph.strip(BLANK))
    return text_of(map(literal_content, found), seed)


def pieces(body: str) -> Iterator[tuple[str, str]]:
    """(paragraph, what follows it) in order; joined they are `body`."""
    start = 0
    for gap in _BLANK_LINES.finditer(body):
        yield from _headings_apart(body[start : gap.start()], gap[0])
        start = gap.end()
    yield from _headings_apart(body[start:], "")


def _headings_apart(block: str, gap: str) -> Iterator[tuple[str, str]]:
    """`block` has no blank line; a heading line in it becomes a paragraph of its own, parted by a single line feed."""
    start = 0
    for heading in HEADING_LINE.finditer(block) if "\n" in block else ():
        if heading.start() > start:
            yield block[start : heading.start() - 1], "\n"
        if heading.end() == len(block):
            yield heading[0], gap
            return
        yield heading[0], "\n"
        start = heading.end() + 1
    yield block[start:], gap
