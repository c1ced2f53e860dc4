"""Made-up pairs of paragraphs, the same in every run: every kind and mark, and the signs that break other tools."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from amendments.text import CELL, Content, Head, Kind, Mark, MarkName, Rich, concat

# fmt: off
WORDS = (
    "der", "die", "und", "oder", "Rat", "beschließt", "Ausländer", "Ausländern", "Verpackung", "Verpackungs-",
    "§", "§§", "3", "12 000", "1.500,00", "18:30", "Abs.", "Absatz", "Nr.", "22. November 2011", "(EG)", "(", ")",
    ",", ".", ";", "-", "pru\u0308ft", "prüft", "Mütter", "Mu\u0308tter", "q\u0301", "👩\u200d👧", "🇩🇪",
    "👍🏽", "a\u00a0b", "Ver\u00adwal\u00adtung", "\u200fשלום", "\u2067x\u2069", "می\u200cخواهم", "„So“",
    "–", "„", "“", "x", "\n", "  ", "\u0600 7", "漢字",
    "☑\ufe0fja", "☑\ufe0f", "☺\ufe0f", "1\ufe0f\u20e3", "#\ufe0f\u20e3", "👩🏽\u200d🚀", "🏳\ufe0f\u200d🌈",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🇫🇷🇩🇪", "🇫", "🏽", "\ufe0f", "\u200d",
)
# fmt: on
HEADS = (
    Head(),
    Head(Kind.HEADING, 2),
    Head(Kind.LIST_ITEM, 1, (("list", "bullet"),)),
    Head(Kind.LIST_ITEM, 2, (("list", "ordered"),)),
    Head(Kind.LIST_ITEM, 3, (("list", "ordered"), ("number", "a)"))),
    Head(Kind.FOOTNOTE, 0, (("label", "1"),)),
    Head(Kind.TABLE_ROW, 0, (("table", "t"),)),
)


def pairs(number: int) -> Iterator[tuple[Content, Content]]:
    """So many pairs of an old and a new content."""
    dice = Random(22112011)
    for _ in range(number):
        head = dice.choice(HEADS)
        if head.kind is Kind.TABLE_ROW:
            old = [_words(dice, 6) for _ in range(dice.randint(1, 4))]
            yield Content(head, _row(dice, old)), Content(head, _row(dice, [_edited(dice, cell) for cell in old]))
            continue
        before = _words(dice, 30)
        after = _edited(dice, before)
        new_head = dice.choice(HEADS[:-1]) if dice.random() < 0.1 else head
        yield Content(head, _rich(dice, "".join(before))), Content(new_head, _rich(dice, "".join(after)))


def _words(dice: Random, most: int) -> list[str]:
    space = dice.choice(("", " ", " "))
    return [dice.choice(WORDS) + space for _ in range(dice.randint(0, most))]


def _edited(dice: Random, words: list[str]) -> list[str]:
    """Words struck, put in, exchanged and moved."""
    words = list(words)
    for _ in range(dice.choice((0, 1, 1, 2, 3, 5))):
        start = dice.randint(0, len(words))
        end = min(len(words), start + dice.choice((0, 0, 1, 1, 2, 6)))
        struck = words[start:end]
        words[start:end] = _words(dice, dice.choice((0, 1, 1, 3, 8)))
        if struck and dice.random() < 0.2:
            place = dice.randint(0, len(words))
            words[place:place] = struck
    return words


def _row(dice: Random, cells: list[list[str]]) -> Rich:
    """Cells with a border between them; no mark reaches over a border."""
    parts = [part for cell in cells for part in (_rich(dice, "".join(cell)), Rich(CELL))]
    return concat(parts[:-1])


def _rich(dice: Random, text: str) -> Rich:
    marks = []
    for _ in range(dice.choice((0, 0, 1, 3))):
        start, end = sorted((dice.randint(0, len(text)), dice.randint(0, len(text))))
        name = dice.choice(tuple(MarkName))
        target = dice.choice(("a", "b")) if name in (MarkName.LINK, MarkName.FOOTNOTE_REF) else ""
        marks.append(Mark(start, end, name, target))
    return Rich.of(text, marks)
