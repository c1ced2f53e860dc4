"""What each paragraph of a text is called in a sentence: "§ 12 Absatz 2 Nummer 3", "Abschnitt „Leitlinien“ Punkt 2".

A section is called as its heading reads: by its number ("3. Beratung" is Abschnitt 3), by word and number ("Kapitel 3",
"§ 12"), else by its quoted title. A paragraph that begins with its own number ("(2)", "3.", "a)") is called by that,
any other one is counted. Every name is unique: where two would be equal, the section above goes before them or it
says which one is meant.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from amendments.exchange.instructions.quoting import HOLE, Skeleton, quote
from amendments.exchange.instructions.trouble import NO_PLACE, NotUnderstood
from amendments.text.model import Head, Kind, Paragraph, Rich, Text, concat


@dataclass(frozen=True)
class Step:
    """One part of a name. `label` stands as it is if it is a number or a letter, else quoted; `time`: which one of
    several that are called so.
    """

    word: str
    label: str = ""
    time: int = 1


Path = tuple[Step, ...]

HEADING = "Überschrift"
_PARTS = (
    "Abschnitt|Anhang|Anlage|Artikel|Buch|Gliederungspunkt|Handlungsfeld|Kapitel|Leitlinie|Maßnahme|Punkt|Teil|Thema|"
    "Titel|Unterabschnitt|Ziel|Ziffer"
)
_LABEL = r"(?:\d+[a-z]?(?:\.\d+[a-z]?)*|[IVXLC]+|[a-z]{1,3})"
_BY_WORD = re.compile(rf"(§|Art\.?|{_PARTS})[ \u00a0](\d+[a-z]?(?:\.\d+)*|[IVXLC]+)(?![\w.]*\w)")
_BY_NUMBER = re.compile(r"(\d+[a-z]?(?:\.\d+)*)\.?[ \u00a0]+\S")
_BY_ROMAN = re.compile(r"([IVXLC]+)\.[ \u00a0]+\S")
_SIGNS = re.compile("#{1,6} ")
_OWN = (
    ("Absatz", re.compile(r"\((\d+[a-z]?)\)[ \u00a0]")),
    ("Nummer", re.compile(r"(\d+[a-z]?)\.[ \u00a0]")),
    ("Buchstabe", re.compile(r"([a-z])\)[ \u00a0]")),
    ("Doppelbuchstabe", re.compile(r"([a-z]{2})\)[ \u00a0]")),
)
"""A paragraph's own number, the outermost first."""
_PLAIN_LABEL = re.compile(_LABEL)
STEP = re.compile(
    rf"(?P<word>§|Art\.|[A-ZÄÖÜ]\w*)(?: (?P<label>{HOLE}|{_LABEL}(?!\w)))?(?: \((?P<time>\d+)\. Vorkommen\))?(?: |$)"
)


class Places:
    """The names of a text's paragraphs, both ways."""

    def __init__(self, base: Text) -> None:
        self.base = base
        self.rank = {paragraph.identity: rank for rank, paragraph in enumerate(base)}
        self.literal = any(paragraph.head.attribute("literal") for paragraph in base)
        self.paths = _Namer(base).paths()
        self._ranks = {path: rank for rank, path in enumerate(self.paths)}

    def find(self, path: Path) -> int:
        """The rank of the paragraph of this name. Raises NotUnderstood."""
        if path not in self._ranks:
            raise NotUnderstood(NO_PLACE, said(path).text)
        return self._ranks[path]

    def knows(self, path: Path) -> bool:
        return path in self._ranks


def said(path: Path) -> Rich:
    """The name in a sentence, without an article."""
    if path and path[-1].word == HEADING:
        return concat([Rich(f"{HEADING}{_time(path[-1])} von "), said(path[:-1])])
    parts: list[Rich] = []
    for step in path:
        parts.append(Rich(" " * bool(parts) + step.word))
        if step.label:
            plain = _PLAIN_LABEL.fullmatch(step.label)
            parts += [Rich(" "), Rich(step.label) if plain else quote(Rich(step.label))]
        parts.append(Rich(_time(step)))
    return concat(parts)


def _time(step: Step) -> str:
    return f" ({step.time}. Vorkommen)" if step.time > 1 else ""


def path_of(words: str, skeleton: Skeleton) -> Path:
    """The inverse of `said`, an article before it allowed. Raises NotUnderstood."""
    words = re.sub(r"^(?:der|die|Die) ", "", words.strip())
    heading = re.match(rf"{HEADING}(?: \((\d+)\. Vorkommen\))? von ", words)
    rest = words[heading.end() :] if heading else words
    steps: list[Step] = []
    place = 0
    while place < len(rest):
        match = STEP.match(rest, place)
        if match is None:
            raise NotUnderstood(NO_PLACE, words)
        label = match["label"] or ""
        if label.startswith("⟨"):
            label = skeleton.quoted(label).text
        steps.append(Step(match["word"], label, int(match["time"] or 1)))
        place = match.end()
    if heading:
        steps.append(Step(HEADING, "", int(heading[1] or 1)))
    return tuple(steps)


class _Namer:
    def __init__(self, base: Text) -> None:
        self._base = base
        self._times: Counter[Path] = Counter()
        self._counts: Counter[tuple[Path, str]] = Counter()
        self._section: Path = ()
        self._own: dict[str, Step] = {}
        """The paragraphs' own numbers that hold here: Absatz, Nummer, Buchstabe."""
        self._items: list[tuple[int, Step]] = []
        self._table = ""

    def paths(self) -> list[Path]:
        sections = _sections(self._base)
        numbered = _numbered_sections(self._base)
        section = -1
        paths = []
        for rank, paragraph in enumerate(self._base):
            if rank in sections:
                section = rank
                self._section = self._free(sections[rank])
                self._own, self._items, self._table = {}, [], ""
                paths.append((*self._section, Step(HEADING)))
            else:
                paths.append(self._free(self._named(paragraph, numbered=section in numbered)))
        return paths

    def _free(self, path: Path) -> Path:
        """This name, or the next one of its kind if another paragraph has it."""
        self._times[path] += 1
        return (*path[:-1], replace(path[-1], time=self._times[path]))

    def _counted(self, parent: Path, word: str) -> Step:
        self._counts[parent, word] += 1
        return Step(word, str(self._counts[parent, word]))

    def _named(self, paragraph: Paragraph, *, numbered: bool) -> Path:
        kind = paragraph.head.kind
        if kind is not Kind.LIST_ITEM:
            self._items = []
        if kind is not Kind.TABLE_ROW:
            self._table = ""
        match kind:
            case Kind.FOOTNOTE:
                return (Step("Fußnote", paragraph.head.attribute("label")),)
            case Kind.TABLE_ROW:
                return self._row(paragraph.head)
            case Kind.LIST_ITEM:
                return self._item(paragraph.head)
            case _:
                return self._paragraph(paragraph.text, numbered=numbered)

    def _paragraph(self, text: str, *, numbered: bool) -> Path:
        for depth, (word, pattern) in enumerate(_OWN):
            if (match := pattern.match(text)) is not None:
                outer = [self._own[name] for name, _ in _OWN[:depth] if name in self._own]
                step = Step(word, match[1])
                self._own = {name: self._own[name] for name, _ in _OWN[:depth] if name in self._own} | {word: step}
                path = (*self._section, *outer, step)
                if word == "Absatz":
                    self._counts[path, "Unterabsatz"] = max(1, self._counts[path, "Unterabsatz"])
                return path
        if numbered:
            parent = (*self._section, *([self._own["Absatz"]] if "Absatz" in self._own else []))
            return (*parent, self._counted(parent, "Unterabsatz"))
        step = self._counted(self._section, "Absatz")
        self._own = {"Absatz": step}
        return (*self._section, step)

    def _item(self, head: Head) -> Path:
        self._items = [(level, step) for level, step in self._items if level < head.level]
        outer = [self._own["Absatz"]] if "Absatz" in self._own else []
        parent = (*self._section, *outer, *(step for _, step in self._items))
        ordered = head.attribute("list") == "ordered"
        word = ("Unternummer" if self._items else "Nummer") if ordered else ("Unterpunkt" if self._items else "Punkt")
        step = self._counted(parent, word)
        printed = re.sub(r"^\W+|\W+$", "", head.attribute("number"))
        if ordered and printed:
            step = replace(step, label=printed)
            self._counts[parent, word] = int(printed) if printed.isdecimal() else self._counts[parent, word]
        self._items.append((head.level, step))
        return (*parent, step)

    def _row(self, head: Head) -> Path:
        if self._table != head.attribute("table") or not self._table:
            self._table = head.attribute("table")
            self._counted(self._section, "Tabelle")
        parent = (*self._section, Step("Tabelle", str(self._counts[self._section, "Tabelle"])))
        return (*parent, Step("Kopfzeile") if head.attribute("header") else self._counted(parent, "Zeile"))


def _numbered_sections(base: Text) -> set[int]:
    """Headings (ranks; -1 for what stands before the first) under which a paragraph begins with "(1)"."""
    found: set[int] = set()
    section = -1
    pattern = _OWN[0][1]
    for rank, paragraph in enumerate(base):
        if paragraph.head.kind is Kind.HEADING:
            section = rank
        elif paragraph.head.kind is Kind.PARAGRAPH and pattern.match(paragraph.text):
            found.add(section)
    return found


def _sections(base: Text) -> dict[int, Path]:
    """What the section under each heading (rank) is called. Where several are called alike, the section above goes
    before, if that helps.
    """
    steps: dict[int, Step] = {}
    above: dict[int, Step | None] = {}
    open_headings: list[tuple[int, Step]] = []
    for rank, paragraph in enumerate(base):
        if paragraph.head.kind is Kind.HEADING:
            step = _section_step(paragraph)
            open_headings = [(level, each) for level, each in open_headings if level < paragraph.head.level]
            above[rank] = open_headings[-1][1] if open_headings else None
            open_headings.append((paragraph.head.level, step))
            steps[rank] = step
    alike: dict[Step, Counter[Step | None]] = defaultdict(Counter)
    for rank, step in steps.items():
        alike[step][above[rank]] += 1
    found: dict[int, Path] = {}
    for rank, step in steps.items():
        outer = above[rank]
        if sum(alike[step].values()) > 1 and outer is not None and alike[step][outer] == 1:
            inner = replace(step, word="Unterabschnitt") if step.word == "Abschnitt" else step
            found[rank] = (outer, inner)
        else:
            found[rank] = (step,)
    return found


def _section_step(paragraph: Paragraph) -> Step:
    title = _SIGNS.sub("", paragraph.text, count=1) if paragraph.head.attribute("literal") else paragraph.text
    title = title.strip()
    if (match := _BY_WORD.match(title)) is not None:
        return Step(match[1], match[2])
    match = _BY_NUMBER.match(title) or _BY_ROMAN.match(title)
    return Step("Abschnitt", match[1] if match else title or "ohne Titel")
