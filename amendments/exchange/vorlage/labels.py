"""The words towns use: names of fields and columns, roles, dates, public or not."""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from amendments.exchange.vorlage.paper import Role


class Field(StrEnum):
    KIND = "kind"
    OFFICE = "office"
    REFERENCE = "reference"
    NUMBER = "number"
    DATED = "dated"
    PUBLIC = "public"
    CONSULTATIONS = "consultations"
    SUBJECT = "subject"
    RESOLUTION = "resolution"
    REASONS = "reasons"
    FINANCES = "finances"
    ANNEXES = "annexes"
    OFFICES = "offices"
    CLOSING = "closing"


class Column(StrEnum):
    COMMITTEE = "committee"
    DAY = "day"
    ROLE = "role"
    RESULT = "result"
    PUBLIC = "public"


SINGLE: Final = frozenset(
    {Field.KIND, Field.OFFICE, Field.REFERENCE, Field.NUMBER, Field.DATED, Field.PUBLIC, Field.SUBJECT}
)
"""Fields with one value; all others go on until the next name of a field."""

_FIELDS: Final[dict[Field, tuple[str, ...]]] = {
    Field.KIND: ("art", "vorlageart", "vorlagenart", "art der vorlage", "vorlagentyp"),
    Field.OFFICE: (
        "amt/abteilung", "amt", "abteilung", "dezernat/amt", "fachbereich", "fachbereich/amt", "fachdienst",
        "federführung", "federführend", "federführendes amt", "federführende stelle", "organisationseinheit",
    ),
    Field.REFERENCE: ("aktenzeichen", "az", "az.", "geschäftszeichen", "unser zeichen"),
    Field.NUMBER: (
        "vorlagennummer", "vorlagen-nummer", "vorlagen-nr.", "vorlagen-nr", "vorlage-nr.", "vorlage nr.",
        "vorlagennr.", "drucksache", "drucksachennummer", "drucksache nr.", "drs.-nr.",
    ),
    Field.DATED: ("datum", "stand", "erstellt am", "datum der vorlage"),
    Field.PUBLIC: ("status", "öffentlichkeit", "öffentlichkeitsstatus", "öffentlich/nichtöffentlich"),
    Field.CONSULTATIONS: ("beratungsfolge", "beratungsgang", "gremienfolge", "vorgesehene beratungsfolge"),
    Field.SUBJECT: ("betreff", "betrifft", "gegenstand", "bezeichnung", "titel", "thema"),
    Field.RESOLUTION: (
        "beschlussvorschlag", "beschlussempfehlung", "beschlussentwurf", "beschlussantrag", "antrag",
        "vorschlag zum beschluss",
    ),
    Field.REASONS: (
        "begründung", "sachverhalt", "sachverhalt/begründung", "begründung/sachverhalt", "sachdarstellung",
        "sach- und rechtslage", "erläuterung", "erläuterungen", "problembeschreibung/begründung",
    ),
    Field.FINANCES: (
        "finanzielle auswirkungen", "finanzielle auswirkung", "haushaltsrechtliche auswirkungen", "kosten",
    ),
    Field.ANNEXES: ("anlagen", "anlage", "anlage(n)", "anlagenverzeichnis"),
    Field.OFFICES: (
        "beteiligtes amt/ämter", "beteiligte ämter", "beteiligtes amt", "beteiligte stellen",
        "beteiligte dienststellen", "beteiligung", "mitzeichnung", "mitzeichnende ämter",
    ),
    Field.CLOSING: ("schlusszeichnung", "unterschrift", "unterschriften", "gezeichnet"),
}  # fmt: skip
FIELDS: Final = {name: field for field, names in _FIELDS.items() for name in names}
GERMAN: Final[dict[Field, str]] = {
    Field.OFFICE: "Amt/Abteilung",
    Field.REFERENCE: "Aktenzeichen",
    Field.NUMBER: "Vorlagennummer",
    Field.DATED: "Datum",
    Field.PUBLIC: "Status",
    Field.SUBJECT: "Betreff",
    Field.RESOLUTION: "Beschlussvorschlag",
    Field.REASONS: "Begründung",
    Field.FINANCES: "Finanzielle Auswirkungen",
    Field.ANNEXES: "Anlagen",
    Field.OFFICES: "Beteiligtes Amt/Ämter",
    Field.CLOSING: "Schlusszeichnung",
}
"""As a paper prints them."""

_COLUMNS: Final[dict[Column, tuple[str, ...]]] = {
    Column.COMMITTEE: ("an", "gremium", "gremien", "ausschuss", "beratungsfolge", "beratung in", "beratendes gremium"),
    Column.DAY: (
        "datum der beratung", "datum", "termin", "sitzungstermin", "sitzungsdatum", "sitzung am", "beratungsdatum",
        "beratung am", "am", "tag",
    ),
    Column.ROLE: (
        "zuständigkeit", "art der beratung", "beratungsart", "beratungsaktion", "behandlung", "rolle", "aktion",
        "beratungsziel",
    ),
    Column.RESULT: (
        "abstimmungsergebnis", "abstimmungsergeb.", "abstimmungsergeb", "ergebnis", "beratungsergebnis", "beschluss",
        "votum",
    ),
    Column.PUBLIC: ("öffentlichkeit", "öffentlichkeitsstatus", "status", "ö/nö", "ö/n", "sitzungsart"),
}  # fmt: skip
COLUMNS: Final = {name: column for column, names in _COLUMNS.items() for name in names}
GERMAN_COLUMNS: Final[dict[Column, str]] = {
    Column.COMMITTEE: "An",
    Column.DAY: "Datum der Beratung",
    Column.ROLE: "Zuständigkeit",
    Column.RESULT: "Abstimmungsergebnis",
    Column.PUBLIC: "Öffentlichkeit",
}

ROLES: Final[dict[Role, str]] = {
    Role.HEARING: "Anhörung",
    Role.NOTICE: "Kenntnisnahme",
    Role.PREPARATION: "Vorberatung",
    Role.DECISION: "Entscheidung",
}
_ROLES: Final = {
    "anhörung": Role.HEARING, "stellungnahme": Role.HEARING, "beteiligung": Role.HEARING,
    "kenntnisnahme": Role.NOTICE, "kenntnis": Role.NOTICE, "information": Role.NOTICE,
    "vorberatung": Role.PREPARATION, "beratung": Role.PREPARATION, "empfehlung": Role.PREPARATION,
    "empfehlungsbeschluss": Role.PREPARATION,
    "entscheidung": Role.DECISION, "beschluss": Role.DECISION, "beschlussfassung": Role.DECISION,
}  # fmt: skip

_MONTHS: Final = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember",
)  # fmt: skip
DATE: Final = re.compile(
    r"(?P<day>\d{1,2})\.\s*(?:(?P<month>\d{1,2})\.\s*|(?P<name>[^\W\d]{3,9})\.?\s+)(?P<year>\d{4}|\d{2})\b"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
)
NOTHING: Final = frozenset({"", "-", "–", "—", "./.", "offen", "noch offen", "keine", "entfällt"})
"""What stands in a field to say that nothing stands there."""

_ALIKE = 0.85
_LONG = 10


def key(words: str) -> str:
    """The words of a label as they are compared: without heading signs, stars and colon, spaces and case."""
    bare = re.sub(r"\s+", " ", words.strip().strip("#*_ ").rstrip(":").rstrip("*_ "))
    return re.sub(r"\s*/\s*", "/", bare).casefold()


def garbled(words: str) -> Field | None:
    """The field whose name these letters almost are, as scanning and copying leave them ("Sc HLUSSZ eichn ung")."""
    letters = re.sub(r"[\s:]+", "", words).casefold()
    if not words.rstrip().endswith(":") or not _LONG <= len(letters) <= 2 * _LONG:
        return None
    for name, field in FIELDS.items():
        if len(name) < _LONG or name[0] != letters[0]:
            continue
        matcher = SequenceMatcher(None, letters, name.replace(" ", ""), autojunk=False)
        if matcher.quick_ratio() >= _ALIKE <= matcher.ratio():
            return field
    return None


def role_of(words: str) -> Role | None:
    return _ROLES.get(re.sub(r"^(?:zur|zum|z\.)\s*", "", key(words)))


def public_of(words: str) -> bool | None:
    said = re.sub(r"[\s-]+", "", key(words))
    if said in {"öffentlich", "ö", "öffentlichesitzung"}:
        return True
    return False if said in {"nichtöffentlich", "nö", "n", "nichtöffentlichesitzung"} else None


def date_in(words: str) -> tuple[date | None, str]:
    """The first date in the words, and the words without it and its weekday."""
    match = DATE.search(words)
    if match is None:
        return None, words.strip()
    found = _date(match)
    if found is None:
        return None, words.strip()
    before = re.sub(
        r"(?:\b(?:Mo|Di|Mi|Do|Fr|Sa|So|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend)\b[.,]*\s*)?(?:den\s+)?$",
        "",
        words[: match.start()],
    )
    return found, " ".join(part for part in (before.strip(), words[match.end() :].strip()) if part)


def begins_with_date(words: str) -> bool:
    match = DATE.match(words)
    return match is not None and _date(match) is not None


def _date(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        return date(year, int(match["month"] or 0) or _month(match["name"]), int(match["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    """Raises ValueError for what is no month; three letters are enough."""
    found = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold())]
    if len(name) < 3 or len(found) != 1:
        raise ValueError(name)
    return found[0]
