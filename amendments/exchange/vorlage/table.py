"""The table of consultations: header, rows, wrapped cells, cells that reach over several rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from amendments.exchange.vorlage.labels import COLUMNS, NOTHING, ROLES, Column, date_in, key, public_of, role_of
from amendments.exchange.vorlage.lines import Line
from amendments.exchange.vorlage.paper import PlannedConsultation, Role, Unread
from amendments.exchange.words import N_, Sentence

NO_DATE = N_("In der Beratungsfolge steht beim Datum etwas, das kein Datum ist.")
NO_ROLE = N_("In der Beratungsfolge steht eine unbekannte Zuständigkeit.")
NO_STATUS = N_("In der Beratungsfolge steht nicht, ob öffentlich oder nichtöffentlich beraten wird.")
NO_COLUMN = N_("Die Beratungsfolge hat eine Spalte, die nicht gelesen wird.")
NO_COMMITTEE = N_("In der Beratungsfolge steht eine Zeile ohne Gremium.")

_OPEN_END = re.compile(r"(?:\b(?:und|oder|sowie|für|der|des|die|den|dem|von|vom|zum|zur|im|in|an|mit)|[-–,/&(])$")
_BROKEN = re.compile(r"\w-$")
_ROLE_WORDS = re.compile(r"\(?\b(?:zur\s+)?(" + "|".join(ROLES.values()) + r")\b\)?")


def header(line: Line) -> dict[int, Column] | None:
    """Which column means what, if this line is the table's header: it names the body and its day, role or result."""
    found: dict[int, Column] = {}
    for number, cell in enumerate(line.cells):
        column = COLUMNS.get(key(cell.replace("\n", " ")))
        if column is not None and column not in found.values():
            found[number] = column
    named = set(found.values())
    return found if Column.COMMITTEE in named and len(named) > 1 else None


@dataclass
class _Row:
    cells: dict[Column, str]
    others: list[str] = field(default_factory=list)


class Table:
    """Collects rows under a header."""

    def __init__(self, columns: Mapping[int, Column], names: tuple[str, ...]) -> None:
        self._columns, self._names = columns, names
        self._rows: list[_Row] = []

    def add(self, line: Line) -> None:
        cells: dict[Column, str] = {}
        others = []
        for number, cell in enumerate(line.cells):
            words = _flow(cell)
            if words and number in self._columns:
                cells[self._columns[number]] = words
            elif words:
                others.append(f"{self._names[number]} {words}" if number < len(self._names) else words)
        last = self._rows[-1] if self._rows else None
        if last is not None and not others and _continues(last.cells, cells):
            for column, words in cells.items():
                last.cells[column] = _joined(last.cells.get(column, ""), words)
        elif cells or others:
            self._rows.append(_Row(cells, others))

    def read(self) -> tuple[tuple[PlannedConsultation, ...], list[Unread]]:
        found: list[PlannedConsultation] = []
        unread: list[Unread] = []
        for row in self._rows:
            unread += [Unread(Sentence(NO_COLUMN), words.strip()) for words in row.others]
            cells = {column: words for column, words in row.cells.items() if key(words) not in NOTHING}
            committee = cells.get(Column.COMMITTEE) or (found[-1].committee if found else "")
            if committee:
                found.append(_planned(committee, cells, unread))
            elif cells:
                unread.append(Unread(Sentence(NO_COMMITTEE), " ".join(cells.values())))
        return tuple(found), unread


def _flow(cell: str) -> str:
    """A cell's words on one line; a word that was parted at the line's end is whole again."""
    flowing = ""
    for part in cell.split("\n"):
        flowing = _joined(flowing, part.strip())
    return flowing


def _joined(left: str, right: str) -> str:
    if not left or not right:
        return left or right
    parted = _BROKEN.search(left[-2:]) and right[0].islower() and not re.match(r"(?:und|oder|bzw|sowie)\b", right)
    return left[:-1] + right if parted else f"{left} {right}"


def _continues(above: Mapping[Column, str], cells: Mapping[Column, str]) -> bool:
    """Whether these cells are the rest of the row above: no day of their own, and a name that was broken off."""
    if not cells or Column.DAY in cells:
        return False
    committee = cells.get(Column.COMMITTEE)
    if committee is None:
        return True
    return committee[0].islower() or bool(_OPEN_END.search(above.get(Column.COMMITTEE, "")[-20:]))


def _planned(committee: str, cells: Mapping[Column, str], unread: list[Unread]) -> PlannedConsultation:
    day, rest = date_in(cells.get(Column.DAY, ""))
    if rest:
        unread.append(Unread(Sentence(NO_DATE), f"{committee}: {rest}"))
    words = cells.get(Column.ROLE, "")
    role = role_of(words)
    public = public_of(words)
    if words and role is None and public is None:
        unread.append(Unread(Sentence(NO_ROLE), f"{committee}: {words}"))
    status = cells.get(Column.PUBLIC, "")
    if status:
        public = public_of(status)
        if public is None:
            unread.append(Unread(Sentence(NO_STATUS), f"{committee}: {status}"))
    return PlannedConsultation(committee, day, role, cells.get(Column.RESULT, ""), public)


def without_header(line: Line) -> PlannedConsultation | None:
    """A consultation that stands in a list or a table without a header: "Stadtrat am 13.12.2011 (Entscheidung)"."""
    words = " ".join(_flow(cell) for cell in line.filled)
    day, rest = date_in(words)
    named = _ROLE_WORDS.search(rest)
    if day is None and named is None:
        return None
    role: Role | None = role_of(named[1]) if named else None
    before, behind = (rest[: named.start()], rest[named.end() :]) if named else (rest, "")
    committee = re.sub(r"^(?:[-*•]|\d+[.)])\s+|[\s,;:–(-]*(?:\bam)?[\s,;:–(-]*$", "", before.strip()).strip()
    result = behind.strip(" ,;:–)")
    if not committee:
        committee, result = result, ""
    return PlannedConsultation(committee, day, role, result) if committee else None
