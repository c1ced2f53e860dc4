"""Reading decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select

from amendments.committees.models import Committee
from amendments.decisions.models import Decision
from amendments.decisions.rules import Outcome, StageState, is_open, proposal_state
from amendments.documents.models import Document
from amendments.extensions import db
from amendments.people.models import Account
from amendments.proposals.models import Edit, Proposal
from amendments.proposals.queries import fates_of
from amendments.proposals.rules import Fate


@dataclass(frozen=True)
class DecisionEntry:
    decision: Decision
    decided_by_name: str
    committee: Committee


def _by(committee_id: UUID | None) -> ColumnElement[bool]:
    """Decisions of this committee; None: of the one in charge of the document the edit belongs to."""
    if committee_id is not None:
        return Decision.committee_id == committee_id
    return exists().where(
        Edit.id == Decision.edit_id,
        Proposal.id == Edit.proposal_id,
        Document.id == Proposal.document_id,
        Document.lead_committee_id == Decision.committee_id,
    )


def standing_on(edit_ids: Iterable[UUID], committee_id: UUID | None = None) -> dict[UUID, Decision]:
    """What the committee (None: the one in charge) says of each edit it has decided, in one statement."""
    wanted = list(edit_ids)
    if not wanted:
        return {}
    rows = db.session.scalars(
        select(Decision)
        .where(Decision.edit_id.in_(wanted), _by(committee_id), Decision.superseded_by.is_(None))
        .order_by(Decision.decided_at, Decision.id)
    )
    return {row.edit_id: row for row in rows}


def said_in(consultation_id: UUID, edit_ids: Iterable[UUID], committee_id: UUID) -> dict[UUID, Decision]:
    """What the committee had said of each edit when this step was over, whatever was decided after it."""
    rows = db.session.scalars(
        select(Decision).where(
            Decision.edit_id.in_(list(edit_ids)),
            Decision.committee_id == committee_id,
            Decision.consultation_id == consultation_id,
        )
    ).all()
    older = {row.id for row in rows if row.superseded_by in {other.id for other in rows}}
    return {row.edit_id: row for row in rows if row.id not in older}


def standing_by_committee(edit_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, Decision]]:
    """Committee -> what it says of each edit it has decided; every committee that decided one, in one statement."""
    wanted = list(edit_ids)
    found: dict[UUID, dict[UUID, Decision]] = defaultdict(dict)
    if wanted:
        rows = db.session.scalars(
            select(Decision)
            .where(Decision.edit_id.in_(wanted), Decision.superseded_by.is_(None))
            .order_by(Decision.decided_at, Decision.id)
        )
        for row in rows:
            found[row.committee_id][row.edit_id] = row
    return dict(found)


def called_again_since(edit_ids: Iterable[UUID], committee_id: UUID, moment: datetime) -> frozenset[UUID]:
    """Those that the committee has called again after this moment, whatever it said of them then."""
    rows = db.session.scalars(
        select(Decision.edit_id).where(
            Decision.edit_id.in_(list(edit_ids)),
            Decision.committee_id == committee_id,
            Decision.outcome == Outcome.REOPENED,
            Decision.decided_at > moment,
        )
    )
    return frozenset(rows)


def outcome_of(decision: Decision | None) -> Outcome | None:
    return Outcome(decision.outcome) if decision is not None else None


def depending_on(edit_ids: Iterable[UUID], committee_id: UUID | None = None) -> tuple[Decision, ...]:
    """Standing decisions of the committee that rest on these edits: settled by one of them or modified into one."""
    wanted = list(edit_ids)
    rows = db.session.scalars(
        select(Decision)
        .where(
            or_(Decision.settled_by_edit_id.in_(wanted), Decision.modified_by_edit_id.in_(wanted)),
            _by(committee_id),
            Decision.superseded_by.is_(None),
        )
        .order_by(Decision.decided_at, Decision.id)
    )
    return tuple(rows)


def stage_states(proposal_ids: Iterable[UUID], committee_id: UUID | None = None) -> dict[UUID, StageState]:
    """The state of each proposal for a committee (None: the one in charge), in four statements."""
    wanted = list(proposal_ids)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Proposal.id, Proposal.state, Edit.id)
        .join(Edit, Edit.proposal_id == Proposal.id)
        .where(Proposal.id.in_(wanted))
        .order_by(Proposal.id, Edit.rank)
    ).all()
    edit_ids = [edit_id for _, _, edit_id in rows]
    standing, fates = standing_on(edit_ids, committee_id), fates_of(edit_ids)
    stands: dict[tuple[UUID, str], list[Outcome | Fate | None]] = defaultdict(list)
    for proposal_id, state, edit_id in rows:
        outcome = outcome_of(standing.get(edit_id))
        stands[proposal_id, state].append(fates.get(edit_id, outcome) if is_open(outcome) else outcome)
    return {proposal_id: proposal_state(state, found) for (proposal_id, state), found in stands.items()}


def decisions_of(proposal_id: UUID) -> tuple[DecisionEntry, ...]:
    """Every decision on the proposal's edits, superseded ones too, oldest first."""
    rows = db.session.execute(
        select(Decision, Account.name, Committee)
        .join(Edit, Edit.id == Decision.edit_id)
        .join(Account, Account.id == Decision.decided_by)
        .join(Committee, Committee.id == Decision.committee_id)
        .where(Edit.proposal_id == proposal_id)
        .order_by(Decision.decided_at, Edit.rank, Decision.id)
    )
    return tuple(DecisionEntry(decision, name, committee) for decision, name, committee in rows)


def decided_edits(edit_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those about which a body has said something final; to refer one to another body is not final."""
    return frozenset(edit_id for edit_id, row in standing_on(edit_ids).items() if not is_open(outcome_of(row)))
