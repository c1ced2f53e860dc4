"""Markdown with its signs read, and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.errors import Unreadable
from amendments.exchange.building import ListCounter, printed, row
from amendments.exchange.commonmark import read_commonmark
from amendments.exchange.markdown_writer import to_markdown
from amendments.text.model import Content, Head, Kind, Mark, MarkName, Rich, plain

FILE = """\
# Integrationskonzept

Die Stadt *fördert* **Sprach**kurse, ~~kostenlos~~ siehe
[Satzung](https://example.org/s) und `§ 3`.

- Beratung
  - in Kitas
  - in Schulen
- Träger

  mit eigenem Absatz
3. drei
4. vier

| Jahr | Euro |
|------|-----:|
| 2011 | 5 000 |

Fußnote[^1] und Wasser: H<sub>2</sub>O\\
neue Zeile

> Zitat

---

![Bild](x.png)

[^1]: Stand: November.
"""


def test_what_is_read() -> None:
    found = read_commonmark(FILE.encode())
    assert [(c.kind.value, c.head.level, dict(c.head.attributes), c.text) for c in found.contents] == [
        ("heading", 1, {}, "Integrationskonzept"),
        ("paragraph", 0, {}, "Die Stadt fördert Sprachkurse, kostenlos siehe Satzung und § 3."),
        ("list_item", 1, {"list": "bullet"}, "Beratung"),
        ("list_item", 2, {"list": "bullet"}, "in Kitas"),
        ("list_item", 2, {"list": "bullet"}, "in Schulen"),
        ("list_item", 1, {"list": "bullet"}, "Träger"),
        ("paragraph", 0, {}, "mit eigenem Absatz"),
        ("list_item", 1, {"list": "ordered", "number": "3."}, "drei"),
        ("list_item", 1, {"list": "ordered"}, "vier"),
        ("table_row", 0, {"table": "1", "header": "1"}, "Jahr\x1fEuro"),
        ("table_row", 0, {"table": "1"}, "2011\x1f5 000"),
        ("paragraph", 0, {}, "Fußnote[1] und Wasser: H2O\nneue Zeile"),
        ("paragraph", 0, {}, "Zitat"),
        ("footnote", 0, {"label": "1"}, "Stand: November."),
    ]
    assert found.contents[1].rich.marks == (
        Mark(10, 17, MarkName.EM),
        Mark(18, 24, MarkName.STRONG),
        Mark(31, 40, MarkName.STRIKE),
        Mark(47, 54, MarkName.LINK, "https://example.org/s"),
        Mark(59, 62, MarkName.CODE),
    )
    assert found.contents[11].rich.marks == (Mark(7, 10, MarkName.FOOTNOTE_REF, "1"), Mark(24, 25, MarkName.SUB))
    assert [str(note) for note in found.notes] == [
        "1 Bild nicht übernommen.",
        "1 Trennlinie nicht übernommen.",
        "1 Zitat als gewöhnlicher Text übernommen.",
    ]
    assert found.layout is None
    assert not found.literal


@pytest.mark.parametrize(
    ("source", "text", "why"),
    [
        ("[^eins]: Wort", "Wort", "a footnote of one word is no link's definition"),
        ("[x](javascript:alert(1))", "x", "an address that runs is only words"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", "HTML in Markdown stays characters"),
        ("<div>\nText\n</div>", "<div> Text </div>", "also in blocks"),
        ("a&nbsp;b &#x1; &amp;", "a\u00a0b \ufffd &", "entities pass the door too"),
        ("u&#x308;", "ü", "and are composed"),
    ],
)
def test_cases(source: str, text: str, why: str) -> None:
    (content,) = read_commonmark(source.encode()).contents
    assert content.text == text, why
    assert not content.rich.marks


def test_too_deep_is_refused_and_nothing_is_lost_in_silence() -> None:
    with pytest.raises(Unreadable, match="zu tief verschachtelt"):
        read_commonmark(("> " * 200 + "Text").encode())
    with pytest.raises(Unreadable, match="zu tief verschachtelt"):
        read_commonmark("\n".join("  " * n + "- Text" for n in range(100)).encode())


letters = st.text(st.sampled_from("abcÄß  .,*_`[]<>#~|\\!&+-=1:)(\u00a0„\n\t^"), min_size=1, max_size=20)
names = st.sampled_from([m for m in MarkName if m not in (MarkName.LINK, MarkName.FOOTNOTE_REF)])


@st.composite
def riches(draw: st.DrawFn) -> Rich:
    text = draw(letters).strip(" \t\n") or "x"
    spot = st.integers(0, len(text))
    marks = draw(st.lists(st.builds(Mark, spot, spot, names), max_size=3))
    if draw(st.booleans()):
        marks.append(Mark(draw(spot), draw(spot), MarkName.LINK, "https://example.org/a?b=(c)"))
    return Rich.of(text, marks)


blocks = st.one_of(
    st.builds(Content, st.just(Head()), riches()),
    st.builds(Content, st.builds(Head, st.just(Kind.HEADING), st.integers(1, 6)), riches()),
)


@st.composite
def lists(draw: st.DrawFn) -> list[Content]:
    counter, level, items = ListCounter(), 0, []
    for _ in range(draw(st.integers(1, 6))):
        level = draw(st.integers(1, min(level + 1, 4)))
        items.append(counter.item(level, draw(riches()), draw(st.sampled_from(["", "1."]))))
    return items


@st.composite
def tables(draw: st.DrawFn) -> list[Content]:
    width, header = draw(st.integers(1, 3)), draw(st.booleans())
    count = draw(st.integers(1, 3))
    return [row([draw(riches()) for _ in range(width)], "1", header=header and n == 0) for n in range(count)]


@given(st.lists(blocks, max_size=4))
def test_written_paragraphs_and_headings_are_read_back_the_same(contents: list[Content]) -> None:
    assert read_commonmark(to_markdown(contents).encode()).contents == tuple(contents)


@given(lists(), tables())
def test_written_lists_and_tables_are_read_back_the_same(items: list[Content], rows: list[Content]) -> None:
    contents = (*items, *rows)
    assert read_commonmark(to_markdown(contents).encode()).contents == contents


def test_footnotes_and_numbers_are_written_and_read_back() -> None:
    contents = (
        Content(Head(), Rich.of("Wort[1] und[x] mehr", [Mark(4, 7, MarkName.FOOTNOTE_REF, "1")])),
        plain("drei", Kind.LIST_ITEM, 1, list="ordered", number="3."),
        plain("vier", Kind.LIST_ITEM, 1, list="ordered"),
        plain("Fuß", Kind.FOOTNOTE, label="1"),
    )
    assert to_markdown(contents) == "Wort[^1] und\\[x\\] mehr\n\n3. drei\n4. vier\n\n[^1]: Fuß\n"
    assert read_commonmark(to_markdown(contents).encode()).contents == contents


def test_numbers_are_printed_in_their_form() -> None:
    assert [printed(look, 28) for look in ("1.", "a)", "(A)", "i.", "§ I")] == [
        "28.",
        "bb)",
        "(BB)",
        "xxviii.",
        "§ XXVIII",
    ]


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ("---\ntitle: Konzept\nauthor: Amt\n---\n\n", 2),
        ("---\ntitle: |\n  Ein Konzept\ntags:\n- eins\n...\n", 4),
        ("", 0),
    ],
)
def test_what_programs_say_of_a_file_before_its_text_is_no_text(head: str, lines: int) -> None:
    found = read_commonmark(f"{head}# Ziele\n\nText\n".encode())
    assert [content.text for content in found.contents] == ["Ziele", "Text"]
    assert [note.params for note in found.notes] == ([(("num", lines),)] if lines else [])


@pytest.mark.parametrize(
    "text", ["---\nEin Satz.\n---\nText\n", "---\n\nEin Satz.\n", "---\nZiel: dies\nEin Satz.\n---\n"]
)
def test_words_between_two_lines_are_text(text: str) -> None:
    assert "Ein Satz." in "\n".join(content.text for content in read_commonmark(text.encode()).contents)
