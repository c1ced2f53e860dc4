"""What is recorded about decisions. A line is (proposal, edit, outcome)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

Line = tuple[UUID, UUID, str]


@dataclass(frozen=True)
class DecisionMade:
    name: ClassVar[str] = "decision:made"
    version_id: UUID
    committee_id: UUID
    consultation_id: UUID | None
    vote_kind: str
    votes: tuple[int | None, int | None, int | None]
    lines: tuple[Line, ...]
    """What was decided, and behind it what it settled."""


@dataclass(frozen=True)
class ModificationAgreed:
    name: ClassVar[str] = "decision:modified"
    version_id: UUID
    committee_id: UUID
    consultation_id: UUID | None
    proposal_id: UUID
    number: int
    wish_hash: str
    vote_kind: str
    votes: tuple[int | None, int | None, int | None]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CompromiseAgreed:
    name: ClassVar[str] = "decision:compromise"
    version_id: UUID
    committee_id: UUID
    consultation_id: UUID | None
    proposal_id: UUID
    number: int
    wish_hash: str
    vote_kind: str
    votes: tuple[int | None, int | None, int | None]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class WordingPut:
    """A wording of the moderation, to be voted on in place of others."""

    name: ClassVar[str] = "decision:wording_put"
    version_id: UUID
    committee_id: UUID
    consultation_id: UUID | None
    proposal_id: UUID
    number: int
    wish_hash: str
    replaces: tuple[UUID, ...]


@dataclass(frozen=True)
class EditorialChangeMade:
    name: ClassVar[str] = "decision:editorial"
    version_id: UUID
    committee_id: UUID
    consultation_id: UUID | None
    proposal_id: UUID
    number: int
    wish_hashes: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class EditsReopened:
    name: ClassVar[str] = "decision:reopened"
    version_id: UUID
    committee_id: UUID
    consultation_id: UUID | None
    lines: tuple[Line, ...]
    """The one that was called again, and behind it what its decision had settled or replaced."""
