"""The hunks of an edit: what each orders, at which place, in which words (`mod`, `textualMod`). Akoma Ntoso has no kind
for a move: it is a renumbering, whose last destination is where the paragraphs go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from amendments.exchange.akoma.body import Body
from amendments.exchange.akoma.values import Passage
from amendments.exchange.akoma.xml import Ids, put, write
from amendments.exchange.instructions import Instructions
from amendments.exchange.redlines.paper import kind_of
from amendments.exchange.words import GERMAN
from amendments.text.hunks import START, Delete, Gap, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import CELL, Rich, new_identity, text_of
from amendments.text.redline import Redline


class Ordered(NamedTuple):
    """A `mod` as metadata: what kind it is, where its words stand, which places it is about."""

    kind: str
    mod: str
    places: tuple[tuple[str, str], ...]
    """Address and position."""
    old: str = ""
    new: str = ""


@dataclass
class Mods:
    """Writes the hunks of one passage. `prefix`: what goes before every id."""

    passage: Passage
    instructions: Instructions
    ids: Ids
    prefix: str

    def write(self, parent: etree._Element) -> Iterator[Ordered]:
        for hunk in self.passage.hunks:
            name = self.ids.new(self.prefix, "mod")
            mod = put(put(parent, "p"), "mod", eId=name)
            yield self._hunk(mod, name, hunk)

    def _hunk(self, mod: etree._Element, name: str, hunk: Hunk) -> Ordered:
        match hunk:
            case Replace():
                return self._replace(mod, name, hunk)
            case Insert():
                return self._insert(mod, name, hunk)
            case Delete():
                self._ref(mod, hunk.paragraph)
                _say(mod, " wird gestrichen.")
                return Ordered("repeal", name, (self._at(hunk.paragraph),))
            case Retype():
                self._ref(mod, hunk.paragraph)
                old, new = kind_of(hunk.old, GERMAN), kind_of(hunk.new, GERMAN)
                _say(mod, f" wird umgewandelt: {old} wird {new}.")
                return Ordered("replacement", name, (self._at(hunk.paragraph),))
            case Split():
                self._ref(mod, hunk.paragraph, f"/{hunk.offset}")
                _say(mod, f": Nach {hunk.offset} Zeichen beginnt ein neuer Absatz.")
                return Ordered("split", name, (self._at(hunk.paragraph, "inside", f"/{hunk.offset}"),))
            case Join():
                self._ref(mod, hunk.right)
                _say(mod, " wird angefügt an: ")
                self._ref(mod, hunk.left)
                return Ordered("join", name, (self._at(hunk.left, "end"), self._at(hunk.right)))
            case Move():
                return self._move(mod, name, hunk)

    def _replace(self, mod: etree._Element, name: str, hunk: Replace) -> Ordered:
        part = f"/{hunk.start}-{hunk.end}"
        self._ref(mod, hunk.paragraph, part)
        old = self._quote(mod, ", gestrichen: ", name, "old", hunk.old) if hunk.old.text else ""
        new = self._quote(mod, ", eingefügt: ", name, "new", hunk.new) if hunk.new.text else ""
        kind = "substitution" if old and new else "repeal" if old else "insertion"
        return Ordered(kind, name, (self._at(hunk.paragraph, "inside", part),), old, new)

    def _insert(self, mod: etree._Element, name: str, hunk: Insert) -> Ordered:
        _say(mod, "Neu ")
        place = self._gap(mod, hunk.gap)
        _say(mod, ": ")
        new = f"{name}__new"
        structure = put(mod, "quotedStructure", eId=new, startQuote="„", endQuote="“")
        text = text_of(hunk.contents, new_identity(self.passage.id, name))
        Body(self.ids, new).write(structure, Redline.of(text).nodes)
        return Ordered("insertion", name, (place,), new=new)

    def _move(self, mod: etree._Element, name: str, hunk: Move) -> Ordered:
        for number, identity in enumerate(hunk.block):
            _say(mod, ", " if number else "")
            self._ref(mod, identity)
        _say(mod, ", verschoben ")
        place = self._gap(mod, hunk.gap)
        return Ordered("renumbering", name, (*(self._at(identity) for identity in hunk.block), place))

    def _quote(self, mod: etree._Element, lead: str, name: str, which: str, rich: Rich) -> str:
        _say(mod, lead)
        found = f"{name}__{which}"
        write(put(mod, "quotedText", eId=found, startQuote="„", endQuote="“"), _without_cells(rich))
        return found

    # --- places

    def _gap(self, mod: etree._Element, gap: Gap) -> tuple[str, str]:
        if gap.after == START:
            _say(mod, "am Anfang des Textes")
            return self.passage.edition.iri, "start"
        _say(mod, "nach ")
        self._ref(mod, gap.after)
        return self._at(gap.after, "after")

    def _ref(self, mod: etree._Element, identity: str, part: str = "") -> None:
        name = self.ids.new(self.prefix, "ref")
        words = self.instructions.name(identity)
        write(put(mod, "ref", eId=name, href=self._at(identity, part=part)[0]), words)

    def _at(self, identity: str, position: str = "", part: str = "") -> tuple[str, str]:
        """The paragraph by its identity; behind it the code points that are meant."""
        return f"{self.passage.edition.iri}/~{identity}{part}", position


def _say(mod: etree._Element, words: str) -> None:
    write(mod, Rich(words))


def _without_cells(rich: Rich) -> Rich:
    """The borders of cells as a sign one can read."""
    return Rich(rich.text.replace(CELL, "|"), rich.marks)
