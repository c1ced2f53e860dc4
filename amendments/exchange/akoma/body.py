"""The text: sections by its headings, in them paragraphs, lists, tables and footnotes, each with its identity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from amendments.exchange.akoma.parts import Part, parts_of
from amendments.exchange.akoma.xml import Ids, put, write
from amendments.exchange.redlines.parts import cells
from amendments.text.model import Kind, Rich
from amendments.text.redline import Node, Op, Run

OLD_PERIOD, NEW_PERIOD = "period_old", "period_new"
_TAGS = {Op.INSERT: "ins", Op.DELETE: "del"}
_NUMBER = re.compile(
    r"(?:(?:§§?|Art\.?|Artikel|Kapitel|Abschnitt|Teil|Buch|Titel|Anlage|Anhang|Handlungsfeld|Leitlinie|Ziel)[ \u00a0])?"
    r"(?:\d+[a-z]?(?:\.\d+[a-z]?)*|[IVXLC]+(?=[.):]))[.):]?[ \u00a0]+(?=\S)"
)
"""What a heading begins with that counts it."""


class _Level(NamedTuple):
    """An open list, and its last item."""

    level: int
    list: etree._Element
    list_id: str
    item: etree._Element
    item_id: str
    op: Op


@dataclass
class Body:
    """Writes parts below an element. `prefix` goes before every id; `who`: ids of those behind edits.

    `places`: the parts that were written, with the eId each was given; `footnotes`: where notes stand, by label.
    """

    ids: Ids
    prefix: str = ""
    who: Mapping[str, str] = field(default_factory=dict)
    places: list[tuple[Part, str]] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    _standing: set[str] = field(default_factory=set)
    """Identities of the new text."""

    def write(self, parent: etree._Element, nodes: Iterable[Node]) -> None:
        parts = parts_of(nodes)
        self._standing = {part.identity for part in parts if part.op is not Op.DELETE}
        for part in parts:
            label = part.head.attribute("label")
            if part.head.kind is Kind.FOOTNOTE and part.op is not Op.DELETE and label not in self.footnotes:
                self.footnotes[label] = self.ids.new(self.prefix, "footnote", label)
        sections = [(0, parent)]
        for (kind, _), group in groupby(parts, _group):
            together = list(group)
            if kind is Kind.HEADING:
                for part in together:
                    self._section(sections, part)
            elif kind is Kind.TABLE_ROW:
                self._table(sections[-1][1], together)
            elif kind is Kind.LIST_ITEM:
                self._list(sections[-1][1], together)
            else:
                for part in together:
                    (self._footnote if kind is Kind.FOOTNOTE else self._paragraph)(sections[-1][1], part)

    # --- sections and paragraphs

    def _section(self, sections: list[tuple[int, etree._Element]], part: Part) -> None:
        """The sections are those of the new text: a heading that is none there opens none."""
        if part.op is Op.DELETE:
            name = self.ids.new(self._above(sections[-1][1]), "removed")
            self._heading(put(sections[-1][1], "hcontainer", name="removed", eId=name), part, part.runs)
            return
        while len(sections) > 1 and sections[-1][0] >= part.head.level:
            sections.pop()
        number, runs = _numbered(part.runs)
        name = self.ids.new(self._above(sections[-1][1]), "sec", _bare(number.text))
        section = put(sections[-1][1], "section", eId=name)
        if number.text:
            write(put(section, "num"), number)
        self._heading(section, part, runs)
        sections.append((part.head.level, section))

    def _heading(self, parent: etree._Element, part: Part, runs: Sequence[Run]) -> None:
        name = f"{parent.get('eId')}__heading"
        self._runs(put(parent, "heading", eId=name, **self._identity(part)), runs)
        self.places.append((part, name))

    def _paragraph(self, parent: etree._Element, part: Part) -> None:
        name = self.ids.new(self._above(parent), _named("para", part))
        block = put(parent, "paragraph", eId=name, **self._identity(part))
        self._runs(put(put(block, "content", eId=f"{name}__content"), "p"), part.runs)
        self.places.append((part, name))

    def _block(self, parent: etree._Element, parts: Sequence[Part]) -> etree._Element:
        """A place between the paragraphs for a list or a table."""
        standing = next((part for part in parts if part.op is not Op.DELETE), parts[0])
        name = self.ids.new(self._above(parent), _named("para", standing))
        return put(put(parent, "paragraph", eId=name), "content", eId=f"{name}__content")

    # --- lists

    def _list(self, parent: etree._Element, parts: Sequence[Part]) -> None:
        """Items of a deeper level stand in the item before them, unless one text has that one alone."""
        content = self._block(parent, parts)
        levels: list[_Level] = []
        for part in parts:
            level = max(part.head.level, 1)
            while len(levels) > 1 and (levels[-1].level > level or levels[-2].op not in (Op.KEEP, part.op)):
                levels.pop()
            above = levels[-1] if levels else None
            if above and (above.level >= level or above.op not in (Op.KEEP, part.op)):
                list_, list_id, level = levels.pop().list, above.list_id, above.level
            else:
                list_id = self.ids.new(above.item_id if above else self._above(content), "list")
                list_ = put(above.item if above else content, "blockList", eId=list_id)
            name = self.ids.new(list_id, _named("item", part), _bare(part.label))
            item = put(list_, "item", eId=name, **self._identity(part))
            self._label(put(item, "num"), part)
            self._runs(put(item, "p"), part.runs)
            self.places.append((part, name))
            levels.append(_Level(level, list_, list_id, item, name, part.op))

    def _label(self, num: etree._Element, part: Part) -> None:
        if part.op is Op.KEEP and part.label == part.old_label:
            write(num, Rich(part.label))
            return
        both = ((Op.DELETE, part.old_label, Op.INSERT), (Op.INSERT, part.label, Op.DELETE))
        self._runs(num, [Run(op, Rich(label), part.by) for op, label, other in both if part.op is not other])

    # --- tables and footnotes

    def _table(self, parent: etree._Element, parts: Sequence[Part]) -> None:
        content = self._block(parent, parts)
        table_id = self.ids.new(self._above(content), "table")
        table = put(content, "table", eId=table_id)
        for part in parts:
            name = self.ids.new(table_id, _named("tr", part))
            row = put(table, "tr", eId=name, **self._identity(part))
            for cell in cells(part.runs):
                self._runs(put(put(row, "th" if part.head.attribute("header") else "td"), "p"), cell)
            self.places.append((part, name))

    def _footnote(self, parent: etree._Element, part: Part) -> None:
        label = part.head.attribute("label")
        name = self.footnotes.get(label, "")
        if part.op is Op.DELETE or any(name == found for _, found in self.places):
            name = self.ids.new(self.prefix, _named("footnote", part))
        note = put(parent, "hcontainer", name="footnote", eId=name, **self._identity(part))
        self._runs(put(note, "num"), [Run(part.op, Rich(label), part.by)])
        self._runs(put(put(note, "content", eId=f"{name}__content"), "p"), part.runs)
        self.places.append((part, name))

    # --- words and ids

    def _runs(self, parent: etree._Element, runs: Iterable[Run]) -> None:
        for run in runs:
            place = parent
            if run.op is not Op.KEEP:
                who = sorted({f"#{self.who[name]}" for name in run.by if name in self.who})
                place = put(parent, _TAGS[run.op], refersTo=" ".join(who))
            write(place, run.rich, self.footnotes)

    def _above(self, parent: etree._Element) -> str:
        """The id that goes before those of what stands in this element."""
        return (parent.get("eId") or self.prefix).removesuffix("__content")

    def _identity(self, part: Part) -> dict[str, str]:
        """`wId`: ours, the same in every version; `GUID`, once in a document. What only one text has says so."""
        found = {"wId": part.identity}
        if part.op is Op.DELETE:
            found |= {"status": "removed", "period": f"#{OLD_PERIOD}"}
        elif part.op is Op.INSERT:
            found |= {"period": f"#{NEW_PERIOD}"}
        if part.op is not Op.DELETE or part.identity not in self._standing:
            found["GUID"] = part.identity
        return found


def _group(part: Part) -> tuple[Kind, str]:
    return part.head.kind, part.head.attribute("table") if part.head.kind is Kind.TABLE_ROW else ""


def _named(name: str, part: Part) -> str:
    """What is struck has names of its own, so that the others count as they do without it."""
    return "removed" if part.op is Op.DELETE else name


def _numbered(runs: Sequence[Run]) -> tuple[Rich, list[Run]]:
    """The number that a heading begins with, and the rest; no number where that was changed."""
    if runs and runs[0].op is Op.KEEP and (match := _NUMBER.match(runs[0].rich.text)):
        rich = runs[0].rich
        rest = runs[0]._replace(rich=rich.slice(match.end(), len(rich)))
        return rich.slice(0, match.end()), [rest, *runs[1:]]
    return Rich(), list(runs)


def _bare(label: str) -> str:
    """The number alone, as it stands in ids: "3.2" of "Kapitel 3.2. ", "12a" of "§ 12a ", "a" of "a)"."""
    found = re.findall(r"[0-9A-Za-z.]+", label)
    return found[-1].strip(".").lower() if found else ""
