"""Numbering (§17.9): which items are bullets, which numbers the others carry, counted as Word counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from amendments.exchange.building import printed
from amendments.exchange.docx.names import VAL, number, value, w

_SIGNS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_PLACE = re.compile("%([1-9])")
_CHAIN = 5


@dataclass(frozen=True)
class Numbered:
    """`look`: how the first number of this level reads ("1.", "a)", "1.1"), empty for a bullet. `said`: this item's
    number in full.
    """

    look: str
    actual: int | None = None
    said: str = ""


@dataclass
class _Counts:
    """Of one abstract numbering; all its instances count on together."""

    at: dict[int, int] = field(default_factory=dict)


class Numbering:
    def __init__(self, part: etree._Element | None) -> None:
        self._abstract: dict[str, etree._Element] = {}
        self._instances: dict[str, etree._Element] = {}
        self._counts: dict[str, _Counts] = {}
        self._begun: set[tuple[str, int]] = set()
        for abstract in () if part is None else part.iterfind(w("abstractNum")):
            self._abstract[abstract.get(w("abstractNumId"), "")] = abstract
        for instance in () if part is None else part.iterfind(w("num")):
            self._instances[instance.get(w("numId"), "")] = instance

    def item(self, num_id: str, level: int) -> Numbered | None:
        """The next item of a numbering at a level (from 0). None: nothing is printed before it, so it is no list
        item.
        """
        instance = self._instances.get(num_id)
        abstract_id = self._abstract_id(instance)
        definition = self._level(instance, abstract_id, level)
        if instance is None or definition is None:
            return None
        text = value(definition, "lvlText") or ""
        form = value(definition, "numFmt") or "decimal"
        if form in ("bullet", "none") or not _PLACE.search(text):
            return Numbered("") if form == "bullet" and text.strip() else None
        counts = self._counts.setdefault(abstract_id, _Counts()).at
        self._begin(instance, num_id, level, counts)
        counts[level] = counts.get(level, (number(value(definition, "start")) or 0) - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        look, said = self._texts(text, instance, abstract_id, counts)
        return Numbered(look, counts[level], said)

    def _abstract_id(self, instance: etree._Element | None) -> str:
        """The abstract numbering behind an instance, through a numbering style (§17.9.21) where it names one."""
        found = value(instance, "abstractNumId") or ""
        for _ in range(_CHAIN):
            link = value(self._abstract.get(found), "numStyleLink")
            if link is None:
                break
            found = next((key for key, element in self._abstract.items() if value(element, "styleLink") == link), "")
        return found

    def _level(self, instance: etree._Element | None, abstract_id: str, level: int) -> etree._Element | None:
        abstract = self._abstract.get(abstract_id)
        if instance is None or abstract is None:
            return None
        for override in instance.iterfind(w("lvlOverride")):
            own = override.find(w("lvl"))
            if own is not None and override.get(w("ilvl")) == str(level):
                return own
        return next((found for found in abstract.iterfind(w("lvl")) if found.get(w("ilvl")) == str(level)), None)

    def _begin(self, instance: etree._Element, num_id: str, level: int, counts: dict[int, int]) -> None:
        """An instance that says where to start does so at its first item of the level (§17.9.26)."""
        if (num_id, level) in self._begun:
            return
        self._begun.add((num_id, level))
        for override in instance.iterfind(w("lvlOverride")):
            start = override.find(w("startOverride"))
            if start is not None and override.get(w("ilvl")) == str(level):
                counts[level] = (number(start.get(VAL)) or 0) - 1

    def _texts(self, text: str, instance: etree._Element, abstract_id: str, counts: dict[int, int]) -> tuple[str, str]:
        """LvlText (§17.9.11) with the first and with the present numbers put in for %1, %2 ..."""
        look = said = ""
        end = 0
        for place in _PLACE.finditer(text):
            at = int(place[1]) - 1
            definition = self._level(instance, abstract_id, at)
            sign = _SIGNS.get(value(definition, "numFmt") or "", "1")
            between = text[end : place.start()]
            look += between + sign
            said += between + printed(sign, counts.get(at, number(value(definition, "start")) or 1))
            end = place.end()
        return look + text[end:], said + text[end:]
