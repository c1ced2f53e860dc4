"""Tracked changes where nothing is read: each is said, with who and the words, and none becomes a wish."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest

from amendments.exchange.imported import Imported, imported_from_json, imported_to_json
from amendments.exchange.readers import read_returned
from amendments.exchange.remarks import Aside, Where
from amendments.exchange.returned import Wanted, wanted_in
from amendments.exchange.returned.lost import COLUMNS, OUTSIDE
from amendments.text import CELL, text_of
from tests.exchange.changing import word_file
from tests.exchange.test_odt import SPACES, odt

Build = Callable[[str], bytes]
NEW = '<w:ins w:id="1" w:author="Klaus"><w:r><w:t>Neues</w:t></w:r></w:ins>'
OLD = '<w:del w:id="2" w:author="Klaus"><w:r><w:delText>Altes</w:delText></w:r></w:del>'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
HEADERS = "%(num)d nachverfolgte Änderung{} in Kopfzeilen, Fußzeilen oder Textfeldern nicht übernommen (Klaus): „{}“"


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def notes(found: Imported) -> list[str]:
    return [note for note in map(str, found.notes) if "Klaus" in note]


def wants(data: bytes, name: str) -> Wanted:
    """What the only person in a file wants of our version, which is what it is without tracked changes."""
    read = read_returned(data, name)
    (wanted,) = wanted_in(text_of(read.before.contents), read, name).wanted
    assert not wanted.wishes
    return wanted


def test_in_a_text_box_of_word(word_body: Build) -> None:
    """Which is written twice, for newer and older programs."""
    box = f"<w:txbxContent><w:p>{run('Kasten')}{NEW}{OLD}</w:p></w:txbxContent>"
    choice = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    body = f"<w:p>{run('Der Rat.')}<w:r><mc:AlternateContent {MC}>{choice}</mc:AlternateContent></w:r></w:p>"
    data = word_body(body)
    wanted = wants(data, "a.docx")
    assert [(each.words, str(each.why)) for each in wanted.lost] == [("Neues … Altes", OUTSIDE)]
    said = HEADERS.format("en", "Neues … Altes") % {"num": 2}
    assert notes(read_returned(data, "a.docx").before) == [said]


@pytest.mark.parametrize("place", ["header", "footer"])
def test_in_a_header_or_footer_of_word(repacked: Callable[..., bytes], place: str) -> None:
    document = docx.Document()
    document.add_paragraph("Der Rat.")
    getattr(document.sections[0], place).paragraphs[0].text = "Stadt"
    stream = BytesIO()
    document.save(stream)
    data = repacked(
        stream.getvalue(), {f"word/{place}1.xml": lambda xml: xml.replace(b"</w:p>", NEW.encode() + b"</w:p>")}
    )
    assert [(each.words, str(each.why)) for each in wants(data, "a.docx").lost] == [("Neues", OUTSIDE)]
    assert notes(read_returned(data, "a.docx").before) == [HEADERS.format("", "Neues") % {"num": 1}]


def region(name: str, inside: str) -> str:
    info = "<office:change-info><dc:creator>Klaus</dc:creator></office:change-info>"
    return f'<text:changed-region text:id="{name}">{inside.format(info)}</text:changed-region>'


LISTED = (
    "<text:tracked-changes>"
    + region("i", "<text:insertion>{}</text:insertion>")
    + region("d", "<text:deletion>{}<text:p>Altes</text:p></text:deletion>")
    + "</text:tracked-changes>"
)
CHANGED = (
    '<text:p>Stadt <text:change-start text:change-id="i"/><text:span>Neu</text:span>es'
    '<text:change-end text:change-id="i"/> hier<text:change text:change-id="d"/></text:p>'
)


def test_in_a_text_box_of_open_document() -> None:
    box = f"<draw:frame><draw:text-box>{CHANGED}</draw:text-box></draw:frame>"
    data = odt(f"{LISTED}<text:p>Der Rat.{box}</text:p>")
    assert [(each.words, str(each.why)) for each in wants(data, "a.odt").lost] == [("Neues … Altes", OUTSIDE)]
    before = read_returned(data, "a.odt").before
    assert [str(note) for note in before.notes] == [
        HEADERS.format("en", "Neues … Altes") % {"num": 2},
        "1 Textfeld nicht übernommen.",
    ]


def test_in_a_header_of_open_document() -> None:
    """Which lists its own changes, whatever they are called elsewhere."""
    page = f"<style:master-page><style:header>{LISTED}{CHANGED}</style:header></style:master-page>"
    styles = (
        f"<office:document-styles {SPACES}><office:master-styles>{page}</office:master-styles></office:document-styles>"
    )
    data = odt(f"{LISTED}<text:p>Der Rat.</text:p>", **{"styles.xml": styles.encode()})
    assert ("Neues … Altes", OUTSIDE) in [(each.words, str(each.why)) for each in wants(data, "a.odt").lost]


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{words}</w:p></w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{each}</w:tr>' for each in rows)}</w:tbl><w:p>{run('Ende.')}</w:p>"


CAME, WENT = '<w:cellIns w:id="3" w:author="Klaus"/>', '<w:cellDel w:id="3" w:author="Klaus"/>'
COLUMN = {
    "put in": (
        table(*(cell(run(f"A{n}")) + cell(NEW, CAME) + cell(run(f"B{n}")) for n in (1, 2))),
        [f"A1{CELL}B1", f"A2{CELL}B2", "Ende."],
        [f"A1{CELL}Neues{CELL}B1", f"A2{CELL}Neues{CELL}B2", "Ende."],
        "Neues … Neues",
    ),
    "struck": (
        table(*(cell(run(f"A{n}")) + cell(OLD, WENT) + cell(run(f"B{n}")) for n in (1, 2))),
        [f"A1{CELL}Altes{CELL}B1", f"A2{CELL}Altes{CELL}B2", "Ende."],
        [f"A1{CELL}B1", f"A2{CELL}B2", "Ende."],
        "Altes … Altes",
    ),
}


@pytest.mark.parametrize("case", COLUMN)
def test_a_column_that_was_put_in_or_struck(word_body: Build, case: str) -> None:
    xml, before, after, words = COLUMN[case]
    read = read_returned(word_body(xml), "a.docx")
    assert [content.text for content in read.before.contents] == before
    assert [content.text for content in read.whole] == after
    assert [(each.words, str(each.why)) for each in wants(word_body(xml), "a.docx").lost] == [(words, COLUMNS)]
    assert notes(read.before) == [f"2 eingefügte oder gelöschte Tabellenzellen nicht übernommen (Klaus): „{words}“"]


def test_what_another_changed_in_a_struck_column_is_theirs(word_body: Build) -> None:
    theirs = '<w:ins w:id="4" w:author="Anna"><w:r><w:t> 2</w:t></w:r></w:ins>'
    read = read_returned(word_body(table(cell(run("A") + theirs, WENT) + cell(run("B")), cell(run("C")))), "a.docx")
    (anna,) = [each for each in wanted_in(text_of(read.before.contents), read, "a.docx").wanted if each.name == "Anna"]
    assert len(anna.wishes) == 1
    assert anna.lost == ()


def test_what_is_not_read_goes_through_json(word_body: Build) -> None:
    before = read_returned(word_body(COLUMN["struck"][0]), "a.docx").before
    assert before.hands[0].aside == (Aside(Where.COLUMNS, 2, "Altes … Altes"),)
    assert imported_from_json(imported_to_json(before)) == before


def test_a_person_of_the_text_is_told_of_their_headers_as_well(repacked: Callable[..., bytes]) -> None:
    document = docx.Document(BytesIO(word_file(["Der Rat", (" tagt", "+Klaus"), "."])))
    document.sections[0].header.paragraphs[0].text = "Stadt"
    stream = BytesIO()
    document.save(stream)
    data = repacked(
        stream.getvalue(), {"word/header1.xml": lambda xml: xml.replace(b"</w:p>", NEW.encode() + b"</w:p>")}
    )
    read = read_returned(data, "a.docx")
    (klaus,) = wanted_in(text_of(read.before.contents), read, "a.docx").wanted
    assert len(klaus.wishes) == 1
    assert [each.words for each in klaus.lost] == ["Neues"]
