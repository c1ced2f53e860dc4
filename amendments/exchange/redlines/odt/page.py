"""The look of a file without a template: the styles a town finds by their names in its office program, where it can
change them.

Those that every program knows keep their names ("Heading 1" is shown as "Überschrift 1"); ours have German ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from amendments.exchange.redlines.odt.xml import NAMESPACES, attribute
from amendments.exchange.wall_time import wall_time

_COUNTRIES = {"de": "DE", "en": "GB"}
_FACE = "Liberation Sans"
_UNDERLINED = (
    'style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"'
)


def _paragraph(name: str, parent: str, looks: str = "", kind: str = "text", follows: str = "") -> tuple[str, str]:
    behind = f' style:next-style-name="{follows}"' if follows else ""
    return name, (
        f'<style:style style:name="{name}" style:display-name="{_shown(name)}" style:family="paragraph" '
        f'style:parent-style-name="{parent}" style:class="{kind}"{behind}>{looks}</style:style>'
    )


def _character(name: str, looks: str) -> tuple[str, str]:
    return name, (
        f'<style:style style:name="{name}" style:display-name="{_shown(name)}" style:family="text">'
        f"<style:text-properties {looks}/></style:style>"
    )


def _shown(name: str) -> str:
    return name.replace("_20_", " ")


def _heading(level: int) -> tuple[str, str]:
    size = 17 - 2 * min(level, 3)
    name = f"Heading_20_{level}"
    looks = f'<style:text-properties fo:font-size="{size}pt"/>'
    return name, (
        f'<style:style style:name="{name}" style:display-name="{_shown(name)}" style:family="paragraph" '
        f'style:parent-style-name="Heading" style:next-style-name="Text_20_body" style:class="text" '
        f'style:default-outline-level="{level}">{looks}</style:style>'
    )


STYLES = dict((
    _paragraph("Text_20_body", "Standard", '<style:paragraph-properties fo:margin-bottom="6pt"/>'),
    _paragraph(
        "Heading",
        "Standard",
        '<style:paragraph-properties fo:margin-top="12pt" fo:margin-bottom="6pt" fo:keep-with-next="always"/>'
        '<style:text-properties fo:font-weight="bold"/>',
        follows="Text_20_body",
    ),
    *map(_heading, range(1, 7)),
    _paragraph("Listenpunkt", "Text_20_body", '<style:paragraph-properties fo:margin-bottom="3pt"/>', kind="list"),
    _paragraph("Table_20_Contents", "Standard", kind="extra"),
    _paragraph("Table_20_Heading", "Table_20_Contents", '<style:text-properties fo:font-weight="bold"/>', kind="extra"),
    _paragraph(
        "Footnote",
        "Standard",
        '<style:paragraph-properties fo:margin-left="0.6cm" fo:text-indent="-0.6cm"/>'
        '<style:text-properties fo:font-size="9pt"/>',
        kind="extra",
    ),
    _character("Strong_20_Emphasis", 'fo:font-weight="bold"'),
    _character("Emphasis", 'fo:font-style="italic"'),
    _character("Source_20_Text", 'fo:font-family="Liberation Mono" style:font-pitch="fixed"'),
    _character("Internet_20_link", _UNDERLINED),
    _character("Unterstrichen", _UNDERLINED),
    _character("Durchgestrichen", 'style:text-line-through-style="solid"'),
    _character("Hochgestellt", 'style:text-position="super 58%"'),
    _character("Tiefgestellt", 'style:text-position="sub 58%"'),
    _character("Footnote_20_Symbol", ""),
    _character("Footnote_20_anchor", 'style:text-position="super 58%"'),
))  # fmt: skip
"""Named styles by name."""
TABLE, CELL, CHANGED_ROW = (f"Aenderungsfolge.{name}" for name in ("Tabelle", "Zelle", "Zeile"))
TABLES = tuple(
    f'<style:style style:name="{name}" style:family="{family}"><style:{family}-properties {looks}/></style:style>'
    for name, family, looks in (
        (TABLE, "table", 'style:rel-width="100%" table:align="margins" fo:margin-top="3pt" fo:margin-bottom="6pt"'),
        (CELL, "table-cell", 'fo:padding="0.1cm" fo:border="0.5pt solid #000000"'),
        (CHANGED_ROW, "table-row", 'loext:text-changes-only="false"'),
    )
)
"""Styles of tables, which an office program keeps with the text; the last one says that the row itself comes or goes.
"""


def styles_part(language: str) -> str:
    """styles.xml: A4, one quiet face, the page's number at its foot."""
    country = _COUNTRIES.get(language, "none")
    tongue = f'fo:language={attribute(language)} fo:country="{country}"'
    face = f'fo:font-family="{_FACE}" fo:font-size="11pt"'
    return (
        f'<office:document-styles {NAMESPACES} office:version="1.3"><office:styles>'
        f'<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2" '
        f'style:tab-stop-distance="1.25cm"/><style:text-properties {face} {tongue}/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
        '<style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard" '
        'style:class="extra"><style:paragraph-properties fo:text-align="center"/></style:style>'
        f"{''.join(STYLES.values())}{_NOTES}</office:styles>{_PAGE}</office:document-styles>"
    )


def content_part() -> str:
    return (
        f'<office:document-content {NAMESPACES} office:version="1.3"><office:automatic-styles/>'
        "<office:body><office:text/></office:body></office:document-content>"
    )


def meta_part(title: str, language: str, at: datetime | None, properties: Iterable[tuple[str, str]]) -> str:
    when = f"<meta:creation-date>{wall_time(at)}</meta:creation-date><dc:date>{wall_time(at)}</dc:date>" if at else ""
    own = "".join(
        f"<meta:user-defined meta:name={attribute(name)}>{_text(value)}</meta:user-defined>"
        for name, value in properties
    )
    return (
        f'<office:document-meta {NAMESPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{_text(title)}</dc:title><dc:language>{_text(language)}</dc:language>"
        f"{when}{own}</office:meta></office:document-meta>"
    )


def manifest_part(entries: Iterable[tuple[str, str]]) -> str:
    """`entries`: names and media types."""
    files = "".join(
        f"<manifest:file-entry manifest:full-path={attribute(name)} manifest:media-type={attribute(kind)}/>"
        for name, kind in entries
    )
    return f'<manifest:manifest {NAMESPACES} manifest:version="1.3">{files}</manifest:manifest>'


def _text(words: str) -> str:
    return escape(words)


_NOTES = (
    '<text:notes-configuration text:note-class="footnote" text:citation-style-name="Footnote_20_Symbol" '
    'text:citation-body-style-name="Footnote_20_anchor" text:default-style-name="Footnote" style:num-format="1" '
    'text:start-value="0" text:footnotes-position="page" text:start-numbering-at="document"/>'
)
_PAGE = (
    '<office:automatic-styles><style:page-layout style:name="Seite"><style:page-layout-properties '
    'fo:page-width="21cm" fo:page-height="29.7cm" style:print-orientation="portrait" fo:margin="2.5cm"/>'
    '<style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/>'
    "</style:footer-style></style:page-layout></office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Standard" style:page-layout-name="Seite"><style:footer>'
    '<text:p text:style-name="Footer"><text:page-number text:select-page="current">1</text:page-number></text:p>'
    "</style:footer></style:master-page></office:master-styles>"
)
