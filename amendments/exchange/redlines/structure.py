"""The redline as JSON values, for programs: exact, every paragraph in it.

The `keep` and `delete` runs give the old text, `keep` and `insert` the new one. An entry of `paragraphs` belongs to the
texts it has runs of, with words or without, and begins a paragraph in each of them; where it begins one in only one of
two its first run is a `break` without words: inserted by a split, deleted by a join. Words that begin no paragraph in
any text they belong to (the second half of a paragraph that was split and then moved, where it stood) stand in the
entry whose paragraph goes on with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from amendments.exchange.redlines.paper import Paper, exact
from amendments.text.model import Head, Rich
from amendments.text.redline import Change, Node, Op, Run

Json = dict[str, object]
OLD, NEW = (Op.KEEP, Op.DELETE), (Op.KEEP, Op.INSERT)
"""The runs of each text."""


def to_json(paper: Paper) -> Json:
    """`{"paragraphs": [...]}`; see docs/commands.md for every key."""
    return {"paragraphs": [_paragraph(paper, entry) for entry in _entries(paper.nodes)]}


@dataclass
class _Entry:
    """A node that begins a paragraph, and the runs of it and of those that begin none, each with its node's move."""

    node: Node
    runs: list[tuple[Run, str]] = field(default_factory=list)


def _entries(nodes: Sequence[Node]) -> list[_Entry]:
    entries: list[_Entry] = []
    latest: dict[tuple[Op, Op], _Entry] = {}  # the one whose paragraph goes on, in each text
    for node in nodes:
        begins = [ops for ops, in_it, starts in _sides(node) if in_it and starts]
        if begins:
            entry = _Entry(node, [(run, node.move) for run in exact(node)])
            entries.append(entry)
            latest |= dict.fromkeys(begins, entry)
        else:
            _go_on(latest, node)
    return entries


def _sides(node: Node) -> tuple[tuple[tuple[Op, Op], bool, bool], ...]:
    """For each text whether the node has anything in it, and whether a paragraph begins there."""
    return (OLD, node.has_old, node.starts_old), (NEW, node.has_new, node.starts_new)


def _go_on(latest: dict[tuple[Op, Op], _Entry], node: Node) -> None:
    """Words that one text alone has, or both in one paragraph, stay as they are; else they stand in both places."""
    parted = latest.get(OLD) is not latest.get(NEW)
    for run in exact(node):
        if run.op is Op.KEEP and parted:
            latest[OLD].runs.append((run._replace(op=Op.DELETE), node.move))
            latest[NEW].runs.append((run._replace(op=Op.INSERT), node.move))
        else:
            latest[NEW if run.op is Op.INSERT else OLD].runs.append((run, node.move))


def _paragraph(paper: Paper, entry: _Entry) -> Json:
    node = entry.node
    said: Json = {**_head(node.head), **_change(node)}
    if node.move:
        said["move"] = node.move
    if node.head != node.old_head and node.has_old and node.has_new:
        said["was"] = _head(node.old_head)
    runs = [_run(paper, run, move if move != node.move else "") for run, move in entry.runs]
    said["runs"] = [*_borders(paper, entry), *runs]
    return said


def _change(node: Node) -> Json:
    """One of eight words; that only a number has changed is said beside it."""
    if node.change is not Change.RENUMBERED:
        return {"change": node.change.value}
    change = Change.RETYPED if node.head != node.old_head else Change.EDITED
    return {"change": change.value, "renumbered": True}


def _head(head: Head) -> Json:
    attributes = {key: value for key, value in head.attributes if key != "literal"}
    return {"kind": head.kind.value, "level": head.level, **({"attributes": attributes} if attributes else {})}


def _borders(paper: Paper, entry: _Entry) -> list[Json]:
    """The break of a split or a join, and a run without words for a text in which the paragraph is empty."""
    node = entry.node
    op = {Change.SPLIT: Op.INSERT, Change.JOINED: Op.DELETE}.get(node.change)
    if op:
        return [{**_run(paper, Run(op, Rich(), node.by)), "break": True}]
    there = [run.op for run, _ in entry.runs]
    empty = [ops for ops, in_it, _ in _sides(node) if in_it and not any(op in ops for op in there)]
    if len(empty) == 2:
        return [_run(paper, Run(Op.KEEP, Rich()))]
    return [_run(paper, Run(ops[1], Rich(), node.by)) for ops in empty]


def _run(paper: Paper, run: Run, move: str = "") -> Json:
    entry: Json = {"op": run.op.value, "text": run.rich.text}
    entry["marks"] = [[mark.start, mark.end, mark.name.value, mark.target] for mark in run.rich.marks]
    if move:
        entry["move"] = move
    if names := paper.names(run.by):
        entry["by"] = names
    return entry
