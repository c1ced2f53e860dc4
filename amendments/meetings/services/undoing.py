"""Taking back what was stated wrongly: it stays, marked, and everything that followed from it is open again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from amendments.decisions import services as decisions
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import Outcome
from amendments.documents.models import Version
from amendments.errors import Conflict, NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.meetings import agenda
from amendments.meetings.models import AgendaItem, Ballot, Ending
from amendments.meetings.queries import MeetingPlace
from amendments.meetings.rules import ItemState
from amendments.meetings.services.common import beat, find_to_run, remark, running
from amendments.proposals.storing import require_current
from amendments.web import access, clock
from amendments.web.actor import Actor

Row = TypeVar("Row", Ballot, Ending)

UNDO_REASON = N_("Bitte geben Sie an, warum die Feststellung aufgehoben wird.")
UNDONE_ALREADY = N_("Diese Feststellung ist schon aufgehoben.")


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
    require_current(db.session.get_one(Version, item.version_id))
    row.undone_at, row.undone_reason = clock.now(), said
    return place, item, row


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
