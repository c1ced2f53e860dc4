"""One's own desk: the documents that wait for one, one's own proposals and what became of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from amendments.decisions.queries import stage_states
from amendments.decisions.rules import StageState
from amendments.documents.models import Document, DocumentText
from amendments.documents.queries import documents_for
from amendments.extensions import db
from amendments.proposals.models import Proposal
from amendments.proposals.rules import PROPOSAL_SEE
from amendments.web.access import may
from amendments.web.actor import Actor


@dataclass(frozen=True, slots=True)
class MyProposal:
    proposal: Proposal
    document: Document
    state: str
    """Derived for the desk."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What the permission map is asked about."""

    document: Document
    text: DocumentText
    proposal: Proposal


@dataclass(frozen=True)
class MinePage:
    """One's own proposals: what waits for the author first, then drafts, then the newest."""

    waiting: tuple[MyProposal, ...]
    """Handed back when a version appeared, to be compared and filed anew."""
    drafts: tuple[MyProposal, ...]
    filed: tuple[MyProposal, ...]


def my_proposals(actor: Actor) -> MinePage:
    """Proposals that the person may no longer see are left out."""
    visible = {entry.document.id: entry.document for entry in documents_for(actor)}
    rows = db.session.scalars(
        select(Proposal)
        .where(Proposal.author_id == actor.account_id, Proposal.origin == "filed", Proposal.document_id.in_(visible))
        .order_by(Proposal.filed_at.desc(), Proposal.id)
    ).all()
    rows = [row for row in rows if _seen(actor, visible[row.document_id], row)]
    states = stage_states([row.id for row in rows])
    found = [MyProposal(row, visible[row.document_id], str(states.get(row.id, row.state))) for row in rows]
    waiting = tuple(entry for entry in found if entry.state == StageState.HANDED_BACK)
    drafts = tuple(entry for entry in found if entry.proposal.state == "draft")
    return MinePage(waiting, drafts, tuple(entry for entry in found if entry not in waiting + drafts))


def _seen(actor: Actor, document: Document, proposal: Proposal) -> bool:
    text = next(row for row in document.texts if row.id == proposal.text_id)
    return bool(may(actor, PROPOSAL_SEE, Mine(document, text, proposal)))
