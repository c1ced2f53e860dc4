"""Documents, their texts, and the versions of each text. A version and what it holds never change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from amendments.documents.rules import TextRole, VersionRole, Visibility, level_on
from amendments.extensions import Base, UuidKey, one_of
from amendments.text.model import Kind
from amendments.web import clock, constraints


class Document(Base):
    """The head of a paper (NORMS §1). Every writer of its texts, proposals and decisions locks this row first."""

    __tablename__ = "document"
    __table_args__ = (
        one_of("visibility", Visibility),
        CheckConstraint("title <> ''", name="titled"),
        CheckConstraint("visibility <> 'public' OR public_from IS NULL", name="public_from"),
        Index("ix_document_lead_committee_id", "lead_committee_id"),
    )

    id: Mapped[UuidKey]
    title: Mapped[str]
    reference: Mapped[str]
    """Aktenzeichen."""
    office: Mapped[str]
    """Amt/Abteilung, as printed."""
    subject: Mapped[str]
    """Betreff."""
    offices: Mapped[str]
    """Other offices that took part, parted by commas."""
    dated: Mapped[date | None]
    visibility: Mapped[str]
    public_from: Mapped[date | None]
    """From this day on it is public."""
    lead_committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"))
    created_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """When its decision was noted; from then on its texts stand still."""
    row_version: Mapped[int] = mapped_column()

    participants: Mapped[list[DocumentParticipant]] = relationship(
        lazy="raise", order_by="DocumentParticipant.committee_id", cascade="all, delete-orphan"
    )
    readers: Mapped[list[DocumentReader]] = relationship(
        lazy="raise", order_by="DocumentReader.account_id", cascade="all, delete-orphan"
    )
    texts: Mapped[list[DocumentText]] = relationship(lazy="raise", order_by="DocumentText.rank")

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def level(self) -> Visibility:
        """Who sees it today."""
        return level_on(clock.today(), self.visibility, self.public_from)

    @property
    def participant_ids(self) -> frozenset[UUID]:
        """The participating committees, the lead one not among them."""
        return frozenset(row.committee_id for row in self.participants)

    @property
    def reader_ids(self) -> frozenset[UUID]:
        return frozenset(row.account_id for row in self.readers)


class DocumentParticipant(Base):
    __tablename__ = "document_participant"
    __table_args__ = (Index("ix_document_participant_committee_id", "committee_id"),)

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committee.id"), primary_key=True)


class DocumentReader(Base):
    __tablename__ = "document_reader"
    __table_args__ = (Index("ix_document_reader_account_id", "account_id"),)

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)


class DocumentText(Base):
    """One amendable text of a document: the proposed resolution, an annex."""

    __tablename__ = "document_text"
    __table_args__ = (
        UniqueConstraint("document_id", "rank"),
        one_of("role", TextRole),
        one_of("visibility", Visibility),
        CheckConstraint("rank >= 0", name="rank"),
        CheckConstraint("visibility <> 'public' OR public_from IS NULL", name="public_from"),
    )

    id: Mapped[UuidKey]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    rank: Mapped[int]
    role: Mapped[str]
    title: Mapped[str]
    literal: Mapped[bool]
    """Signs such as "## " and "* " are part of the text (.md and .txt as imported)."""
    file_suffix: Mapped[str]
    visibility: Mapped[str] = mapped_column(default=Visibility.PUBLIC.value)
    """Never wider than its document; `public`: like it."""
    public_from: Mapped[date | None]
    """From this day on it is like its document."""

    @property
    def level(self) -> Visibility:
        return level_on(clock.today(), self.visibility, self.public_from)


class ParagraphContent(Base):
    """Head, words and marks of a paragraph, stored once for all versions that share it. The key is `Content.hash`."""

    __tablename__ = "paragraph_content"
    __table_args__ = (one_of("kind", Kind), CheckConstraint("level >= 0", name="level"))

    hash: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    level: Mapped[int]
    attributes: Mapped[dict[str, Any]]
    text: Mapped[str]
    marks: Mapped[list[Any]]


class Version(Base):
    """An immutable state of a whole text. Only a published one has a number and can be filed on."""

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("text_id", "number"),
        one_of("role", VersionRole),
        CheckConstraint(
            "(role = 'published' AND number IS NOT NULL) OR (role <> 'published' AND number IS NULL)", name="numbered"
        ),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
        CheckConstraint("length(hash) = 64", name="hash"),
        Index("ix_version_parent_id", "parent_id"),
    )

    id: Mapped[UuidKey]
    text_id: Mapped[UUID] = mapped_column(ForeignKey("document_text.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("version.id"))
    role: Mapped[str]
    number: Mapped[int | None]
    label: Mapped[str]
    hash: Mapped[str]
    """`text_hash` of the paragraphs: what a preview showed and what was published can be compared."""
    note: Mapped[str]
    layout: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """How the literal file was written around its paragraphs (`exchange.layout`); None if not literal.

    It belongs to the version, not to the text: an older file must be written back as it was after a newer one came
    in.
    """
    created_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": row_version}


class VersionParagraph(Base):
    __tablename__ = "version_paragraph"
    __table_args__ = (
        UniqueConstraint("version_id", "identity"),
        CheckConstraint("rank >= 0", name="rank"),
        Index("ix_version_paragraph_content_hash", "content_hash"),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str]
    content_hash: Mapped[str] = mapped_column(ForeignKey("paragraph_content.hash"))


constraints.register("pk_paragraph_content", "Derselbe Absatz wurde gerade von jemand anderem gespeichert.", race=True)
constraints.register("uq_version_text_id_number", "Inzwischen ist eine neue Fassung erschienen.", race=True)
constraints.register("ck_document_titled", "Bitte geben Sie der Vorlage einen Titel.", field="title")
