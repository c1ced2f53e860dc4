"""The redline as a page of HTML."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from amendments.exchange.redlines import Paper, to_html
from amendments.text import Edit, edits, merge, plain, text_of
from tests.exchange.concept import row

CHROMIUM = shutil.which("chromium")


def test_a_new_paragraph_without_words_is_drawn():
    base = text_of([plain("Text")])
    found = merge(base, [Edit("e", edits.insert(base[0].identity, [plain("")]))])
    assert '<p class="paragraph inserted" id="a1"><small>Neuer Absatz</small> </p>' in to_html(
        Paper(found.redline.nodes, "alt", "neu")
    )


def printed(page: str, folder: Path) -> list[str]:
    """The words of each page of paper."""
    (folder / "a.html").write_text(page, encoding="utf-8")
    where = ["--no-sandbox", f"--user-data-dir={folder}", f"--print-to-pdf={folder / 'a.pdf'}", str(folder / "a.html")]
    subprocess.run([str(CHROMIUM), "--headless", *where], check=True, capture_output=True, timeout=60)
    return [page.extract_text() for page in PdfReader(folder / "a.pdf").pages]


@pytest.mark.skipif(not CHROMIUM, reason="no chromium")
def test_on_paper_nothing_is_folded_and_no_head_of_a_table_stands_alone(tmp_path):
    """With 46 lines before it the head of the table would be the last line of its page."""
    table = [row("Amt", "Kopfzeile", header=True), *(row(f"Amt {number}", "Aufgabe") for number in range(4))]
    base = text_of([plain("Was umzieht."), *(plain(f"Zeile {number}") for number in range(46)), *table])
    found = merge(base, [Edit("e", edits.move([base[0]], base[3].identity))])
    pages = printed(to_html(Paper(found.redline.nodes, "alt", "neu")), tmp_path)
    assert pages[0].count("Was umzieht.") == 2, "where it stood and where it stands"
    assert "Was hier stand" not in pages[0]
    assert [number for number, words in enumerate(pages) if "Kopfzeile" in words] == [
        number for number, words in enumerate(pages) if "Amt 0" in words
    ]


def test_the_head_of_a_table_is_marked_as_one():
    base = text_of([row("Amt", "Aufgabe", header=True), row("Bauamt", "Wohnungen")])
    assert '<table><thead><tr class="table_row kept"><th>Amt</th>' in to_html(
        Paper(merge(base, []).redline.nodes, "a", "b")
    )
