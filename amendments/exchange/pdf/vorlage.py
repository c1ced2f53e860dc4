"""The Sitzungsvorlage on paper, in the order of its form."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from amendments.exchange.pdf.blocks import (
    Block,
    cell,
    columns,
    name,
    paragraph,
    sentence,
    strong,
    table,
    words,
)
from amendments.exchange.pdf.clean import Contents
from amendments.exchange.pdf.setting import printed
from amendments.exchange.vorlage.paper import Paper, Section
from amendments.exchange.vorlage.writing import Label, Piece, Row, rows
from amendments.exchange.words import GERMAN
from amendments.text.model import Content

_SHARES = (4.0, 2.3, 2.0, 2.6, 2.0)
"""Of the columns of the table of consultations."""


def vorlage_pdf(paper: Paper) -> bytes:
    """In German: it is the language of the form."""
    kind, *pieces = rows(paper)
    printed_title = str(kind)
    title = f"{printed_title}: {paper.subject}" if paper.subject else printed_title
    return printed(title, _Form(paper).blocks(pieces), GERMAN, printed_title=printed_title)


class _Form:
    def __init__(self, paper: Paper) -> None:
        self.subject = paper.subject
        self.contents = Contents()

    def blocks(self, pieces: Iterable[Piece]) -> list[Block]:
        found: list[Block] = []
        for what, group in groupby(pieces, _kind_of):
            some = list(group)
            if what is Row:
                found += _tables([piece for piece in some if isinstance(piece, Row)])
            elif what is Content:
                found += self._contents([piece for piece in some if isinstance(piece, Content)], 1)
            else:
                found += [block for piece in some for block in self._piece(piece)]
        return found

    def _piece(self, piece: Piece) -> list[Block]:
        match piece:
            case Label():
                return [self.contents.headings.heading(1, piece.words)]
            case Section():
                titled = f"{piece.number} {piece.title}".strip()
                heading = [self.contents.headings.heading(1 + piece.level, titled)] if titled else []
                return [*heading, *self._contents(piece.contents, 1 + piece.level)]
            case str() if piece == self.subject:
                return [paragraph([strong(piece)])]
            case _:
                return [sentence(str(piece))]

    def _contents(self, contents: Iterable[Content], top: int) -> list[Block]:
        """Headings inside a part stand below its own."""
        self.contents.top = top
        return self.contents.blocks(tuple(contents))


def _kind_of(piece: Piece) -> type:
    return type(piece) if isinstance(piece, Row | Content) else str


def _tables(found: list[Row]) -> list[Block]:
    head = [row for row in found if row.table == 1]
    consultations = [row for row in found if row.table != 1]
    return [*_head(head), *([_consultations(consultations)] if consultations else [])]


def _head(found: list[Row]) -> list[Block]:
    """The names of fields over what stands in them, read together; a row of one field on its line."""
    blocks: list[Block] = []
    waiting: Row | None = None
    for row in found:
        if waiting is not None:
            pairs = zip(waiting.cells, row.cells, strict=True)
            blocks.append(columns([[name(label), sentence(value)] for label, value in pairs]))
            waiting = None
        elif all(text.endswith(":") for text in row.cells):
            waiting = row
        else:
            label, value = row.cells
            blocks.append(paragraph([strong(label), *words(f" {value}")]))
    return blocks


def _consultations(found: list[Row]) -> Block:
    header, *others = found
    return table(
        _SHARES[: len(header.cells)],
        [[cell(words(text)) for text in row.cells] for row in others],
        [cell([strong(text)]) for text in header.cells],
    )
