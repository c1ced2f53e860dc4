"""What the readers of formatted files have in common: runs of words to rich strings, cells to rows, counted lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from amendments.text.door import normalise
from amendments.text.model import CELL, Content, Head, Kind, Mark, MarkName, Rich, concat

Style = frozenset[tuple[MarkName, str]]
"""The marks (name, target) that hold for a run of words."""

PLAIN: Style = frozenset()
TAGS = {
    "strong": MarkName.STRONG,
    "em": MarkName.EM,
    "u": MarkName.UNDERLINE,
    "s": MarkName.STRIKE,
    "sup": MarkName.SUP,
    "sub": MarkName.SUB,
    "code": MarkName.CODE,
}
"""What a page and Markdown call the marks."""
_MOST_LETTERS = 20
"""Of a number in letters; a larger one is printed in figures."""
_MOST_SIGNS = 100
"""Of a number with all that stands around it; a longer one is none."""
_BLANK = " \t\n"
_FLOWING = re.compile("[ \t\n\r\f]+")


class Words:
    """Collects the runs of one paragraph or cell, in order; `rich` is what they read."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self._length = 0
        self._pins: list[tuple[str, int]] = []

    def pin(self, name: str) -> None:
        """Something of this name stands here, between two characters."""
        self._pins.append((name, self._length))

    def pinned(self) -> tuple[tuple[str, int], ...]:
        """The offset of each pin in `rich`."""
        if not self._pins:
            return ()
        raw = "".join(self._parts)
        text = normalise(raw)
        before, most = len(text) - len(text.lstrip(_BLANK)), len(text.strip(_BLANK))
        return tuple((name, min(max(0, len(normalise(raw[:offset])) - before), most)) for name, offset in self._pins)

    def add(self, text: str, style: Style = PLAIN) -> None:
        """A run as it stands."""
        if text:
            end = self._length + len(text)
            self._marks.extend(Mark(self._length, end, name, target) for name, target in style)
            self._parts.append(text)
            self._length = end

    def flow(self, text: str, style: Style = PLAIN) -> None:
        """A run in which white space is only a place to break (CSS Text §4.1.1): one space, none where one stands. NBSP
        stays.
        """
        text = _FLOWING.sub(" ", text)
        if text.startswith(" ") and (not self._parts or self._parts[-1][-1] in _BLANK):
            text = text[1:]
        self.add(text, style)

    def break_line(self, style: Style = PLAIN) -> None:
        self.add("\n", style)

    @property
    def blank(self) -> bool:
        return not any(part.strip(_BLANK) for part in self._parts)

    def rich(self) -> Rich:
        """Through the door, without spaces at the ends and around line breaks' ends; marks follow their characters."""
        text, marks = _through_the_door("".join(self._parts), self._marks)
        start = len(text) - len(text.lstrip(_BLANK))
        return Rich.of(text, marks).slice(start, max(start, len(text.rstrip(_BLANK))))


def _through_the_door(raw: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """Normalised text and marks moved with it. A mark's end inside a composed letter takes the whole letter."""
    text = normalise(raw)
    if text == raw or not marks:
        return text, marks
    ends = sorted({_whole(raw, end) for mark in marks for end in (mark.start, mark.end)})
    moved: dict[int, int] = {}
    before = length = 0
    for end in ends:
        length += len(normalise(raw[before:end]))
        moved[end] = length
        before = end
    return text, [Mark(moved[_whole(raw, m.start)], moved[_whole(raw, m.end)], m.name, m.target) for m in marks]


def _whole(raw: str, offset: int) -> int:
    """The first place from `offset` on that is not inside a letter with its accents, a Hangul syllable or CR LF."""
    while 0 < offset < len(raw) and (
        unicodedata.combining(raw[offset])
        or unicodedata.category(raw[offset]) == "Cc"
        or "\u1160" <= raw[offset] <= "\u11ff"
        or not unicodedata.is_normalized("NFC", raw[offset - 1 : offset + 1])
    ):
        offset += 1
    return offset


def styled(style: Style, name: MarkName, target: str = "") -> Style:
    return style | {(name, target)}


def row(cells: Sequence[Rich], table: str, *, header: bool = False) -> Content:
    """A table row; cells are parted by CELL."""
    parts: list[Rich] = []
    for number, cell in enumerate(cells):
        parts.extend([Rich(CELL), cell] if number else [cell])
    attributes = (("header", "1"), ("table", table)) if header else (("table", table),)
    return Content(Head(Kind.TABLE_ROW, 0, attributes), concat(parts))


def footnote(label: str, words: Rich) -> Content:
    return Content(Head(Kind.FOOTNOTE, 0, (("label", label),)), words)


def footnote_mark(words: Words, label: str, style: Style = PLAIN) -> None:
    """The marker of a footnote in its paragraph: "[1]" with a mark that names it."""
    words.add(f"[{label}]", styled(style, MarkName.FOOTNOTE_REF, label))


class ListCounter:
    """Counts list items as a page will count them, to say where a file counts otherwise.

    A page counts on within one level while only deeper items stand between; any other paragraph ends the count.
    """

    def __init__(self) -> None:
        self._counts: dict[int, tuple[str, int]] = {}

    def interrupt(self) -> None:
        """Something that is no list item stands here."""
        self._counts.clear()

    def next(self, level: int, look: str, actual: int | None = None) -> int:
        """The number of the next item of this look at this level, counted: `actual` where it brings one along."""
        kind, last = self._counts.get(level, ("", 0))
        number = actual if actual is not None else last + 1 if kind == look else 1
        self._counts = {deep: count for deep, count in self._counts.items() if deep < level} | {level: (look, number)}
        return number

    def item(self, level: int, words: Rich, look: str = "", actual: int | None = None, said: str = "") -> Content:
        """The list item. `look` is its numbers' form as the first one reads ("1.", "a)"), empty for a bullet.

        `actual` is the number the file gives it and `said` how it prints it. It goes into `number` where the page would
        count otherwise; `look` into `numbering` where it is not "1.".
        """
        if max(len(look), len(said)) > _MOST_SIGNS:
            look, said = "1.", ""
        kind, last = self._counts.get(level, ("", 0))
        expected = last + 1 if kind == look else 1
        actual = actual if actual is not None else expected
        self._counts = {deep: count for deep, count in self._counts.items() if deep < level} | {level: (look, actual)}
        attributes = [("list", "ordered" if look else "bullet")]
        if look and actual != expected:
            attributes.append(("number", said or printed(look, actual)))
        if look not in ("", "1."):
            attributes.append(("numbering", look))
        return Content(Head(Kind.LIST_ITEM, level, tuple(attributes)), words)


def printed(look: str, number: int) -> str:
    """The number in the form of `look`: with "(a)" the third one is "(c)"."""
    sign = re.search("[1aAiI]", look)
    if not sign:
        return look
    said = str(number) if sign[0] == "1" else _letters(number) if sign[0] in "aA" else _roman(number)
    return look[: sign.start()] + (said.upper() if sign[0].isupper() else said) + look[sign.end() :]


def _letters(number: int) -> str:
    """A … z, aa, bb … as Word counts (ECMA-376 Part 1 §17.18.59 lowerLetter)."""
    if not 0 < number <= 26 * _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    signs = (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
    )
    text = ""
    for value, sign in (*signs, (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        text += sign * (number // value)
        number %= value
    return text


@dataclass
class _List:
    look: str
    number: int
    item_open: bool = False


@dataclass
class Blocks:
    """Blocks of a nested notation (Markdown, HTML) in reading order.

    The first block of a list item is the item, every further one a paragraph of its own; blocks without words are left
    out. `lists`: those that are open, the outer ones first.
    """

    contents: list[Content] = field(default_factory=list)
    heading: int = 0
    lists: list[_List] = field(default_factory=list)
    _counter: ListCounter = field(default_factory=ListCounter)

    def open_list(self, look: str, start: int = 1) -> None:
        self.lists.append(_List(look, start - 1))

    def close_list(self) -> None:
        self.lists.pop()

    def open_item(self, number: int | None = None) -> None:
        """`number`: the one it gives itself. An item outside of a list makes nothing of its words."""
        if self.lists:
            self.lists[-1].number = self.lists[-1].number + 1 if number is None else number
            self.lists[-1].item_open = True

    def block(self, rich: Rich) -> None:
        if not rich.text:
            return
        if self.heading:
            self.other(Content(Head(Kind.HEADING, self.heading), rich))
        elif self.lists and self.lists[-1].item_open:
            item = self.lists[-1]
            self.contents.append(
                self._counter.item(len(self.lists), rich, item.look, item.number if item.look else None)
            )
        else:
            self.other(Content(Head(), rich))
        if self.lists:
            self.lists[-1].item_open = False

    def other(self, content: Content) -> None:
        """A content that is no list item, so the count ends."""
        self._counter.interrupt()
        self.contents.append(content)


def spread(cells: Iterable[tuple[Rich, int]]) -> list[Rich]:
    """Cells with the number of columns each covers to one cell per column; the covered ones are empty."""
    return [cell for words, width in cells for cell in (words, *[Rich()] * (width - 1))]
