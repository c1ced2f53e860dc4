"""Sentences of a merged text with their marks: what is shown to somebody who has to read edits together."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from amendments.text.model import concat
from amendments.text.redline import DELETE, INSERT, KEEP, Node, Redline, Run
from amendments.text.relations import Place, from_number
from amendments.text.sentences import sentence_starts, span_of

_Stretch = tuple[int, int, int]
"""A new paragraph (its number in the new text) and from where to where in it."""


@dataclass(frozen=True)
class Excerpt:
    """Whole sentences of one paragraph of the new text. `rank` counts its paragraphs, `start` (code points) is where in
    it they begin. Neighbouring sentences are one.
    """

    rank: int
    start: int
    node: Node

    @cached_property
    def text(self) -> str:
        """How it reads with the edits."""
        return concat(run.rich for run in self.node.runs if run.op is not DELETE).text


@dataclass(frozen=True, slots=True)
class _Placed:
    """A run with its beginning in the old and in the new paragraph, and all who changed it."""

    run: Run
    old: int
    new: int
    by: tuple[str, ...]

    @property
    def old_end(self) -> int:
        return self.old + (0 if self.run.op is INSERT else len(self.run.rich))

    @property
    def new_end(self) -> int:
        return self.new + (0 if self.run.op is DELETE else len(self.run.rich))

    def met(self, place: Place) -> tuple[int, int]:
        """What of it in the new paragraph lies at `place` of the old one, or touches that."""
        if self.run.op is not KEEP:
            return self.new, self.new_end
        first, last = max(self.old, place.start), min(self.old_end, place.end)
        return self.new + first - self.old, self.new + last - self.old


@dataclass
class _Paragraph:
    """A paragraph of the new text: the node that begins it, and its runs in their order."""

    node: Node
    runs: list[_Placed] = field(default_factory=list)
    length: int = 0

    @cached_property
    def text(self) -> str:
        return concat(placed.run.rich for placed in self.runs if placed.run.op is not DELETE).text

    def sentences(self, start: int, end: int) -> tuple[int, int]:
        starts = sentence_starts(self.text)
        return span_of(starts, self.length, start)[0], span_of(starts, self.length, max(start, end - 1))[1]

    def cut(self, start: int, end: int) -> Node:
        """What is struck where a sentence ends belongs to the next one, at the end of the paragraph to the last."""
        runs: list[Run] = []
        first = bisect_left(self.runs, start, key=lambda placed: placed.new_end)
        for placed in takewhile(lambda placed: placed.new <= end, from_number(self.runs, first)):
            if placed.run.op is DELETE:
                if placed.new < end or end == self.length:
                    runs.append(placed.run)
            elif placed.new < end and placed.new_end > start:
                words = placed.run.rich.slice(max(0, start - placed.new), end - placed.new)
                runs.append(placed.run._replace(rich=words))
        return Node(self.node.identity, self.node.head, self.node.head, tuple(runs))


class Excerpts:
    """Finds the sentences of a redline's new text, by places of its old text or by the edits that changed them."""

    def __init__(self, redline: Redline) -> None:
        self._paragraphs: list[_Paragraph] = []
        self._from: dict[str, dict[int, list[_Placed]]] = defaultdict(dict)
        self._known: dict[_Stretch, Excerpt] = {}
        self._read(redline.nodes)

    def at(self, places: Iterable[Place]) -> tuple[Excerpt, ...]:
        """The sentences into which these places have come, in text order, each once; gaps have none."""
        return self._cut(stretch for place in places if not place.gap for stretch in self._found(place))

    def of(self, edit: str) -> tuple[Excerpt, ...]:
        """The sentences that read otherwise through this edit; paragraphs that it struck are none."""
        return self._cut(self._by_edit.get(edit, ()))

    def joined(self, found: Iterable[Excerpt]) -> tuple[Excerpt, ...]:
        """Several findings as one: in text order, each sentence once."""
        return self._cut((each.rank, each.start, each.start + len(each.text)) for each in found)

    def _found(self, place: Place) -> Iterator[_Stretch]:
        for rank, runs in self._from.get(place.paragraph, {}).items():
            first = bisect_left(runs, place.start, key=lambda placed: placed.old_end)
            met = [each.met(place) for each in takewhile(lambda each: each.old <= place.end, from_number(runs, first))]
            if met:
                yield rank, min(start for start, _ in met), max(end for _, end in met)

    @cached_property
    def _by_edit(self) -> dict[str, list[_Stretch]]:
        found: dict[str, list[_Stretch]] = defaultdict(list)
        for rank, paragraph in enumerate(self._paragraphs):
            for placed in paragraph.runs:
                for edit in placed.by:
                    found[edit].append((rank, placed.new, placed.new_end))
        return found

    def _cut(self, stretches: Iterable[_Stretch]) -> tuple[Excerpt, ...]:
        whole: list[_Stretch] = []
        for found in sorted({(rank, *self._paragraphs[rank].sentences(*met)) for rank, *met in stretches}):
            before = whole[-1] if whole else (-1, 0, 0)
            if before[0] == found[0] and found[1] <= before[2]:
                whole[-1] = (*before[:2], max(before[2], found[2]))
            else:
                whole.append(found)
        return tuple(map(self._excerpt, whole))

    def _excerpt(self, stretch: _Stretch) -> Excerpt:
        """Of many changes in one sentence each pair finds the same one."""
        if stretch not in self._known:
            rank, start, end = stretch
            self._known[stretch] = Excerpt(rank, start, self._paragraphs[rank].cut(start, end))
        return self._known[stretch]

    def _read(self, nodes: Sequence[Node]) -> None:
        for node, (identity, begins) in zip(nodes, _origins(nodes), strict=True):
            if not node.has_new:
                continue
            if node.starts_new or not self._paragraphs:
                self._paragraphs.append(_Paragraph(node))
            paragraph = self._paragraphs[-1]
            here = self._from[identity].setdefault(len(self._paragraphs) - 1, [])
            whole = (*node.by, *node.retyped_by)
            old = begins
            for run in node.runs:
                placed = _Placed(run, old, paragraph.length, (*run.by, *whole))
                paragraph.runs.append(placed)
                here.append(placed)
                paragraph.length, old = placed.new_end, placed.old_end


def _origins(nodes: Sequence[Node]) -> Iterator[tuple[str, int]]:
    """For each node the old paragraph that its words come from ("": none) and where in it they begin. What was moved is
    found by the node that stands for it at its old place.
    """
    own: list[tuple[str, int]] = []
    moved: dict[str, tuple[str, int]] = {}
    identity, offset = "", 0
    for node in nodes:
        if not node.in_old:
            own.append(("", 0))
            continue
        if node.starts_old:
            identity, offset = node.identity, 0
        own.append((identity, offset))
        if node.move:
            moved.setdefault(node.move, (identity, offset))
        offset += sum(len(run.rich) for run in node.runs if run.op is not INSERT)
    for node, origin in zip(nodes, own, strict=True):
        yield origin if node.in_old else moved.get(node.move, origin)
