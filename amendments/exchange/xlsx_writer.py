"""Rows as a workbook with one sheet: words stay words, dates are dates, the header stands still."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from amendments.exchange.csv_writer import computes

Cell = str | int | date | None
LONGEST_CELL: Final = 32_767
"""UTF-16 units of one cell (ECMA-376 §18.3.1.96 and what spreadsheets hold)."""
_WORDS_ALONE: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
_DAY: Final = "dd.mm.yyyy"


@dataclass(frozen=True)
class Column:
    title: str
    width: int
    """In characters."""


def xlsx_bytes(sheet: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], at: datetime) -> bytes:
    """`sheet`: its name, at most 31 characters; `at`: when it was made, as the file says of itself."""
    found = BytesIO()
    book = xlsxwriter.Workbook(found, _WORDS_ALONE)
    book.set_properties({"title": sheet, "created": at.replace(tzinfo=None)})
    writer = _Sheet(book, book.add_worksheet(sheet))
    writer.head(columns)
    number = 0
    for number, row in enumerate(rows, 1):
        writer.row(number, row)
    writer.sheet.autofilter(0, 0, number, len(columns) - 1)
    book.close()
    return found.getvalue()


class _Sheet:
    def __init__(self, book: Any, sheet: Any) -> None:
        self.sheet = sheet
        look = {"text_wrap": True, "valign": "top"}
        self.plain, self.bold = book.add_format(look), book.add_format(look | {"bold": True, "bottom": 1})
        self.day = book.add_format(look | {"num_format": _DAY, "align": "left"})
        self.number = book.add_format(look | {"align": "left"})
        self.quoted = book.add_format(look | {"quote_prefix": True})
        """Whoever edits such a cell does not make a formula of its words."""

    def head(self, columns: Sequence[Column]) -> None:
        for number, column in enumerate(columns):
            self.sheet.set_column(number, number, column.width)
            self.sheet.write_string(0, number, column.title, self.bold)
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)

    def row(self, number: int, row: Sequence[Cell]) -> None:
        for column, cell in enumerate(row):
            match cell:
                case str():
                    self.sheet.write_string(number, column, cell, self.quoted if computes(cell) else self.plain)
                case int():
                    self.sheet.write_number(number, column, cell, self.number)
                case date():
                    self.sheet.write_datetime(number, column, cell, self.day)
                case None:
                    self.sheet.write_blank(number, column, None, self.plain)
