"""Paragraphs as OpenDocument tracks them: it has no word for what a paragraph was before, so that one which is another
thing or counts otherwise in the new text is struck and put in anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from amendments.exchange.redlines.counted import Item
from amendments.exchange.redlines.odt.layout import Layout, firsts, layout_of
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


Places = Mapping[int, tuple[Item | None, Item | None]]
"""Where blocks count in the new and in the old text, by their `id`."""
_ROOM = Line(Block((), Op.KEEP, Head(), Head()), Layout(), Layout())


def lines(parts: Sequence[Block | Table], places: Places) -> list[Line | Table]:
    found: list[Line | Table] = []
    latest: tuple[str, ...] = next((part.by for part in parts if isinstance(part, Block) and part.by), ())
    passage: list[Line] = []
    for part, behind in zip(parts, [*parts[1:], None], strict=True):
        if isinstance(part, Table):
            found.append(part)
        else:
            latest = part.retyped_by or part.by or latest
            item, old_item = places[id(part)]
            passage.append(Line(part, layout_of(part.head, item), layout_of(part.old_head, old_item)))
            if part.end is not Op.KEEP and isinstance(behind, Block):
                continue
            found += _told(passage, latest, found[-1:])
            passage = []
        last = found[-1]
        if needs_room(last if isinstance(last, Table) else last.block, behind):
            found.append(_ROOM)
    return _placed(found)


def _told(passage: Sequence[Line], by: tuple[str, ...], before: Sequence[Line | Table]) -> Sequence[Line]:
    """Paragraphs up to an end that both texts have. `before`: what stands before them."""
    placed = [line for line in _placed(passage) if isinstance(line, Line)]
    if all(line.layout.same_as(line.old_layout) for line in placed if _shared(line.block)):
        return passage
    halves = [_half(passage, Op.INSERT, by), _half(passage, Op.DELETE, by)]
    if any(isinstance(line, Line) and _ends_with_new(line.block) for line in before):
        halves.reverse()  # LibreOffice takes what is put in on both sides of an end for one change
    return [line for half in halves for line in half]


def _shared(block: Block) -> bool:
    """Whether both texts have something of it."""
    return block.end is Op.KEEP or any(piece.op is Op.KEEP for piece in block.pieces)


def _ends_with_new(block: Block) -> bool:
    return any(piece.op is Op.INSERT for piece in block.pieces[-1:])


def _half(passage: Iterable[Line], op: Op, by: tuple[str, ...]) -> Iterator[Line]:
    """One text of them, all of it changed."""
    gone = Op.INSERT if op is Op.DELETE else Op.DELETE
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


def _placed(found: Sequence[Line | Table]) -> list[Line | Table]:
    """Each with the layout of the paragraph in which its words end, text by text."""
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
    for layout in reversed(firsts(ends)):
        at = layout or at
        reached.append(at)
    return reached[::-1]


def one_text(blocks: Iterable[Block], gone: Op) -> list[Block]:
    """The paragraphs of the text that has nothing of `gone`, without changes."""
    found: list[Block] = []
    open_: list[Piece] = []
    for block in blocks:
        open_ += [piece._replace(op=Op.KEEP, by=()) for piece in block.pieces if piece.op is not gone]
        if block.end is not gone:
            found.append(replace(block, pieces=tuple(open_), end=Op.KEEP, by=(), retyped_by=()))
            open_ = []
    return found
