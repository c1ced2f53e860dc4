"""Moves as an office program wants them: as many stretches of words at the one place as at the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from amendments.exchange.redlines.tracked.model import Block, Piece, Row, Table, Tracked
from amendments.text.redline import Op

Pieces = tuple[Piece, ...]


def with_whole_moves(found: Tracked) -> Tracked:
    """The same, where only these moves are called so; what else moved, and rows of tables, is struck and put in."""
    blocks = [part for part in found.body if isinstance(part, Block)]
    stretches = Counter(half for block in blocks for half in _halves(block))
    whole = {move for move, _ in stretches if stretches[move, Op.INSERT] == stretches[move, Op.DELETE]}
    return Tracked(
        tuple(
            _block(part, whole) if isinstance(part, Block) else Table(tuple(map(_row, part.rows)))
            for part in found.body
        ),
        {label: tuple(_block(block, set()) for block in note) for label, note in found.footnotes.items()},
    )


def _halves(block: Block) -> set[tuple[str, Op]]:
    return {(piece.move, piece.op) for piece in block.pieces if piece.move and piece.rich.text}


def _block(block: Block, whole: set[str]) -> Block:
    pieces = _kept(block.pieces, whole)
    with_words = any(piece.move == block.move and piece.rich.text for piece in pieces)
    return replace(block, pieces=pieces, move=block.move if with_words else "")


def _row(row: Row) -> Row:
    return replace(row, cells=tuple(_kept(cell, set()) for cell in row.cells))


def _kept(pieces: Iterable[Piece], whole: set[str]) -> Pieces:
    return tuple(piece if piece.move in whole else piece._replace(move="") for piece in pieces)
