"""Word files of a town that the text is put into: whatever they have already, ours stands beside it."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from lxml import etree

from amendments.exchange.docx import read_docx
from amendments.exchange.docx.names import w
from amendments.exchange.redlines.docx import to_docx
from amendments.text import Edit
from tests.exchange.concept import BASE, WISHES, paper
from tests.exchange.test_docx_writer import document

CHANGED = paper(BASE, [Edit("w", WISHES["words"]), Edit("f", WISHES["words of a footnote"])])
TRACKED = b'<w:ins w:id="1" w:author="Amt"><w:r><w:t> neu</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="1"/></w:r>'


def letterhead(change: Callable[[str, bytes], bytes | None], *, comment: bool = False) -> bytes:
    """`change`: what is made of each part; None for a part that is not there."""
    document = Document()
    first = document.add_paragraph("Anlage 1")
    if comment:
        document.add_comment(first.runs[0], "Bitte prüfen", "Amt", "A")
    document.add_paragraph("[Text]")
    document.core_properties.last_modified_by = "somebody"
    out, changed = BytesIO(), BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            if (data := change(name, source.read(name))) is not None:
                target.writestr(name, data)
        if change("word/footnotes.xml", b"") is not None:
            target.writestr("word/footnotes.xml", change("word/footnotes.xml", b"") or b"")
    return changed.getvalue()


def without_lists(name: str, data: bytes) -> bytes | None:
    if name in ("word/numbering.xml", "word/footnotes.xml"):
        return None
    return re.sub(rb"<(?:Relationship|Override) [^>]*numbering[^>]*/>", b"", data)


def with_notes(name: str, data: bytes) -> bytes | None:
    """A footnote, and a tracked change with the number of our first one."""
    space = w("x")[1:-2]
    if name == "word/footnotes.xml":
        note = "<w:p><w:r><w:t>Note der Stadt</w:t></w:r></w:p>"
        return f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="1">{note}</w:footnote></w:footnotes>'.encode()
    if name == "word/document.xml":
        return data.replace(b"Anlage 1</w:t></w:r>", b"Anlage 1</w:t></w:r>" + TRACKED)
    if name == "word/_rels/document.xml.rels":
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        relation = f'<Relationship Id="rIdN" Type="{kind}" Target="footnotes.xml"/></Relationships>'
        return data.replace(b"</Relationships>", relation.encode())
    if name == "[Content_Types].xml":
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        return data.replace(
            b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
        )
    return data


def texts(data: bytes) -> list[str]:
    return [content.text for content in read_docx(data).contents]


def test_one_without_any_list() -> None:
    data = to_docx(CHANGED, letterhead(without_lists))
    assert texts(data)[1:] == texts(to_docx(CHANGED))
    assert document(data, "word/numbering.xml").find(w("num")) is not None


def test_one_with_a_footnote_a_tracked_change_and_a_comment() -> None:
    data = to_docx(CHANGED, letterhead(with_notes, comment=True))
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert max(Counter(package.namelist()).values()) == 1
    plain = texts(to_docx(CHANGED))
    ours = [text for text in texts(data) if not text.startswith(("Anlage", "Note der Stadt"))]
    assert len(ours) == len(plain)
    body = document(data)
    changes = [element.get(w("id")) for element in body.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo"))]
    assert len(changes) == len(set(changes))
    comments = [element.get(w("id")) for element in document(data, "word/comments.xml")]
    assert len(comments) == len(set(comments)) > 1
    noted = {element.get(w("id")) for element in document(data, "word/footnotes.xml")}
    assert {element.get(w("id")) for element in body.iter(w("footnoteReference"))} <= noted


def test_what_is_said_about_the_letterhead_is_not_said_about_the_file() -> None:
    found = Document(BytesIO(to_docx(CHANGED, letterhead(without_lists)))).core_properties
    assert (found.author, found.last_modified_by) == ("", "")


def test_settings_stand_in_the_order_of_the_standard() -> None:
    names = [etree.QName(each).localname for each in document(to_docx(CHANGED), "word/settings.xml")]
    assert names.index("zoom") < names.index("trackRevisions") < names.index("defaultTabStop")


def as_template(name: str, data: bytes) -> bytes | None:
    return without_lists(
        name, data.replace(b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml")
    )


def test_a_template_of_word_makes_a_document() -> None:
    data = to_docx(CHANGED, letterhead(as_template))
    assert texts(data)[1:] == texts(to_docx(CHANGED))


PLACES = {
    "a content control": b"<w:sdt><w:sdtPr/><w:sdtContent>%s</w:sdtContent></w:sdt>",
    "a cell": b"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>%s</w:tc></w:tr></w:tbl><w:p/>",
}


@pytest.mark.parametrize("place", PLACES)
def test_the_place_of_the_text_may_be_in_something(place: str) -> None:
    def around(name: str, data: bytes) -> bytes | None:
        if name == "word/document.xml":
            found = re.search(rb"<w:p>(?:(?!<w:p>).)*\[Text\].*?</w:p>", data)
            assert found
            data = data.replace(found[0], PLACES[place] % found[0])
        return without_lists(name, data)

    words = " ".join(texts(to_docx(CHANGED, letterhead(around))))
    assert "[Text]" not in words
    assert words.split()[:3] == ["Anlage", "1", "Konzept"]


def test_a_section_that_ends_with_the_place_of_the_text_stays() -> None:
    def ended(name: str, data: bytes) -> bytes | None:
        if name == "word/document.xml":
            data = re.sub(rb"<w:p>(?=<w:r><w:t>\[Text\])", b"<w:p><w:pPr><w:sectPr/></w:pPr>", data)
        return without_lists(name, data)

    data = to_docx(CHANGED, letterhead(ended))
    assert len(list(document(data).iter(w("sectPr")))) == 2
    assert "[Text]" not in texts(data)


def test_a_style_is_known_by_its_name_in_capitals_or_not() -> None:
    """LibreOffice writes "Heading 1", Word "heading 1"."""

    def capitals(name: str, data: bytes) -> bytes | None:
        return without_lists(name, data.replace(b'w:val="heading 1"', b'w:val="Heading 1"'))

    styles = document(to_docx(CHANGED, letterhead(capitals)), "word/styles.xml")
    found = Counter(style.get(w("styleId")) for style in styles.iter(w("style")))
    assert max(found.values()) == 1
    assert not any(name and name.startswith("Heading1") and name not in ("Heading1", "Heading1Char") for name in found)


def test_a_style_of_the_same_id_is_another_one() -> None:
    def other(name: str, data: bytes) -> bytes | None:
        return without_lists(name, data.replace(b'w:val="heading 2"', b'w:val="Stadtschrift"'))

    styles = document(to_docx(CHANGED, letterhead(other)), "word/styles.xml")
    named = {style.find(w("name")).get(w("val")): style.get(w("styleId")) for style in styles.iter(w("style"))}
    assert named["Stadtschrift"] != named["heading 2"]


def test_the_letterhead_is_told_about_nowhere() -> None:
    with zipfile.ZipFile(BytesIO(to_docx(CHANGED, letterhead(without_lists)))) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name or "docProps/app" in name]
        core = etree.fromstring(package.read("docProps/core.xml"))
    assert {etree.QName(each).localname for each in core} == {"title", "language", "created", "modified"}


def test_pages_are_numbered_where_no_letterhead_says_otherwise() -> None:
    with zipfile.ZipFile(BytesIO(to_docx(CHANGED))) as package:
        feet = [package.read(name) for name in package.namelist() if "footer" in name and name.endswith("1.xml")]
    assert any(b'w:instr="PAGE"' in foot for foot in feet)
    assert not [note for note in read_docx(to_docx(CHANGED)).notes if "Kopf" in note.msgid]
