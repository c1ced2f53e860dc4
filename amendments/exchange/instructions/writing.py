"""From hunks to orders: a paragraph's words, and what becomes of whole paragraphs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from amendments.exchange.instructions.carrying_out import hunks_of
from amendments.exchange.instructions.orders import (
    Add,
    Append,
    Begin,
    Order,
    Place,
    Rewrite,
    Shift,
    Strike,
    Substitute,
    Turn,
    Words,
)
from amendments.exchange.instructions.places import Path, Places
from amendments.exchange.instructions.scopes import occurrences, sentences
from amendments.exchange.instructions.trouble import NotUnderstood
from amendments.exchange.instructions.wording import Piece, orders_of, pieces_of
from amendments.text.applying import apply
from amendments.text.checking import MisfitError, check
from amendments.text.hunks import START, Delete, Edit, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import Paragraph, Rich, Text, concat

_SHORTEST, _LONGEST = 3, 8
"""Words quoted to say where a new paragraph begins."""


def orders_for(places: Places, hunks: Sequence[Hunk]) -> list[Order]:
    """Orders that make of the text exactly what the hunks make of it, in text order."""
    low, high = _window(places, hunks)
    base = places.base[low:high]
    expected = apply(base, [Edit("", tuple(hunks))])
    orders = _Writer(places, hunks).orders()
    if orders is not None and _makes(places, orders, base, expected):
        return orders
    return _regions(places, low, base, expected)


def _window(places: Places, hunks: Iterable[Hunk]) -> tuple[int, int]:
    """The paragraphs that are touched, and one more on each side."""
    ranks = [rank for hunk in hunks for rank in _ranks(places, hunk)]
    return max(0, min(ranks) - 1), max(ranks) + 2


def _ranks(places: Places, hunk: Hunk) -> list[int]:
    match hunk:
        case Join():
            return [places.rank[hunk.left], places.rank[hunk.right]]
        case Insert():
            return [_gap(places, hunk.gap.after)]
        case Move():
            return [_gap(places, hunk.gap.after), *(places.rank[name] for name in hunk.block)]
        case _:
            return [places.rank[hunk.paragraph]]


def _gap(places: Places, after: str) -> int:
    return -1 if after == START else places.rank[after]


def _makes(places: Places, orders: Iterable[Order], base: Text, expected: Text) -> bool:
    try:
        hunks = tuple(hunk for order in orders for hunk in hunks_of(places, order))
        if not _words_apart(hunks):
            check(base, hunks)
    except (NotUnderstood, MisfitError):
        return False
    return apply(base, [Edit("", hunks)]) == expected


def _words_apart(hunks: Iterable[Hunk]) -> bool:
    """Whether these are only words and no two of them touch: then they fit one another, which `check` would ask of each
    pair.
    """
    places: list[tuple[str, int, int]] = []
    for hunk in hunks:
        if not isinstance(hunk, Replace):
            return False
        places.append((hunk.paragraph, hunk.start, hunk.end))
    places.sort()
    return all(one[0] != other[0] or one[2] < other[1] for one, other in pairwise(places))


def _regions(places: Places, low: int, base: Text, expected: Text) -> list[Order]:
    """Whole paragraphs in place of whole paragraphs: what can always be said."""
    begin, end = _equal_ends(base, expected)
    low, base, expected = low + begin, base[begin : len(base) - end], expected[begin : len(expected) - end]
    old, new = ([paragraph.content.hash for paragraph in text] for text in (base, expected))
    orders: list[Order] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        contents = tuple(paragraph.content for paragraph in expected[c:d])
        first, last = low + a, low + b - 1
        if what == "insert":
            orders.append(Add(places.paths[last] if last >= 0 else (), contents))
        elif what == "delete":
            orders.append(Strike(Place(places.paths[first]), places.paths[last]))
        elif what == "replace" and len(contents) == b - a == 1 and contents[0].head == base[a].head:
            orders.append(Rewrite(Place(places.paths[first]), contents[0].rich))
        elif what == "replace":
            orders.append(Substitute(places.paths[first], places.paths[last], contents))
    return orders


def _equal_ends(one: Text, other: Text) -> tuple[int, int]:
    """How many paragraphs are equal at the beginning, and at the end."""
    most = min(len(one), len(other))
    begin = next((number for number in range(most) if one[number] != other[number]), most)
    most -= begin
    return begin, next((number for number in range(most) if one[-1 - number] != other[-1 - number]), most)


class _Writer:
    def __init__(self, places: Places, hunks: Sequence[Hunk]) -> None:
        self.places = places
        self.words: dict[int, list[Replace]] = defaultdict(list)
        self.struck: dict[int, int] = {}
        """First and last rank of each run of struck paragraphs."""
        self.inserts: dict[int, Insert] = {}
        self.others: list[Hunk] = []
        self.cut: set[int] = set()
        """Paragraphs that are split or joined: their words are ordered hunk by hunk."""
        self._sort(hunks)

    def _sort(self, hunks: Sequence[Hunk]) -> None:
        deleted = []
        for hunk in hunks:
            match hunk:
                case Replace():
                    self.words[self.places.rank[hunk.paragraph]].append(hunk)
                case Delete():
                    deleted.append(self.places.rank[hunk.paragraph])
                case Insert():
                    self.inserts[_gap(self.places, hunk.gap.after)] = hunk
                case _:
                    self.others.append(hunk)
                    if isinstance(hunk, Split | Join):
                        self.cut.update(_ranks(self.places, hunk))
        for rank in sorted(deleted):
            first = next((first for first, last in self.struck.items() if last == rank - 1), rank)
            self.struck[first] = rank

    def orders(self) -> list[Order] | None:
        """None if something in it has no form of its own. One gap with two arrivals is left to `_regions`."""
        found: list[tuple[int, Order]] = [(_ranks(self.places, hunk)[-1], self._other(hunk)) for hunk in self.others]
        found += self._paragraphs()
        for rank, hunks in self.words.items():
            found += [(rank, order) for order in self._wording(rank, hunks)]
        return [order for _, order in sorted(found, key=lambda each: each[0])]

    def _paragraphs(self) -> list[tuple[int, Order]]:
        found: list[tuple[int, Order]] = []
        inserts = dict(self.inserts)
        for first, last in self.struck.items():
            arriving = next((gap for gap in range(first - 1, last + 1) if gap in inserts), None)
            if arriving is None:
                found.append((first, Strike(Place(self._path(first)), self._path(last))))
            else:
                contents = inserts.pop(arriving).contents
                found.append((first, Substitute(self._path(first), self._path(last), contents)))
        return [*found, *((gap, Add(self._path(gap), hunk.contents)) for gap, hunk in inserts.items())]

    def _path(self, rank: int) -> Path:
        return self.places.paths[rank] if rank >= 0 else ()

    def _other(self, hunk: Hunk) -> Order:
        rank = self.places.rank
        match hunk:
            case Split():
                return self._begin(hunk)
            case Join():
                between = self._between(hunk)
                return Append(self._path(rank[hunk.left]), self._path(rank[hunk.right]), between)
            case Move():
                ends = (self._path(rank[hunk.block[0]]), self._path(rank[hunk.block[-1]]))
                return Shift(*ends, self._path(_gap(self.places, hunk.gap.after)))
            case Retype():
                return Turn(self._path(rank[hunk.paragraph]), hunk.new)
            case _:
                raise TypeError(hunk)

    def _between(self, join: Join) -> Rich:
        """What is put in where the two meet belongs to the join."""
        words = self.words[self.places.rank[join.left]]
        for hunk in words:
            if hunk.start == hunk.end == join.length:
                words.remove(hunk)
                return hunk.new
        return self._space(self.places.rank[join.right])

    def _space(self, right: int) -> Rich:
        """The space that is left where the right one's first words are struck: it goes with them, and comes between."""
        text = self.places.base[right].text
        for number, hunk in enumerate(self.words[right]):
            blank = text[hunk.end : hunk.end + 1]
            if hunk.start == 0 < hunk.end and not hunk.new.text and blank == " ":
                old = self.places.base[right].content.rich.slice(0, hunk.end + 1)
                if not old.slice(hunk.end, hunk.end + 1).marks:
                    self.words[right][number] = Replace(hunk.paragraph, 0, hunk.end + 1, old, Rich())
                    return Rich(" ")
        return Rich()

    def _begin(self, split: Split) -> Begin:
        """The white space that goes where a paragraph is cut belongs to the cut."""
        rank = self.places.rank[split.paragraph]
        text = self.places.base[rank].text
        start = split.offset + len(text[split.offset :]) - len(text[split.offset :].lstrip())
        for hunk in self.words[rank]:
            if (hunk.start, hunk.end) == (split.offset, start) and not hunk.new.text and hunk.old.text:
                self.words[rank].remove(hunk)
                break
        for number, (begin, _) in enumerate(sentences(text), 1):
            if begin == start:
                return Begin(Place(self._path(rank), number), None, split.head)
        return Begin(Place(self._path(rank)), _words_at(text, start), split.head)

    def _wording(self, rank: int, hunks: Sequence[Replace]) -> list[Order]:
        if not hunks:
            return []
        paragraph, path = self.places.base[rank], self._path(rank)
        new = _reworded(paragraph, hunks)
        if rank in self.cut:
            pieces = [Piece(hunk.start, hunk.end, hunk.new) for hunk in sorted(hunks, key=lambda hunk: hunk.start)]
        else:
            pieces = pieces_of(paragraph.content.rich, new)
        orders = orders_of(paragraph, path, pieces)
        return [Rewrite(Place(path), new)] if orders is None else list(orders)


def _reworded(paragraph: Paragraph, hunks: Sequence[Replace]) -> Rich:
    parts: list[Rich] = []
    place = 0
    for hunk in sorted(hunks, key=lambda hunk: (hunk.start, hunk.end)):
        parts += [paragraph.content.rich.slice(place, hunk.start), hunk.new]
        place = hunk.end
    return concat([*parts, paragraph.content.rich.slice(place, len(paragraph.text))])


def _words_at(text: str, start: int) -> Words:
    """So many words from `start` on that they stand only once in the text."""
    ends = [place for place, sign in enumerate(text) if sign.isspace() and place > start] + [len(text)]
    within = (0, len(text))
    for end in ends[min(_SHORTEST, len(ends)) - 1 : _LONGEST]:
        if list(occurrences(text, within, text[start:end])) == [start]:
            return Words(text[start:end])
    words = text[start : ends[0]]
    found = list(occurrences(text, within, words))
    return Words(words, found.index(start) + 1 if start in found and len(found) > 1 else 0)
