"""A table of people and their seats, as spreadsheets write it: RFC 4180, or with the semicolons of a German one.

The first row names the columns, in German or English and in any order. What is wrong is said with its line; a file is
never read in part.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO

from amendments.errors import TooLarge, Unreadable
from amendments.exchange.encoding import decode
from amendments.exchange.words import N_, Sentence
from amendments.text.door import one_line

MAX_TABLE = 200_000
"""Bytes."""
MAX_PEOPLE = 500
"""Rows."""
MOST_FAULTS = 50
"""Told at once; whoever has more repairs these first."""

TABLE_TOO_LARGE = N_("Die Tabelle ist größer als 200 kB. Bitte teilen Sie sie.")
TOO_MANY_PEOPLE = N_("Die Tabelle hat mehr als 500 Zeilen. Bitte teilen Sie sie.")
NO_TABLE = N_("Das ist keine Tabelle im CSV-Format. Bitte speichern Sie sie in Ihrem Programm als CSV.")
NO_COLUMNS = N_("Die erste Zeile muss die Spalten nennen; mindestens Name und E-Mail.")
COLUMN_TWICE = N_("Die Spalte „%(column)s“ steht zweimal in der ersten Zeile.")
EMPTY_TABLE = N_("Die Tabelle hat keine Zeile mit einer Person.")
CELLS_TOO_MANY = N_(
    "Die Zeile hat mehr Zellen als die erste. Enthält eine Zelle das Trennzeichen, gehört sie in Anführungszeichen."
)
NAME_EMPTY = N_("Der Name fehlt.")
EMAIL_EMPTY = N_("Die E-Mail-Adresse fehlt.")
NO_DATE = N_("„%(words)s“ ist kein Tag. Bitte schreiben Sie ihn wie 31.12.2030 oder 2030-12-31.")

COLUMNS = {
    "name": ("name", "vor- und nachname", "person", "full name"),
    "first": ("vorname", "first name", "given name"),
    "last": ("nachname", "familienname", "last name", "surname"),
    "email": (
        "e-mail",
        "email",
        "mail",
        "e-mail-adresse",
        "email-adresse",
        "mailadresse",
        "email address",
        "e-mail address",
    ),
    "committee": ("gremium", "ausschuss", "committee", "body"),
    "role": ("aufgabe", "rolle", "funktion", "role"),
    "from": ("von", "ab", "seit", "beginn", "from", "since", "start"),
    "to": ("bis", "ende", "to", "until", "end"),
}
KNOWN = {heading: column for column, headings in COLUMNS.items() for heading in headings}

GERMAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


@dataclass(frozen=True)
class Person:
    """One row: a person, and a seat if a committee is named. `line` counts from 1, the headings included."""

    line: int
    name: str
    email: str
    committee: str = ""
    role: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Fault:
    line: int
    sentence: Sentence


@dataclass(frozen=True)
class People:
    """`rows` are those without fault. `notes` concern the file as a whole."""

    rows: tuple[Person, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Sentence, ...] = ()


def read_people(data: bytes) -> People:
    """The people of a table. Raises TooLarge or Unreadable if it is none; a wrong row is a fault."""
    if len(data) > MAX_TABLE:
        raise TooLarge(Sentence(TABLE_TOO_LARGE))
    decoded = decode(data)
    table = list(_cells(decoded.text))
    if not table:
        raise Unreadable(Sentence(NO_COLUMNS))
    headings = table[0][1]
    columns = _columns(headings)
    rows: list[Person] = []
    faults: list[Fault] = []
    for line, cells in table[1:]:
        if len(rows) + len(faults) >= MAX_PEOPLE:
            raise TooLarge(Sentence(TOO_MANY_PEOPLE))
        try:
            rows.append(_person(line, cells, columns, width=len(headings)))
        except _WrongError as wrong:
            faults.append(Fault(line, wrong.sentence))
    if not rows and not faults:
        raise Unreadable(Sentence(EMPTY_TABLE))
    return People(tuple(rows), tuple(faults), decoded.notes)


class _WrongError(Exception):
    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line; empty ones, and the first line by which Excel tells the separator, are left out."""
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    if told := re.fullmatch(r"sep=(.)\r?", first):
        separator = told[1]
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in rows:
            cells = [one_line(cell) for cell in row]
            if any(cells) and not (rows.line_num == 1 and told):
                yield rows.line_num, cells
    except (csv.Error, TypeError, ValueError) as error:
        raise Unreadable(Sentence(NO_TABLE)) from error


def _columns(headings: list[str]) -> dict[str, int]:
    """Where each column stands. Columns with other headings are nobody's business."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        column = KNOWN.get(heading.lower().strip(" :*"))
        if column in found:
            raise Unreadable(Sentence(COLUMN_TWICE, {"column": heading[:50]}))
        if column is not None:
            found[column] = place
    if "email" not in found or not ("name" in found or {"first", "last"} <= set(found)):
        raise Unreadable(Sentence(NO_COLUMNS))
    return found


def _person(line: int, cells: list[str], columns: dict[str, int], *, width: int) -> Person:
    if any(cells[width:]):
        raise _WrongError(Sentence(CELLS_TOO_MANY))

    def cell(column: str) -> str:
        place = columns.get(column)
        return cells[place] if place is not None and place < len(cells) else ""

    name = cell("name") or f"{cell('first')} {cell('last')}".strip()
    if not name:
        raise _WrongError(Sentence(NAME_EMPTY))
    if not cell("email"):
        raise _WrongError(Sentence(EMAIL_EMPTY))
    return Person(
        line=line,
        name=name,
        email=cell("email"),
        committee=cell("committee"),
        role=cell("role"),
        valid_from=_day(cell("from")),
        valid_to=_day(cell("to")),
    )


def _day(words: str) -> date | None:
    if not words:
        return None
    german = GERMAN_DATE.fullmatch(words)
    try:
        return date(int(german[3]), int(german[2]), int(german[1])) if german else date.fromisoformat(words)
    except ValueError:
        raise _WrongError(Sentence(NO_DATE, {"words": words[:50]})) from None
