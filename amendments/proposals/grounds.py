"""Edits that speak of the same wording, and so can clash: the version itself, or the version after one proposal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from amendments import text as engine
from amendments.proposals.queries import LiveEdit, wording_after


@dataclass(frozen=True)
class Ground:
    """`wording` is what the hunks of `edits` speak of: the version, or the version after `parent_id` alone."""

    parent_id: UUID | None
    wording: engine.Text
    edits: tuple[LiveEdit, ...]

    @cached_property
    def relations(self) -> tuple[engine.Relation, ...]:
        """Among all these edits, whatever was decided about them."""
        return engine.relations(self.wording, [edit.edit for edit in self.edits])

    def among(self, edit_ids: Collection[UUID]) -> tuple[engine.Relation, ...]:
        """Among these alone; pairs that do not matter are not judged."""
        wanted = [edit.edit for edit in self.edits if edit.edit_id in edit_ids]
        return engine.relations(self.wording, wanted) if len(wanted) > 1 else ()


def grounds_of(base: engine.Text, live: Mapping[UUID, LiveEdit]) -> dict[UUID | None, Ground]:
    """All edits of a version by the wording they speak of; the version itself comes first, and is always there."""
    by_parent: dict[UUID | None, list[LiveEdit]] = {None: []}
    for edit in live.values():
        by_parent.setdefault(edit.parent_id, []).append(edit)
    return {
        parent_id: Ground(parent_id, _wording(base, live.values(), parent_id), tuple(edits))
        for parent_id, edits in by_parent.items()
    }


def _wording(base: engine.Text, edits: Iterable[LiveEdit], parent_id: UUID | None) -> engine.Text:
    return base if parent_id is None else wording_after(base, edits, parent_id)
