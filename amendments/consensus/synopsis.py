"""The synopsis: one wording on the left, beside it the same passages in others, row by row (NORMS §11).

A row is a paragraph of the left text, or what others put behind it. All columns are redlines over that one text, so
that they need no matching with each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from amendments import text as engine
from amendments.consensus.named import Named
from amendments.consensus.provenance import redline_between
from amendments.documents.models import Version
from amendments.documents.queries import load_text, path_between
from amendments.errors import NotFound
from amendments.text.redline import Redline

COMPARED: Final = "synopsis"
"""Names the changes between two texts of which neither came from the other."""


@dataclass(frozen=True)
class Column:
    """A text beside the left one. `edit_ids`: the names of changes in `redline` behind which an edit stands."""

    redline: Redline
    edit_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Row:
    """`cells`: by column, which nodes of its redline stand at this place; () where a column has nothing there.

    `base`: rank of the left paragraph; `behind`: the row is what others put behind it (-1: before the first).
    """

    base: int
    behind: bool
    cells: tuple[tuple[int, ...], ...]
    changed: bool


def text_of(wording: Version | Named) -> engine.Text:
    return wording.text if isinstance(wording, Named) else load_text(wording)


def column_of(left: Version | Named, other: Version | Named) -> Column:
    """How `other` reads differently. With the source of each change where `other` came from `left`."""
    if isinstance(left, Named):
        return _compared(left, other)
    if isinstance(other, Named):
        if other.version.id == left.id:
            return Column(other.redline, frozenset(other.composition.applied))
        return _compared(left, other)
    try:
        path_between(left, other)
    except NotFound:
        return _compared(left, other)
    found = redline_between(left.id, other.id)
    return Column(found.redline, frozenset(source.edit_id for source in found.sources.values() if source.edit_id))


def _compared(left: Version | Named, other: Version | Named) -> Column:
    """Paragraphs of one origin are the same wherever they stand; of the others likeness decides."""
    old, new = text_of(left), text_of(other)
    known = {paragraph.identity for paragraph in old}
    answers = {rank: paragraph.identity for rank, paragraph in enumerate(new) if paragraph.identity in known}
    return Column(engine.align(old, [paragraph.content for paragraph in new], COMPARED, answers).redline)


@dataclass
class _Places:
    """A column's nodes, by place in the left text."""

    at: list[list[int]]
    behind: list[list[int]]
    """One more than paragraphs: the first list is what stands before all of them."""


def rows_of(base: engine.Text, columns: Sequence[Column]) -> Iterator[Row]:
    """All rows in the order of the left text."""
    places = [_places(column.redline, len(base)) for column in columns]
    nodes = [column.redline.nodes for column in columns]
    for rank in range(-1, len(base)):
        if rank >= 0:
            cells = tuple(tuple(column.at[rank]) for column in places)
            changed = any(
                of_column[index].change is not engine.Change.KEPT
                for of_column, cell in zip(nodes, cells, strict=True)
                for index in cell
            )
            yield Row(rank, behind=False, cells=cells, changed=changed)
        beside = tuple(tuple(column.behind[rank + 1]) for column in places)
        if any(beside):
            yield Row(rank, behind=True, cells=beside, changed=True)


def _places(redline: Redline, length: int) -> _Places:
    """What stands between two halves of a paragraph stays with it; what follows its last word lies behind it."""
    places = _Places([[] for _ in range(length)], [[] for _ in range(length + 1)])
    rank = -1
    for index, node in enumerate(redline.nodes):
        if not node.has_old:
            places.behind[rank + 1].append(index)
            continue
        if node.starts_old:
            rank += 1
        elif places.behind[rank + 1]:
            places.at[rank] += places.behind[rank + 1]
            places.behind[rank + 1] = []
        places.at[rank].append(index)
    return places
