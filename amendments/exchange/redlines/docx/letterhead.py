"""What the text is put into: a Word document or template of the town, or our own empty page."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Template
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from amendments.errors import Unreadable
from amendments.exchange.archive import DAMAGED
from amendments.exchange.docx.package import MAIN, TEMPLATE_MAIN, Package
from amendments.exchange.formats import format_of
from amendments.exchange.provenance import PLACE
from amendments.exchange.words import Sentence

_FACE = "Liberation Sans"
_TYPES = "[Content_Types].xml"
_ABOUT = ("/extended-properties", "/metadata/thumbnail", "/attachedTemplate", "/customXml")
"""What says something about the letterhead that is not true of the file, or that is for the town alone. A letterhead's
own template lies on a drive of the town; nobody who gets the file should look for it.
"""


def opened(template: bytes) -> Template:
    """A letterhead, without what it says about itself. Raises Unreadable or TooLarge."""
    format_of(template, "template.docx")
    Package(template, template=True).check_as_template()
    try:
        document = Document(BytesIO(_as_document(template)))
    except (KeyError, ValueError) as error:  # a part that is named and not there
        raise Unreadable(Sentence(DAMAGED)) from error
    _say_nothing_about_it(document)
    return document


def our_own(language: str) -> Template:
    """The paper of the country, one quiet face for everything, the page's number at its foot."""
    document = Document()
    _say_nothing_about_it(document)
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595), Pt(842)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(71)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in (("Normal", 11), *((f"Heading {level}", 17 - 2 * min(level, 3)) for level in range(1, 7))):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FACE, Pt(size), None
        style.font.bold, style.font.italic = name != "Normal", False
        for fonts in style.element.iter(qn("w:rFonts")):
            fonts.attrib.clear()
            for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{kind}"), _FACE)
    tag = {"de": "de-DE", "en": "en-GB"}.get(language, language)
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), tag)
    _number_pages(document)
    return document


def _number_pages(document: Template) -> None:
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = 1  # centred
    field = OxmlElement("w:fldSimple", {qn("w:instr"): "PAGE"})
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    foot._p.append(field)  # noqa: SLF001 - no public way to put a field in


def _as_document(template: bytes) -> bytes:
    """A .dotx is a .docx of another type."""
    with zipfile.ZipFile(BytesIO(template)) as source:
        types = source.read(_TYPES)
        if TEMPLATE_MAIN.encode() not in types:
            return template
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                data = source.read(name)
                if name == _TYPES:
                    data = types.replace(TEMPLATE_MAIN.encode(), MAIN.encode())
                target.writestr(name, data)
        return out.getvalue()


def _say_nothing_about_it(document: Template) -> None:
    package = document.part.package
    for source in (package, *package.iter_parts()):
        for number, relation in list(source.rels.items()):
            if relation.reltype.endswith(_ABOUT):
                del source.rels[number]
    for element in list(document.settings.element.iter(qn("w:attachedTemplate"))):
        document.settings.element.remove(element)
    about = document.core_properties._element  # noqa: SLF001 - no public way to take a property away
    for element in list(about):
        about.remove(element)


def put_text(body: etree._Element, elements: Sequence[etree._Element]) -> None:
    """At its place; what held only the place goes."""
    place = next((each for each in body.iter(qn("w:p")) if _is_place(each)), None)
    if place is None:
        section = body.find(qn("w:sectPr"))
        for element in elements:
            body.append(element) if section is None else section.addprevious(element)
        return
    held = _outermost(place)
    for element in elements:
        held.addprevious(element)
    parent = held.getparent()
    if place.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None or _needs_a_paragraph(held):
        for child in [child for child in place if child.tag != qn("w:pPr")]:
            place.remove(child)
    elif parent is not None:
        parent.remove(held)


def _is_place(paragraph: etree._Element) -> bool:
    words = "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip()
    return words == PLACE and next(paragraph.iterancestors(qn("w:txbxContent")), None) is None


def _outermost(place: etree._Element) -> etree._Element:
    """The content control around it, which could not hold a whole text."""
    controls = list(place.iterancestors(qn("w:sdt")))
    return controls[-1] if controls and len(list(controls[-1].iter(qn("w:p")))) == 1 else place


def _needs_a_paragraph(held: etree._Element) -> bool:
    """The last one of a cell has to be a paragraph (§17.4.65)."""
    parent, before = held.getparent(), held.getprevious()
    last = parent is not None and parent.tag == qn("w:tc") and held.getnext() is None
    return last and (before is None or before.tag != qn("w:p"))
