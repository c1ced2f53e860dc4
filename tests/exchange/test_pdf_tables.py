"""Tables in PDF: whatever stands in their cells, nothing is printed over anything else."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import outloud
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.exchange.pdf.clean import CleanText, clean_pdf
from amendments.exchange.pdf.redline import redline_pdf
from amendments.exchange.redlines import Paper, Person
from amendments.text import CELL, Content, Head, Kind, Redline, Rich, align, text_of
from tests.exchange.pdf_reading import contents_of
from tests.text.strategies import PROMISE

A4 = 595.3
ODD_WORDS = (
    "1.234.567", "11.234.567,89", "XLMNHGRTZDFGHBVC", "GRUNDSTÜCKSVERKEHRSGENEHMIGUNG", "Aufenthaltsgenehmigung",
    "zażółćgęśląjaźńzażółćgęśląjaźń", "ΓΔΖΘΛΞΠΣΦΨΩΓΔΖΘΛΞΠΣΦΨΩ", "MMMMMMMMMMMMMMMMMMMMMMM", "Vor-/Nachteile",
    "https://example.org/a-b?d=1", "1\u00a0234\u00a0567\u00a0890", "\u4e2d\u6587\u5b57", "a", "", "kurze Wörter",
)  # fmt: skip


def rows_of(*rows: list[str]) -> tuple[Content, ...]:
    """A table with a row of headers."""
    return tuple(
        Content(Head(Kind.TABLE_ROW, 0, (("header", "1"), ("table", "1")) if not number else (("table", "1"),)),
                Rich(CELL.join(row)))
        for number, row in enumerate(rows)
    )  # fmt: skip


def budget(columns: int, figure: str = "1.234.567") -> tuple[Content, ...]:
    names = ["Staatsangehörigkeit", *(str(2000 + year) for year in range(1, columns))]
    return rows_of(names, *(["Ausgaben", *[figure] * (columns - 1)] for _ in range(3)))


def boxes(data: bytes) -> list[list[tuple[tuple[float, ...], str]]]:
    """By page, what is seen and where: words in letters so small that they are only heard are not."""
    return [
        [(run.bbox, run.text) for run in content.runs if run.text.strip() and run.bbox[3] - run.bbox[1] > 2]
        for content in contents_of(data)
    ]


def overprinted(data: bytes) -> list[tuple[str, str]]:
    """What lies on something else, or beside the paper."""
    found = []
    for page in boxes(data):
        found += [(text, "the edge") for box, text in page if box[2] > A4 - 30]
        found += [(text, other) for (one, text), (two, other) in combinations(page, 2) if _covers(one, two)]
    return found


def _covers(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    across = min(one[2], two[2]) - max(one[0], two[0])
    down = min(one[3], two[3]) - max(one[1], two[1])
    return across > 0.8 and down > 0.5 * min(one[3] - one[1], two[3] - two[1])


@pytest.mark.parametrize("lines", ["numbered", "plain"])
@pytest.mark.parametrize("columns", [2, 12, 30])
def test_figures_stay_in_their_columns(columns: int, lines: str, tmp_path: Path) -> None:
    data = clean_pdf(CleanText("Haushalt", budget(columns), numbered=lines == "numbered"))
    assert overprinted(data) == []
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    assert outloud.check(str(path)).findings == []


def test_changed_figures_stay_in_their_columns() -> None:
    old, new = budget(12), budget(12, "8.765.432")
    nodes = align(text_of(old), list(new), "new", copy=True).redline.nodes
    data = redline_pdf(Paper(nodes, "alt", "neu", (Person("Beirat für Migration und Integration (Ä 7)"),), {"new": 0}))
    assert overprinted(data) == []


def test_figures_of_usual_tables_are_whole_and_as_large_as_the_text() -> None:
    page = boxes(clean_pdf(CleanText("Haushalt", budget(8))))[0]
    figures = [box[3] - box[1] for box, text in page if text.strip() == "1.234.567"]
    assert len(figures) == 21
    assert max(figures) - min(figures) < 0.1
    narrow = boxes(clean_pdf(CleanText("Haushalt", budget(12))))[0]
    smaller = [box[3] - box[1] for box, text in narrow if text.strip() == "1.234.567"]
    assert len(smaller) == 33
    assert smaller[0] > 0.6 * figures[0]


@settings(PROMISE, max_examples=25)
@given(
    rows=st.integers(1, 9).flatmap(
        lambda n: st.lists(st.lists(st.sampled_from(ODD_WORDS), min_size=n, max_size=n), min_size=2, max_size=4)
    )
)
def test_whatever_stands_in_the_cells_nothing_is_printed_over_it(rows: list[list[str]]) -> None:
    contents = rows_of(*rows)
    for data in (
        clean_pdf(CleanText("T", contents)),
        redline_pdf(Paper(Redline.of(text_of(contents)).nodes, "alt", "neu")),
    ):
        assert overprinted(data) == []


def test_one_row_without_names_of_columns_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(clean_pdf(CleanText("T", rows_of(["1.284", "2,9"])[:1])))
    assert outloud.check(str(path)).findings == []
