"""Proposals that cost money and are adopted or open, with their places: decisions about money are made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from amendments.decisions.queries import stage_states
from amendments.decisions.rules import StageState
from amendments.documents.models import Document, Version
from amendments.documents.queries import load_text
from amendments.extensions import db
from amendments.forwarding.rules import BUDGET_STATES
from amendments.proposals.models import Edit, Hunk, Proposal
from amendments.proposals.queries import for_reader, with_authors
from amendments.text.whereabouts import NOWHERE, Whereabouts, whereabouts
from amendments.web.actor import Actor


@dataclass(frozen=True)
class BudgetLine:
    proposal: Proposal
    who: str
    """The committee, or the person who filed it."""
    state: StageState
    place: Whereabouts
    version_number: int
    """In which its line is counted: the one it was filed on."""
    amends: int | None = None
    """The proposal it changes, by its number: its money is no other money."""

    @property
    def is_adopted(self) -> bool:
        return self.state in ADOPTED


ADOPTED = frozenset({StageState.AGREED, StageState.AGREED_MODIFIED, StageState.AGREED_IN_PART, StageState.ADOPTED})


def budget_lines(actor: Actor, document: Document) -> tuple[BudgetLine, ...]:
    """Those this person may know of, in the order of their numbers; a statement for each version that is not in memory,
    else a constant number.
    """
    ids = db.session.scalars(
        select(Proposal.id).where(*for_reader(actor, document), Proposal.budget, Proposal.number.is_not(None))
    ).all()
    states = {key: state for key, state in stage_states(ids).items() if state in BUDGET_STATES}
    rows = with_authors(states)
    numbers = _numbers({proposal.version_id for proposal, _, _ in rows})
    amended = _amended(actor, document, {proposal.parent_id for proposal, _, _ in rows if proposal.parent_id})
    places = _places([proposal.id for proposal, _, _ in rows])
    where = {version_id: whereabouts(load_text(version_id)) for version_id in numbers}
    return tuple(
        BudgetLine(
            proposal,
            committee.name if committee else author_name,
            states[proposal.id],
            where[proposal.version_id].get(places.get(proposal.id, ""), NOWHERE),
            numbers[proposal.version_id],
            amended.get(proposal.parent_id),
        )
        for proposal, author_name, committee in rows
    )


def _amended(actor: Actor, document: Document, ids: set[UUID]) -> dict[UUID | None, int | None]:
    if not ids:
        return {}
    wanted = select(Proposal.id, Proposal.number).where(*for_reader(actor, document), Proposal.id.in_(ids))
    return {row.id: row.number for row in db.session.execute(wanted)}


def _numbers(version_ids: set[UUID]) -> dict[UUID, int]:
    rows = db.session.execute(
        select(Version.id, Version.number).where(Version.id.in_(version_ids)).order_by(Version.number)
    )
    return {version_id: number or 0 for version_id, number in rows}


def _places(proposal_ids: list[UUID]) -> dict[UUID, str]:
    """Proposal -> the paragraph it speaks of first."""
    rows = db.session.execute(
        select(Edit.proposal_id, Hunk.paragraph)
        .join(Hunk, Hunk.edit_id == Edit.id)
        .where(Edit.proposal_id.in_(proposal_ids), Edit.rank == 0, Hunk.rank == 0)
        .order_by(Edit.proposal_id)
    )
    return {row.proposal_id: row.paragraph for row in rows}
