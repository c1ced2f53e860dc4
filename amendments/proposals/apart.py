"""Nothing is filed about what somebody is excluded from: neither by them nor for them, nor about the same words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from amendments import text as engine
from amendments.documents.queries import VersionPlace, load_text
from amendments.documents.rules import is_excluded
from amendments.errors import InvalidInput
from amendments.exchange.words import N_
from amendments.people.queries import actor_for
from amendments.proposals.queries import edits_on
from amendments.proposals.rules import PROPOSAL_FILE, OnBehalf
from amendments.web import access
from amendments.web.actor import Actor

NEW: Final = "new-"

SPEAKER_EXCLUDED = N_("Diese Person ist davon wegen Sonderinteresse ausgeschlossen.")


def require_apart(
    actor: Actor, place: VersionPlace, edits: Sequence[Sequence[engine.Hunk]], parent_id: UUID | None
) -> None:
    """What somebody is excluded from is a matter, not a number: nothing is filed about the same words either."""
    if not actor.excluded.ids:
        return
    touched = _touched(place, actor.excluded.ids, edits, parent_id)
    if touched:
        access.require(actor, PROPOSAL_FILE, OnBehalf(place.document, None, place.text, touched))


def require_free_speaker(
    author_id: UUID, place: VersionPlace, edits: Sequence[Sequence[engine.Hunk]], parent_id: UUID | None
) -> None:
    """Nothing is put on record for somebody that they could not file themselves."""
    speaker = actor_for(author_id)
    touched = _touched(place, speaker.excluded.ids, edits, parent_id)
    if is_excluded(speaker, OnBehalf(place.document, None, place.text, touched)):
        raise InvalidInput(SPEAKER_EXCLUDED, field="account")


def _touched(
    place: VersionPlace, hidden: frozenset[UUID], edits: Sequence[Sequence[engine.Hunk]], parent_id: UUID | None
) -> frozenset[UUID]:
    """Those of the hidden edits that these have to do with, a shared sentence included; the hidden parent itself."""
    live = edits_on(place.version.id)
    theirs = [edit.edit for edit in live if edit.parent_id is None and edit.edit_id in hidden]
    wording = load_text(place.version)
    if not theirs or parent_id in hidden:
        return hidden.intersection([parent_id] if parent_id is not None else [])
    if parent_id is not None:
        step = engine.apply_edits(
            engine.Redline.of(wording), [edit.edit for edit in live if edit.proposal_id == parent_id]
        )
        carried = [(edit.id, engine.CarryOver(step).carry(edit)) for edit in theirs]
        rivals = [UUID(name) for name, found in carried if found.outcome is not engine.Outcome.ANCHORED]
        if rivals:
            return frozenset(rivals)
        theirs = [engine.Edit(name, found.hunks) for name, found in carried]
        wording = step.accept()
    wishes = [engine.Edit(f"{NEW}{number}", tuple(hunks)) for number, hunks in enumerate(edits)]
    found = engine.relations(wording, [*theirs, *wishes])
    met = [{pair.a, pair.b} for pair in found if pair.a.startswith(NEW) != pair.b.startswith(NEW)]
    return frozenset(UUID(name) for pair in met for name in pair if not name.startswith(NEW))
