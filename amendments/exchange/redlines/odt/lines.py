"""Paragraphs as OpenDocument tracks them: it has no word for what a paragraph was before, so that one which is another
thing or counts otherwise in the new text is struck and put in anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

from amendments.exchange.redlines.counted import Item
from amendments.exchange.redlines.odt.layout import Layout, layout_of
from amendments.exchange.redlines.tracked import Block, Piece, Table, needs_room
from amendments.text.model import Head
from amendments.text.redline import Op


class Line(NamedTuple):
    """A paragraph of the file. `layout`, `old_layout`: what it is in each text, in one that does not have its end the
    paragraph in which its words stand there. `behind`: the old layout of the paragraph behind its end.
    """

    block: Block
    layout: Layout
    old_layout: Layout
    behind: Layout = Layout()
    latest: tuple[str, ...] = ()
    """Whose change of a paragraph was the latest: where a list counts otherwise since then, that is theirs too."""


Places = Mapping[int, tuple[Item | None, Item | None]]
"""Where blocks count in the new and in the old text, by their `id`."""
_ROOM = Line(Block((), Op.KEEP, Head(), Head()), Layout(), Layout())


def lines(parts: Sequence[Block | Table], places: Places) -> list[Line | Table]:
    found: list[Line | Table] = []
    for passage in _passages(parts, places):
        if isinstance(passage, Table):
            found.append(passage)
        else:
            found += passage if _stays(passage) else _told_anew(passage)
    return _placed(_with_room(_struck_from_the_end_before(list(_in_order(found)))))


def _passages(parts: Sequence[Block | Table], places: Places) -> Iterator[list[Line] | Table]:
    """Paragraphs up to an end that both texts have, and tables."""
    latest: tuple[str, ...] = next((part.by for part in parts if isinstance(part, Block) and part.by), ())
    passage: list[Line] = []
    for part, behind in zip(parts, [*parts[1:], None], strict=False):
        if isinstance(part, Table):
            yield part
            continue
        latest = part.retyped_by or part.by or latest
        item, old_item = places[id(part)]
        passage.append(Line(part, layout_of(part.head, item), layout_of(part.old_head, old_item), latest=latest))
        if part.end is Op.KEEP or not isinstance(behind, Block):
            yield passage
            passage = []


def _stays(passage: Sequence[Line]) -> bool:
    """Whether whatever both texts have of it is the same thing in both."""
    placed = [line for line in _placed(passage) if isinstance(line, Line)]
    return all(line.layout == line.old_layout for line in placed if _shared(line.block))


def _told_anew(passage: Sequence[Line]) -> list[Line]:
    return [line for op in (Op.DELETE, Op.INSERT) for line in _half(passage, op)]


def _in_order(found: Sequence[Line | Table]) -> Iterator[Line | Table]:
    """Of one person's whole paragraphs in a row that are struck or put in, first those that are struck, unless nothing
    is before them on which they could be.
    """
    before: Line | Table | None = None
    for op, group in groupby(found, _whose):
        parts = list(group)
        if op is not None:
            struck_first = before is not None and _can_be_struck_on(before)
            parts.sort(key=lambda part: _is(part, Op.INSERT) if struck_first else _is(part, Op.DELETE))
        before = parts[-1]
        yield from parts


def _whole(part: Line | Table) -> bool:
    return _is(part, Op.INSERT) or _is(part, Op.DELETE)


def _whose(part: Line | Table) -> tuple[str, ...] | None:
    """Who wants a paragraph that only one text has."""
    return part.block.by if isinstance(part, Line) and _whole(part) else None


def _is(part: Line | Table, op: Op) -> bool:
    """Whether it is a paragraph of one text alone."""
    return isinstance(part, Line) and part.block.end is op and all(piece.op is op for piece in part.block.pieces)


def _struck_from_the_end_before(found: Sequence[Line | Table]) -> list[Line | Table]:
    """Whole paragraphs that are struck, each with the end before it instead of its own: so LibreOffice leaves them what
    they are. Of one that is struck from its beginning it makes what the next one is.
    """
    moved = list(found)
    begun = 0
    while begun < len(moved):
        end = begun + 1
        while end < len(moved) and _is(moved[end], Op.DELETE):
            end += 1
        passage = [line for line in moved[begun:end] if isinstance(line, Line)]
        behind = moved[end] if end < len(moved) else None
        if len(passage) > 1 and _can_be_struck_on(passage[0]) and not _better_from_its_beginning(passage, behind):
            moved[begun:end] = _from_the_end_before(passage)
        begun = end
    return moved


def _from_the_end_before(passage: Sequence[Line]) -> Iterator[Line]:
    for line, behind in pairwise(passage):
        yield line._replace(block=replace(line.block, end=Op.DELETE, by=behind.block.by))
    last = passage[-1]
    kept = replace(last.block, end=Op.KEEP, by=(), retyped_by=())
    yield last._replace(block=kept, layout=passage[0].layout)


def _better_from_its_beginning(passage: Sequence[Line], behind: Line | Table | None) -> bool:
    """Where the words behind it are struck on, or where a paragraph behind a list is struck: LibreOffice would make an
    item of it, and what is behind is the same as it is.
    """
    if not isinstance(behind, Line):
        return False
    if any(piece.op is Op.DELETE for piece in behind.block.pieces[:1]):
        return True
    out_of_a_list = passage[0].layout.counted is not None and passage[-1].old_layout.counted is None
    return out_of_a_list and behind.block.end is Op.KEEP and behind.layout == passage[1].old_layout


def _can_be_struck_on(part: Line | Table) -> bool:
    return (
        isinstance(part, Line)
        and part.block.end is Op.KEEP
        and any(piece.op is not Op.DELETE for piece in part.block.pieces)
    )


def _with_room(found: Sequence[Line | Table]) -> Iterator[Line | Table]:
    blocks = [part if isinstance(part, Table) else part.block for part in found]
    for part, block, behind in zip(found, blocks, [*blocks[1:], None], strict=False):
        yield part
        if needs_room(block, behind):
            yield _ROOM


def _shared(block: Block) -> bool:
    """Whether both texts have something of it."""
    return block.end is Op.KEEP or any(piece.op is Op.KEEP for piece in block.pieces)


def _half(passage: Sequence[Line], op: Op) -> Iterator[Line]:
    """One text of them, all of it changed."""
    gone = Op.INSERT if op is Op.DELETE else Op.DELETE
    by = passage[-1].latest
    open_: list[Piece] = []
    names: tuple[str, ...] = ()
    for line in passage:
        block = line.block
        open_ += [piece._replace(op=op, by=piece.by or by) for piece in block.pieces if piece.op is not gone]
        names += block.identities if op is Op.DELETE else ()
        if block.end is not gone:
            yield line._replace(
                block=replace(block, pieces=tuple(open_), end=op, by=block.by or by, retyped_by=(), identities=names)
            )
            open_, names = [], ()


def _placed(parts: Iterable[Line | Table]) -> list[Line | Table]:
    """Each with the layout of the paragraph in which its words end, text by text."""
    found = list(parts)
    new = _reaching([_layout(each, Op.DELETE) for each in found])
    old = _reaching([_layout(each, Op.INSERT) for each in found])
    return [
        each if isinstance(each, Table) else Line(each.block, new[rank], old[rank], old[rank + 1])
        for rank, each in enumerate(found)
    ]


def _layout(part: Line | Table, gone: Op) -> Layout | None:
    """What the paragraph is that ends here in the text that has nothing of `gone`."""
    if isinstance(part, Table) or part.block.end is gone:
        return None
    return part.layout if gone is Op.DELETE else part.old_layout


def _reaching(ends: Iterable[Layout | None]) -> list[Layout]:
    """For each the layout of the first one from there on, and that of what is behind all of them."""
    reached, at = [Layout()], Layout()
    for layout in reversed(list(ends)):
        at = layout or at
        reached.append(at)
    return reached[::-1]


def one_text(blocks: Iterable[Block], gone: Op) -> list[Block]:
    """The paragraphs of the text that has nothing of `gone`, without changes."""
    found: list[Block] = []
    open_: list[Piece] = []
    for block in blocks:
        open_ += [
            piece._replace(op=Op.KEEP, by=()) for piece in block.pieces if piece.op is not gone and not piece.struck_by
        ]
        if block.end is not gone:
            found.append(replace(block, pieces=tuple(open_), end=Op.KEEP, by=(), retyped_by=()))
            open_ = []
    return found
