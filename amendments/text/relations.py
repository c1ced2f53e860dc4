"""How two edits on one base stand to each other: same, contained, free, soft, order, hard. Symmetric where the word is.

The rules are those of the table in `docs/engine.md`; each row is a golden case in `tests/text`. `rule_for` judges two
hunks, `relations` two edits and, through an index over paragraphs and gaps, any number of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations
from typing import Any, NamedTuple, TypeVar

from amendments.text.hunks import Delete, Edit, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import CELL, Text
from amendments.text.model import Kind as ContentKind
from amendments.text.sentences import clause_starts, sentence_starts

REWRITTEN_SHARE = 0.5
"""An edit that strikes this share of a sentence or more rewrites it."""


class Kind(IntEnum):
    """Ordered by weight: what two edits have between them is the heaviest thing any two of their hunks have."""

    FREE = 0
    SOFT = 1
    ORDER = 2
    HARD = 3
    CONTAINED = 4
    SAME = 5


class Grade(IntEnum):
    """Why a person should read two edits together; heavier first on the page."""

    SENTENCE = 1
    CLAUSE = 2
    TOUCH = 3
    REWRITE = 4


class Place(NamedTuple):
    """Where two edits meet: a stretch of a paragraph, or the gap behind it (`gap`, then start == end == 0)."""

    paragraph: str
    start: int = 0
    end: int = 0
    gap: bool = False


class Relation(NamedTuple):
    """`a` and `b` are edit ids with a < b, but for CONTAINED: there `a` is contained in `b`."""

    a: str
    b: str
    kind: Kind
    grade: Grade | None = None
    places: tuple[Place, ...] = ()


Item = TypeVar("Item")
Verdict = tuple[Kind, Grade | None]
_FREE: Verdict = (Kind.FREE, None)
_ORDER: Verdict = (Kind.ORDER, None)
_HARD: Verdict = (Kind.HARD, None)
_TOUCH: Verdict = (Kind.SOFT, Grade.TOUCH)


def rule_for(one: Hunk, other: Hunk, texts: Mapping[str, str]) -> Verdict:
    """The relation of two different hunks. `texts`: plain text by paragraph identity. Symmetric."""
    rule = _RULES.get((type(one), type(other)))
    if rule is None:
        one, other = other, one
        rule = _RULES.get((type(one), type(other)))
    return rule(one, other, texts) if rule else _FREE


def _replace_replace(one: Replace, other: Replace, texts: Mapping[str, str]) -> Verdict:
    if one.paragraph != other.paragraph:
        return _FREE
    if (one.start, one.end) > (other.start, other.end):
        one, other = other, one
    if one.start == one.end == other.start == other.end:
        return _ORDER
    if one.end > other.start and (one.start < one.end or other.start < other.end):
        return _HARD
    between = texts[one.paragraph][one.end : other.start]
    return _TOUCH if not between or (between.isspace() and CELL not in between) else _FREE


def _replace_split(one: Replace, split: Split) -> Verdict:
    if one.start < split.offset < one.end:
        return _HARD
    return _TOUCH if split.offset in (one.start, one.end) else _FREE


def _at_join_point(one: Replace, join: Join) -> bool:
    return (one.paragraph == join.left and one.end == join.length) or (one.paragraph == join.right and one.start == 0)


def _join_move(join: Join, move: Move) -> Verdict:
    inside = (join.left in move.block) + (join.right in move.block)
    return _HARD if inside == 1 or (inside == 0 and move.gap.after == join.left) else _FREE


def _move_move(one: Move, other: Move) -> Verdict:
    if set(one.block) & set(other.block):
        return _HARD
    if one.gap == other.gap:
        return _ORDER
    return _HARD if one.gap.after in other.block[:-1] and other.gap.after in one.block[:-1] else _FREE


Rule = Callable[[Any, Any, Mapping[str, str]], Verdict]


def _hard_if(test: Callable[[Any, Any], bool]) -> Rule:
    return lambda one, other, _: _HARD if test(one, other) else _FREE


def _order_if(test: Callable[[Any, Any], bool]) -> Rule:
    return lambda one, other, _: _ORDER if test(one, other) else _FREE


def _notes(insert: Insert) -> bool:
    """Whether it puts in footnotes alone: each is read where its sign stands, whatever their order."""
    return all(content.kind is ContentKind.FOOTNOTE for content in insert.contents)


_same_paragraph = _hard_if(lambda one, other: one.paragraph == other.paragraph)
_same_gap = _order_if(lambda one, other: one.gap == other.gap)

_RULES: dict[tuple[type, type], Rule] = {
    (Replace, Replace): _replace_replace,
    (Replace, Split): lambda one, split, _: _replace_split(one, split) if one.paragraph == split.paragraph else _FREE,
    (Replace, Join): lambda one, join, _: _TOUCH if _at_join_point(one, join) else _FREE,
    (Replace, Delete): _same_paragraph,
    (Retype, Retype): _same_paragraph,
    (Retype, Join): _hard_if(lambda one, join: one.paragraph == join.right),
    (Retype, Delete): _same_paragraph,
    (Split, Split): _hard_if(lambda one, other: (one.paragraph, one.offset) == (other.paragraph, other.offset)),
    (Split, Delete): _same_paragraph,
    (Join, Join): _hard_if(lambda one, other: one.left == other.left or one.right == other.right),
    (Join, Insert): _hard_if(lambda join, insert: join.left == insert.gap.after),
    (Join, Delete): _hard_if(lambda join, delete: delete.paragraph in (join.left, join.right)),
    (Join, Move): lambda join, move, _: _join_move(join, move),
    (Insert, Insert): _order_if(lambda one, other: one.gap == other.gap and not (_notes(one) and _notes(other))),
    (Insert, Move): _same_gap,
    (Delete, Move): _hard_if(lambda delete, move: delete.paragraph in move.block),
    (Move, Move): lambda one, other, _: _move_move(one, other),
}
"""The table of DESIGN by kinds of hunks; a pair that is not in it is free."""


# --- sentences: what can stand side by side and should still be read


def from_number(items: Sequence[Item], first: int) -> Iterator[Item]:
    """Those from one on, without looking at those before it as `islice` does."""
    return (items[number] for number in range(first, len(items)))


def _only_white_space(hunk: Replace) -> bool:
    """A split or a join takes or puts in a space: no sentence reads differently for it."""
    return not hunk.old.text.strip() and not hunk.new.text.strip()


def rewritten_sentences(wish: Iterable[Hunk], texts: Mapping[str, str]) -> set[tuple[str, int]]:
    """(paragraph, number of the sentence from 1) for sentences of which the wish strikes half or more."""
    struck: dict[tuple[str, int], int] = defaultdict(int)
    for hunk in wish:
        if not isinstance(hunk, Replace) or hunk.start == hunk.end:
            continue
        text = texts[hunk.paragraph]
        starts = sentence_starts(text)
        for number in range(bisect_right(starts, hunk.start), bisect_left(starts, hunk.end) + 1):
            start, end = _sentence(starts, text, number)
            struck[hunk.paragraph, number] += min(end, hunk.end) - max(start, hunk.start)
    found = set()
    for (paragraph, number), characters in struck.items():
        text = texts[paragraph]
        start, end = _sentence(sentence_starts(text), text, number)
        if characters >= REWRITTEN_SHARE * (end - start):
            found.add((paragraph, number))
    return found


def _sentence(starts: Sequence[int], text: str, number: int) -> tuple[int, int]:
    """Where the sentence with this number, from 1, begins and ends."""
    return starts[number - 1], starts[number] if number < len(starts) else len(text)


# --- edits


@dataclass(frozen=True)
class Wish:
    """Equal edits: one set of hunks, everybody who wants it."""

    hunks: frozenset[Hunk]
    ids: tuple[str, ...]


def wishes_of(edits: Iterable[Edit]) -> list[Wish]:
    """Edits grouped by what they want; sorted by their first id, so the order of `edits` plays no part."""
    ids: dict[frozenset[Hunk], list[str]] = defaultdict(list)
    for edit in edits:
        ids[edit.wish].append(edit.id)
    return sorted((Wish(hunks, tuple(sorted(found))) for hunks, found in ids.items()), key=lambda wish: wish.ids)


Key = tuple[str, str]
"""A paragraph or a gap, with its identity."""


def keys_of(hunk: Hunk) -> Iterable[Key]:
    """The paragraphs and gaps a hunk speaks of. Two hunks without a common one are free."""
    match hunk:
        case Replace() | Retype() | Split() | Delete():
            yield "paragraph", hunk.paragraph
        case Join():
            yield from (("paragraph", hunk.left), ("paragraph", hunk.right), ("gap", hunk.left))
        case Insert():
            yield "gap", hunk.gap.after
        case Move():
            yield "gap", hunk.gap.after
            yield from (("paragraph", identity) for identity in hunk.block)
            yield from (("gap", identity) for identity in hunk.block[:-1])


def contradiction(hunks: Sequence[Hunk], texts: Mapping[str, str]) -> Hunk | None:
    """A hunk that cannot stand together with another one of the same edit, or None. Words are compared in order."""
    seen: dict[Key, list[Hunk]] = defaultdict(list)
    furthest: dict[str, Replace] = {}
    words = [hunk for hunk in hunks if isinstance(hunk, Replace)]
    for word in sorted(words, key=lambda each: (each.paragraph, each.start, each.end)):
        before = furthest.get(word.paragraph)
        if before is not None and (before == word or _replace_replace(before, word, texts)[0] >= Kind.ORDER):
            return word
        if before is None or word.end >= before.end:
            furthest[word.paragraph] = word
        seen["paragraph", word.paragraph].append(word)
    for hunk in hunks:
        if isinstance(hunk, Replace):
            continue
        for other in {id(o): o for key in keys_of(hunk) for o in seen[key]}.values():
            if hunk == other or rule_for(hunk, other, texts)[0] in (Kind.HARD, Kind.ORDER):
                return hunk
        for key in keys_of(hunk):
            seen[key].append(hunk)
    return next((hunk for pair in ringed(hunks) for hunk in pair), None)


def ringed(hunks: Iterable[Hunk]) -> set[frozenset[Hunk]]:
    """Pairs of moves of which one goes into the other's block, and that other in the end into its own: nowhere to
    arrive.
    """
    moves = {hunk for hunk in hunks if isinstance(hunk, Move)}
    takes: dict[str, list[Move]] = defaultdict(list)
    for move in moves:
        for identity in move.block[:-1]:
            takes[identity].append(move)
    into = {move: takes[move.gap.after] for move in moves if move.gap.after in takes}
    return {frozenset((move, other)) for move in into for other in into[move] if move in _reached(other, into)}


def _reached(start: Move, into: Mapping[Move, Sequence[Move]]) -> set[Move]:
    found: set[Move] = set()
    waiting = [start]
    while waiting:
        fresh = [move for move in into.get(waiting.pop(), ()) if move not in found]
        found.update(fresh)
        waiting += fresh
    return found


def places_of(hunk: Hunk) -> tuple[Place, ...]:
    """Where a hunk meets others."""
    match hunk:
        case Replace():
            return (Place(hunk.paragraph, hunk.start, hunk.end),)
        case Split():
            return (Place(hunk.paragraph, hunk.offset, hunk.offset),)
        case Retype():
            return (Place(hunk.paragraph),)
        case Delete():
            return (Place(hunk.paragraph, 0, len(hunk.old.text)),)
        case Join():
            return (Place(hunk.left, hunk.length, hunk.length), Place(hunk.right))
        case Insert():
            return (Place(hunk.gap.after, gap=True),)
        case Move():
            return (Place(hunk.gap.after, gap=True), *(Place(identity) for identity in hunk.block))


@dataclass(slots=True)
class _Voice:
    """A hunk and the numbers of the wishes that hold it."""

    hunk: Hunk
    places: tuple[Place, ...]
    holders: list[int]


@dataclass(slots=True)
class _Words:
    """A Replace in its paragraph: which sentences and clauses it lies in, and how far white space reaches behind it."""

    voice: _Voice
    hunk: Replace
    blank: bool
    sentences: tuple[int, int]
    clauses: tuple[int, int]
    reach: int

    @staticmethod
    def of(voice: _Voice, hunk: Replace, text: str) -> _Words:
        reach = hunk.end
        while reach < len(text) and text[reach].isspace() and text[reach] != CELL:
            reach += 1
        sentences, clauses = (_stretch(starts, hunk) for starts in (sentence_starts(text), clause_starts(text)))
        return _Words(voice, hunk, _only_white_space(hunk), sentences, clauses, reach)


def _stretch(starts: Sequence[int], hunk: Replace) -> tuple[int, int]:
    return bisect_right(starts, hunk.start), bisect_right(starts, max(hunk.start, hunk.end - 1))


class _Finder:
    """Finds what is between wishes through an index of their hunks over paragraphs and gaps.

    Equal hunks are judged once. The words of a paragraph are walked in the order of their places, and each is compared
    only as far as its sentence and the white space behind it reach: the time follows the pairs that are listed.
    """

    def __init__(self, texts: Mapping[str, str], wishes: Sequence[Wish]) -> None:
        self.texts, self.wishes = texts, wishes
        self.rings = ringed(hunk for wish in wishes for hunk in wish.hunks)
        self.found: dict[tuple[int, int], tuple[Kind, Grade | None, list[Place]]] = {}
        self._rewritten: dict[int, set[tuple[str, int]]] = {}
        self._judge(self._voices())

    def _voices(self) -> list[_Voice]:
        voices: dict[Hunk, _Voice] = {}
        for number, wish in enumerate(self.wishes):
            for hunk in wish.hunks:
                voice = voices.get(hunk)
                if voice is None:
                    voice = voices[hunk] = _Voice(hunk, places_of(hunk), [])
                voice.holders.append(number)
        return list(voices.values())

    def _judge(self, voices: Iterable[_Voice]) -> None:
        words: dict[str, list[tuple[_Voice, Replace]]] = defaultdict(list)
        others: dict[Key, list[_Voice]] = defaultdict(list)
        shared = []
        for voice in voices:
            if isinstance(voice.hunk, Replace):
                words[voice.hunk.paragraph].append((voice, voice.hunk))
            else:
                for key in keys_of(voice.hunk):
                    others[key].append(voice)
            if len(voice.holders) > 1:
                shared.append(voice)
        for paragraph, found in words.items():
            if len({number for voice, _ in found for number in voice.holders}) > 1:
                self._judge_words(self.texts[paragraph], found)
        self._judge_others(others, words)
        self._judge_shared(shared)

    def _judge_words(self, text: str, found: Iterable[tuple[_Voice, Replace]]) -> None:
        words = [_Words.of(voice, hunk, text) for voice, hunk in found]
        words.sort(key=lambda each: (each.hunk.start, each.hunk.end))
        for number, one in enumerate(words, 1):
            for other in from_number(words, number):
                near = other.hunk.start <= one.reach
                together = other.sentences[0] <= one.sentences[1]
                if not near and not together:
                    break
                kind, grade = _replace_replace(one.hunk, other.hunk, self.texts) if near else _FREE
                if kind >= Kind.ORDER:
                    self._note(one.voice, other.voice, kind, grade)
                elif together and not one.blank and not other.blank:
                    self._note_reading(one, other, grade)
                elif kind is Kind.SOFT:
                    self._note(one.voice, other.voice, kind, grade)

    def _note_reading(self, one: _Words, other: _Words, touch: Grade | None) -> None:
        """Two changes in one sentence that both stand."""
        grade = touch or (Grade.CLAUSE if other.clauses[0] <= one.clauses[1] else Grade.SENTENCE)
        sentences = {(each.hunk.paragraph, each.sentences[0]) for each in (one, other)}
        self._note(one.voice, other.voice, Kind.SOFT, grade, sentences)

    def _judge_others(
        self,
        others: Mapping[Key, Sequence[_Voice]],
        words: Mapping[str, Sequence[tuple[_Voice, Replace]]],
    ) -> None:
        done: set[tuple[int, int]] = set()
        for (name, identity), voices in others.items():
            inside = [voice for voice, _ in words.get(identity, ())] if name == "paragraph" else []
            for number, one in enumerate(voices):
                for other in (*voices[:number], *inside):
                    pair = (id(one), id(other))
                    if pair in done or pair[::-1] in done:
                        continue
                    done.add(pair)
                    kind, grade = rule_for(one.hunk, other.hunk, self.texts)
                    if self.rings and frozenset((one.hunk, other.hunk)) in self.rings:
                        kind, grade = _HARD
                    if kind is not Kind.FREE:
                        self._note(one, other, kind, grade)

    def _judge_shared(self, shared: Iterable[_Voice]) -> None:
        """Wishes with a hunk in common: one may be part of the other. That outweighs whatever else is between them."""
        pairs = {pair: voice for voice in shared for pair in combinations(voice.holders, 2)}
        for voice in shared:
            if isinstance(voice.hunk, Join):  # other words, joined at the same place: they meet there
                self._note(voice, voice, *_HARD)
        for first, second in pairs:
            one, other = self.wishes[first].hunks, self.wishes[second].hunks
            if one < other or other < one:
                self.found[first, second] = (Kind.CONTAINED, None, [])

    def _note(
        self,
        one: _Voice,
        other: _Voice,
        kind: Kind,
        grade: Grade | None,
        sentences: Collection[tuple[str, int]] = (),
    ) -> None:
        places = one.places if one.places == other.places else (*one.places, *other.places)
        for mine in one.holders:
            for theirs in other.holders:
                if mine == theirs:
                    continue
                rewritten = sentences and not all(self._rewrites(n).isdisjoint(sentences) for n in (mine, theirs))
                pair = (mine, theirs) if mine < theirs else (theirs, mine)
                self._put(pair, kind, Grade.REWRITE if rewritten else grade, places)

    def _put(self, pair: tuple[int, int], kind: Kind, grade: Grade | None, places: tuple[Place, ...]) -> None:
        before = self.found.get(pair)
        if before is None or kind > before[0]:
            self.found[pair] = (kind, grade, list(places))
        elif kind is before[0]:
            before[2].extend(places)
            if grade is not None and (before[1] is None or grade > before[1]):
                self.found[pair] = (kind, grade, before[2])

    def _rewrites(self, number: int) -> set[tuple[str, int]]:
        if number not in self._rewritten:
            self._rewritten[number] = rewritten_sentences(self.wishes[number].hunks, self.texts)
        return self._rewritten[number]


def relations(base: Text, edits: Iterable[Edit]) -> tuple[Relation, ...]:
    """Every pair that is not free, sorted; pairs that share no paragraph and no gap are never looked at.

    `edits` speak of `base` (`check`), ids are unique; their order plays no part. Places are code points of `base`.
    Linear in words and hunks, but for one entry for each pair that is related.
    """
    return between(base, wishes_of(edits))


def between(base: Text, wishes: Sequence[Wish]) -> tuple[Relation, ...]:
    """`relations` for edits that are grouped already (`wishes_of`)."""
    found = [Relation(a, b, Kind.SAME) for wish in wishes for a, b in combinations(wish.ids, 2)]
    finder = _Finder({paragraph.identity: paragraph.text for paragraph in base}, wishes)
    for (first, second), (kind, grade, places) in finder.found.items():
        one, other = wishes[first], wishes[second]
        if kind is Kind.CONTAINED and other.hunks < one.hunks:
            one, other = other, one
        met = tuple(sorted(set(places))) if len(places) > 1 else tuple(places)
        for a in one.ids:
            for b in other.ids:
                pair = (a, b) if kind is Kind.CONTAINED or a < b else (b, a)
                found.append(Relation(*pair, kind, grade, met))
    return tuple(sorted(found))
