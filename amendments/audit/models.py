"""The chain: one row per event, what each one names, and the head that numbers them without gaps."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from amendments.extensions import Base

GENESIS = "0" * 64
CHECKED = "name = 'record:checked'"


class Event(Base):
    """Never changed, never deleted; triggers refuse both. No foreign keys: the record outlives what it names."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_checked", "seq", sqlite_where=text(CHECKED), postgresql_where=text(CHECKED)),  # the last check
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None]
    document_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str]
    payload: Mapped[dict[str, Any]]
    prev_hash: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(unique=True)


class EventSubject(Base):
    """The way from a thing to the events that name it: a row for every id in an event's payload.

    Follows from the payload and is no part of the chain; walking the whole chain compares the two.
    """

    __tablename__ = "event_subject"
    __table_args__ = (Index("ix_event_subject_subject_id", "subject_id", "seq"),)

    seq: Mapped[int] = mapped_column(ForeignKey("event.seq"), primary_key=True, autoincrement=False)
    subject_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class EventHead(Base):
    """The one row every append locks: the last number and the last hash."""

    __tablename__ = "event_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]
