"""How two edits on one base stand to each other: same, contained, free, soft, order, hard. Symmetric where the word is.

The rules are those of the table in `docs/engine.md`; each row is a golden case in `tests/text`. `rule_for` judges two
hunks, `relations` two edits and, through an index over paragraphs and gaps, any number of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations
from typing import Any

from amendments.text.hunks import Delete, Edit, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import CELL, Text
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


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where two edits meet: a stretch of a paragraph, or the gap behind it (`gap`, then start == end == 0)."""

    paragraph: str
    start: int = 0
    end: int = 0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """`a` and `b` are edit ids with a < b, but for CONTAINED: there `a` is contained in `b`."""

    a: str
    b: str
    kind: Kind
    grade: Grade | None = None
    places: tuple[Place, ...] = ()


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
    (Insert, Insert): _same_gap,
    (Insert, Move): _same_gap,
    (Delete, Move): _hard_if(lambda delete, move: delete.paragraph in move.block),
    (Move, Move): lambda one, other, _: _move_move(one, other),
}
"""The table of DESIGN by kinds of hunks; a pair that is not in it is free."""


# --- sentences: what can stand side by side and should still be read


def _shared_stretch(starts: Sequence[int], one: Replace, other: Replace) -> bool:
    first, last = bisect_right(starts, one.start), bisect_right(starts, max(one.start, one.end - 1))
    return bisect_right(starts, other.start) <= last and first <= bisect_right(starts, max(other.start, other.end - 1))


def _reading_grade(
    one: Replace, other: Replace, texts: Mapping[str, str], rewritten: set[tuple[str, int]]
) -> Grade | None:
    if _only_white_space(one) or _only_white_space(other):
        return None
    text = texts[one.paragraph]
    sentences = sentence_starts(text)
    if not _shared_stretch(sentences, one, other):
        return None
    if any((one.paragraph, bisect_right(sentences, hunk.start)) in rewritten for hunk in (one, other)):
        return Grade.REWRITE
    return Grade.CLAUSE if _shared_stretch(clause_starts(text), one, other) else Grade.SENTENCE


def _only_white_space(hunk: Replace) -> bool:
    """A split or a join takes or puts in a space: no sentence reads differently for it."""
    return not hunk.old.text.strip() and not hunk.new.text.strip()


def rewritten_sentences(wish: Iterable[Hunk], texts: Mapping[str, str]) -> set[tuple[str, int]]:
    """(paragraph, number of the sentence from 1) for sentences of which the wish strikes half or more."""
    struck: dict[tuple[str, int], int] = defaultdict(int)
    for hunk in wish:
        if not isinstance(hunk, Replace) or hunk.start == hunk.end:
            continue
        bounds = (*sentence_starts(texts[hunk.paragraph]), len(texts[hunk.paragraph]))
        for number in range(bisect_right(bounds, hunk.start), len(bounds)):
            start, end = bounds[number - 1], bounds[number]
            if start >= hunk.end:
                break
            struck[hunk.paragraph, number] += min(end, hunk.end) - max(start, hunk.start)
    found = set()
    for (paragraph, number), characters in struck.items():
        bounds = (*sentence_starts(texts[paragraph]), len(texts[paragraph]))
        if characters >= REWRITTEN_SHARE * (bounds[number] - bounds[number - 1]):
            found.add((paragraph, number))
    return found


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


def _keys(hunk: Hunk) -> Iterable[tuple[str, str]]:
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


def _meeting(some: Iterable[Hunk], others: Iterable[Hunk]) -> Iterable[tuple[Hunk, Hunk]]:
    """Pairs that share a paragraph or a gap, each once."""
    by_key: dict[tuple[str, str], list[Hunk]] = defaultdict(list)
    for hunk in some:
        for key in _keys(hunk):
            by_key[key].append(hunk)
    for theirs in others:
        yield from (
            (mine, theirs) for mine in {id(m): m for key in _keys(theirs) for m in by_key.get(key, ())}.values()
        )


def contradiction(hunks: Sequence[Hunk], texts: Mapping[str, str]) -> Hunk | None:
    """A hunk that cannot stand together with another one of the same edit, or None."""
    seen: dict[tuple[str, str], list[Hunk]] = defaultdict(list)
    for hunk in hunks:
        for other in {id(o): o for key in _keys(hunk) for o in seen[key]}.values():
            if hunk == other or rule_for(hunk, other, texts)[0] in (Kind.HARD, Kind.ORDER):
                return hunk
        for key in _keys(hunk):
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


def _candidates(wishes: Sequence[Wish]) -> Iterable[tuple[int, int]]:
    buckets: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for number, wish in enumerate(wishes):
        for hunk in wish.hunks:
            for key in _keys(hunk):
                buckets[key][number] = None
    pairs = {pair for bucket in buckets.values() if len(bucket) > 1 for pair in combinations(sorted(bucket), 2)}
    return sorted(pairs)


class Judge:
    """Judges pairs of wishes on one base; remembers which sentences each of them rewrites."""

    def __init__(self, base: Text, wishes: Iterable[Wish] = ()) -> None:
        self.rings = ringed(hunk for wish in wishes for hunk in wish.hunks)
        self.texts = {paragraph.identity: paragraph.text for paragraph in base}
        self._rewritten: dict[tuple[str, ...], set[tuple[str, int]]] = {}

    def _sentences(self, wish: Wish) -> set[tuple[str, int]]:
        if wish.ids not in self._rewritten:
            self._rewritten[wish.ids] = rewritten_sentences(wish.hunks, self.texts)
        return self._rewritten[wish.ids]

    def judge(self, one: Wish, other: Wish) -> tuple[Kind, Grade | None, tuple[Place, ...]]:
        if one.hunks < other.hunks or other.hunks < one.hunks:
            return Kind.CONTAINED, None, ()
        kind, grade = Kind.FREE, None
        places: set[Place] = set()
        rewritten = self._sentences(one) | self._sentences(other)
        for mine, theirs in _meeting(one.hunks, other.hunks):
            found, why = self._hunks(mine, theirs, rewritten)
            if found is Kind.FREE:
                continue
            if found > kind:
                kind, grade, places = found, why, set()
            if found is kind:
                grade = max((g for g in (grade, why) if g is not None), default=None)
                places |= set(_places(mine)) | set(_places(theirs))
        return kind, grade, tuple(sorted(places))

    def _hunks(self, mine: Hunk, theirs: Hunk, rewritten: set[tuple[str, int]]) -> Verdict:
        if mine == theirs:
            # Two different edits over the same two paragraphs: their words meet at the join.
            return _HARD if isinstance(mine, Join) else _FREE
        if self.rings and frozenset((mine, theirs)) in self.rings:
            return _HARD
        kind, grade = rule_for(mine, theirs, self.texts)
        if (
            isinstance(mine, Replace)
            and isinstance(theirs, Replace)
            and mine.paragraph == theirs.paragraph
            and kind < Kind.ORDER
        ):
            reading = _reading_grade(mine, theirs, self.texts, rewritten)
            grade = max((g for g in (grade, reading) if g is not None), default=None)
            kind = Kind.SOFT if grade else Kind.FREE
        return kind, grade


def _places(hunk: Hunk) -> tuple[Place, ...]:
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


def relations(base: Text, edits: Iterable[Edit]) -> tuple[Relation, ...]:
    """Every pair that is not free, sorted; pairs that share no paragraph and no gap are never looked at."""
    wishes = wishes_of(edits)
    judge = Judge(base, wishes)
    found: list[Relation] = []
    for wish in wishes:
        found += (Relation(a, b, Kind.SAME) for a, b in combinations(wish.ids, 2))
    for first, second in _candidates(wishes):
        one, other = wishes[first], wishes[second]
        kind, grade, places = judge.judge(one, other)
        if kind is Kind.FREE:
            continue
        if kind is Kind.CONTAINED and other.hunks < one.hunks:
            one, other = other, one
        for a in one.ids:
            for b in other.ids:
                pair = (a, b) if kind is Kind.CONTAINED or a < b else (b, a)
                found.append(Relation(*pair, kind, grade, places))
    return tuple(sorted(found, key=lambda relation: (relation.a, relation.b)))
