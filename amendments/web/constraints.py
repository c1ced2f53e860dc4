"""The constraints a person can break, with the sentence to say. A race vanishes when the unit runs again."""

import re
from dataclasses import dataclass

from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from amendments.extensions import Base

SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: ([\w., ]+)")
SQLITE_NAMED = re.compile(r"(?:CHECK constraint failed|UNIQUE constraint failed: index) ?:? ?'?(\w+)'?")


@dataclass(frozen=True)
class Known:
    message: str
    race: bool = False
    field: str | None = None


_known: dict[str, Known] = {}


def register(name: str, message: str, *, race: bool = False, field: str | None = None) -> None:
    """Say what breaking the constraint `name` means; `race` if running the unit again settles it."""
    _known[name] = Known(message, race, field)


def find(error: IntegrityError) -> Known | None:
    name = name_of(error)
    return None if name is None else _known.get(name)


def name_of(error: IntegrityError) -> str | None:
    """The constraint's name. SQLite tells only the columns of a unique constraint, so the tables are asked."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name) if diagnosis.constraint_name else None
    text = str(error.orig)
    columns = SQLITE_UNIQUE.match(text)
    if columns and "." in columns[1]:
        return _unique_over([part.strip() for part in columns[1].split(",")])
    named = SQLITE_NAMED.match(text)
    return named[1] if named else None


def _unique_over(columns: list[str]) -> str | None:
    table_name = columns[0].split(".")[0]
    names = {column.split(".")[1] for column in columns}
    table = Base.metadata.tables.get(table_name)
    if table is None:
        return None
    for name, covered in _uniques(table):
        if covered == names:
            return name
    return None


def _uniques(table: Table) -> list[tuple[str, set[str]]]:
    found = [
        (str(constraint.name), {column.name for column in constraint.columns})
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    found += [(str(index.name), {column.name for column in index.columns}) for index in table.indexes if index.unique]
    found.append((str(table.primary_key.name), {column.name for column in table.primary_key.columns}))
    return found


register("pk_form_receipt", "Dieses Formular wurde bereits abgeschickt.", race=True)
