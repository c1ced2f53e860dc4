"""What was forwarded to whom, and the measures that came of an adopted text with their reports."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from amendments.extensions import Base, UuidKey, one_of
from amendments.forwarding.rules import MeasureState, Rating
from amendments.web import constraints


class Forwarding(Base):
    """A step has handed the document on to a later one. What is taken back stays, marked."""

    __tablename__ = "forwarding"
    __table_args__ = (
        CheckConstraint("from_id <> to_id", name="onward"),
        CheckConstraint(
            "(taken_back_at IS NULL AND taken_back_by IS NULL AND taken_back_reason = '')"
            " OR (taken_back_at IS NOT NULL AND taken_back_by IS NOT NULL AND taken_back_reason <> '')",
            name="taken_back",
        ),
        Index(
            "uq_forwarding_standing",
            "from_id",
            unique=True,
            sqlite_where=text("taken_back_at IS NULL"),
            postgresql_where=text("taken_back_at IS NULL"),
        ),
        Index("ix_forwarding_document_id", "document_id"),
        Index("ix_forwarding_to_id", "to_id"),
    )

    id: Mapped[UuidKey]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    from_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    note: Mapped[str]
    forwarded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    forwarded_at: Mapped[datetime]
    taken_back_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_reason: Mapped[str]

    versions: Mapped[list[ForwardedVersion]] = relationship(lazy="raise", order_by="ForwardedVersion.text_id")

    @property
    def version_ids(self) -> dict[UUID, UUID]:
        """By text."""
        return {row.text_id: row.version_id for row in self.versions}


class ForwardedVersion(Base):
    __tablename__ = "forwarded_version"

    forwarding_id: Mapped[UUID] = mapped_column(ForeignKey("forwarding.id"), primary_key=True)
    text_id: Mapped[UUID] = mapped_column(ForeignKey("document_text.id"), primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))


class Measure(Base):
    """A recommendation of an adopted text that somebody sees to: a paragraph of the decided version."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        UniqueConstraint("version_id", "paragraph"),
        one_of("state", MeasureState),
        one_of("rating", Rating),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("rating IS NOT NULL OR rating_words = ''", name="rated"),
        Index("ix_measure_committee_id", "committee_id"),
    )

    id: Mapped[UuidKey]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    paragraph: Mapped[str]
    """Its identity in that version: the words stand there, not here."""
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"))
    """In charge of it."""
    proposed_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("committee.id"))
    """The body that is to decide about it."""
    state: Mapped[str]
    """As of the last report."""
    budget: Mapped[bool]
    rating: Mapped[str | None]
    rating_words: Mapped[str]
    next_report: Mapped[date | None]
    created_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": row_version}


class MeasureReport(Base):
    """What was told of a measure, and how it stood then. Never changed."""

    __tablename__ = "measure_report"
    __table_args__ = (
        UniqueConstraint("measure_id", "number"),
        one_of("state", MeasureState),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("text <> ''", name="text"),
    )

    id: Mapped[UuidKey]
    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measure.id"))
    number: Mapped[int]
    state: Mapped[str]
    text: Mapped[str]
    next_report: Mapped[date | None]
    reported_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    reported_at: Mapped[datetime]


constraints.register("uq_forwarding_standing", "Diese Beratung hat gerade schon jemand weitergeleitet.", race=True)
constraints.register("uq_measure_document_id_number", "Gerade sind andere Maßnahmen aufgenommen worden.", race=True)
constraints.register("uq_measure_version_id_paragraph", "Diese Stelle ist gerade aufgenommen worden.", race=True)
constraints.register("uq_measure_report_measure_id_number", "Gerade ist ein anderer Bericht eingegangen.", race=True)
