"""What is recorded about versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class VersionPublished:
    name: ClassVar[str] = "version:published"
    text_id: UUID
    version_id: UUID
    parent_id: UUID
    number: int
    hash: str
    edit_ids: tuple[UUID, ...]
    """The edits that came into the text."""
    carried: tuple[tuple[UUID, str], ...]
    """Open edits and what became of them."""
    voided_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class VersionImported:
    name: ClassVar[str] = "version:imported"
    text_id: UUID
    version_id: UUID
    parent_id: UUID
    number: int
    hash: str
    carried: tuple[tuple[UUID, str], ...]
    voided_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class ConsensusKept:
    name: ClassVar[str] = "consensus:kept"
    text_id: UUID
    version_id: UUID
    """The snapshot."""
    base_id: UUID
    kind: str
    committee_id: UUID | None
    hash: str
    edit_ids: tuple[UUID, ...]
