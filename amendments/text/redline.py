"""The redline: old and new text in one value, each change with the edits that made it.

A redline is a sequence of nodes. A node is a stretch of runs (keep, insert, delete) with two flags that say whether a
paragraph begins here in the old and in the new text, and two that say whether the node counts in the old and in the
new text. From that follows everything: a split is a node that begins a paragraph only in the new text, a join one that
does so only in the old; a moved paragraph stands twice, once counting only in the old text and once only in the new.
`reject()` and `accept()` read the two texts off; `applying.apply_edits` makes the next redline from this one, so a
chain of versions keeps the origin of every word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from amendments.text.model import Content, Head, Paragraph, Rich, Text, concat, literal_head
from amendments.text.numbering import only_counted_otherwise, only_label_changed


class Op(StrEnum):
    """In which text a run stands: KEEP in both, INSERT in the new one, DELETE in the old one."""

    KEEP = "keep"
    INSERT = "insert"
    DELETE = "delete"


KEEP, INSERT, DELETE = Op.KEEP, Op.INSERT, Op.DELETE
"""For loops over runs: a name of the class takes a tenth of a microsecond to look up, these a tenth of that."""


class Change(StrEnum):
    """What happened to the paragraph as a whole, for a reader."""

    KEPT = "kept"
    EDITED = "edited"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"
    RETYPED = "retyped"
    RENUMBERED = "renumbered"
    """Its list number has changed, or of its words only what counts them: "§ 12", "(2)", "3." before them."""


class Run(NamedTuple):
    """A stretch of words. `by`: ids of the edits that inserted or struck it, sorted; empty for kept words."""

    op: Op
    rich: Rich
    by: tuple[str, ...] = ()


as_run: Callable[[tuple[Op, Rich, tuple[str, ...]]], Run] = partial(tuple.__new__, Run)
"""`Run(op, rich, by)` from a tuple, in half the time: for loops that make them by the thousand."""


class Node(NamedTuple):
    """A stretch of runs that lies in one paragraph of each text it counts in; the module says how nodes make texts."""

    identity: str
    old_head: Head
    head: Head
    runs: tuple[Run, ...]
    starts_old: bool = True
    starts_new: bool = True
    in_old: bool = True
    in_new: bool = True
    by: tuple[str, ...] = ()
    """Edits that made the structural change (inserted, struck, split, joined or moved the paragraph)."""
    retyped_by: tuple[str, ...] = ()
    move: str = ""
    """Equal in the two nodes of one moved paragraph."""
    source: Paragraph | None = None
    """The paragraph itself while nothing in this node has changed."""

    @property
    def has_new(self) -> bool:
        """Whether anything of it stands in the new text."""
        return self.in_new and (self.starts_new or any(run.op is not DELETE for run in self.runs))

    @property
    def has_old(self) -> bool:
        return self.in_old and (self.starts_old or any(run.op is not INSERT for run in self.runs))

    @property
    def edited(self) -> bool:
        return any(run.op is not KEEP for run in self.runs)

    @property
    def change(self) -> Change:
        """The one word for this node; a moved, split or renumbered paragraph may be edited besides."""
        if self.move:
            return Change.MOVED
        if not self.has_new:
            return Change.DELETED
        if not self.has_old:
            return Change.INSERTED
        if self.starts_new and not self.starts_old:
            return Change.SPLIT
        if self.starts_old and not self.starts_new:
            return Change.JOINED
        if self.head != self.old_head:
            return Change.RENUMBERED if only_counted_otherwise(self.old_head, self.head) else Change.RETYPED
        if not self.edited:
            return Change.KEPT
        return Change.RENUMBERED if self._label_changed else Change.EDITED

    @property
    def _label_changed(self) -> bool:
        last = self.runs[-1]
        if last.op is not KEEP:  # the words behind the number stay
            return False
        old, new = (
            "".join(run.rich.text for run in self.runs if run.op is not left_out) for left_out in (INSERT, DELETE)
        )
        return only_label_changed(old, new)


def kept(paragraph: Paragraph) -> Node:
    """The node of an untouched paragraph."""
    runs = (Run(KEEP, paragraph.content.rich),) if paragraph.text else ()
    return Node(paragraph.identity, paragraph.head, paragraph.head, runs, source=paragraph)


def _read(nodes: Iterable[Node], *, new: bool) -> Iterator[Paragraph]:
    left_out = DELETE if new else INSERT
    group: list[Node] = []
    for node in nodes:
        if not (node.in_new if new else node.in_old):
            continue
        if node.starts_new if new else node.starts_old:
            if group:
                yield _paragraph(group, left_out)
            group = [node]
        elif any(run.op is not left_out for run in node.runs):
            if not group:
                raise ValueError("a redline begins with words that belong to no paragraph")
            group.append(node)
    if group:
        yield _paragraph(group, left_out)


def _paragraph(group: list[Node], left_out: Op) -> Paragraph:
    first = group[0]
    if len(group) == 1 and first.source is not None:
        return first.source
    rich = concat(run.rich for node in group for run in node.runs if run.op is not left_out)
    head = first.head if left_out is DELETE else first.old_head
    if head.attribute("literal"):
        head = literal_head(rich.text)
    return Paragraph(first.identity, Content(head, rich))


_TURNED = {KEEP: KEEP, INSERT: DELETE, DELETE: INSERT}


def _turned(node: Node) -> Node:
    return node._replace(
        old_head=node.head,
        head=node.old_head,
        runs=tuple(run._replace(op=_TURNED[run.op]) for run in node.runs),
        starts_old=node.starts_new,
        starts_new=node.starts_old,
        in_old=node.in_new,
        in_new=node.in_old,
    )


@dataclass(frozen=True)
class Redline:
    """`reject()` is the old text, `accept()` the new one, always and byte for byte.

    `steps`: how many it leads over, 0 for a text against itself. One of several shows the origin of every word, but
    knows less of places than its steps: edits are carried over these (`CarryOver`).
    """

    nodes: tuple[Node, ...]
    steps: int = field(default=1, compare=False, repr=False)

    @staticmethod
    def of(text: Text) -> Redline:
        """The redline of a text against itself."""
        return Redline(tuple(kept(paragraph) for paragraph in text), 0)

    def accept(self) -> Text:
        return tuple(_read(self.nodes, new=True))

    def reject(self) -> Text:
        return tuple(_read(self.nodes, new=False))

    def inverted(self) -> Redline:
        """The redline from the new text back to the old one."""
        return Redline(tuple(_turned(node) for node in self.nodes), self.steps)

    @property
    def changed(self) -> bool:
        return any(node.change is not Change.KEPT for node in self.nodes)
