"""Nodes to words and rows."""

from __future__ import annotations

from itertools import groupby

from amendments.exchange.redlines.tracked.model import Piece, Row
from amendments.text.model import concat
from amendments.text.redline import Node, Op
from amendments.text.tidying import tidy_runs


def row_of(node: Node) -> Row:
    op = Op.KEEP if node.has_old and node.has_new else Op.DELETE if node.has_old else Op.INSERT
    cells: list[list[Piece]] = [[]]
    for piece in pieces_of(node):
        for number, words in enumerate(piece.rich.cells()):
            if number:
                cells.append([])
            if words.text:
                cells[-1].append(piece._replace(rich=words))
    head = node.head if node.has_new else node.old_head
    return Row(tuple(map(tuple, cells)), op, head, node.by, begins(node))


def begins(node: Node) -> tuple[str, ...]:
    return (node.identity,) if node.has_old and node.starts_old else ()


def pieces_of(node: Node, *, nested: bool = False) -> list[Piece]:
    """What stands of it: where a paragraph moved away all of the old words, where it arrived the new ones. `nested`:
    what others struck in it on the way is a change of its own there.
    """
    if node.in_old and node.in_new:
        return [Piece(*run) for run in tidy_runs(node.runs)]
    if nested and node.move and any(run.op is not Op.KEEP and run.by != node.by for run in node.runs):
        return _changed_on_the_way(node)
    op, gone = (Op.DELETE, Op.INSERT) if node.in_old else (Op.INSERT, Op.DELETE)
    pieces = [
        Piece(op, run.rich, run.by or node.by, node.move if run.op is Op.KEEP or node.in_old else "")
        for run in node.runs
        if run.op is not gone
    ]
    grouped = groupby(pieces, lambda piece: (piece.by, piece.move))
    return [Piece(op, concat(piece.rich for piece in group), by, move) for (by, move), group in grouped]


def _changed_on_the_way(node: Node) -> list[Piece]:
    if node.in_old:
        words = concat(run.rich for run in node.runs if run.op is not Op.INSERT)
        return [Piece(Op.DELETE, words, node.by, node.move)]
    found = []
    for run in tidy_runs(node.runs):
        match run.op:
            case Op.KEEP:
                found.append(Piece(Op.INSERT, run.rich, node.by, node.move))
            case Op.INSERT:
                found.append(Piece(Op.INSERT, run.rich, run.by))
            case Op.DELETE:
                found.append(Piece(Op.INSERT, run.rich, node.by, node.move, run.by))
    return found
