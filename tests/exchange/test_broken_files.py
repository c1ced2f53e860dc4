"""Whatever bytes arrive: contents, or one of the two refusals; never another error."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.errors import TooLarge, Unreadable
from amendments.exchange import html, limits
from amendments.exchange.imported import imported_from_json, imported_to_json
from amendments.exchange.readers import read
from amendments.text.door import normalise
from amendments.text.model import CELL, Content, Head, Kind, Mark, MarkName, Rich

TAGS = ["<p>", "</p>", "<table>", "<tr>", "<td colspan=3>", "<li>", "<ol start=x>", "<a href='", "<!--", "]]>", "<svg>",
        "&#0;", "&#55296;", "</", "<b", "\x00", "\ud7ff", "<script>", "<select><option>", "<math><mtext></p>",
        "<template>"]  # fmt: skip


def read_or_refused(data: bytes, name: str, *, markdown: bool = False) -> None:
    try:
        found = read(data, name, markdown=markdown)
    except (Unreadable, TooLarge):
        return
    assert imported_from_json(imported_to_json(found)) == found
    for content in found.contents:
        assert content.text == CELL.join(normalise(cell) for cell in content.text.split(CELL)), (
            "everything passed the door"
        )
        assert content.text.strip(" \t\n")


@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx"]), st.booleans())
def test_any_bytes(data: bytes, name: str, markdown: bool) -> None:  # noqa: FBT001 - drawn
    read_or_refused(data, name, markdown=markdown)


@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=5), max_size=20).map("".join))
def test_any_html(page: str) -> None:
    read_or_refused(b"<p>" + page.encode(errors="replace"), "a.html")


@given(
    st.lists(
        st.sampled_from(
            ["[^1]", "[^1]: ", "\n", "- ", "1) ", "|", "---", "<u>", "**", "`", "> ", "\t", "&#1;", "# ", "x"]
        )
    )
)
def test_any_markdown(parts: list[str]) -> None:
    read_or_refused("".join(parts).encode(), "a.md", markdown=True)


def test_a_document_with_bytes_changed_anywhere(word: Callable[..., bytes]) -> None:
    whole = word()
    chance = random.Random(2011)
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        read_or_refused(bytes(broken[: chance.choice([None, chance.randrange(len(broken))])]), "a.docx")


def test_a_document_with_elements_in_the_wrong_places(
    word: Callable[..., bytes], repacked: Callable[..., bytes]
) -> None:
    chance = random.Random(1848)
    pieces = ["p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "numPr", "numId", "ilvl", "pStyle", "ins", "del",
              "fldChar", "hyperlink", "sdt", "sdtContent", "footnoteReference", "gridSpan", "outlineLvl", "tcPr",
              "trPr", "b", "vertAlign"]  # fmt: skip

    def grown(depth: int) -> str:
        name = chance.choice(pieces)
        inside = "".join(grown(depth - 1) for _ in range(chance.randint(0, 4))) if depth else "x"
        return f'<w:{name} w:val="{chance.choice(["1", "-1", "99999999999", "x", ""])}" w:id="1">{inside}</w:{name}>'

    for _ in range(40):
        body = "".join(grown(5) for _ in range(5)).encode()
        put = {"word/document.xml": lambda xml, body=body: xml.replace(b"<w:body>", b"<w:body>" + body)}
        changed = repacked(word(), put)
        read_or_refused(changed, "a.docx")


NUMBERS = {
    "Bytes einer Datei": limits.MAX_BYTES,
    "Absätze": limits.MAX_PARAGRAPHS,
    "Zeichen eines Textes": limits.MAX_CHARACTERS,
    "Zeichen einer Textdatei": limits.MAX_RAW,
    "Zeichen eines Absatzes": limits.MAX_PARAGRAPH,
    "Bytes entpackt": limits.MAX_UNPACKED,
    "Einträge eines Archivs": limits.MAX_ENTRIES,
    "Packverhältnis eines Eintrags": limits.MAX_RATIO,
    "Elemente eines XML-Teils": limits.MAX_TAGS,
    "Tags einer HTML-Datei": html.MAX_RAW_TAGS,
    "Zeichen HTML für die Reinigung": html.MAX_HTML,
    "Tags HTML für die Reinigung": html.MAX_HTML_TAGS,
}


@pytest.mark.parametrize(("name", "number"), NUMBERS.items())
def test_the_documentation_names_the_limits(name: str, number: int) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text()
    said = re.search(rf"\| {re.escape(name)} \| ([\d.]+) \|", text)
    assert said, name
    assert int(said[1].replace(".", "")) == number


@pytest.mark.parametrize(
    "hidden",
    [
        Content(Head(Kind.LIST_ITEM, 1, (("number", "a" * 2_000_000),)), Rich("Kosten")),
        Content(Head(), Rich("Kosten", (Mark(0, 6, MarkName.LINK, "https://example.org/" + "a" * 2_000_000),))),
    ],
)
def test_numbers_and_addresses_count_as_characters(hidden: Content) -> None:
    limits.check_contents([hidden])
    with pytest.raises(TooLarge):
        limits.check_contents([hidden, hidden])
