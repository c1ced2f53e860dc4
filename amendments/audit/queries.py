"""Reading the record, and walking the chain."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from amendments.audit import chain
from amendments.audit.models import GENESIS, Event, EventHead, EventSubject
from amendments.extensions import db

PAGE = 50
AT_ONCE = 500
"""Rows fetched at a time while the chain is walked."""
NOTHING: tuple[int, tuple[Any, ...]] = (0, ())


def events_of(document_id: UUID, *, before: int | None = None, limit: int = PAGE) -> Sequence[Event]:
    """Events of a document, newest first; `before` is the number of the last one already shown."""
    statement = select(Event).where(Event.document_id == document_id)
    if before is not None:
        statement = statement.where(Event.seq < before)
    return db.session.scalars(statement.order_by(Event.seq.desc()).limit(limit)).all()


def events_of_many(
    document_ids: Collection[UUID],
    *,
    before: int | None = None,
    limit: int = PAGE,
    private: Collection[str] = (),
    actor_id: UUID | None = None,
) -> Sequence[Event]:
    """Events of those documents, newest first; the caller decides which documents a person may see.

    Events named in `private` are shown only to `actor_id`, whose they are.
    """
    statement = select(Event).where(Event.document_id.in_(document_ids))
    if private:
        statement = statement.where(or_(Event.name.not_in(private), Event.actor_id == actor_id))
    if before is not None:
        statement = statement.where(Event.seq < before)
    return db.session.scalars(statement.order_by(Event.seq.desc()).limit(limit)).all()


def naming(ids: Iterable[UUID]) -> Select[int]:
    """Numbers of the events that name one of `ids`, as a subquery."""
    return select(EventSubject.seq).where(EventSubject.subject_id.in_(list(ids)))


def latest(document_id: UUID) -> int:
    """Number of the newest event of a document, 0 if there is none: the counter that live views ask for."""
    return db.session.scalar(select(func.max(Event.seq)).where(Event.document_id == document_id)) or 0


def head() -> tuple[int, str]:
    """Last number and hash: the anchor to print outside this database."""
    row = db.session.get(EventHead, 1)
    return (row.seq, row.hash) if row is not None else (0, GENESIS)


@dataclass(frozen=True)
class Verdict:
    """`events` were walked; `broken_at` is the first number that does not fit, None if all do."""

    events: int
    broken_at: int | None
    reason: str = ""

    @property
    def intact(self) -> bool:
        return self.broken_at is None


def verify() -> Verdict:
    """Walk the chain from its beginning. Finds a changed, deleted, inserted or swapped event, and a wrong head.

    Cutting the tail together with the head, or computing the whole chain anew, is found only against a printed anchor.
    """
    events = select(*Event.__table__.columns).order_by(Event.seq).execution_options(yield_per=AT_ONCE)
    subjects = select(EventSubject.seq, EventSubject.subject_id).order_by(EventSubject.seq)
    with (
        closing(db.session.execute(events)) as rows,
        closing(db.session.execute(subjects.execution_options(yield_per=AT_ONCE))) as named,
    ):
        return _walk(rows, named)


def _walk(events: Iterable[Any], subjects: Iterable[Any]) -> Verdict:
    named_by = groupby(subjects, key=itemgetter(0))
    next_named = next(named_by, NOTHING)
    previous, expected = GENESIS, 1
    for event in events:
        if event.seq != expected:
            return Verdict(expected - 1, expected, "missing")
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
            return Verdict(expected - 1, event.seq, "changed")
        named: frozenset[UUID] = frozenset()
        if next_named[0] == event.seq:
            named, next_named = frozenset(row[1] for row in next_named[1]), next(named_by, NOTHING)
        if named != chain.subjects_of(event.payload):
            return Verdict(expected - 1, event.seq, "subjects")
        previous, expected = event.hash, expected + 1
    if head() != (expected - 1, previous):
        return Verdict(expected - 1, expected, "head")
    return Verdict(expected - 1, None)
