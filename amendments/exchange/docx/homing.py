"""Paragraphs that one person moved and another changed on the way: read for the other where they came from.

Without the move the other's changes would have no place; with it they would want the move too.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy

from lxml import etree

from amendments.exchange.docx.names import author_of, w
from amendments.exchange.docx.tracked import CHANGES
from amendments.exchange.tracked import names_in

_PROPERTIES, _MARK = w("pPr"), f"{w('pPr')}/{w('rPr')}"
_FROM, _TO = w("moveFrom"), w("moveTo")
_WORDS = (w("t"), w("delText"))


def bring_home(part: etree._Element, author: str) -> None:
    """Puts whole paragraphs that others moved and `author` changed back to where they were, with all changes of them
    but the move. Where the words that left are not those that arrived, everything stays.
    """
    arrived = _moved(part, _TO)
    for name, homes in _moved(part, _FROM).items():
        places = arrived.get(name, [])
        if len(homes) == len(places):
            for home, place in zip(homes, places, strict=True):
                if _changed_on_the_way(place, author) and _words(home) == _words(place, _TO):
                    _put(home, place, author)


def _moved(part: etree._Element, way: str) -> dict[str, list[etree._Element]]:
    """The paragraphs that left or arrived with their ends, by the name of the move."""
    found: dict[str, list[etree._Element]] = defaultdict(list)
    opened: dict[str, str] = {}
    start, end = f"{way}RangeStart", f"{way}RangeEnd"
    for element in part.iter(w("p"), start, end):
        if element.tag == start:
            opened[element.get(w("id"), "")] = element.get(w("name"), "")
        elif element.tag == end:
            opened.pop(element.get(w("id"), ""), None)
        elif element.find(f"{_MARK}/{way}") is not None:
            own = next(element.iter(start), None)
            name = next(reversed(opened.values()), "") if own is None else own.get(w("name"), "")
            found[name].append(element)
    return found


def _changed_on_the_way(place: etree._Element, author: str) -> bool:
    mark = place.find(f"{_MARK}/{_TO}")
    moved_by_others = mark is not None and author not in names_in(author_of(mark))
    return moved_by_others and any(author in names_in(author_of(change)) for change in place.iter(*CHANGES))


def _words(paragraph: etree._Element, way: str = "") -> str:
    """All of them, or those that came in one way, struck ones included."""
    return "".join(
        words.text or ""
        for words in paragraph.iter(*_WORDS)
        if not way or next(words.iterancestors(way), None) is not None
    )


def _put(home: etree._Element, place: etree._Element, author: str) -> None:
    retyped = place.find(f"{_PROPERTIES}/{w('pPrChange')}")
    holder = place if retyped is not None and author in names_in(author_of(retyped)) else home
    properties = [deepcopy(each) for each in holder.iterfind(_PROPERTIES)]
    home[:] = [*properties, *(child for child in place if child.tag != _PROPERTIES)]
    for move in list(home.iter(_FROM, _TO)):
        for child in list(move):
            move.addprevious(child)
        if (parent := move.getparent()) is not None:
            parent.remove(move)
