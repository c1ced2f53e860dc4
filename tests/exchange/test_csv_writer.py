"""A table for spreadsheets: semicolons, a mark for UTF-8, and nothing in it that is carried out."""

import csv
import io

import pytest

from amendments.exchange.csv_writer import csv_bytes, neutral


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+49",
        "-5",
        "@SUM(A1)",
        "\tx",
        "\r=1",
        "  =1",
        "\n-1",
        "＝1",
        "＋1",
        "－1",
        "＠A",
        "\u200b=1",
        "\ufeff＝1",
    ],
)
def test_a_cell_that_would_be_carried_out_is_words(cell) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ä 1", "1 = 1", "Kurse; Räume", "'schon", "–5"])
def test_every_other_cell_stays_as_it_is(cell) -> None:
    assert neutral(cell) == cell


def test_what_is_written_is_read_again() -> None:
    rows = [["Nr.", "Maßnahme"], ["1", 'Kurse; "Räume"\nund mehr'], ["2", "Wegweiser"]]
    data = csv_bytes(rows)
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")) == rows
