"""Opening a sitting, who is in the room, closing it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid4

from amendments.audit.services import record
from amendments.committees.rules import account_id_of
from amendments.consultations.queries import consultation_for
from amendments.decisions.queries import standing_on
from amendments.documents.queries import lock_document
from amendments.errors import Conflict, InvalidInput
from amendments.exchange.words import N_, Sentence
from amendments.extensions import db
from amendments.meetings import agenda
from amendments.meetings.events import (
    ChairHandedOver,
    InvitationCorrected,
    MeetingClosed,
    MeetingOpened,
    MeetingReopened,
    PeopleCame,
    PersonLeft,
)
from amendments.meetings.models import Attendance, Meeting
from amendments.meetings.queries import (
    MeetingPlace,
    attendances,
    ballots_of,
    called_item,
    chairs_of,
    ended,
    excluded_at,
    items_of,
    meeting_of,
    seated,
    usual_chair,
)
from amendments.meetings.rules import MEETING_OPEN, ItemKind, ItemState, may_reopen, same_day
from amendments.meetings.services.common import beat, locked, remark, running
from amendments.web import access, clock
from amendments.web.actor import Actor

ALREADY_OPEN = N_("Diese Sitzung ist schon eröffnet.")
OTHER_DAY = N_(
    "Die Sitzung ist für den %(day)s eingetragen. Soll sie heute stattfinden, bestätigen Sie das bitte beim Eröffnen."
)
STILL_OPEN = N_("Diese Sitzung ist nicht geschlossen.")
REOPEN_REASON = N_("Bitte geben Sie an, warum die Sitzung wieder geöffnet wird.")
OVER_FOR_GOOD = N_(
    "Diese Sitzung ist an einem früheren Tag geschlossen worden, und ihr Ergebnis steht fest; sie lässt sich nicht "
    "wieder öffnen."
)
VOTED = N_("In dieser Sitzung ist schon abgestimmt worden; die Einladung lässt sich nicht mehr ändern.")
NOT_SEATED = N_("Diese Person hat heute keinen Sitz in einem der Gremien, die hier tagen.")
NO_CHAIR = N_("Den Vorsitz führt, wer heute in einem der Gremien, die hier tagen, den Vorsitz hat oder darin vertritt.")
CHAIRS_ALREADY = N_("Diese Person führt schon den Vorsitz.")
CHAIR_AWAY = N_("Diese Person ist nicht als anwesend eingetragen. Bitte tragen Sie zuerst ein, dass sie da ist.")
CHAIR_EXCLUDED = N_(
    "Diese Person ist von dem aufgerufenen Punkt ausgeschlossen und kann hier nicht den Vorsitz führen."
)
NOT_HERE = N_("Diese Person ist nicht als anwesend eingetragen.")


def open_meeting(
    actor: Actor,
    *,
    consultation_id: UUID,
    second_invitation: bool = False,
    other_day: bool = False,
    chair_id: UUID | None = None,
) -> Meeting:
    """Open the sitting of a step. `chair_id`: who chairs it (None: as is usual, and whoever opens it if there is no
    chair). `second_invitation`: it was invited a second time, and the invitation said so (NORMS §6). `other_day`: it is
    held today although it was planned for another day.
    """
    place = consultation_for(actor, consultation_id)
    access.require(actor, MEETING_OPEN, place.step)
    lock_document(place.document.id)
    if meeting_of(place) is not None:
        raise Conflict(ALREADY_OPEN)
    planned = place.consultation.day
    if planned is not None and planned != clock.today() and not other_day:
        raise InvalidInput(Sentence(OTHER_DAY, {"day": f"{planned:%d.%m.%Y}"}), field="other_day")
    chairs = chairs_of(place)
    if chair_id is not None and chair_id not in {one.account_id for one in chairs}:
        raise InvalidInput(NO_CHAIR, field="chair")
    meeting = Meeting(
        id=uuid4(),
        consultation_id=consultation_id,
        chair_id=chair_id or usual_chair(place, chairs, actor) or account_id_of(actor),
        opened_at=clock.now(),
        second_invitation=second_invitation,
        beat=0,
    )
    db.session.add(meeting)
    db.session.flush()
    agenda.renew(MeetingPlace(place.document, place.consultation, meeting))
    record(
        actor.account_id, MeetingOpened(meeting.id, consultation_id, meeting.chair_id), document_id=place.document.id
    )
    return meeting


def come(actor: Actor, *, meeting_id: UUID, account_ids: Collection[UUID]) -> None:
    """Enter people as present; who is so already stays."""
    place = running(actor, meeting_id)
    seats = {one.account_id: one for one in seated(place)}
    if not set(account_ids) <= seats.keys():
        raise InvalidInput(NOT_SEATED, field="account")
    new = [account_id for account_id in sorted(set(account_ids)) if seats[account_id].attendance is None]
    db.session.add_all(
        Attendance(
            meeting_id=meeting_id,
            account_id=account_id,
            committee_id=seats[account_id].committee.id,
            votes=seats[account_id].votes,
            came_at=clock.now(),
        )
        for account_id in new
    )
    if new:
        beat(place)
        record(actor.account_id, PeopleCame(meeting_id, tuple(new)), document_id=place.document.id)


def leave(actor: Actor, *, meeting_id: UUID, account_id: UUID) -> None:
    place = running(actor, meeting_id)
    here = [row for row in attendances(meeting_id) if row.account_id == account_id and row.left_at is None]
    if not here:
        raise Conflict(NOT_HERE)
    here[0].left_at = clock.now()
    beat(place)
    record(actor.account_id, PersonLeft(meeting_id, account_id), document_id=place.document.id)


def hand_over_chair(actor: Actor, *, meeting_id: UUID, chair_id: UUID | None) -> None:
    """Somebody else chairs it from now on: one of those who could chair it when it was opened, who is in the room and
    takes part in what is called.
    """
    place = running(actor, meeting_id)
    before_id = place.meeting.chair_id
    if chair_id == before_id:
        raise Conflict(CHAIRS_ALREADY)
    if chair_id is None or chair_id not in {one.account_id for one in chairs_of(place, place.day)}:
        raise InvalidInput(NO_CHAIR, field="chair")
    if chair_id not in {row.account_id for row in attendances(meeting_id) if row.left_at is None}:
        raise InvalidInput(CHAIR_AWAY, field="chair")
    if chair_id in excluded_at(place, called_item(items_of(meeting_id))):
        raise InvalidInput(CHAIR_EXCLUDED, field="chair")
    place.meeting.chair_id = chair_id
    beat(place)
    event = ChairHandedOver(meeting_id, before_id, chair_id)
    record(actor.account_id, event, document_id=place.document.id)


def close_meeting(actor: Actor, *, meeting_id: UUID) -> None:
    """Everybody leaves; what was not decided stays open."""
    place = running(actor, meeting_id)
    now = clock.now()
    for row in attendances(meeting_id):
        row.left_at = row.left_at or now
    items = items_of(meeting_id)
    called = called_item(items)
    if called is not None:
        called.state = ItemState.WAITING.value
    through = ended(meeting_id)
    rows = [edit.edit_id for item in items if item.kind != ItemKind.NOTICE for edit in item.edits]
    left = [edit_id for edit_id in rows if edit_id not in through]
    said = standing_on(left, place.committee_id)
    undecided = sum(edit_id not in said for edit_id in left)
    place.meeting.closed_at = now
    beat(place)
    event = MeetingClosed(meeting_id, place.consultation.id, undecided)
    record(actor.account_id, event, document_id=place.document.id)


def reopen_meeting(actor: Actor, *, meeting_id: UUID, reason: str) -> None:
    """It was closed by mistake: it goes on as it stood, with the people who were in the room. On another day nobody is
    taken to be there: who has come is entered anew.
    """
    place = locked(actor, meeting_id)
    access.require(actor, MEETING_OPEN, place.step)
    closed_at = place.meeting.closed_at
    said = remark(reason, REOPEN_REASON)
    if closed_at is None:
        raise Conflict(STILL_OPEN)
    if not may_reopen(closed_at, clock.now(), result=place.consultation.result is not None):
        raise Conflict(OVER_FOR_GOOD)
    if same_day(closed_at, clock.now()):
        for row in attendances(meeting_id):
            row.left_at = None if row.left_at == closed_at else row.left_at
    place.meeting.closed_at = None
    db.session.flush()
    agenda.renew(place)
    beat(place)
    event = MeetingReopened(meeting_id, place.consultation.id, said)
    record(actor.account_id, event, document_id=place.document.id)


def correct_invitation(actor: Actor, *, meeting_id: UUID, second_invitation: bool) -> None:
    """Whether it was invited a second time was entered wrongly; as long as no vote rests on it."""
    place = locked(actor, meeting_id)
    if any(ballot.undone_at is None for ballot in ballots_of(meeting_id)):
        raise Conflict(VOTED)
    place.meeting.second_invitation = second_invitation
    beat(place)
    event = InvitationCorrected(meeting_id, second_invitation)
    record(actor.account_id, event, document_id=place.document.id)
