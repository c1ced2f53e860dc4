"""Files that can be read and lead elsewhere: to a server that must not be called, to a file that must not be opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.bad_files.making import DOCUMENT, Change, odt, tampered, with_body, with_type

SECRET = "GEHEIM"  # noqa: S105 - a word to be found
"""What stands in the file that must not be opened."""
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(frozen=True)
class Lure:
    """`made` gets an address: of the server, of the file, or a path of a network."""

    made: Callable[[str], bytes]
    name: str
    markdown: bool = False


def _related(kind: str, address: str) -> Change:
    """A relation of a Word document's text to something outside of it."""
    relation = (
        f'<Relationship Id="rId99" Type="{_RELATED}{kind}" Target="{address}" TargetMode="External"/></Relationships>'
    )
    return lambda xml: xml.replace(b"</Relationships>", relation.encode())


def _outside(kind: str, body: str = "") -> Lure:
    return Lure(
        lambda address: tampered(
            {"word/_rels/document.xml.rels": _related(kind, address), DOCUMENT: with_body(body.encode())}
        ),
        "a.docx",
    )


def _field(code: str) -> Lure:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    shown = f"{separate}<w:r><w:t>alt</w:t></w:r>{end}"

    def made(address: str) -> bytes:
        said = f'<w:r><w:instrText xml:space="preserve"> {code} "{address}" </w:instrText></w:r>'
        return tampered({DOCUMENT: with_body(f"<w:p>{begin}{said}{shown}</w:p>".encode())})

    return Lure(made, "a.docx")


def _body(xml: str) -> Lure:
    return Lure(lambda address: tampered({DOCUMENT: with_body((xml % address).encode())}), "a.docx")


def _attached(address: str) -> bytes:
    settings = f'<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" {R}>'
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    related = _related("attachedTemplate", address)
    assert callable(related)
    return tampered(
        {
            "word/settings.xml": f'{settings}<w:attachedTemplate r:id="rId99"/></w:settings>'.encode(),
            "word/_rels/settings.xml.rels": related(relations.encode()),
        }
    )


def _entity(declared: str) -> Lure:
    return Lure(lambda address: tampered({DOCUMENT: with_type((declared % address).encode(), b"&e;")}), "a.docx")


def _open(body: str, **entries: str) -> Lure:
    """An OpenDocument text."""

    def made(address: str) -> bytes:
        put = {name: (xml % address).encode() for name, xml in entries.items()}
        return odt((f"<text:p>Text</text:p>{body}".replace("%s", address)).encode(), **put)

    return Lure(made, "a.odt")


def _page(html: str) -> Lure:
    return Lure(lambda address: f"<p>Text</p>{html}".replace("%s", address).encode(), "a.html")


def _markdown(text: str) -> Lure:
    return Lure(lambda address: f"Text\n\n{text % address}\n".encode(), "a.md", markdown=True)


_PICTURE = f'<w:p><w:r><w:drawing {A} {R}><a:blip r:link="rId99"/></w:drawing></w:r></w:p>'

_LINK = f'<w:p><w:hyperlink {R} r:id="rId99"><w:r><w:t>da</w:t></w:r></w:hyperlink></w:p>'

LURES = {
    "Word: a header elsewhere": _outside("header"),
    "Word: styles elsewhere": _outside("styles"),
    "Word: footnotes elsewhere": _outside("footnotes"),
    "Word: a linked picture": _outside("image", _PICTURE),
    "Word: a part of another file": _outside("aFChunk", f'<w:altChunk {R} r:id="rId99"/>'),
    "Word: a subdocument": _outside("subDocument", f'<w:p><w:subDoc {R} r:id="rId99"/></w:p>'),
    "Word: a linked object": _outside("oleObject", f'<w:p><w:r><w:object {R} r:id="rId99"/></w:r></w:p>'),
    "Word: a frame": _outside("frame"),
    "Word: a link": _outside("hyperlink", _LINK),
    "Word: an attached template": Lure(_attached, "a.docx"),
    "Word: INCLUDEPICTURE": _field("INCLUDEPICTURE"),
    "Word: INCLUDETEXT": _field("INCLUDETEXT"),
    "Word: DDEAUTO": _field("DDEAUTO cmd"),
    "Word: XInclude": _body(f'<xi:include {XI} href="%s" parse="text"/>'),
    "Word: a schema": _body('<w:p xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a %s"/>'),
    "Word: a style sheet": _body('<?xml-stylesheet href="%s" type="text/xsl"?>'),
    "Word: an entity": _entity('<!ENTITY e SYSTEM "%s">'),
    "Word: a parameter entity": _entity('<!ENTITY %% p SYSTEM "%s"> %%p;'),
    "Word: a document type": Lure(
        lambda address: tampered({DOCUMENT: f'<!DOCTYPE x SYSTEM "{address}"><x>&e;</x>'.encode()}), "a.docx"
    ),
    "OpenDocument: a linked picture": _open('<text:p><draw:frame><draw:image xlink:href="%s"/></draw:frame></text:p>'),
    "OpenDocument: a linked object": _open('<text:p><draw:frame><draw:object xlink:href="%s"/></draw:frame></text:p>'),
    "OpenDocument: a linked section": _open(
        '<text:section text:name="a"><text:section-source xlink:href="%s" xlink:actuate="onLoad"/></text:section>'
    ),
    "OpenDocument: a link": _open('<text:p><text:a xlink:href="%s">da</text:a></text:p>'),
    "OpenDocument: a plugin": _open('<text:p><draw:frame><draw:plugin xlink:href="%s"/></draw:frame></text:p>'),
    "OpenDocument: XInclude": _open(f'<text:p><xi:include {XI} href="%s" parse="text"/></text:p>'),
    "OpenDocument: a font": _open(
        "", **{"styles.xml": '<x xmlns:svg="urn:x" xmlns:l="urn:y"><svg:font-face-uri l:href="%s"/></x>'}
    ),
    "OpenDocument: an entity": _open(
        "", **{"content.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "%s">]><x>&e;</x>'}
    ),
    "OpenDocument: an entity of the manifest": _open(
        "", **{"META-INF/manifest.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "%s">]><x>&e;</x>'}
    ),
    "page: a picture": _page('<img src="%s" srcset="%s 2x"><picture><source srcset="%s"></picture>'),
    "page: a base": _page('<base href="%s"><a href="a">da</a><img src="b">'),
    "page: a style sheet": _page('<link rel=stylesheet href="%s"><style>@import url("%s"); p { background: url(%s) }'),
    "page: a style": _page('<p style="background: url(%s)">da</p>'),
    "page: a frame": _page('<iframe src="%s"></iframe><frameset><frame src="%s"></frameset>'),
    "page: an object": _page('<object data="%s"><embed src="%s"></object><applet code="%s"></applet>'),
    "page: a script": _page('<script src="%s"></script>'),
    "page: a way on": _page('<meta http-equiv=refresh content="0;url=%s">'),
    "page: films and tones": _page('<video src="%s" poster="%s"></video><audio src="%s" autoplay></audio>'),
    "page: a drawing": _page('<svg><image href="%s"/><use href="%s"/></svg>'),
    "page: XInclude": _page(f'<xi:include {XI} href="%s" parse="text"/>'),
    "page: a document type": Lure(
        lambda address: f'<!DOCTYPE html SYSTEM "{address}"><html><p>Text &e;</p></html>'.encode(), "a.html"
    ),
    "page: an entity": Lure(
        lambda address: f'<!DOCTYPE html [<!ENTITY e SYSTEM "{address}">]><html><p>Text &e;</p></html>'.encode(),
        "a.html",
    ),
    "Markdown: a picture": _markdown("![Bild](%s)"),
    "Markdown: a page's picture": _markdown('<img src="%s">'),
    "Markdown: a link": _markdown("[da](%s)"),
}  # fmt: skip
"""Where a file leads, and the file; some are refused as well."""
