"""How often somebody may do a thing in a quarter of an hour: one way to count, for tries to sign in and for the rest.

What writes is counted in the database, in the transaction of what is counted: all processes count together, a restart
forgets nothing, and what was not carried out does not count. What only reads is counted by each process for itself,
because readers never wait for writers.
"""

import hashlib
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Any

from flask import current_app, request
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from amendments.errors import TooManyTries
from amendments.exchange.words import NN_, counted
from amendments.extensions import db
from amendments.web import clock
from amendments.web.current import current_actor
from amendments.web.models import RateLimit

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)

TOO_OFTEN = NN_(
    "Das war zu oft in kurzer Zeit. Bitte warten Sie noch eine Minute.",
    "Das war zu oft in kurzer Zeit. Bitte warten Sie noch %(num)d Minuten.",
)


class Limit(StrEnum):
    """What is counted for each person; the value names the setting that says how often."""

    PREVIEWS = "limit_previews"
    FILINGS = "limit_filings"
    REMARKS = "limit_remarks"
    UPLOADS = "limit_uploads"
    CHECKS = "limit_checks"
    DOWNLOADS = "limit_downloads"


def spend(limit: Limit) -> None:
    """Count one use by who sends this request, in the unit of work at hand. Raises TooManyTries."""
    if most := _most(limit):
        count(_who(limit), at_most=most)


def spend_here(limit: Limit) -> None:
    """As `spend`, for what writes nothing: each process counts for itself."""
    if most := _most(limit):
        _here.count(_who(limit), at_most=most)


def count(key: str, *, at_most: int) -> None:
    """Count one try under `key`; raises TooManyTries if there were `at_most` in this quarter of an hour before."""
    start = window_start(clock.now())
    insert: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(RateLimit).values(key=key, window_start=start, count=1)
    statement = statement.on_conflict_do_update(
        index_elements=[RateLimit.key, RateLimit.window_start], set_={"count": RateLimit.count + 1}
    ).returning(RateLimit.count)
    if db.session.execute(statement).scalar_one() > at_most:
        raise too_often()


def forget(key: str) -> None:
    """After success: tries under this key do not count."""
    db.session.execute(delete(RateLimit).where(RateLimit.key == key))


def forget_old() -> None:
    """Counters of yesterday go."""
    db.session.execute(delete(RateLimit).where(RateLimit.window_start < clock.now() - KEPT))


def key_of(kind: str, *parts: str) -> str:
    """A key to count under. It holds a hash: the table names nobody."""
    return f"{kind}:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def window_start(now: datetime) -> datetime:
    seconds = int(now.timestamp()) // int(WINDOW.total_seconds()) * int(WINDOW.total_seconds())
    return datetime.fromtimestamp(seconds, UTC)


def too_often() -> TooManyTries:
    """The refusal, with the time until the next quarter of an hour begins."""
    now = clock.now()
    left = ceil((window_start(now) + WINDOW - now).total_seconds())
    return TooManyTries(counted(ceil(left / 60), *TOO_OFTEN), retry_after=left)


def _who(limit: Limit) -> str:
    actor = current_actor()
    return key_of(limit, str(actor.account_id) if actor.signed_in else f"address {request.remote_addr}")


def _most(limit: Limit) -> int:
    return int(getattr(current_app.extensions["settings"], limit))


class _Tally:
    """Counts of this process for the quarter of an hour at hand."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._start: datetime | None = None
        self._counts: Counter[str] = Counter()

    def count(self, key: str, *, at_most: int) -> None:
        start = window_start(clock.now())
        with self._lock:
            if start != self._start:
                self._start, self._counts = start, Counter()
            if self._counts[key] >= at_most:
                raise too_often()
            self._counts[key] += 1


_here = _Tally()
