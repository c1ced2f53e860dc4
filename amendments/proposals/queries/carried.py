"""What became of edits when a version appeared: carried over, or handed back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from amendments import text as engine
from amendments.committees.models import Committee
from amendments.documents.models import Version
from amendments.extensions import db
from amendments.proposals.models import CarryOver, Edit, Proposal
from amendments.proposals.queries.edits import hunks_from_json, hunks_of, with_authors
from amendments.proposals.rules import CarryOutcome


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


def handed_back(version_id: UUID) -> tuple[HandedBack, ...]:
    """Edits that stood on the version before and found their passage changed, gone, or their wording already there."""
    before = aliased(CarryOver)
    rows = db.session.execute(
        select(CarryOver, Edit.proposal_id, before.hunks)
        .join(Edit, Edit.id == CarryOver.edit_id)
        .outerjoin(before, (before.edit_id == CarryOver.edit_id) & (before.to_version_id == CarryOver.from_version_id))
        .where(CarryOver.to_version_id == version_id, CarryOver.outcome != CarryOutcome.ANCHORED)
        .order_by(Edit.proposal_id, Edit.rank)
    ).all()
    proposals = {row[0].id: row for row in with_authors({proposal_id for _, proposal_id, _ in rows})}
    as_filed = hunks_of(carry.edit_id for carry, _, data in rows if data is None)
    found = []
    for carry, proposal_id, data in rows:
        proposal, author_name, committee = proposals[proposal_id]
        hunks = hunks_from_json(data) if data is not None else as_filed[carry.edit_id]
        outcome = CarryOutcome(carry.outcome)
        found.append(
            HandedBack(
                carry.edit_id,
                proposal,
                author_name,
                committee,
                outcome,
                carry.paragraph,
                hunks,
                carry.from_version_id,
                carry.to_version_id,
            )
        )
    return tuple(sorted(found, key=lambda item: item.proposal.number or 0))


def proposals_handed_back(proposal_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those with an edit that found its passage changed or gone when a version appeared; one statement."""
    lost = (CarryOutcome.PASSAGE_CHANGED.value, CarryOutcome.PASSAGE_GONE.value)
    return frozenset(
        db.session.scalars(
            select(Edit.proposal_id)
            .join(CarryOver, CarryOver.edit_id == Edit.id)
            .where(Edit.proposal_id.in_(list(proposal_ids)), CarryOver.outcome.in_(lost))
            .order_by(Edit.proposal_id)
        )
    )


def carry_overs_of(proposal_id: UUID) -> tuple[CarryOver, ...]:
    rows = db.session.scalars(
        select(CarryOver)
        .join(Edit, Edit.id == CarryOver.edit_id)
        .join(Version, Version.id == CarryOver.to_version_id)
        .where(Edit.proposal_id == proposal_id)
        .order_by(Version.number, Edit.rank)
    )
    return tuple(rows)
