"""Committees and who sits on them. A seat is never deleted: it ends on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from amendments.committees.rules import CommitteeKind, Role
from amendments.extensions import Base, UuidKey, one_of
from amendments.web import constraints


class Committee(Base):
    __tablename__ = "committee"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("name"),
        one_of("kind", CommitteeKind),
        CheckConstraint("legal_number > 0", name="legal_number"),
        CheckConstraint("name <> '' AND short_name <> '' AND key <> ''", name="named"),
    )

    id: Mapped[UuidKey]
    key: Mapped[str]
    """Stable short word for addresses and files, as `sozialausschuss`."""
    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[str]
    legal_number: Mapped[int | None]
    """Members by statute; the quorum counts from it. None where no statute names one."""


class Membership(Base):
    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("committee_id", "account_id", "role", "valid_from"),
        one_of("role", Role),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="term"),
        Index("ix_membership_account_id", "account_id"),
    )

    id: Mapped[UuidKey]
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """The last day on which the seat holds; None while it has no end."""


constraints.register("uq_committee_key", "Ein Gremium mit diesem Kürzel gibt es bereits.", field="key")
constraints.register("uq_committee_name", "Ein Gremium mit diesem Namen gibt es bereits.", field="name")
constraints.register(
    "uq_membership_committee_id_account_id_role_valid_from",
    "Diese Person hat diese Aufgabe in dem Gremium ab diesem Tag bereits.",
)
constraints.register("ck_membership_term", "Das Ende der Mitgliedschaft liegt vor ihrem Beginn.", field="valid_to")
constraints.register(
    "ck_committee_legal_number", "Die gesetzliche Mitgliederzahl muss größer als null sein.", field="legal_number"
)
