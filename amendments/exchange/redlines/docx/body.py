"""Paragraphs and tables of a redline in WordprocessingML: each change in its element, each end with its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from amendments.exchange.redlines.counted import Count, Item
from amendments.exchange.redlines.docx.changes import Changes
from amendments.exchange.redlines.docx.words import TAGS, Words
from amendments.exchange.redlines.docx.xml import attribute
from amendments.exchange.redlines.paper import Paper, told_at
from amendments.exchange.redlines.tracked import Block, Piece, Row, Table, needs_room, places
from amendments.text.model import Head, Kind, MarkName
from amendments.text.redline import Op

_TEXT_WIDTH = 9060
"""Twentieths of a point between the margins of A4."""


@dataclass(frozen=True)
class Styles:
    """Ids of the styles in the file that is written; `characters` by mark."""

    headings: Mapping[int, str]
    item: str
    table: str
    table_head: str
    footnote: str
    comment: str
    comment_text: str
    characters: Mapping[MarkName, str]


@dataclass
class Writer:
    """`first_list`: the number (w:numId) of the first list; `lists`: those that are used, in the order of their
    numbers.
    """

    paper: Paper
    styles: Styles
    changes: Changes
    words: Words
    first_list: int
    lists: list[Count] = field(default_factory=list)
    _numbers: dict[Count, int] = field(default_factory=dict)
    _latest: tuple[str, ...] = ()
    """Whose change of a paragraph was the latest: where a list counts otherwise since then, that is theirs too."""

    def body(self, parts: Sequence[Block | Table]) -> str:
        """What stands in w:body, without the section."""
        told = told_at(self.paper.collisions, map(_names, parts))
        found = places(parts)
        self._latest = next((part.by for part in parts if isinstance(part, Block) and part.by), ())
        written = []
        for part, behind, collisions in zip(parts, [*parts[1:], None], told, strict=False):  # of nothing none is last
            open_comments = self.changes.alternatives(collisions)
            if isinstance(part, Block):
                written.append(self.paragraph(part, *found[id(part)], open_comments))
            else:
                written.append(self._table(part, open_comments))
            if needs_room(part, behind):
                written.append("<w:p/>")
        return "".join(written)

    # --- paragraphs

    def paragraph(
        self, block: Block, item: Item | None, old_item: Item | None, comments: Sequence[int] = (), lead: str = ""
    ) -> str:
        """A w:p. `lead`: what stands before its words."""
        words = lead + self.words.commented(self.words.pieces(block.pieces, block.move), comments)
        late = self.changes.reasons((*block.by, *block.retyped_by))
        close = self.words.range_end(block.end, block.move) if block.move else ""
        return f"<w:p>{self._properties(block, item, old_item)}{words}{self.words.commented('', late)}</w:p>{close}"

    def _properties(self, block: Block, item: Item | None, old_item: Item | None) -> str:
        new, old = self._layout(block.head, item), self._layout(block.old_head, old_item)
        if block.end is Op.DELETE:
            new = old
        mark = "" if block.end is Op.KEEP else f"<w:rPr>{self._mark(block.end, block.by, block.move)}</w:rPr>"
        change = ""
        self._latest = block.retyped_by or block.by or self._latest
        retyped = block.end is Op.KEEP or (bool(block.move) and block.head != block.old_head)
        if retyped and new != old:
            change = f"<w:pPrChange {self.changes.attributes(self._latest)}><w:pPr>{old}</w:pPr></w:pPrChange>"
        inside = new + mark + change
        return f"<w:pPr>{inside}</w:pPr>" if inside else ""

    def _mark(self, op: Op, by: tuple[str, ...], move: str) -> str:
        return f"<w:{TAGS[op, bool(move)]} {self.changes.attributes(by)}/>"

    def _layout(self, head: Head, item: Item | None) -> str:
        if head.kind is Kind.HEADING:
            return f"<w:pStyle w:val={attribute(self.styles.headings[min(max(head.level, 1), 6)])}/>"
        if item is not None:
            level, number = min(item.level, 9) - 1, self._list(item.count)
            at = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            return f"<w:pStyle w:val={attribute(self.styles.item)}/>{at}"
        if head.kind is Kind.FOOTNOTE:
            return f"<w:pStyle w:val={attribute(self.styles.footnote)}/>"
        return ""

    def _list(self, count: Count) -> int:
        if count not in self._numbers:
            self._numbers[count] = self.first_list + len(self.lists)
            self.lists.append(count)
        return self._numbers[count]

    # --- tables

    def _table(self, table: Table, comments: Sequence[int]) -> str:
        columns = max(len(row.cells) for row in table.rows)
        width = _TEXT_WIDTH // columns
        grid = f'<w:gridCol w:w="{width}"/>' * columns
        look = f'<w:tblStyle w:val={attribute(self.styles.table)}/><w:tblW w:w="0" w:type="auto"/>'
        rows = "".join(self._row(row, comments if rank == 0 else ()) for rank, row in enumerate(table.rows))
        return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def _row(self, row: Row, comments: Sequence[int]) -> str:
        inside = "<w:tblHeader/>" if row.head.attribute("header") else ""
        if row.op is not Op.KEEP:
            inside += self._mark(row.op, row.by, "")
        cells = "".join(self._cell(row, cell, comments if rank == 0 else ()) for rank, cell in enumerate(row.cells))
        return f"<w:tr>{f'<w:trPr>{inside}</w:trPr>' if inside else ''}{cells}</w:tr>"

    def _cell(self, row: Row, cell: tuple[Piece, ...], comments: Sequence[int]) -> str:
        words = self.words.commented(self.words.pieces(cell), comments)
        look = f"<w:pStyle w:val={attribute(self.styles.table_head)}/>" if row.head.attribute("header") else ""
        mark = "" if row.op is Op.KEEP else f"<w:rPr>{self._mark(row.op, row.by, '')}</w:rPr>"
        return f"<w:tc><w:p>{f'<w:pPr>{look}{mark}</w:pPr>' if look or mark else ''}{words}</w:p></w:tc>"


def _names(part: Block | Table) -> list[str]:
    return [name for row in ([part] if isinstance(part, Block) else part.rows) for name in row.identities]
