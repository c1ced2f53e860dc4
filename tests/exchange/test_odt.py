"""OpenDocument texts: words, marks, lists, tables, notes, and whose tracked changes are taken."""

import zipfile
from io import BytesIO

import pytest

from amendments.errors import TooLarge, Unreadable
from amendments.exchange.odt import MIME, read_odt
from amendments.exchange.readers import read
from amendments.text.model import Kind

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
                         ("fo", "xsl-fo-compatible"), ("draw", "drawing"), ("manifest", "manifest"))
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip


def odt(body: str, styles: str = "", **entries: bytes) -> bytes:
    """A document with this in `office:text`, and these automatic styles."""
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("mimetype", entries.pop("mimetype", MIME), zipfile.ZIP_STORED)
        target.writestr("content.xml", entries.pop("content", content.encode()))
        for name, data in entries.items():
            target.writestr(name.replace("manifest", "META-INF/manifest.xml"), data)
    return stream.getvalue()


def texts(data: bytes, **how: object) -> list[str]:
    return [content.text for content in read_odt(data, **how).contents]  # type: ignore[arg-type]


def test_headings_marks_and_links() -> None:
    styles = (
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="BI" style:family="text" style:parent-style-name="B">'
        '<style:text-properties fo:font-style="italic"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    )
    found = read_odt(
        odt(
            '<text:p text:style-name="P1">Titel</text:p><text:h text:outline-level="2">Teil</text:h>'
            '<text:p>Der <text:span text:style-name="BI">Rat</text:span> tagt  <text:s text:c="2"/>'
            '<text:a xlink:href="https://stadt.example/">hier</text:a><text:line-break/>'
            '<text:a xlink:href="javascript:x">dort</text:a></text:p>',
            styles,
        )
    )
    assert [(c.kind, c.head.level) for c in found.contents] == [
        (Kind.HEADING, 1),
        (Kind.HEADING, 2),
        (Kind.PARAGRAPH, 0),
    ]
    words = found.contents[2].rich
    assert words.text == "Der Rat tagt   hier\ndort"
    assert [(m.start, m.end, m.name.value) for m in words.marks] == [(4, 7, "em"), (4, 7, "strong"), (15, 19, "link")]
    assert found.notes == ("1 Verweis mit unzulässiger Adresse als Text übernommen.",)


def test_lists_count_as_they_are_styled() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="a"'
        ' style:num-suffix=")" text:start-value="3"/><text:list-level-style-bullet text:level="2"/></text:list-style>'
    )
    inner = "<text:list><text:list-item><text:p>tief</text:p></text:list-item></text:list>"
    body = (
        f'<text:list text:style-name="L"><text:list-item><text:p>eins</text:p>{inner}</text:list-item>'
        '<text:list-item text:start-value="7"><text:p>zwei</text:p></text:list-item></text:list>'
    )
    found = [(c.head.level, dict(c.head.attributes), c.text) for c in read_odt(odt(body, styles)).contents]
    assert found == [
        (1, {"list": "ordered", "number": "c)", "numbering": "a)"}, "eins"),
        (2, {"list": "bullet"}, "tief"),
        (1, {"list": "ordered", "number": "g)", "numbering": "a)"}, "zwei"),
    ]


def test_tables_and_footnotes() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        f"<table:table><table:table-header-rows><table:table-row>{cell.format('A')}{cell.format('B')}</table:table-row>"
        f"</table:table-header-rows><table:table-row>{cell.format('1')}<table:covered-table-cell/></table:table-row>"
        "</table:table><text:p>Text<text:note><text:note-citation>9</text:note-citation><text:note-body>"
        "<text:p>Note</text:p></text:note-body></text:note>.</text:p>"
    )
    found = read_odt(odt(body)).contents
    assert [c.text for c in found] == ["A\x1fB", "1\x1f", "Text[1].", "Note"]
    assert [c.head.attribute("header") for c in found[:2]] == ["1", ""]
    assert (found[3].kind, found[3].head.attribute("label")) == (Kind.FOOTNOTE, "1")


def region(name: str, who: str, change: str) -> str:
    info = f"<office:change-info><dc:creator>{who}</dc:creator></office:change-info>"
    tag, _, inside = change.partition(" ")
    return f'<text:changed-region text:id="{name}"><text:{tag}>{info}{inside}</text:{tag}></text:changed-region>'


TRACKED = (
    "<text:tracked-changes>"
    + region("d1", "Anna", "deletion <text:p>kann</text:p>")
    + region("i1", "Anna", "insertion ")
    + region("i2", "Bert", "insertion ")
    + region("d2", "Bert", "deletion <text:p> und mehr.</text:p><text:p>Ein Absatz.</text:p><text:p>Rest: </text:p>")
    + "</text:tracked-changes>"
    '<text:p>Der Rat <text:change text:change-id="d1"/><text:change-start text:change-id="i1"/>soll'
    '<text:change-end text:change-id="i1"/> tagen.<text:change-start text:change-id="i2"/></text:p>'
    '<text:p>Neu.<text:change-end text:change-id="i2"/></text:p>'
    '<text:p>Anfang<text:change text:change-id="d2"/>Ende.</text:p>'
)


def test_tracked_changes_are_taken_undone_or_taken_from_one_person() -> None:
    data = odt(TRACKED)
    assert texts(data) == ["Der Rat soll tagen.", "Neu.", "AnfangEnde."]
    restored = ["Anfang und mehr.", "Ein Absatz.", "Rest: Ende."]
    assert texts(data, reject_tracked=True) == ["Der Rat kann tagen.", *restored]
    assert texts(data, reject_tracked=True, author="Anna") == ["Der Rat soll tagen.", *restored]
    assert texts(data, reject_tracked=True, author="Bert") == ["Der Rat kann tagen.", "Neu.", "AnfangEnde."]
    found = read_odt(data)
    assert found.authors == ("Anna", "Bert")
    assert found.notes == ("4 nachverfolgte Änderungen als angenommen gelesen.",)


NUMBERED = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"'
    ' style:num-suffix="."/></text:list-style>'
)


def items(*paragraphs: str, how: str = "") -> str:
    inside = "".join(f"<text:list-item>{paragraph}</text:list-item>" for paragraph in paragraphs)
    return f'<text:list text:style-name="L"{how}>{inside}</text:list>'


def p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def lines(deleted: str, body: str, **how: object) -> list[tuple[str, str, str]]:
    """Kind, number that is not the next one, and words of a text of which Anna deleted something, with it in it."""
    regions = region("d", "Anna", f"deletion {deleted}") + region("i", "Bert", "insertion ")
    data = odt(f"<text:tracked-changes>{regions}</text:tracked-changes>{body}", NUMBERED)
    found = read_odt(data, **({"reject_tracked": True} | how)).contents  # type: ignore[arg-type]
    return [(c.kind.value, c.head.attribute("number"), c.text) for c in found]


DELETED = '<text:change text:change-id="d"/>'
ONE, TWO, THREE = (("list_item", "", word) for word in ("eins", "zwei", "drei"))


@pytest.mark.parametrize(
    ("deleted", "body", "wanted"),
    [
        (
            p("") + items(p("")),
            p(f"Davor.{DELETED}eins") + items(p("zwei"), how=' text:continue-numbering="true"'),
            [("paragraph", "", "Davor."), ONE, TWO],
        ),
        (
            items(p("zwei"), '<text:h text:outline-level="2"/>', how=' text:continue-numbering="true"'),
            items(p("eins")) + f'<text:h text:outline-level="2">{DELETED}Teil</text:h>',
            [ONE, TWO, ("heading", "", "Teil")],
        ),
        (items(p("ns"), p("zw")), items(p(f"ei{DELETED}ei"), p("drei")), [ONE, TWO, THREE]),
        (items(p("eins"), p("zwei"), p("")), items(p(f"{DELETED}drei")), [ONE, TWO, THREE]),
        (
            items(p("ei")) + p("Dazwischen."),
            items(p(f"{DELETED}")),
            [("list_item", "", "ei"), ("paragraph", "", "Dazwischen.")],
        ),
    ],
    ids=["join of an item", "item before a heading", "from item to item", "items before an item", "item and more"],
)
def test_what_was_deleted_stands_again_in_its_list(deleted: str, body: str, wanted: list[tuple[str, str, str]]) -> None:
    assert lines(deleted, body) == wanted


def test_a_list_that_counts_on_does_and_another_one_begins_anew() -> None:
    on = ' text:continue-numbering="true"'
    body = items(p("eins"), p("zwei")) + p("Dazwischen.") + items(p("drei"), how=on) + p("Schluss.") + items(p("eins"))
    between, end = ("paragraph", "", "Dazwischen."), ("paragraph", "", "Schluss.")
    assert lines(p(""), body) == [ONE, TWO, between, ("list_item", "3.", "drei"), end, ONE]


def test_an_inserted_item_counts_only_where_it_is_taken() -> None:
    new = '<text:change-start text:change-id="i"/>neu', '<text:change-end text:change-id="i"/>zwei'
    body = items(p("eins"), *map(p, new), p("drei"))
    assert lines(p(""), body) == [ONE, TWO, THREE]
    assert lines(p(""), body, author="Bert") == [ONE, ("list_item", "", "neu"), TWO, THREE]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            items(p("eins"), p('<text:change-start text:change-id="i"/>neu'))
            + p('<text:change-end text:change-id="i"/>Dazwischen.')
            + items(p("zwei"), how=' text:continue-numbering="true"'),
            [ONE, ("paragraph", "", "Dazwischen."), ("list_item", "2.", "zwei")],
        ),
        (
            p('<text:change-start text:change-id="i"/>neu')
            + items(p('<text:change-end text:change-id="i"/>eins'), p("zwei")),
            [ONE, TWO],
        ),
        (
            items(p("eins"), f"{items(p('tief'))}", p("zwei")),
            [ONE, ("list_item", "", "tief"), TWO],
        ),
    ],
    ids=["item before another paragraph", "paragraph before an item", "item that only holds a list"],
)
def test_what_is_not_taken_counts_nothing(body: str, wanted: list[tuple[str, str, str]]) -> None:
    assert lines(p(""), body) == wanted


def test_struck_words_of_an_insertion_belong_to_who_inserted_them() -> None:
    """Office programs write one region of two changes: the deletion, and before it the insertion."""
    struck = region("b", "Emil", "deletion <text:p>Programm</text:p>").replace(
        "</text:changed-region>", region("", "Anna", "insertion ").partition(">")[2]
    )
    body = (
        f"<text:tracked-changes>{region('a', 'Anna', 'deletion <text:p>Konzept</text:p>')}"
        f"{region('i', 'Anna', 'insertion ')}{struck}{region('c', 'Emil', 'insertion ')}</text:tracked-changes>"
        '<text:p>Das <text:change text:change-id="a"/><text:change-start text:change-id="i"/>neue '
        '<text:change-end text:change-id="i"/><text:change text:change-id="b"/><text:change-start text:change-id="c"/>'
        'Projekt<text:change-end text:change-id="c"/> gilt.</text:p>'
    )
    data = odt(body)
    assert texts(data) == ["Das neue Projekt gilt."]
    assert texts(data, reject_tracked=True) == ["Das Konzept gilt."]
    assert texts(data, reject_tracked=True, author="Anna") == ["Das neue Programm gilt."]
    assert texts(data, reject_tracked=True, author="Emil") == ["Das neue Projekt gilt."]
    assert read_odt(data).authors == ("Anna", "Emil")
    assert read_odt(data).notes == ("5 nachverfolgte Änderungen als angenommen gelesen.",)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (odt("<text:p>x</text:p>", mimetype=b"text/plain"), "kein OpenDocument-Text"),
        (odt("", content=b"<x/>"), "kein OpenDocument-Text"),
        (odt("", content=b"<x"), "beschädigt"),
        (odt("", content=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "Dokumenttyp"),
        (b"Nur Text", "kein OpenDocument-Text"),
        (
            odt("", manifest=f"<manifest:manifest {SPACES}><manifest:encryption-data/></manifest:manifest>".encode()),
            "mit einem Kennwort geschützt",
        ),
    ],
)
def test_what_is_no_such_text_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(data, "a.odt")


def test_one_that_is_called_otherwise_is_told_its_ending() -> None:
    with pytest.raises(Unreadable, match=r"OpenDocument-Text, heißt aber anders.* \.odt"):
        read(odt("<text:p>x</text:p>"), "a.docx")


def test_made_up_counts_fill_no_memory() -> None:
    body = '<text:p>a<text:s text:c="99999999"/>b</text:p><text:p>' + "c" * 10 + "</text:p>"
    assert len(texts(odt(body))[0]) < 2_000
    with pytest.raises((TooLarge, Unreadable)):
        read_odt(odt("<text:p>" + " x" * 30_000_000 + "</text:p>"))
