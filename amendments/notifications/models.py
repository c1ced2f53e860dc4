"""News for one person, what they do without, and how far the record has been read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from amendments.extensions import Base, UuidKey, one_of
from amendments.notifications.rules import NoticeKind


class Notice(Base):
    """Something that happened to a proposal, for the person who filed it. It ends as sent or as dropped."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("event_seq", "account_id", "kind", "proposal_id"),
        one_of("kind", NoticeKind),
        CheckConstraint("tries >= 0", name="tries"),
        CheckConstraint("sent_at IS NULL OR dropped_at IS NULL", name="one_end"),
        Index(
            "ix_notice_waiting",
            "account_id",
            sqlite_where=text("sent_at IS NULL AND dropped_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND dropped_at IS NULL"),
        ),
        Index("ix_notice_account_id", "account_id", "sent_at"),
    )

    id: Mapped[UuidKey]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str]
    event_seq: Mapped[int]
    """The event it was read from."""
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"))
    item_id: Mapped[UUID | None]
    """Of an item that comes next. No foreign key: an agenda is made anew, and with it its items."""
    happened_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    tries: Mapped[int]
    sent_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]


class MailRefused(Base):
    """A kind of news somebody does without."""

    __tablename__ = "mail_refused"
    __table_args__ = (one_of("kind", NoticeKind),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)


class MailProgress(Base):
    """The one row that whoever reads the record for news locks: the last event that was read."""

    __tablename__ = "mail_progress"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
