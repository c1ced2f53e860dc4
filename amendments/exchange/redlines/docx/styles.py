"""The styles of a letterhead by their names, and those it does not have."""

from __future__ import annotations

from itertools import count

from docx.document import Document as Template
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from amendments.exchange.redlines.docx.body import Styles
from amendments.text.model import MarkName

_CHARACTERS = {
    MarkName.LINK: "Hyperlink",
    MarkName.CODE: "Verbatim Char",
    MarkName.FOOTNOTE_REF: "Footnote Reference",
}

_OURS = ("Verbatim Char", "Table Heading")
"""Every other one Word has itself."""


def styles_in(document: Template) -> Styles:
    """The ids of all that are used."""
    paragraph, character = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER
    return Styles(
        headings={level: _style(document, f"Heading {level}", paragraph) for level in range(1, 7)},
        item=_style(document, "List Paragraph", paragraph),
        table=_style(document, "Table Grid", WD_STYLE_TYPE.TABLE),
        table_head=_style(document, "Table Heading", paragraph),
        footnote=_style(document, "footnote text", paragraph),
        comment=_style(document, "annotation reference", character),
        comment_text=_style(document, "annotation text", paragraph),
        characters={mark: _style(document, name, character) for mark, name in _CHARACTERS.items()},
    )


def _style(document: Template, name: str, kind: WD_STYLE_TYPE) -> str:
    """Names of styles that every Word document may have are the same in capitals and small letters."""
    known = {}
    for element in document.styles.element.iter(qn("w:style")):
        named = element.find(qn("w:name"))
        known[element.get(qn("w:styleId"), "")] = "" if named is None else named.get(qn("w:val"), "").casefold()
    found = next((style_id for style_id, named in known.items() if named == name.casefold()), "")
    if found:
        return found
    style = document.styles.add_style(name, kind, builtin=name not in _OURS)
    if style.style_id in known:
        free = (f"{style.style_id}{number}" for number in count(2))
        style.element.set(qn("w:styleId"), next(each for each in free if each not in known))
    if kind is WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = document.styles.default(kind)
    if name == "Table Heading":
        style.font.bold = True
    if name == "Hyperlink":
        style.font.underline = True
    if name == "Verbatim Char":
        style.font.name = "Liberation Mono"
    if name == "Footnote Reference":
        style.font.superscript = True
    return str(style.style_id)
