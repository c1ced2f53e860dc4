"""A redline as elements: a paragraph of a file is in both texts, or in one. What goes on in one of them in another
paragraph, after a split or a join, is struck in the one and put in in the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from amendments.exchange.item_numbers import item_labels
from amendments.text.model import CELL, Head, Kind, literal_head
from amendments.text.redline import Node, Op, Run
from amendments.text.tidying import tidy_runs


@dataclass
class Part:
    """A paragraph. `op`: the texts that have it; `label`, `old_label`: the number that a list item carries there."""

    identity: str
    op: Op
    head: Head
    old_head: Head
    runs: list[Run] = field(default_factory=list)
    by: tuple[str, ...] = ()
    label: str = ""
    old_label: str = ""

    def words(self, gone: Op) -> str:
        return "".join(run.rich.text for run in self.runs if run.op is not gone)


def parts_of(nodes: Iterable[Node]) -> list[Part]:
    found = [part for whole in _gathered(nodes) for part in _settled(whole)]
    new = item_labels((part.head, part.op is not Op.DELETE) for part in found)
    old = item_labels((part.old_head, part.op is not Op.INSERT) for part in found)
    for part, label, old_label in zip(found, new, old, strict=True):
        part.label, part.old_label = label, old_label
    return found


def _gathered(nodes: Iterable[Node]) -> list[Part]:
    found: list[Part] = []
    old: Part | None = None
    new: Part | None = None
    for node in nodes:
        begins_old, begins_new = node.in_old and node.starts_old, node.in_new and node.starts_new
        if begins_old and begins_new:
            old = new = Part(node.identity, Op.KEEP, node.head, node.old_head, by=node.retyped_by or node.by)
            found.append(old)
        else:
            if begins_old:
                old = Part(node.identity, Op.DELETE, node.old_head, node.old_head, by=node.by)
                found.append(old)
            if begins_new:
                new = Part(node.identity, Op.INSERT, node.head, node.head, by=node.by)
                found.append(new)
        _add(node, old, new)
    return found


def _add(node: Node, old: Part | None, new: Part | None) -> None:
    """Words that both texts have in one paragraph stay; else each text has them in its own."""
    if node.in_old and node.in_new and old is new and old is not None:
        old.runs += tidy_runs(node.runs)
        return
    for part, there, op, gone in ((old, node.in_old, Op.DELETE, Op.INSERT), (new, node.in_new, Op.INSERT, Op.DELETE)):
        if there and part is not None:
            part.runs += [Run(op, run.rich, run.by or node.by) for run in node.runs if run.op is not gone]


# --- what cannot be one element


def _settled(part: Part) -> Iterator[Part]:
    """The part, or one for each text where no element can be both; signs of headings become what they mean."""
    head, old_head = _said(part.head, part.words(Op.DELETE)), _said(part.old_head, part.words(Op.INSERT))
    if part.op is not Op.KEEP:
        head = old_head = old_head if part.op is Op.DELETE else head
    part = replace(part, head=head, old_head=old_head)
    whole = part.op is not Op.KEEP or (
        _alike(part.head, part.old_head) and not _cells_changed(part) and _one_sign(part)
    )
    for each in [part] if whole else _apart(part):
        sign = each.head.level + 1 if each.head.kind is Kind.HEADING and each.head.attribute("literal") else 0
        yield replace(each, runs=_without(each.runs, sign))


def _said(head: Head, words: str) -> Head:
    """In a literal text the words say what a paragraph is."""
    return literal_head(words) if head.attribute("literal") else head


def _alike(one: Head, other: Head) -> bool:
    keys = ("table", "header", "label")
    return (one.kind, one.level, *map(one.attribute, keys)) == (other.kind, other.level, *map(other.attribute, keys))


def _cells_changed(part: Part) -> bool:
    return any(run.op is not Op.KEEP and CELL in run.rich.text for run in part.runs)


def _one_sign(part: Part) -> bool:
    """Whether the sign of a heading stands in one run, or there is none."""
    if part.head.kind is not Kind.HEADING or not part.head.attribute("literal"):
        return True
    return part.runs[0].op is Op.KEEP and len(part.runs[0].rich) > part.head.level


def _apart(part: Part) -> Iterator[Part]:
    for op, gone, head in ((Op.DELETE, Op.INSERT, part.old_head), (Op.INSERT, Op.DELETE, part.head)):
        runs = [Run(op, run.rich, run.by or part.by) for run in part.runs if run.op is not gone]
        by = part.by or tuple(sorted({name for run in part.runs for name in run.by}))
        yield Part(part.identity, op, head, head, runs, by)


def _without(runs: list[Run], left: int) -> list[Run]:
    """Without the first `left` characters."""
    found = []
    for run in runs:
        cut = min(left, len(run.rich))
        left -= cut
        if cut < len(run.rich):
            found.append(run._replace(rich=run.rich.slice(cut, len(run.rich))) if cut else run)
    return found
