"""Decisions: append-only; a newer one supersedes the older, which stays."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from amendments.consultations.rules import VoteKind
from amendments.decisions.rules import Outcome
from amendments.extensions import Base, UuidKey, one_of
from amendments.web import constraints


class Decision(Base):
    """`superseded_by` has no foreign key, for the reason told at `proposals.models.Position`."""

    __tablename__ = "decision"
    __table_args__ = (
        one_of("outcome", Outcome),
        one_of("vote_kind", VoteKind),
        CheckConstraint(
            "(outcome = 'agreed_modified' AND modified_by_edit_id IS NOT NULL)"
            " OR (outcome <> 'agreed_modified' AND modified_by_edit_id IS NULL)",
            name="modified_by",
        ),
        CheckConstraint(
            "(outcome = 'settled' AND settled_by_edit_id IS NOT NULL)"
            " OR (outcome <> 'settled' AND settled_by_edit_id IS NULL)",
            name="settled_by",
        ),
        CheckConstraint("modified_by_edit_id <> edit_id AND settled_by_edit_id <> edit_id", name="another"),
        CheckConstraint("rank IS NULL OR (rank >= 0 AND outcome = 'agreed')", name="rank"),
        CheckConstraint(
            "(vote_kind = 'counted' AND yes >= 0 AND no >= 0 AND abstained >= 0"
            " AND yes IS NOT NULL AND no IS NOT NULL AND abstained IS NOT NULL)"
            " OR (vote_kind <> 'counted' AND yes IS NULL AND no IS NULL AND abstained IS NULL)",
            name="counts",
        ),
        CheckConstraint("superseded_by IS NULL OR superseded_by <> id", name="superseded"),
        Index(
            "uq_decision_standing",
            "edit_id",
            "committee_id",
            unique=True,
            sqlite_where=text("superseded_by IS NULL"),
            postgresql_where=text("superseded_by IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"))
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"))
    """The deciding body."""
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    """The step it was made in; None: at the desk."""
    outcome: Mapped[str]
    rank: Mapped[int | None]
    """The decided order among insertions at one place."""
    modified_by_edit_id: Mapped[UUID | None] = mapped_column(ForeignKey("edit.id"))
    settled_by_edit_id: Mapped[UUID | None] = mapped_column(ForeignKey("edit.id"))
    vote_kind: Mapped[str]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstained: Mapped[int | None]
    reason: Mapped[str]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime]
    superseded_by: Mapped[UUID | None]


constraints.register("uq_decision_standing", "Über diese Änderung hat gerade jemand anderes entschieden.", race=True)
constraints.register(
    "ck_decision_counts", "Bitte geben Sie Ja, Nein und Enthaltungen an, wenn gezählt wurde.", field="yes"
)
