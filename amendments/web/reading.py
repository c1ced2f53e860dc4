"""From text values to what a template prints: blocks (paragraphs) made of pieces (words printed alike).

Pure. Every page that shows a text or a redline goes through `read`, so line numbers, anchors and the places that a
selection in the browser refers to are the same everywhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from amendments.exchange.item_numbers import item_labels
from amendments.text.lines import starts_in
from amendments.text.model import CELL, Head, Kind, Mark, MarkName, Rich
from amendments.text.redline import Change, Node, Op, Redline, Run
from amendments.text.tidying import tidy_runs

SAFE_SCHEMES = ("http://", "https://", "mailto:")
MOST_BLOCKS_AROUND = 1


@dataclass(frozen=True, slots=True)
class Span:
    """Code points `start`..`end` of a paragraph that an edit speaks of. `clash`: others cannot stand beside it."""

    start: int
    end: int
    edit: str
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are printed alike. `cell` counts the cells of a table row."""

    text: str
    op: str = "keep"
    marks: tuple[tuple[str, str], ...] = ()
    """(name, address) of strong, em, link, …"""
    start: int | None = None
    """Offset in the old paragraph (code points); None for words that are not in it."""
    line: int | None = None
    """The number of the line that begins here."""
    spans: tuple[Span, ...] = ()
    """Edits whose passage covers these words."""
    by: tuple[str, ...] = ()
    """Edits that inserted or struck these words."""
    ends_change: bool = False
    """The last piece of a change by the same edits: here its source is named."""
    cell: int = 0

    @property
    def clash(self) -> bool:
        return any(span.clash for span in self.spans)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it is printed. `paragraph` is the identity in the old text that offsets refer to ("" if new)."""

    identity: str
    paragraph: str
    kind: str
    level: int
    change: str
    cells: tuple[tuple[Piece, ...], ...]
    by: tuple[str, ...] = ()
    """Edits that inserted, struck, moved, split or joined the paragraph as a whole."""
    retyped_by: tuple[str, ...] = ()
    head: Head = Head()  # noqa: RUF009 - frozen
    counts: bool = True
    """Whether a paragraph of the new text begins here."""
    bullet: str = ""
    was_bullet: str = ""
    """What a renumbered one was counted by."""
    table: str = ""
    header: bool = False
    anchor: bool = True
    """The first block of this identity on the page carries its anchor."""
    moved_away: bool = False
    """The old place of a moved paragraph; the new one shows what was changed in it besides."""
    lines: tuple[int, int] = (0, 0)
    """First and last line number; 0 for words that are not in the old text."""

    @property
    def tag(self) -> str:
        return f"h{min(self.level + 1, 6)}" if self.kind == Kind.HEADING else "p"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for cell in self.cells for piece in cell)

    @property
    def changed(self) -> bool:
        return self.change != Change.KEPT

    @property
    def words(self) -> str:
        return " | ".join("".join(piece.text for piece in cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring blocks that belong into one element: "list", "table" or "single"."""

    kind: str
    blocks: tuple[Block, ...]


@dataclass
class _Place:
    """Where the walk stands in the old text."""

    paragraph: str = ""
    offset: int = 0
    line: int = 0
    starts: frozenset[int] = frozenset()
    words: dict[str, str] = field(default_factory=dict)


def old_words(redline: Redline) -> dict[str, str]:
    """Plain words of the old paragraphs by identity; a heading of a literal file with its signs."""
    words: dict[str, list[str]] = {}
    current: list[str] = []
    for node in redline.nodes:
        if not node.in_old:
            continue
        if node.starts_old:
            current = words.setdefault(node.identity, [])
        current.extend(run.rich.text for run in node.runs if run.op is not Op.INSERT)
    return {identity: "".join(parts) for identity, parts in words.items()}


def read(redline: Redline, spans: Mapping[str, Sequence[Span]] | None = None) -> tuple[Block, ...]:
    """All paragraphs of a redline, in order. `spans`: passages to mark, by identity of the old paragraph."""
    place = _Place(words=old_words(redline))
    seen: set[str] = set()
    blocks = []
    for node in redline.nodes:
        block = _block(node, place, spans or {}, anchor=node.identity not in seen)
        seen.add(node.identity)
        blocks.append(block)
    return tuple(blocks)


def _block(node: Node, place: _Place, spans: Mapping[str, Sequence[Span]], *, anchor: bool) -> Block:
    if node.in_old and node.starts_old:
        place.paragraph, place.offset = node.identity, 0
        place.starts = frozenset(starts_in(place.words[node.identity]))
    first_line = place.line
    pieces = list(_pieces(node, place, spans.get(place.paragraph, ()) if node.in_old else ()))
    head = node.head
    change = node.change
    lines = (
        (first_line + 1, place.line) if place.line > first_line else (place.line, place.line) if node.in_old else (0, 0)
    )
    return Block(
        identity=node.identity,
        paragraph=place.paragraph if node.in_old else "",
        kind=head.kind.value,
        level=head.level,
        change=change.value,
        cells=_cells(_close_changes(pieces, node)),
        by=node.by,
        retyped_by=node.retyped_by,
        head=head,
        counts=node.has_new and node.starts_new,
        bullet=_bullet(head),
        was_bullet=_bullet(node.old_head) if change is Change.RENUMBERED else "",
        table=head.attribute("table") if head.kind is Kind.TABLE_ROW else "",
        header=head.attribute("header") == "1",
        anchor=anchor,
        moved_away=bool(node.move) and not node.in_new,
        lines=lines,
    )


def _pieces(node: Node, place: _Place, spans: Sequence[Span]) -> Iterator[Piece]:
    if not node.runs and node.in_old and node.starts_old:
        place.line += 1
        yield Piece("", start=0, line=place.line)
    for run in tidy_runs(node.runs):
        in_old = node.in_old and run.op is not Op.INSERT
        op = _shown_op(node, run)
        by = run.by if run.by or op == "keep" else node.by
        for start, end in _cuts(run.rich, place, spans if in_old else (), in_old=in_old):
            part = run.rich.slice(start, end)
            piece = Piece(part.text, op, _names(part, end - start), by=by)
            if in_old:
                piece = _placed(piece, place, spans)
            yield piece


def _shown_op(node: Node, run: Run) -> str:
    """A paragraph that counts only in one of the texts is struck or inserted as a whole, its kept words included; where
    one has moved to, kept words stay kept.
    """
    if run.op is not Op.KEEP:
        return run.op.value
    if not node.in_new or (node.change is Change.DELETED and not node.move):
        return "delete"
    if not node.in_old and not node.move:
        return "insert"
    return "keep"


def _placed(piece: Piece, place: _Place, spans: Sequence[Span]) -> Piece:
    start = place.offset
    line = None
    if start in place.starts:
        place.line += 1
        line = place.line
        place.starts = place.starts - {start}
    place.offset += len(piece.text)
    covering = tuple(span for span in spans if span.start <= start < span.end)
    return replace(piece, start=start, line=line, spans=covering)


def _cuts(rich: Rich, place: _Place, spans: Sequence[Span], *, in_old: bool) -> Iterator[tuple[int, int]]:
    length = len(rich)
    cuts = {0, length}
    for mark in rich.marks:
        cuts.update((mark.start, mark.end))
    for index, character in enumerate(rich.text):
        if character == CELL:
            cuts.update((index, index + 1))
    if in_old:
        cuts.update(start - place.offset for start in place.starts)
        for span in spans:
            cuts.update((span.start - place.offset, span.end - place.offset))
    points = sorted(cut for cut in cuts if 0 <= cut <= length)
    yield from list(pairwise(points))


def _names(rich: Rich, length: int) -> tuple[tuple[str, str], ...]:
    covering = [mark for mark in rich.marks if mark.start == 0 and mark.end >= length]
    return tuple((mark.name.value, _address(mark)) for mark in covering)


def _address(mark: Mark) -> str:
    """A link's address if it leads where links may lead, else nothing: then its words stand without a link."""
    if mark.name is not MarkName.LINK:
        return mark.target
    return mark.target if mark.target.lower().startswith(SAFE_SCHEMES) else ""


def _close_changes(pieces: list[Piece], node: Node) -> list[Piece]:
    """Say at the last piece of each change that it is the last.

    A move is one change, named above its paragraph; what others changed in its words is named where they have arrived.
    """
    if node.move and not node.in_new:
        return pieces
    closed = []
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        ends = piece.op != "keep" and (following is None or following.op == "keep" or following.by != piece.by)
        named_above = bool(node.move) and piece.by == node.by
        closed.append(replace(piece, ends_change=True) if ends and not named_above else piece)
    return closed


def _cells(pieces: Iterable[Piece]) -> tuple[tuple[Piece, ...], ...]:
    cells: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == CELL:
            if piece.op != "delete":
                cells.append([])
            continue
        cells[-1].append(replace(piece, cell=len(cells) - 1))
    return tuple(tuple(cell) for cell in cells)


def _bullet(head: Head) -> str:
    if head.kind is Kind.FOOTNOTE:
        return head.attribute("label")
    if head.kind is not Kind.LIST_ITEM:
        return ""
    return head.attribute("number") or ("" if head.attribute("list") == "ordered" else "•")


def groups(blocks: Iterable[Block]) -> tuple[Group, ...]:
    """Blocks with neighbouring list items and rows of one table together."""
    found: list[tuple[str, str, list[Block]]] = []
    for block in blocks:
        kind = {Kind.LIST_ITEM.value: "list", Kind.TABLE_ROW.value: "table"}.get(block.kind, "single")
        if kind != "single" and found and found[-1][0] == kind and found[-1][1] == block.table:
            found[-1][2].append(block)
        else:
            found.append((kind, block.table, [block]))
    return tuple(Group(kind, tuple(members)) for kind, _, members in found)


def numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """With the numbers of ordered items, those that a page counts itself included."""
    labels = item_labels((block.head, block.counts) for block in blocks)
    return tuple(replace(block, bullet=label) if label else block for block, label in zip(blocks, labels, strict=True))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks shown together in a short redline; `skipped` unchanged paragraphs were left out before them."""

    skipped: int
    blocks: tuple[Block, ...]


def changes_only(blocks: Sequence[Block], around: int = MOST_BLOCKS_AROUND) -> tuple[Stretch, ...]:
    """Only what changes, with `around` unchanged paragraphs before and after each change."""
    keep = [False] * len(blocks)
    for index, block in enumerate(blocks):
        if block.changed:
            for near in range(max(0, index - around), min(len(blocks), index + around + 1)):
                keep[near] = True
    stretches: list[Stretch] = []
    current: list[Block] = []
    skipped = 0
    for shown, block in zip(keep, blocks, strict=True):
        if shown:
            current.append(block)
            continue
        if current:
            stretches.append(Stretch(skipped, tuple(current)))
            current, skipped = [], 0
        skipped += 1
    if current:
        stretches.append(Stretch(skipped, tuple(current)))
    return tuple(stretches)


MOST_SHOWN = 300
"""Paragraphs on a page that previews a file: enough to see how it was read, and no page of megabytes."""


def first_blocks(stretches: Sequence[Stretch], most: int = MOST_SHOWN) -> tuple[tuple[Stretch, ...], int]:
    """The stretches up to so many blocks, and how many blocks are left out."""
    shown: list[Stretch] = []
    left = most
    for stretch in stretches:
        if left <= 0:
            break
        shown.append(replace(stretch, blocks=stretch.blocks[:left]))
        left -= len(stretch.blocks)
    total = sum(len(stretch.blocks) for stretch in stretches)
    return tuple(shown), max(0, total - most)


KEPT_AROUND = 70
"""Characters of unchanged words shown before and after a change in a list."""


def clipped(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """For lists: of long unchanged words only those beside a change. Whole words, an ellipsis for what is left out."""
    return tuple(
        replace(stretch, blocks=tuple(_clipped_block(block) for block in stretch.blocks)) for stretch in stretches
    )


def _clipped_block(block: Block) -> Block:
    if all(piece.op == "keep" for piece in block.pieces):
        words = block.words
        short = words if len(words) <= KEPT_AROUND else words[:KEPT_AROUND].rsplit(" ", 1)[0] + " …"
        return replace(block, cells=((Piece(short),),))
    return replace(block, cells=tuple(tuple(_joined_keeps(cell)) for cell in block.cells))


def _joined_keeps(cell: Sequence[Piece]) -> Iterator[Piece]:
    """Kept neighbours as one piece without marks, cut in the middle or at the outer side."""
    kept: list[str] = []
    before = False
    for piece in cell:
        if piece.op == "keep":
            kept.append(piece.text)
            continue
        if kept:
            yield Piece(_cut("".join(kept), left=before, right=True), cell=piece.cell)
        yield piece
        kept, before = [], True
    if kept:
        yield Piece(_cut("".join(kept), left=before, right=False))


def _cut(words: str, *, left: bool, right: bool) -> str:
    """Keep KEPT_AROUND characters at the sides that touch a change."""
    if len(words) <= KEPT_AROUND * (left + right) + 10:
        return words
    start = words[:KEPT_AROUND].rsplit(" ", 1)[0] if left else ""
    end = words[-KEPT_AROUND:].split(" ", 1)[-1] if right else ""
    return f"{start} … {end}" if left and right else f"{start} …" if left else f"… {end}"
