"""The wording an edit speaks of: the version, or the version after a proposal alone is applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from amendments import text as engine
from amendments.documents.queries import load_text
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.proposals.models import CarryOver, Edit, Proposal
from amendments.proposals.queries.edits import LiveEdit, edits_on, hunks_from_json, hunks_of
from amendments.web import access


def wording_base(version_id: UUID, parent_id: UUID | None = None) -> engine.Text:
    """What somebody reads who files: the version, or with a parent the version after that proposal alone is applied.

    Raises NotFound when the parent has no edit on this version.
    """
    base = load_text(version_id)
    if parent_id is None:
        return base
    return wording_after(base, edits_on(version_id), parent_id)


def wording_after(base: engine.Text, edits: Iterable[LiveEdit], parent_id: UUID) -> engine.Text:
    """`base` after the proposal alone, below it those it speaks of itself."""
    by_proposal: dict[UUID, list[LiveEdit]] = defaultdict(list)
    for live in edits:
        by_proposal[live.proposal_id].append(live)
    line: list[list[LiveEdit]] = []
    current: UUID | None = parent_id
    while current is not None:
        if current not in by_proposal:
            raise NotFound(access.NOT_FOUND)
        line.append(by_proposal[current])
        current = by_proposal[current][0].parent_id
    for layer in reversed(line):
        base = engine.apply(base, [live.edit for live in layer])
    return base


def wordings_then(version_id: UUID, parent_ids: Iterable[UUID]) -> dict[UUID, engine.Text]:
    """What amendments to these proposals spoke of on that version, whatever has become of the proposals since.

    A proposal without an edit there leaves the version as it is: its words are part of it, or were never put to it.
    """
    stood: dict[UUID, tuple[engine.Edit, ...]] = {}
    above: dict[UUID, UUID | None] = {}
    wanted = asked = frozenset(parent_ids)
    while wanted:
        rows = db.session.execute(
            select(Edit.id, Edit.proposal_id, Proposal.parent_id, Proposal.version_id, CarryOver.hunks)
            .join(Proposal, Proposal.id == Edit.proposal_id)
            .outerjoin(CarryOver, (CarryOver.edit_id == Edit.id) & (CarryOver.to_version_id == version_id))
            .where(Edit.proposal_id.in_(wanted))
            .order_by(Edit.proposal_id, Edit.rank)
        ).all()
        here = hunks_of(edit_id for edit_id, _, _, filed_on, _ in rows if filed_on == version_id)
        here |= {edit_id: hunks_from_json(data) for edit_id, _, _, _, data in rows if data is not None}
        for edit_id, proposal_id, parent_id, _, _ in rows:
            above[proposal_id] = parent_id
            if edit_id in here:
                stood[proposal_id] = (*stood.get(proposal_id, ()), engine.Edit(str(edit_id), here[edit_id]))
        further = (above[proposal_id] for proposal_id in stood)
        wanted = frozenset(parent_id for parent_id in further if parent_id is not None and parent_id not in above)
    base = load_text(version_id)
    return {parent_id: _grown(base, parent_id, stood, above) for parent_id in asked}


def _grown(
    base: engine.Text,
    proposal_id: UUID | None,
    stood: Mapping[UUID, tuple[engine.Edit, ...]],
    above: Mapping[UUID, UUID | None],
) -> engine.Text:
    if proposal_id is None or proposal_id not in stood:
        return base
    return engine.apply(_grown(base, above[proposal_id], stood, above), stood[proposal_id])
