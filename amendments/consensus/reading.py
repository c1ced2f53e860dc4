"""What has to be read together: edits that meet in a sentence, and amendments with what they amend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from amendments.consensus.board import compose
from amendments.consensus.queries import Desk, DeskItem
from amendments.decisions.rules import is_open
from amendments.proposals.queries import LiveEdit
from amendments.text import Excerpt, Excerpts, Grade, Place, Relation, connected


@dataclass(frozen=True)
class Passage:
    """Sentences as they read with everything that can stand, in text order: of the version, or of the wording after the
    proposal `parent_id`, where its amendments cannot be shown in the version.
    """

    parent_id: UUID | None
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True)
class Reading:
    """One agenda item. `items`: its edits that are to be read and decided, in text order. `grade`: the heaviest reason
    to read them, None if it is only that one amends another. `beside`: edits in the same sentences that are decided, or
    wait in another group. `passages`: every sentence that its edits change, for reading.
    """

    items: tuple[DeskItem, ...]
    grade: Grade | None
    beside: tuple[LiveEdit, ...]
    passages: tuple[Passage, ...]


def readings(desk: Desk) -> tuple[Reading, ...]:
    """The desk's group `soft`, each edit once: the heaviest grade first, then in text order."""
    if not desk.soft:
        return ()
    finder = _Finder(desk)
    items = {str(item.edit_id): item for item in desk.soft}
    groups: dict[str, list[DeskItem]] = defaultdict(list)
    members = {name: found for found in finder.components(items) for name in found}
    for name, item in items.items():
        groups[members[name][0]].append(item)
    found = (finder.reading(members[first], of_it) for first, of_it in groups.items())
    return tuple(sorted(found, key=lambda reading: -(reading.grade or 0)))


class _Finder:
    """What all readings of a desk need, computed once."""

    def __init__(self, desk: Desk) -> None:
        self.board = desk.board
        self.soft: tuple[Relation, ...] = tuple(pair for merged in desk.merges for pair in merged.soft)
        composed = compose(self.board, desk.candidates)
        self.excerpts = Excerpts(composed.redline)
        self.waiting = frozenset(composed.waiting)
        self.amended = {str(edit.edit_id): edit for edit in desk.candidates if edit.parent_id is not None}
        self.above = dict(zip((parent for parent in self.board.grounds if parent), desk.merges[1:], strict=True))
        self.places: dict[str, list[Place]] = defaultdict(list)
        self.grades: dict[str, Grade] = {}
        for pair in self.soft:
            self.grades[pair.a] = max(self.grades.get(pair.a, Grade.SENTENCE), pair.grade or Grade.SENTENCE)
            if pair.a not in self.amended:
                self.places[pair.a] += pair.places

    def components(self, names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """What meets in a sentence, or amends one another, each with all that hangs together with it."""
        met = ((pair.a, pair.b) for pair in self.soft)
        amends = (
            (name, str(own.edit_id))
            for name, child in self.amended.items()
            if is_open(self.board.outcome(child.edit_id)) and child.parent_id is not None
            for own in self.board.by_proposal[child.parent_id].edits
        )
        return connected((*met, *amends, *((name, name) for name in names)))

    def reading(self, component: Sequence[str], items: Sequence[DeskItem]) -> Reading:
        own = {item.edit_id for item in items}
        beside = (self.board.live[UUID(name)] for name in component if UUID(name) not in own)
        grades = [self.grades[name] for name in component if name in self.grades]
        return Reading(
            items=tuple(items),
            grade=max(grades, default=None),
            beside=tuple(sorted(beside, key=lambda edit: (self.board.place_of(edit), edit.number or 0))),
            passages=tuple(self._passages(component, [item.edit for item in items])),
        )

    def _passages(self, component: Sequence[str], edits: Sequence[LiveEdit]) -> Iterator[Passage]:
        found = [each for name in component for each in self.excerpts.at(self.places.get(name, ()))]
        found += [each for edit in edits for each in self.excerpts.of(str(edit.edit_id))]
        if found:
            yield Passage(None, self.excerpts.joined(found))
        waiting = [edit for edit in edits if edit.edit_id in self.waiting]
        for parent_id in dict.fromkeys(edit.parent_id for edit in waiting):
            if parent_id is not None:
                excerpts = Excerpts(self.above[parent_id].redline)
                mine = (str(edit.edit_id) for edit in waiting if edit.parent_id == parent_id)
                seen = excerpts.joined(each for name in mine for each in excerpts.of(name))
                if seen:
                    yield Passage(parent_id, seen)
