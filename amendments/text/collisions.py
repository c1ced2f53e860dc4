"""Where edits collide, and how each of them would have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from amendments.text.applying import apply_edits
from amendments.text.hunks import Edit, Hunk, Insert, Join, Move
from amendments.text.model import Text
from amendments.text.redline import Node, Redline
from amendments.text.relations import Kind, Place, Relation, Wish


@dataclass(frozen=True)
class Alternative:
    """One of the wordings in a collision: who wants it, and the place as it would read (redline nodes against the
    base).
    """

    edits: tuple[str, ...]
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Collision:
    """A place where edits cannot all stand (HARD), or whose order must be decided (ORDER).

    `paragraphs`: identities of the base's paragraphs it concerns, in text order; empty for the gap before the first
    one. `alternatives` are sorted by their first edit id. `base`: the paragraphs as they read now.
    """

    kind: Kind
    paragraphs: tuple[str, ...]
    places: tuple[Place, ...]
    base: Text
    alternatives: tuple[Alternative, ...]

    @cached_property
    def edits(self) -> tuple[str, ...]:
        return tuple(sorted(edit for alternative in self.alternatives for edit in alternative.edits))


class _Union:
    """Disjoint sets with path halving."""

    def __init__(self) -> None:
        self.parent: dict[object, object] = {}

    def root(self, item: object) -> object:
        self.parent.setdefault(item, item)
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def unite(self, one: object, other: object) -> None:
        self.parent[self.root(one)] = self.root(other)


def connected(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The sets that pairs connect, sorted; a name in a pair with itself is a set."""
    union = _Union()
    members: dict[object, set[str]] = defaultdict(set)
    pairs = list(pairs)
    for one, other in pairs:
        union.unite(one, other)
    for name in (name for pair in pairs for name in pair):
        members[union.root(name)].add(name)
    return tuple(sorted(tuple(sorted(found)) for found in members.values()))


def components_of(blocking: Iterable[Relation], wishes: Iterable[Wish]) -> tuple[tuple[str, ...], ...]:
    """The sets of edits that blocking pairs connect, sorted."""
    union = _Union()
    for relation in blocking:
        union.unite(relation.a, relation.b)
    members: dict[object, set[str]] = defaultdict(set)
    for wish in wishes:
        for edit in wish.ids:
            if edit in union.parent:
                members[union.root(edit)].update(wish.ids)
    return tuple(sorted(tuple(sorted(found)) for found in members.values()))


def collisions_of(base: Text, blocking: Sequence[Relation], wishes: Sequence[Wish]) -> list[Collision]:
    """Blocking pairs whose places overlap, transitively, make one collision. In no order."""
    if not blocking:
        return []
    grouped = _by_place(blocking)
    rank = {paragraph.identity: number for number, paragraph in enumerate(base)}
    wish_of = {edit: wish for wish in wishes for edit in wish.ids}
    return [_collision(base, rank, pairs, wish_of) for pairs in grouped]


def _by_place(blocking: Sequence[Relation]) -> list[list[Relation]]:
    met = {relation.places for relation in blocking}
    union = _Union()
    _unite_overlapping({place for places in met for place in places}, union)
    for places in met:
        for place in places[1:]:
            union.unite(places[0], place)
    roots = {places: union.root(places[0]) for places in met}
    grouped: dict[object, list[Relation]] = defaultdict(list)
    for relation in blocking:
        grouped[roots[relation.places]].append(relation)
    return list(grouped.values())


def _unite_overlapping(places: Iterable[Place], union: _Union) -> None:
    """Places that overlap or touch in one paragraph are one."""
    reach: dict[tuple[str, bool], tuple[int, Place]] = {}
    for place in sorted(places, key=lambda place: (place.paragraph, place.gap, place.start, place.end)):
        key = (place.paragraph, place.gap)
        end, before = reach.get(key, (-1, place))
        if place.start <= end:
            union.unite(before, place)
        reach[key] = max((end, before), (place.end, place), key=lambda item: item[0])


def _collision(base: Text, rank: dict[str, int], pairs: Sequence[Relation], wish_of: dict[str, Wish]) -> Collision:
    places = tuple(sorted({place for met in {pair.places for pair in pairs} for place in met}))
    ranks = sorted({rank[place.paragraph] for place in places if place.paragraph in rank})
    local = tuple(base[number] for number in ranks)
    names = {edit for pair in pairs for edit in (pair.a, pair.b)}
    involved = {wish_of[edit].ids: wish_of[edit] for edit in names}
    alternatives = tuple(
        Alternative(ids, locally(local, [Edit(ids[0], tuple(wish.hunks))]).nodes)
        for ids, wish in sorted(involved.items())
    )
    kind = max(pair.kind for pair in pairs)
    return Collision(kind, tuple(paragraph.identity for paragraph in local), places, local, alternatives)


def locally(paragraphs: Text, edits: Iterable[Edit]) -> Redline:
    """These paragraphs with only these edits in them, as far as they concern them."""
    known = {paragraph.identity for paragraph in paragraphs}
    concerned = (Edit(edit.id, tuple(hunk for hunk in edit.hunks if _names(hunk) <= known)) for edit in edits)
    return apply_edits(Redline.of(paragraphs), concerned)


def _names(hunk: Hunk) -> set[str]:
    match hunk:
        case Insert():
            return {hunk.gap.after} - {""}
        case Join():
            return {hunk.left, hunk.right}
        case Move():
            return {*hunk.block, hunk.gap.after} - {""}
        case _:
            return {hunk.paragraph}
