"""Papers of a town into which a text is put."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from amendments.exchange.redlines.odt.xml import NAMESPACES
from tests.exchange.test_odt import odt


def docx_letterhead() -> bytes:
    template = Document()
    template.styles["Heading 1"].font.name = "Stadtschrift"
    template.sections[0].header.paragraphs[0].text = "Stadtverwaltung"
    for words in ("Anlage 1", "[Text]", "Die Verwaltung"):
        template.add_paragraph(words)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def odt_letterhead() -> bytes:
    """As a town's office program would save it: a style of its own, a header, a picture."""
    styles = (
        f'<office:document-styles {NAMESPACES}><office:styles><style:style style:name="Heading_20_1" '
        'style:family="paragraph"><style:text-properties fo:color="#123456"/></style:style></office:styles>'
        '<office:master-styles><style:master-page style:name="Standard"><style:header>'
        "<text:p>Stadtverwaltung</text:p></style:header></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
    return odt(
        "<text:p>Anlage 1</text:p><text:p>[Text]</text:p><text:p>Die Verwaltung</text:p>",
        **{"styles.xml": styles.encode(), "Pictures/wappen.png": b"PNG"},
    )
