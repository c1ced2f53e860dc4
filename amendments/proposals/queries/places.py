"""One proposal at its place, for those who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from amendments.committees.models import Committee
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.queries import document_for
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.people.models import Account
from amendments.proposals.models import Edit, Proposal
from amendments.proposals.queries.names import proposer_name
from amendments.proposals.rules import PROPOSAL_SEE
from amendments.web import access
from amendments.web.actor import Actor


@dataclass(frozen=True)
class ProposalPlace:
    document: Document
    text: DocumentText
    version: Version
    proposal: Proposal
    author_name: str
    committee: Committee | None


def proposal_for(actor: Actor, proposal_id: UUID) -> ProposalPlace:
    row = db.session.execute(
        select(Proposal, DocumentText, Version, proposer_name(), Committee)
        .join(DocumentText, DocumentText.id == Proposal.text_id)
        .join(Version, Version.id == Proposal.version_id)
        .join(Account, Account.id == Proposal.author_id)
        .outerjoin(Committee, Committee.id == Proposal.committee_id)
        .where(Proposal.id == proposal_id)
    ).one_or_none()
    if row is None:
        raise NotFound(access.NOT_FOUND)
    proposal, text, version, author_name, committee = row
    document = document_for(actor, proposal.document_id)
    place = ProposalPlace(document, text, version, proposal, author_name, committee)
    if not access.may(actor, PROPOSAL_SEE, place):
        raise access.not_found(actor, place)
    return place


def place_of_edit(actor: Actor, edit_id: UUID) -> ProposalPlace:
    proposal_id = db.session.scalar(select(Edit.proposal_id).where(Edit.id == edit_id))
    if proposal_id is None:
        raise NotFound(access.NOT_FOUND)
    return proposal_for(actor, proposal_id)
