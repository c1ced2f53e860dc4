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
class PersonInvited:
    """An account without a password, and a link to choose one."""

    name: ClassVar[str] = "account:invited"
    account: UUID
    is_admin: bool


@dataclass(frozen=True)
class InvitationRenewed:
    name: ClassVar[str] = "account:invitation-renewed"
    account: UUID


@dataclass(frozen=True)
class InvitationRevoked:
    name: ClassVar[str] = "account:invitation-revoked"
    account: UUID


@dataclass(frozen=True)
class InvitationAccepted:
    name: ClassVar[str] = "account:invitation-accepted"
    account: UUID


@dataclass(frozen=True)
class ResetLinkMade:
    """By an administrator, or by whoever asked on the page for forgotten passwords."""

    name: ClassVar[str] = "account:reset-link-made"
    account: UUID


@dataclass(frozen=True)
class LanguageChosen:
    name: ClassVar[str] = "account:language-chosen"
    account: UUID
    language: str


@dataclass(frozen=True)
class AdministrationGiven:
    """Whether the account manages accounts and committees from now on."""

    name: ClassVar[str] = "account:administration"
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
