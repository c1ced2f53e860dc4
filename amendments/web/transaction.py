"""The one place that commits. `write` runs a unit of work in a write transaction, again if it lost a race.

Services only flush. No rendering and no reading of the request's body happens inside: on SQLite the whole database is
locked while a unit runs.
"""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, delete
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from amendments.errors import Conflict, InvalidInput, Unavailable
from amendments.extensions import db
from amendments.web import clock, constraints
from amendments.web.actor import Actor
from amendments.web.models import FormReceipt

T = TypeVar("T")

ATTEMPTS = 4
"""The first run and three more."""

WAIT_FOR_WRITER = 5.0
"""Seconds a thread waits for other writers of its own process; the database waits as long for other processes."""

MAX_KEY = 100

RECEIPTS_KEPT = timedelta(days=7)
"""A form cannot be sent twice after that: its token ends with the session, and that after half a day."""

BUSY = "Der Server ist gerade ausgelastet. Bitte versuchen Sie es in einigen Sekunden noch einmal."
OVERTAKEN = "Inzwischen hat jemand anderes dasselbe geändert. Bitte sehen Sie sich den neuen Stand an."
BAD_KEY = "Dieses Formular ist nicht gültig. Bitte laden Sie die Seite neu."

RETRY_STATES = frozenset({"40001", "40P01"})  # serialization failure, deadlock
UNAVAILABLE_STATES = frozenset({"55P03", "57014", "57P01", "57P02", "57P03", "53300", "53100", "25P03"})

SQLITE_UNAVAILABLE = ("database is locked", "disk is full", "unable to open database file", "disk I/O error")

log = logging.getLogger(__name__)
_writers = threading.Lock()


class _Again(Exception):
    """The unit lost a race. `answer` is raised when it has lost too often."""

    def __init__(self, answer: Exception) -> None:
        super().__init__()
        self.answer = answer


def write(unit: Callable[[], T], *, key: str | None = None, actor: Actor | None = None) -> T:
    """Run `unit` in one write transaction and commit.

    With `key` (made with the form) `unit` returns the location to go to; a second call with the same key returns that
    location and writes nothing. Raises Conflict when the unit lost four races, Unavailable when the database is busy.
    """
    session = db.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside the unit of work")
    session.commit()  # ends the read transaction of the view; what it loaded is read anew
    answer: Exception = Unavailable(BUSY)
    for attempt in range(ATTEMPTS):
        try:
            with _alone(db.engine):
                return _once(unit, key, actor)
        except _Again as signal:
            log.info("unit of work lost a race", extra={"attempt": attempt + 1})
            answer = signal.answer
    raise answer


def _once(unit: Callable[[], T], key: str | None, actor: Actor | None) -> T:
    session = db.session
    session.info["writing"] = True
    try:
        session.connection(execution_options={"write": True})
        result = _remembered(unit, key, actor) if key is not None else unit()
        session.commit()
    except BaseException as error:
        session.rollback()
        translated = translate(error)
        if translated is error:
            raise
        raise translated from error
    finally:
        session.info["writing"] = False
    return result


def _remembered(unit: Callable[[], Any], key: str, actor: Actor | None) -> Any:
    known = location_of(key, actor)
    if known is not None:
        return known
    account_id = actor.account_id if actor is not None else None
    location = unit()
    db.session.add(FormReceipt(key=key, account_id=account_id, location=location, created_at=clock.now()))
    db.session.flush()
    return location


def location_of(key: str, actor: Actor | None) -> str | None:
    """Where a form with this key led, None if it was not sent yet. InvalidInput for somebody else's key."""
    if not 0 < len(key) <= MAX_KEY or not key.isprintable():
        raise InvalidInput(BAD_KEY, field="idempotency_key")
    receipt = db.session.get(FormReceipt, key)
    if receipt is None:
        return None
    if receipt.account_id != (actor.account_id if actor is not None else None):
        raise InvalidInput(BAD_KEY, field="idempotency_key")
    return receipt.location


def forget_receipts() -> None:
    """Receipts of forms that can no longer be sent."""
    db.session.execute(delete(FormReceipt).where(FormReceipt.created_at < clock.now() - RECEIPTS_KEPT))


def translate(error: BaseException) -> BaseException:
    """What the database said, as something to repeat, to tell people, or to let through."""
    if isinstance(error, StaleDataError):
        return _Again(Conflict(OVERTAKEN))
    if isinstance(error, IntegrityError):
        return _broken_constraint(error)
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None) or ""
        if state in RETRY_STATES:
            return _Again(Unavailable(BUSY))
        if state in UNAVAILABLE_STATES or state.startswith("08") or error.connection_invalidated:
            return Unavailable(BUSY)
        if isinstance(error, OperationalError) and _sqlite_is_away(error):
            return Unavailable(BUSY)
    return error


def _broken_constraint(error: IntegrityError) -> BaseException:
    known = constraints.find(error)
    if known is None:
        return error
    return _Again(Conflict(known.message)) if known.race else InvalidInput(known.message, field=known.field)


def _sqlite_is_away(error: OperationalError) -> bool:
    text = str(error.orig)
    return any(words in text for words in SQLITE_UNAVAILABLE)


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """On SQLite: one writer at a time, first come first served, by a lock of the operating system.

    SQLite's own waiting polls and starves; the kernel frees this lock when a process is killed. Only one thread of a
    process waits for it, the others wait here and give up after WAIT_FOR_WRITER.
    """
    path = lock_file(engine)
    if path is None or db.connection is not None:
        yield
        return
    if not _writers.acquire(timeout=WAIT_FOR_WRITER):
        raise Unavailable(BUSY)
    try:
        with path.open("ab") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
    finally:
        _writers.release()


def lock_file(engine: Engine) -> Path | None:
    """The file beside an SQLite database that its writers lock; None for every other database."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name + ".wlock")
