"""n edits on one base: what goes together, what collides, and the text that follows.

Merging works on hunks and never diffs again, so the result depends on the set of edits and not on the order in which
they came. Where edits collide the text reads as the base: words are never doubled, nothing is decided by itself.

Edits that speak of different paragraphs and gaps, and do not hang together through others, have nothing to do with one
another. So a merge can start from an earlier one of the same base and look again only at what a changed edit reaches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from amendments.text.applying import apply_edits
from amendments.text.checking import MisfitError, Places
from amendments.text.collisions import Alternative, Collision, collisions_of, components_of
from amendments.text.hunks import START, Edit, Join
from amendments.text.model import Text
from amendments.text.redline import Node, Redline
from amendments.text.relations import Kind, Relation, between, keys_of, wishes_of

__all__ = ["Alternative", "Collision", "Merge", "merge"]

Part = TypeVar("Part")


@dataclass(frozen=True)
class Stretch:
    """What stands at a paragraph of the base and in the gap behind it; with it what was joined to it."""

    nodes: tuple[Node, ...]

    @cached_property
    def text(self) -> Text:
        return Redline(self.nodes).accept()


@dataclass(frozen=True)
class Ground:
    """The base, and what every merge on it needs."""

    base: Text

    @cached_property
    def rank(self) -> dict[str, int]:
        return {paragraph.identity: number for number, paragraph in enumerate(self.base)}

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        return Redline.of(self.base).nodes

    def same(self, base: Text) -> bool:
        return self.base is base or (
            len(self.base) == len(base)
            and all(
                one is other or (one.identity == other.identity and one == other)
                for one, other in zip(self.base, base, strict=True)
            )
        )


@dataclass(frozen=True)
class Memory:
    """What was merged: the edits by id, the decided order, and which of them speak of a paragraph or the gap behind it
    (START: the gap before the first).
    """

    edits: Mapping[str, Edit] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    speakers: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Merge:
    """What became of a set of edits. Ids are sorted everywhere.

    `applied` are in the text; `same` groups equal wishes; `settled` are pairs (contained edit, the larger one that is
    applied); `collisions` are places, `components` the sets of edits that collisions connect: one agenda item each;
    `soft` are pairs that both stand in the text and should be read. `changed`: by the identity of a paragraph, START
    for what comes before the first, where the text does not read as the base.
    """

    ground: Ground = field(repr=False)
    changed: Mapping[str, Stretch] = field(default_factory=dict, hash=False)
    applied: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    settled: tuple[tuple[str, str], ...] = ()
    collisions: tuple[Collision, ...] = ()
    components: tuple[tuple[str, ...], ...] = ()
    soft: tuple[Relation, ...] = ()
    relations: tuple[Relation, ...] = ()
    memory: Memory = field(default_factory=Memory, repr=False, compare=False)

    @cached_property
    def text(self) -> Text:
        return tuple(self._woven(self.ground.base, lambda stretch: stretch.text))

    @cached_property
    def redline(self) -> Redline:
        return Redline(tuple(self._woven(self.ground.nodes, lambda stretch: stretch.nodes)), min(len(self.changed), 1))

    @cached_property
    def contested(self) -> frozenset[str]:
        return frozenset(edit for component in self.components for edit in component)

    def _woven(self, untouched: Sequence[Part], of: Callable[[Stretch], Iterable[Part]]) -> list[Part]:
        rank = self.ground.rank
        found: list[Part] = list(of(self.changed[START])) if START in self.changed else []
        done = 0
        for number, identity in sorted((rank[identity], identity) for identity in self.changed if identity != START):
            found += untouched[done:number]
            found += of(self.changed[identity])
            done = number + 1
        return [*found, *untouched[done:]]


def merge(
    base: Text,
    edits: Iterable[Edit],
    order: Sequence[str] = (),
    previous: Merge | None = None,
    rivals: Iterable[Relation] = (),
) -> Merge:
    """Merges `edits` into `base`. `order`: ids of edits whose order at one place has been decided, first one first.

    merge of nothing is the base; merge of one edit is its own wording; the order of `edits` plays no part. `previous`:
    an earlier merge, which plays no part in what comes out, only in how long it takes: on the same base, what has
    nothing to do with an edit that changed is taken over from it. ValueError where two edits have one id; MisfitError
    (`.edit` and `.paragraph` say where) where a paragraph that an edit names does not stand or read in the
    base as the edit says. What it wishes for, and whether its hunks contradict one another, is asked by `check` alone.
    `rivals`: pairs that cannot both stand for a reason their hunks do not show, whatever these have between them; both
    speak of the places that are named. Without `previous`, which does not remember them.
    """
    named: dict[str, Edit] = {}
    for edit in edits:
        if named.setdefault(edit.id, edit) != edit:
            raise ValueError(f"two edits have the id {edit.id!r}")
    ground = Ground(base)
    before = previous if previous is not None and previous.ground.same(base) else Merge(ground)
    return _Next(before, named, tuple(order), tuple(rivals)).merge()


class _Next:
    """From one merge to the next on the same base."""

    def __init__(
        self, before: Merge, edits: Mapping[str, Edit], order: tuple[str, ...], rivals: tuple[Relation, ...]
    ) -> None:
        self.before, self.edits, self.order, self.rivals = before, edits, order, rivals
        known = before.memory.edits
        gone = [edit for name, edit in known.items() if edits.get(name) != edit]
        come = [edit for name, edit in edits.items() if known.get(name) != edit]
        self._find(come)
        self.names, self.places = self._touched([*gone, *come])
        self.speakers = self._speakers(gone, come)

    def _find(self, come: Iterable[Edit]) -> None:
        places = Places(self.before.ground.base, self.before.ground.rank)
        for edit in come:
            try:
                for hunk in edit.hunks:
                    places.find(hunk)
            except MisfitError as error:
                raise MisfitError(error.misfit, error.paragraph, edit.id) from None

    def _touched(self, differing: Iterable[Edit]) -> tuple[set[str], set[str]]:
        """Ids of the edits, old and new, that have to be looked at again, and the places all of them speak of."""
        known, order = self.before.memory.edits, self.before.memory.order
        reordered = {*self.order, *order} if self.order != order else ()
        waiting = [*differing, *(known[name] for name in reordered if name in known)]
        names = {edit.id for edit in waiting}
        places: set[str] = set()
        while waiting:
            for place in _spoken_of(waiting.pop()) - places:
                places.add(place)
                fresh = self.before.memory.speakers.get(place, frozenset()) - names
                names |= fresh
                waiting += (known[name] for name in fresh)
        return names, places

    def _speakers(self, gone: Iterable[Edit], come: Iterable[Edit]) -> dict[str, frozenset[str]]:
        before = self.before.memory.speakers
        found = {place: set(before.get(place, ())) for place in self.places}
        for edit in gone:
            for place in _spoken_of(edit):
                found[place].discard(edit.id)
        for edit in come:
            for place in _spoken_of(edit):
                found[place].add(edit.id)
        kept = {place: names for place, names in before.items() if place not in found}
        return kept | {place: frozenset(names) for place, names in found.items() if names}

    def merge(self) -> Merge:
        before, out, places = self.before, self.names, self.places
        ground = before.ground
        ranks = sorted(ground.rank[identity] for identity in places if identity != START)
        local = tuple(ground.base[number] for number in ranks)
        edits = [self.edits[name] for name in sorted(out) if name in self.edits]
        fresh = _together(local, edits, self.order, self.rivals)
        changed = {identity: stretch for identity, stretch in before.changed.items() if identity not in places}
        collisions = [one for one in before.collisions if one.edits[0] not in out] + list(fresh.collisions)
        return Merge(
            ground,
            {**changed, **fresh.changed},
            _united((name for name in before.applied if name not in out), fresh.applied),
            _united((group for group in before.same if group[0] not in out), fresh.same),
            _united((pair for pair in before.settled if pair[0] not in out), fresh.settled),
            tuple(sorted(collisions, key=lambda one: (*self._place(one), one.edits))),
            _united((group for group in before.components if group[0] not in out), fresh.components),
            _united((pair for pair in before.soft if pair.a not in out), fresh.soft),
            _united((pair for pair in before.relations if pair.a not in out), fresh.relations),
            Memory(self.edits, self.order, self.speakers),
        )

    def _place(self, collision: Collision) -> tuple[int, bool, int]:
        """In text order: the gap behind a paragraph comes after its words."""
        rank = self.before.ground.rank
        return min((rank.get(place.paragraph, -1), place.gap, place.start) for place in collision.places)


def _spoken_of(edit: Edit) -> set[str]:
    return {identity for hunk in edit.hunks for _, identity in keys_of(hunk)}


def _united(some: Iterable[Part], others: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted([*some, *others]))  # type: ignore[type-var]


def _together(base: Text, edits: Sequence[Edit], order: Sequence[str], rivals: Iterable[Relation]) -> Merge:
    """All of `edits` merged, from the beginning."""
    wishes = wishes_of(edits)
    found = _with_rivals(between(base, wishes), rivals)
    decided = set(order)
    blocking = [
        relation
        for relation in found
        if relation.kind is Kind.HARD
        or (relation.kind is Kind.ORDER and not (relation.a in decided and relation.b in decided))
    ]
    components = components_of(blocking, wishes)
    contested = {edit for component in components for edit in component}
    applied = [edit for edit in edits if edit.id not in contested]
    free = [relation for relation in found if relation.a not in contested and relation.b not in contested]
    return Merge(
        Ground(base),
        _changed(apply_edits(Redline.of(base), applied, order).nodes, applied),
        applied=tuple(edit.id for edit in applied),
        same=tuple(wish.ids for wish in wishes if len(wish.ids) > 1),
        settled=tuple((r.a, r.b) for r in free if r.kind is Kind.CONTAINED),
        collisions=tuple(collisions_of(base, blocking, wishes)),
        components=components,
        soft=tuple(r for r in free if r.kind is Kind.SOFT),
        relations=found,
    )


def _with_rivals(found: tuple[Relation, ...], rivals: Iterable[Relation]) -> tuple[Relation, ...]:
    known = {frozenset((rival.a, rival.b)): rival for rival in rivals}
    if not known:
        return found
    others = (relation for relation in found if frozenset((relation.a, relation.b)) not in known)
    return tuple(sorted((*others, *known.values())))


def _changed(nodes: Iterable[Node], applied: Iterable[Edit]) -> dict[str, Stretch]:
    """The nodes cut where a paragraph of the base begins, unless that is joined to the one before."""
    joined = {hunk.right for edit in applied for hunk in edit.hunks if isinstance(hunk, Join)}
    stretches: dict[str, list[Node]] = {}
    here = stretches[START] = []
    for node in nodes:
        if node.in_old and node.starts_old:
            own = stretches[node.identity] = []
            here = here if node.identity in joined else own
        here.append(node)
    return {name: Stretch(tuple(found)) for name, found in stretches.items() if not _untouched(name, found)}


def _untouched(name: str, nodes: Sequence[Node]) -> bool:
    if name == START:
        return not nodes
    return len(nodes) == 1 and nodes[0].source is not None
