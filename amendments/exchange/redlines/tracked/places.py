"""Where the parts of a file stand: in which list, and with room behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amendments.exchange.redlines.counted import Item, agreed, counted
from amendments.exchange.redlines.tracked.model import Block, Table
from amendments.text.model import Head, Kind
from amendments.text.redline import Op


def needs_room(part: Block | Table, behind: Block | Table | None) -> bool:
    """Two tables would be one, and neither a table nor an end that may vanish can be the last thing of all."""
    if isinstance(part, Table):
        return behind is None or isinstance(behind, Table)
    return part.end is not Op.KEEP and (behind is None or isinstance(behind, Table))


def places(parts: Sequence[Block | Table]) -> dict[int, tuple[Item | None, Item | None]]:
    """For each block, by `id`, where it counts in the new and in the old text."""
    new = counted(_heads(parts, gone=Op.DELETE))
    old = agreed(counted(_heads(parts, gone=Op.INSERT)), new)
    return {id(part): place for part, place in zip(parts, zip(new, old, strict=True), strict=True)}


def _heads(parts: Sequence[Block | Table], gone: Op) -> Iterator[Head | None]:
    """The heads of the paragraphs that end in one text; a table that has rows there is like one of its own."""
    for part in parts:
        if isinstance(part, Table):
            yield Head(Kind.TABLE_ROW) if any(row.op is not gone for row in part.rows) else None
        elif part.end is gone:
            yield None
        else:
            yield part.head if gone is Op.DELETE else part.old_head
