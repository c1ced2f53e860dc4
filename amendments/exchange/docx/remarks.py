"""Comments (§17.13.4): who says what, about which words, and whose changes stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lxml import etree

from amendments.exchange.docx.names import author_of, w
from amendments.exchange.docx.tracked import CHANGES, DELETED, date_of
from amendments.exchange.remarks import Places, Remark
from amendments.exchange.tracked import names_in
from amendments.text.door import normalise, one_line

_START, _END, _REFERENCE = w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")
ENDS = (_START, _END, _REFERENCE)
_LINES = {w("br"): "\n", w("cr"): "\n", w("tab"): "\t"}


def pin_of(end: etree._Element) -> str:
    """What a beginning, an end or a reference is called in the words of its paragraph."""
    return f"{'from' if end.tag == _START else 'to'} {end.get(w('id'), '')}"


def remarks(
    part: etree._Element | None, texts: Iterable[etree._Element], places: Places, lengths: list[int]
) -> tuple[Remark, ...]:
    """The comments of `part` that say anything, in the order of the text."""
    on = _whose(texts) if part is not None else {}
    found = []
    for comment in () if part is None else part.iterfind(w("comment")):
        said, number = _words(comment), comment.get(w("id"), "")
        if said:
            author, at = one_line(comment.get(w("author"), "")), date_of(comment)
            found.append(Remark(author, at, said, *places.of(number, lengths), tuple(on.get(number, ()))))
    return tuple(sorted(found, key=lambda each: (each.paragraph < 0, each.paragraph, each.start)))


def _words(comment: etree._Element) -> str:
    lines = ("".join(_said(piece) for piece in paragraph.iter()) for paragraph in comment.iter(w("p")))
    return normalise("\n".join(lines)).strip()


def _said(piece: etree._Element) -> str:
    if piece.tag == w("t") and not any(True for _ in piece.iterancestors(*DELETED)):
        return piece.text or ""
    return _LINES.get(piece.tag, "") if isinstance(piece.tag, str) else ""


def _whose(texts: Iterable[etree._Element]) -> Mapping[str, dict[str, None]]:
    """By comment, whose changes begin inside of it, or hold for the paragraph or row it stands in."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    opened: dict[str, None] = {}
    for element in (element for text in texts for element in text.iter(*ENDS, *CHANGES)):
        number = element.get(w("id"), "")
        if element.tag not in ENDS:
            for each in opened:
                found[each] |= dict.fromkeys(names_in(author_of(element)))
            continue
        found[number] |= dict.fromkeys(_around(element))
        if element.tag == _START:
            opened[number] = None
        elif element.tag == _END:
            opened.pop(number, None)
    return found


def _around(end: etree._Element) -> Iterable[str]:
    for holder in end.iterancestors():
        if holder.tag in CHANGES:
            yield from names_in(author_of(holder))
        properties = {w("p"): w("pPr"), w("tr"): w("trPr")}.get(holder.tag)
        own = None if properties is None else holder.find(properties)
        if own is not None:
            yield from (name for change in own.iter(*CHANGES) for name in names_in(author_of(change)))
