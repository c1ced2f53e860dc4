"""A redline as word processors track it: by the ends of paragraphs.

Word and OpenDocument know no paragraph that comes or goes. They know words and the end behind them (the paragraph
mark), and either may be inserted or struck: a split inserts an end, a join strikes one, a new paragraph is words with
an end. Rows of tables come and go as a whole; footnotes lie outside of the stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from amendments.exchange.redlines.tracked.ends import blocks
from amendments.exchange.redlines.tracked.model import Block, Piece, Row, Table, Tracked
from amendments.exchange.redlines.tracked.moves import with_whole_moves
from amendments.exchange.redlines.tracked.notes import footnotes
from amendments.exchange.redlines.tracked.parting import is_note, place_of, told_apart, unbroken
from amendments.exchange.redlines.tracked.pieces import row_of
from amendments.exchange.redlines.tracked.places import needs_room, places
from amendments.text.redline import Node

__all__ = [
    "Block",
    "Piece",
    "Row",
    "Table",
    "Tracked",
    "footnotes",
    "needs_room",
    "places",
    "tracked",
    "with_whole_moves",
]


def tracked(nodes: Iterable[Node], footnotes: frozenset[str] = frozenset(), *, nested: bool = False) -> Tracked:
    """The redline as a file holds it. `footnotes`: labels whose notes have a place of their own in the file; any other
    is a paragraph of the text. `nested`: whether the file can strike words inside of words that are put in.
    """
    told = [part for node in nodes for part in told_apart(node, footnotes)]
    notes: dict[str, list[Node]] = {}
    stream: list[Node] = []
    for node in told:
        (notes.setdefault(node.head.attribute("label"), []) if is_note(node.head, footnotes) else stream).append(node)
    return Tracked(tuple(_body(stream, nested=nested)), {label: tuple(blocks(found)) for label, found in notes.items()})


def _body(nodes: Sequence[Node], *, nested: bool) -> Iterator[Block | Table]:
    for table, group in groupby(unbroken(nodes), lambda node: place_of(node.head, frozenset())):
        if table:
            yield Table(tuple(map(row_of, group)))
        else:
            yield from blocks(list(group), nested=nested)
