"""Copies to wishes to one text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from amendments.exchange.returned.rivals import taken_twice
from amendments.exchange.returned.swaps import swapped
from amendments.exchange.returned.together import held_together
from amendments.text.aligning import align
from amendments.text.carrying import CarryOver, Outcome
from amendments.text.hunks import START, Delete, Edit, Hunk, Insert, Move
from amendments.text.merging import Merge, merge
from amendments.text.model import Content, Text
from amendments.text.parting import part
from amendments.text.relations import Kind, Relation
from amendments.text.repeats import Loose, at_last, loose, repeated, spot
from amendments.text.rewriting import written_anew


@dataclass(frozen=True)
class Copy:
    """What one person made of the base.

    `label`: the person's name, unique among the copies of one base. `file`: the name of the file. `contents`: how the
    text reads with this person's changes. `beneath`: how it read before them, where that is not the base: somebody
    else, who did not track it, had changed the file already. `ground`: how it would read with those changes of others
    alone, tracked in the same file, that this person has changed; none where that is nothing.
    """

    label: str
    file: str
    contents: tuple[Content, ...]
    beneath: tuple[Content, ...] = ()
    ground: tuple[Content, ...] = ()


@dataclass(frozen=True)
class Doubtful:
    """Wishes of several copies that may be one wish or several: files cannot tell (`text.repeats`). Equal ones are
    applied once.

    `edits`: ids, sorted. `rank`: the base's paragraph (from 0; -1 before the first); of a run the first.
    """

    edits: tuple[str, ...]
    rank: int


@dataclass(frozen=True)
class Consolidated:
    """All copies merged. `edits`: every wish by id; `owner`: id to the index of its copy in `copies`.

    `soft`: pairs of different copies that both stand in the text and should be read. `entangled`: pairs of which one
    adds paragraphs where the other struck and replaced some: both stand, their order was chosen. `doubtful` needs a
    person's word as a collision does.
    """

    base: Text
    copies: tuple[Copy, ...]
    edits: Mapping[str, Edit]
    owner: Mapping[str, int]
    merge: Merge
    soft: tuple[Relation, ...]
    entangled: tuple[tuple[str, str], ...]
    doubtful: tuple[Doubtful, ...]

    @property
    def settled(self) -> bool:
        """Whether nothing waits for a person's decision."""
        return not self.merge.collisions and not self.doubtful


def wishes_in(base: Text, copy: Copy) -> tuple[Edit, ...]:
    """What `copy` changes in `base`, one edit for each contiguous change; ids are the label and a number.

    With `beneath` the wishes are found there and carried back to the base; one that touches what had been changed
    before has no place in the base and is left out.
    """
    if not copy.beneath:
        return _parted(base, copy)
    step = align(base, copy.beneath, copy.label, copy=True)
    wishes = _parted(step.text, copy)
    back = CarryOver(step.redline.inverted())
    carried = ((wish.id, back.carry(wish)) for wish in wishes)
    return tuple(Edit(name, found.hunks) for name, found in carried if found.outcome is Outcome.ANCHORED)


def _parted(base: Text, copy: Copy) -> tuple[Edit, ...]:
    changes = written_anew(base, align(base, copy.contents, copy.label, copy=True).edit)
    return part(base, at_last(base, changes), f"{copy.label} ")


def consolidate(base: Text, copies: Sequence[Copy], wishes: Sequence[Sequence[Edit]]) -> Consolidated:
    """Merges the wishes of all copies; `wishes[i]` are those `wishes_in` found in `copies[i]`."""
    edits = {edit.id: edit for found in wishes for edit in found}
    owner = {edit.id: number for number, found in enumerate(wishes) for edit in found}
    merged = _merged(base, copies, edits, owner)
    together = held_together(base, merged, edits, owner)
    if len(together) < len(edits):
        edits, owner = together, {name: owner[name] for name in together}
        merged = _merged(base, copies, edits, owner)
    rank = {paragraph.identity: number for number, paragraph in enumerate(base)}
    return Consolidated(
        base=base,
        copies=tuple(copies),
        edits=edits,
        owner=owner,
        merge=merged,
        soft=tuple(relation for relation in merged.soft if owner[relation.a] != owner[relation.b]),
        entangled=_entangled(rank, [edits[name] for name in merged.applied], owner),
        doubtful=_doubtful(base, rank, edits, owner),
    )


def _merged(base: Text, copies: Sequence[Copy], edits: Mapping[str, Edit], owner: Mapping[str, int]) -> Merge:
    rivals = tuple(taken_twice(base, edits, owner))
    merged = merge(base, edits.values(), rivals=rivals)
    reworded = tuple(_reworded(base, copies, merged, edits, owner))
    if reworded:
        rivals = (*rivals, *reworded)
        merged = merge(base, edits.values(), rivals=rivals)
    order = _order({paragraph.identity: number for number, paragraph in enumerate(base)}, merged, edits)
    return merge(base, edits.values(), order, rivals=rivals) if order else merged


def _reworded(
    base: Text, copies: Sequence[Copy], merged: Merge, edits: Mapping[str, Edit], owner: Mapping[str, int]
) -> Iterator[Relation]:
    """What somebody added, and the wording that another gave to that very addition: of the two one can stand, in
    whichever order.
    """
    grounds = {
        number: {hunk for wish in wishes_in(base, replace(copy, contents=copy.ground)) for hunk in wish.hunks}
        for number, copy in enumerate(copies)
        if copy.ground
    }
    for relation in merged.relations if grounds else ():
        if relation.kind is Kind.ORDER:
            for one, other in ((relation.a, relation.b), (relation.b, relation.a)):
                if not grounds.get(owner[one], set()).isdisjoint(edits[other].hunks):
                    yield relation._replace(kind=Kind.HARD)


def _order(rank: Mapping[str, int], merged: Merge, edits: Mapping[str, Edit]) -> list[str]:
    """What one has instead of a struck paragraph stands before what another adds behind it. Said only of two that meet
    nobody else: an order holds wherever its edits meet. They are `entangled` and so shown to be read.
    """
    order: list[str] = []
    for relation in merged.relations:
        if relation.kind is Kind.ORDER and (relation.a, relation.b) in merged.components:
            for name, other in ((relation.a, relation.b), (relation.b, relation.a)):
                common = _gaps(rank, edits[name]) & _gaps(rank, edits[other])
                adds = all(isinstance(hunk, Insert) for hunk in edits[other].hunks)
                order += [name, other] if adds and common <= _struck(rank, edits[name]) else []
    return order


def _doubtful(
    base: Text, rank: Mapping[str, int], edits: Mapping[str, Edit], owner: Mapping[str, int]
) -> tuple[Doubtful, ...]:
    wanted: dict[Hunk, set[str]] = defaultdict(set)
    for edit in edits.values():
        for hunk in edit.hunks:
            wanted[hunk].add(edit.id)
    shared = [hunk for hunk, names in wanted.items() if len({owner[name] for name in names}) > 1]
    found = _loose(base, rank, [*edits.values()], owner)
    found |= {Doubtful(tuple(sorted(names)), number) for names, number in swapped(rank, edits, owner)}
    known = [set(doubtful.edits) for doubtful in found]
    for hunk in repeated(base, shared):
        if not any(wanted[hunk] <= names for names in known):
            found.add(Doubtful(tuple(sorted(wanted[hunk])), place(rank, hunk)))
    return tuple(sorted(found, key=lambda doubtful: (doubtful.rank, doubtful.edits)))


def _loose(base: Text, rank: Mapping[str, int], edits: Sequence[Edit], owner: Mapping[str, int]) -> set[Doubtful]:
    """What one copy strikes or adds at any place of a stretch in which another changes something."""
    stretches = _stretches(base, edits, owner)
    starts = [(each.line, each.start) for each, _ in stretches]
    for edit in edits if stretches else ():
        for line, start, end in (each for hunk in edit.hunks for each in spot(rank, hunk)):
            number = bisect_left(starts, (line, end)) - 1
            while number >= 0 and stretches[number][0].line == line and stretches[number][0].end > start:
                stretches[number][1].add(edit.id)
                number -= 1
    wishes = {edit.id: edit.wish for edit in edits}
    return {
        Doubtful(tuple(sorted(names)), rank[each.line] if each.line else each.start // 2)
        for each, names in stretches
        if len({owner[name] for name in names}) > 1 and (each.whole or len({wishes[name] for name in names}) > 1)
    }


def _stretches(base: Text, edits: Iterable[Edit], owner: Mapping[str, int]) -> list[tuple[Loose, set[str]]]:
    """Where something could lie at several places, and which edits it belongs to: stretches that overlap are one."""
    holding: dict[int, dict[Hunk, str]] = defaultdict(dict)
    for edit in edits:
        holding[owner[edit.id]].update(dict.fromkeys(edit.hunks, edit.id))
    places = [(each, {own[hunk] for hunk in hunks}) for own in holding.values() for each, hunks in loose(base, [*own])]
    found: list[tuple[Loose, set[str]]] = []
    for each, names in sorted(places, key=lambda place: (place[0].line, place[0].start, place[0].end)):
        if found and found[-1][0].line == each.line and found[-1][0].end > each.start:
            last, known = found[-1]
            both = Loose(each.line, last.start, max(last.end, each.end), last.whole or each.whole)
            found[-1] = (both, known | names)
        else:
            found.append((each, names))
    return found


def place(rank: Mapping[str, int], hunk: Hunk) -> int:
    """The paragraph of the base (from 0) a hunk speaks of; for a gap the one before it, -1 at the very start."""
    match hunk:
        case Insert():
            return rank.get(hunk.gap.after, -1)
        case Move():
            return rank[hunk.block[0]]
        case _:
            return rank[getattr(hunk, "paragraph", "") or getattr(hunk, "left", "")]


def _entangled(
    rank: Mapping[str, int], applied: Sequence[Edit], owner: Mapping[str, int]
) -> tuple[tuple[str, str], ...]:
    """What stands instead of struck paragraphs could stand before or behind what another adds between them."""
    arriving: dict[int, list[Edit]] = defaultdict(list)
    for edit in applied:
        for gap in _gaps(rank, edit):
            arriving[gap].append(edit)
    found = set()
    for edit in applied:
        for gap in _stretch(rank, edit):
            others = (other for other in arriving.get(gap, ()) if owner[other.id] != owner[edit.id])
            found |= {(edit.id, other.id) for other in others if other.wish != edit.wish}
    return tuple(sorted(found))


def _gaps(rank: Mapping[str, int], edit: Edit) -> set[int]:
    hunks = (hunk for hunk in edit.hunks if isinstance(hunk, Insert | Move))
    return {-1 if hunk.gap.after == START else rank[hunk.gap.after] for hunk in hunks}


def _struck(rank: Mapping[str, int], edit: Edit) -> set[int]:
    return {rank[hunk.paragraph] for hunk in edit.hunks if isinstance(hunk, Delete)}


def _stretch(rank: Mapping[str, int], edit: Edit) -> set[int]:
    """The gaps around the paragraphs that `edit` strikes before and behind its own additions."""
    struck = _struck(rank, edit)
    found: set[int] = set()
    for gap in _gaps(rank, edit) if struck else ():
        first, last = gap, gap
        while first in struck:
            first -= 1
        while last + 1 in struck:
            last += 1
        found |= set(range(first, last + 1)) if last > first else set()
    return found
