"""Tables of two files are numbered as they stand there; one put in at the top would make every other one a new one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from amendments.text.model import Content, Kind


def same_tables(base: Iterable[Content], contents: Iterable[Content]) -> tuple[Content, ...]:
    """`contents` with each table named as the one in `base` with which it shares most rows; new ones get new names."""
    contents = tuple(contents)
    rows: dict[str, set[str]] = defaultdict(set)
    for content in base:
        if content.kind is Kind.TABLE_ROW:
            rows[content.text].add(content.head.attribute("table"))
    shared: Counter[tuple[str, str]] = Counter()
    for content in contents:
        if content.kind is Kind.TABLE_ROW:
            shared.update((content.head.attribute("table"), name) for name in rows.get(content.text, ()))
    names: dict[str, str] = {}
    for (mine, theirs), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if mine not in names and theirs not in names.values():
            names[mine] = theirs
    known = {name for found in rows.values() for name in found}
    return tuple(_renamed(content, names, known) for content in contents)


def _renamed(content: Content, names: dict[str, str], known: set[str]) -> Content:
    mine = content.head.attribute("table")
    if content.kind is not Kind.TABLE_ROW:
        return content
    name = names.get(mine) or (f"new {mine}" if mine in known else mine)
    attributes = tuple((key, name if key == "table" else value) for key, value in content.head.attributes)
    return replace(content, head=replace(content.head, attributes=attributes))
