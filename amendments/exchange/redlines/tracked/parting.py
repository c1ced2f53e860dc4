"""What no file can change from the old into the new: it is struck at one place and put in at another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from amendments.text.model import CELL, Head, Kind
from amendments.text.redline import Node, Op, Run
from amendments.text.tidying import tidy_runs


def is_note(head: Head, footnotes: frozenset[str]) -> bool:
    return head.kind is Kind.FOOTNOTE and head.attribute("label") in footnotes


def place_of(head: Head, footnotes: frozenset[str]) -> str:
    """Where in a file such a paragraph stands: nothing can be changed from one place into another."""
    if head.kind is Kind.TABLE_ROW:
        return f"table {head.attribute('table')}"
    return f"note {head.attribute('label')}" if is_note(head, footnotes) else ""


def told_apart(node: Node, footnotes: frozenset[str]) -> tuple[Node, ...]:
    """A node that a file cannot change from the old into the new one is struck and put in anew."""
    if not (node.has_old and node.has_new):
        return (node,)
    one_place = place_of(node.head, footnotes) == place_of(node.old_head, footnotes)
    if one_place and not _cells_changed(node):
        return (node,)
    return _only_old(node), _only_new(node)


def _cells_changed(node: Node) -> bool:
    return node.head.kind is Kind.TABLE_ROW and any(
        run.op is not Op.KEEP and CELL in run.rich.text for run in tidy_runs(node.runs)
    )


def _only_old(node: Node) -> Node:
    runs = tuple(
        Run(Op.DELETE, run.rich, run.by or node.by or node.retyped_by) for run in node.runs if run.op is not Op.INSERT
    )
    by = node.by or node.retyped_by or _authors(runs)
    return node._replace(head=node.old_head, runs=runs, in_new=False, starts_new=False, by=by, source=None)


def _only_new(node: Node) -> Node:
    runs = tuple(
        Run(Op.INSERT, run.rich, run.by or node.by or node.retyped_by) for run in node.runs if run.op is not Op.DELETE
    )
    by = node.by or node.retyped_by or _authors(runs)
    return node._replace(old_head=node.head, runs=runs, in_old=False, starts_old=False, by=by, source=None)


def _authors(runs: Iterable[Run]) -> tuple[str, ...]:
    return tuple(sorted({name for run in runs for name in run.by}))


def unbroken(nodes: Sequence[Node]) -> list[Node]:
    """No paragraph runs on behind a table, and none is a part of one of another kind: what was is struck before the
    place and put in behind it, or the other way.
    """
    found: list[Node] = []
    old, new = _Break(), _Break()
    for node in nodes:
        rows = node.head.kind is Kind.TABLE_ROW
        if rows or (_splits(node) and not _alike(old.head, new.head, node.head)):
            old.open_at(len(found))
        if rows or (_joins(node) and not _alike(new.head, old.head, node.old_head)):
            new.open_at(len(found))
        put_in = node
        if old.place is not None and node.has_old and not node.starts_old:
            _put(found, old.place, _only_old(node), (old, new))
            put_in = _only_new(node)
        elif new.place is not None and node.has_new and not node.starts_new:
            _put(found, new.place, _only_new(node), (old, new))
            put_in = _only_old(node)
        if node.in_old and node.starts_old:
            old.begin(node.old_head, open_=rows)
        if node.in_new and node.starts_new:
            new.begin(node.head, open_=rows)
        found.append(put_in)
    return found


@dataclass
class _Break:
    """Of one text: the paragraph that is being read, and the place before which whatever goes on with it has to
    stand, if it must not stand here.
    """

    head: Head = field(default_factory=Head)
    place: int | None = None

    def open_at(self, place: int) -> None:
        self.place = place if self.place is None else self.place

    def begin(self, head: Head, *, open_: bool) -> None:
        self.head = head
        self.place = self.place if open_ else None


def _put(found: list[Node], place: int, node: Node, breaks: Iterable[_Break]) -> None:
    found.insert(place, node)
    for each in breaks:
        if each.place is not None and each.place >= place:
            each.place += 1


def _splits(node: Node) -> bool:
    return node.has_old and not node.starts_old and node.in_new and node.starts_new


def _joins(node: Node) -> bool:
    return node.has_new and not node.starts_new and node.in_old and node.starts_old


def _alike(*heads: Head) -> bool:
    """Word processors differ in what a paragraph becomes of which two kinds are one."""
    return len({(head.kind, head.level) for head in heads}) == 1
