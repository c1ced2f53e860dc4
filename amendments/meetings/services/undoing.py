"""Taking back what was stated wrongly: it stays, marked, and everything that followed from it is open again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from amendments.consensus.board import Board, load_board
from amendments.decisions import services as decisions
from amendments.decisions.models import Decision
from amendments.decisions.queries import called_again_since, standing_on
from amendments.decisions.rules import Outcome
from amendments.documents.models import Version
from amendments.errors import Conflict, NotFound
from amendments.exchange.words import N_, Sentence
from amendments.extensions import db
from amendments.meetings import agenda
from amendments.meetings.models import AgendaItem, Ballot, Ending
from amendments.meetings.queries import MeetingPlace
from amendments.meetings.rules import EndingKind, ItemState
from amendments.meetings.services.common import beat, find_to_run, remark, running
from amendments.proposals.queries import LiveEdit, ProposalOn
from amendments.proposals.rules import label
from amendments.proposals.storing import require_current
from amendments.web import access, clock
from amendments.web.actor import Actor

Row = TypeVar("Row", Ballot, Ending)

UNDO_REASON = N_("Bitte geben Sie an, warum die Feststellung aufgehoben wird.")
UNDONE_ALREADY = N_("Diese Feststellung ist schon aufgehoben.")
DECIDED_SINCE = N_("Über %(name)s ist seither neu entschieden worden. Bitte heben Sie zuerst diese Entscheidung auf.")
BUILT_ON = N_(
    "Über %(name)s ist danach in dem geänderten Wortlaut entschieden worden. Bitte heben Sie zuerst diese Entscheidung "
    "auf."
)

MADE: Final[dict[EndingKind, Outcome | None]] = {
    EndingKind.ADJOURNED: None,
    EndingKind.REFERRED: Outcome.REFERRED,
    EndingKind.WITHDRAWN: None,
    EndingKind.TAKEN_OVER: Outcome.AGREED,
}
"""What was decided about its edits when something ended like this."""


def mark_undone(
    actor: Actor, meeting_id: UUID, rows_of: Callable[[UUID], Sequence[Row]], row_id: UUID, reason: str
) -> tuple[MeetingPlace, AgendaItem, Row]:
    """What was stated with this id among `rows_of` the sitting, marked; and where."""
    place = running(actor, meeting_id)
    row = next((one for one in rows_of(meeting_id) if one.id == row_id), None)
    if row is None:
        raise NotFound(access.NOT_FOUND)
    said = remark(reason, UNDO_REASON)
    if row.undone_at is not None:
        raise Conflict(UNDONE_ALREADY)
    item = find_to_run(actor, place, row.item_id)
    if not undone_any_time(row):
        require_current(db.session.get_one(Version, item.version_id))
    _require_latest(place, item, row)
    row.undone_at, row.undone_reason = clock.now(), said
    return place, item, row


def _require_latest(place: MeetingPlace, item: AgendaItem, row: Ballot | Ending) -> None:
    """Nothing was decided anew about its edits, nor about a proposal in the words that these gave it."""
    board = load_board(item.version_id, place.committee_id)
    edits = [board.live[edit.edit_id] for edit in row.edits if edit.edit_id in board.live]
    again = called_again_since([edit.edit_id for edit in edits], place.committee_id, _stated_at(row))
    for edit in edits:
        standing = board.standing.get(edit.edit_id)
        if standing is None or standing.outcome == Outcome.REOPENED:
            continue
        if edit.edit_id in again or (standing.outcome != _made(row) and standing.decided_at > _stated_at(row)):
            raise Conflict(Sentence(DECIDED_SINCE, {"name": label(edit.number)}))
        amended = _adopted_with(board, edit, standing, row) if standing.outcome == Outcome.AGREED else None
        if amended is not None:
            raise Conflict(Sentence(BUILT_ON, {"name": label(amended.proposal.number)}))


def _stated_at(row: Ballot | Ending) -> datetime:
    return row.held_at if isinstance(row, Ballot) else row.ended_at


def _made(row: Ballot | Ending) -> Outcome | None:
    if isinstance(row, Ballot):
        return Outcome.AGREED if row.carried else Outcome.REJECTED
    return MADE[EndingKind(row.kind)]


def _adopted_with(board: Board, edit: LiveEdit, standing: Decision, row: Ballot | Ending) -> ProposalOn | None:
    """The proposal that this edit amends, if it was agreed later, as amended."""
    amended = board.by_proposal.get(edit.parent_id) if edit.parent_id is not None else None
    if amended is None:
        return None
    together = {one.edit_id for one in row.edits}
    own = [one.edit_id for one in amended.edits if one.edit_id not in together]
    said = [board.standing[edit_id] for edit_id in own if edit_id in board.standing]
    later = any(one.outcome == Outcome.AGREED and one.decided_at > standing.decided_at for one in said)
    return amended if later else None


def undone_any_time(row: Ballot | Ending) -> bool:
    """Also when a version has been published since: what was adjourned is in none, and goes on with the next."""
    return isinstance(row, Ending) and row.kind == EndingKind.ADJOURNED


def put_back(place: MeetingPlace, item: AgendaItem) -> None:
    """What was stated about it holds no longer: it waits again, if it was done with."""
    if item.state == ItemState.DONE:
        item.state = ItemState.WAITING.value
    db.session.flush()
    agenda.renew(place)
    beat(place)


def reopen_all(actor: Actor, place: MeetingPlace, item: AgendaItem, edit_ids: Iterable[UUID], reason: str) -> None:
    """What was decided about these is called again, with everything that followed from it."""
    for edit_id in edit_ids:
        standing = standing_on([edit_id], place.committee_id).get(edit_id)
        if standing is None or standing.outcome == Outcome.REOPENED:
            continue
        decisions.reopen(
            actor,
            version_id=item.version_id,
            edit_id=edit_id,
            reason=reason,
            expected=standing.id,
            consultation_id=place.consultation.id,
        )
