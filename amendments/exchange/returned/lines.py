"""The paragraphs of a plain text. Programs write them in different ways: parted by blank lines or line by line, the
lines wrapped or not, the cells of a row side by side or each on a line of its own. The right way is the one in which
most paragraphs of our version are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from amendments.text.anchoring import changed_tokens
from amendments.text.model import CELL, Kind, Text

BULLETS = "•·▪◦●○■□➢✓\uf0b7"
SIGN = re.compile(
    rf"\s*(?:(?P<bullet>(?:[{BULLETS}]\s*)+|[o§*–-]\s+)|(?P<ordered>\(?(?:\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,6}})[.)])\s+"
    r"|(?P<heading>#{1,6})\s+|\[\^?(?P<note>[^\s\]]{1,12})\]:?\s+)(?=\S)"
)
"""What a plain text puts before the words of an item, a heading or a footnote."""
BORDER = re.compile(r"\s*(?:\||\t)\s*")

Lines = list[str]


def flat(text: str) -> str:
    """The words with one space between any two, cells with a stroke: how a plain text has them."""
    return " ".join(text.replace(CELL, " | ").split())


def without_sign(text: str) -> str:
    found = SIGN.match(text)
    return text[found.end() :] if found else text


def paragraphs_as_in(base: Text, pieces: Sequence[str]) -> Lines:
    """`pieces`: what stands between blank lines. Rows have CELL between their cells."""
    known = {flat(paragraph.text) for paragraph in base}
    widths = {len(p.content.rich.cells()) for p in base if p.head.kind is Kind.TABLE_ROW}
    ways: tuple[Callable[[], Iterable[str]], ...] = (
        lambda: pieces,
        lambda: (part for piece in pieces for part in _at_signs(piece)),
        lambda: _with_rows(base, [line for piece in pieces for line in piece.split("\n") if line.strip()]),
    )
    read = [[_row(paragraph, widths) for paragraph in way()] for way in ways]
    return max(read, key=lambda found: len(known & {bare for line in found for bare in _bare(line)}))


def _bare(line: str) -> tuple[str, str]:
    """With its sign and without."""
    return flat(line), flat(without_sign(line))


def _at_signs(piece: str) -> Iterator[str]:
    """Items that follow one another without a blank line."""
    part: Lines = []
    for line in piece.split("\n"):
        if part and SIGN.match(line):
            yield "\n".join(part)
            part = []
        part.append(line)
    yield "\n".join(part)


def _row(paragraph: str, widths: set[int]) -> str:
    """A paragraph that has as many cells as rows of our version have is a row."""
    cells = BORDER.split(without_sign(paragraph).strip("\n"))
    return CELL.join(cells) if len(cells) > 1 and len(cells) in widths else paragraph


# --- each cell on a line of its own


def _with_rows(base: Text, lines: Lines) -> Lines:
    """`lines` with those that are the cells of one row of ours together."""
    owners: list[int] = []
    words: Lines = []
    for rank, paragraph in enumerate(base):
        cells = paragraph.text.split(CELL) if paragraph.head.kind is Kind.TABLE_ROW else [paragraph.text]
        filled = [flat(cell) for cell in cells if cell.strip()]
        words += filled
        owners += [rank] * len(filled)
    found = dict(_pairs(words, [_bare(line)[0] for line in lines], [_bare(line)[1] for line in lines]))
    return list(_together(base, owners, found, lines))


def _pairs(words: Lines, lines: Lines, without_sign: Lines) -> Iterator[tuple[int, int]]:
    """(our words, line): equal ones, and as many others as there are between two of these."""
    known = set(words)
    lines = [line if line in known else bare for line, bare in zip(lines, without_sign, strict=True)]
    numbers: dict[str, int] = {}
    mine, theirs = ([numbers.setdefault(word, len(numbers)) for word in found] for found in (words, lines))
    changed = changed_tokens(mine, theirs)
    for (_, b, _, d), (a, _, c, _) in pairwise([(0, 0, 0, 0), *changed, (len(mine), 0, len(theirs), 0)]):
        yield from zip(range(b, a), range(d, c), strict=True)
    for a, b, c, d in changed:
        if b - a == d - c:
            yield from zip(range(a, b), range(c, d), strict=True)


def _together(base: Text, owners: Sequence[int], found: dict[int, int], lines: Lines) -> Iterator[str]:
    begins: dict[int, tuple[int, str]] = {}
    place = 0
    while place < len(owners):
        rank, end = owners[place], place
        while end < len(owners) and owners[end] == rank:
            end += 1
        own = [found.get(each, -1) for each in range(place, end)]
        if end - place > 1 and own[0] >= 0 and own == list(range(own[0], own[0] + len(own))):
            said = iter(lines[own[0] : own[0] + len(own)])
            cells = [next(said).strip() if cell.strip() else "" for cell in base[rank].text.split(CELL)]
            begins[own[0]] = len(own), CELL.join(cells)
        place = end
    number = 0
    while number < len(lines):
        size, words = begins.get(number, (1, lines[number]))
        yield words
        number += size
