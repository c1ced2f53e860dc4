"""Annotations (§14.1): who says what, about which words, and whose changes stand there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from amendments.exchange.odt.names import SIGNS, q, sign_in
from amendments.exchange.remarks import Places, Remark, moment_in
from amendments.text.door import normalise, one_line

START, END = q("office:annotation"), q("office:annotation-end")
_CHANGES = frozenset(map(q, ("text:change-start", "text:change-end", "text:change")))


def pin_of(end: etree._Element) -> str:
    """What a beginning or an end is called in the words of its paragraph."""
    if end.tag == END:
        return f"to {end.get(q('office:name'), '')}"
    return f"from {_name(end)}"


def _name(annotation: etree._Element) -> str:
    return annotation.get(q("office:name")) or annotation.getroottree().getpath(annotation)


def remarks(
    text: etree._Element, authors: Mapping[str, Iterable[str]], places: Places, lengths: list[int]
) -> tuple[Remark, ...]:
    """The annotations that say anything, in the order of the text. `authors`: of each change by its id."""
    on = _whose(text, authors)
    found = []
    for annotation in text.iter(START):
        said = normalise("\n".join(_words(paragraph) for paragraph in annotation.iter(q("text:p")))).strip()
        if said:
            author = one_line(annotation.findtext(q("dc:creator"), ""))
            at = moment_in(annotation.findtext(q("dc:date"), ""))
            place, there = places.of(_name(annotation), lengths), on.get(_name(annotation), {})
            found.append(Remark(author, at, said, *place, tuple(there)))
    return tuple(sorted(found, key=lambda each: (each.paragraph < 0, each.paragraph, each.start)))


def _words(paragraph: etree._Element) -> str:
    found = [paragraph.text or ""]
    for piece in paragraph.iterdescendants():
        said = piece.text if isinstance(piece.tag, str) else ""
        found += [sign_in(piece) if piece.tag in SIGNS else said or "", piece.tail or ""]
    return "".join(found)


def _whose(text: etree._Element, authors: Mapping[str, Iterable[str]]) -> dict[str, dict[str, None]]:
    """By annotation, whose changes it stands in or beside, or begin inside of its range."""
    ends = {end.get(q("office:name")) for end in text.iter(END)}
    found: dict[str, dict[str, None]] = {}
    changing: dict[str, None] = {}
    opened: dict[str, None] = {}
    for element in text.iter(START, END, *_CHANGES):
        change = element.get(q("text:change-id"), "")
        if element.tag == START:
            inside = [*changing, *_beside(element)]
            found[_name(element)] = {name: None for each in inside for name in authors.get(each, ())}
            opened |= {_name(element): None} if _name(element) in ends else {}
        elif element.tag == END:
            for each in _beside(element):
                found.get(element.get(q("office:name"), ""), {}).update(dict.fromkeys(authors.get(each, ())))
            opened.pop(element.get(q("office:name"), ""), None)
        elif element.tag == q("text:change-end"):
            changing.pop(change, None)
        else:
            changing |= {change: None} if element.tag == q("text:change-start") else {}
            for each in opened:
                found[each].update(dict.fromkeys(authors.get(change, ())))
    return found


def _beside(element: etree._Element) -> list[str]:
    """Changes that stand directly before or behind it."""
    before, behind = element.getprevious(), element.getnext()
    near = [before] if before is not None and not before.tail else []
    near += [behind] if behind is not None and not element.tail else []
    return [each.get(q("text:change-id"), "") for each in near if each.tag in _CHANGES]
