"""Consequential changes (Folgeänderungen): what else a text says of passages and terms that a redline changes.

Three things a careful clerk looks for when a change was adopted: a reference to a heading, section or paragraph that is
struck or numbered otherwise now; a use of a term whose definition is gone or defines another; a use of a term that was
replaced where it was said in a heading, or in more than one change. Found by signs and numbers as German statutes and
concepts write them: a list to be read, which decides nothing and changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

import regex

from amendments.text.model import Kind, Paragraph, Text
from amendments.text.redline import Op, Redline, Run

Label = tuple[str, ...]
"""What a passage is called, from the outside: ("§ 3", "2") is its second paragraph, ("1.2",) a numbered heading."""

MOST_LETTERS_OF_TERM: Final = 60
FEWEST_REPLACEMENTS: Final = 2
"""Somebody who replaces a term in several places probably means every place."""

_NUMBER = r"\d+(?:\.\d+)*[a-z]?"
_NAMED = ("Anlage", "Artikel", "Handlungsfeld", "Maßnahme", "Empfehlung", "Ziel", "Teil")
_PLAIN = ("Abschnitt", "Kapitel", "Nummer", "Nr.", "Punkt", "Ziffer")
"""Words before the number of a heading that has none of its own: "Abschnitt 1.2" is the heading "1.2 Ziele"."""

_HEAD = regex.compile(
    rf"(?:#{{1,6}} )?(?:(?P<sign>§|Art\.) ?(?P<of_sign>{_NUMBER})"
    rf"|(?P<name>{'|'.join(_NAMED)}) (?P<of_name>{_NUMBER})"
    rf"|(?:{'|'.join(map(regex.escape, _PLAIN))}) (?P<of_plain>{_NUMBER})"
    r"|(?P<bare>\d+(?:\.\d+)*[a-z]?)[.)]?)(?=[\s:.–-]|$)"
)
_SUB = regex.compile(r"\((\d+[a-z]?)\)(?=\s)")
_REFERENCE = regex.compile(
    rf"(?<!\w)(?:(?P<sign>§|Art\.) ?(?P<of_sign>{_NUMBER})|(?P<name>{'|'.join(_NAMED)})s? (?P<of_name>{_NUMBER})"
    rf"|(?:{'|'.join(map(regex.escape, _PLAIN))})s? (?P<of_plain>{_NUMBER}))"
    r"(?:,? (?:Absatz|Abs\.) ?(?P<sub>\d+[a-z]?))?(?!\w)"
)
_OWN_SUB = regex.compile(r"(?<!\w)(?:Absatz|Absatzes|Abs\.) ?(?P<sub>\d+[a-z]?)(?!\w)")
_DEFINITION = regex.compile(
    r"\((?:im Folgenden|im Weiteren|nachfolgend|kurz|nachstehend)[:,]? "
    r"(?:„(?P<quoted>[^“”]+)[“”]|(?P<plain>\p{Lu}[^)]*))\)"
    r"|„(?P<meant>[^“”]+)[“”] (?:im Sinne|bezeichnet|bezeichnen|sind|ist|meint)\b"
)
_OF_ANOTHER = regex.compile(
    r"(?:,? (?:Absatz|Abs\.|Satz|Nummer|Nr\.|Buchstabe) ?\w+)*,? "
    r"(?:de[sr] [\p{L} -]*?(?:gesetz|gesetzes|ordnung|buch|buchs|buches|satzung)\b|\p{Lu}\p{L}*\p{Lu}\b)"
)
"""What follows a reference to another statute: "des Baugesetzbuchs", "GemO"."""
_TERM = regex.compile(r"\p{Lu}[\p{L}-]{3,}(?: \p{L}[\p{L}-]+){0,3}")


class LooseEndKind(StrEnum):
    """Why words may have to change too."""

    GONE = "gone"
    """A reference to a passage that was struck."""
    RENUMBERED = "renumbered"
    """A reference to a passage that is numbered otherwise now."""
    UNDEFINED = "undefined"
    """A term whose definition was struck, or defines another term now."""
    REPLACED = "replaced"
    """A term that was replaced elsewhere."""


@dataclass(frozen=True)
class LooseEnd:
    """Words of the new text that may have to change too. `start`, `end`: code points of that paragraph's new words.

    `instead`: what the words probably have to be, or nothing. `by`: the edits that made it necessary, sorted.
    """

    kind: LooseEndKind
    paragraph: str
    start: int
    end: int
    words: str
    instead: str
    by: tuple[str, ...]


def loose_ends(redline: Redline) -> tuple[LooseEnd, ...]:
    """All of them in the order of the new text; words that the redline itself puts in are left out."""
    kept = _Kept(redline)
    found = [*_references(redline, kept), *_terms(redline, kept)]
    rank = {paragraph.identity: number for number, paragraph in enumerate(kept.new)}
    once = {(one.paragraph, one.start, one.end): one for one in reversed(found)}
    return tuple(sorted(once.values(), key=lambda one: (rank[one.paragraph], one.start)))


class _Kept:
    """The new text, and which of its words stood in the old one."""

    def __init__(self, redline: Redline) -> None:
        self.old, self.new = redline.reject(), redline.accept()
        self.inserted: dict[str, list[tuple[int, int]]] = defaultdict(list)
        paragraph, offset = "", 0
        for node in redline.nodes:
            if not node.in_new:
                continue
            if node.starts_new:
                paragraph, offset = node.identity, 0
            for run in node.runs:
                if run.op is Op.DELETE:
                    continue
                length = len(run.rich.text)
                if run.op is Op.INSERT or (not node.has_old and not node.move):
                    self.inserted[paragraph].append((offset, offset + length))
                offset += length

    def stands(self, identity: str, start: int, end: int) -> bool:
        """Whether all these words of the new text were in the old one."""
        return not any(first < end and start < last for first, last in self.inserted.get(identity, ()))

    def matches(self, pattern: regex.Pattern[str]) -> Iterator[tuple[Paragraph, regex.Match[str]]]:
        for paragraph in self.new:
            for match in pattern.finditer(paragraph.text):
                if self.stands(paragraph.identity, *match.span()):
                    yield paragraph, match


# --- references


def _references(redline: Redline, kept: _Kept) -> Iterator[LooseEnd]:
    old, new = _labels(kept.old), _labels(kept.new)
    places = {label: identity for identity, label in reversed(old.items())}
    causes = _causes(redline)
    sections = {identity: label[0] for identity, label in _sections(kept.new).items()}
    for paragraph, match in kept.matches(_REFERENCE):
        if _OF_ANOTHER.match(paragraph.text, match.end()):
            continue
        label = _of_match(match)
        for wanted in (label, label[:1]):
            end = _loose(paragraph, match, wanted, places, new, causes)
            if end is not None:
                yield end
                break
    for paragraph, match in kept.matches(_OWN_SUB):
        if paragraph.identity in sections and not _behind_reference(paragraph.text, match.start()):
            label = (sections[paragraph.identity], match["sub"])
            end = _loose(paragraph, match, label, places, new, causes)
            if end is not None:
                yield end


def _loose(
    paragraph: Paragraph,
    match: regex.Match[str],
    label: Label,
    places: Mapping[Label, str],
    new: Mapping[str, Label],
    causes: Mapping[str, tuple[str, ...]],
) -> LooseEnd | None:
    """None while what the words refer to is called as it was; a heading without a word of its own keeps its number."""
    target = places.get(label)
    if target is None or new.get(target) == label:
        return None
    now = new.get(target)
    kind = LooseEndKind.GONE if now is None else LooseEndKind.RENUMBERED
    instead = _said(now, match[0]) if now is not None else ""
    start, end = match.span()
    return LooseEnd(kind, paragraph.identity, start, end, match[0], instead, causes.get(target, ()))


def _said(label: Label, words: str) -> str:
    """The reference with its number exchanged, in the words that stand there."""
    number = label[0].rsplit(" ", 1)[-1]
    if len(label) == 1:
        return regex.sub(_NUMBER, number, words, count=1)
    parts = list(regex.finditer(_NUMBER, words))
    numbers = [number, label[1]][-len(parts) :]
    for part, value in reversed(list(zip(parts, numbers, strict=True))):
        words = words[: part.start()] + value + words[part.end() :]
    return words


def _behind_reference(text: str, start: int) -> bool:
    """Whether "Absatz 2" belongs to the "§ 3" before it, here or in another statute."""
    return bool(regex.search(rf"(?:§|Art\.|Artikel) ?{_NUMBER},? $", text[max(0, start - 20) : start]))


def _of_match(match: regex.Match[str]) -> Label:
    groups = match.groupdict()
    if groups["sign"]:
        head = f"{groups['sign']} {groups['of_sign']}"
    elif groups["name"]:
        head = f"{groups['name']} {groups['of_name']}"
    else:
        head = groups["of_plain"] or groups["bare"]
    sub = groups.get("sub")
    return (head, sub) if sub else (head,)


def _labels(text: Text) -> dict[str, Label]:
    """What each paragraph is called, where it is called anything: headings, and "(2)" below a heading with "§"."""
    found = _sections(text, heads=True)
    within = _sections(text)
    for paragraph in text:
        sub = _SUB.match(paragraph.text)
        if sub and paragraph.identity in within:
            found[paragraph.identity] = (within[paragraph.identity][0], sub[1])
    return found


def _sections(text: Text, *, heads: bool = False) -> dict[str, Label]:
    """By paragraph: the label of the heading above it; with `heads` the labels of the headings themselves."""
    found: dict[str, Label] = {}
    current: Label | None = None
    for paragraph in text:
        if paragraph.head.kind is Kind.HEADING:
            match = _HEAD.match(paragraph.text)
            current = _of_match(match) if match else None
            if heads and current is not None:
                found[paragraph.identity] = current
        elif not heads and current is not None:
            found[paragraph.identity] = current
    return found


def _causes(redline: Redline) -> dict[str, tuple[str, ...]]:
    """By paragraph: the edits that changed anything of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for node in redline.nodes:
        found[node.identity].update(node.by, node.retyped_by, *(run.by for run in node.runs))
    return {identity: tuple(sorted(names)) for identity, names in found.items() if names}


# --- terms


def _terms(redline: Redline, kept: _Kept) -> Iterator[LooseEnd]:
    found: dict[str, tuple[LooseEndKind, str, str, tuple[str, ...]]] = {}
    for old, new, by in _replaced(redline):
        found[old] = (LooseEndKind.REPLACED, "", new, by)
    for old, where, new, by in _undefined(redline, kept):
        found[old] = (LooseEndKind.UNDEFINED, where, new, by)
    for term, (kind, where, instead, by) in found.items():
        pattern = regex.compile(rf"(?<!\p{{L}}){regex.escape(term)}(?!\p{{L}})")
        for paragraph, match in kept.matches(pattern):
            if paragraph.identity != where:  # there somebody has just looked
                start, end = match.span()
                yield LooseEnd(kind, paragraph.identity, start, end, match[0], instead, by)


def _undefined(redline: Redline, kept: _Kept) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """(term, paragraph, what it defines now, edits) of definitions that the new text does not give any more."""
    now = {term for paragraph in kept.new for term in _defined(paragraph.text)}
    after = {paragraph.identity: _defined(paragraph.text) for paragraph in kept.new}
    causes = _causes(redline)
    for paragraph in kept.old:
        for term in _defined(paragraph.text):
            if term not in now:
                new = [other for other in after.get(paragraph.identity, ()) if other not in _defined(paragraph.text)]
                instead = new[0] if len(new) == 1 else ""
                yield term, paragraph.identity, instead, causes.get(paragraph.identity, ())


def _defined(text: str) -> tuple[str, ...]:
    found = (match["quoted"] or match["plain"] or match["meant"] for match in _DEFINITION.finditer(text))
    return tuple(term for term in found if len(term) <= MOST_LETTERS_OF_TERM)


def _replaced(redline: Redline) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(term, its replacement, edits): by the same other term in a heading, or several times."""
    times: dict[str, list[tuple[str, tuple[str, ...], bool]]] = defaultdict(list)
    for node in redline.nodes:
        for old, new, by in _exchanges(node.runs):
            times[old].append((new, by, node.head.kind is Kind.HEADING))
    for old, found in times.items():
        if len(found) < FEWEST_REPLACEMENTS and not any(in_heading for _, _, in_heading in found):
            continue
        news = {new for new, _, _ in found}
        if len(news) == 1:
            yield old, news.pop(), tuple(sorted({name for _, names, _ in found for name in names}))


def _exchanges(runs: Iterable[Run]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """A term struck with other words in its place, side by side in either order."""
    for first, second in pairwise(runs):
        struck, put = (first, second) if first.op is Op.DELETE else (second, first)
        if struck.op is Op.DELETE and put.op is Op.INSERT:
            old, new = struck.rich.text.strip(), put.rich.text.strip()
            if _TERM.fullmatch(old) and _TERM.fullmatch(new) and old != new:
                yield old, new, tuple(sorted({*struck.by, *put.by}))
