"""Watching the SQL of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK TO")
WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def collected(connection: Connection) -> Iterator[list[str]]:
    """The statements sent over `connection` inside the block, without savepoints."""
    statements: list[str] = []

    def note(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(SAVEPOINTS):
            statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(connection, "before_cursor_execute", note)


def is_write(statement: str) -> bool:
    return statement.lstrip().upper().startswith(WRITES)
