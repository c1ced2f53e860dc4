"""Consultations: the steps of a document's way through the committees."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from amendments.consultations.rules import Result, Scope, Vote, VoteKind, Window, closes
from amendments.exchange.vorlage import Role as ConsultationRole
from amendments.extensions import Base, UuidKey, one_of
from amendments.web import constraints


class Consultation(Base):
    """One step: who sits, when, what for, and what came of it. Ordered by day and hour, then rank."""

    __tablename__ = "consultation"
    __table_args__ = (
        UniqueConstraint("document_id", "rank"),
        one_of("role", ConsultationRole),
        one_of("result", Result),
        one_of("vote_kind", VoteKind),
        CheckConstraint("rank >= 0", name="rank"),
        CheckConstraint("filing_opens IS NULL OR filing_closes IS NULL OR filing_opens < filing_closes", name="filing"),
        CheckConstraint(
            "(vote_kind = 'counted' AND yes >= 0 AND no >= 0 AND abstained >= 0"
            " AND yes IS NOT NULL AND no IS NOT NULL AND abstained IS NOT NULL)"
            " OR (vote_kind <> 'counted' AND yes IS NULL AND no IS NULL AND abstained IS NULL)",
            name="counts",
        ),
        CheckConstraint("result IS NOT NULL OR vote_kind = 'none'", name="no_vote"),
        CheckConstraint("present IS NULL OR (vote_kind = 'counted' AND present >= 0)", name="present"),
    )

    id: Mapped[UuidKey]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    rank: Mapped[int]
    day: Mapped[date | None]
    begins: Mapped[str]
    """Time on the wall of the town hall, as "18:30"; empty if not known."""
    place: Mapped[str]
    role: Mapped[str]
    public: Mapped[bool]
    announced: Mapped[bool]
    """The result of a step that is not public has been made known (NORMS §8)."""
    printed: Mapped[bool]
    """Named in the table of the paper."""
    filing_opens: Mapped[datetime | None]
    filing_closes: Mapped[datetime | None]
    asks: Mapped[bool]
    """Proposals are asked for in this step, between the two moments above."""
    result: Mapped[str | None]
    vote_kind: Mapped[str]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstained: Mapped[int | None]
    present: Mapped[int | None]
    remark: Mapped[str]
    """What the result needs besides, as the committee put it."""
    row_version: Mapped[int] = mapped_column()

    seats: Mapped[list[ConsultationCommittee]] = relationship(
        lazy="raise", order_by="ConsultationCommittee.rank", cascade="all, delete-orphan"
    )
    recommended: Mapped[list[RecommendedVersion]] = relationship(
        lazy="raise", order_by="RecommendedVersion.text_id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def committee_ids(self) -> tuple[UUID, ...]:
        """Who sits, the committee in charge first."""
        return tuple(row.committee_id for row in self.seats)

    @property
    def vote(self) -> Vote:
        return Vote(VoteKind(self.vote_kind), self.yes, self.no, self.abstained, self.present)

    @vote.setter
    def vote(self, vote: Vote) -> None:
        self.vote_kind, self.present = vote.kind.value, vote.present
        self.yes, self.no, self.abstained = vote.yes, vote.no, vote.abstained

    @property
    def outcome(self) -> Result | None:
        return Result(self.result) if self.result is not None else None

    @property
    def closes(self) -> bool:
        """This step has decided the document."""
        return closes(self.role, self.outcome)

    @property
    def window(self) -> Window | None:
        return Window(self.id, self.filing_opens, self.filing_closes) if self.asks else None


class ConsultationCommittee(Base):
    __tablename__ = "consultation_committee"
    __table_args__ = (
        UniqueConstraint("consultation_id", "rank"),
        CheckConstraint("rank >= 0", name="rank"),
        Index("ix_consultation_committee_committee_id", "committee_id"),
    )

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"), primary_key=True)
    rank: Mapped[int]
    """0 is the committee in charge (federführend)."""


class RecommendedVersion(Base):
    """The version of a text the step recommends, or has resolved."""

    __tablename__ = "recommended_version"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    text_id: Mapped[UUID] = mapped_column(ForeignKey("document_text.id"), primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))


class ResultTakenBack(Base):
    """A result that closed the document and holds no longer. Never changed."""

    __tablename__ = "result_taken_back"
    __table_args__ = (
        one_of("result", Result),
        one_of("vote_kind", VoteKind),
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_result_taken_back_consultation_id", "consultation_id"),
    )

    id: Mapped[UuidKey]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    result: Mapped[str]
    vote_kind: Mapped[str]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstained: Mapped[int | None]
    present: Mapped[int | None]
    reason: Mapped[str]
    taken_back_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime]

    @property
    def outcome(self) -> Result:
        return Result(self.result)

    @property
    def vote(self) -> Vote:
        return Vote(VoteKind(self.vote_kind), self.yes, self.no, self.abstained, self.present)


class Exclusion(Base):
    """Somebody takes no part for a conflict of interest. Lifting it says so; the row stays."""

    __tablename__ = "exclusion"
    __table_args__ = (
        one_of("scope", Scope),
        CheckConstraint("(scope = 'document') = (text_id IS NULL)", name="text"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted"),
        CheckConstraint("lifted_at IS NULL OR lifted_at >= since", name="order"),
        Index("ix_exclusion_document_id", "document_id"),
        Index("ix_exclusion_account_id", "account_id"),
        Index(
            "uq_exclusion_document",
            "document_id",
            "account_id",
            unique=True,
            sqlite_where=text("scope = 'document' AND lifted_at IS NULL"),
            postgresql_where=text("scope = 'document' AND lifted_at IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    text_id: Mapped[UUID | None] = mapped_column(ForeignKey("document_text.id"))
    """The text it is about, or in which the edits lie."""
    scope: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    since: Mapped[datetime]
    stated_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    """Oneself: it was disclosed."""
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    edits: Mapped[list[ExclusionEdit]] = relationship(lazy="raise", order_by="ExclusionEdit.edit_id")

    @property
    def edit_ids(self) -> frozenset[UUID]:
        return frozenset(row.edit_id for row in self.edits)


class ExclusionEdit(Base):
    """An edit somebody is excluded from; its proposal, and what hangs on it, follows (`queries.register_kin`)."""

    __tablename__ = "exclusion_edit"
    __table_args__ = (Index("ix_exclusion_edit_edit_id", "edit_id"),)

    exclusion_id: Mapped[UUID] = mapped_column(ForeignKey("exclusion.id"), primary_key=True)
    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"), primary_key=True)


constraints.register("uq_exclusion_document", "Diese Person ist davon schon ausgeschlossen.", race=True)
constraints.register("uq_consultation_document_id_rank", "Die Beratungsfolge wurde gerade geändert.", race=True)
constraints.register(
    "ck_consultation_filing", "Die Frist für Vorschläge endet, bevor sie beginnt.", field="filing_closes"
)
constraints.register(
    "ck_consultation_counts", "Bitte geben Sie Ja, Nein und Enthaltungen an, wenn gezählt wurde.", field="yes"
)
