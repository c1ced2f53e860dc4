"""Equal wishes of which nobody can tell whether they are one: where the same words stand twice or more in a row, two
files that each lack one of them look alike, whether both mean the same one or each means another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amendments.text.diff import token_keys
from amendments.text.hunks import START, Delete, Edit, Gap, Hunk, Insert, Join, Move, Replace, Split
from amendments.text.model import Content, Rich, Text, concat
from amendments.text.sentences import sentence_starts
from amendments.text.tokens import tokenise


def repeated(base: Text, hunks: Iterable[Hunk]) -> tuple[Hunk, ...]:
    """Those of `hunks` that strike, change or add a paragraph of a run of equal ones, or strike or add words beside
    equal words.
    """
    rank = {paragraph.identity: number for number, paragraph in enumerate(base)}
    return tuple(hunk for hunk in hunks if _repeats(base, rank, hunk))


def _repeats(base: Text, rank: dict[str, int], hunk: Hunk) -> bool:
    match hunk:
        case Delete():
            return _beside(base, rank[hunk.paragraph], hunk.old, (-1, 1))
        case Insert():
            left = -1 if hunk.gap.after == START else rank[hunk.gap.after]
            first, last = hunk.contents[0], hunk.contents[-1]
            return _beside(base, left, last, (0,)) or _beside(base, left, first, (1,))
        case Replace():
            number = rank[hunk.paragraph]
            return _beside(base, number, base[number].content, (-1, 1)) or _words_repeat(base[number].text, hunk)
        case _:
            return False


def _beside(base: Text, number: int, content: Content, steps: Iterable[int]) -> bool:
    places = (number + step for step in steps)
    return any(0 <= place < len(base) and base[place].content == content for place in places)


def _words_repeat(text: str, hunk: Replace) -> bool:
    """Pure striking or adding beside the same words. A sign or white space alone says nothing."""
    words = hunk.old.text or hunk.new.text
    if (hunk.old.text and hunk.new.text) or not (_says_something(words) and _may_repeat(text, hunk, words)):
        return False
    near, size = WINDOW + 2 * len(words), len(tokenise(words))
    before, behind = tokenise(text[max(0, hunk.start - near) : hunk.start]), tokenise(text[hunk.end : hunk.end + near])
    return "".join(before[-size:]) == words or "".join(behind[:size]) == words


WINDOW = 400
"""Code points on each side in which repeated words are looked for, beside twice the length of the words."""
LONGEST = 24
"""Tokens: of words that are replaced, how long a repeated beginning or end is looked for."""


@dataclass(frozen=True, slots=True)
class Loose:
    """A strike or an addition that could as well lie elsewhere between `start` and `end`: the text that follows is the
    same. `line`: the identity of the paragraph in which it strikes or adds words, whose code points are counted; "" for
    whole paragraphs, where paragraph n of the base is 2n+1 and the gap before it 2n.
    """

    line: str
    start: int
    end: int
    whole: bool = True
    """It could lie beside itself; else only so that the places overlap, and two that strike the same are one wish."""


def loose(base: Text, hunks: Sequence[Hunk]) -> list[tuple[Loose, tuple[Hunk, ...]]]:
    """Those of one copy's hunks that repeat what stands beside them, each with how far it could lie.
    Paragraphs struck one behind the other are one strike.
    """
    return _Places(base, hunks).loose()


def spot(rank: Mapping[str, int], hunk: Hunk) -> tuple[tuple[str, int, int], ...]:
    """What a hunk touches, counted as in `Loose`; where something is added, nothing wide."""
    match hunk:
        case Replace():
            number = rank[hunk.paragraph]
            return ((hunk.paragraph, hunk.start, hunk.end), ("", 2 * number + 1, 2 * number + 2))
        case Insert():
            gap = _gap(rank, hunk)
            return (("", 2 * gap, 2 * gap),)
        case Join():
            return (("", 2 * rank[hunk.left] + 1, 2 * rank[hunk.right] + 2),)
        case Move():
            gap = _gap(rank, hunk)
            moved = ("", 2 * rank[hunk.block[0]] + 1, 2 * rank[hunk.block[-1]] + 2)
            return moved, ("", 2 * gap, 2 * gap)
        case _:
            return (("", 2 * rank[hunk.paragraph] + 1, 2 * rank[hunk.paragraph] + 2),)


def at_last(base: Text, edit: Edit) -> Edit:
    """The same copy of `base`, where every strike and addition that could lie in several places lies in the last one
    that its other changes leave it: so two copies agree on it whatever else was changed in them.
    """
    return Edit(edit.id, tuple(_Places(base, edit.hunks).at_last()))


def _gap(rank: Mapping[str, int], hunk: Insert | Move) -> int:
    """The number of the paragraph behind the gap."""
    return 0 if hunk.gap.after == START else rank[hunk.gap.after] + 1


class _Places:
    def __init__(self, base: Text, hunks: Sequence[Hunk]) -> None:
        self.base, self.hunks = base, hunks
        self.rank = {paragraph.identity: number for number, paragraph in enumerate(base)}
        self.struck = {self.rank[hunk.paragraph] for hunk in hunks if isinstance(hunk, Delete)}
        self.arriving = Counter(_gap(self.rank, hunk) for hunk in hunks if isinstance(hunk, Insert | Move))
        self.touched = {
            (place - 1) // 2
            for hunk in hunks
            if not isinstance(hunk, Insert | Delete)
            for line, start, end in spot(self.rank, hunk)
            if not line
            for place in range(start | 1, end, 2)
        }
        self.spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for each in sorted(
            (each for each in hunks if isinstance(each, Replace)), key=lambda each: (each.start, each.end)
        ):
            self.spans[each.paragraph].append((each.start, each.end))
        self.elsewise = {
            name
            for hunk in hunks
            if isinstance(hunk, Split | Join)
            for name in ((hunk.left, hunk.right) if isinstance(hunk, Join) else (hunk.paragraph,))
        }

    # --- how far could it lie?

    def loose(self) -> list[tuple[Loose, tuple[Hunk, ...]]]:
        found: list[tuple[Loose, tuple[Hunk, ...]]] = []
        contents = [paragraph.content for paragraph in self.base]
        strikes: dict[int, Hunk] = {self.rank[each.paragraph]: each for each in self.hunks if isinstance(each, Delete)}
        for first, end in self._strikes():
            own = tuple(strikes[number] for number in range(first, end))
            low, high = _reach(contents, first, end)
            if high - low > end - first:
                whole = high - low >= end - first + _period(contents[first:end])
                found.append((Loose("", 2 * low + 1, 2 * high, whole), own))
            else:  # of a larger strike its edges may lie elsewhere
                for number, hunk in zip(range(first, end), own, strict=True):
                    low, high = _reach(contents, number, number + 1)
                    if high - low > 1 and (low < first or high > end):
                        found.append((Loose("", 2 * low + 1, 2 * high), (hunk,)))
        for hunk in self.hunks:
            if isinstance(hunk, Insert):
                gap, size = _gap(self.rank, hunk), len(hunk.contents)
                low, high = _reach([*contents[:gap], *hunk.contents, *contents[gap:]], gap, gap + size)
                if high - size > low:
                    whole = high - size - low >= _period(hunk.contents)
                    found.append((Loose("", 2 * low + 1, 2 * (high - size), whole), (hunk,)))
            elif isinstance(hunk, Replace):
                found += [(place, (hunk,)) for place in (*self._loose_words(hunk), *self._loose_edges(hunk))]
        return found

    def _loose_words(self, hunk: Replace) -> list[Loose]:
        rich = self.base[self.rank[hunk.paragraph]].content.rich
        found = []
        for words, added in ((hunk.old, 0), (hunk.new, len(hunk.new))):
            if not _may_repeat(rich.text, hunk, words.text):
                continue
            row = _Words.of(rich, hunk, words)
            for first, end in row.repeating(whole=not (hunk.old and hunk.new)):
                low, high = _reach(row.keys, first, end)
                if high - low >= end - first + _period(row.keys[first:end]):
                    start, stop = row.offset(low), row.offset(high) - added
                    found.append(Loose(hunk.paragraph, min(hunk.start, start), max(hunk.end, stop)))
        return found

    def _loose_edges(self, hunk: Replace) -> list[Loose]:
        """Words that begin or end as what stands beside them, and no sentence begins that would say where they lie."""
        rich, own = self.base[self.rank[hunk.paragraph]].content.rich, hunk.old or hunk.new
        if (hunk.old and hunk.new) or not _may_repeat(rich.text, hunk, own.text):
            return []
        row = _Words.of(rich, hunk, own)
        low, high = row.reach()
        beside = [*row.tokens[low : row.first], *row.tokens[row.end : high]]
        if row.repeats(low, high) or not any(map(_says_something, beside)):
            return []
        places = range(low, high - (row.end - row.first) + 1)
        if any(_begins_sentence(rich.text, row.offset(place)) for place in places):
            return []
        return [Loose(hunk.paragraph, row.offset(low), row.offset(high) - len(hunk.new), whole=False)]

    # --- the last place

    def at_last(self) -> list[Hunk]:
        moved: dict[int, int] = {}
        for first, end in reversed(self._strikes()):
            step = self._strike_step(first, end)
            self.struck |= set(range(first + step, end + step))
            self.struck -= set(range(first, min(end, first + step)))
            moved |= {number: number + step for number in range(first, end)}
        return [self._at_last(hunk, moved) for hunk in self.hunks]

    def _at_last(self, hunk: Hunk, moved: Mapping[int, int]) -> Hunk:
        match hunk:
            case Delete():
                paragraph = self.base[moved[self.rank[hunk.paragraph]]]
                return Delete(paragraph.identity, paragraph.content)
            case Insert():
                return self._insert_at_last(hunk)
            case Replace() if hunk.paragraph not in self.elsewise:
                now, spans = self._words_at_last(hunk), self.spans[hunk.paragraph]
                spans[bisect_left(spans, (hunk.start, hunk.end))] = (now.start, now.end)
                return now
            case _:
                return hunk

    def _strikes(self) -> list[tuple[int, int]]:
        """Paragraphs struck one behind the other."""
        found: list[tuple[int, int]] = []
        for number in sorted(self.struck):
            if found and found[-1][1] == number:
                found[-1] = (found[-1][0], number + 1)
            else:
                found.append((number, number + 1))
        return found

    def _strike_step(self, first: int, end: int) -> int:
        if any(self.arriving[gap] for gap in range(first, end + 1)):
            return 0
        step = 0
        while self._stays(end + step) and self.base[first + step].content == self.base[end + step].content:
            step += 1
        return step

    def _stays(self, number: int) -> bool:
        """Whether a paragraph stands as it was, with nothing new behind it."""
        return number < len(self.base) and not (
            number in self.touched or number in self.struck or self.arriving[number + 1]
        )

    def _insert_at_last(self, hunk: Insert) -> Insert:
        gap, contents = _gap(self.rank, hunk), deque(hunk.contents)
        if self.arriving[gap] > 1 or gap - 1 in self.struck:
            return hunk
        while self._stays(gap) and self.base[gap].content == contents[0]:
            contents.rotate(-1)
            gap += 1
        return Insert(Gap(self.base[gap - 1].identity if gap else START), tuple(contents))

    def _words_at_last(self, hunk: Replace) -> Replace:
        """Words that do not repeat themselves as a whole, but begin or end as what stands beside them, lie where a
        sentence begins, if one does where they could lie: who adds a sentence adds it before or behind one.
        """
        rich, own = self.base[self.rank[hunk.paragraph]].content.rich, hunk.old or hunk.new
        if (hunk.old and hunk.new) or not (_says_something(own.text) and _may_repeat(rich.text, hunk, own.text)):
            return hunk
        row = _Words.of(rich, hunk, own)
        low, high = row.reach()
        size = row.end - row.first
        places = self._free(hunk, row, range(low, high - size + 1))
        if not places:
            return hunk
        first = places[-1]
        if not row.repeats(low, high):
            first = next((place for place in reversed(places) if _begins_sentence(rich.text, row.offset(place))), first)
        shifted, start = row.cut(first, first + size), row.offset(first)
        if hunk.old:
            return Replace(hunk.paragraph, start, start + len(shifted), shifted, hunk.new)
        return Replace(hunk.paragraph, start, start, hunk.old, shifted)

    def _free(self, hunk: Replace, row: _Words, places: range) -> range:
        """Which of these places are free of the copy's other changes in the paragraph, and do not touch them."""
        spans = self.spans[hunk.paragraph]
        own = bisect_left(spans, (hunk.start, hunk.end))
        before = spans[own - 1][1] if own else -1
        behind = spans[own + 1][0] if own + 1 < len(spans) else 1 << 60
        starts = ((place, row.offset(place)) for place in places)
        found = [place for place, start in starts if before < start and start + len(hunk.old) < behind]
        return range(found[0], found[-1] + 1) if found else range(0)


@dataclass(frozen=True)
class _Words:
    """A paragraph from `left` on, cut into tokens, with the words that a hunk strikes or adds as `first`..`end` of
    them. `keys`: what makes a token equal to another.
    """

    row: Rich
    tokens: list[str]
    keys: Sequence[object]
    first: int
    end: int
    left: int

    @classmethod
    def of(cls, rich: Rich, hunk: Replace, words: Rich) -> _Words:
        """The paragraph around the hunk with `words` where it is."""
        near = WINDOW + 2 * len(words)
        left = max(0, hunk.start - near)
        parts = rich.slice(left, hunk.start), words, rich.slice(hunk.end, min(len(rich), hunk.end + near))
        before, own, behind = (tokenise(part.text) for part in parts)
        row, tokens = concat(parts), [*before, *own, *behind]
        return cls(row, tokens, token_keys(row, tokens), len(before), len(before) + len(own), left)

    def repeating(self, *, whole: bool) -> list[tuple[int, int]]:
        """What may repeat its neighbours: all of the words, or what begins or ends them and stands beside them too."""
        if whole:
            return [(self.first, self.end)] if self._says_something(self.first, self.end) else []
        found = []
        for size in range(1, min(LONGEST, self.end - self.first) + 1):
            first, last = (self.first, self.first + size), (self.end - size, self.end)
            for (start, end), step in ((first, -size), (last, size)):
                own, beside = self.keys[start:end], self.keys[max(0, start + step) : end + step]
                if own == beside and self._says_something(start, end):
                    found.append((start, end))
        return found

    def _says_something(self, start: int, end: int) -> bool:
        return any(map(_says_something, self.tokens[start:end]))

    def reach(self) -> tuple[int, int]:
        """The stretch in which the words could lie."""
        return _reach(self.keys, self.first, self.end)

    def repeats(self, low: int, high: int) -> bool:
        """Whether in that stretch the words stand once more as a whole."""
        return high - low >= self.end - self.first + _period(self.keys[self.first : self.end])

    def offset(self, token: int) -> int:
        return self.left + sum(map(len, self.tokens[:token]))

    def cut(self, start: int, end: int) -> Rich:
        """The words from one token to another."""
        return self.row.slice(self.offset(start) - self.left, self.offset(end) - self.left)


def _begins_sentence(text: str, offset: int) -> bool:
    starts = sentence_starts(text)
    at = bisect_left(starts, offset)
    return at < len(starts) and starts[at] == offset


def _may_repeat(text: str, hunk: Replace, words: str) -> bool:
    """Whether the words have one of the signs beside the hunk; without that they repeat nothing."""
    beside = text[max(0, hunk.start - 1) : hunk.start] + text[hunk.end : hunk.end + 1]
    return any(sign in words for sign in beside)


def _says_something(words: str) -> bool:
    """Signs and white space alone do not."""
    return any(map(str.isalnum, words))


def _reach(row: Sequence[object], first: int, end: int) -> tuple[int, int]:
    """How far `first`..`end` can be pushed in `row` so that what is left of it reads the same: where the whole stretch
    begins and ends.
    """
    size, low, high = end - first, first, end
    while low > 0 and row[low - 1] == row[low - 1 + size]:
        low -= 1
    while high < len(row) and row[high] == row[high - size]:
        high += 1
    return low, high


def _period(row: Sequence[object]) -> int:
    """The length of the shortest row that `row` repeats."""
    sizes = (size for size in range(1, len(row)) if len(row) % size == 0)
    return next((size for size in sizes if row[size:] == row[:-size]), len(row))
