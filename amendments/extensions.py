"""Extensions, created unbound: `create_app` binds them. Also the base of all tables and their column types.

`db.session` is one session per application context. It reads;
only `amendments.web.transaction.write` may write with it.
"""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from flask import Flask, current_app
from flask_babel import Babel
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as SessionBase
from flask_wtf import CSRFProtect
from sqlalchemy import JSON, CheckConstraint, Connection, Date, DateTime, Dialect, Engine, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored and returned in UTC. SQLite keeps no offset, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _Base(DeclarativeBase):
    """What Flask-SQLAlchemy makes `Base` of."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING_CONVENTION),
        type_annotation_map={
            str: Text(),
            uuid.UUID: Uuid(),
            datetime: UtcDateTime(),
            date: Date(),
            dict[str, Any]: JSON(),
            list[Any]: JSON(),
        },
    )


UuidKey = Annotated[uuid.UUID, mapped_column(Uuid(), primary_key=True, default=uuid.uuid4)]
"""Primary key made by the application: `id: Mapped[UuidKey]`."""


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """CHECK that a string column holds one of the values; named after the column (`ck_<table>_<column>`)."""
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class _Session(SessionBase):
    """Bound to the application's engine, or in tests to the one connection that is rolled back."""

    def __init__(self, db: "Database", **options: Any) -> None:
        if db.connection is not None:
            options["join_transaction_mode"] = "create_savepoint"
        super().__init__(db, **options)

    def get_bind(self, *_args: Any, **_options: Any) -> Engine | Connection:
        database: Database = self._db  # type: ignore[assignment]
        return database.connection or database.engine


class Database(SQLAlchemy):
    """Flask-SQLAlchemy on an engine that `amendments.web.engines` has made."""

    def __init__(self) -> None:
        super().__init__(model_class=_Base, session_options={"class_": _Session}, disable_autonaming=True)

    def init_app(self, app: Flask, engine: Engine | None = None) -> None:
        """Bind to the application; `engine` must be given."""
        if engine is None:
            raise TypeError("the database needs an engine")
        app.config["SQLALCHEMY_DATABASE_URI"] = engine.url
        app.extensions["database"] = {"engine": engine, "connection": None}
        super().init_app(app)

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:  # noqa: ARG002 - signature
        engine: Engine = app.extensions["database"]["engine"]
        return engine

    @property
    def connection(self) -> Connection | None:
        """The connection all sessions share, when a test has set one."""
        connection: Connection | None = current_app.extensions["database"]["connection"]
        return connection

    @connection.setter
    def connection(self, connection: Connection | None) -> None:
        current_app.extensions["database"]["connection"] = connection


db = Database()

if TYPE_CHECKING:
    Base = _Base
else:
    Base = db.Model
"""Base of every table. Write `class Proposal(Base)`; `str` is text without a length, `datetime` is aware UTC."""

csrf = CSRFProtect()
login_manager = LoginManager()
babel = Babel()
