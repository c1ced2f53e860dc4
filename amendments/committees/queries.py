"""Reading committees and seats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import aliased

from amendments.committees.models import Committee, CommitteeRules, Membership
from amendments.committees.rules import CommitteeKind, Majority, Quorum, Rules, Tie, VoteOrder
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
    deputy_for: str
    """Name of the person this deputy stands in for, or nothing."""


def holding(day: date) -> ColumnElement[bool]:
    """Seats that hold on that day."""
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


def rules_of(committee: Committee) -> Rules:
    """How this committee decides: what was set, else what is usual for its kind."""
    return rules_by_id([committee])[committee.id]


def rules_by_id(rows: Iterable[Committee]) -> dict[UUID, Rules]:
    """The rules of many committees in one statement."""
    kinds = {row.id: row.kind for row in rows}
    found = db.session.scalars(
        select(CommitteeRules).where(CommitteeRules.committee_id.in_(kinds)).order_by(CommitteeRules.committee_id)
    )
    own = {row.committee_id: _rules(row) for row in found}
    return {committee_id: own.get(committee_id) or Rules.usual(kind) for committee_id, kind in kinds.items()}


def _rules(row: CommitteeRules) -> Rules:
    return Rules(
        majority=Majority(row.majority),
        quorum=Quorum(row.quorum),
        quorum_number=row.quorum_number,
        tie=Tie(row.tie),
        order=VoteOrder(row.vote_order),
        public=row.public,
        reason_required=row.reason_required,
        deadline_days=row.deadline_days,
    )


def office_ids() -> frozenset[UUID]:
    """The committees that are offices of the administration."""
    return frozenset(db.session.scalars(select(Committee.id).where(Committee.kind == CommitteeKind.OFFICE)))


def seats_of(account_id: UUID) -> frozenset[Seat]:
    """The seats that hold today, by the one clock."""
    rows = db.session.execute(
        select(Membership.committee_id, Membership.role)
        .where(Membership.account_id == account_id, holding(clock.today()))
        .order_by(Membership.committee_id, Membership.role)
    )
    return frozenset(Seat(committee_id, role) for committee_id, role in rows)


def members_of(committee_id: UUID) -> tuple[Member, ...]:
    """Everybody who sits, will sit or sat there; today's seats first."""
    day = clock.today()
    rows = db.session.execute(_members().where(Membership.committee_id == committee_id))
    members = [_member(row, day) for row in rows]
    return tuple(sorted(members, key=lambda member: not member.today))


def member(committee_id: UUID, membership_id: UUID) -> Member:
    """One seat of this committee, with the person on it."""
    seat = (Membership.id == membership_id) & (Membership.committee_id == committee_id)
    row = db.session.execute(_members().where(seat)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return _member(row, clock.today())


def _members() -> Any:
    absent = aliased(Account)
    return (
        select(Membership, Account.name, Account.email, absent.name.label("deputy_for"))
        .join(Account, Account.id == Membership.account_id)
        .outerjoin(absent, absent.id == Membership.deputy_for)
        .order_by(Account.name, Membership.role, Membership.valid_from)
    )


def _member(row: Row[Any], day: date) -> Member:
    seat = row.Membership
    today = seat.valid_from <= day and (seat.valid_to is None or seat.valid_to >= day)
    return Member(seat, row.name, row.email, today, row.deputy_for or "")
