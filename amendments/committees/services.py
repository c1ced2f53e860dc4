"""Writing committees and seats: an administrator's work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from amendments.audit.services import record
from amendments.committees import queries
from amendments.committees.events import (
    CommitteeChanged,
    CommitteeCreated,
    MemberAppointed,
    MembershipChanged,
    MembershipEnded,
)
from amendments.committees.models import Committee, CommitteeRules, Membership
from amendments.committees.rules import COMMITTEE_MANAGE, MOST_DAYS, CommitteeKind, Quorum, Role, Rules
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.people.models import Account
from amendments.people.services import invite as invite_person
from amendments.text.door import one_line
from amendments.web import access, clock
from amendments.web.actor import Actor

KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")
MOST_LETTERS = 200
MOST_MEMBERS = 10_000

BAD_KEY = N_(
    "Das Kürzel besteht aus 2 bis 40 Kleinbuchstaben, Ziffern und Bindestrichen und beginnt mit einem Buchstaben."
)
NAME_MISSING = N_("Bitte geben Sie einen Namen von höchstens 200 Zeichen an.")
BAD_KIND = N_("Diese Art von Gremium gibt es nicht.")
BAD_ROLE = N_("Diese Aufgabe gibt es in einem Gremium nicht.")
BAD_NUMBER = N_("Die gesetzliche Mitgliederzahl muss größer als null sein.")
BAD_TERM = N_("Das Ende der Mitgliedschaft liegt vor ihrem Beginn.")
OVERLAPPING = N_("Diese Person hat diese Aufgabe in dem Gremium in dieser Zeit bereits.")
ENDED = N_("Diese Mitgliedschaft ist bereits beendet.")
NO_ACCOUNT = N_("Diese Person hat kein Konto.")
QUORUM_MISSING = N_("Bitte geben Sie an, wie viele Mitglieder anwesend sein müssen.")
QUORUM_UNASKED = N_("Eine eigene Zahl der Anwesenden gilt nur mit der Regel „eine eigene Zahl“.")
BAD_DEADLINE = N_("Die Frist liegt zwischen 0 und 60 Tagen.")
NO_DEPUTY = N_("Nur eine Stellvertretung steht für jemanden ein.")
BAD_DEPUTY = N_("Eine Stellvertretung steht für jemand anderen ein, der in demselben Gremium sitzt.")


def create_committee(
    actor: Actor, *, key: str, name: str, short_name: str, kind: str, legal_number: int | None = None
) -> Committee:
    access.require(actor, COMMITTEE_MANAGE)
    if KEY.fullmatch(key) is None:
        raise InvalidInput(BAD_KEY, field="key")
    _check_kind(kind, legal_number)
    row = Committee(
        key=key,
        name=_name(name, "name"),
        short_name=_name(short_name, "short_name"),
        kind=kind,
        legal_number=legal_number,
    )
    db.session.add(row)
    db.session.flush()
    record(actor.account_id, CommitteeCreated(row.id, row.kind))
    return row


def change_committee(
    actor: Actor, committee_id: UUID, *, name: str, short_name: str, kind: str, legal_number: int | None, rules: Rules
) -> Committee:
    """New words and rules for a committee. What is usual for its kind is not stored, so that it follows the kind."""
    access.require(actor, COMMITTEE_MANAGE)
    row = db.session.get(Committee, committee_id, with_for_update=True)
    if row is None:
        raise NotFound(access.NOT_FOUND)
    _check_kind(kind, legal_number)
    _check_rules(rules)
    row.name, row.short_name = _name(name, "name"), _name(short_name, "short_name")
    row.kind, row.legal_number = kind, legal_number
    stored = db.session.get(CommitteeRules, row.id)
    columns = asdict(rules)
    columns["vote_order"] = columns.pop("order")
    if rules == Rules.usual(kind):
        if stored is not None:
            db.session.delete(stored)
    else:
        db.session.merge(CommitteeRules(committee_id=row.id, **columns))
    db.session.flush()
    record(actor.account_id, CommitteeChanged(row.id, kind, legal_number, **asdict(rules)))
    return row


def _check_kind(kind: str, legal_number: int | None) -> None:
    if kind not in list(CommitteeKind):
        raise InvalidInput(BAD_KIND, field="kind")
    if legal_number is not None and not 0 < legal_number < MOST_MEMBERS:
        raise InvalidInput(BAD_NUMBER, field="legal_number")


def _check_rules(rules: Rules) -> None:
    number = rules.quorum_number
    if rules.quorum is Quorum.OWN and (number is None or not 0 < number < MOST_MEMBERS):
        raise InvalidInput(QUORUM_MISSING, field="quorum_number")
    if rules.quorum is not Quorum.OWN and number is not None:
        raise InvalidInput(QUORUM_UNASKED, field="quorum_number")
    if rules.deadline_days is not None and not 0 <= rules.deadline_days <= MOST_DAYS:
        raise InvalidInput(BAD_DEADLINE, field="deadline_days")


def appoint(
    actor: Actor,
    *,
    committee_id: UUID,
    account_id: UUID,
    role: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    deputy_for: UUID | None = None,
) -> Membership:
    """Give a seat from `valid_from` (today) to the last day `valid_to` (without end)."""
    access.require(actor, COMMITTEE_MANAGE)
    committee = queries.committee(committee_id)
    if db.session.get(Account, account_id) is None:
        raise InvalidInput(NO_ACCOUNT, field="account_id")
    if role not in list(Role):
        raise InvalidInput(BAD_ROLE, field="role")
    first_day = valid_from or clock.today()
    if valid_to is not None and valid_to < first_day:
        raise InvalidInput(BAD_TERM, field="valid_to")
    row = Membership(
        committee_id=committee.id, account_id=account_id, role=role, valid_from=first_day, valid_to=valid_to
    )
    _refuse_overlap(row)
    row.deputy_for = _stands_in_for(row, deputy_for)
    db.session.add(row)
    db.session.flush()
    record(actor.account_id, MemberAppointed(committee.id, account_id, role, first_day, valid_to, row.deputy_for))
    return row


@dataclass(frozen=True)
class NewSeat:
    committee_id: UUID
    role: str
    valid_from: date | None = None
    valid_to: date | None = None


def invite(
    actor: Actor, *, email: str, name: str, is_admin: bool, language: str, seats: Sequence[NewSeat] = ()
) -> tuple[Account, str]:
    """Invite a person and give them seats; returns the account and the token of the link."""
    account, token = invite_person(actor, email=email, name=name, is_admin=is_admin, language=language)
    for seat in seats:
        appoint(
            actor,
            committee_id=seat.committee_id,
            account_id=account.id,
            role=seat.role,
            valid_from=seat.valid_from,
            valid_to=seat.valid_to,
        )
    return account, token


def change_membership(
    actor: Actor, *, membership_id: UUID, valid_to: date | None, deputy_for: UUID | None = None
) -> Membership:
    """Another last day of a seat (None: without end), another person to stand in for."""
    access.require(actor, COMMITTEE_MANAGE)
    row = db.session.get(Membership, membership_id, with_for_update=True)
    if row is None:
        raise NotFound(access.NOT_FOUND)
    if valid_to is not None and valid_to < row.valid_from:
        raise InvalidInput(BAD_TERM, field="valid_to")
    row.valid_to = valid_to
    _refuse_overlap(row)
    row.deputy_for = _stands_in_for(row, deputy_for)
    db.session.flush()
    record(
        actor.account_id,
        MembershipChanged(row.committee_id, row.account_id, row.role, row.valid_to, row.deputy_for),
    )
    return row


def _stands_in_for(seat: Membership, account_id: UUID | None) -> UUID | None:
    """The person a deputy stands in for, if that may be."""
    if account_id is None:
        return None
    if seat.role != Role.DEPUTY:
        raise InvalidInput(NO_DEPUTY, field="deputy_for")
    sits = select(Membership.id).where(
        Membership.committee_id == seat.committee_id,
        Membership.account_id == account_id,
        Membership.role != Role.DEPUTY,
    )
    if account_id == seat.account_id or db.session.scalar(sits.limit(1)) is None:
        raise InvalidInput(BAD_DEPUTY, field="deputy_for")
    return account_id


def end_membership(actor: Actor, *, membership_id: UUID, last_day: date | None = None) -> Membership:
    """The seat holds up to and including `last_day` (today)."""
    access.require(actor, COMMITTEE_MANAGE)
    row = db.session.get(Membership, membership_id, with_for_update=True)
    if row is None:
        raise NotFound(access.NOT_FOUND)
    day = last_day or clock.today()
    if row.valid_to is not None and row.valid_to <= day:
        raise Conflict(ENDED, details={"valid_to": row.valid_to.isoformat()})
    if day < row.valid_from:
        raise InvalidInput(BAD_TERM, field="last_day")
    row.valid_to = day
    db.session.flush()
    record(actor.account_id, MembershipEnded(row.committee_id, row.account_id, row.role, day))
    return row


def _name(raw: str, field: str) -> str:
    text = one_line(raw)
    if not 0 < len(text) <= MOST_LETTERS:
        raise InvalidInput(NAME_MISSING, field=field)
    return text


def _refuse_overlap(seat: Membership) -> None:
    """One seat of a kind per person at a time; the unique constraint knows only equal first days."""
    with db.session.no_autoflush:
        others = db.session.scalars(
            select(Membership)
            .where(
                Membership.committee_id == seat.committee_id,
                Membership.account_id == seat.account_id,
                Membership.role == seat.role,
            )
            .order_by(Membership.valid_from)
        ).all()
    for other in others:
        starts_before_end = seat.valid_to is None or other.valid_from <= seat.valid_to
        if other.id != seat.id and starts_before_end and (other.valid_to is None or other.valid_to >= seat.valid_from):
            raise Conflict(OVERLAPPING, details={"valid_from": other.valid_from.isoformat()})
