"""Bringing a database to a revision, without an alembic.ini: the one place that knows where migrations lie."""

from pathlib import Path

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
    with engine.connect().execution_options(write=True) as connection:
        command.upgrade(settings(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    with engine.connect().execution_options(write=True) as connection:
        command.downgrade(settings(connection), revision)


def make_folder(engine: Engine) -> None:
    """The folder of an SQLite database, readable by its owner alone."""
    name = engine.url.database
    if engine.dialect.name == "sqlite" and name and name != ":memory:":
        Path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
