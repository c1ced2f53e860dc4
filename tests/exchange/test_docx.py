"""Word documents read into contents."""

import re
from collections.abc import Callable

import docx.oxml.ns
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement

from amendments.errors import Unreadable
from amendments.exchange.docx import read_docx
from amendments.exchange.docx.package import Package
from amendments.exchange.imported import Imported
from amendments.text.model import Kind

Word = Callable[..., bytes]


def outline(found: Imported) -> list[tuple[str, int, dict[str, str], str]]:
    return [(c.kind.value, c.head.level, dict(c.head.attributes), c.text) for c in found.contents]


def texts(found: Imported) -> list[str]:
    return [c.text for c in found.contents]


def notes(found: Imported) -> list[str]:
    return [str(note) for note in found.notes]


def marks(found: Imported, number: int = 0) -> list[tuple[str, str]]:
    content = found.contents[number]
    return [(content.text[m.start : m.end], m.target or m.name.value) for m in content.rich.marks]


def concept(document: Document) -> None:
    document.add_heading("Integrationskonzept", 0)
    document.add_heading("Ziele", 1)
    document.add_heading("Sprache", 2)
    document.add_paragraph("Die Stadt fördert §\u00a03 Abs.\u00a02.")
    document.add_paragraph("  ")
    document.add_paragraph("Beratung", style="List Bullet")
    document.add_paragraph("in Kitas", style="List Bullet 2")
    document.add_paragraph("erstens", style="List Number")
    document.add_paragraph("Zwischentext")
    document.add_paragraph("zweitens", style="List Number")
    table = document.add_table(2, 3)
    for cell, text in zip(
        [c for r in table.rows for c in r.cells], ["Jahr", "Euro", "", "2011", "5\u00a0000", "x"], strict=True
    ):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 2).add_paragraph("zweite Zeile")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def test_headings_lists_and_tables(word: Word) -> None:
    found = read_docx(word(concept))
    assert outline(found) == [
        ("heading", 1, {}, "Integrationskonzept"),
        ("heading", 1, {}, "Ziele"),
        ("heading", 2, {}, "Sprache"),
        ("paragraph", 0, {}, "Die Stadt fördert §\u00a03 Abs.\u00a02."),
        ("list_item", 1, {"list": "bullet"}, "Beratung"),
        ("list_item", 2, {"list": "bullet"}, "in Kitas"),
        ("list_item", 1, {"list": "ordered"}, "erstens"),
        ("paragraph", 0, {}, "Zwischentext"),
        ("list_item", 1, {"list": "ordered", "number": "2."}, "zweitens"),
        ("table_row", 0, {"table": "1", "header": "1"}, "Jahr\x1fEuro\x1f"),
        ("table_row", 0, {"table": "1"}, "2011\x1f5\u00a0000\x1fx\nzweite Zeile"),
    ]
    assert found.format == "docx"
    assert not found.literal
    assert found.notes == ()


def test_marks_of_words(word: Word) -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph()
        paragraph.add_run("fett ").bold = True
        both = paragraph.add_run("beides")
        both.bold = both.italic = True
        paragraph.add_run(" nichts ")
        paragraph.add_run("unter").underline = True
        paragraph.add_run("weg").font.strike = True
        paragraph.add_run("hoch").font.superscript = True
        paragraph.add_run("tief").font.subscript = True
        paragraph.add_run(" betont", style="Emphasis")
        light = paragraph.add_run(" doch nicht", style="Strong")
        light.bold = False
        paragraph.add_run("\tTab").add_break()
        paragraph.add_run("Zeile").add_break(WD_BREAK.PAGE)

    found = read_docx(word(build))
    assert texts(found) == ["fett beides nichts unterweghochtief betont doch nicht\tTab\nZeile"]
    assert sorted(marks(found)) == sorted(
        [
            ("fett beides", "strong"),
            ("beides", "em"),
            ("unter", "u"),
            ("weg", "s"),
            ("hoch", "sup"),
            ("tief", "sub"),
            (" betont", "em"),
        ]
    )


def run(text: str, inside: str = "t") -> str:
    return f'<w:r><w:{inside} xml:space="preserve">{text}</w:{inside}></w:r>'


def cells(*texts: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(f'<w:tc><w:p>{run(text)}</w:p></w:tc>' for text in texts)}</w:tr>"


TRACKED = f"""
<w:p>{run("Der Rat ")}<w:del w:id="1">{run("kann", "delText")}</w:del>
<w:ins w:id="2">{run("soll")}</w:ins>{run(" fördern.")}</w:p>
<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>{run("Eins ")}</w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pPrChange w:id="4"><w:pPr/></w:pPrChange></w:pPr>{run("zwei")}</w:p>
<w:p><w:pPr><w:rPr><w:ins w:id="5"/></w:rPr></w:pPr><w:ins w:id="6">{run("Neu.")}</w:ins></w:p>
<w:p><w:moveFrom w:id="7">{run("alt")}</w:moveFrom>{run("-")}<w:moveTo w:id="8">{run("alt")}</w:moveTo></w:p>
<w:tbl>{cells("a", "")}{cells("b", "", properties='<w:trPr><w:ins w:id="9"/></w:trPr>')}
{cells("c", "", properties='<w:trPr><w:del w:id="10"/></w:trPr>')}</w:tbl>"""


def test_tracked_changes_are_read_as_accepted_and_said(word_body: Word) -> None:
    found = read_docx(word_body(TRACKED))
    assert texts(found) == ["Der Rat soll fördern.", "Eins zwei", "Neu.", "-alt", "a\x1f", "b\x1f"]
    assert found.contents[1].kind == Kind.HEADING
    assert notes(found) == [
        "10 nachverfolgte Änderungen als angenommen gelesen.",
        "1 nachverfolgte Änderung betrifft nur die Formatierung.",
    ]


def test_tracked_changes_can_be_read_as_rejected(word_body: Word) -> None:
    found = read_docx(word_body(TRACKED), reject_tracked=True)
    assert texts(found) == ["Der Rat kann fördern.", "Eins", "zwei", "alt-", "a\x1f", "c\x1f"]
    assert found.contents[2].kind == Kind.PARAGRAPH
    assert notes(found) == [
        "10 nachverfolgte Änderungen als abgelehnt gelesen.",
        "1 nachverfolgte Änderung betrifft nur die Formatierung.",
    ]


def field(code: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return begin + run(code, "instrText") + separate + run(result) + end


LINK = field(" HYPERLINK &quot;https://example.org/&quot; ", "Satzung")
FIELD = f"<w:p>{LINK}{run(' vom ')}{field('DATE', '22.11.2011')}</w:p>"
BOX = f"<w:pict><w:txbxContent><w:p>{run('Kasten')}</w:p></w:txbxContent></w:pict>"


@pytest.mark.parametrize(
    ("xml", "text", "said"),
    [
        (FIELD, ["Satzung vom 22.11.2011"], ["1 Feld als Text übernommen."]),
        (
            "<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r></w:p>",
            ["a\u2011b\u00adc"],
            [],
        ),
        (
            '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>ok</w:t></w:r></w:p>',
            ["\ufffdok"],
            ["1 Zeichen einer Symbolschrift durch � ersetzt."],
        ),
        (
            f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r>{run('offen')}</w:p>",
            ["offen"],
            ["1 verborgene Textstelle nicht übernommen."],
        ),
        (
            f'<w:p><w:r><w:t>Text</w:t><w:drawing/>{BOX}<w:commentReference w:id="0"/></w:r></w:p>',
            ["Text"],
            ["1 Bild nicht übernommen.", "1 Textfeld nicht übernommen.", "1 Kommentar nicht übernommen."],
        ),
        (
            f"<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent>{run('innen')}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>",
            ["innen"],
            [],
        ),
        (
            f'<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/></w:pPr>{run("kein Titel")}</w:p>',
            ["kein Titel"],
            [],
        ),
        (f"<w:tbl>{cells('Kasten')}</w:tbl>", ["Kasten"], []),
        (f"<w:p>{run('u&#x308;')}</w:p><w:p/><w:p>{run(' ')}</w:p>", ["ü"], []),
    ],
)
def test_cases(word_body: Word, xml: str, text: list[str], said: list[str]) -> None:
    found = read_docx(word_body(xml))
    assert texts(found) == text
    assert notes(found) == said


def test_a_field_that_links_is_a_link(word_body: Word) -> None:
    assert marks(read_docx(word_body(FIELD))) == [("Satzung", "https://example.org/")]


def numbered(levels: str) -> bytes:
    """A numbering part with one list (numId 7) of these levels, and the same begun anew at 5 (numId 8)."""
    namespace = docx.oxml.ns.nsmap["w"]
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    return (
        f'<w:numbering xmlns:w="{namespace}"><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
        f'<w:num w:numId="8"><w:abstractNumId w:val="1"/>{anew}</w:num></w:numbering>'
    ).encode()


def level(at: int, form: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def item(num: int, at: int, text: str, style: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    place = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>'
    return f"<w:p><w:pPr>{style}{place}</w:pPr>{run(text)}</w:p>"


def test_numbers_are_counted_as_the_document_counts_them(word_body: Word, repacked: Word) -> None:
    levels = (
        level(0, "decimal", "§ %1")
        + level(1, "lowerLetter", "%2)")
        + level(2, "decimal", "%1.%3")
        + level(3, "bullet", "•")
    )
    body = "".join(
        [
            item(7, 0, "eins"),
            item(7, 1, "eins a"),
            item(7, 1, "eins b"),
            item(7, 2, "tief"),
            item(7, 3, "Punkt"),
            item(7, 0, "zwei"),
            f"<w:p>{run('Zwischen')}</w:p>",
            item(7, 0, "drei"),
            item(8, 0, "fünf"),
            item(0, 0, "keine"),
            item(99, 0, "keine"),
            item(8, 0, "Titel", "Heading1"),
        ]
    )
    found = read_docx(repacked(word_body(body), {"word/numbering.xml": numbered(levels)}))
    assert outline(found) == [
        ("list_item", 1, {"list": "ordered", "numbering": "§ 1"}, "eins"),
        ("list_item", 2, {"list": "ordered", "numbering": "a)"}, "eins a"),
        ("list_item", 2, {"list": "ordered", "numbering": "a)"}, "eins b"),
        ("list_item", 3, {"list": "ordered", "numbering": "1.1"}, "tief"),
        ("list_item", 4, {"list": "bullet"}, "Punkt"),
        ("list_item", 1, {"list": "ordered", "numbering": "§ 1"}, "zwei"),
        ("paragraph", 0, {}, "Zwischen"),
        ("list_item", 1, {"list": "ordered", "numbering": "§ 1", "number": "§ 3"}, "drei"),
        ("list_item", 1, {"list": "ordered", "numbering": "§ 1", "number": "§ 5"}, "fünf"),
        ("paragraph", 0, {}, "keine"),
        ("paragraph", 0, {}, "keine"),
        ("heading", 1, {}, "Titel"),
    ]
    assert notes(found) == ["Die automatische Nummer von 1 Überschrift steht nicht im Text."]


def test_headers_and_footers_are_counted(word: Word) -> None:
    def build(document: Document) -> None:
        document.add_paragraph("Text")
        document.sections[0].header.paragraphs[0].text = "Stadt"
        document.sections[0].footer.paragraphs[0].text = "Seite"

    assert notes(read_docx(word(build))) == ["2 Kopf- oder Fußzeilen nicht übernommen."]


STRICT = {
    "wordprocessingml/2006/": "wordprocessingml/",
    "officeDocument/2006/": "officeDocument/",
    "drawingml/2006/": "drawingml/",
}
DRAWN = (
    '<w:p><w:r><w:drawing><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData'
    ' uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></w:drawing></w:r></w:p>'
    '<m:oMathPara xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:t>a+b</m:t></m:oMathPara>'
)


def strict(part: bytes, encoding: str = "utf-8") -> bytes:
    text = part.decode()
    for transitional, other in STRICT.items():
        text = text.replace(f"http://schemas.openxmlformats.org/{transitional}", f"http://purl.oclc.org/ooxml/{other}")
    return re.sub(r"encoding=.UTF-8.", f'encoding="{encoding[:6]}"', text, count=1).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_strict_document_is_read_as_well(word: Word, repacked: Word, encoding: str) -> None:
    """Formulas and charts too, and in the other encoding that a part may have."""

    def drawn(part: bytes) -> bytes:
        return part.replace(b"<w:sectPr", DRAWN.encode() + b"<w:sectPr", 1)

    usual = repacked(word(concept), {"word/document.xml": drawn})
    changes = {"word/document.xml": lambda part: strict(part, encoding), "word/_rels/document.xml.rels": strict}
    found = read_docx(repacked(usual, {**changes, "_rels/.rels": strict}))
    assert texts(found) == texts(read_docx(usual))
    assert texts(found)[-1] == "a+b"
    assert notes(found) == notes(read_docx(usual))
    assert "1 Diagramm nicht übernommen." in notes(found)


def test_a_part_that_is_no_utf_16_is_damaged(word: Word, repacked: Word) -> None:
    with pytest.raises(Unreadable, match="beschädigt"):
        read_docx(repacked(word(), {"word/document.xml": b"\xff\xfe<\x00\x00\xd8"}))


def test_what_people_add_to_a_strict_document_is_known(word: Word, repacked: Word) -> None:
    types = b'<Relationship Id="c" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties"'
    data = repacked(
        word(),
        {
            "_rels/.rels": lambda part: part.replace(b"</Rel", types + b' Target="docProps/custom.xml"/></Rel', 1),
            "docProps/custom.xml": b'<Properties><property name="Amt"><v>Ja</v></property></Properties>',
        },
    )
    assert Package(data).properties == [("Amt", "Ja")]


def by(who: str, words: str, tag: str = "ins") -> str:
    return f'<w:{tag} w:id="1" w:author="{who}">{words}</w:{tag}>'


STRUCK = by("Anna", by("Emil", run("jährlich ", "delText"), "del"))
SENTENCE = by("Anna", run("Der Beirat wird ")), by("Anna", run("gehört. "))


@pytest.mark.parametrize(
    ("inside", "anna", "emil", "all_"),
    [
        (STRUCK, "jährlich ", "", ""),
        (STRUCK + by("Emil", run("monatlich ")), "jährlich ", "monatlich ", "monatlich "),
        (by("Emil", run("monatlich ")), "", "monatlich ", "monatlich "),
    ],
)
def test_who_changes_an_insertion_wants_it_with_that_change(
    word_body: Word, inside: str, anna: str, emil: str, all_: str
) -> None:
    """Never glued words, and nobody is forgotten who only struck another's words."""
    data = word_body(f"<w:p>{run('Das Konzept gilt. ')}{SENTENCE[0]}{inside}{SENTENCE[1]}{run('Ende.')}</w:p>")
    whole = "Das Konzept gilt. Der Beirat wird {}gehört. Ende."
    before = read_docx(data, reject_tracked=True)
    assert texts(before) == ["Das Konzept gilt. Ende."]
    assert before.authors == ("Anna", "Emil")
    assert texts(read_docx(data)) == [whole.format(all_)]
    assert texts(read_docx(data, reject_tracked=True, author="Anna")) == [whole.format(anna)]
    assert texts(read_docx(data, reject_tracked=True, author="Emil")) == [whole.format(emil)]
    assert read_docx(data).notes[0].split()[0] == before.notes[0].split()[0], "however it is read, as many changes"


def test_changes_beside_each_other_stay_apart(word_body: Word) -> None:
    data = word_body(
        f"<w:p>{run('Der Rat ')}{by('Anna', run('der Stadt '))}{by('Emil', run('heute '))}{run('tagt.')}</w:p>"
    )
    assert texts(read_docx(data, reject_tracked=True, author="Emil")) == ["Der Rat heute tagt."]


def test_words_struck_in_a_new_paragraph(word_body: Word) -> None:
    mark = f"<w:pPr><w:rPr>{by('Anna', '')}</w:rPr></w:pPr>"
    data = word_body(
        f"<w:p>{run('Eins.')}</w:p><w:p>{mark}{by('Anna', run('Neu '))}{STRUCK}</w:p><w:p>{run('Zwei.')}</w:p>"
    )
    assert texts(read_docx(data, reject_tracked=True, author="Emil")) == ["Eins.", "Neu", "Zwei."]
    assert texts(read_docx(data, reject_tracked=True, author="Anna")) == ["Eins.", "Neu jährlich", "Zwei."]
