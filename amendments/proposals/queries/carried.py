"""What became of edits when a version appeared: carried over, handed back to their authors, filed anew, or adopted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from amendments import text as engine
from amendments.committees.models import Committee
from amendments.documents.models import Version
from amendments.extensions import db
from amendments.people.models import Account
from amendments.proposals.models import CarryOver, Edit, Proposal, Resumption
from amendments.proposals.queries.edits import hunks_from_json, hunks_of
from amendments.proposals.queries.names import proposer_name
from amendments.proposals.rules import CarryOutcome, Fate, State, fate_of


@dataclass(frozen=True)
class HandedBack:
    """An edit the step to a version left behind. `hunks` speak of `from_version_id`."""

    edit_id: UUID
    proposal: Proposal
    author_name: str
    committee: Committee | None
    outcome: CarryOutcome
    paragraph: str
    hunks: tuple[engine.Hunk, ...]
    from_version_id: UUID
    to_version_id: UUID
    successor: Proposal | None
    """The proposal by which it was filed anew."""

    @property
    def fate(self) -> Fate:
        return fate_of(self.outcome, resumed=self.successor is not None)


def handed_back(version_id: UUID, hidden: Collection[UUID] = ()) -> tuple[HandedBack, ...]:
    """What the step to this version left behind, and from earlier steps what still waits for its author; by number.

    What was withdrawn since is left out, and what is `hidden` from the person who reads.
    """
    here, step, before = aliased(Version), aliased(Version), aliased(CarryOver)
    rows = db.session.execute(
        select(CarryOver, Proposal, proposer_name(), Committee, before.hunks)
        .join(Edit, Edit.id == CarryOver.edit_id)
        .join(Proposal, Proposal.id == Edit.proposal_id)
        .join(Account, Account.id == Proposal.author_id)
        .join(here, here.text_id == Proposal.text_id)
        .join(step, step.id == CarryOver.to_version_id)
        .outerjoin(Committee, Committee.id == Proposal.committee_id)
        .outerjoin(before, (before.edit_id == CarryOver.edit_id) & (before.to_version_id == CarryOver.from_version_id))
        .where(
            here.id == version_id, step.number <= here.number, Proposal.state == State.OPEN, Proposal.id.not_in(hidden)
        )
        .where(or_(step.id == here.id, CarryOver.outcome.in_(_LOST)), CarryOver.outcome != CarryOutcome.ANCHORED)
        .order_by(Proposal.number, Edit.rank)
    ).all()
    successors = successors_of(carry.edit_id for carry, *_ in rows)
    as_filed = hunks_of(carry.edit_id for carry, *_, data in rows if data is None)
    return tuple(
        HandedBack(
            carry.edit_id,
            proposal,
            author_name,
            committee,
            CarryOutcome(carry.outcome),
            carry.paragraph,
            hunks_from_json(data) if data is not None else as_filed[carry.edit_id],
            carry.from_version_id,
            carry.to_version_id,
            successors.get(carry.edit_id),
        )
        for carry, proposal, author_name, committee, data in rows
        if carry.to_version_id == version_id or carry.edit_id not in successors
    )


_LOST = (CarryOutcome.PASSAGE_CHANGED.value, CarryOutcome.PASSAGE_GONE.value)


def fates_of(edit_ids: Iterable[UUID]) -> dict[UUID, Fate]:
    """The fate of each edit that a version left behind, in two statements; the others live on, or were never filed."""
    wanted = list(edit_ids)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(CarryOver.edit_id, CarryOver.outcome)
        .where(CarryOver.edit_id.in_(wanted), CarryOver.outcome != CarryOutcome.ANCHORED)
        .order_by(CarryOver.edit_id)
    ).all()
    resumed = successors_of(edit_id for edit_id, _ in rows)
    return {edit_id: fate_of(CarryOutcome(outcome), resumed=edit_id in resumed) for edit_id, outcome in rows}


def successors_of(edit_ids: Iterable[UUID]) -> dict[UUID, Proposal]:
    """Edit -> the latest filed proposal that takes it up again and was not withdrawn."""
    wanted = list(edit_ids)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Resumption.edit_id, Proposal)
        .join(Proposal, Proposal.id == Resumption.proposal_id)
        .where(Resumption.edit_id.in_(wanted), Proposal.number.is_not(None), Proposal.state != State.WITHDRAWN.value)
        .order_by(Proposal.number)
    )
    return {row.edit_id: row.Proposal for row in rows}


def resumed_by(proposal_id: UUID) -> UUID | None:
    """The edit that this proposal files anew."""
    return db.session.scalar(select(Resumption.edit_id).where(Resumption.proposal_id == proposal_id))


def carry_overs_of(proposal_id: UUID) -> tuple[CarryOver, ...]:
    rows = db.session.scalars(
        select(CarryOver)
        .join(Edit, Edit.id == CarryOver.edit_id)
        .join(Version, Version.id == CarryOver.to_version_id)
        .where(Edit.proposal_id == proposal_id)
        .order_by(Version.number, Edit.rank)
    )
    return tuple(rows)
