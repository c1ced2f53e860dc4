"""Committees and who sits on them. A seat is never deleted: it ends on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from amendments.committees.rules import CommitteeKind, Majority, Quorum, Role, Tie, VoteOrder
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


class CommitteeRules(Base):
    """How a committee decides, where it differs from what is usual for its kind; else there is no row."""

    __tablename__ = "committee_rules"
    __table_args__ = (
        one_of("majority", Majority),
        one_of("quorum", Quorum),
        one_of("tie", Tie),
        one_of("vote_order", VoteOrder),
        CheckConstraint(
            "(quorum = 'own' AND quorum_number > 0) OR (quorum <> 'own' AND quorum_number IS NULL)",
            name="quorum_number",
        ),
        CheckConstraint("deadline_days >= 0", name="deadline_days"),
    )

    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"), primary_key=True)
    majority: Mapped[str]
    quorum: Mapped[str]
    quorum_number: Mapped[int | None]
    tie: Mapped[str]
    vote_order: Mapped[str]
    public: Mapped[bool]
    reason_required: Mapped[bool]
    deadline_days: Mapped[int | None]


class Membership(Base):
    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("committee_id", "account_id", "role", "valid_from"),
        one_of("role", Role),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="term"),
        CheckConstraint("deputy_for IS NULL OR role = 'deputy'", name="deputy_for"),
        Index("ix_membership_account_id", "account_id"),
    )

    id: Mapped[UuidKey]
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """The last day on which the seat holds; None while it has no end."""
    deputy_for: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    """Whom a deputy stands in for; None for one who stands in for anybody of the committee."""


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
