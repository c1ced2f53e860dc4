"""Accounts, the links that open them, and the sessions of their browsers."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from amendments.extensions import Base, UuidKey, one_of
from amendments.people.rules import LANGUAGES, Purpose


class Account(Base):
    """A person who can sign in. Never deleted, only deactivated: decisions and proposals go on naming them."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("password_hash <> ''", name="password_hash"),
        one_of("language", LANGUAGES),
    )

    id: Mapped[UuidKey]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    """None while somebody is invited and has not chosen a password: nobody signs in to this account."""
    language: Mapped[str] = mapped_column(default=LANGUAGES[0])
    """Of mails to this person; pages follow the browser."""
    is_admin: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class AccountLink(Base):
    """A link that opens one account once: an invitation, or the way to a new password. The row holds its SHA-256."""

    __tablename__ = "account_link"
    __table_args__ = (
        one_of("purpose", Purpose),
        CheckConstraint("expires_at > created_at", name="term"),
        CheckConstraint("used_at IS NULL OR revoked_at IS NULL", name="one_end"),
        Index("ix_account_link_account_id", "account_id"),
        Index(
            "uq_account_link_open",
            "account_id",
            "purpose",
            unique=True,
            sqlite_where=text("used_at IS NULL AND revoked_at IS NULL"),
            postgresql_where=text("used_at IS NULL AND revoked_at IS NULL"),
        ),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    purpose: Mapped[str]
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    """None where somebody asked for it on the page for forgotten passwords."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])


class LoginSession(Base):
    """One signed-in browser. The cookie holds 256 random bits, this row their SHA-256; ending it ends the session."""

    __tablename__ = "login_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    user_agent: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise")
