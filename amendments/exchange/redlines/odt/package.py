"""The file around the text (§ Part 2: packages): our own, or a town's with its styles, header and footer."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from lxml import etree

from amendments.exchange.archive import parse_xml
from amendments.exchange.odt.names import q
from amendments.exchange.odt.package import CONTENT, MANIFEST, META, MIME, opened, text_in
from amendments.exchange.odt.package import STYLES as STYLES_PART
from amendments.exchange.provenance import PLACE
from amendments.exchange.redlines.odt.layout import LISTS
from amendments.exchange.redlines.odt.page import STYLES, content_part, manifest_part, meta_part, styles_part
from amendments.exchange.redlines.odt.xml import NAMESPACES

_DATE = (2011, 1, 1, 0, 0, 0)
"""Of every entry: the same redline is the same file."""
_LEFT_OUT = (
    "basic/",
    "scripts/",
    "thumbnails/",
    "configurations2/",
    "meta-inf/",
    "layout-cache",
    "mimetype",
    "meta.xml",
)
"""Of a template: what runs, and what says something about it that is not true of the file any more."""
_XML = "text/xml"


@dataclass
class File:
    """A document that is being made. `content`, `styles`: roots of these parts; `others`: the rest, with types."""

    content: etree._Element
    styles: etree._Element
    others: dict[str, tuple[str, bytes]]

    @classmethod
    def of(cls, template: bytes | None, language: str) -> File:
        """Raises Unreadable or TooLarge where the template is no harmless OpenDocument text."""
        if template is None:
            return cls(_parsed(content_part()), _parsed(styles_part(language)), {})
        archive = opened(template, template=True)
        types = {}
        if MANIFEST in archive.names:
            for entry in parse_xml(archive.read(MANIFEST)).iter(q("manifest:file-entry")):
                types[entry.get(q("manifest:full-path"), "")] = entry.get(q("manifest:media-type"), "")
        kept = sorted(
            name
            for name in archive.names - {CONTENT, STYLES_PART}
            if not name.endswith("/") and not name.lower().startswith(_LEFT_OUT)
        )
        content = parse_xml(archive.read(CONTENT))
        for element in list(content.iter(q("office:scripts"), q("office:event-listeners"))):
            _remove(element)
        styles = (
            parse_xml(archive.read(STYLES_PART)) if STYLES_PART in archive.names else _parsed(styles_part(language))
        )
        return cls(content, styles, {name: (types.get(name, ""), archive.read(name)) for name in kept})

    # --- styles

    def put_styles(self, automatic: Iterable[str]) -> None:
        """Named styles that the file does not have, and those that belong to the text."""
        named = self._group(self.styles, "office:styles")
        known = {style.get(q("style:name")) for style in named}
        named.extend(_elements(xml for name, xml in STYLES.items() if name not in known))
        own = self._group(self.content, "office:automatic-styles")
        new = _elements(automatic)
        names = {style.get(q("style:name")) for style in new}
        for style in [style for style in own if style.get(q("style:name")) in names]:
            own.remove(style)
        own.extend(new)

    @staticmethod
    def _group(root: etree._Element, name: str) -> etree._Element:
        found = root.find(q(name))
        if found is None:
            found = root.makeelement(q(name))
            body = root.find(q("office:body"))
            root.append(found) if body is None else body.addprevious(found)
        return found

    # --- text

    @property
    def regions(self) -> int:
        """Tracked changes that the template has itself."""
        return sum(1 for _ in self.content.iter(q("text:changed-region")))

    def put_text(self, regions: Iterable[str], body: str) -> None:
        text = text_in(self.content)
        elements = _elements([body])
        place = next(
            (each for each in text.iter(q("text:p")) if "".join(map(str, each.itertext())).strip() == PLACE), None
        )
        for element in elements:
            text.append(element) if place is None else place.addprevious(element)
        if place is not None:
            _remove(place)
        self._track(text, regions)
        _count_on(text)

    def _track(self, text: etree._Element, regions: Iterable[str]) -> None:
        """The list of changes stands before everything; what is changed in the file from now on is tracked too."""
        listed = text.find(q("text:tracked-changes"))
        if listed is None:
            listed = text.makeelement(q("text:tracked-changes"))
            text.insert(0, listed)
        listed.set(q("text:track-changes"), "true")
        listed.extend(_elements(regions))

    def saved(self, title: str, language: str, at: datetime | None, properties: Iterable[tuple[str, str]]) -> bytes:
        parts: dict[str, tuple[str, bytes]] = {
            CONTENT: (_XML, _written(self.content)),
            STYLES_PART: (_XML, _written(self.styles)),
            META: (_XML, _written(_parsed(meta_part(title, language, at, properties)))),
            **self.others,
        }
        entries = [("/", MIME.decode()), *((name, kind) for name, (kind, _) in parts.items())]
        parts[MANIFEST] = (_XML, _written(_parsed(manifest_part(entries))))
        return _packed({name: data for name, (_, data) in parts.items()})


def _count_on(text: etree._Element) -> None:
    """Lists of one style are one list, wherever they stand, also in what was struck (§19.774)."""
    begun: set[str] = set()
    for element in text.iter(q("text:list")):
        name = element.get(q("text:style-name"), "")
        if not name.startswith(LISTS):
            continue
        if name in begun:
            element.set(q("text:continue-list"), f"{name}.1")
        else:
            element.set("{http://www.w3.org/XML/1998/namespace}id", f"{name}.1")
            begun.add(name)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """The type of the package comes first and as it is, so that it is known by its first bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(zipfile.ZipInfo("mimetype", _DATE), MIME, zipfile.ZIP_STORED)
        for name, data in parts.items():
            target.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parsed(xml: str) -> etree._Element:
    return etree.fromstring(xml.encode(), _parser())


def _elements(parts: Iterable[str]) -> list[etree._Element]:
    return list(_parsed(f"<x {NAMESPACES}>{''.join(parts)}</x>"))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
