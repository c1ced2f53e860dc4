"""Whatever of a Word or OpenDocument file is not carried is counted and said, never dropped in silence."""

from __future__ import annotations

import pytest

from amendments.exchange.readers import read
from amendments.exchange.words import Sentence
from benchmarks.bad_files.making import DOCUMENT, ODF, odt, tampered, with_body

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def said(notes: tuple[Sentence, ...]) -> list[str]:
    return list(map(str, notes))


def p(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def run(inside: str) -> str:
    return f"<w:r>{inside}</w:r>"


def text(words: str) -> str:
    return run(f"<w:t>{words}</w:t>")


def drawing(kind: str) -> str:
    return run(f'<w:drawing {A}><a:graphic><a:graphicData uri="http://x/2006/{kind}"/></a:graphic></w:drawing>')


def field(code: str, result: str = "") -> str:
    begin, separate, end = (run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end"))
    return begin + run(f"<w:instrText>{code}</w:instrText>") + (separate + text(result) if result else "") + end


BOX = f"<w:txbxContent>{p(text('Kasten'))}</w:txbxContent>"
CONTROL = f"<w:sdt><w:sdtContent>{text('gewählt')}</w:sdtContent></w:sdt>"
CHOICE = f"<mc:AlternateContent {MC}><mc:Choice>{{}}</mc:Choice><mc:Fallback>{{}}</mc:Fallback></mc:AlternateContent>"
WORD = {
    "a picture": (p(drawing("picture")), "", "1 Bild nicht übernommen."),
    "a chart": (p(drawing("chart")), "", "1 Diagramm nicht übernommen."),
    "a diagram of boxes": (p(drawing("diagram")), "", "1 Diagramm nicht übernommen."),
    "a shape": (p(run("<w:pict/>")), "", "1 Bild nicht übernommen."),
    "a text box": (p(run(f"<w:pict>{BOX}</w:pict>")), "", "1 Textfeld nicht übernommen."),
    "a text box written twice": (
        p(run(CHOICE.format(f"<w:drawing>{BOX}</w:drawing>", f"<w:pict>{BOX}</w:pict>"))),
        "",
        "1 Textfeld nicht übernommen.",
    ),
    "ink": (p(run("<w:contentPart/>")), "", "1 Bild nicht übernommen."),
    "a formula": (p(f"<m:oMath {M}><m:t>E=m</m:t></m:oMath>"), "E=m", "1 Formel als Text übernommen."),
    "a formula between paragraphs": (f"<m:oMathPara {M}><m:t>a</m:t></m:oMathPara>", "a",
                                     "1 Formel als Text übernommen."),
    "a content control": (p(CONTROL), "gewählt", ""),
    "a bookmark": (p(f'<w:bookmarkStart w:id="1" w:name="a"/>{text("da")}<w:bookmarkEnd w:id="1"/>'), "da", ""),
    "a reference": (p(field("REF a", "Seite 3")), "Seite 3", "1 Feld als Text übernommen."),
    "a link to a place": (
        p(f'<w:hyperlink w:anchor="a">{text("dort")}</w:hyperlink>'),
        "dort",
        "1 Verweis auf eine andere Stelle der Datei als Text übernommen.",
    ),
    "a field without words": (p(field("PAGE")), "", "1 Feld ohne Text nicht übernommen."),
    "an entry of an index": (p(text("da") + field('XE "da"')), "da", ""),
    "a box to tick": (p(field("FORMCHECKBOX")), "", "1 Formularfeld nicht übernommen."),
    "a list to choose from": (p(field("FORMDROPDOWN")), "", "1 Formularfeld nicht übernommen."),
    "a page number": (p(run("<w:pgNum/>")), "", "1 Feld ohne Text nicht übernommen."),
    "hidden words": (p(run("<w:rPr><w:vanish/></w:rPr><w:t>x</w:t>")), "", "1 verborgene Textstelle nicht übernommen."),
    "a symbol": (p(run('<w:sym w:char="F0FC"/>')), "\ufffd", "1 Zeichen einer Symbolschrift durch � ersetzt."),
    "a symbol typed": (p(text("\uf0fc")), "\ufffd", "1 Zeichen einer Symbolschrift durch � ersetzt."),
    "a part of another file": ("<w:altChunk/>", "", "1 eingebettete Datei nicht übernommen."),
    "a subdocument": (p("<w:subDoc/>"), "", "1 eingebettete Datei nicht übernommen."),
    "a break of the page": (p(text("a") + run('<w:br w:type="page"/>') + text("b")), "ab", ""),
    "columns": (p(f"<w:pPr><w:sectPr><w:cols w:num='2'/></w:sectPr></w:pPr>{text('a')}"), "a", ""),
}  # fmt: skip


@pytest.mark.parametrize("what", WORD)
def test_word(what: str) -> None:
    xml, words, note = WORD[what]
    found = read(tampered({DOCUMENT: with_body(xml.encode())}), "a.docx")
    assert [content.text for content in found.contents[:-1]] == ([words] if words else [])
    assert said(found.notes) == ([note] if note else [])


def test_a_field_that_nobody_ends_takes_no_text_with_it() -> None:
    begin = p(run('<w:fldChar w:fldCharType="begin"/>') + run("<w:instrText>PAGE</w:instrText>"))
    found = read(tampered({DOCUMENT: with_body((begin + p(text("Danach."))).encode())}), "a.docx")
    assert found.contents[0].text == "Danach."
    assert said(found.notes) == ["1 Feld ohne Text nicht übernommen."]


OPEN = {
    "a picture": ("<draw:frame><draw:image/></draw:frame>", "", "1 Bild nicht übernommen."),
    "a text box": (
        "<draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame>",
        "",
        "1 Textfeld nicht übernommen.",
    ),
    "a control": ("<draw:control/>", "", "1 Formularfeld nicht übernommen."),
    "a date": ("<text:date>1. Mai</text:date>", "1. Mai", "1 Feld als Text übernommen."),
    "a reference": ("<text:bookmark-ref>3</text:bookmark-ref>", "3", "1 Feld als Text übernommen."),
    "a link to a place": (
        '<text:a xlink:href="#a">dort</text:a>',
        "dort",
        "1 Verweis auf eine andere Stelle der Datei als Text übernommen.",
    ),
    "hidden words": ("<text:hidden-text>x</text:hidden-text>", "", "1 verborgene Textstelle nicht übernommen."),
    "a script": ("<text:script>alert(1)</text:script>", "", ""),
}


@pytest.mark.parametrize("what", OPEN)
def test_open_document(what: str) -> None:
    xml, words, note = OPEN[what]
    found = read(odt(f"<text:p>{xml}</text:p><text:p>Text</text:p>".encode()), "a.odt")
    assert [content.text for content in found.contents] == ([words, "Text"] if words else ["Text"])
    assert said(found.notes) == ([note] if note else [])


def test_headers_and_footers_of_open_document() -> None:
    page = "<style:master-page><style:header><text:p>Stadt</text:p></style:header><style:footer/></style:master-page>"
    styles = (
        f"<office:document-styles {ODF}><office:master-styles>{page}</office:master-styles></office:document-styles>"
    )
    assert said(read(odt(**{"styles.xml": styles.encode()}), "a.odt").notes) == [
        "1 Kopf- oder Fußzeile nicht übernommen."
    ]


def test_an_index_of_ones_own_is_no_paragraph() -> None:
    index = (
        "<text:user-index><text:index-body><text:p>a 1</text:p><text:p>b 2</text:p></text:index-body></text:user-index>"
    )
    found = read(odt(f"{index}<text:p>Text</text:p>".encode()), "a.odt")
    assert [content.text for content in found.contents] == ["Text"]
    assert said(found.notes) == ["Inhaltsverzeichnis mit 2 Zeilen nicht übernommen."]
