"""The record of what happened, and whether its chain is whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from amendments.audit import queries as audit
from amendments.audit.checking import Standing, standing
from amendments.audit.models import Event
from amendments.documents.models import Document, Version
from amendments.documents.queries import TextPlace, documents_for
from amendments.documents.rules import DOCUMENT_WORK
from amendments.extensions import db
from amendments.people.models import Account
from amendments.proposals.events import DraftDiscarded, DraftEdited, ProposalDrafted
from amendments.proposals.models import Proposal
from amendments.web.access import may
from amendments.web.actor import Actor

OF_DRAFTS = (ProposalDrafted.name, DraftEdited.name, DraftDiscarded.name)
"""That somebody has begun to write is nobody else's business."""


@dataclass(frozen=True)
class RecordPage:
    """What the record page shows."""

    events: tuple[Event, ...]
    """Newest first, only of documents whose work this person sees."""
    documents: Mapping[UUID, Document]
    names: Mapping[UUID, str]
    """Who acted, by account."""
    standing: Standing
    """What is known of the chain, and since when."""
    before: int | None
    """The number from which the next page goes on, or None."""


def record_page(actor: Actor, before: int | None) -> RecordPage:
    documents = {
        entry.document.id: entry.document for entry in documents_for(actor) if may(actor, DOCUMENT_WORK, entry.document)
    }
    hidden = _hidden(actor, documents.values())
    found = audit.events_of(list(documents), before=before, private=OF_DRAFTS, actor_id=actor.account_id, hidden=hidden)
    events = tuple(found)
    actors = {event.actor_id for event in events if event.actor_id is not None}
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(actors)).order_by(Account.id))
    return RecordPage(
        events=events,
        documents=documents,
        names={row[0]: row[1] for row in rows},
        standing=standing(),
        before=events[-1].seq if len(events) == audit.PAGE else None,
    )


def _hidden(actor: Actor, documents: Iterable[Document]) -> frozenset[UUID]:
    """What this person is excluded from, and proposals and versions of texts whose work they do not see."""
    places = [TextPlace(document, text) for document in documents for text in document.texts]
    texts = {place.text.id for place in places if not may(actor, DOCUMENT_WORK, place)}
    if not texts:
        return actor.excluded.ids
    proposals = db.session.scalars(select(Proposal.id).where(Proposal.text_id.in_(texts)).order_by(Proposal.id))
    versions = db.session.scalars(select(Version.id).where(Version.text_id.in_(texts)).order_by(Version.id))
    return actor.excluded.ids.union(proposals, versions) - texts
