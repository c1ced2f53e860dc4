"""What becomes of every open edit when the next version appears (DESIGN §3.5): anchored and proven, or handed back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from amendments import text as engine
from amendments.consensus.board import Board, Layer, step_between_wordings, step_from_parent
from amendments.decisions.desk import resting_on
from amendments.decisions.rules import Outcome, is_open
from amendments.proposals.queries import LiveEdit
from amendments.text import Outcome as Carry


@dataclass(frozen=True)
class CarriedEdit:
    """`carried.hunks` speak of the new text; those of an amendment, of the new text after its proposal alone."""

    live: LiveEdit
    carried: engine.Carried


@dataclass(frozen=True)
class Step:
    """The way from a version to the next: `redline`, and the edits that made it in the coordinates of the old text.

    `above`: edits applied on top, in the coordinates of what is below, with the order decided among them. `foreign`:
    found by comparing with a file.
    """

    redline: engine.Redline
    edits: tuple[engine.Edit, ...]
    above: Layer
    foreign: bool = False

    @cached_property
    def below(self) -> engine.Text:
        return self.redline.accept()

    def onto_next(self, onto_below: engine.Redline) -> engine.CarryOver:
        """From where `onto_below` begins to the next version."""
        way = engine.CarryOver(onto_below, foreign=self.foreign)
        return way.then(engine.CarryOver(self._upper)) if self.above.edits else way

    @cached_property
    def _upper(self) -> engine.Redline:
        return engine.apply_edits(engine.Redline.of(self.below), self.above.edits, self.above.order)


def import_step(alignment: engine.Alignment) -> Step:
    """The step a file makes, found by comparing."""
    return Step(alignment.redline, (alignment.edit,), Layer(()), foreign=True)


@dataclass(frozen=True)
class Carriage:
    carried: tuple[CarriedEdit, ...]
    void: tuple[UUID, ...]
    """Proposals that spoke of the wording of one that has fallen."""
    called_again: tuple[UUID, ...]
    """Agreed edits whose words are in neither text: they are open again, with all that rests on them."""


def carry_all(board: Board, step: Step) -> Carriage:
    """Every edit that is still to be decided, and every agreed one that did not come into the text with this step.

    What an agreed one had replaced or settled goes with it: it may have to be called again.
    """
    applied = {edit.id for edit in (*step.edits, *step.above.edits)}
    left = {
        edit.edit_id
        for edit in board.live.values()
        if board.outcome(edit.edit_id) is Outcome.AGREED and str(edit.edit_id) not in applied
    }
    porter = _Porter(board, step)
    porter.carry(edit for edit in board.live.values() if is_open(board.outcome(edit.edit_id)) or edit.edit_id in left)
    travelling = {edit_id for edit_id in left if porter.outcome(edit_id) not in (None, Carry.ALREADY_ADOPTED)}
    porter.carry(board.live[edit_id] for edit_id in resting_on(travelling) if edit_id in board.live)
    lost = [edit_id for edit_id in travelling if porter.outcome(edit_id) is not Carry.ANCHORED]
    found = [CarriedEdit(board.live[edit_id], result) for edit_id, result in porter.carried.items()]
    return Carriage(
        tuple(sorted(found, key=lambda item: (item.live.number or 0, str(item.live.edit_id)))),
        porter.void,
        tuple(sorted(lost, key=str)),
    )


class _Porter:
    """Carries edits over one step, an amendment after the proposal it amends."""

    def __init__(self, board: Board, step: Step) -> None:
        self.board = board
        self.step = step
        self.way = step.onto_next(step.redline)
        self.void = _fallen(board)
        self.carried: dict[UUID, engine.Carried] = {}

    def outcome(self, edit_id: UUID) -> Carry | None:
        found = self.carried.get(edit_id)
        return found.outcome if found else None

    def carry(self, edits: Iterable[LiveEdit]) -> None:
        by_parent: dict[UUID | None, list[LiveEdit]] = {None: []}
        for edit in edits:
            if edit.edit_id not in self.carried and edit.proposal_id not in self.void:
                by_parent.setdefault(edit.parent_id, []).append(edit)
        for parent_id, group in by_parent.items():
            way = self.way if parent_id is None else _way_of_children(self.board, self.step, parent_id, self.carried)
            for edit in group:
                self.carried[edit.edit_id] = way.carry(edit.edit) if way else engine.Carried(Carry.PASSAGE_CHANGED)


def _fallen(board: Board) -> tuple[UUID, ...]:
    """Proposals whose parent was rejected with every edit it has here, and those that speak of them in turn.

    A parent that was agreed in another wording or settled has not fallen: what speaks of it is carried over where its
    own words came into the text, and else handed back.
    """
    void: list[UUID] = []
    changed = True
    while changed:
        changed = False
        for proposal in board.proposals:
            parent_id = proposal.edits[0].parent_id
            if parent_id is None or proposal.proposal.id in void:
                continue
            parent = board.by_proposal[parent_id]
            rejected = all(board.outcome(edit.edit_id) is Outcome.REJECTED for edit in parent.edits)
            if parent_id in void or rejected:
                void.append(proposal.proposal.id)
                changed = True
    return tuple(void)


def _way_of_children(
    board: Board, step: Step, parent_id: UUID, carried: dict[UUID, engine.Carried]
) -> engine.CarryOver | None:
    """From the wording after the parent to where it is now: in the new text, or beside it."""
    adopted = step_from_parent(board, parent_id, step.edits, step.below)
    if adopted is not None:
        return step.onto_next(adopted)
    own = board.by_proposal[parent_id].edits
    moved = [(edit, carried.get(edit.edit_id)) for edit in own]
    hunks: list[engine.Edit] = []
    for edit, result in moved:
        if result is None or result.outcome is not Carry.ANCHORED:
            return None
        hunks.append(engine.Edit(str(edit.edit_id), result.hunks))
    if step.above.edits:
        return None
    target = engine.apply(step.below, hunks)
    beside = _between(board, parent_id, step.edits, target)
    return engine.CarryOver(beside, foreign=step.foreign) if beside is not None else None


def _between(board: Board, parent_id: UUID, edits: Sequence[engine.Edit], target: engine.Text) -> engine.Redline | None:
    if board.by_proposal[parent_id].edits[0].parent_id is not None:
        return None
    return step_between_wordings(board, parent_id, edits, target)
