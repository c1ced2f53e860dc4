"""Reading sittings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from amendments.audit.queries import events_about
from amendments.committees.models import Committee, Membership
from amendments.committees.queries import committees_by_id, holding, rules_of
from amendments.committees.rules import Majority
from amendments.consultations.exclusions import excluded_from
from amendments.consultations.models import Consultation
from amendments.consultations.queries import ConsultationPlace, consultation_for
from amendments.consultations.rules import Gathering, Step
from amendments.documents.models import Document, Version
from amendments.documents.rules import matter_of
from amendments.errors import NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.meetings.events import ChairHandedOver
from amendments.meetings.models import AgendaItem, Attendance, Ballot, Ending, EndingEdit, Meeting, Minutes, PulledOut
from amendments.meetings.rules import MEETING_FOLLOW, ItemKind, ItemState, Room, may_reopen, most_at_once
from amendments.people.models import Account
from amendments.web import access, clock
from amendments.web.actor import Actor

VOTING_ROLES = ("member", "deputy", "chair")


@dataclass(frozen=True)
class MeetingPlace:
    document: Document
    consultation: Consultation
    meeting: Meeting

    @property
    def committee_id(self) -> UUID:
        """The committee in charge: its rules hold, its decisions are made."""
        return self.consultation.committee_ids[0]

    @property
    def is_joint(self) -> bool:
        """Several committees sit together."""
        return len(self.consultation.committee_ids) > 1

    @property
    def step(self) -> Step:
        """What the permission map is asked about."""
        return Step(self.document, self.consultation.committee_ids)

    def step_of(self, item: AgendaItem | None) -> Step:
        """The step as far as it is about one item; None: about all."""
        if item is None:
            return self.step
        text_id = db.session.get_one(Version, item.version_id).text_id
        text = next(row for row in self.document.texts if row.id == text_id)
        return Step(self.document, self.consultation.committee_ids, text, tuple(edit.edit_id for edit in item.edits))

    @property
    def day(self) -> date:
        """On the wall of the town hall, when it was opened."""
        return self.meeting.opened_at.astimezone(clock.TOWN).date()

    @property
    def running(self) -> bool:
        return self.meeting.closed_at is None


@dataclass(frozen=True)
class Seated:
    """Somebody with a seat on a committee that sits, and whether they are in the room."""

    account_id: UUID
    name: str
    committee: Committee
    role: str
    attendance: Attendance | None

    @property
    def votes(self) -> bool:
        return self.role in VOTING_ROLES


def meeting_for(actor: Actor, meeting_id: UUID) -> MeetingPlace:
    """For whoever may follow it."""
    found = db.session.get(Meeting, meeting_id)
    if found is None:
        raise NotFound(access.NOT_FOUND)
    place = consultation_for(actor, found.consultation_id)
    access.require(actor, MEETING_FOLLOW, place.document)
    return MeetingPlace(place.document, place.consultation, found)


def meeting_of(place: ConsultationPlace) -> Meeting | None:
    return db.session.scalars(select(Meeting).where(Meeting.consultation_id == place.consultation.id)).one_or_none()


def gathered(place: ConsultationPlace) -> Gathering | None:
    """Who was there when the step was held, for whoever notes its result; None where no sitting was opened."""
    meeting = meeting_of(place)
    if meeting is None:
        return None
    here = MeetingPlace(place.document, place.consultation, meeting)
    out = excluded_at(here, None)
    rows = [row for row in attendances(meeting.id) if row.votes and row.account_id not in out]
    fullest = most_at_once([(row.came_at, row.left_at) for row in rows])
    own = most_at_once([(row.came_at, row.left_at) for row in rows if row.committee_id == here.committee_id])
    return Gathering(fullest, _kept_out(here, out), meeting.second_invitation, own if here.is_joint else None)


def chairs_of(place: ConsultationPlace | MeetingPlace, day: date | None = None) -> tuple[Seated, ...]:
    """Who can chair the sitting of this step on that day (today): whoever chairs a committee that sits, of the one in
    charge first, and who stands in for them.
    """
    ids = place.consultation.committee_ids
    committees = committees_by_id(ids)
    rows = db.session.execute(
        select(Membership.committee_id, Membership.role, Membership.deputy_for, Account.id, Account.name)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.committee_id.in_(ids), Membership.role.in_(("chair", "deputy")))
        .where(Account.active, holding(day or clock.today()))
        .order_by(Account.name)
    ).all()
    chairs = {(row.committee_id, row.id) for row in rows if row.role == "chair"}
    found = {
        row.id: Seated(row.id, row.name, committees[row.committee_id], row.role, None)
        for row in sorted(rows, key=lambda row: (ids.index(row.committee_id), row.role != "chair"), reverse=True)
        if row.role == "chair" or (row.committee_id, row.deputy_for) in chairs
    }
    return tuple(reversed(found.values()))


def usual_chair(place: ConsultationPlace, chairs: Sequence[Seated], actor: Actor) -> UUID | None:
    """Whoever opens it and chairs one of them, else the chair of the committee in charge; None: neither is there."""
    leading = [one for one in chairs if one.role == "chair"]
    if actor.account_id in {one.account_id for one in leading}:
        return actor.account_id
    in_charge = place.consultation.committee_ids[0]
    return next((one.account_id for one in leading if one.committee.id == in_charge), None)


@dataclass(frozen=True)
class ChairChange:
    """From one moment on somebody else chaired the sitting."""

    at: datetime
    before_id: UUID
    chair_id: UUID


def chair_changes(meeting_id: UUID) -> tuple[ChairChange, ...]:
    """How the chair was handed over, as the record says."""
    return tuple(
        ChairChange(event.at, UUID(event.payload["before_id"]), UUID(event.payload["chair_id"]))
        for event in events_about([meeting_id], ChairHandedOver.name)
    )


def mending_of(meeting: Meeting, consultation: Consultation) -> str:
    """What of it can still be mended now: "reopen", "invitation" or nothing."""
    if meeting.closed_at is not None:
        goes_on = may_reopen(meeting.closed_at, clock.now(), result=consultation.result is not None)
        return "reopen" if goes_on else ""
    stands = select(Ballot.id).where(Ballot.meeting_id == meeting.id, Ballot.undone_at.is_(None)).limit(1)
    return "" if db.session.scalar(stands) is not None else "invitation"


HELD = N_("In dieser Beratung ist schon eine Sitzung eröffnet worden; sie bleibt in der Beratungsfolge.")


def held(consultation_id: UUID) -> str | None:
    """Why the step has to stay in the Beratungsfolge, or None."""
    found = db.session.scalar(select(Meeting.id).where(Meeting.consultation_id == consultation_id))
    return HELD if found is not None else None


def running_of(document_id: UUID) -> tuple[MeetingPlace, ...]:
    """The sittings about a document that have not been closed."""
    rows = db.session.execute(
        select(Meeting, Consultation)
        .join(Consultation, Consultation.id == Meeting.consultation_id)
        .where(Consultation.document_id == document_id, Meeting.closed_at.is_(None))
        .options(selectinload(Consultation.seats))
        .order_by(Meeting.id)
    ).all()
    if not rows:
        return ()
    document = db.session.scalars(
        select(Document).where(Document.id == document_id).options(selectinload(Document.texts))
    ).one()
    return tuple(MeetingPlace(document, consultation, meeting) for meeting, consultation in rows)


def items_of(meeting_id: UUID) -> tuple[AgendaItem, ...]:
    return tuple(
        db.session.scalars(
            select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting_id)
            .options(selectinload(AgendaItem.edits))
            .order_by(AgendaItem.rank)
        )
    )


def agenda_mark(items: Iterable[AgendaItem]) -> str:
    """Which items there are, in which order: a number in a list means what it meant as long as this is the same."""
    return sha256(b"".join(item.id.bytes for item in items)).hexdigest()[:16]


def called_item(items: Iterable[AgendaItem]) -> AgendaItem | None:
    return next((item for item in items if item.state == ItemState.CALLED), None)


def next_item(items: Iterable[AgendaItem]) -> AgendaItem | None:
    """The first that waits to be called; what is only for information is never called."""
    return next((item for item in items if item.state == ItemState.WAITING and item.kind != ItemKind.NOTICE), None)


def ballots_of(meeting_id: UUID) -> tuple[Ballot, ...]:
    """In the order they were held, undone ones too."""
    return tuple(
        db.session.scalars(
            select(Ballot)
            .where(Ballot.meeting_id == meeting_id)
            .options(selectinload(Ballot.edits), selectinload(Ballot.names))
            .order_by(Ballot.number)
        )
    )


def pulled_out(meeting_id: UUID) -> frozenset[UUID]:
    return frozenset(db.session.scalars(select(PulledOut.edit_id).where(PulledOut.meeting_id == meeting_id)))


def endings_of(meeting_id: UUID) -> tuple[Ending, ...]:
    """What ended without a vote, in that order; what was undone too."""
    return tuple(
        db.session.scalars(
            select(Ending)
            .where(Ending.meeting_id == meeting_id)
            .options(selectinload(Ending.edits))
            .order_by(Ending.ended_at, Ending.id)
        )
    )


def ended(meeting_id: UUID) -> frozenset[UUID]:
    """Edits with which this sitting is through, without a vote."""
    return frozenset(
        db.session.scalars(
            select(EndingEdit.edit_id)
            .join(Ending, Ending.id == EndingEdit.ending_id)
            .where(Ending.meeting_id == meeting_id, Ending.undone_at.is_(None))
        )
    )


def written_minutes(meeting_id: UUID) -> Minutes | None:
    """What the clerk has completed so far."""
    return db.session.scalars(
        select(Minutes).where(Minutes.meeting_id == meeting_id).options(selectinload(Minutes.excused))
    ).one_or_none()


def seated(place: MeetingPlace) -> tuple[Seated, ...]:
    """Who may sit here, by committee and name; each person once, for the first committee they sit on.

    The day counts on which the sitting was opened: whoever sat down before midnight still sits there after it.
    """
    ids = place.consultation.committee_ids
    committees = committees_by_id(ids)
    here = {row.account_id: row for row in attendances(place.meeting.id) if row.left_at is None}
    rows = db.session.execute(
        select(Membership.committee_id, Membership.role, Account.id, Account.name)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.committee_id.in_(ids), Account.active, holding(place.day))
        .order_by(Account.name, Membership.role)
    ).all()
    found: dict[UUID, Seated] = {}
    for committee_id in ids:
        for sits_on, role, account_id, name in rows:
            known = found.get(account_id)
            better = known is not None and known.committee.id == committee_id and not known.votes
            if sits_on == committee_id and (known is None or better):
                found[account_id] = Seated(account_id, name, committees[committee_id], role, here.get(account_id))
    return tuple(sorted(found.values(), key=lambda one: (ids.index(one.committee.id), one.name)))


def attendances(meeting_id: UUID) -> tuple[Attendance, ...]:
    return tuple(
        db.session.scalars(
            select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(Attendance.came_at, Attendance.id)
        )
    )


def excluded_at(place: MeetingPlace, item: AgendaItem | None) -> frozenset[UUID]:
    """The accounts that take no part in this item now for a conflict of interest."""
    return excluded_from(matter_of(place.step_of(item)), place.document.id)


def voters_of(place: MeetingPlace, item: AgendaItem | None) -> frozenset[UUID]:
    """Who is in the room and entitled to vote on this item."""
    return frozenset(row.account_id for row in _voting(place, excluded_at(place, item)))


def _voting(place: MeetingPlace, out: Collection[UUID]) -> list[Attendance]:
    rows = attendances(place.meeting.id)
    return [row for row in rows if row.left_at is None and row.votes and row.account_id not in out]


def _kept_out(place: MeetingPlace, out: Collection[UUID]) -> int:
    """How many of the committee in charge, whose quorum it is, are excluded."""
    own = (one for one in seated(place) if one.committee.id == place.committee_id) if out else ()
    return sum(one.votes and one.account_id in out for one in own)


def room_of(place: MeetingPlace, item: AgendaItem | None = None) -> Room:
    """Who could vote on the item now, by the rules of the committee in charge and the majority it asks for."""
    committee = committees_by_id([place.committee_id])[place.committee_id]
    out = excluded_at(place, item)
    rules = rules_of(committee)
    if item is not None and item.majority is not None:
        rules = replace(rules, majority=Majority(item.majority))
    here = _voting(place, out)
    return Room(
        rules,
        committee.legal_number,
        len(here),
        _kept_out(place, out),
        second_invitation=place.meeting.second_invitation,
        in_charge=sum(row.committee_id == place.committee_id for row in here) if place.is_joint else None,
    )
