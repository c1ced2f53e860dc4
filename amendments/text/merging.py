"""n edits on one base: what goes together, what collides, and the text that follows.

Merging works on hunks and never diffs again, so the result depends on the set of edits and not on the order in which
they came. Where edits collide the text reads as the base: words are never doubled, nothing is decided by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from amendments.text.applying import apply_edits
from amendments.text.hunks import Delete, Edit, Hunk, Insert, Join, Move
from amendments.text.model import Text
from amendments.text.redline import Node, Redline
from amendments.text.relations import Kind, Place, Relation, Wish, relations, wishes_of


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

    @property
    def edits(self) -> tuple[str, ...]:
        return tuple(sorted(edit for alternative in self.alternatives for edit in alternative.edits))


@dataclass(frozen=True)
class Merge:
    """What became of a set of edits. Ids are sorted everywhere.

    `applied` are in the text; `same` groups equal wishes; `settled` are pairs (contained edit, the larger one that is
    applied); `collisions` are places, `components` the sets of edits that collisions connect: one agenda item each;
    `soft` are pairs that both stand in the text and should be read.
    """

    redline: Redline
    applied: tuple[str, ...]
    same: tuple[tuple[str, ...], ...]
    settled: tuple[tuple[str, str], ...]
    collisions: tuple[Collision, ...]
    components: tuple[tuple[str, ...], ...]
    soft: tuple[Relation, ...]
    relations: tuple[Relation, ...]

    @cached_property
    def text(self) -> Text:
        return self.redline.accept()

    @cached_property
    def contested(self) -> frozenset[str]:
        return frozenset(edit for component in self.components for edit in component)


def merge(base: Text, edits: Iterable[Edit], order: Sequence[str] = ()) -> Merge:
    """Merges `edits` into `base`. `order`: ids of edits whose order at one place has been decided, first one first.

    merge of nothing is the base; merge of one edit is its own wording; the order of `edits` plays no part.
    """
    edits = sorted(edits, key=lambda edit: edit.id)
    found = relations(base, edits)
    decided = set(order)
    blocking = [
        relation
        for relation in found
        if relation.kind is Kind.HARD
        or (relation.kind is Kind.ORDER and not (relation.a in decided and relation.b in decided))
    ]
    wishes = wishes_of(edits)
    components = _components(blocking, wishes)
    contested = {edit for component in components for edit in component}
    applied = [edit for edit in edits if edit.id not in contested]
    return Merge(
        redline=apply_edits(Redline.of(base), applied, order),
        applied=tuple(edit.id for edit in applied),
        same=tuple(wish.ids for wish in wishes if len(wish.ids) > 1),
        settled=tuple(
            (r.a, r.b) for r in found if r.kind is Kind.CONTAINED and r.b not in contested and r.a not in contested
        ),
        collisions=_collisions(base, blocking, wishes),
        components=components,
        soft=tuple(r for r in found if r.kind is Kind.SOFT and r.a not in contested and r.b not in contested),
        relations=found,
    )


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


def _components(blocking: Iterable[Relation], wishes: Iterable[Wish]) -> tuple[tuple[str, ...], ...]:
    union = _Union()
    for relation in blocking:
        union.unite(relation.a, relation.b)
    members: dict[object, set[str]] = defaultdict(set)
    for wish in wishes:
        for edit in wish.ids:
            if edit in union.parent:
                members[union.root(edit)].update(wish.ids)
    return tuple(sorted(tuple(sorted(found)) for found in members.values()))


def _collisions(base: Text, blocking: Sequence[Relation], wishes: Sequence[Wish]) -> tuple[Collision, ...]:
    """Blocking pairs whose places overlap, transitively, make one collision."""
    if not blocking:
        return ()
    union = _Union()
    anchors = _overlapping({place for relation in blocking for place in relation.places}, union)
    for relation in blocking:
        for place in relation.places[1:]:
            union.unite(anchors[relation.places[0]], anchors[place])
    grouped: dict[object, list[Relation]] = defaultdict(list)
    for relation in blocking:
        grouped[union.root(anchors[relation.places[0]])].append(relation)
    rank = {paragraph.identity: number for number, paragraph in enumerate(base)}
    paragraphs = {paragraph.identity: paragraph for paragraph in base}
    wish_of = {edit: wish for wish in wishes for edit in wish.ids}
    found = []
    for pairs in grouped.values():
        places = tuple(sorted({place for pair in pairs for place in pair.places}))
        identities = tuple(
            sorted({place.paragraph for place in places if place.paragraph in rank}, key=rank.__getitem__)
        )
        local = tuple(paragraphs[identity] for identity in identities)
        involved = {wish_of[edit].ids: wish_of[edit] for pair in pairs for edit in (pair.a, pair.b)}
        alternatives = tuple(Alternative(ids, _locally(local, wish)) for ids, wish in sorted(involved.items()))
        found.append(Collision(max(pair.kind for pair in pairs), identities, places, local, alternatives))
    return tuple(sorted(found, key=lambda c: (rank[c.paragraphs[0]] if c.paragraphs else -1, c.edits)))


def _overlapping(places: set[Place], union: _Union) -> dict[Place, Place]:
    """Unites places that overlap or touch in one paragraph; returns each place's anchor (itself)."""
    reach: dict[tuple[str, bool], tuple[int, Place]] = {}
    for place in sorted(places, key=lambda place: (place.paragraph, place.gap, place.start, place.end)):
        key = (place.paragraph, place.gap)
        end, before = reach.get(key, (-1, place))
        union.root(place)
        if place.start <= end:
            union.unite(before, place)
        reach[key] = max((end, before), (place.end, place), key=lambda item: item[0])
    return {place: place for place in places}


def _locally(local: Text, wish: Wish) -> tuple[Node, ...]:
    """The paragraphs in question with only this wish in them, as far as it concerns them."""
    known = {paragraph.identity for paragraph in local}
    hunks = tuple(hunk for hunk in wish.hunks if _names(hunk) <= known)
    return apply_edits(Redline.of(local), [Edit(wish.ids[0], hunks)]).nodes


def _names(hunk: Hunk) -> set[str]:
    match hunk:
        case Insert():
            return {hunk.gap.after} - {""}
        case Join():
            return {hunk.left, hunk.right}
        case Move():
            return {*hunk.block, hunk.gap.after} - {""}
        case Delete():
            return {hunk.paragraph}
        case _:
            return {hunk.paragraph}
