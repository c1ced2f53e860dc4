"""The connection a world stands on: built once for an engine, put back after every scene."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Connection, text

from amendments.extensions import Base, db
from tests.guards.client import InspectingClient
from tests.security.world import World

UNCOUNTED = {"rate_limit": None, "login_session": "last_seen_at"}
"""Table -> column that may change although a request was refused; None: the whole table."""


class LookingClient(InspectingClient):
    """Looks at everything but the page's markup: a matrix opens the same pages a thousand times."""

    @staticmethod
    def _inspect(response: Any) -> None:
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


class Stage:
    def __init__(self, app: Flask, connection: Connection, world: World) -> None:
        self.app, self.connection, self.world = app, connection, world
        self.untouched = self.state()
        """What every scene begins with."""

    def client(self, role: str = "guest", kind: type[InspectingClient] = InspectingClient) -> InspectingClient:
        """A browser of somebody; the deactivated one has a cookie from before."""
        self.app.test_client_class = kind
        client = self.app.test_client()
        token = self.world.tokens.get(role)
        if token is not None:
            client.set_cookie("__Host-s", token, secure=True)  # type: ignore[union-attr]
        return client  # type: ignore[return-value]

    @contextmanager
    def scene(self) -> Iterator[None]:
        """An application context; what happens in the block is undone."""
        savepoint = self.connection.begin_nested()
        try:
            with self.app.app_context():
                yield
        finally:
            savepoint.rollback()

    def state(self) -> str:
        """A hash over all rows of all tables."""
        digest = hashlib.sha256()
        for table in Base.metadata.sorted_tables:
            left_out = UNCOUNTED.get(table.name, "")
            if left_out is None:
                continue
            columns = ", ".join(f'"{column.name}"' for column in table.columns if column.name != left_out)
            found = self.connection.exec_driver_sql("SELECT " + columns + " FROM " + table.name)  # as it lies there
            rows = sorted(map(repr, map(tuple, found)))  # a row's own repr leaves out the middle of long words
            digest.update(f"{table.name}:{rows}".encode())
        return digest.hexdigest()


@contextmanager
def staged(app: Flask, build: Any) -> Iterator[Stage]:
    """A transaction with what `build` makes, on an application of its own; all is rolled back in the end."""
    with app.app_context():
        connection = db.engine.connect().execution_options(write=True)
        outer = connection.begin()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        db.connection = connection
        world = build()
    try:
        yield Stage(app, connection, world)
    finally:
        outer.rollback()
        connection.close()
