"""The wishes of returned copies as a table: a row for each, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from amendments.exchange.csv_writer import csv_bytes
from amendments.exchange.instructions import Instructions
from amendments.exchange.proposal_table import CUT, Say, cut
from amendments.exchange.returned import Consolidated, place
from amendments.exchange.words import N_
from amendments.exchange.xlsx_writer import Column, xlsx_bytes

COLUMNS: Final = (
    (N_("Wer"), 24),
    (N_("Datei"), 28),
    (N_("Stelle"), 28),
    (N_("Änderungsbefehl"), 60),
    (N_("Stand"), 18),
)
SHEET: Final = N_("Wünsche")
APPLIED, OPEN = N_("übernommen"), N_("zu entscheiden")


def to_csv(found: Consolidated, say: Say) -> bytes:
    return csv_bytes([[say(title) for title, _ in COLUMNS], *_rows(found, say)])


def to_xlsx(found: Consolidated, say: Say, at: datetime) -> bytes:
    """`at`: when it was made, as the file says of itself."""
    columns = [Column(say(title), width) for title, width in COLUMNS]
    return xlsx_bytes(say(SHEET), columns, _rows(found, say), at)


def _rows(found: Consolidated, say: Say) -> Iterator[list[str]]:
    """The order is German always, as in every paper."""
    instructions = Instructions(found.base)
    ranks = {paragraph.identity: rank for rank, paragraph in enumerate(found.base)}
    open_ = found.merge.contested | {name for each in found.doubtful for name in each.edits}
    at = {name: place(ranks, edit.hunks[0]) for name, edit in found.edits.items()}
    for name in sorted(found.edits, key=lambda name: (at[name], found.owner[name])):
        copy, rank = found.copies[found.owner[name]], at[name]
        where = instructions.name(found.base[rank].identity).text if rank >= 0 else say(N_("am Anfang"))
        order = instructions.say(found.edits[name].hunks).text
        state = say(OPEN) if name in open_ else say(APPLIED)
        yield [cut(cell, say(CUT)) for cell in (copy.label, copy.file, where, order, state)]
