"""Bringing a database to a revision, without an alembic.ini: the one place that knows where migrations lie."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from amendments.config import ROOT

MIGRATIONS = ROOT / "migrations"


def settings(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision this code expects."""
    head = ScriptDirectory.from_config(settings()).get_current_head()
    if head is None:
        raise RuntimeError(f"no migrations in {MIGRATIONS}")
    return head


def current(engine: Engine) -> str | None:
    """The revision a database stands at; None if it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = "head") -> None:
    make_folder(engine)
    with rebuilding(engine) as connection:
        command.upgrade(settings(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    with rebuilding(engine) as connection:
        command.downgrade(settings(connection), revision)


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """A connection on which tables can be changed.

    SQLite changes a table by building it anew and dropping the old one, which foreign keys to it would forbid: they
    rest meanwhile and are checked in the end.
    """
    with engine.connect().execution_options(write=True) as connection:
        if engine.dialect.name != "sqlite":
            yield connection
            return
        driver: Any = connection.connection.driver_connection  # before a transaction begins, where alone it has effect
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            yield connection
            lost = driver.execute("PRAGMA foreign_key_check").fetchall()
        finally:
            if driver.in_transaction:
                connection.rollback()
            driver.execute("PRAGMA foreign_keys = ON")
        if lost:
            raise RuntimeError(f"the migration left {len(lost)} rows that name a row which is not there")


def make_folder(engine: Engine) -> None:
    """The folder of an SQLite database, readable by its owner alone."""
    name = engine.url.database
    if engine.dialect.name == "sqlite" and name and name != ":memory:":
        Path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
