"""What every writer is given, and the words they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from amendments.exchange.returned import Tally
from amendments.text.door import BIDI_CONTROLS, has_bidi_controls
from amendments.text.merging import Collision
from amendments.text.model import Head, Kind
from amendments.text.redline import Change, Node, Op, Run
from amendments.text.tidying import tidy_runs

STRUCTURE = {
    Change.INSERTED: "Neuer Absatz",
    Change.DELETED: "Absatz gestrichen",
    Change.SPLIT: "Hier beginnt ein neuer Absatz",
    Change.JOINED: "An den Absatz davor angefügt",
    Change.RETYPED: "Andere Art von Absatz",
}
KINDS = {
    Kind.HEADING: "Überschrift",
    Kind.PARAGRAPH: "Absatz",
    Kind.LIST_ITEM: "Listenpunkt",
    Kind.TABLE_ROW: "Tabellenzeile",
    Kind.FOOTNOTE: "Fußnote",
}
_VISIBLE = {ord(sign): f"[U+{ord(sign):04X}]" for sign in BIDI_CONTROLS}


@dataclass(frozen=True)
class Paper:
    """A redline with what is said around it.

    `old`, `new`: names of the files. `people`: labels of those whose changes are shown, by number; `by`: id of an edit
    to that number. `collisions`: places that read as the old text. `lines`: the summary. `soft`: sentences in which
    several people's changes meet, to be read. `notes`: what else is to be said.
    """

    nodes: tuple[Node, ...]
    old: str
    new: str
    people: tuple[str, ...] = ()
    by: Mapping[str, int] = field(default_factory=dict)
    collisions: tuple[Collision, ...] = ()
    lines: tuple[Tally, ...] = ()
    soft: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def numbers(self, names: Iterable[str]) -> list[int]:
        """Whose edits these are, as printed: counted from 1."""
        return sorted({self.by[name] + 1 for name in names if name in self.by})


def visible(text: str) -> str:
    """`text` with the marks that turn the direction of writing written out, so that they turn nothing."""
    return text.translate(_VISIBLE) if has_bidi_controls(text) else text


def changed(node: Node) -> bool:
    return node.source is None and node.change is not Change.KEPT


def shown(node: Node) -> tuple[Run, ...]:
    """The runs a reader sees: a paragraph that moved is struck where it was and inserted where it is."""
    if node.in_old and node.in_new:
        return tidy_runs(node.runs)
    op, gone = (Op.DELETE, Op.INSERT) if node.in_old else (Op.INSERT, Op.DELETE)
    return tuple(Run(op, run.rich, run.by or node.by) for run in node.runs if run.op is not gone)


def said(node: Node) -> str:
    """What happened to the paragraph as a whole, in a few words; empty where only its words changed."""
    if node.move:
        return "Hierher verschoben" if node.in_new else "Von hier verschoben"
    if node.change is Change.RETYPED:
        old, new = kind_of(node.old_head), kind_of(node.head)
        return f"{STRUCTURE[Change.RETYPED]}: {old} wird {new}" if old != new else STRUCTURE[Change.RETYPED]
    return STRUCTURE.get(node.change, "")


def kind_of(head: Head) -> str:
    level = f" {head.level}" if head.kind in (Kind.HEADING, Kind.LIST_ITEM) and head.level else ""
    return f"{KINDS[head.kind]}{level}"


def following(collisions: Iterable[Collision]) -> dict[str, list[tuple[int, Collision]]]:
    """Collisions (with their numbers from 1) by the last paragraph of the old text they concern; "" for the very
    beginning.
    """
    found: dict[str, list[tuple[int, Collision]]] = {}
    for number, collision in enumerate(collisions, 1):
        found.setdefault(collision.paragraphs[-1] if collision.paragraphs else "", []).append((number, collision))
    return found
