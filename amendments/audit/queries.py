"""Reading the record, and walking the chain."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Select, func, literal, or_, select

from amendments.audit import chain
from amendments.audit.events import RecordChecked
from amendments.audit.models import GENESIS, Event, EventHead, EventSubject
from amendments.extensions import db

PAGE = 50
AT_ONCE = 500
"""Rows fetched at a time while the chain is walked."""
NOTHING: tuple[int, tuple[Any, ...]] = (0, ())


def events_of(
    document_ids: Collection[UUID],
    *,
    before: int | None = None,
    limit: int = PAGE,
    private: Collection[str] = (),
    actor_id: UUID | None = None,
    hidden: Collection[UUID] = (),
) -> Sequence[Event]:
    """Events of those documents, newest first; the caller decides which documents a person may see.

    Events named in `private` are shown only to `actor_id`, whose they are; none that names one of `hidden`.
    """
    statement = select(Event).where(Event.document_id.in_(document_ids))
    if private:
        statement = statement.where(or_(Event.name.not_in(private), Event.actor_id == actor_id))
    if hidden:
        statement = statement.where(Event.seq.not_in(naming(hidden)))
    if before is not None:
        statement = statement.where(Event.seq < before)
    return db.session.scalars(statement.order_by(Event.seq.desc()).limit(limit)).all()


def naming(ids: Iterable[UUID]) -> Select[int]:
    """Numbers of the events that name one of `ids`, as a subquery."""
    return select(EventSubject.seq).where(EventSubject.subject_id.in_(list(ids)))


def events_about(ids: Iterable[UUID], name: str) -> Sequence[Event]:
    """Events of this name that name one of `ids`, the oldest first."""
    statement = select(Event).where(Event.seq.in_(naming(ids)), Event.name == name)
    return db.session.scalars(statement.order_by(Event.seq)).all()


def last_named(ids: Iterable[UUID], names: Collection[str]) -> dict[UUID, datetime]:
    """When the last event of one of these names named each thing; one statement."""
    rows = db.session.execute(
        select(EventSubject.subject_id, func.max(Event.at))
        .join(Event, Event.seq == EventSubject.seq)
        .where(EventSubject.subject_id.in_(list(ids)), Event.name.in_(names))
        .group_by(EventSubject.subject_id)
        .order_by(EventSubject.subject_id)
    )
    return {row[0]: row[1] for row in rows}


Anchor = tuple[int, str]
"""Number and hash of an event: what one may print outside this database to recognise the chain by."""

BEGINNING: Anchor = (0, GENESIS)


def told(names: Collection[str]) -> Iterator[Any]:
    """(seq, name, actor_id, payload) of all events of these names, the oldest first."""
    columns = (Event.seq, Event.name, Event.actor_id, Event.payload)
    with _streamed(select(*columns).where(Event.name.in_(names)).order_by(Event.seq)) as rows:
        yield from rows


def head() -> Anchor:
    """Number and hash of the last event."""
    row = db.session.execute(select(EventHead.seq, EventHead.hash).where(EventHead.id == 1)).one_or_none()
    return (row.seq, row.hash) if row is not None else BEGINNING


def first_hash() -> str:
    """Of the first event: as long as there is a record, no other town has it. Empty before it."""
    return db.session.scalar(select(Event.hash).where(Event.seq == 1)) or ""


@dataclass(frozen=True)
class Verdict:
    """The chain holds `events` events up to where it was walked; `broken_at` is the first number that does not fit."""

    events: int
    broken_at: int | None
    reason: str = ""
    hash: str = field(default="", compare=False)
    """Of the last event, where all fit."""

    @property
    def intact(self) -> bool:
        return self.broken_at is None


def verify(after: Anchor = BEGINNING) -> Verdict:
    """Walk the chain, from its beginning or on from an event that was reached before.

    Finds a changed, deleted, inserted or swapped event behind `after`, and a wrong head. Cutting the tail together with
    the head, or computing the whole chain anew, is found only against a printed anchor.
    """
    newest = db.session.scalar(select(func.max(Event.seq))) or 0
    last, digest = head()  # read second: events that others append meanwhile lie behind it
    if newest > last:
        return Verdict(last, last + 1, "head")
    events = select(*Event.__table__.columns).where(Event.seq > after[0], Event.seq <= last).order_by(Event.seq)
    subjects = select(EventSubject.seq, EventSubject.subject_id).where(EventSubject.seq > after[0])
    with _streamed(events) as rows, _streamed(subjects.order_by(EventSubject.seq)) as named:
        found = _walk(rows, named, after)
    if not found.intact or (found.events, found.hash) == (last, digest):
        return found
    return Verdict(found.events, found.events + 1, "missing" if found.events < last else "head")


def _streamed(statement: Executable) -> closing[Any]:
    return closing(db.session.execute(statement.execution_options(yield_per=AT_ONCE)))


def _walk(events: Iterable[Any], subjects: Iterable[Any], after: Anchor) -> Verdict:
    named_by = groupby(subjects, key=itemgetter(0))
    next_named = next(named_by, NOTHING)
    reached, previous = after
    for event in events:
        if event.seq != reached + 1:
            return Verdict(reached, reached + 1, "missing")
        digest = chain.link(
            previous,
            seq=event.seq,
            at=event.at,
            actor_id=event.actor_id,
            document_id=event.document_id,
            name=event.name,
            payload=event.payload,
        )
        if event.prev_hash != previous or event.hash != digest:
            return Verdict(reached, event.seq, "changed")
        named: frozenset[UUID] = frozenset()
        if next_named[0] == event.seq:
            named, next_named = frozenset(row[1] for row in next_named[1]), next(named_by, NOTHING)
        if named != chain.subjects_of(event.payload):
            return Verdict(reached, event.seq, "subjects")
        reached, previous = event.seq, event.hash
    return Verdict(reached, None, hash=previous)


def holds(anchor: Anchor) -> bool:
    """Whether the event of that number still has that hash."""
    seq, digest = anchor
    return anchor == BEGINNING or db.session.scalar(select(Event.hash).where(Event.seq == seq)) == digest


@dataclass(frozen=True)
class Check:
    """A walk from the beginning that somebody asked for, as the record tells it."""

    at: datetime
    verdict: Verdict


def of_checks() -> Select[datetime, dict[str, Any]]:
    # The name is written into the statement, so that the index over these few events is used.
    named = Event.name == literal(RecordChecked.name, literal_execute=True)
    return select(Event.at, Event.payload).where(named)


def last_check() -> Check | None:
    """The newest one."""
    row = db.session.execute(of_checks().order_by(Event.seq.desc()).limit(1)).first()
    return Check(row.at, Verdict(**row.payload)) if row is not None else None
