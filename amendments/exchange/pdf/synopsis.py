"""The synopsis on wide paper: a text on the left, other wordings beside it, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, Protocol

from amendments.exchange.item_numbers import item_labels
from amendments.exchange.pdf.blocks import (
    Block,
    Headings,
    Item,
    aside,
    cell,
    cell_of,
    lines_of,
    paragraph,
    rich,
    sentence,
    small,
    strong,
    table,
    words,
)
from amendments.exchange.pdf.clean import sign_of
from amendments.exchange.pdf.redline import Redlined, legend
from amendments.exchange.pdf.setting import printed
from amendments.exchange.redlines.paper import Paper, Person, changed
from amendments.exchange.words import GERMAN, NN_, Speech, counted
from amendments.text.model import Content, Kind
from amendments.text.redline import Node
from amendments.text.whereabouts import heading_words, headings_above

UNCHANGED = NN_("%(num)d Absatz unverändert", "%(num)d Absätze unverändert")
MOST: Final = 9
"""Columns beside the left one that still have room."""
_SIZES = {2: 10.0, 3: 9.5, 4: 9.0, 5: 8.5, 7: 9.0, 8: 8.5}
_SMALLEST = 8.0
_MOST_ON_A4 = 6


class Row(Protocol):
    """A paragraph of the left text, or what others put behind it (`base` -1: before the first). `cells`: by column,
    ranks of the nodes that stand there.
    """

    @property
    def base(self) -> int: ...
    @property
    def behind(self) -> bool: ...
    @property
    def cells(self) -> tuple[tuple[int, ...], ...]: ...


@dataclass(frozen=True)
class SynopsisRow:
    base: int
    behind: bool
    cells: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class SynopsisColumn:
    """A text as a redline over the left one. `people` and `by`: who wants a change, as in `redlines.Paper`."""

    title: str
    nodes: tuple[Node, ...]
    people: tuple[Person, ...] = ()
    by: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Synopsis:
    """`left`: the name of the text on the left, `base` its contents. `whole`: unchanged rows are shown too."""

    title: str
    left: str
    base: tuple[Content, ...]
    columns: tuple[SynopsisColumn, ...]
    rows: tuple[Row, ...]
    lines: tuple[str, ...] = ()
    whole: bool = False
    speech: Speech = GERMAN


def synopsis_pdf(synopsis: Synopsis) -> bytes:
    drawn = _Drawn(synopsis)
    known = Paper((), "", "", tuple(person for column in synopsis.columns for person in column.people))
    title = drawn.chapters.heading(1, synopsis.speech.gettext("Gegenüberstellung"))
    blocks = [*map(sentence, synopsis.lines), paragraph(legend(known)), title, drawn.table()]
    large = len(synopsis.columns) + 1 > _MOST_ON_A4
    return printed(synopsis.title, blocks, synopsis.speech, size=drawn.size, wide=True, large=large)


class _Drawn:
    def __init__(self, synopsis: Synopsis) -> None:
        self.synopsis, self.speech = synopsis, synopsis.speech
        self.size = _SIZES.get(len(synopsis.columns) + 1, _SMALLEST)
        self.labels = list(item_labels((content.head, True) for content in synopsis.base))
        self.headings = headings_above(synopsis.base)
        self.chapters = Headings()
        self.first = [1, *accumulate((lines_of(content.rich) for content in synopsis.base), initial=1)][1:]
        self.redlined = [
            Redlined(
                Paper(column.nodes, "", "", column.people, column.by, speech=self.speech), size=self.size, inside=True
            )
            for column in synopsis.columns
        ]

    def table(self) -> Block:
        titles = (self.synopsis.left, *(column.title for column in self.synopsis.columns))
        header = [cell([strong(title)]) for title in titles]
        return table([1] * len(titles), list(self._rows(len(titles))), header)

    def _rows(self, width: int) -> Iterator[list[Block]]:
        skipped, above = 0, ""
        for row in self.synopsis.rows:
            if not (self.synopsis.whole or self._changed(row)):
                skipped += 1
                continue
            here = self.headings[row.base] if row.base >= 0 else ""
            own = not row.behind and self.synopsis.base[row.base].kind is Kind.HEADING
            heading = here if here != above and not own else ""
            yield from self._between(skipped, heading, width)
            yield [self._left(row), *map(self._cell, row.cells, self.redlined, self.synopsis.columns)]
            skipped, above = 0, here
        yield from self._between(skipped, "", width)

    def _between(self, skipped: int, heading: str, width: int) -> Iterator[list[Block]]:
        """What was left out, and the heading below which the next row stands."""
        found: list[Block] = []
        if skipped:
            found.append(paragraph([small(f"… {self.speech.said(counted(skipped, *UNCHANGED))} …")]))
        if heading:
            found.append(self.chapters.heading(2, heading))
        if found:
            yield [cell_of(found, span=width, quiet=True)]

    def _changed(self, row: Row) -> bool:
        return row.behind or any(
            changed(column.nodes[rank])
            for column, ranks in zip(self.synopsis.columns, row.cells, strict=True)
            for rank in ranks
        )

    def _left(self, row: Row) -> Block:
        if row.behind:
            return cell([aside(self.speech.gettext("(nicht enthalten)"))])
        content, first = self.synopsis.base[row.base], self.first[row.base]
        last = first + lines_of(content.rich) - 1
        lines = small(str(first) if first == last else f"{first}–{last}")
        spoken: Item = {"say": f"{self.speech.gettext('Zeile')} "}
        label = self.labels[row.base]
        items = [spoken, lines, " ", *words(f"{label} " if label else ""), *_words(content)]
        if content.kind is Kind.HEADING:
            return cell_of([self.chapters.heading(2, heading_words(content), items)])
        return cell(items)

    def _cell(self, ranks: Sequence[int], redlined: Redlined, column: SynopsisColumn) -> Block:
        nodes = [column.nodes[rank] for rank in ranks]
        if not nodes:
            return cell([aside(self.speech.gettext("(nicht enthalten)"))])
        if not any(map(changed, nodes)):
            return cell([aside(self.speech.gettext("unverändert"))])
        return cell_of([block for node in nodes for block in _flat(redlined, node)])


def _flat(redlined: Redlined, node: Node) -> list[Block]:
    """A row of a table on one line: a table has no room in a cell."""
    return redlined.on_lines(node) if node.head.kind is Kind.TABLE_ROW else redlined.drawn([node])


def _words(content: Content) -> list[Item]:
    if content.kind is Kind.TABLE_ROW:
        return [
            item
            for number, each in enumerate(content.rich.cells())
            for item in ([" | "] if number else []) + rich(each)
        ]
    return rich(content.rich.slice(sign_of(content), len(content.rich)))
