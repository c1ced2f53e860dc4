"""How a version came from its parent: the provenance of every word."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from amendments.consensus.rules import ConsensusKind, StepOrigin
from amendments.extensions import Base, UuidKey, one_of


class VersionStep(Base):
    """One hunk, in the coordinates of the version's parent, and the edit it comes from; an import has no edit."""

    __tablename__ = "version_step"
    __table_args__ = (
        UniqueConstraint("version_id", "rank"),
        one_of("origin", StepOrigin),
        CheckConstraint(
            "(origin = 'import' AND edit_id IS NULL) OR (origin <> 'import' AND edit_id IS NOT NULL)", name="source"
        ),
        CheckConstraint("rank >= 0", name="rank"),
        Index("ix_version_step_edit_id", "edit_id"),
    )

    id: Mapped[UuidKey]
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    rank: Mapped[int]
    edit_id: Mapped[UUID | None] = mapped_column(ForeignKey("edit.id"))
    origin: Mapped[str]
    hunk: Mapped[dict[str, Any]]


class ConsensusVersion(Base):
    """A consensus version somebody has kept: a snapshot of the text, and what it is. It is never filed on."""

    __tablename__ = "consensus_version"
    __table_args__ = (
        one_of("kind", ConsensusKind),
        CheckConstraint(
            "(kind = 'committee' AND committee_id IS NOT NULL) OR (kind <> 'committee' AND committee_id IS NULL)",
            name="committee",
        ),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"), primary_key=True)
    kind: Mapped[str]
    committee_id: Mapped[UUID | None] = mapped_column(ForeignKey("committee.id"))
    """Whose wish it is."""
