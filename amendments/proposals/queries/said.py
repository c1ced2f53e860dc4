"""What was said about a proposal, and what the record tells of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from amendments.audit.models import Event
from amendments.audit.queries import naming
from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.consultations.models import Exclusion, ExclusionEdit
from amendments.consultations.rules import Scope
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.people.models import Account
from amendments.proposals.models import Comment, Edit, Position, Proposal
from amendments.proposals.rules import Stance
from amendments.web import access


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


def _stands() -> ColumnElement[bool]:
    """Of a position: it is a committee's, or that of somebody who takes part. Whoever is excluded now has no say in it
    by what they said before (NORMS §7); it is kept, and counts again when the exclusion is lifted.
    """
    edit, proposal, named = aliased(Edit), aliased(Proposal), aliased(Edit)
    parts = (
        exists()
        .where(ExclusionEdit.exclusion_id == Exclusion.id, named.id == ExclusionEdit.edit_id)
        .where(or_(named.proposal_id == proposal.id, named.proposal_id == proposal.parent_id))
    )
    about = or_(
        Exclusion.scope == Scope.DOCUMENT,
        and_(Exclusion.scope == Scope.TEXT, Exclusion.text_id == proposal.text_id),
        and_(Exclusion.scope == Scope.EDITS, parts),
    )
    excluded = (
        exists()
        .where(edit.id == Position.edit_id, proposal.id == edit.proposal_id)
        .where(Exclusion.document_id == proposal.document_id, Exclusion.account_id == Position.account_id)
        .where(Exclusion.lifted_at.is_(None), about)
    )
    return or_(Position.committee_id.is_not(None), ~excluded)


def position_counts(edit_ids: Iterable[UUID]) -> dict[UUID, Counts]:
    """Standing positions of members and committees; edits without any are left out."""
    wanted = list(edit_ids)
    counted: dict[UUID, dict[str, int]] = defaultdict(dict)
    if wanted:
        rows = db.session.execute(
            select(Position.edit_id, Position.stance, func.count())
            .where(Position.edit_id.in_(wanted), Position.superseded_by.is_(None), _stands())
            .group_by(Position.edit_id, Position.stance)
            .order_by(Position.edit_id, Position.stance)
        )
        for edit_id, stance, number in rows:
            counted[edit_id][Stance(stance).value] = number
    return {edit_id: Counts(**found) for edit_id, found in counted.items()}


def committee_stances(edit_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, Stance]]:
    """Committee -> edit -> the position it takes; one statement."""
    wanted = list(edit_ids)
    found: dict[UUID, dict[UUID, Stance]] = defaultdict(dict)
    if wanted:
        rows = db.session.execute(
            select(Position.committee_id, Position.edit_id, Position.stance)
            .where(Position.edit_id.in_(wanted), Position.committee_id.is_not(None), Position.superseded_by.is_(None))
            .order_by(Position.created_at, Position.id)
        )
        for committee_id, edit_id, stance in rows:
            if committee_id is not None:
                found[committee_id][edit_id] = Stance(stance)
    return dict(found)


def objections_to(edit_ids: Iterable[UUID]) -> dict[UUID, tuple[PositionEntry, ...]]:
    """Standing objections to each of these that has one, oldest first; two statements."""
    rows = db.session.execute(
        select(Position, Account.name)
        .join(Account, Account.id == Position.account_id)
        .where(
            Position.edit_id.in_(list(edit_ids)),
            Position.stance == Stance.OBJECTION,
            Position.superseded_by.is_(None),
            _stands(),
        )
        .order_by(Position.created_at, Position.id)
    ).all()
    found: dict[UUID, list[PositionEntry]] = defaultdict(list)
    for entry in _entries(rows):
        found[entry.position.edit_id].append(entry)
    return {edit_id: tuple(entries) for edit_id, entries in found.items()}


def positions_of(proposal_id: UUID) -> tuple[PositionEntry, ...]:
    """Standing positions, oldest first."""
    rows = db.session.execute(
        select(Position, Account.name)
        .join(Edit, Edit.id == Position.edit_id)
        .join(Account, Account.id == Position.account_id)
        .where(Edit.proposal_id == proposal_id, Position.superseded_by.is_(None), _stands())
        .order_by(Edit.rank, Position.created_at, Position.id)
    ).all()
    return _entries(rows)


def _entries(rows: Sequence[Row[Position, str]]) -> tuple[PositionEntry, ...]:
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
