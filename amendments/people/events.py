"""What people do that is recorded."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class AccountCreated:
    name: ClassVar[str] = "account:created"
    account: UUID
    is_admin: bool


@dataclass(frozen=True)
class AccountDeactivated:
    name: ClassVar[str] = "account:deactivated"
    account: UUID


@dataclass(frozen=True)
class AccountReactivated:
    name: ClassVar[str] = "account:reactivated"
    account: UUID


@dataclass(frozen=True)
class PasswordChanged:
    name: ClassVar[str] = "account:password-changed"
    account: UUID


@dataclass(frozen=True)
class SignedIn:
    name: ClassVar[str] = "session:opened"
    account: UUID


@dataclass(frozen=True)
class SignedOut:
    name: ClassVar[str] = "session:ended"
    account: UUID
    sessions: int
