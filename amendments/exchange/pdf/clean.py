"""A text as it stands, with the numbers of its lines in the margin: the lines are those of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from amendments.exchange.item_numbers import item_labels
from amendments.exchange.pdf.blocks import (
    Block,
    Headings,
    Item,
    ListItem,
    cell,
    line_number,
    lines_of,
    lists,
    numbered,
    paragraph,
    rich,
    sentence,
    table,
)
from amendments.exchange.pdf.setting import LINE_SIZE, SIZE, printed
from amendments.exchange.words import GERMAN, Speech
from amendments.text.model import Content, Kind, Rich


@dataclass(frozen=True)
class CleanText:
    """`lines`: what is said below the title, such as the version and its date. `numbered`: whether the lines of the
    text are those of the page, with their numbers.
    """

    title: str
    contents: tuple[Content, ...]
    lines: tuple[str, ...] = ()
    numbered: bool = True
    speech: Speech = GERMAN


def clean_pdf(text: CleanText) -> bytes:
    size = LINE_SIZE if text.numbered else SIZE
    drawn = Contents(size, numbered=text.numbered).blocks(text.contents)
    blocks = [*map(sentence, text.lines), *drawn]
    return printed(text.title, blocks, text.speech, size=size, numbered=text.numbered)


@dataclass
class Contents:
    """Draws contents. `top`: how many levels of headings stand above those of the text."""

    size: float = SIZE
    numbered: bool = False
    headings: Headings = field(default_factory=Headings)
    top: int = 0
    _line: int = 1

    def blocks(self, contents: Sequence[Content]) -> list[Block]:
        labels = item_labels((content.head, True) for content in contents)
        found: list[Block] = []
        for key, group in groupby(zip(contents, labels, strict=True), lambda each: _together(each[0])):
            each = list(group)
            if key[0] is Kind.LIST_ITEM:
                found += lists((self._item(*one) for one in each), self.size)
            elif key[0] is Kind.TABLE_ROW:
                found.append(self._table([content for content, _ in each]))
            else:
                found += [self._block(content) for content, _ in each]
        return found

    def _words(self, value: Rich, sign: int = 0) -> list[Item]:
        if not self.numbered:
            return rich(value.slice(sign, len(value)))
        found, self._line = numbered(value, self._line, sign)
        return found

    def _block(self, content: Content) -> Block:
        if content.kind is Kind.HEADING:
            sign = sign_of(content)
            plain = content.text[sign:]
            return self.headings.heading(self.top + content.head.level, plain, self._words(content.rich, sign))
        items = self._words(content.rich)
        if content.kind is Kind.FOOTNOTE:
            at = 1 if self.numbered else 0
            items[at:at] = [{"words": [content.head.attribute("label")], "marks": "^"}, " "]
        return paragraph(items)

    def _item(self, content: Content, label: str) -> ListItem:
        return ListItem(max(content.head.level, 1), label, [paragraph(self._words(content.rich))])

    def _table(self, rows: Sequence[Content]) -> Block:
        """Of a row's lines only the first and the last are named: in its cells they break as they like."""
        drawn = [list(self._row(content)) for content in rows]
        columns = max(map(len, drawn))
        filled = [row + [cell([])] * (columns - len(row)) for row in drawn]
        header = filled.pop(0) if rows[0].head.attribute("header") and len(rows) > 1 else None
        return table(widths([list(map(len, content.rich.cells())) for content in rows], columns), filled, header)

    def _row(self, content: Content) -> Iterator[Block]:
        lead: list[Item] = []
        if self.numbered:
            last = self._line + lines_of(content.rich) - 1
            lead, self._line = [line_number(self._line, last)], last + 1
        strong = bool(content.head.attribute("header"))
        for number, value in enumerate(content.rich.cells()):
            items = rich(value)
            yield cell([*([] if number else lead), *([{"words": items, "marks": "b"}] if strong and items else items)])


def sign_of(content: Content) -> int:
    """How many characters of a heading of a literal text are its sign."""
    return content.head.level + 1 if content.head.attribute("literal") and content.kind is Kind.HEADING else 0


def widths(rows: Sequence[Sequence[int]], columns: int) -> list[float]:
    """Shares of the width by how much the fullest cells hold, so that no column starves."""
    longest = [max((row[column] for row in rows if column < len(row)), default=0) for column in range(columns)]
    return [float(min(max(each, 8), 60)) for each in longest]


def _together(content: Content) -> tuple[Kind, str]:
    return content.kind, content.head.attribute("table") if content.kind is Kind.TABLE_ROW else ""
