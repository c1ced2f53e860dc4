"""Reading the record for news, and what waits to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from amendments.audit.models import Event
from amendments.decisions.events import CompromiseAgreed, DecisionMade, EditsReopened, ModificationAgreed
from amendments.documents.models import Document
from amendments.extensions import db
from amendments.meetings.events import ItemCalled
from amendments.meetings.models import AgendaItem, Meeting
from amendments.meetings.queries import items_of, next_item
from amendments.meetings.rules import ItemState
from amendments.notifications.models import MailRefused, Notice
from amendments.notifications.rules import STUCK, NoticeKind, may_send
from amendments.proposals.models import Edit, Proposal
from amendments.proposals.queries import proposals_of
from amendments.proposals.rules import CarryOutcome, Origin
from amendments.web import clock

VERSIONS: Final = ("version:published", "version:imported")
DECISIONS: Final = (DecisionMade.name, ModificationAgreed.name, CompromiseAgreed.name, EditsReopened.name)
NEWS: Final = (*DECISIONS, *VERSIONS, ItemCalled.name)
HANDED_BACK: Final = frozenset({CarryOutcome.PASSAGE_CHANGED, CarryOutcome.PASSAGE_GONE})
AT_ONCE: Final = 500
"""Events read in one unit of work."""


@dataclass(frozen=True)
class Item:
    """News of one proposal, before it is known whom it concerns."""

    kind: NoticeKind
    seq: int
    at: datetime
    actor_id: UUID | None
    proposal_id: UUID
    item_id: UUID | None = None


def events_after(seq: int) -> tuple[Event, ...]:
    """The next events that can be news, oldest first."""
    return tuple(
        db.session.scalars(
            select(Event).where(Event.seq > seq, Event.name.in_(NEWS)).order_by(Event.seq).limit(AT_ONCE)
        )
    )


def news_of(event: Event) -> Iterator[Item]:
    """What an event means for which proposals, each once."""
    if event.name in DECISIONS:
        kind, proposals = NoticeKind.DECIDED, _decided(event)
    elif event.name in VERSIONS:
        kind, proposals = NoticeKind.HANDED_BACK, _handed_back(event.payload)
    else:
        yield from _called(event)
        return
    for proposal_id in dict.fromkeys(proposals):
        yield Item(kind, event.seq, event.at, event.actor_id, proposal_id)


def _decided(event: Event) -> list[UUID]:
    """Of what the committee in charge decided: others recommend, and their members sat there."""
    lead_id = db.session.scalar(select(Document.lead_committee_id).where(Document.id == event.document_id))
    if event.payload["committee_id"] != str(lead_id):
        return []
    return [UUID(proposal_id) for proposal_id, _edit, _outcome in event.payload["lines"]]


def _handed_back(payload: dict[str, Any]) -> list[UUID]:
    edit_ids = [UUID(edit_id) for edit_id, outcome in payload["carried"] if outcome in HANDED_BACK]
    found = proposals_of(edit_ids)
    return [found[edit_id] for edit_id in edit_ids]


def _called(event: Event) -> Iterator[Item]:
    """The item that comes after the one that was called: who filed something there has time to come in."""
    coming = next_item(items_of(UUID(event.payload["meeting_id"])))
    if coming is None:
        return
    rows = db.session.scalars(
        select(Edit.proposal_id).where(Edit.id.in_([row.edit_id for row in coming.edits])).order_by(Edit.proposal_id)
    )
    for proposal_id in dict.fromkeys(rows):
        yield Item(NoticeKind.CALLED_NEXT, event.seq, event.at, event.actor_id, proposal_id, coming.id)


def authors_of(proposal_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Proposal -> who filed it; what the moderation wrote itself has nobody to be told."""
    filed = (Origin.FILED.value, Origin.ORAL.value)
    rows = db.session.execute(
        select(Proposal.id, Proposal.author_id)
        .where(Proposal.id.in_(set(proposal_ids)), Proposal.origin.in_(filed))
        .order_by(Proposal.id)
    )
    return {row.id: row.author_id for row in rows}


# --- what waits


def waiting() -> dict[UUID, list[Notice]]:
    """What may be sent now, by person: neither within the hour nor on its way."""
    now = clock.now()
    rows = db.session.scalars(
        select(Notice)
        .where(Notice.sent_at.is_(None), Notice.dropped_at.is_(None))
        .order_by(Notice.account_id, Notice.event_seq, Notice.proposal_id)
    ).all()
    last = _last_sent({row.account_id for row in rows})
    found: dict[UUID, list[Notice]] = {}
    for row in rows:
        on_its_way = row.tried_at is not None and now - row.tried_at < STUCK
        if not on_its_way and may_send(now, last.get(row.account_id)):
            found.setdefault(row.account_id, []).append(row)
    return found


def _last_sent(account_ids: set[UUID]) -> dict[UUID, datetime]:
    rows = db.session.execute(
        select(Notice.account_id, func.max(Notice.sent_at).label("last"))
        .where(Notice.account_id.in_(account_ids), Notice.sent_at.is_not(None))
        .group_by(Notice.account_id)
        .order_by(Notice.account_id)
    )
    return {row.account_id: row.last for row in rows}


def refused_by(account_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """The kinds each of these people does without."""
    wanted = set(account_ids)
    found: dict[UUID, set[str]] = {account_id: set() for account_id in wanted}
    rows = db.session.execute(
        select(MailRefused.account_id, MailRefused.kind)
        .where(MailRefused.account_id.in_(wanted))
        .order_by(MailRefused.account_id, MailRefused.kind)
    )
    for account_id, kind in rows:
        found[account_id].add(kind)
    return {account_id: frozenset(kinds) for account_id, kinds in found.items()}


def still_coming(item_ids: Iterable[UUID | None]) -> frozenset[UUID]:
    """Items of running sittings about which something can still be said."""
    wanted = {item_id for item_id in item_ids if item_id is not None}
    if not wanted:
        return frozenset()
    return frozenset(
        db.session.scalars(
            select(AgendaItem.id)
            .join(Meeting, Meeting.id == AgendaItem.meeting_id)
            .where(AgendaItem.id.in_(wanted), AgendaItem.state != ItemState.DONE, Meeting.closed_at.is_(None))
        )
    )
