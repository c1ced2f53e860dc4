"""Wishes of different copies that cannot both stand although no hunk of the one is in the way of the other's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from amendments.text.hunks import Edit, Hunk
from amendments.text.model import Text
from amendments.text.relations import Kind, Place, Relation, places_of
from amendments.text.taken import taken


def taken_twice(base: Text, edits: Mapping[str, Edit], owner: Mapping[str, int]) -> Iterator[Relation]:
    """Both strike the same words, and one of them has them elsewhere: what the other wants for them cannot be had as
    well, or they would stand twice.
    """
    holders: dict[Hunk, list[str]] = defaultdict(list)
    takes: dict[Hunk, set[str]] = defaultdict(set)
    for name, edit in edits.items():
        for hunk in edit.hunks:
            holders[hunk].append(name)
        for here, _ in taken(base, edit.hunks) if len(edit.hunks) > 1 else ():
            for number in here:
                takes[edit.hunks[number]].add(name)
    found: dict[tuple[str, str], set[Place]] = defaultdict(set)
    for hunk, takers in takes.items():
        for one, other in combinations(sorted(holders[hunk]), 2):
            if (
                owner[one] != owner[other]
                and edits[one].wish != edits[other].wish
                and not takers.isdisjoint((one, other))
            ):
                found[one, other].update(places_of(hunk))
    for (one, other), places in found.items():
        yield Relation(one, other, Kind.HARD, None, tuple(sorted(places)))
