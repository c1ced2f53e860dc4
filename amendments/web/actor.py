"""Who acts: a value handed to services, rules and pages. Pure; the rooms above fill it.

`people` builds the actor of a request from the account; `committees` and `consultations` lie above it and register
where seats and exclusions come from.
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
class Excluded:
    """What a person is kept out of at this moment for a conflict of interest.

    `ids`: of documents, texts, proposals and edits. `documents`: those of which that is the whole or a part.
    """

    ids: frozenset[UUID] = frozenset()
    documents: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Actor:
    """A person as services see them; GUEST is nobody. Holds only what is valid now: seats and exclusions."""

    account_id: UUID | None
    name: str = ""
    is_admin: bool = False
    seats: frozenset[Seat] = frozenset()
    excluded: Excluded = Excluded()

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
ExclusionLoader = Callable[[UUID], Excluded]


def _no_seats(_account_id: UUID) -> frozenset[Seat]:
    return frozenset()


def _nothing(_account_id: UUID) -> Excluded:
    return Excluded()


_seat_loader: SeatLoader = _no_seats
_exclusion_loader: ExclusionLoader = _nothing


def register_seat_loader(loader: SeatLoader) -> None:
    """Called once at start-up by the room that keeps memberships: account -> seats valid today."""
    global _seat_loader  # noqa: PLW0603 - one process has one source of seats, set at start-up
    _seat_loader = loader


def seats_of(account_id: UUID) -> frozenset[Seat]:
    return _seat_loader(account_id)


def register_exclusion_loader(loader: ExclusionLoader) -> None:
    """Called once at start-up by the room that keeps exclusions: account -> what it is kept out of now."""
    global _exclusion_loader  # noqa: PLW0603 - one process has one source of exclusions, set at start-up
    _exclusion_loader = loader


def exclusions_of(account_id: UUID) -> Excluded:
    return _exclusion_loader(account_id)
