"""The words and ends of paragraphs in a row, with their changes: what was put in stands in them between two marks, what
was struck behind one mark in the list of changes (§5.5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from amendments.exchange.redlines.odt.changes import Changes
from amendments.exchange.redlines.odt.layout import Layout, Paragraph, written
from amendments.exchange.redlines.odt.lines import Line
from amendments.exchange.redlines.odt.words import Words
from amendments.exchange.redlines.tracked import Piece
from amendments.text.redline import Op


@dataclass
class Stream:
    """`paragraphs`: those that have ended."""

    changes: Changes
    words: Words
    paragraphs: list[Paragraph] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _put_in: tuple[str, tuple[str, ...]] | None = None
    """Id and edits of the insertion that is open."""
    _struck: list[Paragraph] = field(default_factory=list)
    """Paragraphs that are struck and have not been written, the last one of them open."""
    _striking: tuple[str, ...] | None = None

    def line(self, line: Line, comments: str = "") -> None:
        block = line.block
        self._open.append(comments)
        for piece in block.pieces:
            self._piece(piece, line.layout if piece.struck_by else line.old_layout)
        if block.end is Op.DELETE:
            self._strike("", block.by, line.old_layout)
            self._struck.append(Paragraph(line.behind, ""))
            return
        self._switch(block.end, block.by)
        self._remark(block.retyped_by)
        self.paragraphs.append(Paragraph(line.layout, "".join(self._open)))
        self._open = []

    def cell(self, pieces: Iterable[Piece], comments: str) -> str:
        """The words of a cell."""
        layout = Layout("Table_20_Contents")
        self._open = [comments]
        for piece in pieces:
            self._piece(piece, layout)
        self._switch(Op.KEEP, ())
        words, self._open = "".join(self._open), []
        return words

    def _piece(self, piece: Piece, old_layout: Layout) -> None:
        said = self.words.of(piece)
        if piece.struck_by:
            self._switch(Op.KEEP, ())
            self._remark(piece.struck_by)
            struck = written([Paragraph(old_layout, said)], self.words.lists)
            name = self.changes.struck_insertion(piece.by, piece.struck_by, struck)
            self._open.append(f'<text:change text:change-id="{name}"/>')
        elif piece.op is Op.DELETE:
            self._strike(said, piece.by, old_layout)
        else:
            self._switch(piece.op, piece.by)
            self._open.append(said)

    def _strike(self, written: str, by: tuple[str, ...], layout: Layout) -> None:
        if self._striking != by or not self._struck:
            self._switch(Op.DELETE, by)
            self._striking, self._struck = by, [Paragraph(layout, "")]
        last = self._struck.pop()
        self._struck.append(Paragraph(last.layout, last.words + written))

    def _switch(self, op: Op, by: tuple[str, ...]) -> None:
        """Ends what is open of another kind or of other people, and begins what is put in."""
        if self._struck:
            self._remark(self._striking or ())
            name = self.changes.deletion(self._striking or (), written(self._struck, self.words.lists))
            self._open.append(f'<text:change text:change-id="{name}"/>')
            self._struck, self._striking = [], None
        if self._put_in and (op is not Op.INSERT or self._put_in[1] != by):
            self._open.append(f'<text:change-end text:change-id="{self._put_in[0]}"/>')
            self._put_in = None
        if op is Op.INSERT and not self._put_in:
            self._remark(by)
            self._put_in = self.changes.insertion(by), by
            self._open.append(f'<text:change-start text:change-id="{self._put_in[0]}"/>')

    def _remark(self, by: tuple[str, ...]) -> None:
        if self.changes.reasons(by):
            self._open.append(self.changes.annotations())
