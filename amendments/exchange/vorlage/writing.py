"""A paper printed in the order of its form: as rows for a page, as plain lines, as contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from amendments.exchange.building import row
from amendments.exchange.vorlage.labels import GERMAN, GERMAN_COLUMNS, ROLES, Column, Field
from amendments.exchange.vorlage.paper import Paper, PlannedConsultation, Section
from amendments.text.model import CELL, Content, Kind, Rich, plain

_NOTHING = "–"


@dataclass(frozen=True)
class Row:
    """A row of the paper's head, `table` 1, or of its consultations, `table` 2."""

    cells: tuple[str, ...]
    table: int
    header: bool = False


@dataclass(frozen=True)
class Label:
    """The name of a part; its contents follow."""

    words: str


Piece = Row | Label | Section | Content | str
"""A `str` is the paper's name, or a paragraph of one line."""


def german_date(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _status(public: bool) -> str:  # noqa: FBT001 - it is what is said
    return "öffentlich" if public else "nichtöffentlich"


def rows(paper: Paper) -> Iterator[Piece]:
    """Every piece of the paper in the order in which it is printed; what is empty is left out."""
    yield paper.kind or "Sitzungsvorlage"
    yield from _head(paper)
    yield from _table(paper.consultations)
    if paper.subject:
        yield Label(GERMAN[Field.SUBJECT])
        yield paper.subject
    if paper.resolution:
        yield Label(GERMAN[Field.RESOLUTION])
        yield from paper.resolution
    if paper.reasons:
        yield Label(GERMAN[Field.REASONS])
        yield from paper.reasons
    if paper.finances:
        yield Label(GERMAN[Field.FINANCES])
        yield from paper.finances
    for field, said in (
        (Field.ANNEXES, paper.annexes),
        (Field.OFFICES, (", ".join(paper.offices),)),
        (Field.CLOSING, paper.closing),
    ):
        if any(said):
            yield Label(GERMAN[field])
            yield from said


def _head(paper: Paper) -> Iterator[Row]:
    fields = [
        (Field.OFFICE, paper.office),
        (Field.REFERENCE, paper.reference),
        *([(Field.NUMBER, paper.number)] if paper.number else []),
    ]
    if any(value for _, value in fields):
        yield Row(tuple(f"{GERMAN[field]}:" for field, _ in fields), 1)
        yield Row(tuple(value for _, value in fields), 1)
    if paper.dated:
        yield Row((f"{GERMAN[Field.DATED]}:", german_date(paper.dated)), 1)
    if paper.public is not None:
        yield Row((f"{GERMAN[Field.PUBLIC]}:", _status(paper.public)), 1)


def _table(consultations: tuple[PlannedConsultation, ...]) -> Iterator[Row]:
    if not consultations:
        return
    columns = [Column.COMMITTEE, Column.DAY, Column.ROLE, Column.RESULT]
    if any(each.public is not None for each in consultations):
        columns.append(Column.PUBLIC)
    yield Row(tuple(GERMAN_COLUMNS[column] for column in columns), 2, header=True)
    for each in consultations:
        cells = {
            Column.COMMITTEE: each.committee,
            Column.DAY: german_date(each.day) if each.day else _NOTHING,
            Column.ROLE: ROLES[each.role] if each.role else "",
            Column.RESULT: each.result,
            Column.PUBLIC: "" if each.public is None else _status(each.public),
        }
        yield Row(tuple(cells[column] for column in columns), 2)


def _titled(section: Section) -> str:
    return f"{section.number} {section.title}".strip()


def contents(paper: Paper) -> tuple[Content, ...]:
    """The paper as contents: headings, tables, paragraphs. Recognising them gives the paper."""
    found: list[Content] = []
    for number, piece in enumerate(rows(paper)):
        match piece:
            case Row():
                found.append(row([Rich(cell) for cell in piece.cells], f"paper-{piece.table}", header=piece.header))
            case Label():
                found.append(plain(piece.words, Kind.HEADING, 2))
            case Section():
                if _titled(piece):
                    found.append(plain(_titled(piece), Kind.HEADING, 2 + piece.level))
                found += piece.contents
            case Content():
                found.append(piece)
            case str():
                found.append(plain(piece) if number else plain(piece, Kind.HEADING, 1))
    return tuple(found)


def lines(paper: Paper) -> list[str]:
    """The paper as plain text: tabs between cells, an empty line between paragraphs. Recognising a text of these lines
    gives the paper, if its paragraphs are literal ones.
    """
    found: list[str] = []
    for in_table, group in groupby(rows(paper), lambda piece: isinstance(piece, Row)):
        blocks = [_block(piece) for piece in group]
        found += [line for block in blocks for line in block if line or not in_table]
        found += [""] if in_table else []
    return found


def _block(piece: Piece) -> list[str]:
    match piece:
        case Row():
            return ["\t".join(piece.cells)]
        case Label():
            return [f"{piece.words}:", ""]
        case Section():
            title = piece.title if not piece.number else _titled(piece)
            titled = [title if piece.number else f"{'#' * (2 + piece.level)} {title}", ""] if title else []
            return [*titled, *(line for each in piece.contents for line in _block(each))]
        case Content():
            return [*piece.text.replace(CELL, "\t").split("\n"), ""]
        case str():
            return [piece, ""]
