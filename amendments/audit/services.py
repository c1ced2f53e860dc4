"""Appending to the record."""

from typing import Any, ClassVar, Protocol
from uuid import UUID

from sqlalchemy import insert, select

from amendments.audit import chain, rules
from amendments.audit.events import RecordChecked
from amendments.audit.models import GENESIS, Event, EventHead, EventSubject
from amendments.audit.queries import Verdict
from amendments.extensions import db
from amendments.web import clock
from amendments.web.access import require
from amendments.web.actor import Actor


class Recordable(Protocol):
    """A frozen dataclass with `name: ClassVar[str]`, such as "proposal:filed", and typed fields without free text."""

    name: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


def record(actor_id: UUID | None, event: Recordable, document_id: UUID | None = None) -> Event:
    """Append `event` to the chain, in the caller's transaction. The locked head gives the number: no gaps, no forks."""
    head = db.session.scalars(select(EventHead).where(EventHead.id == 1).with_for_update()).one_or_none()
    if head is None:
        head = EventHead(id=1, seq=0, hash=GENESIS)
        db.session.add(head)
    payload = chain.payload_of(event)
    payload.pop("name", None)
    at = clock.now()
    seq = head.seq + 1
    digest = chain.link(
        head.hash,
        seq=seq,
        at=at,
        actor_id=actor_id,
        document_id=document_id,
        name=event.name,
        payload=payload,
    )
    row = Event(
        seq=seq,
        at=at,
        actor_id=actor_id,
        document_id=document_id,
        name=event.name,
        payload=payload,
        prev_hash=head.hash,
        hash=digest,
    )
    head.seq, head.hash = seq, digest
    db.session.add(row)
    db.session.flush()
    if subjects := chain.subjects_of(payload):
        db.session.execute(insert(EventSubject), [{"seq": seq, "subject_id": named} for named in sorted(subjects)])
    return row


def note_check(actor: Actor, verdict: Verdict) -> Event:
    """Keep in the record itself what walking the whole chain has shown, for every process that asks."""
    require(actor, rules.RECORD_CHECK)
    outcome = RecordChecked(verdict.events, verdict.broken_at, verdict.reason, verdict.hash)
    return record(actor.account_id, outcome)
