"""The values: paragraphs with their ends, tables with their rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from amendments.text.model import Head, Rich
from amendments.text.redline import Op


class Piece(NamedTuple):
    """A stretch of words. `move`: it came or went with the move of that name. `struck_by`: who struck it where another
    moved it to; it stands in neither text.
    """

    op: Op
    rich: Rich
    by: tuple[str, ...] = ()
    move: str = ""
    struck_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph of the file. `end`: the texts that have its end; `head`, `old_head`: what its end makes of the
    paragraph in each of them. `identities`: paragraphs of the old text that begin in it.
    """

    pieces: tuple[Piece, ...]
    end: Op
    head: Head
    old_head: Head
    by: tuple[str, ...] = ()
    retyped_by: tuple[str, ...] = ()
    move: str = ""
    identities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of a table, cell by cell. `op`: the texts that have it."""

    cells: tuple[tuple[Piece, ...], ...]
    op: Op
    head: Head
    by: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Tracked:
    """`body` in reading order; `footnotes` by label, each as the blocks of one note."""

    body: tuple[Block | Table, ...]
    footnotes: dict[str, tuple[Block, ...]] = field(default_factory=dict)
