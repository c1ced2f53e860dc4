"""Collisions as people see them: at each place one wording for each copy, however many of its wishes meet there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from amendments.exchange.returned.consolidating import Consolidated
from amendments.text.collisions import locally
from amendments.text.hunks import Hunk
from amendments.text.merging import Alternative, Collision
from amendments.text.relations import Kind


def collisions_by_copy(found: Consolidated) -> tuple[Collision, ...]:
    """The collisions of the merge; wishes of one copy that can stand together are one alternative, copies that want the
    same there have it in common.
    """
    merged = found.merge
    apart = {frozenset((each.a, each.b)) for each in merged.relations if each.kind in (Kind.HARD, Kind.ORDER)}
    return tuple(_by_copy(found, collision, apart) for collision in merged.collisions)


def _by_copy(found: Consolidated, collision: Collision, apart: set[frozenset[str]]) -> Collision:
    wanted: dict[frozenset[Hunk], list[str]] = defaultdict(list)
    for names in _of_copies(found, collision.edits):
        together = not any(frozenset(pair) in apart for pair in combinations(names, 2))
        for some in [names] if together else [[name] for name in names]:
            wanted[frozenset().union(*(found.edits[name].wish for name in some))] += some
    alternatives = (_alternative(found, collision, names) for names in wanted.values())
    return replace(collision, alternatives=tuple(sorted(alternatives, key=lambda each: each.edits)))


def _of_copies(found: Consolidated, edits: Sequence[str]) -> list[list[str]]:
    copies: dict[int, list[str]] = defaultdict(list)
    for name in edits:
        copies[found.owner[name]].append(name)
    return list(copies.values())


def _alternative(found: Consolidated, collision: Collision, names: Sequence[str]) -> Alternative:
    edits = [found.edits[name] for name in sorted(names)]
    return Alternative(tuple(edit.id for edit in edits), locally(collision.base, edits).nodes)
