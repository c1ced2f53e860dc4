"""Everything that was filed on a document, with the wording each passage speaks of and what was decided about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.decisions.models import Decision
from amendments.decisions.queries import stage_states, standing_by_committee
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.queries import load_text
from amendments.extensions import db
from amendments.proposals.models import Edit, Proposal
from amendments.proposals.queries import for_reader, hunks_of, with_authors, wordings_then
from amendments.text import Hunk, Text
from amendments.web.actor import Actor

Ground = tuple[UUID, UUID | None]
"""What proposals speak of: a version, or it after a proposal."""


@dataclass(frozen=True)
class Said:
    """What a body decided, as it stands."""

    body: Committee
    decision: Decision


@dataclass(frozen=True)
class FiledEdit:
    """A passage. `lead`: what the committee in charge said of it."""

    edit_id: UUID
    hunks: tuple[Hunk, ...]
    lead: Said | None
    others: tuple[Said, ...]


@dataclass(frozen=True)
class Filing:
    """A proposal as it was filed. `base`: what it was written against; the same object for all on one ground."""

    proposal: Proposal
    author_name: str
    committee: Committee | None
    text: DocumentText
    version: Version
    base: Text
    parent_number: int | None
    state: str
    """Derived for the committee in charge."""
    edits: tuple[FiledEdit, ...]

    @property
    def who(self) -> str:
        return self.committee.name if self.committee else self.author_name


def filings_for(actor: Actor, document: Document) -> tuple[Filing, ...]:
    """What this person may know of, by number, drafts never; a statement or two for each version, else a constant
    number.
    """
    wanted = select(Proposal.id).where(*for_reader(actor, document), Proposal.number.is_not(None))
    rows = with_authors(db.session.scalars(wanted))
    proposals = {proposal.id: proposal for proposal, _, _ in rows}
    edits = _edits(proposals, document)
    states = stage_states(proposals)
    versions = _versions({proposal.version_id for proposal in proposals.values()})
    texts = {text.id: text for text in document.texts}
    bases = _bases((proposal.version_id, proposal.parent_id) for proposal in proposals.values())
    return tuple(
        Filing(
            proposal=proposal,
            author_name=author_name,
            committee=committee,
            text=texts[proposal.text_id],
            version=versions[proposal.version_id],
            base=bases[proposal.version_id, proposal.parent_id],
            parent_number=parent.number if (parent := proposals.get(proposal.parent_id)) else None,  # type: ignore[arg-type]  # None is no key
            state=str(states[proposal.id]) if proposal.id in states else proposal.state,
            edits=edits[proposal.id],
        )
        for proposal, author_name, committee in rows
    )


def _edits(proposal_ids: Collection[UUID], document: Document) -> Mapping[UUID, tuple[FiledEdit, ...]]:
    rows = db.session.execute(
        select(Edit.id, Edit.proposal_id)
        .where(Edit.proposal_id.in_(proposal_ids))
        .order_by(Edit.proposal_id, Edit.rank)
    ).all()
    ids = [row.id for row in rows]
    hunks, decided = hunks_of(ids), standing_by_committee(ids)
    lead_id = document.lead_committee_id
    bodies = sorted(committees_by_id(decided).values(), key=lambda body: body.name)
    found: dict[UUID, tuple[FiledEdit, ...]] = defaultdict(tuple)
    for edit_id, proposal_id in rows:
        said = [Said(body, decided[body.id][edit_id]) for body in bodies if edit_id in decided[body.id]]
        lead = next((one for one in said if one.body.id == lead_id), None)
        others = tuple(one for one in said if one.body.id != lead_id)
        found[proposal_id] += (FiledEdit(edit_id, hunks[edit_id], lead, others),)
    return found


def _versions(ids: Collection[UUID]) -> dict[UUID, Version]:
    return {row.id: row for row in db.session.scalars(select(Version).where(Version.id.in_(ids)))}


def _bases(grounds: Iterable[Ground]) -> dict[Ground, Text]:
    by_version: dict[UUID, set[UUID]] = defaultdict(set)
    for version_id, parent_id in grounds:
        by_version[version_id] |= {parent_id} if parent_id else set()
    found: dict[Ground, Text] = {}
    for version_id, parents in by_version.items():
        found[version_id, None] = load_text(version_id)
        if parents:
            found |= {(version_id, parent): text for parent, text in wordings_then(version_id, parents).items()}
    return found
