"""The merge desk: a version's edits by what stands between them and a decision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask_babel import gettext as _

from amendments.consensus.queries import CollisionGroup, Desk, DeskItem, consensus_text, merge_desk
from amendments.consensus.rules import VERSION_PUBLISH, View
from amendments.decisions.models import Decision
from amendments.decisions.rules import DECIDE, Outcome, is_open
from amendments.documents.rules import DOCUMENT_IMPORT_VERSION
from amendments.proposals.queries import Counts, LiveEdit, PositionEntry, ProposalOn
from amendments.proposals.rules import Fate, label
from amendments.text.model import CELL, Text
from amendments.text.relations import Kind as RelationKind
from amendments.web.access import may
from amendments.web.actor import Actor
from amendments.web.reading import Block, Stretch, clipped
from amendments.workplaces.passages import Whereabouts, blocks_of, redline_of, touched, whereabouts
from amendments.workplaces.proposing import relation_sentence
from amendments.workplaces.reader import Place

GROUPS = ("undisputed", "soft", "collisions", "blocked", "decided")
PER_PAGE = 40
"""Edits on one page of the desk; collisions count as one each."""


@dataclass(frozen=True)
class DeskRow:
    """One edit on the desk."""

    entry: ProposalOn
    edit: LiveEdit
    redline: tuple[Stretch, ...]
    anchor: str
    line: int
    """The first line it speaks of; 0 if it has none."""
    heading: str
    """The heading above it."""
    counts: Counts
    decision: Decision | None
    objections: tuple[PositionEntry, ...]
    notes: tuple[str, ...]
    """How it stands to others, in words."""
    parent_label: str = ""
    """The proposal whose wording it speaks of, if it amends one."""
    together: tuple[Stretch, ...] = ()
    """Its paragraphs as they would read with everything that can stand: for reading neighbours together."""

    @property
    def expected(self) -> str:
        """What the form sends back: the decision that was shown."""
        return str(self.decision.id) if self.decision else ""

    @property
    def is_open(self) -> bool:
        return self.decision is None or is_open(Outcome(self.decision.outcome))


@dataclass(frozen=True)
class Clash:
    """One agenda item: rival wordings side by side, equal ones in one alternative."""

    number: int
    kind: str
    """"hard" or "order"."""
    base: tuple[str, ...]
    """The paragraphs in question as they read now, or (`parent_label`) with the proposal that is to be amended."""
    rows: tuple[DeskRow, ...]
    alternatives: tuple[tuple[DeskRow, ...], ...]

    @property
    def parent_label(self) -> str:
        return self.rows[0].parent_label


@dataclass(frozen=True, slots=True)
class Figure:
    number: int
    words: str


@dataclass(frozen=True)
class DeskPage:
    """What the merge desk shows: one group at a time, a page of it, and the figures of all."""

    place: Place
    group: str
    sizes: dict[str, int]
    """Edits (collisions: places) in each group."""
    rows: tuple[DeskRow, ...]
    clashes: tuple[Clash, ...]
    page: int
    pages: int
    total: int
    done: int
    handed_back: int
    """Edits that wait to be filed anew."""
    may_decide: bool
    may_publish: bool
    may_import: bool

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (
            Figure(self.total, _("Änderungen insgesamt")),
            Figure(self.sizes["undisputed"], _("unstrittig")),
            Figure(self.sizes["soft"], _("gemeinsam zu lesen")),
            Figure(self.sizes["collisions"], _("Kollisionen")),
            Figure(self.sizes["decided"], _("entschieden")),
        )


def desk_page(actor: Actor, place: Place, group: str, number: int) -> DeskPage:
    """`group` "" is the first that has something to do."""
    desk = merge_desk(place.version.id)
    listed = _listed(desk)
    sizes = {name: len(items) for name, items in listed.items()} | {"collisions": len(desk.collisions)}
    group = group if group in GROUPS else next((name for name in GROUPS if sizes[name]), "undisputed")
    pages = max(1, -(-sizes[group] // PER_PAGE))
    number = min(max(number, 1), pages)
    start = (number - 1) * PER_PAGE
    maker = _Maker(place, desk)
    rows = [maker.row(item) for item in listed.get(group, ())[start : start + PER_PAGE]]
    if group == "soft":
        rows = maker.with_neighbours(rows)
    clashes = desk.collisions[start : start + PER_PAGE] if group == "collisions" else ()
    total, done = _progress(desk)
    return DeskPage(
        place=place,
        group=group,
        sizes=sizes,
        rows=tuple(rows),
        clashes=tuple(maker.clash(found, start + index + 1) for index, found in enumerate(clashes)),
        page=number,
        pages=pages,
        total=total,
        done=done,
        handed_back=sum(item.fate is Fate.HANDED_BACK for item in desk.handed_back),
        may_decide=bool(may(actor, DECIDE, place.document)) and place.is_current,
        may_publish=bool(may(actor, VERSION_PUBLISH, place.document)) and place.is_current,
        may_import=bool(may(actor, DOCUMENT_IMPORT_VERSION, place.document)) and place.is_current,
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on the desk an edit is shown."""

    group: str
    page: int
    edit_id: UUID


def spot_of(place: Place, number: int) -> Spot | None:
    """The first edit of the proposal with this number; None if none lies on the version."""
    desk = merge_desk(place.version.id)
    rows = [(name, index, item) for name, items in _listed(desk).items() for index, item in enumerate(items)]
    rows += [("collisions", index, item) for index, group in enumerate(desk.collisions) for item in group.items]
    found = [(name, index, item) for name, index, item in rows if item.edit.number == number]
    return next((Spot(name, index // PER_PAGE + 1, item.edit_id) for name, index, item in found), None)


def _listed(desk: Desk) -> dict[str, tuple[DeskItem, ...]]:
    return {
        "undisputed": desk.undisputed,
        "soft": (*desk.soft, *desk.objected),
        "blocked": (*desk.ruled_out, *desk.waiting),
        "decided": desk.decided,
    }


def _progress(desk: Desk) -> tuple[int, int]:
    """All edits, and those that are decided."""
    in_collisions = [item for group in desk.collisions for item in group.items]
    total = len(in_collisions) + sum(len(items) for items in _listed(desk).values())
    return total, total - desk.open_count


class _Maker:
    """Makes rows; what all rows need is read once."""

    def __init__(self, place: Place, desk: Desk) -> None:
        self.place = place
        self.wordings: Mapping[UUID | None, Text] = desk.wordings
        self.where: dict[str, Whereabouts] = whereabouts(desk.wordings[None])
        groups: Sequence[Sequence[DeskItem]] = [*_listed(desk).values(), *(found.items for found in desk.collisions)]
        self.entries: dict[UUID, ProposalOn] = {
            item.proposal.proposal.id: item.proposal for items in groups for item in items
        }

    def row(self, item: DeskItem, beside: Collection[UUID] = ()) -> DeskRow:
        """`beside`: edits it is shown next to; that it clashes with these needs no more words."""
        parent = self.entries.get(item.edit.parent_id) if item.edit.parent_id else None
        anchor = self._anchor(item.edit) or (self._anchor(parent.edits[0]) if parent else "")
        here = self.where.get(anchor, Whereabouts(0, ""))
        return DeskRow(
            entry=item.proposal,
            edit=item.edit,
            redline=clipped(redline_of(self.wordings[item.edit.parent_id], item.edit.hunks)),
            anchor=anchor,
            line=here.line,
            heading=here.heading,
            counts=item.counts,
            decision=item.decision,
            objections=item.objections,
            notes=self._notes(item, beside),
            parent_label=label(parent.proposal.number) if parent else "",
        )

    def _anchor(self, edit: LiveEdit) -> str:
        names = (spot.paragraph for hunk in edit.hunks for spot in touched(hunk, {}))
        return next((name for name in names if name in self.where), "")

    def _notes(self, item: DeskItem, beside: Collection[UUID]) -> tuple[str, ...]:
        ruled = [self._number(edit_id) for edit_id in item.ruled_out_by]
        found = [_("Ausgeschlossen durch %(numbers)s, schon angenommen.", numbers=", ".join(ruled))] if ruled else []
        if item.agreed_in_vain:
            found.append(
                _("Angenommen, kommt so aber noch nicht in den Text; die Vorschau auf die Fassung nennt den Grund.")
            )
        if item.amended_by:
            numbers = ", ".join(label(number) for number in item.amended_by)
            found.append(_("Dazu liegt %(numbers)s vor; darüber wird zuerst entschieden.", numbers=numbers))
        clash = (RelationKind.HARD, RelationKind.ORDER)
        others = (row for row in item.relations if not (row.other_edit_id in beside and row.kind in clash))
        return (*found, *dict.fromkeys(relation_sentence(related) for related in others))

    def _number(self, edit_id: UUID) -> str:
        for entry in self.entries.values():
            if any(edit.edit_id == edit_id for edit in entry.edits):
                return label(entry.proposal.number)
        return label(None)

    def with_neighbours(self, rows: list[DeskRow]) -> list[DeskRow]:
        """Each row with its paragraphs as they read with everything that can stand."""
        redline = consensus_text(self.place.version.id, View.ALL).redline
        blocks = blocks_of(redline) if redline else ()
        by_name: dict[str, list[Block]] = {}
        for block in blocks:
            by_name.setdefault(block.paragraph or block.identity, []).append(block)
        return [_read_together(row, by_name.get) for row in rows]

    def clash(self, group: CollisionGroup, number: int) -> Clash:
        members = {item.edit_id for item in group.items}
        rows = tuple(self.row(item, members) for item in group.items)
        kinds = {collision.kind for collision in group.collisions}
        alternatives: dict[frozenset[object], list[DeskRow]] = {}
        for row in rows:
            alternatives.setdefault(row.edit.edit.wish, []).append(row)
        base = {paragraph.identity: paragraph.text for found in group.collisions for paragraph in found.base}
        return Clash(
            number=number,
            kind="order" if kinds == {RelationKind.ORDER} else "hard",
            base=tuple(text.replace(CELL, " | ") for text in base.values()),
            rows=rows,
            alternatives=tuple(tuple(found) for found in alternatives.values()),
        )


def _read_together(row: DeskRow, blocks: Callable[[str], list[Block] | None]) -> DeskRow:
    names = dict.fromkeys(spot.paragraph for hunk in row.edit.hunks for spot in touched(hunk, {}))
    found = [block for name in names for block in blocks(name) or ()]
    return replace(row, together=(Stretch(0, tuple(found)),) if found else ())
