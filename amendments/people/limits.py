"""Counting tries in the database, so that all processes count together and a restart forgets nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from amendments.errors import TooManyTries
from amendments.extensions import db
from amendments.people.models import RateLimit
from amendments.web import clock

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)

TOO_MANY = "Das waren zu viele Versuche. Bitte warten Sie eine Viertelstunde."


def window_start(now: datetime) -> datetime:
    seconds = int(now.timestamp()) // int(WINDOW.total_seconds()) * int(WINDOW.total_seconds())
    return datetime.fromtimestamp(seconds, UTC)


def count(key: str, *, at_most: int) -> None:
    """Count one try under `key`; raises TooManyTries if there were `at_most` in this quarter of an hour before."""
    now = clock.now()
    insert: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(RateLimit).values(key=key, window_start=window_start(now), count=1)
    statement = statement.on_conflict_do_update(
        index_elements=[RateLimit.key, RateLimit.window_start], set_={"count": RateLimit.count + 1}
    ).returning(RateLimit.count)
    if db.session.execute(statement).scalar_one() > at_most:
        raise TooManyTries(TOO_MANY)


def forget(key: str) -> None:
    """After success: tries under this key do not count, and counters of yesterday go."""
    db.session.execute(delete(RateLimit).where(RateLimit.key == key))
    db.session.execute(delete(RateLimit).where(RateLimit.window_start < clock.now() - KEPT))


def counted(key: str) -> int:
    """Tries under `key` in the current window."""
    start = window_start(clock.now())
    found = db.session.scalar(select(RateLimit.count).where(RateLimit.key == key, RateLimit.window_start == start))
    return found or 0
