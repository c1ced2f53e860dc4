"""What is recorded about documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class DocumentCreated:
    name: ClassVar[str] = "document:created"
    document_id: UUID
    lead_committee_id: UUID
    visibility: str
    text_ids: tuple[UUID, ...]
    hashes: tuple[str, ...]
    """`text_hash` of version 1 of each text."""


@dataclass(frozen=True)
class TextAdded:
    name: ClassVar[str] = "document:text_added"
    document_id: UUID
    text_id: UUID
    hash: str
    """`text_hash` of its version 1."""


@dataclass(frozen=True)
class DocumentChanged:
    """`head`: which of its lines were changed. `texts`: (text, visibility, public from) of each."""

    name: ClassVar[str] = "document:changed"
    document_id: UUID
    head: tuple[str, ...]
    visibility: str
    public_from: date | None
    participant_ids: tuple[UUID, ...]
    reader_ids: tuple[UUID, ...]
    texts: tuple[tuple[UUID, str, date | None], ...]
