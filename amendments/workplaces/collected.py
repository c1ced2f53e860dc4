"""The passages a draft already has: as they were written, and where they stand when a version has appeared since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from amendments import text as engine
from amendments.consensus.provenance import carry_over_between
from amendments.documents.models import Version
from amendments.documents.queries import load_text
from amendments.errors import Conflict
from amendments.exchange.words import N_
from amendments.proposals import queries as proposals
from amendments.proposals.models import Proposal
from amendments.text import Hunk, MisfitError, Text
from amendments.text.carrying import Outcome
from amendments.web.reading import Stretch
from amendments.workplaces.passages import lengths_of, redline_of, touched

DOES_NOT_FIT = N_(
    "Der Text hat sich geändert, und nicht alle vorgemerkten Textstellen passen noch. Bitte entfernen Sie die, bei "
    "denen das steht; danach können Sie weiterschreiben oder einreichen."
)


@dataclass(frozen=True, slots=True)
class Collected:
    """One passage of a draft."""

    edit_id: UUID
    redline: tuple[Stretch, ...]
    """Against the words it was written on."""
    hunks: tuple[Hunk, ...]
    """Against the words of the version the page speaks of; empty when it does not fit them."""

    @property
    def fits(self) -> bool:
        return bool(self.hunks)


def collected_of(draft: Proposal, version: Version, base: Text) -> tuple[Collected, ...]:
    """`base`: the version's words, or with a parent those after it."""
    edits = proposals.edits_of(draft.id)
    if draft.version_id == version.id:
        return tuple(Collected(edit.edit_id, redline_of(base, edit.hunks), edit.hunks) for edit in edits)
    then = _then(draft)
    if draft.parent_id is not None:
        moved = [_where_nothing_changed(then, base, edit.hunks) for edit in edits]
    else:
        moved = carried(draft.version_id, version.id, [edit.edit for edit in edits])
    return tuple(
        Collected(edit.edit_id, redline_of(then, edit.hunks), hunks) for edit, hunks in zip(edits, moved, strict=True)
    )


def standing_hunks(collected: tuple[Collected, ...]) -> list[tuple[Hunk, ...]]:
    """What goes into the version of the page with the draft; Conflict while something in it does not fit."""
    if not all(one.fits for one in collected):
        raise Conflict(DOES_NOT_FIT)
    return [one.hunks for one in collected]


def _then(draft: Proposal) -> Text:
    if draft.parent_id is None:
        return load_text(draft.version_id)
    return proposals.wordings_then(draft.version_id, [draft.parent_id])[draft.parent_id]


def carried(older_id: UUID, newer_id: UUID, edits: list[engine.Edit]) -> list[tuple[Hunk, ...]]:
    """Where wishes stand across all steps between two versions; nothing for one that stands no more."""
    way = carry_over_between(older_id, newer_id)
    found = [way.carry(edit) for edit in edits]
    return [one.hunks if one.outcome is Outcome.ANCHORED else () for one in found]


def _where_nothing_changed(then: Text, now: Text, hunks: tuple[Hunk, ...]) -> tuple[Hunk, ...]:
    """Between the wordings of another proposal no steps are kept: only what is untouched as a whole proves itself."""
    if set(_contents(then, hunks)) - set(_contents(now, hunks)):
        return ()
    try:
        engine.check(now, hunks)
    except MisfitError:
        return ()
    return hunks


def _contents(text: Text, hunks: tuple[Hunk, ...]) -> Iterator[engine.Paragraph]:
    lengths = lengths_of(text)
    named = {place.paragraph for hunk in hunks for place in touched(hunk, lengths)}
    return (paragraph for paragraph in text if paragraph.identity in named)
