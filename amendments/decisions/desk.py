"""The desk of a version with the document's lock held: what lives on it, what stands about it, and writing it down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid4

from sqlalchemy import update

from amendments import text as engine
from amendments.committees.rules import account_id_of
from amendments.consultations.queries import consultation_for
from amendments.consultations.rules import Step, Vote
from amendments.decisions.events import Line
from amendments.decisions.models import Decision
from amendments.decisions.queries import depending_on, outcome_of, standing_on
from amendments.decisions.rules import DECIDE, DECIDE_IN_STEP, Body, Deciding, Outcome, is_open
from amendments.documents.queries import VersionPlace, load_text, version_for
from amendments.errors import Conflict, NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.proposals.grounds import Ground, grounds_of
from amendments.proposals.queries import LiveEdit, edits_on, proposals_of
from amendments.proposals.storing import lock_current
from amendments.text import RelationKind
from amendments.web import access, clock
from amendments.web.actor import Actor

NOT_HERE = N_("Diese Änderung steht in dieser Fassung nicht mehr zur Entscheidung.")


@dataclass(frozen=True)
class Desk:
    """Live edits of a version by id, and the standing decision of each that has one."""

    place: VersionPlace
    live: dict[UUID, LiveEdit]
    standing: dict[UUID, Decision]
    actor: Actor
    body: Body

    @property
    def account_id(self) -> UUID:
        return account_id_of(self.actor)

    def edit(self, edit_id: UUID) -> LiveEdit:
        found = self.live.get(edit_id)
        if found is None:
            raise Conflict(NOT_HERE, details={"edit_id": edit_id})
        return found

    def outcome(self, edit_id: UUID) -> Outcome | None:
        return outcome_of(self.standing.get(edit_id))

    def agreed(self) -> set[UUID]:
        return {edit_id for edit_id in self.live if self.outcome(edit_id) is Outcome.AGREED}

    def relations(self, edit_ids: Iterable[UUID]) -> list[engine.Relation]:
        """Among these, as far as they speak of the same wording."""
        wanted = set(edit_ids)
        return [relation for ground in self._grounds.values() for relation in ground.among(wanted)]

    @cached_property
    def _grounds(self) -> dict[UUID | None, Ground]:
        return grounds_of(load_text(self.place.version), self.live)

    def add(self, edits: Iterable[LiveEdit]) -> None:
        """Edits of a proposal that has just been made here."""
        self.live.update({edit.edit_id: edit for edit in edits})
        self.__dict__.pop("_grounds", None)

    def write(
        self,
        edit_id: UUID,
        outcome: Outcome,
        reason: str,
        vote: Vote,
        *,
        rank: int | None = None,
        settled_by: UUID | None = None,
        modified_by: UUID | None = None,
    ) -> Decision:
        """A new standing decision; the older one gives way first, or the unique index would refuse it.

        Whoever is excluded from the edit decides nothing about it, not even by deciding about another.
        """
        access.require_free(self.actor, Deciding(self.place.document, self.place.text, (edit_id,)))
        row = Decision(
            id=uuid4(),
            edit_id=edit_id,
            committee_id=self.body.committee_id,
            consultation_id=self.body.consultation_id,
            outcome=outcome.value,
            rank=rank,
            modified_by_edit_id=modified_by,
            settled_by_edit_id=settled_by,
            vote_kind=vote.kind.value,
            yes=vote.yes,
            no=vote.no,
            abstained=vote.abstained,
            reason=reason,
            decided_by=self.account_id,
            decided_at=clock.now(),
        )
        older = self.standing.get(edit_id)
        if older is not None:
            db.session.execute(update(Decision).where(Decision.id == older.id).values(superseded_by=row.id))
        db.session.add(row)
        db.session.flush()
        self.standing[edit_id] = row
        return row

    def settle(self, agreed: set[UUID], decided: set[UUID]) -> list[Decision]:
        """Undecided edits whose whole wish is in an agreed one are settled by it."""
        candidates = [edit_id for edit_id in self.live if is_open(self.outcome(edit_id)) or edit_id in agreed]
        by: dict[UUID, UUID] = {}
        for relation in self.relations(candidates):
            if relation.kind not in (RelationKind.CONTAINED, RelationKind.SAME):
                continue
            a, b = UUID(relation.a), UUID(relation.b)
            pairs = [(a, b)] if relation.kind is RelationKind.CONTAINED else [(a, b), (b, a)]
            for small, large in pairs:
                if large in agreed and small not in agreed | decided:
                    by.setdefault(small, large)
        return [
            self.write(edit_id, Outcome.SETTLED, "", Vote(), settled_by=larger)
            for edit_id, larger in sorted(by.items(), key=lambda pair: str(pair[0]))
        ]

    def lines(self, rows: Sequence[Decision]) -> tuple[Line, ...]:
        """(proposal, edit, outcome) of each, for the record; those that do not live here any more too."""
        gone = proposals_of(row.edit_id for row in rows if row.edit_id not in self.live)
        known = gone | {edit_id: live.proposal_id for edit_id, live in self.live.items()}
        return tuple((known[row.edit_id], row.edit_id, row.outcome) for row in rows)


def open_desk(actor: Actor, version_id: UUID, consultation_id: UUID | None = None) -> Desk:
    """For whoever may decide there: at the desk of the committee in charge, or in that step by the committee in charge
    of it. Conflict when a newer version has been published.
    """
    place = version_for(actor, version_id)
    body = _body(actor, place, consultation_id)
    lock_current(place)
    live = {edit.edit_id: edit for edit in edits_on(version_id)}
    return Desk(place, live, standing_on(live, body.committee_id), actor, body)


def _body(actor: Actor, place: VersionPlace, consultation_id: UUID | None) -> Body:
    if consultation_id is None:
        access.require(actor, DECIDE, Deciding(place.document, place.text))
        return Body(place.document.lead_committee_id)
    found = consultation_for(actor, consultation_id)
    if found.document.id != place.document.id:
        raise NotFound(access.NOT_FOUND)
    access.require(actor, DECIDE_IN_STEP, Step(found.document, found.step.committee_ids, place.text))
    return Body(found.consultation.committee_ids[0], consultation_id)


def resting_on(edit_ids: Iterable[UUID], committee_id: UUID | None = None) -> list[UUID]:
    """Edits whose standing decision rests on these, or on one that does; these themselves are left out."""
    wanted = list(edit_ids)
    known = set(wanted)
    found: list[UUID] = []
    while wanted:
        wanted = [row.edit_id for row in depending_on(wanted, committee_id) if row.edit_id not in known]
        found += wanted
        known.update(wanted)
    return found
