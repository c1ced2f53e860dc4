"""Accounts for tests, valid by default and unique by sequence."""

from itertools import count
from typing import Any

from amendments.extensions import db
from amendments.people.models import Account
from amendments.web import clock
from amendments.web.actor import Actor, Seat

_number = count(1)


def account(**given: Any) -> Account:
    number = next(_number)
    values: dict[str, Any] = {
        "email": f"person{number}@town.example",
        "name": f"Person {number}",
        "description": "",
        "password_hash": "!",
        "language": "de",
        "is_admin": False,
        "active": True,
        "created_at": clock.now(),
    }
    row = Account(**(values | given))
    db.session.add(row)
    db.session.flush()
    return row


def actor(*seats: Seat, is_admin: bool = False) -> Actor:
    """An actor with an account of their own and the given seats."""
    row = account(is_admin=is_admin)
    return Actor(account_id=row.id, name=row.name, is_admin=is_admin, seats=frozenset(seats))
