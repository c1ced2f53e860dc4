"""What is one matter with an edit: whoever may not know of the one may not know of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import or_, select

from amendments.extensions import db
from amendments.proposals.models import Edit, EditReplacement, Proposal, Resumption


def kin_of(groups: Sequence[Collection[UUID]]) -> tuple[frozenset[UUID], ...]:
    """Of each group of edits: these with their proposals, the amendments to these, what was agreed in their place, and
    by which they were filed anew. One statement for each such step, however many groups.
    """
    links = _links({edit_id for group in groups for edit_id in group})
    return tuple(_reached(group, links) for group in groups)


def _links(edit_ids: Collection[UUID]) -> Mapping[UUID, set[UUID]]:
    """What follows from what, as far as it can be reached from these."""
    links: dict[UUID, set[UUID]] = defaultdict(set)
    wanted, known = set(edit_ids), set[UUID]()
    while wanted - known:
        known |= wanted
        rows = db.session.execute(
            select(Edit.id, Edit.proposal_id, Proposal.parent_id, EditReplacement.replaced_edit_id, Resumption.edit_id)
            .join(Proposal, Proposal.id == Edit.proposal_id)
            .outerjoin(EditReplacement, EditReplacement.edit_id == Edit.id)
            .outerjoin(Resumption, Resumption.proposal_id == Proposal.id)
            .where(
                or_(
                    Edit.id.in_(known),
                    Edit.proposal_id.in_(known),
                    Proposal.parent_id.in_(known),
                    EditReplacement.replaced_edit_id.in_(known),
                    Resumption.edit_id.in_(known),
                )
            )
            .order_by(Edit.id)
        )
        for edit_id, proposal_id, parent_id, replaced_id, resumed_id in rows:
            wanted |= {edit_id, proposal_id}
            links[edit_id].add(proposal_id)
            links[proposal_id].add(edit_id)
            for before, after in ((parent_id, proposal_id), (replaced_id, edit_id), (resumed_id, proposal_id)):
                if before is not None:
                    links[before].add(after)
    return links


def _reached(start: Collection[UUID], links: Mapping[UUID, set[UUID]]) -> frozenset[UUID]:
    found, wanted = set(start), list(start)
    while wanted:
        new = links.get(wanted.pop(), set()) - found
        found |= new
        wanted += new
    return frozenset(found)
