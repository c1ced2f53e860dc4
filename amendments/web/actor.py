"""Who acts: a value handed to services, rules and pages. Pure; the rooms above fill it.

`people` builds the actor of a request from the account; `committees` lies above it and registers where seats come from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

ROLES = ("member", "deputy", "chair", "clerk", "moderator", "steering")


@dataclass(frozen=True)
class Seat:
    """A seat that is valid today. `role` is one of ROLES."""

    committee_id: UUID
    role: str


@dataclass(frozen=True)
class Actor:
    """A person as services see them; GUEST is nobody. Holds only seats that are valid today."""

    account_id: UUID | None
    name: str = ""
    is_admin: bool = False
    seats: frozenset[Seat] = frozenset()

    @property
    def signed_in(self) -> bool:
        return self.account_id is not None

    @cached_property
    def committees(self) -> frozenset[UUID]:
        return frozenset(seat.committee_id for seat in self.seats)

    def sits_on(self, committee_id: UUID | None) -> bool:
        return committee_id in self.committees

    def has_role(self, committee_id: UUID | None, *roles: str) -> bool:
        """True if the actor holds one of the roles on that committee."""
        return any(seat.committee_id == committee_id and seat.role in roles for seat in self.seats)


GUEST = Actor(account_id=None)

SeatLoader = Callable[[UUID], frozenset[Seat]]


def _no_seats(_account_id: UUID) -> frozenset[Seat]:
    return frozenset()


_seat_loader: SeatLoader = _no_seats


def register_seat_loader(loader: SeatLoader) -> None:
    """Called once at start-up by the room that keeps memberships: account -> seats valid today."""
    global _seat_loader  # noqa: PLW0603 - one process has one source of seats, set at start-up
    _seat_loader = loader


def seats_of(account_id: UUID) -> frozenset[Seat]:
    return _seat_loader(account_id)
