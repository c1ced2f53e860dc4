"""Nodes to paragraphs with their ends: where each end lies, and what has to stand before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from amendments.exchange.redlines.tracked.model import Block, Piece
from amendments.exchange.redlines.tracked.pieces import begins, pieces_of
from amendments.text.model import Head, Kind, Rich, literal_head
from amendments.text.redline import Node, Op

_WORD, _WORD_BEHIND_SPACE = re.compile(r"\S+"), re.compile(r"\s*\S+")


def blocks(nodes: Sequence[Node], *, nested: bool = False) -> list[Block]:
    """The nodes cut where a paragraph of either text ends; no words follow behind the last end."""
    found: list[Block] = []
    old, new = _ends(nodes, old=True), _ends(nodes, old=False)
    old_head = head = Head()
    begun = 0
    for end in sorted({*old, *new}):
        part = nodes[begun:end]
        for node in part:
            old_head = node.old_head if node.in_old and node.starts_old else old_head
            head = node.head if node.in_new and node.starts_new else head
        op = Op.KEEP if end in old and end in new else Op.DELETE if end in old else Op.INSERT
        found.append(_block(part, nodes[end : end + 1], op, head, old_head, nested=nested))
        begun = end
    for gone in (Op.DELETE, Op.INSERT):
        _take_signs(found, gone)
    for rank, block in enumerate(found):
        if rank and (at := _goes_on_from(found, rank)) is not None:
            found[at], found[rank] = _drawn_in(found[at], block)
    for rank in range(1, len(found)):
        found[rank - 1 : rank + 1] = _written_on(found[rank - 1], found[rank])
        found[rank] = _kept_apart(found[rank - 1], found[rank])
    return found


def _take_signs(blocks: list[Block], gone: Op) -> None:
    """The signs of headings out of one text of a literal file, where words say what a paragraph is."""
    begun = 0
    for rank, block in enumerate(blocks):
        head = block.head if gone is Op.DELETE else block.old_head
        if block.end is gone or not head.attribute("literal"):
            continue
        pieces = (piece for part in blocks[begun : rank + 1] for piece in part.pieces)
        head = literal_head("".join(piece.rich.text for piece in pieces if piece.op is not gone))
        left = head.level + 1 if head.kind is Kind.HEADING else 0
        for at in range(begun, rank + 1):
            found, left = _without(blocks[at].pieces, left, gone, block.retyped_by or block.by)
            blocks[at] = replace(blocks[at], pieces=found)
        both = {"head", "old_head"} if block.end is not Op.KEEP else {"head" if gone is Op.DELETE else "old_head"}
        blocks[rank] = replace(blocks[rank], **dict.fromkeys(both, head))  # type: ignore[arg-type]  # heads alone
        begun = rank + 1


def _without(pieces: Iterable[Piece], left: int, gone: Op, by: tuple[str, ...]) -> tuple[tuple[Piece, ...], int]:
    """Without the first `left` characters of one text, those of both taken out of it by `by`; how many are left when
    the pieces are done.
    """
    found: list[Piece] = []
    for piece in pieces:
        if not left or piece.op is gone:
            found.append(piece)
            continue
        sign, rest = _cut(piece.rich, min(left, len(piece.rich)))
        left -= len(sign)
        if piece.op is Op.KEEP:
            found.append(piece._replace(op=gone, rich=sign, by=by))
        if rest.text:
            found.append(piece._replace(rich=rest))
    return tuple(found), left


def _written_on(block: Block, behind: Block) -> tuple[Block, Block]:
    """Words put in at the end of a paragraph and a new paragraph behind it are one change: the end between them is new,
    and that of the new paragraph is the one that was there. Struck ones likewise.
    """
    op = behind.end
    last = block.pieces[-1:]
    if block.end is not Op.KEEP or op is Op.KEEP or any(piece.op is not op for piece in (*last, *behind.pieces)):
        return block, behind
    if not last or last[0].by != behind.by:
        return block, behind
    new = op is Op.INSERT
    last_one = replace(
        behind,
        end=Op.KEEP,
        head=behind.head if new else block.head,
        old_head=block.old_head if new else behind.head,
        by=(),
        move="",
        retyped_by=behind.by,
    )
    return replace(block, end=op, by=behind.by, move=last[0].move), last_one


def _kept_apart(block: Block, behind: Block) -> Block:
    """The second of two paragraphs of which one ends and the other begins with words of one person that only one text
    has: LibreOffice takes both for one change, with the end between. So a word of the other text comes first.
    """
    if block.end is not Op.KEEP or not block.pieces or not behind.pieces:
        return behind
    last, first = block.pieces[-1], behind.pieces[0]
    if first.op is Op.KEEP or (first.op, first.by) != (last.op, last.by):
        return behind
    other = Op.INSERT if first.op is Op.DELETE else Op.DELETE
    rest = list(behind.pieces[1:])
    if rest and rest[0].op is other:
        return replace(behind, pieces=(rest[0], first, *rest[1:]))
    if not rest or rest[0].op is not Op.KEEP or not (cut := _WORD_BEHIND_SPACE.match(rest[0].rich.text)):
        return behind
    word, left = _cut(rest[0].rich, cut.end())
    kept = [rest[0]._replace(rich=left)] if left.text else []
    return replace(
        behind, pieces=(Piece(other, word, first.by), first, Piece(first.op, word, first.by), *kept, *rest[1:])
    )


def _cut(rich: Rich, at: int) -> tuple[Rich, Rich]:
    return rich.slice(0, at), rich.slice(at, len(rich))


def _goes_on_from(blocks: Sequence[Block], rank: int) -> int | None:
    """The block whose paragraph this one goes on with, in the text that has none of the ends between the two."""
    end = blocks[rank - 1].end
    for at in range(rank - 1, -1, -1):
        if blocks[at].end is not end or end is Op.KEEP:
            return None
        if any(piece.op is not end for piece in blocks[at].pieces):
            return at
    return None


def _drawn_in(block: Block, behind: Block) -> tuple[Block, Block]:
    """Words of the text that does not have the end between the two go in front of it, with the words they follow on;
    so does the rest of a word that it would cut, as there are readers who put a space where an end was.
    """
    other = Op.DELETE if block.end is Op.INSERT else Op.INSERT
    number = next((rank for rank, piece in enumerate(behind.pieces) if piece.op is Op.KEEP), len(behind.pieces))
    before, rest = behind.pieces[:number], list(behind.pieces[number:])
    front = [*block.pieces, *(piece for piece in before if piece.op is other)]
    left = [piece for piece in before if piece.op is not other]
    if rest and _last(front, block.end).strip() and (cut := _WORD.match(rest[0].rich.text)):
        word, behind_it = _cut(rest[0].rich, cut.end())
        front.append(Piece(other, word, block.by))
        left.append(Piece(block.end, word, block.by))
        rest[:1] = [Piece(Op.KEEP, behind_it)] if behind_it.text else []
    if not left and not rest:
        return block, behind
    return replace(block, pieces=tuple(front)), replace(behind, pieces=(*left, *rest))


def _last(pieces: Sequence[Piece], gone: Op) -> str:
    """The last character of the text that has no words of `gone`."""
    return next((piece.rich.text[-1:] for piece in reversed(pieces) if piece.op is not gone), "")


def _block(part: Sequence[Node], behind: Sequence[Node], end: Op, head: Head, old_head: Head, *, nested: bool) -> Block:
    maker = part[-1]
    if end is not Op.KEEP and maker.has_old and maker.has_new and behind:
        maker = behind[0]
    return Block(
        pieces=tuple(piece for node in part for piece in pieces_of(node, nested=nested)),
        end=end,
        head=old_head if end is Op.DELETE else head,
        old_head=_head_on_leaving(maker, head) if end is Op.INSERT else old_head,
        by=() if end is Op.KEEP else maker.by,
        retyped_by=next((node.retyped_by for node in reversed(part) if node.retyped_by), ()) or part[-1].by,
        move="" if end is Op.KEEP else maker.move,
        identities=tuple(name for node in part for name in begins(node)),
    )


def _head_on_leaving(node: Node, head: Head) -> Head:
    """What a paragraph that arrives was where it came from, if others than its mover made another kind of it; an item
    does not say there in which list it was.
    """
    on_the_way = node.move and node.retyped_by and node.retyped_by != node.by
    return node.old_head if on_the_way and node.old_head.kind is not Kind.LIST_ITEM else head


def _ends(nodes: Sequence[Node], *, old: bool) -> set[int]:
    """Behind how many nodes the paragraphs of a text end.

    An end lies anywhere behind the last words of its paragraph and before the next one: in front of paragraphs that
    only the other text has, so that each of these has an end of its own. Only the last one of all is the end of both,
    where what lies before it is one person's.
    """
    starts = [
        rank
        for rank, node in enumerate(nodes)
        if (node.in_old and node.starts_old if old else node.in_new and node.starts_new)
    ]
    if not starts:
        return set()
    shared = any(_in(node, old=not old) for node in nodes) and not _of_several(nodes)
    found = {len(nodes)} if shared else {_slid(nodes, len(nodes), old=old)}
    return found | {_slid(nodes, start, old=old) for start in starts[1:]}


def _of_several(nodes: Sequence[Node]) -> bool:
    """Whether several people changed the last paragraphs, from the last one on that both texts have."""
    people: set[tuple[str, ...]] = set()
    for node in reversed(nodes):
        people |= {node.by, node.retyped_by} - {()}
        if node.has_old and node.has_new:
            break
    return len(people) > 1


def _slid(nodes: Sequence[Node], end: int, *, old: bool) -> int:
    while (
        end > 1
        and not _in(nodes[end - 1], old=old)
        and (nodes[end - 1].starts_new if old else nodes[end - 1].starts_old)
    ):
        end -= 1
    return end


def _in(node: Node, *, old: bool) -> bool:
    return node.has_old if old else node.has_new
