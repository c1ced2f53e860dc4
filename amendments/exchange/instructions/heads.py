"""What kind of paragraph: "Überschrift der Ebene 2", "Nummernpunkt der Ebene 1 (Nummer „3.“)"; and read back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amendments.exchange.instructions.quoting import HOLE, Skeleton, quote
from amendments.exchange.instructions.trouble import NO_SENTENCE, NotUnderstood
from amendments.text.model import Head, Kind, Rich, concat, literal_head


@dataclass(frozen=True)
class Noun:
    one: str
    many: str
    feminine: bool
    kind: Kind
    attributes: tuple[tuple[str, str], ...] = ()


_NOUNS = (
    Noun("Absatz", "Absätze", False, Kind.PARAGRAPH),
    Noun("Überschrift", "Überschriften", True, Kind.HEADING),
    Noun("Aufzählungspunkt", "Aufzählungspunkte", False, Kind.LIST_ITEM, (("list", "bullet"),)),
    Noun("Nummernpunkt", "Nummernpunkte", False, Kind.LIST_ITEM, (("list", "ordered"),)),
    Noun("Listenpunkt", "Listenpunkte", False, Kind.LIST_ITEM),
    Noun("Fußnote", "Fußnoten", True, Kind.FOOTNOTE),
    Noun("Kopfzeile", "Kopfzeilen", True, Kind.TABLE_ROW, (("header", "1"),)),
    Noun("Tabellenzeile", "Tabellenzeilen", True, Kind.TABLE_ROW),
)  # fmt: skip
_BY_WORD = {word: noun for noun in _NOUNS for word in (noun.one, noun.many)}
_NAMES = {
    "number": "Nummer", "numbering": "Zählung", "table": "Tabelle", "label": "Zeichen", "header": "Kopf",
    "list": "Liste", "literal": "wörtlich",
}  # fmt: skip
_KEYS = {name: key for key, name in _NAMES.items()}
_DETAIL = rf"(?:{HOLE}|\w+) {HOLE}"
PHRASE = rf"(?:{'|'.join(_BY_WORD)})(?: der Ebene \d+)?(?: \({_DETAIL}(?:, {_DETAIL})*\))?"


@dataclass(frozen=True)
class Setting:
    """What need not be said: whether the text is literal, and which table a new row belongs to."""

    literal: bool = False
    table: str = ""


def noun_of(head: Head) -> Noun:
    return next(noun for noun in _NOUNS if noun.kind is head.kind and set(noun.attributes) <= set(head.attributes))


def _implied(noun: Noun, setting: Setting) -> dict[str, str]:
    attributes = dict(noun.attributes)
    if setting.literal:
        attributes["literal"] = "1"
    if noun.kind is Kind.TABLE_ROW and setting.table:
        attributes["table"] = setting.table
    return attributes


def details(head: Head, setting: Setting) -> Rich:
    """What is said behind the noun: the level of headings and items, and attributes that are not implied."""
    if setting.literal and head.attribute("literal"):
        return Rich()
    implied = _implied(noun_of(head), setting)
    own = dict(head.attributes)
    level = f" der Ebene {head.level}" if head.level or head.kind in (Kind.HEADING, Kind.LIST_ITEM) else ""
    parts: list[Rich] = []
    for key in sorted(own.keys() | implied.keys()):
        if own.get(key, "") != implied.get(key, ""):
            name = Rich(_NAMES[key]) if key in _NAMES else quote(Rich(key))
            parts += [Rich(", " if parts else " ("), name, Rich(" "), quote(Rich(own.get(key, "")))]
    return concat([Rich(level), *parts, Rich(")" if parts else "")])


def head_of(phrase: str, skeleton: Skeleton, setting: Setting, text: str = "") -> Head:
    """The head that a phrase means for a paragraph that reads `text`. Raises NotUnderstood."""
    match = re.fullmatch(r"(?P<noun>\w+)(?: der Ebene (?P<level>\d+))?(?: \((?P<details>.*)\))?", phrase)
    if match is None or match["noun"] not in _BY_WORD:
        raise NotUnderstood(NO_SENTENCE, phrase)
    noun = _BY_WORD[match["noun"]]
    if setting.literal and not match["level"] and not match["details"]:
        return literal_head(text)
    attributes = _implied(noun, setting)
    for name, value in re.findall(rf"({HOLE}|\w+) ({HOLE})", match["details"] or ""):
        key = skeleton.quoted(name).text if name.startswith("⟨") else _KEYS.get(name, name)
        attributes[key] = skeleton.quoted(value).text
    return Head(noun.kind, int(match["level"] or 0), tuple(sorted((k, v) for k, v in attributes.items() if v)))
