"""Proposals with their edits and hunks as filed, for ever, and what was said and became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from amendments.extensions import Base, UuidKey, one_of
from amendments.proposals.rules import CarryOutcome, FileState, HunkOp, Origin, ProposalKind, Stance, State
from amendments.web import constraints


class Proposal(Base):
    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        one_of("kind", ProposalKind),
        one_of("origin", Origin),
        one_of("state", State),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint(
            "(number IS NULL AND filed_at IS NULL) OR (number IS NOT NULL AND filed_at IS NOT NULL)", name="filed"
        ),
        CheckConstraint("state NOT IN ('submitted', 'open', 'void') OR filed_at IS NOT NULL", name="state_filed"),
        CheckConstraint("state <> 'draft' OR filed_at IS NULL", name="state_draft"),
        CheckConstraint(
            "(state = 'withdrawn' AND withdrawn_at IS NOT NULL) OR (state <> 'withdrawn' AND withdrawn_at IS NULL)",
            name="state_withdrawn",
        ),
        CheckConstraint("state <> 'void' OR parent_id IS NOT NULL", name="state_void"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
        CheckConstraint("NOT late OR (filed_at IS NOT NULL AND consultation_id IS NOT NULL)", name="late"),
        Index("ix_proposal_version_id", "version_id"),
        Index("ix_proposal_text_id", "text_id"),
        Index("ix_proposal_parent_id", "parent_id"),
        Index("ix_proposal_author_id", "author_id"),
    )

    id: Mapped[UuidKey]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    text_id: Mapped[UUID] = mapped_column(ForeignKey("document_text.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    """The version it speaks of; with a parent: that version after the parent alone is applied."""
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int | None]
    """Ä 1, Ä 2, … in the order of filing; None while it is a draft."""
    kind: Mapped[str]
    origin: Mapped[str]
    state: Mapped[str]
    title: Mapped[str]
    reason: Mapped[str]
    budget: Mapped[bool]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    committee_id: Mapped[UUID | None] = mapped_column(ForeignKey("committee.id"))
    filed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    """The step of the Beratungsfolge in whose time for proposals it was filed, or whose time had last ended."""
    late: Mapped[bool]
    """Filed when that time was over."""
    row_version: Mapped[int] = mapped_column()

    edits: Mapped[list[Edit]] = relationship(lazy="raise", order_by="Edit.rank")

    __mapper_args__ = {"version_id_col": row_version}


class Edit(Base):
    """One passage a proposal changes. Position, decision and carry-over belong to it."""

    __tablename__ = "edit"
    __table_args__ = (
        UniqueConstraint("proposal_id", "rank"),
        CheckConstraint("rank >= 0", name="rank"),
        CheckConstraint("length(wish_hash) = 64", name="wish_hash"),
        Index("ix_edit_wish_hash", "wish_hash"),
    )

    id: Mapped[UuidKey]
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"))
    rank: Mapped[int]
    wish_hash: Mapped[str]
    """`hunks_hash`: equal for equal wishes."""

    hunks: Mapped[list[Hunk]] = relationship(lazy="raise", order_by="Hunk.rank")


class Hunk(Base):
    """`data` (`hunk_to_json`) is the truth; place and old text stand beside it to be searched and printed."""

    __tablename__ = "hunk"
    __table_args__ = (
        UniqueConstraint("edit_id", "rank"),
        one_of("op", HunkOp),
        CheckConstraint("rank >= 0", name="rank"),
        CheckConstraint(
            '(op = \'replace\' AND start IS NOT NULL AND "end" IS NOT NULL AND start >= 0 AND start <= "end")'
            " OR (op <> 'replace' AND \"end\" IS NULL)",
            name="place",
        ),
        CheckConstraint("length(base_hash) = 64", name="base_hash"),
        Index("ix_hunk_paragraph", "paragraph"),
    )

    id: Mapped[UuidKey]
    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"))
    rank: Mapped[int]
    op: Mapped[str]
    paragraph: Mapped[str]
    """Identity of the paragraph it speaks of; of a gap the one before it, "" at the start; of a move the block's
    first.
    """
    start: Mapped[int | None]
    """Code points; of a split the offset, of a join the left one's length."""
    end: Mapped[int | None]
    old_text: Mapped[str]
    data: Mapped[dict[str, Any]]
    base_hash: Mapped[str]
    """Hash of the text it was written against."""


class EditReplacement(Base):
    """A compromise's or a modified wording's edit, and an edit whose place it takes."""

    __tablename__ = "edit_replacement"
    __table_args__ = (
        CheckConstraint("edit_id <> replaced_edit_id", name="another"),
        Index("ix_edit_replacement_replaced_edit_id", "replaced_edit_id"),
    )

    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"), primary_key=True)
    replaced_edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"), primary_key=True)


class Resumption(Base):
    """A proposal that files anew an edit of an older one, handed back when a version appeared."""

    __tablename__ = "resumption"
    __table_args__ = (Index("ix_resumption_edit_id", "edit_id"),)

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"))


class Position(Base):
    """What a member or a committee thinks of an edit; a newer one supersedes the older, which stays.

    `superseded_by` has no foreign key: the older row gives way before the newer one is there, or the unique index
    would refuse it, and deferrable keys are not portable.
    """

    __tablename__ = "position"
    __table_args__ = (
        one_of("stance", Stance),
        CheckConstraint("stance <> 'objection' OR reason <> ''", name="objection_reason"),
        CheckConstraint("superseded_by IS NULL OR superseded_by <> id", name="superseded"),
        Index(
            "uq_position_standing_account",
            "edit_id",
            "account_id",
            unique=True,
            sqlite_where=text("superseded_by IS NULL AND committee_id IS NULL"),
            postgresql_where=text("superseded_by IS NULL AND committee_id IS NULL"),
        ),
        Index(
            "uq_position_standing_committee",
            "edit_id",
            "committee_id",
            unique=True,
            sqlite_where=text("superseded_by IS NULL AND committee_id IS NOT NULL"),
            postgresql_where=text("superseded_by IS NULL AND committee_id IS NOT NULL"),
        ),
    )

    id: Mapped[UuidKey]
    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    committee_id: Mapped[UUID | None] = mapped_column(ForeignKey("committee.id"))
    """Set when the account speaks for the whole committee."""
    stance: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[datetime]
    superseded_by: Mapped[UUID | None]


class Comment(Base):
    __tablename__ = "comment"
    __table_args__ = (CheckConstraint("text <> ''", name="said"), Index("ix_comment_proposal_id", "proposal_id"))

    id: Mapped[UuidKey]
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str]
    created_at: Mapped[datetime]


class CarryOver(Base):
    """What became of an open edit when the next version appeared. `hunks` are its hunks there, if anchored."""

    __tablename__ = "carry_over"
    __table_args__ = (
        UniqueConstraint("edit_id", "to_version_id"),
        one_of("outcome", CarryOutcome),
        CheckConstraint(
            "(outcome = 'anchored' AND hunks IS NOT NULL) OR (outcome <> 'anchored' AND hunks IS NULL)", name="anchored"
        ),
        CheckConstraint("from_version_id <> to_version_id", name="step"),
        Index("ix_carry_over_to_version_id", "to_version_id"),
    )

    id: Mapped[UuidKey]
    edit_id: Mapped[UUID] = mapped_column(ForeignKey("edit.id"))
    from_version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    to_version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    outcome: Mapped[str]
    paragraph: Mapped[str]
    """Identity of the passage in the new version, "" if it has gone."""
    hunks: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))


class ProposalSource(Base):
    """Of a proposal that came in a returned file: which, and who wants it there."""

    __tablename__ = "proposal_source"

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    file: Mapped[str]
    name: Mapped[str]
    changed_at: Mapped[datetime | None]
    """Date of the latest tracked change."""


class ReturnedFile(Base):
    """A returned file as it was read, kept until its proposals are brought in or it is out of date."""

    __tablename__ = "returned_file"
    __table_args__ = (
        UniqueConstraint("text_id", "digest"),
        one_of("state", FileState),
        CheckConstraint("length(digest) = 64", name="digest"),
        CheckConstraint("state <> 'read' OR content IS NOT NULL", name="content"),
        CheckConstraint("state <> 'refused' OR refusal IS NOT NULL", name="refusal"),
        Index("ix_returned_file_created_at", "created_at"),
    )

    id: Mapped[UuidKey]
    text_id: Mapped[UUID] = mapped_column(ForeignKey("document_text.id"))
    name: Mapped[str]
    digest: Mapped[str]
    """SHA-256 of the file, so that the same one is not taken twice."""
    state: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """`returned_to_json`, packed; gone when it has been brought in."""
    refusal: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The sentence (`Sentence.to_json`) that says why it was not read."""
    answers: Mapped[dict[str, Any]]
    """What a person said about paragraphs that are unsure: number in the file -> identity, or "" for a new one."""
    choices: Mapped[dict[str, Any]]
    """What the moderation has chosen for the people in it: number -> `bringing.Choice.to_json`."""
    numbers: Mapped[list[Any]]
    """Of the proposals it became."""
    brought_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": row_version}


constraints.register("uq_returned_file_text_id_digest", "Diese Datei liegt schon in der Liste.", race=True)
constraints.register("uq_proposal_document_id_number", "Gerade wurde ein anderer Vorschlag eingereicht.", race=True)
constraints.register("uq_position_standing_account", "Ihre Haltung wurde gerade schon einmal gespeichert.", race=True)
constraints.register(
    "uq_position_standing_committee", "Für das Gremium wurde gerade schon eine Haltung gespeichert.", race=True
)
constraints.register("ck_position_objection_reason", "Bitte begründen Sie den Einwand.", field="reason")
constraints.register("ck_comment_said", "Bitte schreiben Sie etwas in den Kommentar.", field="text")
