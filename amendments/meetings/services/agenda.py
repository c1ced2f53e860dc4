"""Going through the agenda: calling items, leaving them, pulling edits out of the bloc."""

from __future__ import annotations

from uuid import UUID

from amendments.audit.services import record
from amendments.committees.rules import account_id_of
from amendments.documents.queries import lock_document
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.meetings import agenda
from amendments.meetings.events import ItemCalled, ItemClosed, PulledFromBloc
from amendments.meetings.models import AgendaItem, PulledOut
from amendments.meetings.queries import called_item, items_of, meeting_for, seated
from amendments.meetings.rules import MEETING_FOLLOW, ItemKind, ItemState
from amendments.meetings.services.common import beat, called, find, remark, require_running, running
from amendments.web import access, clock
from amendments.web.actor import Actor

NOTHING_TO_CALL = N_("Dieser Punkt ist schon behandelt oder dient nur der Kenntnis.")
ORDER_REASON = N_("Bitte geben Sie an, warum dieser Punkt vorgezogen wird.")
REMARK_MISSING = N_("Bitte geben Sie an, warum ohne Abstimmung weitergegangen wird.")
NOT_IN_BLOC = N_("Diese Änderung steht nicht im gemeinsamen Block.")


def call_item(actor: Actor, *, meeting_id: UUID, item_id: UUID, reason: str = "") -> AgendaItem:
    """Call an item; one that is not the next needs a reason. The one that was called waits again."""
    place = running(actor, meeting_id)
    items = items_of(meeting_id)
    item = find(items, item_id)
    said = remark(reason)
    if item.state != ItemState.WAITING or item.kind == ItemKind.NOTICE:
        raise Conflict(NOTHING_TO_CALL)
    next_one = next(one for one in items if one.state == ItemState.WAITING and one.kind != ItemKind.NOTICE)
    early = next_one.id != item.id
    if early and not said:
        raise InvalidInput(ORDER_REASON, field="reason")
    before = called_item(items)
    if before is not None:
        before.state = ItemState.WAITING.value
        db.session.flush()
    item.state = ItemState.CALLED.value
    item.number = item.number or 1 + max((one.number or 0 for one in items), default=0)
    item.remark = said
    beat(place)
    event = ItemCalled(meeting_id, item_id, item.number, early)
    record(actor.account_id, event, document_id=place.document.id)
    return item


def close_item(actor: Actor, *, meeting_id: UUID, item_id: UUID, reason: str) -> None:
    """Go on without a vote on what is left of the item: adjourned."""
    place = running(actor, meeting_id)
    item = called(place, item_id)
    said = remark(reason, REMARK_MISSING)
    item.state, item.remark = ItemState.DONE.value, said
    agenda.renew(place)
    beat(place)
    record(actor.account_id, ItemClosed(meeting_id, item_id), document_id=place.document.id)


def pull_out(actor: Actor, *, meeting_id: UUID, edit_id: UUID) -> None:
    """Talk about this edit before it is adopted en bloc: whoever follows the sitting and sits there may ask for it."""
    place = meeting_for(actor, meeting_id)
    access.require(actor, MEETING_FOLLOW, place.document)
    if actor.account_id not in {one.account_id for one in seated(place)}:
        raise NotFound(access.NOT_FOUND)
    lock_document(place.document.id)
    require_running(place)
    blocs = [item for item in items_of(meeting_id) if item.kind == ItemKind.BLOC and item.state != ItemState.DONE]
    here = next((item for item in blocs if edit_id in {edit.edit_id for edit in item.edits}), None)
    if here is None:
        raise Conflict(NOT_IN_BLOC)
    here.edits = [edit for edit in here.edits if edit.edit_id != edit_id]
    row = PulledOut(meeting_id=meeting_id, edit_id=edit_id, account_id=account_id_of(actor), at=clock.now())
    db.session.add(row)
    db.session.flush()
    agenda.renew(place)
    beat(place)
    record(actor.account_id, PulledFromBloc(meeting_id, edit_id), document_id=place.document.id)
