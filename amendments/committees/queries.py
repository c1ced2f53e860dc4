"""Reading committees and seats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from amendments.committees.models import Committee, Membership
from amendments.committees.rules import CommitteeKind
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.people.models import Account
from amendments.web import clock
from amendments.web.access import NOT_FOUND
from amendments.web.actor import Seat


@dataclass(frozen=True)
class Member:
    """A seat with the person on it."""

    membership: Membership
    name: str
    email: str
    today: bool
    """The seat holds today."""


def _valid_on(day: date) -> ColumnElement[bool]:
    return (Membership.valid_from <= day) & or_(Membership.valid_to.is_(None), Membership.valid_to >= day)


def committees() -> tuple[Committee, ...]:
    return tuple(db.session.scalars(select(Committee).order_by(Committee.name)))


def committee(committee_id: UUID) -> Committee:
    found = db.session.get(Committee, committee_id)
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def committees_by_id(ids: Iterable[UUID | None]) -> dict[UUID, Committee]:
    wanted = {committee_id for committee_id in ids if committee_id is not None}
    if not wanted:
        return {}
    rows = db.session.scalars(select(Committee).where(Committee.id.in_(wanted)).order_by(Committee.name))
    return {row.id: row for row in rows}


def office_ids() -> frozenset[UUID]:
    """The committees that are offices of the administration."""
    return frozenset(db.session.scalars(select(Committee.id).where(Committee.kind == CommitteeKind.OFFICE)))


def seats_of(account_id: UUID) -> frozenset[Seat]:
    """The seats that hold today, by the one clock."""
    rows = db.session.execute(
        select(Membership.committee_id, Membership.role)
        .where(Membership.account_id == account_id, _valid_on(clock.today()))
        .order_by(Membership.committee_id, Membership.role)
    )
    return frozenset(Seat(committee_id, role) for committee_id, role in rows)


def members_of(committee_id: UUID) -> tuple[Member, ...]:
    """Everybody who sits, will sit or sat there; today's seats first."""
    day = clock.today()
    rows = db.session.execute(
        select(Membership, Account.name, Account.email)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.committee_id == committee_id)
        .order_by(Account.name, Membership.role, Membership.valid_from)
    )
    members = [Member(row, name, email, _holds(row, day)) for row, name, email in rows]
    return tuple(sorted(members, key=lambda member: not member.today))


def _holds(row: Membership, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)
