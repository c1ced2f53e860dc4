"""Rows as a file that every spreadsheet opens: semicolons, UTF-8 with its mark, and no cell that computes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

_COMPUTES: Final = re.compile(r"[\t\r\n]|[\s\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫]")
"""With these a spreadsheet takes a cell for something to carry out, also full-width ones, and behind what nobody sees;
what we write is words.
"""


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    found = io.StringIO(newline="")
    writer = csv.writer(found, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
    return found.getvalue().encode("utf-8-sig")


def neutral(cell: str) -> str:
    """The cell's words; an apostrophe before what would be carried out."""
    return f"'{cell}" if computes(cell) else cell


def computes(cell: str) -> bool:
    """Whether a spreadsheet would take it for something to carry out, white space in front of it or not."""
    return _COMPUTES.match(cell) is not None
