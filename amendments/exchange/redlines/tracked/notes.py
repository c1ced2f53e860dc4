"""Footnotes that a word processor counts by itself."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from amendments.text.model import Kind, MarkName
from amendments.text.numbering import NEW_NOTE
from amendments.text.redline import Node, Op


def footnotes(nodes: Iterable[Node], *, once: bool = False) -> dict[str, int]:
    """Numbers in the file of the footnotes whose labels a word processor counts by itself: 1, 2 … in both texts, of
    which some may be struck, with new ones between them that are not counted yet. `once`: it has one sign for each note
    alone.
    """
    nodes = list(nodes)
    new, old = (_named(nodes, gone=gone) for gone in (Op.DELETE, Op.INSERT))
    if not once:
        new, old = list(dict.fromkeys(new)), list(dict.fromkeys(old))
    counts = all(map(_counted, (new, old)))
    written = {node.head.attribute("label") for node in nodes if node.head.kind is Kind.FOOTNOTE}
    labels = dict.fromkeys([*old, *new])
    if not counts or written != set(labels):
        return {}
    return {label: rank for rank, label in enumerate(labels, 1)}


def _counted(labels: Iterable[str]) -> bool:
    numbers = [label for label in labels if not label.startswith(NEW_NOTE)]
    return all(map(str.isdecimal, numbers)) and all(int(one) < int(other) for one, other in pairwise(numbers))


def _named(nodes: Iterable[Node], gone: Op) -> list[str]:
    """The labels one text refers to, in order."""
    return [
        mark.target
        for node in nodes
        if (node.has_new if gone is Op.DELETE else node.has_old)
        for run in node.runs
        if run.op is not gone
        for mark in run.rich.marks
        if mark.name is MarkName.FOOTNOTE_REF
    ]
