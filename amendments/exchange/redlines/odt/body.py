"""Paragraphs and tables of a redline as they stand in office:text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from amendments.exchange.redlines.odt.changes import Changes
from amendments.exchange.redlines.odt.layout import Layout, written
from amendments.exchange.redlines.odt.lines import Line, lines, one_text
from amendments.exchange.redlines.odt.page import CELL, CHANGED_ROW, TABLE
from amendments.exchange.redlines.odt.stream import Stream
from amendments.exchange.redlines.odt.words import Words
from amendments.exchange.redlines.paper import Paper, told_at
from amendments.exchange.redlines.tracked import Block, Row, Table, Tracked, places
from amendments.text.merging import Collision
from amendments.text.redline import Op

_OTHER = {Op.INSERT: Op.DELETE, Op.DELETE: Op.INSERT}
_NOTE = Layout("Footnote")


@dataclass
class Writer:
    paper: Paper
    changes: Changes
    words: Words = field(init=False)
    _tables: int = 0

    def body(self, found: Tracked, numbers: dict[str, int]) -> str:
        self.words = Words(numbers, found.footnotes, self._note)
        text = lines(found.body, places(found.body))
        told = iter(told_at(self.paper.collisions, map(_names, text)))
        written_parts = []
        for table, group in groupby(text, lambda part: isinstance(part, Table)):
            stream = Stream(self.changes, self.words)
            for part in group:
                comments = self._comments(next(told))
                if isinstance(part, Table):
                    written_parts.append(self._table(part, comments))
                else:
                    stream.line(part, comments)
            if not table:
                written_parts.append(written(stream.paragraphs, self.words.lists))
        return "".join(written_parts)

    def _comments(self, collisions: Sequence[tuple[int, Collision]]) -> str:
        return self.changes.annotations() if self.changes.alternatives(collisions) else ""

    # --- tables

    def _table(self, table: Table, comments: str) -> str:
        self._tables += 1
        columns = max(len(row.cells) for row in table.rows)
        rows = [self._row(row, comments if rank == 0 else "") for rank, row in enumerate(table.rows)]
        heads = 0
        while heads < len(rows) and table.rows[heads].head.attribute("header"):
            heads += 1
        head = f"<table:table-header-rows>{''.join(rows[:heads])}</table:table-header-rows>" if heads else ""
        return (
            f'<table:table table:name="Tabelle{self._tables}" table:style-name="{TABLE}">'
            f'<table:table-column table:number-columns-repeated="{columns}"/>{head}{"".join(rows[heads:])}'
            "</table:table>"
        )

    def _row(self, row: Row, comments: str) -> str:
        style = "Table_20_Heading" if row.head.attribute("header") else "Table_20_Contents"
        cells = ""
        for cell in row.cells:
            words = Stream(self.changes, self.words).cell(cell, comments)
            cells += (
                f'<table:table-cell table:style-name="{CELL}" office:value-type="string">'
                f'<text:p text:style-name="{style}">{words}</text:p></table:table-cell>'
            )
            comments = ""
        look = "" if row.op is Op.KEEP else f' table:style-name="{CHANGED_ROW}"'
        return f"<table:table-row{look}>{cells}</table:table-row>"

    # --- footnotes

    def _note(self, blocks: tuple[Block, ...], op: Op) -> str:
        """A footnote stands at its sign: where that is struck or put in, without changes of its own."""
        found = list(blocks) if op is Op.KEEP else one_text(blocks, _OTHER[op])
        stream = Stream(self.changes, self.words)
        for rank, block in enumerate(found, 1):
            last = replace(block, end=Op.KEEP) if rank == len(found) else block
            stream.line(Line(last, _NOTE, _NOTE, _NOTE))
        return written(stream.paragraphs, self.words.lists) or '<text:p text:style-name="Footnote"/>'


def _names(part: Line | Table) -> list[str]:
    rows = part.rows if isinstance(part, Table) else (part.block,)
    return [name for row in rows for name in row.identities]
