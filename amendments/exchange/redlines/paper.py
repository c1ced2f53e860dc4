"""What every writer is given, and the words they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from amendments.exchange.item_numbers import item_labels
from amendments.exchange.returned import Tally
from amendments.exchange.words import GERMAN, N_, Speech
from amendments.text.door import BIDI_CONTROLS, has_bidi_controls
from amendments.text.merging import Collision
from amendments.text.model import CELL, Head, Kind, Rich, concat
from amendments.text.numbering import counted_by
from amendments.text.redline import Change, Node, Op, Run
from amendments.text.relations import Kind as RelationKind
from amendments.text.tidying import tidy_runs

if TYPE_CHECKING:  # with it come the writers of Akoma Ntoso, which few need
    from amendments.exchange.akoma import Edition

STRUCTURE = {
    Change.INSERTED: N_("Neuer Absatz"),
    Change.DELETED: N_("Absatz gestrichen"),
    Change.SPLIT: N_("Hier beginnt ein neuer Absatz"),
    Change.JOINED: N_("An den Absatz davor angefügt"),
    Change.RETYPED: N_("Andere Art von Absatz"),
    Change.RENUMBERED: N_("Umnummeriert"),
}
ROWS = {Change.INSERTED: N_("Neue Tabellenzeile"), Change.DELETED: N_("Tabellenzeile gestrichen")}
KINDS = {
    Kind.HEADING: N_("Überschrift"),
    Kind.PARAGRAPH: N_("Absatz"),
    Kind.LIST_ITEM: N_("Listenpunkt"),
    Kind.TABLE_ROW: N_("Tabellenzeile"),
    Kind.FOOTNOTE: N_("Fußnote"),
}
COLUMNS = (
    N_("Wer"),
    N_("Datei"),
    N_("Wünsche"),
    N_("übernommen"),
    N_("davon gleich"),
    N_("zu lesen"),
    N_("Widersprüche"),
)
"""Of the summary; what a `Tally` counts."""
WORDS_OF_A_PLACE, WORDS_OF_A_NOTE = 40, 60
"""Characters by which a paragraph is named behind which another stands now, and by which one that has gone."""
_VISIBLE = {ord(sign): f"[U+{ord(sign):04X}]" for sign in BIDI_CONTROLS}


@dataclass(frozen=True)
class Person:
    """Who wants a change, as readers know them ("Beirat (Ä 7)"), since when, and why."""

    name: str
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Aside:
    """An amendment to somebody's proposal that cannot be shown yet: the rank of who wants it, and it in words."""

    person: int
    order: Rich


@dataclass(frozen=True)
class Paper:
    """A redline with what is said around it.

    `old`, `new`: names of the files. `people`: those whose changes are shown, by number; `by`: id of an edit to that
    number. `collisions`: places that read as the old text. `lines`: the summary. `soft`: sentences in which
    several people's changes meet, to be read. `notes`: what else is to be said. `speech`: the
    language of the words around the text. `name`: what the whole is called, where the two names do not say it.
    `orders`: edits in words ("In Absatz 2 wird …"), by id, where a file names what it cannot show. `editions`: the old
    and the new version as programs name them, for the formats that need them (`writing.OF_EDITIONS`). `asides`: by the
    rank of a person, what others want to change in what they want and what is told in a comment beside it.
    """

    nodes: tuple[Node, ...]
    old: str
    new: str
    people: tuple[Person, ...] = ()
    by: Mapping[str, int] = field(default_factory=dict)
    collisions: tuple[Collision, ...] = ()
    lines: tuple[Tally, ...] = ()
    soft: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    speech: Speech = GERMAN
    name: str = ""
    orders: Mapping[str, Rich] = field(default_factory=dict)
    editions: tuple[Edition, Edition] | None = None
    asides: Mapping[int, tuple[Aside, ...]] = field(default_factory=dict)

    @property
    def at(self) -> datetime | None:
        """When the newest change in it was asked for."""
        return max((person.at for person in self.people if person.at), default=None)

    @property
    def shown(self) -> list[str]:
        """Names of the people whose own changes are in it."""
        beside = {aside.person for asides in self.asides.values() for aside in asides}
        return [person.name for rank, person in enumerate(self.people) if rank not in beside]

    @property
    def title(self) -> str:
        """What the whole is called."""
        if self.name:
            return self.name
        return self.new if self.is_clean else f"{self.old} → {self.new}"

    @cached_property
    def destinations(self) -> dict[str, str]:
        """How the paragraph begins behind which a moved one stands now, by move; "" at the very beginning."""
        found: dict[str, str] = {}
        behind = ""
        for node in self.nodes:
            if node.move and node.in_new:
                found.setdefault(node.move, behind)
            if node.has_new and node.starts_new:
                behind = beginning(node, Op.DELETE, WORDS_OF_A_PLACE) or behind
        return found

    @cached_property
    def labels(self) -> dict[int, str]:
        """What stands before the words of list items in the new text, by the `id` of their node."""
        heads = ((node.head, node.has_new and node.starts_new) for node in self.nodes)
        return {id(node): label for node, label in zip(self.nodes, item_labels(heads), strict=True)}

    @property
    def is_clean(self) -> bool:
        """Whether it shows one text and no change."""
        return self.old == self.new and not any(map(changed, self.nodes))

    def numbers(self, names: Iterable[str]) -> list[int]:
        """Whose edits these are, as printed: counted from 1."""
        return sorted({self.by[name] + 1 for name in names if name in self.by})

    def names(self, edits: Iterable[str]) -> list[str]:
        """How the people are called whose edits these are."""
        return [self.people[number - 1].name for number in self.numbers(edits)]


def visible(text: str) -> str:
    """`text` with the marks that turn the direction of writing written out, so that they turn nothing."""
    return text.translate(_VISIBLE) if has_bidi_controls(text) else text


def changed(node: Node) -> bool:
    return node.source is None and node.change is not Change.KEPT


def left_behind(node: Node) -> bool:
    """Whether this is the old place of a moved paragraph."""
    return bool(node.move) and not node.in_new


def beginning(node: Node, left_out: Op, most: int) -> str:
    """How the words of one of its two texts begin, on one line, without the signs of a heading."""
    words = " ".join("".join(run.rich.text for run in node.runs if run.op is not left_out).replace(CELL, " | ").split())
    if node.head.kind is Kind.HEADING and node.head.attribute("literal"):
        words = words.lstrip("#").lstrip()
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def shown(node: Node) -> tuple[Run, ...]:
    """The runs a reader sees: of a paragraph that moved, at its new place what was changed in it besides."""
    if node.in_new and (node.in_old or node.move):
        return tidy_runs(node.runs)
    return exact(node)


def exact(node: Node) -> tuple[Run, ...]:
    """As `shown`, but a paragraph that moved is struck where it was and inserted where it is."""
    if node.in_old and node.in_new:
        return tidy_runs(node.runs)
    op, gone = (Op.DELETE, Op.INSERT) if node.in_old else (Op.INSERT, Op.DELETE)
    stretches = groupby((run for run in node.runs if run.op is not gone), lambda run: run.by or node.by)
    return tuple(Run(op, concat(run.rich for run in runs), by) for by, runs in stretches)


def noted(node: Node) -> tuple[Run, ...]:
    """As `shown`, but where a moved paragraph was only how it began: the rest is to be read at its new place."""
    if not left_behind(node):
        return shown(node)
    return (Run(Op.DELETE, Rich(beginning(node, Op.INSERT, WORDS_OF_A_NOTE)), node.by),)


def said(node: Node, paper: Paper) -> str:
    """What happened to the paragraph as a whole, in a few words; empty where only its words changed."""
    speech = paper.speech
    if node.move:
        return _said_of_move(node, paper)
    if node.change is Change.RETYPED:
        old, new = kind_of(node.old_head, speech), kind_of(node.head, speech)
        if old != new:
            return speech.gettext("Andere Art von Absatz: %(old)s wird %(new)s") % {"old": old, "new": new}
    if node.change is Change.RENUMBERED:
        old, new = counted_by(node.old_head), counted_by(node.head)
        if old and new:
            return speech.gettext("Umnummeriert: %(old)s wird %(new)s") % {"old": old, "new": new}
    names = STRUCTURE | ROWS if node.head.kind is Kind.TABLE_ROW else STRUCTURE
    return speech.gettext(names[node.change]) if node.change in names else ""


def _said_of_move(node: Node, paper: Paper) -> str:
    speech = paper.speech
    if not left_behind(node):
        edited = node.edited or node.head != node.old_head
        return speech.gettext("Hierher verschoben und geändert") if edited else speech.gettext("Hierher verschoben")
    behind = paper.destinations.get(node.move)
    if behind is None:
        return speech.gettext("Von hier verschoben")
    if not behind:
        return speech.gettext("Von hier an den Anfang verschoben")
    return speech.gettext("Von hier verschoben hinter „%(words)s“") % {"words": visible(behind)}


def headline(collision: Collision, speech: Speech) -> str:
    if collision.kind is RelationKind.HARD:
        return speech.gettext("Widerspruch")
    return speech.gettext("Reihenfolge offen")


def kind_of(head: Head, speech: Speech) -> str:
    level = f" {head.level}" if head.kind in (Kind.HEADING, Kind.LIST_ITEM) and head.level else ""
    return f"{speech.gettext(KINDS[head.kind])}{level}"


def following(collisions: Iterable[Collision]) -> dict[str, list[tuple[int, Collision]]]:
    """Collisions (with their numbers from 1) by the last paragraph of the old text they concern; "" for the very
    beginning.
    """
    found: dict[str, list[tuple[int, Collision]]] = {}
    for number, collision in enumerate(collisions, 1):
        found.setdefault(collision.paragraphs[-1] if collision.paragraphs else "", []).append((number, collision))
    return found


def told_at(collisions: Iterable[Collision], parts: Iterable[Iterable[str]]) -> list[list[tuple[int, Collision]]]:
    """For each part of a file, given by the paragraphs of the old text that begin in it, the collisions to be told
    there; at the last part also those of footnotes, which stand elsewhere.
    """
    waiting = following(collisions)
    first = waiting.pop("", [])
    found = [[each for name in names for each in waiting.pop(name, [])] for names in parts]
    if found:
        found[0][:0] = first
        found[-1] += (each for left in waiting.values() for each in left)
    return found
