"""Tracked changes that are not read: in headers, footers (which list them themselves, §5.5.1) and text boxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from amendments.exchange.odt.names import SIGNS, q

_BOX = q("draw:text-box")
_START, _END, _CHANGE = q("text:change-start"), q("text:change-end"), q("text:change")
_ASIDE = frozenset(map(q, ("text:tracked-changes", "office:annotation")))


def boxes_in(text: etree._Element) -> Iterator[etree._Element]:
    return (box for box in text.iter(_BOX) if next(box.iterancestors(_BOX), None) is None)


def margins_in(roots: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Headers and footers (§16.10)."""
    wanted = [q(f"style:{name}{kind}") for name in ("header", "footer") for kind in ("", "-left", "-first")]
    return (margin for root in roots for margin in root.iter(*wanted))


def put_in(holders: Iterable[etree._Element]) -> Mapping[str, str]:
    """By id of each change in these elements, the words that it put in; "" where it struck some."""
    found: dict[str, list[str]] = defaultdict(list)
    for holder in holders:
        open_: dict[str, None] = {}
        for element, words in _in_order(holder):
            name = element.get(q("text:change-id"), "")
            if words:
                for each in open_:
                    found[each].append(words)
            elif element.tag == _END:
                open_.pop(name, None)
            else:
                open_ |= {name: None} if element.tag == _START else {}
                found[name].append("")
    return {name: "".join(words) for name, words in found.items()}


def struck(deletion: etree._Element) -> str:
    paragraphs = (child for child in deletion if child.tag != q("office:change-info"))
    return " ".join("".join(map(str, paragraph.itertext())) for paragraph in paragraphs)


def _in_order(holder: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Words, and the marks of changes with none."""
    walk = etree.iterwalk(holder, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element.tail and element is not holder:
                yield element, element.tail
        elif element.tag in _ASIDE:
            walk.skip_subtree()
        elif element.tag in (_START, _END, _CHANGE):
            yield element, ""
        elif element.text or element.tag in SIGNS:
            yield element, element.text or " "
