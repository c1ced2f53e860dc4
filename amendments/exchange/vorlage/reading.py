"""Whether what was read is a Sitzungsvorlage, and its parts if it is.

Names of fields are looked for everywhere before the first long part (the resolution, the reasons); behind that only
where a line says nothing else, so that no sentence of a text is taken for a field.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from amendments.exchange.vorlage import table
from amendments.exchange.vorlage.labels import (
    FIELDS,
    GERMAN,
    NOTHING,
    SINGLE,
    Field,
    begins_with_date,
    date_in,
    garbled,
    key,
    public_of,
)
from amendments.exchange.vorlage.lines import Line, lines_of, paragraphs
from amendments.exchange.vorlage.paper import Found, Paper, PlannedConsultation, Section, Unread
from amendments.exchange.words import N_, Sentence
from amendments.text.model import Content, Kind

NO_PLACE = N_("Das steht in keinem Feld der Vorlage.")
TWICE = N_("Dieses Feld kommt zweimal vor; das erste gilt.")
GARBLED = N_("Dieser Feldname ist verstümmelt und wurde so gelesen, wie er gemeint sein dürfte.")
BAD_DATE = N_("Das Datum der Vorlage ist nicht lesbar.")
BAD_STATUS = N_("Es ist nicht zu erkennen, ob die Vorlage öffentlich ist.")

MOST_ASKED = 200
"""Lines that end with a colon of which it is asked whether they are a garbled name."""
ENOUGH = 3
"""Marks of a paper that have to be there."""

_TITLE = re.compile(
    r"(?P<status>(?:nicht)?öffentliche\s+)?"
    r"(?P<kind>(?:sitzungs|beschluss|mitteilungs|informations|berichts|verwaltungs)?vorlage)"
    r"(?:\s*:\s*(?P<subject>.+)|(?:\s+nr\.?|\s+nummer)?\s*:?\s*(?P<number>\S*\d\S*))?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}\.|[A-Z]\.)\s+(?P<title>\S.*)")
_LONG_TITLE = 120
_POINT = re.compile(r"^(?:[-*•–]\s+)")


def recognised(contents: Iterable[Content]) -> Found | None:
    """The paper, or None if this is none. What could not be placed is listed, never dropped."""
    reader = _Reader()
    for line in lines_of(contents):
        reader.take(line)
    return reader.found()


class _Values(TypedDict, total=False):
    kind: str
    office: str
    reference: str
    number: str
    dated: date | None
    public: bool | None
    subject: str


class _Reader:
    def __init__(self) -> None:
        self._values: _Values = {}
        self._bodies: dict[Field, list[Line]] = defaultdict(list)
        self._unread: list[Unread] = []
        self._state: Field | None = None
        self._level = 0
        self._below: dict[int, Field] = {}
        self._table: table.Table | None = None
        self._tables: list[table.Table] = []
        self._listed: list[PlannedConsultation] = []
        self._named: set[Field] = set()
        self._asked = 0

    # --- line by line

    def take(self, line: Line) -> None:
        below, self._below = self._below, {}
        if self._in_table(line):
            return
        if (columns := table.header(line)) is not None:
            self._table = table.Table(columns, tuple(cell.replace("\n", " ") for cell in line.cells))
            self._tables.append(self._table)
            self._state = None
        elif below and len(line.cells) > 1 and not any(key(cell) in FIELDS for cell in line.filled):
            self._under(line, below)
        elif len(line.filled) > 1 and not self._garbled(line.text) and self._row(line):
            pass
        elif not self._label(line) and not self._title(line):
            self._words(line)

    def _garbled(self, words: str) -> Field | None:
        """Asked only for so many lines: a paper has a few, a long list of points hundreds."""
        if not words.rstrip().endswith(":") or self._asked >= MOST_ASKED:
            return None
        self._asked += 1
        return garbled(words)

    def _in_table(self, line: Line) -> bool:
        if self._table is None:
            return False
        if len(line.cells) > 1 and not any(key(cell) in FIELDS for cell in line.filled if cell.rstrip().endswith(":")):
            self._table.add(line)
            return True
        self._table = None
        return False

    def _row(self, line: Line) -> bool:
        """Names and values side by side, or names alone with the values in the row below."""
        if self._late and line.content.kind is not Kind.TABLE_ROW:
            return False
        named = {number: field for number, cell in enumerate(line.cells) if (field := _named(cell)[0]) in SINGLE}
        if not named:
            return False
        for number, cell in enumerate(line.cells):
            field, value = _named(cell)
            if field in SINGLE and value:
                self._set(field, value)
            elif field in SINGLE:
                value = line.cells[number + 1] if number + 1 < len(line.cells) else ""
                if value and number + 1 not in named:
                    self._set(field, value)
                else:
                    self._below[number] = field
            elif cell and (number - 1 not in named or _named(line.cells[number - 1])[1]):
                self._unread.append(Unread(Sentence(NO_PLACE), cell))
        self._state = None
        return True

    def _under(self, line: Line, below: dict[int, Field]) -> None:
        for number, cell in enumerate(line.cells):
            if number in below:
                self._set(below[number], cell)
            elif cell:
                self._unread.append(Unread(Sentence(NO_PLACE), cell))

    @property
    def _late(self) -> bool:
        """Whether a long part has begun, whose sentences are nobody's fields."""
        return self._state is not None and self._state not in SINGLE and self._state is not Field.CONSULTATIONS

    def _label(self, line: Line) -> bool:
        words = line.filled[0] if len(line.filled) == 1 else line.text
        field, value = _named(words)
        if field is None and (field := self._garbled(words)) is not None:
            self._unread.append(Unread(Sentence(GARBLED), f"{words.strip()} → {GERMAN.get(field, field.value)}"))
        if field is None or (self._late and not self._opens(field, value, line)):
            return False
        self._named.add(field)
        if field in SINGLE and value:
            self._set(field, value)
            self._state = Field.SUBJECT if field is Field.SUBJECT else None
            return True
        again = self._state if field in self._bodies else None
        self._state, self._level = field, line.heading
        if field in self._bodies and again is not field and field is Field.REASONS:
            self._bodies[field].append(line)  # "Sachverhalt" and later "Begründung": the second is a section of its own
        elif value:
            self._bodies[field].append(line.behind(line.text.rindex(value)))
        return True

    def _opens(self, field: Field, value: str, line: Line) -> bool:
        """Inside a long part: whether these words begin another field."""
        if line.heading and self._level and line.heading > self._level:
            return False
        if field in SINGLE:
            return bool(value) and line.alone and field.value not in self._values
        return not value or line.text.strip().endswith(":") or field not in self._named

    def _title(self, line: Line) -> bool:
        match = _TITLE.fullmatch(line.text.strip().strip("#* "))
        if match is None or self._late or "kind" in self._values:
            return False
        self._values["kind"] = match["kind"]
        self._named.add(Field.KIND)
        if match["status"]:
            self._values["public"] = public_of(match["status"].strip().removesuffix("e"))
        if match["number"]:
            self._set(Field.NUMBER, match["number"])
        if match["subject"]:
            self._set(Field.SUBJECT, match["subject"])
        return True

    def _words(self, line: Line) -> None:
        state = self._state
        if state is Field.CONSULTATIONS:
            self._listed_consultation(line)
        elif state is Field.SUBJECT:
            before = self._values.get("subject", "")
            self._values["subject"] = f"{before} {line.text.strip()}".strip()
        elif state in SINGLE:
            self._set(state, line.text.strip())
            self._state = None
        elif state is not None:
            self._bodies[state].append(line)
        elif public_of(line.text) is not None and "public" not in self._values:
            self._values["public"] = public_of(line.text)
        else:
            self._unread.append(Unread(Sentence(NO_PLACE), " ".join(line.text.split())))

    def _listed_consultation(self, line: Line) -> None:
        found = table.without_header(line)
        if found is None:
            self._unread.append(Unread(Sentence(NO_PLACE), " ".join(line.text.split())))
        else:
            self._listed.append(found)

    def _set(self, field: Field, value: str) -> None:
        value = " ".join(value.split())
        self._named.add(field)
        if value in NOTHING:
            return
        if self._values.get(field.value) not in (None, "", value):
            self._unread.append(Unread(Sentence(TWICE), f"{GERMAN.get(field, field.value)}: {value}"))
        elif field is Field.DATED:
            self._values["dated"], rest = date_in(value)
            if rest:
                self._unread.append(Unread(Sentence(BAD_DATE), rest))
        elif field is Field.PUBLIC:
            self._values["public"] = public_of(value)
            if self._values["public"] is None:
                self._unread.append(Unread(Sentence(BAD_STATUS), value))
        else:
            self._values[field.value] = value  # type: ignore[literal-required]

    # --- the whole

    def found(self) -> Found | None:
        consultations = list(self._listed)
        for each in self._tables:
            rows, unread = each.read()
            consultations += rows
            self._unread += unread
        marks = len(self._named - {Field.DATED, Field.PUBLIC, Field.FINANCES, Field.CLOSING})
        marks += 2 * any(row.day for row in consultations)
        core = Field.RESOLUTION in self._named or consultations or {Field.KIND, Field.SUBJECT} <= self._named
        if marks < ENOUGH or not core:
            return None
        paper = Paper(
            **self._values,
            consultations=tuple(consultations),
            resolution=paragraphs(self._bodies[Field.RESOLUTION]),
            reasons=_sections(paragraphs(self._bodies[Field.REASONS])),
            finances=paragraphs(self._bodies[Field.FINANCES]),
            annexes=_points(self._bodies[Field.ANNEXES]),
            offices=_enumerated(self._bodies[Field.OFFICES]),
            closing=tuple(" ".join(line.text.split()) for line in self._bodies[Field.CLOSING]),
        )
        return Found(paper, tuple(self._unread))


def _named(words: str) -> tuple[Field | None, str]:
    """The field these words name, and the value behind the colon or the line's end."""
    if (field := FIELDS.get(key(words))) is not None:
        return field, ""
    for sign in (":", "\n"):
        before, parted, behind = words.partition(sign)
        if parted and (field := FIELDS.get(key(before))) is not None:
            return field, behind.strip().strip("*_ ") if behind.strip("*_ \n") else ""
    return None, ""


def _sections(contents: Sequence[Content]) -> tuple[Section, ...]:
    highest = min((content.head.level for content in contents if content.kind is Kind.HEADING), default=1)
    sections: list[tuple[Section, list[Content]]] = []
    for content in contents:
        opened = _opened(content, highest)
        if opened is not None:
            sections.append((opened, []))
        else:
            if not sections:
                sections.append((Section(), []))
            sections[-1][1].append(content)
    return tuple(Section(head.number, head.title, tuple(under), head.level) for head, under in sections)


def _opened(content: Content, highest: int) -> Section | None:
    """The section this paragraph is the heading of: a heading, or a short numbered line that is no sentence."""
    words = content.text.strip()
    heading = content.kind is Kind.HEADING
    if heading and content.head.attribute("literal"):
        words = words.lstrip("#").strip()
    match = _NUMBERED.fullmatch(words)
    if heading:
        level = content.head.level - highest + 1
        return Section(match["number"], match["title"], (), level) if match else Section("", words, (), level)
    if key(words) in FIELDS and content.text.rstrip().endswith(":"):
        return Section("", words.rstrip(":"))
    if match is None or content.kind is not Kind.PARAGRAPH or begins_with_date(words):
        return None
    if len(words) > _LONG_TITLE or words[-1] in ".;,!?":
        return None
    return Section(match["number"], match["title"], (), match["number"].rstrip(".)").count(".") + 1)


def _points(lines: Iterable[Line]) -> tuple[str, ...]:
    found = (_POINT.sub("", " ".join(" ".join(line.filled).split())) for line in lines)
    return tuple(words for words in found if key(words) not in NOTHING)


def _enumerated(lines: Iterable[Line]) -> tuple[str, ...]:
    found = (part.strip() for words in _points(lines) for part in re.split(r"[,;]\s+", words))
    return tuple(part for part in found if part and key(part) not in NOTHING)
