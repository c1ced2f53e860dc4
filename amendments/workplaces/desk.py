"""The merge desk: a version's edits by what stands between them and a decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask_babel import gettext as _

from amendments.consensus.board import Board
from amendments.consensus.queries import CollisionGroup, Desk, DeskItem, merge_desk
from amendments.consensus.reading import Passage, Reading, readings
from amendments.consensus.rules import VERSION_PUBLISH
from amendments.decisions.models import Decision
from amendments.decisions.rules import DECIDE, Outcome, is_open
from amendments.documents.rules import DOCUMENT_IMPORT_VERSION
from amendments.proposals.queries import Counts, LiveEdit, PositionEntry, ProposalOn
from amendments.proposals.rules import PROPOSAL_BRING, Fate, OnBehalf, label
from amendments.text.hunks import Replace
from amendments.text.model import CELL, Text
from amendments.text.redline import Redline
from amendments.text.relations import Grade
from amendments.text.relations import Kind as RelationKind
from amendments.text.whereabouts import NOWHERE, Whereabouts, whereabouts
from amendments.web.access import may
from amendments.web.actor import Actor
from amendments.web.reading import Stretch, clipped, read
from amendments.workplaces.passages import redline_of, touched
from amendments.workplaces.proposing import relation_sentence
from amendments.workplaces.reader import Place
from amendments.workplaces.sources import Sources, sources_of

GROUPS = ("undisputed", "soft", "collisions", "blocked", "decided")
PER_PAGE = 40
"""Edits on one page of the desk; what collides or is read together counts as one."""

Entry = DeskItem | CollisionGroup | Reading


@dataclass(frozen=True)
class DeskRow:
    """One edit on the desk."""

    entry: ProposalOn
    edit: LiveEdit
    redline: tuple[Stretch, ...]
    """Empty where it is shown with others."""
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


@dataclass(frozen=True)
class ReadBox:
    """Edits to be read together, and the sentences as they read with them."""

    number: int
    why: str
    """Why they should be read, in words."""
    rows: tuple[DeskRow, ...]
    beside: tuple[str, ...]
    """Proposals in the same sentences that are not decided here."""
    passages: tuple[tuple[str, tuple[Stretch, ...]], ...]
    """(the proposal after which the wording is so, "" for the version; sentences)"""
    sources: Sources

    @property
    def labels(self) -> str:
        return ", ".join(dict.fromkeys(label(row.entry.proposal.number) for row in self.rows))

    @property
    def has_objection(self) -> bool:
        return any(row.objections for row in self.rows)


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
    readings: tuple[ReadBox, ...]
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
    may_bring: bool
    """Bring in files that others returned."""

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
    desk = merge_desk(place.version.id, hidden=place.hidden)
    sizes = {name: len(items) for name, items in _listed(desk).items()} | {"collisions": len(desk.collisions)}
    group = group if group in GROUPS else next((name for name in GROUPS if sizes[name]), "undisputed")
    entries = _entries(desk, group)
    pages = max(1, -(-len(entries) // PER_PAGE))
    number = min(max(number, 1), pages)
    start = (number - 1) * PER_PAGE
    shown = list(enumerate(entries[start : start + PER_PAGE], start + 1))
    maker = RowMaker(desk.board)
    total, done = _progress(desk)
    return DeskPage(
        place=place,
        group=group,
        sizes=sizes,
        rows=tuple(maker.row(entry) for _number, entry in shown if isinstance(entry, DeskItem)),
        readings=tuple(maker.reading(entry, index) for index, entry in shown if isinstance(entry, Reading)),
        clashes=tuple(maker.clash(entry, index) for index, entry in shown if isinstance(entry, CollisionGroup)),
        page=number,
        pages=pages,
        total=total,
        done=done,
        handed_back=sum(item.fate is Fate.HANDED_BACK for item in desk.handed_back),
        may_decide=bool(may(actor, DECIDE, place)) and place.is_current,
        may_publish=bool(may(actor, VERSION_PUBLISH, place)) and place.is_current,
        may_bring=bool(may(actor, PROPOSAL_BRING, OnBehalf(place.document, None, place.text))) and place.is_current,
        may_import=bool(may(actor, DOCUMENT_IMPORT_VERSION, place)) and place.is_current,
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on the desk an edit is shown."""

    group: str
    page: int
    edit_id: UUID


def spot_of(place: Place, number: int) -> Spot | None:
    """The first edit of the proposal with this number; None if none lies on the version."""
    desk = merge_desk(place.version.id, hidden=place.hidden)
    for group in GROUPS:
        for index, entry in enumerate(_entries(desk, group)):
            for item in (entry,) if isinstance(entry, DeskItem) else entry.items:
                if item.edit.number == number:
                    return Spot(group, index // PER_PAGE + 1, item.edit_id)
    return None


def _listed(desk: Desk) -> dict[str, tuple[DeskItem, ...]]:
    return {
        "undisputed": desk.undisputed,
        "soft": (*desk.soft, *desk.objected),
        "blocked": (*desk.ruled_out, *desk.waiting),
        "decided": desk.decided,
    }


def _entries(desk: Desk, group: str) -> Sequence[Entry]:
    """What a group shows, in its order."""
    match group:
        case "soft":
            return (*readings(desk), *desk.objected)
        case "collisions":
            return desk.collisions
        case _:
            return _listed(desk)[group]


def _progress(desk: Desk) -> tuple[int, int]:
    """All edits, and those that are decided."""
    in_collisions = [item for group in desk.collisions for item in group.items]
    total = len(in_collisions) + sum(len(items) for items in _listed(desk).values())
    return total, total - desk.open_count


class RowMaker:
    """Makes rows; what all rows need is read once."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.wordings: Mapping[UUID | None, Text] = {name: ground.wording for name, ground in board.grounds.items()}
        self.where: dict[str, Whereabouts] = whereabouts(board.base)

    def row(self, item: DeskItem, beside: Collection[UUID] = ()) -> DeskRow:
        """`beside`: edits it is shown next to; that it clashes or is read with these needs no more words."""
        parent = self.board.by_proposal[item.edit.parent_id] if item.edit.parent_id else None
        anchor = self._anchor(item.edit) or (self._anchor(parent.edits[0]) if parent else "")
        here = self.where.get(anchor, NOWHERE)
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
        ruled = [label(self.board.live[edit_id].number) for edit_id in item.ruled_out_by]
        found = [_("Ausgeschlossen durch %(numbers)s, schon angenommen.", numbers=", ".join(ruled))] if ruled else []
        if item.agreed_in_vain:
            found.append(
                _("Angenommen, kommt so aber noch nicht in den Text; die Vorschau auf die Fassung nennt den Grund.")
            )
        if item.amended_by:
            numbers = ", ".join(label(number) for number in item.amended_by)
            found.append(_("Dazu liegt %(numbers)s vor; darüber wird zuerst entschieden.", numbers=numbers))
        seen = (RelationKind.HARD, RelationKind.ORDER, RelationKind.SOFT)
        others = (row for row in item.relations if not (row.other_edit_id in beside and row.kind in seen))
        return (*found, *dict.fromkeys(relation_sentence(related) for related in others))

    def reading(self, found: Reading, number: int) -> ReadBox:
        members = {item.edit_id for item in found.items} | {edit.edit_id for edit in found.beside}
        nodes = (excerpt.node for passage in found.passages for excerpt in passage.excerpts)
        shown = {name for node in nodes for run in node.runs for name in run.by}
        proposals = {self.board.live[UUID(name)].proposal_id for name in shown}
        return ReadBox(
            number=number,
            why=why_read(found.grade),
            rows=tuple(_in_a_box(self.row(item, members), shown) for item in found.items),
            beside=tuple(dict.fromkeys(label(edit.number) for edit in found.beside)),
            passages=tuple((self._after(passage), _stretches(passage)) for passage in found.passages),
            sources=sources_of(self.board.by_proposal[proposal_id] for proposal_id in proposals),
        )

    def _after(self, passage: Passage) -> str:
        parent = self.board.by_proposal.get(passage.parent_id) if passage.parent_id else None
        return label(parent.proposal.number) if parent else ""

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


def why_read(grade: Grade | None) -> str:
    """A grade in words."""
    return {
        Grade.REWRITE: _("Ein Satz wird zur Hälfte oder mehr umgeschrieben"),
        Grade.TOUCH: _("Die Änderungen stehen unmittelbar nebeneinander"),
        Grade.CLAUSE: _("Die Änderungen stehen im selben Teilsatz"),
        Grade.SENTENCE: _("Die Änderungen stehen im selben Satz"),
        None: _("Ein Vorschlag ändert den Wortlaut eines anderen"),
    }[grade]


def _stretches(passage: Passage) -> tuple[Stretch, ...]:
    return tuple(Stretch(1, read(Redline((excerpt.node,)))) for excerpt in passage.excerpts)


def _in_a_box(row: DeskRow, shown: Collection[str]) -> DeskRow:
    """Words that stand in the sentences above need not be shown again; paragraphs struck or moved do."""
    seen = str(row.edit.edit_id) in shown and all(isinstance(hunk, Replace) for hunk in row.edit.hunks)
    return replace(row, redline=()) if seen else row
