"""Committees for tests, valid by default and unique by sequence."""

from dataclasses import fields
from itertools import count
from typing import Any
from uuid import UUID

from amendments.committees.models import Committee, CommitteeRules, Membership
from amendments.committees.rules import Rules
from amendments.extensions import db
from amendments.web import clock
from amendments.web.actor import Actor, Seat
from tests.factories import people

_number = count(1)


def committee(**given: Any) -> Committee:
    number = next(_number)
    values: dict[str, Any] = {
        "key": f"committee-{number}",
        "name": f"Committee {number}",
        "short_name": f"C {number}",
        "kind": "committee",
        "legal_number": None,
    }
    row = Committee(**(values | given))
    db.session.add(row)
    db.session.flush()
    return row


def rules(committee: Committee, **given: Any) -> CommitteeRules:
    """How it decides, where that is not what is usual for its kind."""
    usual = Rules.usual(committee.kind)
    values = {"vote_order": usual.order} | {f.name: getattr(usual, f.name) for f in fields(Rules) if f.name != "order"}
    row = CommitteeRules(committee_id=committee.id, **(values | given))
    db.session.add(row)
    db.session.flush()
    return row


def membership(committee: Committee, account_id: UUID, role: str = "member", **given: Any) -> Membership:
    values: dict[str, Any] = {"valid_from": clock.today(), "valid_to": None}
    row = Membership(committee_id=committee.id, account_id=account_id, role=role, **(values | given))
    db.session.add(row)
    db.session.flush()
    return row


def somebody(committee: Committee | None, role: str = "member") -> Actor:
    """An actor with a seat on `committee`, or without any."""
    return people.actor(*([Seat(committee.id, role)] if committee is not None else []))
