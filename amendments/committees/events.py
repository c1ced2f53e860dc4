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
class MemberAppointed:
    name: ClassVar[str] = "committee:appointed"
    committee_id: UUID
    account_id: UUID
    role: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class MembershipEnded:
    name: ClassVar[str] = "committee:membership_ended"
    committee_id: UUID
    account_id: UUID
    role: str
    valid_to: date
