"""What is recorded about committees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class CommitteeCreated:
    name: ClassVar[str] = "committee:created"
    committee_id: UUID
    kind: str


@dataclass(frozen=True)
class CommitteeChanged:
    """What stands from now on; names are words of people and stay out of the record."""

    name: ClassVar[str] = "committee:changed"
    committee_id: UUID
    kind: str
    legal_number: int | None
    majority: str
    quorum: str
    quorum_number: int | None
    tie: str
    order: str
    public: bool
    reason_required: bool
    deadline_days: int | None


@dataclass(frozen=True)
class MemberAppointed:
    name: ClassVar[str] = "committee:appointed"
    committee_id: UUID
    account_id: UUID
    role: str
    valid_from: date
    valid_to: date | None
    deputy_for: UUID | None = None


@dataclass(frozen=True)
class MembershipChanged:
    name: ClassVar[str] = "committee:membership_changed"
    committee_id: UUID
    account_id: UUID
    role: str
    valid_to: date | None
    deputy_for: UUID | None


@dataclass(frozen=True)
class MembershipEnded:
    name: ClassVar[str] = "committee:membership_ended"
    committee_id: UUID
    account_id: UUID
    role: str
    valid_to: date
