"""Elements of Akoma Ntoso, and ids that are unique in a document (Naming Convention 1.0 §5)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from lxml import etree

from amendments.text.door import normalise
from amendments.text.model import MarkName, Rich

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_TAGS = {
    MarkName.STRONG: "b",
    MarkName.EM: "i",
    MarkName.UNDERLINE: "u",
    MarkName.SUP: "sup",
    MarkName.SUB: "sub",
}
_NAMED = {MarkName.STRIKE: "strike", MarkName.CODE: "code"}
"""Looks that Akoma Ntoso has no element for."""
_NOT_IN_IDS = re.compile(r"[^\w.-]+")
_LINK = re.compile(r"(https?://[\w.-]+(?::\d{1,5})?(?=[/?#]|$)|mailto:)([^#]*)(#.*)?", re.IGNORECASE | re.DOTALL)
_IN_LINKS = "/?:@!$&'()*+,;=%~"


def root() -> etree._Element:
    return etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # lxml wants it so


def put(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """A new last child; attributes without a value are left out, `class_` is called `class`."""
    given = {name.rstrip("_"): value for name, value in attributes.items() if value}
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", given)


def put_words(parent: etree._Element, tag: str, words: str, **attributes: str) -> etree._Element:
    """A new last child that says something in one or several lines."""
    child = put(parent, tag, **attributes)
    write(child, Rich(normalise(words)))
    return child


def written(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def moment(at: datetime) -> str:
    """An xsd:dateTime, to the second, in the zone it is given in."""
    return at.isoformat(timespec="seconds")


# --- ids


@dataclass
class Ids:
    """Paths such as "sec_3__para_2": by the number that is printed, else counted."""

    _taken: set[str] = field(default_factory=set)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def new(self, parent: str, name: str, number: str = "") -> str:
        above = f"{parent}__" if parent else ""
        printed = _NOT_IN_IDS.sub("", number).strip(".-")
        if printed and self._free(found := f"{above}{name}_{printed}"):
            return found
        while True:
            self._counts[parent, name] += 1
            if self._free(found := f"{above}{name}_{self._counts[parent, name]}"):
                return found

    def _free(self, found: str) -> bool:
        if found in self._taken:
            return False
        self._taken.add(found)
        return True


# --- words


def write(parent: etree._Element, rich: Rich, notes: Mapping[str, str] | None = None) -> None:
    """Words with their marks. `notes`: where the footnotes stand, by label."""
    for text, marks in rich.stretches():
        place = parent
        note = ""
        for mark in marks:
            if mark.name is MarkName.FOOTNOTE_REF:
                note = (notes or {}).get(mark.target, "")
            elif mark.name is MarkName.LINK:
                place = put(place, "a", href=link) if (link := _link(mark.target)) else place
            elif mark.name in _NAMED:
                place = put(place, "inline", name=_NAMED[mark.name])
            else:
                place = put(place, _TAGS[mark.name])
        if note:
            put(place, "noteRef", href=f"#{note}", marker=text)
        else:
            _lines(place, text)


def _lines(parent: etree._Element, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        if number:
            put(parent, "br")
        if not line:
            continue
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + line
        else:
            parent.text = (parent.text or "") + line


def _link(target: str) -> str:
    """The address as an xsd:anyURI, or nothing where it is none: the words stay."""
    found = _LINK.fullmatch(target)
    if found is None:
        return ""
    start, path, fragment = quote(found[1], safe="/:"), found[2], found[3]
    path = _whole_escapes(quote(path, safe=_IN_LINKS))
    return start + path + (f"#{_whole_escapes(quote(fragment[1:], safe=_IN_LINKS))}" if fragment else "")


def _whole_escapes(text: str) -> str:
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
