"""Reading proposals: who asks for what on a version, where each edit stands there, and what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from amendments import text as engine
from amendments.audit.models import Event
from amendments.audit.queries import naming
from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.queries import document_for, load_text
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.people.models import Account
from amendments.proposals.models import CarryOver, Comment, Edit, EditReplacement, Hunk, Position, Proposal
from amendments.proposals.rules import PROPOSAL_SEE, CarryOutcome, Stance, State
from amendments.web import access
from amendments.web.actor import Actor


@dataclass(frozen=True)
class ProposalPlace:
    document: Document
    text: DocumentText
    version: Version
    proposal: Proposal
    author_name: str
    committee: Committee | None


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


@dataclass(frozen=True)
class HandedBack:
    """An edit the step to a version left behind. `hunks` speak of `from_version_id`."""

    edit_id: UUID
    proposal: Proposal
    author_name: str
    committee: Committee | None
    outcome: CarryOutcome
    paragraph: str
    hunks: tuple[engine.Hunk, ...]
    from_version_id: UUID
    to_version_id: UUID


@dataclass(frozen=True)
class Counts:
    support: int = 0
    objection: int = 0
    abstention: int = 0


@dataclass(frozen=True)
class PositionEntry:
    position: Position
    account_name: str
    committee: Committee | None


@dataclass(frozen=True)
class CommentEntry:
    comment: Comment
    author_name: str


@dataclass(frozen=True)
class Entry:
    """A line of a proposal's history, from the record."""

    at: datetime
    actor_id: UUID | None
    actor_name: str
    name: str
    payload: dict[str, Any] = field(default_factory=dict)


def proposal_for(actor: Actor, proposal_id: UUID) -> ProposalPlace:
    row = db.session.execute(
        select(Proposal, DocumentText, Version, Account.name, Committee)
        .join(DocumentText, DocumentText.id == Proposal.text_id)
        .join(Version, Version.id == Proposal.version_id)
        .join(Account, Account.id == Proposal.author_id)
        .outerjoin(Committee, Committee.id == Proposal.committee_id)
        .where(Proposal.id == proposal_id)
    ).one_or_none()
    if row is None:
        raise NotFound(access.NOT_FOUND)
    proposal, text, version, author_name, committee = row
    document = document_for(actor, proposal.document_id)
    place = ProposalPlace(document, text, version, proposal, author_name, committee)
    if not access.may(actor, PROPOSAL_SEE, place):
        raise NotFound(access.NOT_FOUND)
    return place


def place_of_edit(actor: Actor, edit_id: UUID) -> ProposalPlace:
    proposal_id = db.session.scalar(select(Edit.proposal_id).where(Edit.id == edit_id))
    if proposal_id is None:
        raise NotFound(access.NOT_FOUND)
    return proposal_for(actor, proposal_id)


def proposals_of(edit_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Edit -> its proposal."""
    rows = db.session.execute(select(Edit.id, Edit.proposal_id).where(Edit.id.in_(list(edit_ids))).order_by(Edit.id))
    return {row.id: row.proposal_id for row in rows}


# --- edits on a version


def proposals_on(version_id: UUID) -> tuple[ProposalOn, ...]:
    """Every open proposal with an edit on this version, filed there or anchored there, by number; five statements."""
    filed, carried = _filed_on(version_id), _anchored_on(version_id)
    hunks = _hunks_filed_on(version_id)
    live: dict[UUID, list[tuple[int, UUID, tuple[engine.Hunk, ...], bool]]] = defaultdict(list)
    for edit_id, proposal_id, rank in filed:
        live[proposal_id].append((rank, edit_id, hunks[edit_id], False))
    for edit_id, proposal_id, rank, data in carried:
        live[proposal_id].append((rank, edit_id, hunks_from_json(data), True))
    found = []
    for proposal, author_name, committee in _proposals(live):
        parent_id = proposal.parent_id if proposal.parent_id in live else None
        edits = tuple(
            LiveEdit(edit_id, proposal.id, proposal.number, parent_id, wish, proposal.version_id, moved)
            for _, edit_id, wish, moved in sorted(live[proposal.id], key=lambda item: item[0])
        )
        found.append(ProposalOn(proposal, author_name, committee, edits))
    return tuple(found)


def edits_on(version_id: UUID) -> tuple[LiveEdit, ...]:
    return tuple(edit for proposal in proposals_on(version_id) for edit in proposal.edits)


def hunks_from_json(data: Iterable[dict[str, Any]]) -> tuple[engine.Hunk, ...]:
    return tuple(engine.hunk_from_json(hunk) for hunk in data)


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


def _gathered(rows: Iterable[Row[UUID, dict[str, Any]]]) -> dict[UUID, tuple[engine.Hunk, ...]]:
    hunks: dict[UUID, list[engine.Hunk]] = defaultdict(list)
    for edit_id, data in rows:
        hunks[edit_id].append(engine.hunk_from_json(data))
    return {edit_id: tuple(found) for edit_id, found in hunks.items()}


def _proposals(ids: Iterable[UUID]) -> list[Row[Proposal, str, Committee | None]]:
    wanted = list(ids)
    if not wanted:
        return []
    return list(
        db.session.execute(
            select(Proposal, Account.name, Committee)
            .join(Account, Account.id == Proposal.author_id)
            .outerjoin(Committee, Committee.id == Proposal.committee_id)
            .where(Proposal.id.in_(wanted))
            .order_by(Proposal.number, Proposal.id)
        )
    )


def wording_base(version_id: UUID, parent_id: UUID | None = None) -> engine.Text:
    """What somebody reads who files: the version, or with a parent the version after that proposal alone is applied.

    Raises NotFound when the parent has no edit on this version.
    """
    base = load_text(version_id)
    if parent_id is None:
        return base
    return wording_after(base, edits_on(version_id), parent_id)


def wording_after(base: engine.Text, edits: Iterable[LiveEdit], parent_id: UUID) -> engine.Text:
    """`base` after the proposal alone, below it those it speaks of itself."""
    by_proposal: dict[UUID, list[LiveEdit]] = defaultdict(list)
    for live in edits:
        by_proposal[live.proposal_id].append(live)
    line: list[list[LiveEdit]] = []
    current: UUID | None = parent_id
    while current is not None:
        if current not in by_proposal:
            raise NotFound(access.NOT_FOUND)
        line.append(by_proposal[current])
        current = by_proposal[current][0].parent_id
    for layer in reversed(line):
        base = engine.apply(base, [live.edit for live in layer])
    return base


def wordings_then(version_id: UUID, parent_ids: Iterable[UUID]) -> dict[UUID, engine.Text]:
    """What amendments to these proposals spoke of on that version, whatever has become of the proposals since.

    A proposal without an edit there leaves the version as it is: its words are part of it, or were never put to it.
    """
    stood: dict[UUID, tuple[engine.Edit, ...]] = {}
    above: dict[UUID, UUID | None] = {}
    wanted = asked = frozenset(parent_ids)
    while wanted:
        rows = db.session.execute(
            select(Edit.id, Edit.proposal_id, Proposal.parent_id, Proposal.version_id, CarryOver.hunks)
            .join(Proposal, Proposal.id == Edit.proposal_id)
            .outerjoin(CarryOver, (CarryOver.edit_id == Edit.id) & (CarryOver.to_version_id == version_id))
            .where(Edit.proposal_id.in_(wanted))
            .order_by(Edit.proposal_id, Edit.rank)
        ).all()
        here = hunks_of(edit_id for edit_id, _, _, filed_on, _ in rows if filed_on == version_id)
        here |= {edit_id: hunks_from_json(data) for edit_id, _, _, _, data in rows if data is not None}
        for edit_id, proposal_id, parent_id, _, _ in rows:
            above[proposal_id] = parent_id
            if edit_id in here:
                stood[proposal_id] = (*stood.get(proposal_id, ()), engine.Edit(str(edit_id), here[edit_id]))
        further = (above[proposal_id] for proposal_id in stood)
        wanted = frozenset(parent_id for parent_id in further if parent_id is not None and parent_id not in above)
    base = load_text(version_id)
    return {parent_id: _grown(base, parent_id, stood, above) for parent_id in asked}


def _grown(
    base: engine.Text,
    proposal_id: UUID | None,
    stood: Mapping[UUID, tuple[engine.Edit, ...]],
    above: Mapping[UUID, UUID | None],
) -> engine.Text:
    if proposal_id is None or proposal_id not in stood:
        return base
    return engine.apply(_grown(base, above[proposal_id], stood, above), stood[proposal_id])


# --- one proposal


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


def carry_overs_of(proposal_id: UUID) -> tuple[CarryOver, ...]:
    rows = db.session.scalars(
        select(CarryOver)
        .join(Edit, Edit.id == CarryOver.edit_id)
        .join(Version, Version.id == CarryOver.to_version_id)
        .where(Edit.proposal_id == proposal_id)
        .order_by(Version.number, Edit.rank)
    )
    return tuple(rows)


def handed_back(version_id: UUID) -> tuple[HandedBack, ...]:
    """Edits that stood on the version before and found their passage changed, gone, or their wording already there."""
    before = aliased(CarryOver)
    rows = db.session.execute(
        select(CarryOver, Edit.proposal_id, before.hunks)
        .join(Edit, Edit.id == CarryOver.edit_id)
        .outerjoin(before, (before.edit_id == CarryOver.edit_id) & (before.to_version_id == CarryOver.from_version_id))
        .where(CarryOver.to_version_id == version_id, CarryOver.outcome != CarryOutcome.ANCHORED)
        .order_by(Edit.proposal_id, Edit.rank)
    ).all()
    proposals = {row[0].id: row for row in _proposals({proposal_id for _, proposal_id, _ in rows})}
    as_filed = hunks_of(carry.edit_id for carry, _, data in rows if data is None)
    found = []
    for carry, proposal_id, data in rows:
        proposal, author_name, committee = proposals[proposal_id]
        hunks = hunks_from_json(data) if data is not None else as_filed[carry.edit_id]
        outcome = CarryOutcome(carry.outcome)
        found.append(
            HandedBack(
                carry.edit_id,
                proposal,
                author_name,
                committee,
                outcome,
                carry.paragraph,
                hunks,
                carry.from_version_id,
                carry.to_version_id,
            )
        )
    return tuple(sorted(found, key=lambda item: item.proposal.number or 0))


def proposals_handed_back(proposal_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those with an edit that found its passage changed or gone when a version appeared; one statement."""
    lost = (CarryOutcome.PASSAGE_CHANGED.value, CarryOutcome.PASSAGE_GONE.value)
    return frozenset(
        db.session.scalars(
            select(Edit.proposal_id)
            .join(CarryOver, CarryOver.edit_id == Edit.id)
            .where(Edit.proposal_id.in_(list(proposal_ids)), CarryOver.outcome.in_(lost))
            .order_by(Edit.proposal_id)
        )
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


def children_of(proposal_ids: Iterable[UUID]) -> tuple[Proposal, ...]:
    """Open proposals that speak of these proposals' wording, and those that speak of theirs."""
    found: list[Proposal] = []
    wanted = set(proposal_ids)
    while wanted:
        rows = db.session.scalars(
            select(Proposal)
            .where(Proposal.parent_id.in_(wanted), Proposal.state.in_([State.OPEN, State.SUBMITTED]))
            .order_by(Proposal.number)
        ).all()
        found.extend(rows)
        wanted = {row.id for row in rows}
    return tuple(found)


# --- what was said


def position_counts(edit_ids: Iterable[UUID]) -> dict[UUID, Counts]:
    """Standing positions of members and committees; edits without any are left out."""
    wanted = list(edit_ids)
    counted: dict[UUID, dict[str, int]] = defaultdict(dict)
    if wanted:
        rows = db.session.execute(
            select(Position.edit_id, Position.stance, func.count())
            .where(Position.edit_id.in_(wanted), Position.superseded_by.is_(None))
            .group_by(Position.edit_id, Position.stance)
            .order_by(Position.edit_id, Position.stance)
        )
        for edit_id, stance, number in rows:
            counted[edit_id][Stance(stance).value] = number
    return {edit_id: Counts(**found) for edit_id, found in counted.items()}


def positions_of(proposal_id: UUID) -> tuple[PositionEntry, ...]:
    """Standing positions, oldest first."""
    rows = db.session.execute(
        select(Position, Account.name)
        .join(Edit, Edit.id == Position.edit_id)
        .join(Account, Account.id == Position.account_id)
        .where(Edit.proposal_id == proposal_id, Position.superseded_by.is_(None))
        .order_by(Edit.rank, Position.created_at, Position.id)
    ).all()
    committees = committees_by_id(position.committee_id for position, _ in rows)
    return tuple(
        PositionEntry(position, name, committees[position.committee_id] if position.committee_id else None)
        for position, name in rows
    )


def comments_of(proposal_id: UUID) -> tuple[CommentEntry, ...]:
    rows = db.session.execute(
        select(Comment, Account.name)
        .join(Account, Account.id == Comment.author_id)
        .where(Comment.proposal_id == proposal_id)
        .order_by(Comment.created_at, Comment.id)
    )
    return tuple(CommentEntry(comment, name) for comment, name in rows)


def history_of(proposal_id: UUID) -> tuple[Entry, ...]:
    """What the record says of this proposal and its edits, oldest first."""
    proposal = db.session.get(Proposal, proposal_id)
    if proposal is None:
        raise NotFound(access.NOT_FOUND)
    edit_ids = db.session.scalars(select(Edit.id).where(Edit.proposal_id == proposal_id).order_by(Edit.rank))
    rows = db.session.execute(
        select(Event, Account.name)
        .outerjoin(Account, Account.id == Event.actor_id)
        .where(Event.seq.in_(naming((proposal_id, *edit_ids))))
        .order_by(Event.seq)
    )
    return tuple(Entry(event.at, event.actor_id, name or "", event.name, event.payload) for event, name in rows)
