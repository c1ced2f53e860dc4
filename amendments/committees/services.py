"""Writing committees and seats: an administrator's work."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from sqlalchemy import select

from amendments.audit.services import record
from amendments.committees import queries
from amendments.committees.events import CommitteeCreated, MemberAppointed, MembershipEnded
from amendments.committees.models import Committee, Membership
from amendments.committees.rules import COMMITTEE_MANAGE, CommitteeKind, Role
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.people.models import Account
from amendments.text.door import one_line
from amendments.web import access, clock
from amendments.web.actor import Actor

KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")
MOST_LETTERS = 200

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


def create_committee(
    actor: Actor, *, key: str, name: str, short_name: str, kind: str, legal_number: int | None = None
) -> Committee:
    access.require(actor, COMMITTEE_MANAGE)
    if KEY.fullmatch(key) is None:
        raise InvalidInput(BAD_KEY, field="key")
    if kind not in list(CommitteeKind):
        raise InvalidInput(BAD_KIND, field="kind")
    if legal_number is not None and legal_number < 1:
        raise InvalidInput(BAD_NUMBER, field="legal_number")
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


def appoint(
    actor: Actor,
    *,
    committee_id: UUID,
    account_id: UUID,
    role: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
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
    _refuse_overlap(committee.id, account_id, role, first_day, valid_to)
    row = Membership(
        committee_id=committee.id, account_id=account_id, role=role, valid_from=first_day, valid_to=valid_to
    )
    db.session.add(row)
    db.session.flush()
    record(actor.account_id, MemberAppointed(committee.id, account_id, role, first_day, valid_to))
    return row


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


def _refuse_overlap(committee_id: UUID, account_id: UUID, role: str, first: date, last: date | None) -> None:
    """One seat of a kind per person at a time; the unique constraint knows only equal first days."""
    others = db.session.scalars(
        select(Membership)
        .where(Membership.committee_id == committee_id, Membership.account_id == account_id, Membership.role == role)
        .order_by(Membership.valid_from)
    )
    for other in others:
        starts_before_end = last is None or other.valid_from <= last
        if starts_before_end and (other.valid_to is None or other.valid_to >= first):
            raise Conflict(OVERLAPPING, details={"valid_from": other.valid_from.isoformat()})
