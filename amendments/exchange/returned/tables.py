"""Tables of two files are numbered as they stand there; one put in at the top would make every other one a new one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from amendments.text.matching import increasing
from amendments.text.model import CELL, Content, Kind

Tables = Mapping[str, Sequence[str]]
"""The rows of each table, in the order of the text."""
Parts = Callable[[Iterable[str]], list[str]]
MOST_ALIKE = 50
"""What stands in more tables than these tells none of them apart."""


def same_tables(base: Iterable[Content], contents: Iterable[Content]) -> tuple[Content, ...]:
    """`contents` with each table named as the one in `base` that it is; new ones get new names.

    It is the one with which it shares most rows, else most cells, else most words; where nothing is shared, the one
    between the same neighbours.
    """
    contents = tuple(contents)
    theirs, mine = _tables(base), _tables(contents)
    names: dict[str, str] = {}
    for parts in (list, _cells, _words):
        _name_alike(names, theirs, mine, parts)
    _name_by_place(names, list(theirs), list(mine))
    return tuple(_renamed(content, names, theirs) for content in contents)


def _tables(contents: Iterable[Content]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for content in contents:
        if content.kind is Kind.TABLE_ROW:
            found[content.head.attribute("table")].append(content.text)
    return found


def _cells(rows: Iterable[str]) -> list[str]:
    """Each with the column it stands in: "10" in another one is another figure."""
    return [f"{column} {cell}" for row in rows for column, cell in enumerate(row.split(CELL)) if cell]


def _words(rows: Iterable[str]) -> list[str]:
    return [word for row in rows for word in row.replace(CELL, " ").split() if word[0].isalnum()]


def _name_alike(names: dict[str, str], theirs: Tables, mine: Tables, parts: Parts) -> None:
    """Those that have no name yet, the most alike first."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, rows in theirs.items():
        if name not in names.values():
            for part in set(parts(rows)):
                places[part].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for table, rows in mine.items():
        if table not in names:
            telling = (places[part] for part in parts(rows) if 0 < len(places.get(part, ())) <= MOST_ALIKE)
            shared.update((table, name) for found in telling for name in found)
    for (table, name), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if table not in names and name not in names.values():
            names[table] = name


def _name_by_place(names: dict[str, str], theirs: Sequence[str], mine: Sequence[str]) -> None:
    """Those left between the same neighbours, where there are as many as in `base`."""
    known = [(theirs.index(name), rank) for rank, table in enumerate(mine) if (name := names.get(table)) is not None]
    bounds = [(-1, -1), *increasing(sorted(known)), (len(theirs), len(mine))]
    taken = set(names.values())
    for (o1, n1), (o2, n2) in pairwise(bounds):
        old = [name for name in theirs[o1 + 1 : o2] if name not in taken]
        new = [table for table in mine[n1 + 1 : n2] if table not in names]
        if len(old) == len(new):
            names.update(zip(new, old, strict=True))


def _renamed(content: Content, names: Mapping[str, str], known: Tables) -> Content:
    mine = content.head.attribute("table")
    if content.kind is not Kind.TABLE_ROW:
        return content
    name = names.get(mine) or (f"new {mine}" if mine in known else mine)
    attributes = tuple((key, name if key == "table" else value) for key, value in content.head.attributes)
    return replace(content, head=replace(content.head, attributes=attributes))
