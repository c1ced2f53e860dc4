"""Which edits stand on a version, and the edits of a proposal as filed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, true

from amendments import text as engine
from amendments.committees.models import Committee
from amendments.documents.models import Document
from amendments.documents.queries import texts_at_work
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.people.models import Account
from amendments.proposals.models import CarryOver, Edit, EditReplacement, Hunk, Proposal
from amendments.proposals.queries.names import proposer_name
from amendments.proposals.rules import CarryOutcome, State
from amendments.web import access
from amendments.web.actor import Actor


@dataclass(frozen=True)
class LiveEdit:
    """An edit with its hunks in the coordinates of one version.

    `parent_id`: the hunks speak of the version after that proposal alone is applied (`wording_base`). None too when
    the parent has become part of the version.
    """

    edit_id: UUID
    proposal_id: UUID
    number: int | None
    parent_id: UUID | None
    hunks: tuple[engine.Hunk, ...]
    filed_on_id: UUID
    carried: bool = False

    @property
    def edit(self) -> engine.Edit:
        return engine.Edit(str(self.edit_id), self.hunks)


@dataclass(frozen=True)
class ProposalOn:
    """A proposal as it stands on one version: only its edits that live there."""

    proposal: Proposal
    author_name: str
    committee: Committee | None
    edits: tuple[LiveEdit, ...]


def for_reader(actor: Actor, document: Document) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Proposal: of this document, and of what there is about texts whose work this person sees."""
    texts = [text.id for text in texts_at_work(actor, document)]
    hidden = actor.excluded.ids
    return Proposal.document_id == document.id, Proposal.text_id.in_(texts), Proposal.id.not_in(hidden)


def proposals_on(version_id: UUID, hidden: Collection[UUID] = ()) -> tuple[ProposalOn, ...]:
    """Every open proposal with an edit on this version, filed there or anchored there, by number; five statements.

    `hidden`: proposals that are not for the person who reads (`actor.excluded.ids`): pages hand it in, verbs do not.
    """
    filed, carried = _filed_on(version_id), _anchored_on(version_id)
    hunks = _hunks_filed_on(version_id)
    live: dict[UUID, list[tuple[int, UUID, tuple[engine.Hunk, ...], bool]]] = defaultdict(list)
    for edit_id, proposal_id, rank in filed:
        live[proposal_id].append((rank, edit_id, hunks[edit_id], False))
    for edit_id, proposal_id, rank, data in carried:
        live[proposal_id].append((rank, edit_id, hunks_from_json(data), True))
    found = []
    for proposal, author_name, committee in with_authors(live.keys() - set(hidden)):
        parent_id = proposal.parent_id if proposal.parent_id in live else None
        edits = tuple(
            LiveEdit(edit_id, proposal.id, proposal.number, parent_id, wish, proposal.version_id, moved)
            for _, edit_id, wish, moved in sorted(live[proposal.id], key=lambda item: item[0])
        )
        found.append(ProposalOn(proposal, author_name, committee, edits))
    return tuple(found)


def edits_on(version_id: UUID) -> tuple[LiveEdit, ...]:
    return tuple(edit for proposal in proposals_on(version_id) for edit in proposal.edits)


def _filed_on(version_id: UUID) -> list[Row[UUID, UUID, int]]:
    return list(
        db.session.execute(
            select(Edit.id, Edit.proposal_id, Edit.rank)
            .join(Proposal, Proposal.id == Edit.proposal_id)
            .where(Proposal.version_id == version_id, Proposal.state == State.OPEN)
            .order_by(Edit.proposal_id, Edit.rank)
        )
    )


def _anchored_on(version_id: UUID) -> list[Row[UUID, UUID, int, Any]]:
    return list(
        db.session.execute(
            select(Edit.id, Edit.proposal_id, Edit.rank, CarryOver.hunks)
            .join(CarryOver, CarryOver.edit_id == Edit.id)
            .join(Proposal, Proposal.id == Edit.proposal_id)
            .where(
                CarryOver.to_version_id == version_id,
                CarryOver.outcome == CarryOutcome.ANCHORED,
                Proposal.state == State.OPEN,
            )
            .order_by(Edit.proposal_id, Edit.rank)
        )
    )


def _hunks_filed_on(version_id: UUID) -> dict[UUID, tuple[engine.Hunk, ...]]:
    rows = db.session.execute(
        select(Hunk.edit_id, Hunk.data)
        .join(Edit, Edit.id == Hunk.edit_id)
        .join(Proposal, Proposal.id == Edit.proposal_id)
        .where(Proposal.version_id == version_id, Proposal.state == State.OPEN)
        .order_by(Hunk.edit_id, Hunk.rank)
    )
    return _gathered(rows)


def edits_of(proposal_id: UUID) -> tuple[LiveEdit, ...]:
    """The edits as filed."""
    proposal = db.session.get(Proposal, proposal_id)
    if proposal is None:
        raise NotFound(access.NOT_FOUND)
    rows = db.session.execute(
        select(Hunk.edit_id, Hunk.data)
        .join(Edit, Edit.id == Hunk.edit_id)
        .where(Edit.proposal_id == proposal_id)
        .order_by(Edit.rank, Hunk.rank)
    )
    return tuple(
        LiveEdit(edit_id, proposal.id, proposal.number, proposal.parent_id, hunks, proposal.version_id)
        for edit_id, hunks in _gathered(rows).items()
    )


def hunks_of(edit_ids: Iterable[UUID]) -> dict[UUID, tuple[engine.Hunk, ...]]:
    """Hunks as filed, in one statement."""
    wanted = list(edit_ids)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Hunk.edit_id, Hunk.data).where(Hunk.edit_id.in_(wanted)).order_by(Hunk.edit_id, Hunk.rank)
    )
    return _gathered(rows)


def _gathered(rows: Iterable[Row[UUID, dict[str, Any]]]) -> dict[UUID, tuple[engine.Hunk, ...]]:
    hunks: dict[UUID, list[engine.Hunk]] = defaultdict(list)
    for edit_id, data in rows:
        hunks[edit_id].append(engine.hunk_from_json(data))
    return {edit_id: tuple(found) for edit_id, found in hunks.items()}


def hunks_from_json(data: Iterable[dict[str, Any]]) -> tuple[engine.Hunk, ...]:
    return tuple(engine.hunk_from_json(hunk) for hunk in data)


def with_authors(ids: Iterable[UUID]) -> list[Row[Proposal, str, Committee | None]]:
    wanted = list(ids)
    if not wanted:
        return []
    return list(
        db.session.execute(
            select(Proposal, proposer_name(), Committee)
            .join(Account, Account.id == Proposal.author_id)
            .outerjoin(Committee, Committee.id == Proposal.committee_id)
            .where(Proposal.id.in_(wanted))
            .order_by(Proposal.number, Proposal.id)
        )
    )


def proposals_of(edit_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Edit -> its proposal."""
    rows = db.session.execute(select(Edit.id, Edit.proposal_id).where(Edit.id.in_(list(edit_ids))).order_by(Edit.id))
    return {row.id: row.proposal_id for row in rows}


def numbers_of(edit_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Edit -> the number of its proposal, whatever became of that."""
    rows = db.session.execute(
        select(Edit.id, Proposal.number)
        .join(Proposal, Proposal.id == Edit.proposal_id)
        .where(Edit.id.in_(list(edit_ids)))
    )
    return {row.id: row.number or 0 for row in rows}


def withdrawn_between(text_ids: Collection[UUID], start: datetime, end: datetime | None) -> dict[UUID, int]:
    """Edit -> the number of its proposal, of what was filed on these texts and taken back then."""
    rows = db.session.execute(
        select(Edit.id, Proposal.number)
        .join(Proposal, Proposal.id == Edit.proposal_id)
        .where(
            Proposal.text_id.in_(text_ids),
            Proposal.withdrawn_at >= start,
            Proposal.withdrawn_at <= end if end is not None else true(),
        )
    )
    return {row.id: row.number or 0 for row in rows}


def replacements_of(edit_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Edit of a compromise or a modified wording -> the edits whose place it takes."""
    wanted = list(edit_ids)
    replaced: dict[UUID, list[UUID]] = defaultdict(list)
    if wanted:
        rows = db.session.execute(
            select(EditReplacement.edit_id, EditReplacement.replaced_edit_id)
            .where(EditReplacement.edit_id.in_(wanted))
            .order_by(EditReplacement.edit_id, EditReplacement.replaced_edit_id)
        )
        for edit_id, replaced_id in rows:
            replaced[edit_id].append(replaced_id)
    return {edit_id: tuple(found) for edit_id, found in replaced.items()}


def children_of(proposal_ids: Iterable[UUID], *states: State) -> tuple[Proposal, ...]:
    """Proposals (the open ones, or those in `states`) that speak of these proposals' wording, and those that speak of
    theirs.
    """
    found: list[Proposal] = []
    wanted = set(proposal_ids)
    while wanted:
        rows = db.session.scalars(
            select(Proposal)
            .where(Proposal.parent_id.in_(wanted), Proposal.state.in_(states or (State.OPEN, State.SUBMITTED)))
            .order_by(Proposal.number)
        ).all()
        found.extend(rows)
        wanted = {row.id for row in rows}
    return tuple(found)
