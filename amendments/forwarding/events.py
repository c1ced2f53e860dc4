"""What is recorded about forwarding and measures. What was written about them stays in their rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class Forwarded:
    name: ClassVar[str] = "forwarding:forwarded"
    forwarding_id: UUID
    from_id: UUID
    to_id: UUID
    versions: tuple[tuple[UUID, UUID], ...]
    """(text, version)."""
    older: bool
    """Deliberately not the current version of a text."""


@dataclass(frozen=True)
class ForwardingTakenBack:
    name: ClassVar[str] = "forwarding:taken_back"
    forwarding_id: UUID
    from_id: UUID
    to_id: UUID


@dataclass(frozen=True)
class MeasuresTakenUp:
    name: ClassVar[str] = "measure:taken_up"
    measure_ids: tuple[UUID, ...]
    version_id: UUID
    paragraphs: tuple[str, ...]
    committee_id: UUID


@dataclass(frozen=True)
class MeasurePlanned:
    name: ClassVar[str] = "measure:planned"
    measure_id: UUID
    committee_id: UUID
    proposed_to_id: UUID | None
    budget: bool
    rating: str | None


@dataclass(frozen=True)
class MeasureReported:
    name: ClassVar[str] = "measure:reported"
    measure_id: UUID
    report_id: UUID
    state: str
    next_report: date | None
