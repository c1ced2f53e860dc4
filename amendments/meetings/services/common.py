"""What every verb of a sitting asks first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from amendments.documents.queries import lock_document
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.meetings.models import AgendaItem
from amendments.meetings.queries import MeetingPlace, called_item, items_of, meeting_for
from amendments.meetings.rules import MEETING_RUN
from amendments.text.door import one_line
from amendments.web import access
from amendments.web.actor import Actor

MOST_REMARK: Final = 500

OVER = N_("Diese Sitzung ist geschlossen.")
NOT_CALLED = N_("Dieser Punkt ist nicht aufgerufen. Vielleicht hat gerade jemand anderes einen Punkt aufgerufen.")
NOT_IN_ITEM = N_("Diese Änderung gehört nicht zu dem aufgerufenen Punkt.")
REMARK_TOO_LONG = N_("Die Bemerkung ist länger als 500 Zeichen. Bitte kürzen Sie sie.")


def locked(actor: Actor, meeting_id: UUID) -> MeetingPlace:
    """For whoever runs it, as it stands now that the document's lock is held."""
    place = meeting_for(actor, meeting_id)
    access.require(actor, MEETING_RUN, place.step)
    lock_document(place.document.id)
    db.session.refresh(place.meeting)
    return place


def running(actor: Actor, meeting_id: UUID) -> MeetingPlace:
    place = locked(actor, meeting_id)
    require_running(place)
    return place


def require_running(place: MeetingPlace) -> None:
    if not place.running:
        raise Conflict(OVER)


def beat(place: MeetingPlace) -> None:
    """Something has changed: every page that follows the sitting will see it."""
    place.meeting.beat += 1
    db.session.flush()


def find(items: Iterable[AgendaItem], item_id: UUID) -> AgendaItem:
    found = next((item for item in items if item.id == item_id), None)
    if found is None:
        raise NotFound(access.NOT_FOUND)
    return found


def find_to_run(actor: Actor, place: MeetingPlace, item_id: UUID) -> AgendaItem:
    """An item, for whoever may run the sitting on it: nobody who is excluded from it."""
    item = find(items_of(place.meeting.id), item_id)
    access.require(actor, MEETING_RUN, place.step_of(item))
    return item


def called(actor: Actor, place: MeetingPlace, item_id: UUID) -> AgendaItem:
    """The called item, for whoever may run the sitting on it."""
    item = called_item(items_of(place.meeting.id))
    if item is None or item.id != item_id:
        raise Conflict(NOT_CALLED)
    access.require(actor, MEETING_RUN, place.step_of(item))
    return item


def remark(raw: str, missing: str | None = None) -> str:
    """A line for the record; InvalidInput if one is asked for (`missing`) and there is none."""
    said = one_line(raw)
    if missing is not None and not said:
        raise InvalidInput(missing, field="reason")
    if len(said) > MOST_REMARK:
        raise InvalidInput(REMARK_TOO_LONG, field="reason")
    return said
