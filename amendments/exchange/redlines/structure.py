"""The redline as JSON values, for programs: exact, every paragraph in it.

The `keep` and `delete` runs give the old text, `keep` and `insert` the new one. Each entry of `paragraphs` begins a
paragraph in the texts it has words in; where it begins one in only one of them its first run is a `break` without
words: inserted by a split, deleted by a join.
"""

from __future__ import annotations

from amendments.exchange.redlines.paper import Paper, exact
from amendments.text.model import Head, Rich
from amendments.text.redline import Change, Node, Op, Run

Json = dict[str, object]


def to_json(paper: Paper) -> Json:
    """`{"paragraphs": [...]}`; see docs/commands.md for every key."""
    return {"paragraphs": [_paragraph(paper, node) for node in paper.nodes]}


def _paragraph(paper: Paper, node: Node) -> Json:
    entry: Json = {**_head(node.head), "change": node.change.value}
    if node.move:
        entry["move"] = node.move
    if node.head != node.old_head and node.has_old and node.has_new:
        entry["was"] = _head(node.old_head)
    entry["runs"] = [*_breaks(paper, node), *(_run(paper, run) for run in exact(node))]
    return entry


def _head(head: Head) -> Json:
    attributes = {key: value for key, value in head.attributes if key != "literal"}
    return {"kind": head.kind.value, "level": head.level, **({"attributes": attributes} if attributes else {})}


def _breaks(paper: Paper, node: Node) -> list[Json]:
    op = {Change.SPLIT: Op.INSERT, Change.JOINED: Op.DELETE}.get(node.change)
    return [{**_run(paper, Run(op, Rich(), node.by)), "break": True}] if op else []


def _run(paper: Paper, run: Run) -> Json:
    entry: Json = {"op": run.op.value, "text": run.rich.text}
    entry["marks"] = [[mark.start, mark.end, mark.name.value, mark.target] for mark in run.rich.marks]
    if numbers := paper.numbers(run.by):
        entry["by"] = [paper.people[number - 1] for number in numbers]
    return entry
