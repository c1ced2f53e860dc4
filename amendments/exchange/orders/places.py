"""Where a place lies that somebody names in a mail. People count differently, so a name may mean several areas: what is
ordered holds only if it comes out the same for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from amendments.exchange.instructions.scopes import sentences
from amendments.exchange.orders.found import MANY_PLACES, NO_ORDER, NO_PLACE, Unsure
from amendments.exchange.orders.speech import Step
from amendments.text.lines import line_starts
from amendments.text.model import Kind, Text
from amendments.text.numbering import label_end

_NUMBERED = re.compile(
    r"(?P<word>§|[A-ZÄÖÜ]\w+)?[ \u00a0]?(?P<number>\d+[a-z]?(?:\.\d+[a-z]?)*|[IVXLC]+)"
    r"(?:[.:)]|(?=[ \u00a0])|$)[ \u00a0.:–-]*"
    r"(?P<title>.*)"
)
_SIGNS = re.compile("#{1,6} ")
_OWN = {
    "paragraph": re.compile(r"\((\d+[a-z]?)\)[ \u00a0]"),
    "item": re.compile(r"(\d+[a-z]?)[.)][ \u00a0]"),
    "letter": re.compile(r"([a-z])\)[ \u00a0]"),
}
_SAME_WORD = {
    "kap": "kapitel", "abschn": "abschnitt", "art": "artikel", "paragraph": "§", "paragraf": "§",
    "unterabschnitt": "abschnitt", "gliederungspunkt": "abschnitt",
}  # fmt: skip
_ANY_WORD = frozenset(["abschnitt", "kapitel", "punkt", "pkt", "nummer", "nr", "ziffer", "ziff", "gliederungsnummer"])
"""May stand before the number of a heading that has no word of its own."""


@dataclass(frozen=True)
class Area:
    """Paragraphs from `first` to before `last`; of a single one perhaps only the code points of `span`."""

    first: int
    last: int
    span: tuple[int, int] | None = None
    section: bool = False
    """A heading (`first`) and what stands under it."""
    sentence: bool = False
    pieces: tuple[tuple[int, int], ...] = ()

    @property
    def ranks(self) -> range:
        return range(self.first, self.last)


@dataclass(frozen=True)
class _Title:
    rank: int
    last: int
    word: str
    number: str
    title: str
    whole: str


@dataclass(frozen=True)
class Found:
    """`areas`: what the place may mean. `lines`: what is said of them. `paged`: a page was named, which says nothing
    here.
    """

    areas: tuple[Area, ...]
    lines: tuple[int, int] | None = None
    paged: bool = False
    named: bool = True


class Gazetteer:
    """The places of one text."""

    def __init__(self, base: Text) -> None:
        self.base = base
        counts = [len(starts) for starts in line_starts(base)]
        self._first_lines = [1, *(1 + total for total in accumulate(counts))]
        self.starts = line_starts(base)
        self._titles = _titles(base)

    @property
    def titles(self) -> list[str]:
        return [words for one in self._titles for words in (one.title, one.whole)]

    def line_of(self, rank: int, offset: int) -> int:
        within = sum(1 for start in self.starts[rank] if start <= offset)
        return self._first_lines[rank] + max(0, within - 1)

    def borders(self) -> tuple[list[int], list[int]]:
        """First and last line of each paragraph."""
        return self._first_lines[:-1], [line - 1 for line in self._first_lines[1:]]

    def behind_number(self, rank: int, new: str) -> int:
        """Where the words of a paragraph begin behind its number, if the new ones bring none."""
        text = self.base[rank].text
        if self.base[rank].head.kind is not Kind.HEADING:
            return 0 if label_end(new) else behind_label(text)
        title = next(one.title for one in self._titles if one.rank == rank)
        brings_one = _NUMBERED.fullmatch(new) is not None
        return len(text) - len(title) if text.endswith(title) and not brings_one else 0

    def whole(self) -> Area:
        return Area(0, len(self.base))

    def find(self, steps: Sequence[Step]) -> Found:
        """Raises Unsure where the text has no such place."""
        steps, paged = _without_pages(steps)
        lines = _only(steps, "line")
        order = ["section", "heading", "table", "footnote", "number", "paragraph", "item", "letter", "sentence"]
        known = [step for step in steps if step.kind != "line"]
        areas: list[Area] = [self.whole()]
        for step in sorted(known, key=lambda one: order.index(one.kind)):
            areas = list(dict.fromkeys(area for one in areas for area in self._inside(one, step)))
            if not areas:
                raise Unsure(NO_PLACE, place=step.said)
        if lines is not None and lines.numbers[1] >= self._first_lines[-1]:
            raise Unsure(NO_PLACE, place=lines.said)
        return Found(tuple(areas), lines.numbers if lines else None, paged, bool(known or lines))

    def _inside(self, area: Area, step: Step) -> Iterable[Area]:
        match step.kind:
            case "section":
                return self._sections(area, step)
            case "heading":
                return self._headings(area)
            case "number":
                return [*self._sections(area, step), *self._items(area, replace(step, kind="item"))]
            case "table":
                return self._kind(area, Kind.TABLE_ROW)
            case "footnote":
                return self._footnotes(area, step)
            case "paragraph":
                return self._paragraphs(area, step)
            case "item":
                return self._items(area, step)
            case "letter":
                return self._letters(area, step)
            case _:
                return self._sentences(area, step)

    # --- sections

    def _sections(self, area: Area, step: Step) -> list[Area]:
        word = re.sub(r"[\d.]+$", "", step.said).strip().split(" ")[0].rstrip(".").lower()
        found = []
        for one in self._titles:
            inside = area.first <= one.rank < area.last and not (area.section and one.rank == area.first)
            if inside and _is_called(one, word, step.label):
                found.append(Area(one.rank, one.last, section=True))
        return found

    def _headings(self, area: Area) -> list[Area]:
        if area.section:
            return [Area(area.first, area.first + 1)]
        return [Area(one.rank, one.rank + 1) for one in self._titles if area.first <= one.rank < area.last]

    def _pieces(self, area: Area) -> list[Area]:
        """Runs of paragraphs without a heading: of a section what stands right under its heading, if anything does."""
        cuts = [rank for rank in area.ranks if self.base[rank].head.kind is Kind.HEADING]
        borders = [area.first - 1, *cuts, area.last]
        runs = [Area(a + 1, b) for a, b in pairwise(borders) if a + 1 < b]
        direct = [run for run in runs if area.section and run.first == area.first + 1]
        return direct or runs

    # --- paragraphs and items

    def _paragraphs(self, area: Area, step: Step) -> list[Area]:
        found: list[Area] = []
        for piece in self._pieces(area):
            plain = [rank for rank in piece.ranks if self.base[rank].head.kind is Kind.PARAGRAPH]
            printed = {match[1]: rank for rank in plain if (match := _OWN["paragraph"].match(self.base[rank].text))}
            if printed:
                found += self._printed(piece, printed, step)
                continue
            every = [rank for rank in piece.ranks if self.base[rank].head.kind is not Kind.FOOTNOTE]
            blocks = [rank for rank in every if rank in plain or rank == every[0] or rank - 1 in plain]
            for counted in (plain, blocks, every):
                found += _nth(counted, step.numbers)
        return found

    def _printed(self, piece: Area, printed: dict[str, int], step: Step) -> list[Area]:
        ranks = list(printed.values())
        if step.numbers[0] < 0:
            chosen = _nth(ranks, step.numbers)
        else:
            labels = [step.label] * 2 if step.label else [str(number) for number in step.numbers]
            ends = [printed.get(label) for label in labels]
            chosen = [Area(ends[0], ends[1] + 1)] if ends[0] is not None and ends[1] is not None else []
        return [
            Area(one.first, min([rank for rank in ranks if rank >= one.last], default=piece.last)) for one in chosen
        ]

    def _items(self, area: Area, step: Step) -> list[Area]:
        found: list[Area] = []
        if not step.label.isdecimal() and step.label:  # "Nummer 5a" is printed, not counted
            return self._labelled(area, "item", step)
        for run in self._lists(area):
            top = min(self.base[rank].head.level for rank in run)
            outer = [rank for rank in run if self.base[rank].head.level == top]
            found += _nth(outer, step.numbers)
            if len(outer) < len(run):
                found += _nth(run, step.numbers)
        every = [rank for run in self._lists(area) for rank in run]
        found += _nth(every, step.numbers) if step.numbers[0] > 0 else []
        return [*found, *self._labelled(area, "item", step)]

    def _lists(self, area: Area) -> list[list[int]]:
        """The runs of items in it, or right behind it if it is one paragraph."""
        last = area.last
        while last < len(self.base) and area.last - area.first == 1 and self.base[last].head.kind is Kind.LIST_ITEM:
            last += 1
        runs: list[list[int]] = []
        for rank in range(area.first, last):
            if self.base[rank].head.kind is Kind.LIST_ITEM:
                if runs and runs[-1][-1] == rank - 1:
                    runs[-1].append(rank)
                else:
                    runs.append([rank])
        return runs

    def _letters(self, area: Area, step: Step) -> list[Area]:
        return self._labelled(area, "letter", replace(step, numbers=(1, 1)))

    def _labelled(self, area: Area, kind: str, step: Step) -> list[Area]:
        """Paragraphs that begin with their number ("3.", "a)")."""
        if step.numbers[0] != step.numbers[1] or step.numbers[0] < 1:
            return []
        wanted = step.label or str(step.numbers[0])
        found = []
        for rank in area.ranks:
            match = _OWN[kind].match(self.base[rank].text)
            if match and self.base[rank].head.kind is not Kind.HEADING and match[1] == wanted:
                found.append(Area(rank, rank + 1))
        return found

    def _kind(self, area: Area, kind: Kind) -> list[Area]:
        ranks = [rank for rank in area.ranks if self.base[rank].head.kind is kind]
        return [Area(rank, rank + 1) for rank in ranks]

    def _footnotes(self, area: Area, step: Step) -> list[Area]:
        label = step.label
        return [one for one in self._kind(area, Kind.FOOTNOTE) if self.base[one.first].head.attribute("label") == label]

    # --- sentences

    def _sentences(self, area: Area, step: Step) -> list[Area]:
        found: list[Area] = []
        pieces = self._pieces(area) if area.section else [area]
        for piece in pieces:
            for rank in piece.ranks:
                text = self.base[rank].text
                spans = list(sentences(text))
                spans[:1] = [(behind_label(text), spans[0][1])] if behind_label(text) < spans[0][1] else spans[:1]
                chosen = _nth(range(len(spans)), step.numbers)
                for one in chosen:
                    span = (spans[one.first][0], spans[one.last - 1][1])
                    found.append(Area(rank, rank + 1, span, sentence=True))
        return found


def behind_label(text: str) -> int:
    """Where the words begin behind "(2) ": the number belongs to the paragraph, not to its first sentence."""
    end = label_end(text)
    return end + len(text[end:]) - len(text[end:].lstrip()) if end else 0


def _nth(ranks: Sequence[int], numbers: tuple[int, int]) -> list[Area]:
    """From the n-th to the m-th of these; nothing if there are fewer."""
    first, last = (number - 1 if number > 0 else len(ranks) + number for number in numbers)
    if not 0 <= first <= last < len(ranks):
        return []
    return [Area(ranks[first], ranks[last] + 1)]


def _only(steps: Sequence[Step], kind: str) -> Step | None:
    found = [step for step in steps if step.kind == kind]
    if len(found) > 1:
        raise Unsure(MANY_PLACES)
    return found[0] if found else None


def _without_pages(steps: Sequence[Step]) -> tuple[list[Step], bool]:
    """The step "S. 3" is a page, unless it stands behind the paragraph whose sentence it is."""
    kept: list[Step] = []
    paged = False
    kinds = {"paragraph", "item", "number", "section", "letter"}
    for number, step in enumerate(steps):
        short = step.said.startswith(("S.", "s."))
        if step.kind == "page" or (short and not any(one.kind in kinds for one in steps[:number])):
            paged = True
        else:
            kept.append(step)
    for kind in kinds - {"section"} | {"sentence", "heading"}:
        if sum(step.kind == kind for step in kept) > 1:
            raise Unsure(NO_ORDER)
    return ([step for step in kept if step.kind != "paragraph"] if paged else kept), paged


def _titles(base: Text) -> list[_Title]:
    found = []
    for rank, paragraph in enumerate(base):
        if paragraph.head.kind is not Kind.HEADING:
            continue
        ends = (n for n in range(rank + 1, len(base)) if base[n].head.kind is Kind.HEADING)
        last = next((n for n in ends if base[n].head.level <= paragraph.head.level), len(base))
        words = _SIGNS.sub("", paragraph.text, count=1) if paragraph.head.attribute("literal") else paragraph.text
        words = " ".join(words.split())
        match = _NUMBERED.fullmatch(words)
        if match is None:
            found.append(_Title(rank, last, "", "", words, words))
        else:
            found.append(_Title(rank, last, (match["word"] or "").lower(), match["number"], match["title"], words))
    return found


def _is_called(one: _Title, word: str, label: str) -> bool:
    if not re.fullmatch(r"\d+(?:\.\d+)*[a-z]?|[IVX]+", label):
        return label.casefold() in (one.title.casefold(), one.whole.casefold())
    if one.number != label:
        return False
    words = {_SAME_WORD.get(each, each) for each in (word, word.removesuffix("s"), word.removesuffix("es"))}
    if not word:
        return True
    return one.word in words if one.word else bool(words & _ANY_WORD)
