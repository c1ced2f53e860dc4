"""Reading a consensus as it grows: the merge desk, the texts that follow, what publishing would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from amendments import text as engine
from amendments.consensus.board import Board, Composition, Layer, compose, load_board
from amendments.consensus.carrying import Carriage, CarriedEdit, Step, carry_all, import_step
from amendments.consensus.provenance import ProvenanceRedline, Source, redline_between
from amendments.consensus.rules import View
from amendments.decisions.models import Decision
from amendments.decisions.rules import Outcome, is_open
from amendments.documents.models import Version
from amendments.documents.queries import current_version
from amendments.proposals.queries import (
    Counts,
    HandedBack,
    LiveEdit,
    PositionEntry,
    ProposalOn,
    handed_back,
    objections_to,
    position_counts,
)
from amendments.text import Grade, RelationKind

__all__ = [
    "CollisionGroup",
    "ConsensusText",
    "Desk",
    "DeskItem",
    "ImportPreview",
    "Preview",
    "ProvenanceRedline",
    "Related",
    "Source",
    "consensus_text",
    "merge_desk",
    "preview",
    "preview_import",
    "redline_between",
    "relations_of",
    "wishes_at",
]


@dataclass(frozen=True)
class Related:
    """How an edit stands to another proposal's edit.

    `inside`: of a contained pair, True if `edit_id` is the smaller one, False if the larger; else None. `edit_id` is
    None for a wish that has not been filed.
    """

    edit_id: UUID | None
    other: ProposalOn
    other_edit_id: UUID
    kind: RelationKind
    grade: Grade | None = None
    inside: bool | None = None


@dataclass(frozen=True)
class DeskItem:
    """One edit on the desk with all there is to know about it."""

    edit: LiveEdit
    proposal: ProposalOn
    counts: Counts
    decision: Decision | None
    """The standing one; its id is what a form sends back as `expected`."""
    relations: tuple[Related, ...]
    ruled_out_by: tuple[UUID, ...] = ()
    amended_by: tuple[int | None, ...] = ()
    """Numbers of the undecided amendments to its proposal, which are decided first."""
    objections: tuple[PositionEntry, ...] = ()
    """Against this edit, and against those that its adoption would settle: the same wish and what it contains."""
    agreed_in_vain: bool = False
    """Agreed, and as things stand not in the text: its proposal is not in it, or another agreed edit took its place."""

    @property
    def edit_id(self) -> UUID:
        return self.edit.edit_id


@dataclass(frozen=True)
class CollisionGroup:
    """One agenda item: everything that collisions connect, agreed edits included, in text order."""

    items: tuple[DeskItem, ...]
    collisions: tuple[engine.Collision, ...]


@dataclass(frozen=True)
class Desk:
    """A version's edits in text order, each in exactly one group.

    `undisputed`: nothing speaks against it. `soft`: can stand, but a person should read it beside others, as an
    amendment beside its proposal. `objected`: no clash in the text, but somebody objects to it or to what it settles.
    `collisions`: cannot all stand, or need an order. `ruled_out`: cannot stand beside what was agreed. `waiting`:
    amendments to a proposal that, as decided, will not come into the text, and what was referred to others.
    `decided`: the rest. `handed_back`: found their passage changed when this version appeared.

    `candidates`: what was agreed and what can still be agreed beside it; `merges`: these put together, those of the
    version first.
    """

    board: Board
    candidates: tuple[LiveEdit, ...]
    merges: tuple[engine.Merge, ...]
    version: Version
    undisputed: tuple[DeskItem, ...]
    soft: tuple[DeskItem, ...]
    objected: tuple[DeskItem, ...]
    collisions: tuple[CollisionGroup, ...]
    ruled_out: tuple[DeskItem, ...]
    waiting: tuple[DeskItem, ...]
    decided: tuple[DeskItem, ...]
    handed_back: tuple[HandedBack, ...]

    @property
    def open_count(self) -> int:
        """Edits still to be decided."""
        groups = (self.undisputed, self.soft, self.objected, self.ruled_out, self.waiting)
        in_collisions = sum(
            item.decision is None or is_open(Outcome(item.decision.outcome))
            for g in self.collisions
            for item in g.items
        )
        return sum(map(len, groups)) + in_collisions


@dataclass(frozen=True)
class ConsensusText:
    """`redline` is None where the view shows the version as it is. `proposals`: all that live on the version.

    `contested`: ids of the edits of the view that cannot all stand, at `places` places.
    """

    view: View
    version: Version
    base: engine.Text
    redline: engine.Redline | None
    proposals: tuple[ProposalOn, ...]
    contested: frozenset[str] = frozenset()
    places: int = 0
    waiting: tuple[UUID, ...] = ()

    @cached_property
    def text(self) -> engine.Text:
        return self.redline.accept() if self.redline else self.base

    @cached_property
    def hash(self) -> str:
        return engine.text_hash(self.text) if self.redline else self.version.hash


@dataclass(frozen=True)
class Preview:
    """What publishing would do now. `hash` must come back with the form."""

    version: Version
    composition: Composition
    carriage: Carriage
    ruled_out: tuple[UUID, ...]

    @property
    def text(self) -> engine.Text:
        return self.composition.text

    @property
    def hash(self) -> str:
        return self.composition.hash

    @property
    def redline(self) -> engine.Redline:
        return self.composition.redline

    @property
    def applied(self) -> tuple[UUID, ...]:
        return self.composition.applied

    @property
    def carried(self) -> tuple[CarriedEdit, ...]:
        return self.carriage.carried

    @property
    def collisions(self) -> tuple[engine.Collision, ...]:
        return self.composition.merge.collisions


@dataclass(frozen=True)
class ImportPreview:
    """How a file would become the next version, and what would become of the proposals that live on this one."""

    version: Version
    alignment: engine.Alignment
    carriage: Carriage
    proposals: tuple[ProposalOn, ...]


# --- the desk


def merge_desk(version_id: UUID, committee_id: UUID | None = None, hidden: frozenset[UUID] = frozenset()) -> Desk:
    """What lies on the version, by what the committee (None: the one in charge) has said about it."""
    return desk_of(load_board(version_id, committee_id, hidden))


def desk_of(board: Board) -> Desk:
    candidates = _candidates(board)
    merges = (board.merge(candidates), *board.merges_above(candidates))
    contested = {UUID(edit_id) for merged in merges for edit_id in merged.contested}
    soft = {UUID(edit_id) for merged in merges for relation in merged.soft for edit_id in (relation.a, relation.b)}
    items = desk_items(board)
    groups: dict[str, list[DeskItem]] = defaultdict(list)
    for edit in sorted(board.live.values(), key=lambda edit: (board.place_of(edit), edit.number or 0)):
        groups[_group_of(board, items[edit.edit_id], contested, soft)].append(items[edit.edit_id])
    return Desk(
        board=board,
        candidates=tuple(candidates),
        merges=merges,
        version=board.version,
        undisputed=tuple(groups["undisputed"]),
        soft=tuple(groups["soft"]),
        objected=tuple(groups["objected"]),
        collisions=_collision_groups(board, merges, items),
        ruled_out=tuple(groups["ruled_out"]),
        waiting=tuple(groups["waiting"]),
        decided=tuple(groups["decided"]),
        handed_back=handed_back(board.version.id, board.hidden),
    )


def desk_items(board: Board) -> dict[UUID, DeskItem]:
    """Every edit on the board with all there is to know about it; a constant number of statements."""
    known = _Known(
        board, position_counts(board.live), objections_to(board.live), _related(board), _agreed_in_vain(board)
    )
    return {edit_id: known.item(edit) for edit_id, edit in board.live.items()}


def _candidates(board: Board) -> list[LiveEdit]:
    """What was agreed and what can still be agreed beside it."""
    open_edits = (edit for edit in board.undecided if not board.falls_with_parent(edit))
    return [*board.agreed, *(edit for edit in open_edits if edit.edit_id not in board.ruled_out)]


def _group_of(board: Board, item: DeskItem, contested: set[UUID], soft: set[UUID]) -> str:
    edit_id = item.edit_id
    if edit_id in contested:
        return "collision"
    if not is_open(board.outcome(edit_id)):
        return "decided"
    if board.falls_with_parent(item.edit) or board.outcome(edit_id) is Outcome.REFERRED:
        return "waiting"
    if edit_id in board.ruled_out:
        return "ruled_out"
    if edit_id in soft or item.edit.parent_id is not None or item.amended_by:
        return "soft"
    return "objected" if item.objections else "undisputed"


def _agreed_in_vain(board: Board) -> frozenset[UUID]:
    """Only amendments to a proposal can be: edits of the version itself were checked when they were agreed."""
    if all(edit.parent_id is None for edit in board.agreed):
        return frozenset()
    return frozenset(compose(board, board.agreed).waiting)


@dataclass(frozen=True)
class _Known:
    """What is known about all edits of a desk, each read once."""

    board: Board
    counts: Mapping[UUID, Counts]
    objections: Mapping[UUID, tuple[PositionEntry, ...]]
    related: Mapping[UUID, list[Related]]
    in_vain: Collection[UUID]

    def item(self, edit: LiveEdit) -> DeskItem:
        board, edit_id = self.board, edit.edit_id
        related = tuple(self.related.get(edit_id, ()))
        settles = [other.other_edit_id for other in related if _would_settle(other)]
        return DeskItem(
            edit,
            board.by_proposal[edit.proposal_id],
            self.counts.get(edit_id, Counts()),
            board.standing.get(edit_id),
            related,
            board.ruled_out.get(edit_id, ()),
            tuple(dict.fromkeys(child.number for child in board.amended_by(edit.proposal_id))),
            tuple(entry for name in (edit_id, *settles) for entry in self.objections.get(name, ())),
            edit_id in self.in_vain,
        )


def _would_settle(related: Related) -> bool:
    """Whether adopting the one settles the other: the same wish, or one that it contains."""
    return related.kind is RelationKind.SAME or related.inside is False


def _collision_groups(
    board: Board, merges: Iterable[engine.Merge], items: Mapping[UUID, DeskItem]
) -> tuple[CollisionGroup, ...]:
    groups = [
        CollisionGroup(
            tuple(sorted((items[UUID(edit_id)] for edit_id in component), key=_by_number)),
            tuple(collision for collision in merged.collisions if set(component).intersection(collision.edits)),
        )
        for merged in merges
        for component in merged.components
    ]
    return tuple(sorted(groups, key=lambda group: min(board.place_of(item.edit) for item in group.items)))


def _by_number(item: DeskItem) -> tuple[int, str]:
    return item.edit.number or 0, str(item.edit_id)


def _related(board: Board) -> dict[UUID, list[Related]]:
    found: dict[UUID, list[Related]] = defaultdict(list)
    for relation in board.relations:
        for mine, other in ((relation.a, relation.b), (relation.b, relation.a)):
            if board.live[UUID(mine)].proposal_id != board.live[UUID(other)].proposal_id:
                found[UUID(mine)].append(_seen_from(board, relation, mine))
    return found


def _seen_from(board: Board, relation: engine.Relation, mine: str) -> Related:
    """The relation as the edit `mine` sees it; "" is a wish that has not been filed."""
    other = UUID(relation.b if relation.a == mine else relation.a)
    inside = relation.a == mine if relation.kind is RelationKind.CONTAINED else None
    edit_id = UUID(mine) if mine else None
    return Related(edit_id, board.proposal_of(other), other, relation.kind, relation.grade, inside)


# --- texts


def consensus_text(version_id: UUID, view: View | str, hidden: frozenset[UUID] = frozenset()) -> ConsensusText:
    """The text a view shows. "All" leaves out what cannot stand beside agreed edits."""
    view = View(view)
    board = load_board(version_id, hidden=hidden)
    if view is View.DRAFT:
        return ConsensusText(view, board.version, board.base, None, board.proposals)
    chosen = board.agreed if view is View.AGREED else as_if_all(board)
    composed = compose(board, chosen) if view is not View.WITH_PROPOSALS else None
    merges = (composed.merge if composed else board.merge(chosen), *board.merges_above(chosen))
    return ConsensusText(
        view,
        board.version,
        board.base,
        composed.redline if composed else None,
        board.proposals,
        frozenset(edit_id for merged in merges for edit_id in merged.contested),
        sum(len(merged.collisions) for merged in merges),
        composed.waiting if composed else (),
    )


def as_if_all(board: Board) -> list[LiveEdit]:
    """Agreed edits, and undecided ones that can stand beside them."""
    agreed = {str(edit.edit_id) for edit in board.agreed}
    beside: set[str] = set()
    for relation in board.relations:
        if relation.kind in (RelationKind.HARD, RelationKind.ORDER) and (relation.a in agreed) != (
            relation.b in agreed
        ):
            beside.update({relation.a, relation.b} - agreed)
    return [*board.agreed, *(edit for edit in board.undecided if str(edit.edit_id) not in beside)]


def preview(version_id: UUID) -> Preview:
    """The next version as it would be, and where every open edit would stand on it."""
    board = load_board(version_id)
    return preview_of(board)


def preview_of(board: Board) -> Preview:
    composed = compose(board, board.agreed)
    first, above = (*composed.layers, Layer(()), Layer(()))[:2]
    carriage = carry_all(board, Step(composed.merge.redline, first.edits, above))
    return Preview(board.version, composed, carriage, tuple(board.ruled_out))


def preview_import(
    text_id: UUID, contents: Sequence[engine.Content], answers: Mapping[int, str] | None = None
) -> ImportPreview:
    """A new file for a text, matched with the current version."""
    board = load_board(current_version(text_id).id)
    alignment = engine.align(board.base, contents, "import", answers)
    return ImportPreview(board.version, alignment, carry_all(board, import_step(alignment)), board.proposals)


# --- who wants the same words


def relations_of(version_id: UUID, proposal_id: UUID, hidden: frozenset[UUID] = frozenset()) -> tuple[Related, ...]:
    """How a proposal's edits stand to those of others on the same wording, the heaviest first."""
    board = load_board(version_id, hidden=hidden)
    mine = board.by_proposal.get(proposal_id)
    if mine is None:
        return ()
    related = _related(board)
    return _heaviest_first(entry for edit in mine.edits for entry in related.get(edit.edit_id, ()))


def wishes_at(
    version_id: UUID,
    hunks: Iterable[engine.Hunk],
    parent_id: UUID | None = None,
    hidden: frozenset[UUID] = frozenset(),
) -> tuple[Related, ...]:
    """Who else wants these words, before anything is filed; the heaviest first."""
    board = load_board(version_id, hidden=hidden)
    ground = board.grounds.get(parent_id)
    if ground is None:
        return ()
    wish = engine.Edit("", tuple(hunks))
    relations = engine.relations(ground.wording, [wish, *(edit.edit for edit in ground.edits)])
    return _heaviest_first(_seen_from(board, relation, "") for relation in relations if "" in (relation.a, relation.b))


def _heaviest_first(found: Iterable[Related]) -> tuple[Related, ...]:
    weight = {
        RelationKind.SAME: 0,
        RelationKind.HARD: 1,
        RelationKind.CONTAINED: 2,
        RelationKind.ORDER: 3,
        RelationKind.SOFT: 4,
    }
    return tuple(
        sorted(
            found, key=lambda entry: (weight[entry.kind], entry.other.proposal.number or 0, str(entry.other_edit_id))
        )
    )
