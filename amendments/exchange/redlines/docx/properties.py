"""Properties of a document that people may add to (ECMA-376 Part 1 §22.3)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from amendments.exchange.archive import parse_xml
from amendments.exchange.provenance import is_ours

_OWN = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set they belong to (§22.3.2.2); their numbers begin with 2."""


def custom_part(known: bytes | None, properties: Iterable[tuple[str, str]]) -> bytes:
    """docProps/custom.xml with these names and values beside those of a template; ones of ours that it has itself are
    about another file.
    """
    root = parse_xml(f'<Properties xmlns="{_OWN}" xmlns:vt="{_VALUES}"/>'.encode())
    if known:
        root.extend(each for each in parse_xml(known) if not is_ours(each.get("name", "")))
    first = max((int(each.get("pid", "1")) for each in root), default=1) + 1
    for number, (name, value) in enumerate(properties, first):
        element = etree.SubElement(root, f"{{{_OWN}}}property", fmtid=_SET, pid=str(number), name=name)
        etree.SubElement(element, f"{{{_VALUES}}}lpwstr").text = value
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
