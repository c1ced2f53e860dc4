"""Proposals and what was decided about them, as a table: a row for each passage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from amendments.exchange.csv_writer import csv_bytes
from amendments.exchange.words import N_
from amendments.exchange.xlsx_writer import LONGEST_CELL, Cell, Column, xlsx_bytes

Say = Callable[[str], str]


@dataclass(frozen=True)
class ProposalRow:
    """A passage of a proposal. Words come in the language of the table, but for the order, which is German always."""

    number: int
    passage: str
    """"2 von 3"; empty where it is the only one."""
    title: str
    kind: str
    by: str
    committee: str
    filed: date | None
    text: str
    version: int
    place: str
    lines: str
    order: str
    """The Änderungsbefehl."""
    old: str
    new: str
    reason: str
    budget: str
    state: str
    outcome: str
    vote: str
    decided: date | None
    body: str
    others: str
    """What other committees said."""


COLUMNS: Final[dict[str, tuple[str, int]]] = {
    "number": (N_("Nummer"), 8),
    "passage": (N_("Textstelle"), 10),
    "title": (N_("Titel"), 28),
    "kind": (N_("Art"), 20),
    "by": (N_("Antragsteller"), 22),
    "committee": (N_("Gremium"), 22),
    "filed": (N_("Eingereicht am"), 14),
    "text": (N_("Text"), 24),
    "version": (N_("Fassung"), 9),
    "place": (N_("Stelle"), 26),
    "lines": (N_("Zeilen"), 10),
    "order": (N_("Änderungsbefehl"), 60),
    "old": (N_("Bisheriger Wortlaut"), 50),
    "new": (N_("Neuer Wortlaut"), 50),
    "reason": (N_("Begründung"), 50),
    "budget": (N_("haushaltswirksam"), 16),
    "state": (N_("Stand"), 20),
    "outcome": (N_("Beschluss"), 20),
    "vote": (N_("Abstimmung"), 26),
    "decided": (N_("Beschlossen am"), 14),
    "body": (N_("Beschließendes Gremium"), 24),
    "others": (N_("Andere Gremien"), 36),
}
"""Title and width of each, by the field of a row."""
CUT: Final = N_("… [gekürzt: Eine Zelle fasst nicht mehr Zeichen]")
SHEET: Final = N_("Vorschläge")


def to_csv(rows: Iterable[ProposalRow], say: Say) -> bytes:
    """Dates as 2011-11-22."""
    head = [say(title) for title, _ in COLUMNS.values()]
    return csv_bytes([head, *([_plain(cell) for cell in _cells(row, say)] for row in rows)])


def to_xlsx(rows: Iterable[ProposalRow], say: Say, at: datetime) -> bytes:
    columns = [Column(say(title), width) for title, width in COLUMNS.values()]
    return xlsx_bytes(say(SHEET), columns, (_cells(row, say) for row in rows), at)


def _cells(row: ProposalRow, say: Say) -> list[Cell]:
    found = (getattr(row, field) for field in COLUMNS)
    return [cut(cell, say(CUT)) if isinstance(cell, str) else cell for cell in found]


def _plain(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def cut(words: str, sentence: str) -> str:
    """As much as a cell holds, with the sentence at its end where that is not all."""
    if len(words) * 2 <= LONGEST_CELL or _size(words) <= LONGEST_CELL:
        return words
    room = LONGEST_CELL - _size(sentence) - 1  # an apostrophe may come before it
    kept = words.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + sentence


def _size(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
