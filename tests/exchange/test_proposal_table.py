"""The table of proposals: openpyxl and LibreOffice read what was written, and nothing in it computes."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from amendments.exchange.proposal_table import COLUMNS, CUT, ProposalRow, cut, to_csv, to_xlsx
from amendments.exchange.xlsx_writer import LONGEST_CELL
from benchmarks.foreign_readers import by_calc, has_calc

calc = pytest.mark.skipif(not has_calc(), reason="no spreadsheet: apt-get install libreoffice-calc-nogui")
AT = datetime(2011, 11, 22, 17, tzinfo=UTC)
ROW = ProposalRow(
    number=7, passage="1 von 2", title="Ab wann", kind="Änderungsvorschlag", by="Fiedler", committee="Beirat",
    filed=date(2011, 11, 17), text="Konzept", version=2, place="Kapitel 3 Absatz 2", lines="8–15",
    order="In Kapitel 3 wird das Wort „bald“ gestrichen.", old="Er kommt; bald.", new="Er kommt.\nZwei Zeilen.",
    reason="Weil „bald“ alles heißt.", budget="nein", state="angenommen", outcome="angenommen",
    vote="12 Ja, 3 Nein, 1 Enthaltung", decided=date(2011, 11, 22), body="Rat", others="",
)  # fmt: skip
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", '=HYPERLINK("http://x.example")')
WORDS = [field for field in COLUMNS if isinstance(getattr(ROW, field), str)]


def sheet(*rows: ProposalRow) -> Any:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(rows, str, AT))).active


def table(*rows: ProposalRow) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(rows, str).decode("utf-8-sig"), newline=""), delimiter=";"))


def told(row: ProposalRow) -> list[str]:
    cells = (getattr(row, field) for field in COLUMNS)
    return [cell.isoformat() if isinstance(cell, date) else str(cell) for cell in cells]


def test_a_sheet_holds_every_value_as_what_it_is() -> None:
    found = sheet(ROW)
    cells = dict(zip(COLUMNS, found[2], strict=True))
    assert [cell.value for cell in found[1]] == [title for title, _ in COLUMNS.values()]
    assert (cells["number"].value, cells["version"].value) == (7, 2)
    assert (cells["filed"].value, cells["decided"].value) == (datetime(2011, 11, 17), datetime(2011, 11, 22))  # noqa: DTZ001 - as it is read
    assert cells["filed"].is_date
    assert [cells[field].value for field in WORDS] == [getattr(ROW, field) for field in WORDS]


def test_the_header_stands_and_filters_and_columns_have_room() -> None:
    found = sheet(ROW, ROW)
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == "A1:V3"
    groups = found.column_dimensions.values()
    widths = [group.width for group in groups for _ in range(group.min, group.max + 1)]
    assert widths == pytest.approx([width for _, width in COLUMNS.values()], abs=1)
    assert found.print_title_rows == "$1:$1"


def test_the_same_rows_give_the_same_file() -> None:
    data = to_xlsx([ROW], str, AT)
    assert data == to_xlsx([ROW], str, AT)
    assert openpyxl.load_workbook(io.BytesIO(data)).properties.created.replace(tzinfo=UTC) == AT


@pytest.mark.parametrize("words", [*FORMULAS, "http://example.org/", "mailto:x@example.org", "12.5", "1e5", "TRUE"])
@pytest.mark.parametrize("field", ["title", "old", "reason"])
def test_words_of_a_sheet_are_never_formulas_links_or_numbers(field: str, words: str) -> None:
    found = sheet(replace(ROW, **{field: words}))
    cell = dict(zip(COLUMNS, found[2], strict=True))[field]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.quotePrefix is (words in FORMULAS)


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_of_the_file_for_excel_begins_with_what_computes(words: str) -> None:
    found = table(ROW, *(replace(ROW, **{field: words}) for field in WORDS))
    cells = [cell for row in found for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert sum(cell == f"'{words}" for cell in cells) == len(WORDS)


def test_the_file_for_excel_has_its_mark_and_semicolons() -> None:
    assert to_csv([ROW], str).startswith("\ufeffNummer;Textstelle;".encode())
    assert table(ROW)[1] == told(ROW)
    assert table(replace(ROW, decided=None))[1][list(COLUMNS).index("decided")] == ""


@pytest.mark.parametrize("sign", ["x", "🏳"])
def test_a_cell_that_is_too_long_is_cut_and_says_so(sign: str) -> None:
    long = sign * (LONGEST_CELL // (len(sign.encode("utf-16-le")) // 2) + 1)
    for words in (sheet(replace(ROW, new=long))["N2"].value, table(replace(ROW, new=long))[1][13]):
        assert words.endswith(CUT)
        assert words.startswith(sign * 16_000)
        assert LONGEST_CELL - 2 <= len(words.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert cut("x" * LONGEST_CELL, CUT) == "x" * LONGEST_CELL


def test_columns_are_said_in_the_language_of_the_table() -> None:
    data = to_csv([ROW], lambda words: {"Nummer": "Number", "Titel": "Title"}.get(words, "-"))
    assert data.decode("utf-8-sig").startswith("Number;'-;Title;")


@calc
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_libreoffice_reads_the_same(suffix: str, tmp_path: Path) -> None:
    rows = [ROW, replace(ROW, title="=1+1", old="-1", decided=None)]
    file = tmp_path / f"table.{suffix}"
    file.write_bytes(to_csv(rows, str) if suffix == "csv" else to_xlsx(rows, str, AT))
    found = by_calc(file, tmp_path)
    head, first, second = ([str(cell) for cell in row] for row in found)
    assert head == [title for title, _ in COLUMNS.values()]
    days = {"2011-11-17": "17.11.2011", "2011-11-22": "22.11.2011"} if suffix == "xlsx" else {}
    wanted = [days.get(cell, cell) for cell in told(ROW)]
    assert first == wanted
    shown = dict(zip(COLUMNS, second, strict=True))
    assert (shown["title"], shown["old"]) == (("'=1+1", "'-1") if suffix == "csv" else ("=1+1", "-1"))
