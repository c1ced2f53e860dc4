"""Edits applied to a redline: the one place where a text changes.

All hunks speak of the redline's new text as it was before, whatever their number; they must not contradict one another
(`relations`). The order in which they are given plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from amendments.text.hunks import START, Delete, Edit, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import Content, Head, Paragraph, Rich, Text, concat, new_identity
from amendments.text.redline import DELETE, INSERT, KEEP, Node, Redline, Run, as_run

_INSIDE = (Replace, Split, Retype)
"""Of one paragraph; it stays where it is."""
_INSERTION, _SPLIT, _REPLACEMENT = 0, 1, 2
Authors = tuple[str, ...]


@dataclass
class _Group:
    """One paragraph of the new text: its nodes, and nodes behind it that count only in the old text."""

    identity: str
    nodes: list[Node] = field(default_factory=list)
    trailing: list[Node] = field(default_factory=list)


class _Claim(NamedTuple):
    """A hunk with everybody who wants it and the place of new paragraphs' names in the first one's edit."""

    hunk: Hunk
    by: Authors
    seed: tuple[str, int]
    rank: int


_Event = tuple[int, int, _Claim]
"""Where in its paragraph, of which kind, and what."""


def _claims(edits: Iterable[Edit], order: Sequence[str]) -> list[_Claim]:
    """Each distinct hunk once. `order` (edit ids) ranks insertions that meet at one place.

    Hunks of one edit that meet in one gap stand as they are listed, and twice if they are listed twice: only an import
    does that.
    """
    edits = tuple(edits)
    if len(edits) == 1:  # nobody else can want the same: nothing to look up
        (edit,) = edits
        return [_Claim(hunk, (edit.id,), (edit.id, ordinal), 0) for ordinal, hunk in enumerate(edit.hunks)]
    ranks = {edit_id: rank for rank, edit_id in enumerate(order)}
    numbers: dict[Hunk, int] = {}  # each hunk is hashed once: that is what costs here
    authors: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for edit in edits:
        times: dict[int, int] = defaultdict(int)
        for ordinal, hunk in enumerate(edit.hunks):
            number = numbers.setdefault(hunk, len(numbers))
            authors[number, times[number]].setdefault(edit.id, ordinal)
            times[number] += 1
    hunks = list(numbers)
    claims = []
    for (number, _), ordinals in authors.items():
        by = tuple(sorted(ordinals))
        rank = min(ranks.get(name, len(ranks)) for name in by)
        claims.append(_Claim(hunks[number], by, (by[0], ordinals[by[0]]), rank))
    return sorted(claims, key=lambda claim: (claim.rank, claim.seed))


def apply_edits(redline: Redline, edits: Iterable[Edit], order: Sequence[str] = ()) -> Redline:
    """The redline from the same old text to the new text with `edits` in it. Linear in nodes and hunks.

    Words keep the authors of earlier edits; what an earlier edit inserted and a later one strikes is gone without a
    trace.
    """
    claims = _claims(edits, order)
    if not claims:
        return redline
    leading, groups = _group(redline.nodes)
    _change_words(groups, claims)
    others = [claim for claim in claims if not isinstance(claim.hunk, _INSIDE)]
    removed_moves = _change_boundaries(groups, others)
    nodes = _place(leading, groups, others)
    return Redline(tuple(_tidied(nodes, removed_moves)), redline.steps + 1)


def apply(base: Text, edits: Iterable[Edit], order: Sequence[str] = ()) -> Text:
    """The text with `edits` in it."""
    return apply_edits(Redline.of(base), edits, order).accept()


def _group(nodes: Iterable[Node]) -> tuple[list[Node], dict[str, _Group]]:
    leading: list[Node] = []
    groups: dict[str, _Group] = {}
    group: _Group | None = None
    for node in nodes:
        if node.in_new and node.starts_new:
            group = groups[node.identity] = _Group(node.identity, [node])
        elif group is None:
            leading.append(node)
        elif node.has_new:
            group.nodes += [*group.trailing, node]
            group.trailing = []
        else:
            group.trailing.append(node)
    return leading, groups


# --- words inside a paragraph


def _change_words(groups: dict[str, _Group], claims: list[_Claim]) -> None:
    events: dict[str, list[_Event]] = defaultdict(list)
    for claim in claims:
        hunk = claim.hunk
        if isinstance(hunk, Replace):
            kind = _INSERTION if hunk.start == hunk.end else _REPLACEMENT
            events[hunk.paragraph].append((hunk.start, kind, claim))
        elif isinstance(hunk, Split):
            events[hunk.paragraph].append((hunk.offset, _SPLIT, claim))
        elif isinstance(hunk, Retype):
            group = groups[hunk.paragraph]
            group.nodes[0] = group.nodes[0]._replace(head=hunk.new, retyped_by=claim.by, source=None)
    for identity, found in events.items():
        found.sort(key=itemgetter(0, 1))
        nodes = groups[identity].nodes
        runs = _words_changed(nodes[0].source, found) if len(nodes) == 1 and nodes[0].source else None
        groups[identity].nodes = (
            [nodes[0]._replace(runs=runs, source=None)] if runs else _Rewriter(found).rewrite(nodes)
        )


def _words_changed(source: Paragraph, events: Iterable[_Event]) -> tuple[Run, ...] | None:
    """The runs of a paragraph in which nothing had changed and now only words have: what most are, in a third of the
    time. None where more has to be looked at.
    """
    rich = source.content.rich
    runs: list[Run] = []
    here = 0
    for start, _, claim in events:
        hunk = claim.hunk
        if not isinstance(hunk, Replace) or start < here:
            return None
        if start > here:
            runs.append(as_run((KEEP, rich.slice(here, start), ())))
        here = hunk.end
        if here > start:
            runs.append(as_run((DELETE, rich.slice(start, here), claim.by)))
        if hunk.new.text:
            runs.append(as_run((INSERT, hunk.new, claim.by)))
    if here < len(rich.text):
        runs.append(as_run((KEEP, rich.slice(here, len(rich.text)), ())))
    return tuple(runs) if here <= len(rich.text) else None


class _Rewriter:
    """Walks the runs of one paragraph once and carries out the sorted events (offset, kind, claim) on the way."""

    def __init__(self, events: list[_Event]) -> None:
        self.events = events
        self.next = 0
        self.position = 0
        self.striking: tuple[int, _Claim] | None = None
        self.inserted: tuple[Run, Run] | None = None
        """A run of an earlier edit and what of it came last: struck in the middle, it stays one run, one hunk's."""
        self.out: list[tuple[Node, list[Run]]] = []

    def rewrite(self, nodes: list[Node]) -> list[Node]:
        for node in nodes:
            self.out.append((node, []))
            if not node.has_new:
                self.out[-1][1].extend(node.runs)
                continue
            for run in node.runs:
                if run.op is DELETE:
                    self.out[-1][1].append(run)
                else:
                    self._walk(run)
        self._carry_out_events()
        return [node._replace(runs=tuple(runs), source=None) for node, runs in self.out]

    def _walk(self, run: Run) -> None:
        rich = run.rich
        begin, end = self.position, self.position + len(rich.text)
        while self.position < end:
            self._carry_out_events()
            stop = end
            if self.striking:
                stop = min(end, self.striking[0])
            elif self.next < len(self.events):
                stop = min(end, self.events[self.next][0])
            whole = stop - self.position == end - begin
            self._emit(run, rich if whole else rich.slice(self.position - begin, stop - begin))
            self.position = stop
            if self.striking and stop == self.striking[0]:
                claim, self.striking = self.striking[1], None
                self._insert(claim)

    def _emit(self, run: Run, part: Rich) -> None:
        runs = self.out[-1][1]
        if not self.striking:
            if self.inserted and self.inserted[0] is run and runs and runs[-1] is self.inserted[1]:
                part = concat((runs.pop().rich, part))
            runs.append(run if part is run.rich else Run(run.op, part, run.by))
            self.inserted = (run, runs[-1]) if run.op is INSERT else None
        elif run.op is KEEP:
            runs.append(Run(DELETE, part, self.striking[1].by))

    def _insert(self, claim: _Claim) -> None:
        hunk = claim.hunk
        if isinstance(hunk, Replace) and hunk.new.text:
            self.out[-1][1].append(Run(INSERT, hunk.new, claim.by))

    def _carry_out_events(self) -> None:
        while not self.striking and self.next < len(self.events) and self.events[self.next][0] == self.position:
            _, kind, claim = self.events[self.next]
            self.next += 1
            if kind == _INSERTION:
                self._insert(claim)
            elif kind == _REPLACEMENT and isinstance(claim.hunk, Replace):
                self.striking = (claim.hunk.end, claim)
            elif isinstance(claim.hunk, Split):
                node = self.out[-1][0]
                self.out.append((_new_node(claim, 0, claim.hunk.head, in_old=node.in_old), []))


def _new_node(claim: _Claim, ordinal: int, head: Head, *, in_old: bool = True) -> Node:
    identity = new_identity(*claim.seed, ordinal)
    return Node(identity, head, head, (), starts_old=False, starts_new=True, in_old=in_old, by=claim.by)


def _inserted(claim: _Claim, contents: Iterable[Content]) -> list[Node]:
    nodes = []
    for ordinal, content in enumerate(contents):
        runs = (Run(INSERT, content.rich, claim.by),) if content.text else ()
        nodes.append(_new_node(claim, ordinal, content.head)._replace(runs=runs))
    return nodes


# --- paragraphs struck and joined


def _struck(node: Node, by: Authors) -> Node:
    runs = tuple(Run(DELETE, run.rich, by) if run.op is KEEP else run for run in node.runs if run.op is not INSERT)
    return node._replace(runs=runs, starts_new=False, by=by, head=node.old_head, source=None)


def _change_boundaries(groups: dict[str, _Group], claims: list[_Claim]) -> dict[str, Authors]:
    """Strikes and joins paragraphs. Returns who struck a paragraph that had been moved here, by move."""
    removed: dict[str, Authors] = {}
    for claim in claims:
        hunk = claim.hunk
        if isinstance(hunk, Delete):
            group = groups[hunk.paragraph]
            removed |= {node.move: claim.by for node in group.nodes if not node.in_old and node.move}
            group.nodes = [_struck(node, claim.by) if node.in_new else node for node in group.nodes]
            group.nodes = [node for node in group.nodes if node.in_old]
        elif isinstance(hunk, Join):
            nodes = groups[hunk.right].nodes
            nodes[0] = nodes[0]._replace(starts_new=False, by=claim.by, source=None)
    return removed


# --- paragraphs inserted and moved


def _place(leading: list[Node], groups: dict[str, _Group], claims: list[_Claim]) -> list[Node]:
    if not claims:
        return [*leading, *(node for group in groups.values() for node in (*group.nodes, *group.trailing))]
    arrivals: dict[str, list[_Claim]] = defaultdict(list)
    inner: set[str] = set()
    moved: dict[str, _Claim] = {}
    for claim in claims:
        hunk = claim.hunk
        if isinstance(hunk, Insert | Move):
            arrivals[hunk.gap.after].append(claim)
        if isinstance(hunk, Move):
            inner.update(hunk.block[:-1])
            moved |= dict.fromkeys(hunk.block, claim)
    return _Placer(groups, arrivals, inner, moved).place(leading)


class _Placer:
    def __init__(
        self, groups: dict[str, _Group], arrivals: Mapping[str, list[_Claim]], inner: set[str], moved: dict[str, _Claim]
    ) -> None:
        self.groups, self.arrivals, self.inner, self.moved = groups, arrivals, inner, moved
        self.out: list[Node] = []

    def place(self, leading: list[Node]) -> list[Node]:
        self.out += leading
        self._fill(START)
        for identity, group in self.groups.items():
            if identity in self.moved:
                claim = self.moved[identity]
                self.out += [away for node in group.nodes if (away := _away(node, claim.by)) is not None]
            else:
                self.out += group.nodes
            self.out += group.trailing
            if identity not in self.inner:
                self._fill(identity)
        return self.out

    def _fill(self, gap: str) -> None:
        for claim in self.arrivals.get(gap, ()):
            if isinstance(claim.hunk, Insert):
                self.out += _inserted(claim, claim.hunk.contents)
            elif isinstance(claim.hunk, Move):
                self._arrive(claim, claim.hunk)

    def _arrive(self, claim: _Claim, move: Move) -> None:
        for identity in move.block:
            self.out += [_here(node, claim.by) for node in self.groups[identity].nodes if node.in_new]
            if identity != move.block[-1]:
                self._fill(identity)


def _away(node: Node, by: Authors) -> Node | None:
    """What remains of a moved node at its old place: its old words, struck; None if it had none."""
    if not node.in_new:
        return node
    if not node.has_old:
        return None
    runs = tuple(run if run.op is DELETE else Run(DELETE, run.rich, by) for run in node.runs if run.op is not INSERT)
    return node._replace(
        runs=runs, in_new=False, starts_new=False, by=by, head=node.old_head, move=node.identity, source=None
    )


def _here(node: Node, by: Authors) -> Node:
    """The moved node at its new place; what was only inserted or moved before simply stands elsewhere now."""
    if not node.has_old:
        return node
    return node._replace(in_old=False, starts_old=False, by=by, move=node.identity, source=None)


def _tidied(nodes: list[Node], removed_moves: dict[str, Authors]) -> list[Node]:
    """Nodes that begin a paragraph in neither text flow into the one before; empty ones vanish; lost moves become
    deletions.
    """
    out: list[Node] = []
    for each in nodes:
        lost = each.move in removed_moves and not each.in_new
        node = _struck_by(each, removed_moves[each.move]) if lost else each
        if node.starts_old or node.starts_new:
            out.append(node)
        elif node.runs:
            last = out[-1] if out else None
            if last is not None and (last.in_old, last.in_new, last.move) == (node.in_old, node.in_new, node.move):
                out[-1] = last._replace(runs=last.runs + node.runs, source=None)
            else:
                out.append(node)
    return out


def _struck_by(node: Node, by: Authors) -> Node:
    """What a move left behind, now that the moved paragraph has been struck."""
    return node._replace(move="", by=by, in_new=True, runs=tuple(run._replace(by=by) for run in node.runs))
