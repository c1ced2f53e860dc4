"""A redline as Markdown: nothing the text says is taken for a change."""

from __future__ import annotations

from amendments.exchange.redlines import Paper, to_ins_del, to_text
from amendments.text import CELL, Kind, align, literal_content, plain, text_of


def written(old: str, new: str) -> str:
    found = align(text_of([literal_content(old)]), [literal_content(new)], "other", copy=True)
    return to_ins_del(Paper(found.redline.nodes, "alt.md", "neu.md"))


def test_tags_of_the_text_are_characters() -> None:
    text = "Der Rat <ins>tagt</ins> im Mai <script>x</script>; 3 < 4, \\\\<b> \\<i>."
    found = written(text, text.replace("Mai", "Juni"))
    assert found == (
        "Der Rat \\<ins>tagt\\</ins> im <del>Mai</del><ins>Juni</ins> \\<script>x\\</script>; 3 < 4, \\\\\\<b> \\<i>.\n"
    )


def test_emphasis_does_not_cross_a_change() -> None:
    found = written("Der Rat der *alten Stadt* tagt im Mai.", "Der Rat der *alten Gemeinde tagt im Mai.")
    assert "\\*alten <del>Stadt\\*</del><ins>Gemeinde</ins> tagt" in found
    whole = written("Der *Rat* tagt im Mai.", "Der *Rat* tagt im Juni.")
    assert whole == "Der *Rat* tagt im <del>Mai</del><ins>Juni</ins>.\n"


def test_a_row_is_no_paragraph() -> None:
    rows = [
        plain(f"Bänke{CELL}1.500 Euro", Kind.TABLE_ROW, table="1"),
        plain(f"Zäune{CELL}900 Euro", Kind.TABLE_ROW, table="1"),
    ]
    added = align(text_of(rows[:1]), rows, "other", copy=True)
    gone = align(text_of(rows), rows[:1], "other", copy=True)
    assert "(Neue Tabellenzeile)" in to_text(Paper(added.redline.nodes, "alt.md", "neu.md"))
    assert "(Tabellenzeile gestrichen)" in to_text(Paper(gone.redline.nodes, "alt.md", "neu.md"))
