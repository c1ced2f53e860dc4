"""Extensions, created unbound: `create_app` binds them. Also the base of all tables and their column types.

`db.session` is one session per application context. It reads; only `amendments.web.transaction.write` may write with it.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar

from flask import Flask, current_app
from flask.globals import app_ctx
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from sqlalchemy import JSON, CheckConstraint, Connection, Date, DateTime, Dialect, Engine, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, scoped_session
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

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every table. Write `class Proposal(Base)`; `str` is text without a length, `datetime` is aware UTC."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[Mapping[Any, Any]] = {
        str: Text(),
        uuid.UUID: Uuid(),
        datetime: UtcDateTime(),
        date: Date(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


UuidKey = Annotated[uuid.UUID, mapped_column(Uuid(), primary_key=True, default=uuid.uuid4)]
"""Primary key made by the application: `id: Mapped[UuidKey]`."""


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """CHECK that a string column holds one of the values; named after the column (`ck_<table>_<column>`)."""
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


@dataclass
class _State:
    """What one application's sessions are bound to: its engine, or in tests a connection that is rolled back."""

    engine: Engine
    connection: Connection | None = None


class Database:
    """The engine and the sessions of the current application."""

    def __init__(self) -> None:
        self.session: scoped_session[Session] = scoped_session(self._open, scopefunc=lambda: id(app_ctx._get_current_object()))  # type: ignore[attr-defined]  # noqa: SLF001 - the scope Flask-SQLAlchemy uses too
        self.metadata = Base.metadata

    def init_app(self, app: Flask, engine: Engine) -> None:
        app.extensions["database"] = _State(engine)
        app.teardown_appcontext(lambda _error: self.session.remove())

    @property
    def engine(self) -> Engine:
        return self._state().engine

    @property
    def connection(self) -> Connection | None:
        """The connection all sessions share, when a test has set one."""
        return self._state().connection

    @connection.setter
    def connection(self, connection: Connection | None) -> None:
        self._state().connection = connection

    def _state(self) -> _State:
        state: _State = current_app.extensions["database"]
        return state

    def _open(self) -> Session:
        state = self._state()
        if state.connection is not None:
            return Session(bind=state.connection, join_transaction_mode="create_savepoint")
        return Session(bind=state.engine)


db = Database()
csrf = CSRFProtect()
login_manager = LoginManager()
babel = Babel()
