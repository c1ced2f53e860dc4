"""What is recorded about the Beratungsfolge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class ConsultationPlanned:
    name: ClassVar[str] = "consultation:planned"
    consultation_id: UUID
    committee_ids: tuple[UUID, ...]
    day: date | None
    role: str


@dataclass(frozen=True)
class ConsultationChanged:
    name: ClassVar[str] = "consultation:changed"
    consultation_id: UUID
    committee_ids: tuple[UUID, ...]
    day: date | None
    role: str


@dataclass(frozen=True)
class ConsultationDropped:
    """Planned by mistake: nothing had happened in it."""

    name: ClassVar[str] = "consultation:dropped"
    consultation_id: UUID
    committee_ids: tuple[UUID, ...]
    day: date | None


@dataclass(frozen=True)
class ResultNoted:
    name: ClassVar[str] = "consultation:result"
    consultation_id: UUID
    result: str | None
    vote_kind: str
    votes: tuple[int | None, int | None, int | None]
    versions: tuple[tuple[UUID, UUID], ...]
    """(text, version) it recommends."""
    present: int | None = None
    """How many were there, where that was said."""


@dataclass(frozen=True)
class DocumentClosed(ResultNoted):
    """The same of a deciding step that has adopted the document: it ends the consultation."""

    name: ClassVar[str] = "document:closed"


@dataclass(frozen=True)
class DocumentReopened:
    """The result that had closed it is taken back; why stands in that row."""

    name: ClassVar[str] = "document:reopened"
    consultation_id: UUID
    taken_back_id: UUID


@dataclass(frozen=True)
class PersonExcluded:
    """For a conflict of interest; `text_id` and `edit_ids` say of which part, if not of all."""

    name: ClassVar[str] = "exclusion:stated"
    exclusion_id: UUID
    account_id: UUID
    scope: str
    text_id: UUID | None
    edit_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class ExclusionLifted:
    name: ClassVar[str] = "exclusion:lifted"
    exclusion_id: UUID
    account_id: UUID
