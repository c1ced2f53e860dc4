"""Everything that lies on a version at once, and the text that follows from a choice among it.

Two layers: edits of the version itself, and edits of amendments to one of these proposals, which speak of the wording
after that proposal alone. The second layer is carried onto the text of the first through the known hunks, never found
again by comparing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from uuid import UUID

from amendments import text as engine
from amendments.decisions.models import Decision
from amendments.decisions.queries import outcome_of, standing_on
from amendments.decisions.rules import Outcome, is_open
from amendments.documents.models import Version
from amendments.documents.queries import Memory, load_text
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.proposals.grounds import Ground, grounds_of
from amendments.proposals.queries import LiveEdit, ProposalOn, proposals_on
from amendments.text import Outcome as Carry
from amendments.text import RelationKind
from amendments.web import access

MERGES_IN_MEMORY: Final = 8
"""Merges kept to start the next one from; one with 2,000 proposals to the largest statute takes some 10 MB."""

merges: Final[Memory[tuple[UUID, UUID | None, bool], engine.Merge]] = Memory(MERGES_IN_MEMORY)
"""By version, proposal whose wording is amended, and whether only agreed edits are in it: each has its own views."""


@dataclass(frozen=True)
class Board:
    """A version with its live proposals and what stands about their edits."""

    version: Version
    base: engine.Text
    proposals: tuple[ProposalOn, ...]
    standing: dict[UUID, Decision]
    hidden: frozenset[UUID] = frozenset()
    """Proposals left out because they are not for the person who reads."""

    def without(self, hidden: frozenset[UUID]) -> Board:
        """The same for somebody who is kept out of these proposals."""
        if not any(entry.proposal.id in hidden for entry in self.proposals):
            return self
        return replace(
            self, proposals=tuple(row for row in self.proposals if row.proposal.id not in hidden), hidden=hidden
        )

    @cached_property
    def live(self) -> dict[UUID, LiveEdit]:
        return {edit.edit_id: edit for proposal in self.proposals for edit in proposal.edits}

    @cached_property
    def by_proposal(self) -> dict[UUID, ProposalOn]:
        return {proposal.proposal.id: proposal for proposal in self.proposals}

    @cached_property
    def rank(self) -> dict[str, int]:
        return {paragraph.identity: number for number, paragraph in enumerate(self.base)}

    def outcome(self, edit_id: UUID) -> Outcome | None:
        return outcome_of(self.standing.get(edit_id))

    def proposal_of(self, edit_id: UUID) -> ProposalOn:
        return self.by_proposal[self.live[edit_id].proposal_id]

    @cached_property
    def grounds(self) -> dict[UUID | None, Ground]:
        """All edits by the wording they speak of, that of the version (None) first."""
        return grounds_of(self.base, self.live)

    @cached_property
    def agreed(self) -> tuple[LiveEdit, ...]:
        """What was agreed, and the very same wishes of others that this settled: one wish, all who wanted it."""
        return tuple(edit for edit in self.live.values() if self.agreed_through(edit) is not None)

    def agreed_through(self, edit: LiveEdit) -> Decision | None:
        """The decision by which the edit's words are in the text: its own, or the one that settled the same wish."""
        standing = self.standing.get(edit.edit_id)
        if standing is None or outcome_of(standing) is Outcome.AGREED:
            return standing
        larger = standing.settled_by_edit_id
        if larger is None or larger not in self.live or self.outcome(larger) is not Outcome.AGREED:
            return None
        return self.standing[larger] if self.live[larger].edit.wish == edit.edit.wish else None

    @cached_property
    def undecided(self) -> tuple[LiveEdit, ...]:
        return tuple(edit for edit in self.live.values() if is_open(self.outcome(edit.edit_id)))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Ids of agreed edits whose order at their place has been decided, first one first."""
        decisions = ((edit, self.agreed_through(edit)) for edit in self.agreed)
        ranked = [(row.rank, str(edit.edit_id)) for edit, row in decisions if row is not None and row.rank is not None]
        return tuple(edit_id for _, edit_id in sorted(ranked))

    @cached_property
    def relations(self) -> tuple[engine.Relation, ...]:
        """Among all edits that speak of the same wording, whatever was decided about them."""
        return tuple(relation for ground in self.grounds.values() for relation in ground.relations)

    def merge(self, chosen: Iterable[LiveEdit], parent_id: UUID | None = None) -> engine.Merge:
        """The chosen edits of one wording put together there: of the version, or of that after a proposal."""
        own = [edit for edit in chosen if edit.parent_id == parent_id]
        key = (self.version.id, parent_id, {edit.edit_id for edit in own} <= {edit.edit_id for edit in self.agreed})
        edits = [edit.edit for edit in own]
        merged = engine.merge(self.grounds[parent_id].wording, edits, self.order, merges.get(key))
        merges.put(key, merged)
        return merged

    def merges_above(self, chosen: Collection[LiveEdit]) -> tuple[engine.Merge, ...]:
        """The chosen amendments to proposals, those to each put together."""
        return tuple(self.merge(chosen, parent_id) for parent_id in self.grounds if parent_id is not None)

    def amended_by(self, proposal_id: UUID) -> tuple[LiveEdit, ...]:
        """Undecided edits that speak of its wording: NORMS §5 has them decided first."""
        ground = self.grounds.get(proposal_id)
        return tuple(edit for edit in ground.edits if is_open(self.outcome(edit.edit_id))) if ground else ()

    def falls_with_parent(self, edit: LiveEdit) -> bool:
        """Whether it speaks of the wording after a proposal that, as decided, will not come into the text as it is."""
        if edit.parent_id is None:
            return False
        parent = self.by_proposal[edit.parent_id].edits
        return any(not is_open(self.outcome(own.edit_id)) and self.agreed_through(own) is None for own in parent)

    @cached_property
    def ruled_out(self) -> dict[UUID, tuple[UUID, ...]]:
        """Undecided edits that cannot stand beside agreed ones -> these."""
        agreed = {str(edit.edit_id) for edit in self.agreed}
        undecided = {str(edit.edit_id) for edit in self.undecided}
        found: dict[UUID, list[UUID]] = defaultdict(list)
        for relation in self.relations:
            if relation.kind is not RelationKind.HARD:
                continue
            for one, other in ((relation.a, relation.b), (relation.b, relation.a)):
                if one in undecided and other in agreed:
                    found[UUID(one)].append(UUID(other))
        return {edit_id: tuple(sorted(by, key=str)) for edit_id, by in found.items()}

    def place_of(self, edit: LiveEdit) -> tuple[int, int]:
        """(rank of the paragraph, offset) where the edit begins; unknown paragraphs come last."""
        return min((self._place(hunk) for hunk in edit.hunks), default=(len(self.base), 0))

    def _place(self, hunk: engine.Hunk) -> tuple[int, int]:
        last = len(self.base)
        match hunk:
            case engine.Replace():
                return self.rank.get(hunk.paragraph, last), hunk.start
            case engine.Split():
                return self.rank.get(hunk.paragraph, last), hunk.offset
            case engine.Join():
                return self.rank.get(hunk.left, last), hunk.length
            case engine.Insert():
                return (self.rank.get(hunk.gap.after, last) if hunk.gap.after else -1), 10**9
            case engine.Move():
                return self.rank.get(hunk.block[0], last), 0
            case engine.Delete() | engine.Retype():
                return self.rank.get(hunk.paragraph, last), 0


def load_board(version_id: UUID, committee_id: UUID | None = None, hidden: frozenset[UUID] = frozenset()) -> Board:
    """With what the committee (None: the one in charge) has decided; a constant number of statements.

    `hidden`: proposals that are not for the person who reads (`actor.excluded.ids`): pages hand it in, verbs do not.
    """
    version = db.session.get(Version, version_id)
    if version is None:
        raise NotFound(access.NOT_FOUND)
    proposals = proposals_on(version_id, hidden)
    standing = standing_on((edit.edit_id for proposal in proposals for edit in proposal.edits), committee_id)
    return Board(version, load_text(version), proposals, standing, hidden)


# --- texts that follow


@dataclass(frozen=True)
class Layer:
    """Edits applied together, in the coordinates of the text below."""

    edits: tuple[engine.Edit, ...]
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Composition:
    """`merge` is that of the first layer; `redline` goes from the version to the text after all layers."""

    merge: engine.Merge
    layers: tuple[Layer, ...]
    redline: engine.Redline
    waiting: tuple[UUID, ...]
    """Chosen edits that speak of a wording that is not (or not yet) in the text, or found it changed."""

    @cached_property
    def text(self) -> engine.Text:
        return self.redline.accept()

    @cached_property
    def hash(self) -> str:
        return engine.text_hash(self.text)

    @property
    def applied(self) -> tuple[UUID, ...]:
        return tuple(UUID(edit.id) for layer in self.layers for edit in layer.edits)


def compose(board: Board, chosen: Collection[LiveEdit]) -> Composition:
    """The text with the chosen edits; what collides among them is left as in the version."""
    order = board.order
    merged = board.merge(chosen)
    applied = {edit_id: board.live[UUID(edit_id)].edit for edit_id in merged.applied}
    ordered = tuple(edit_id for edit_id in order if edit_id in applied)
    first = Layer(tuple(applied.values()), ordered)
    children = [edit for edit in chosen if edit.parent_id is not None]
    above, waiting = _second_layer(board, children, first, merged.text, order)
    layers = tuple(layer for layer in (first, above) if layer.edits)
    redline = engine.apply_edits(merged.redline, above.edits, above.order) if above.edits else merged.redline
    return Composition(merged, layers, redline, waiting)


def _second_layer(
    board: Board, children: Sequence[LiveEdit], first: Layer, text: engine.Text, order: Sequence[str]
) -> tuple[Layer, tuple[UUID, ...]]:
    """Amendments to proposals that are in `text`, carried onto it; those that collide there or find no place wait."""
    steps: dict[UUID, engine.Redline | None] = {}
    carried: list[engine.Edit] = []
    waiting: list[UUID] = []
    for child in children:
        parent_id = child.parent_id
        if parent_id is None:
            continue
        if parent_id not in steps:
            steps[parent_id] = step_from_parent(board, parent_id, first.edits, text)
        step = steps[parent_id]
        moved = engine.carry_over(child.edit, step) if step is not None else None
        if moved is not None and moved.outcome is Carry.ANCHORED:
            carried.append(engine.Edit(str(child.edit_id), moved.hunks))
        else:
            waiting.append(child.edit_id)
    if not carried:
        return Layer(()), tuple(waiting)
    merged = engine.merge(text, carried, order)
    stands = set(merged.applied)
    waiting += [UUID(edit.id) for edit in carried if edit.id not in stands]
    ordered = tuple(edit_id for edit_id in order if edit_id in stands)
    return Layer(tuple(edit for edit in carried if edit.id in stands), ordered), tuple(waiting)


def step_from_parent(
    board: Board, parent_id: UUID, applied: Sequence[engine.Edit], text: engine.Text
) -> engine.Redline | None:
    """From the wording after the parent alone to `text`, which holds `applied`; None if the parent is not in it."""
    own = [edit.edit for edit in board.by_proposal[parent_id].edits]
    if board.by_proposal[parent_id].edits[0].parent_id is not None:
        return None
    known = {edit.id for edit in applied}
    if not all(edit.id in known for edit in own):
        return None
    return step_between_wordings(board, parent_id, [edit for edit in applied if edit not in own], text)


def step_between_wordings(
    board: Board, parent_id: UUID, others: Iterable[engine.Edit], target: engine.Text
) -> engine.Redline | None:
    """From the wording after the parent alone to `target`, which is that with `others`; None if not proven."""
    wording = board.grounds[parent_id].wording
    own = [edit.edit for edit in board.by_proposal[parent_id].edits]
    way = engine.CarryOver(engine.apply_edits(engine.Redline.of(board.base), own))
    mapped: list[engine.Edit] = []
    for other in others:
        moved = way.carry(other)
        if moved.outcome is Carry.ANCHORED:
            mapped.append(engine.Edit(other.id, moved.hunks))
        elif moved.outcome is not Carry.ALREADY_ADOPTED:
            return None
    known = {edit.id for edit in mapped}
    order = tuple(edit_id for edit_id in board.order if edit_id in known)
    redline = engine.apply_edits(engine.Redline.of(wording), mapped, order)
    reached = redline.accept()
    same = [(p.identity, p.content) for p in reached] == [(p.identity, p.content) for p in target]
    return redline if same else None
