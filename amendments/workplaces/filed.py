"""Proposals that lie on no version any more, such as withdrawn ones, as they were filed."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from amendments.documents.models import Version
from amendments.documents.queries import load_text
from amendments.exchange.instructions import Instructions
from amendments.extensions import db
from amendments.proposals.queries import LiveEdit, ProposalOn, hunks_of, proposals_of, with_authors, wordings_then
from amendments.text.model import Text


def as_filed(edit_ids: Collection[UUID]) -> dict[UUID, tuple[ProposalOn, LiveEdit, str]]:
    """Edit -> its proposal, itself, and the change as an instruction to the wording it was filed on."""
    if not edit_ids:
        return {}
    of, hunks = proposals_of(edit_ids), hunks_of(edit_ids)
    entries = {
        proposal.id: ProposalOn(proposal, author_name, committee, ())
        for proposal, author_name, committee in with_authors(set(of.values()))
    }
    sentences: dict[tuple[UUID, UUID | None], Instructions] = {}
    found: dict[UUID, tuple[ProposalOn, LiveEdit, str]] = {}
    for edit_id in edit_ids:
        entry = entries[of[edit_id]]
        row = entry.proposal
        ground = row.version_id, row.parent_id
        if ground not in sentences:
            sentences[ground] = Instructions(_base(*ground))
        edit = LiveEdit(edit_id, row.id, row.number, row.parent_id, hunks[edit_id], row.version_id, carried=False)
        found[edit_id] = entry, edit, sentences[ground].say(edit.hunks).text
    return found


def _base(version_id: UUID, parent_id: UUID | None) -> Text:
    if parent_id is None:
        return load_text(db.session.get_one(Version, version_id))
    return wordings_then(version_id, [parent_id])[parent_id]
