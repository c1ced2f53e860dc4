"""Quotations: „…“ around balanced quotation marks, »…« around unbalanced ones, ⟦…⟧ with doubled ends around the rest.

`Skeleton` is a sentence with its quotations taken out, so that plain patterns can read what is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from amendments.exchange.instructions.trouble import NO_SENTENCE, OPEN_QUOTE, NotUnderstood
from amendments.text.model import CELL, Rich, concat

_SIGNS = re.compile("[„“]")
_OPENING = re.compile("[„»⟦]")
_HOLES = re.compile("[⟨⟩]")
HOLE = r"⟨\d+⟩"
"""What stands in a skeleton for a quotation."""


def quote(rich: Rich) -> Rich:
    text = rich.text
    if _balanced(text):
        return concat([Rich("„"), rich, Rich("“")])
    if "»" not in text and "«" not in text:
        return concat([Rich("»"), rich, Rich("«")])
    parts = [Rich("⟦")]
    start = 0
    for match in re.finditer("⟧", text):
        parts += [rich.slice(start, match.end()), rich.slice(match.start(), match.end())]
        start = match.end()
    return concat([*parts, rich.slice(start, len(text)), Rich("⟧")])


def quote_cells(rich: Rich) -> Rich:
    """Each cell of a row quoted, "|" between them, which has the marks of their border. Any other text is one cell."""
    parts: list[Rich] = []
    start = 0
    for cell in rich.text.split(CELL):
        if start:
            marks = rich.slice(start - 1, start).marks
            parts += [Rich(" "), Rich.of("|", marks), Rich(" ")]
        parts.append(quote(rich.slice(start, start + len(cell))))
        start += len(cell) + 1
    return concat(parts)


def first_outside(text: str, sought: re.Pattern[str]) -> re.Match[str] | None:
    """The first match that begins outside of quotations. Raises NotUnderstood for one without an end before it."""
    rich, place, found = Rich(text), 0, sought.search(text)
    while found is not None:
        opening = _OPENING.search(text, place)
        if opening is None or found.start() < opening.start():
            return found
        place, _ = _quotation(rich, opening.start())
        if found.start() < place:
            found = sought.search(text, place)
    return None


def _balanced(text: str) -> bool:
    depth = 0
    for match in _SIGNS.finditer(text):
        depth += 1 if match[0] == "„" else -1
        if depth < 0:
            return False
    return depth == 0


@dataclass(frozen=True)
class Skeleton:
    text: str
    quotes: tuple[Rich, ...]
    behind: tuple[Rich, ...] = ()
    """The sign behind each quotation and its space: "|" between the cells of a row."""

    @staticmethod
    def of(sentence: Rich) -> Skeleton:
        """Raises NotUnderstood for a quotation without an end."""
        text = sentence.text
        bones: list[str] = []
        quotes: list[Rich] = []
        behind: list[Rich] = []
        place = 0
        while (match := _OPENING.search(text, place)) is not None:
            end, quoted = _quotation(sentence, match.start())
            bones += [text[place : match.start()], f"⟨{len(quotes)}⟩"]
            quotes.append(quoted)
            behind.append(sentence.slice(end + 1, end + 2))
            place = end
        bones.append(text[place:])
        if any(_HOLES.search(bone) for bone in bones[::2]):
            raise NotUnderstood(NO_SENTENCE, text[:40])
        return Skeleton("".join(bones), tuple(quotes), tuple(behind))

    def quoted(self, hole: str) -> Rich:
        return self.quotes[int(hole[1:-1])]

    def cells(self, value: str) -> Rich:
        """What the holes of a value hold, as one text: the inverse of `quote_cells`."""
        numbers = [int(hole[1:-1]) for hole in re.findall(HOLE, value)]
        parts = [self.quotes[numbers[0]]]
        for before, number in pairwise(numbers):
            parts += [Rich.of(CELL, self.behind[before].marks), self.quotes[number]]
        return concat(parts)


def _quotation(sentence: Rich, start: int) -> tuple[int, Rich]:
    """Where the quotation that begins at `start` ends, and what it quotes."""
    text = sentence.text
    match text[start]:
        case "„":
            depth = 0
            for sign in _SIGNS.finditer(text, start):
                depth += 1 if sign[0] == "„" else -1
                if depth == 0:
                    return sign.end(), sentence.slice(start + 1, sign.start())
        case "»":
            if (end := text.find("«", start)) >= 0:
                return end + 1, sentence.slice(start + 1, end)
        case _:
            parts: list[Rich] = []
            begin = start + 1
            while (end := text.find("⟧", begin)) >= 0:
                if text[end + 1 : end + 2] != "⟧":
                    return end + 1, concat([*parts, sentence.slice(begin, end)])
                parts.append(sentence.slice(begin, end + 1))
                begin = end + 2
    raise NotUnderstood(OPEN_QUOTE, text[start : start + 40])
