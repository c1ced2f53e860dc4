"""The package around a Word document (ECMA-376 Part 2): is it one, and where are its parts?"""

from __future__ import annotations

import posixpath
import re
from functools import cached_property

from lxml import etree

from amendments.errors import Unreadable
from amendments.exchange.archive import DAMAGED, Archive, parse_xml
from amendments.exchange.docx.names import RELATION, transitional, w
from amendments.exchange.formats import MACROS, NOT_WORD, TEMPLATE
from amendments.exchange.words import N_, Sentence

OBJECTS = N_(
    "Die Datei enthält eingebettete Objekte oder Steuerelemente. Bitte entfernen Sie sie oder fügen Sie Bilder ein."
)

MAIN, TEMPLATE_MAIN = "wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
LEADS_ELSEWHERE = N_(
    "Der Briefkopf verweist auf andere Dateien (verknüpfte Bilder, Objekte oder Felder). Bitte fügen Sie sie darin ein."
)
_FETCHING = re.compile(r"\s*\\?(?:INCLUDE|IMPORT|DDE|LINK\b|RD\b|DATABASE)", re.IGNORECASE)
_FIELDS = (w("instrText"), w("fldSimple"))
_HARMLESS = ("/hyperlink", "/attachedTemplate")
"""Kinds of relations that may lead outside: a link is followed by who presses it; a template is cut off."""


class Package:
    """An opened document, or with `template` one that documents are made of. `main` is the part with the text;
    `part(kind)` another one that it refers to.
    """

    def __init__(self, data: bytes, *, template: bool = False) -> None:
        self._archive = Archive(data)
        self._check_entries()
        self._main = self._main_name()
        self._check_type(template=template)
        self.main = self._xml(self._main)

    def _check_entries(self) -> None:
        names = [name.lower() for name in self._archive.names]
        if "[content_types].xml" not in names:
            raise Unreadable(Sentence(NOT_WORD))
        if any("vbaproject" in name or "vbadata" in name for name in names):
            raise Unreadable(Sentence(MACROS))
        if any(
            "/activex/" in name or ("/embeddings/" in name and name.endswith((".bin", ".exe", ".ole")))
            for name in names
        ):
            raise Unreadable(Sentence(OBJECTS))

    def _main_name(self) -> str:
        name = self._named("officeDocument")
        if name is None:
            raise Unreadable(Sentence(NOT_WORD))
        return name

    def _named(self, kind: str) -> str | None:
        """The name of the part of a kind that the package itself refers to."""
        for relation in self._relations("_rels/.rels"):
            if relation.get("Type", "").endswith(f"/{kind}"):
                return relation.get("Target", "").lstrip("/")
        return None

    def _check_type(self, *, template: bool) -> None:
        kind = ""
        suffix = posixpath.splitext(self._main)[1].lstrip(".")
        for entry in self._xml("[Content_Types].xml"):
            if entry.tag == _TYPES + "Default" and entry.get("Extension") == suffix and not kind:
                kind = entry.get("ContentType", "")
            if entry.tag == _TYPES + "Override" and entry.get("PartName", "").lstrip("/") == self._main:
                kind = entry.get("ContentType", "")
        if "macroEnabled" in kind:
            raise Unreadable(Sentence(MACROS))
        if kind.endswith(TEMPLATE_MAIN) and not template:
            raise Unreadable(Sentence(TEMPLATE))
        if not kind.endswith((MAIN, TEMPLATE_MAIN)):
            raise Unreadable(Sentence(NOT_WORD))
        if self._main not in self._archive.names:
            raise Unreadable(Sentence(DAMAGED))

    def _xml(self, name: str) -> etree._Element:
        return parse_xml(transitional(self._archive.read(name)))

    def _relations(self, name: str) -> list[etree._Element]:
        return list(self._xml(name).iterfind(RELATION)) if name in self._archive.names else []

    @cached_property
    def _related(self) -> list[etree._Element]:
        folder, name = posixpath.split(self._main)
        return self._relations(posixpath.join(folder, "_rels", f"{name}.rels"))

    def parts(self, kind: str) -> list[etree._Element]:
        """The parts of a kind ("styles", "footnotes", "header"); a missing one is as good as none."""
        found = []
        for relation in self._related:
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                name = (
                    target.lstrip("/")
                    if target.startswith("/")
                    else posixpath.join(posixpath.dirname(self._main), target)
                )
                name = posixpath.normpath(name)
                if name in self._archive.names:
                    found.append(self._xml(name))
        return found

    def part(self, kind: str) -> etree._Element | None:
        return next(iter(self.parts(kind)), None)

    @property
    def properties(self) -> list[tuple[str, str]]:
        """Names and values of those that people may add to (§22.3)."""
        name = self._named("custom-properties") or self._named("customProperties")
        if name not in self._archive.names:
            return []
        return [(each.get("name", ""), "".join(map(str, each.itertext()))) for each in self._xml(name)]

    def check_as_template(self) -> None:
        """What is written on it is opened by others: every part must be sound, and lead nobody elsewhere.

        Raises Unreadable or TooLarge.
        """
        if self.main.find(w("body")) is None:
            raise Unreadable(Sentence(DAMAGED))
        for name in sorted(self._archive.names):
            if name.endswith(".rels"):
                _check_relations(self._xml(name))
            elif name.endswith(".xml") and any(map(_fetches, self._xml(name).iter(*_FIELDS))):
                raise Unreadable(Sentence(LEADS_ELSEWHERE))
            elif not name.endswith(".xml"):
                self._archive.read(name)

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Relation id to the address outside; nothing is fetched from there."""
        return {r.get("Id", ""): r.get("Target", "") for r in self._related if r.get("Type", "").endswith("/hyperlink")}


def _check_relations(relations: etree._Element) -> None:
    for relation in relations.iterfind(RELATION):
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith(_HARMLESS):
            raise Unreadable(Sentence(LEADS_ELSEWHERE))


def _fetches(field: etree._Element) -> bool:
    """Whether a program that opens the file looks for another one because of this field (§17.16.5)."""
    return _FETCHING.match(field.get(w("instr")) or field.text or "") is not None
