"""Running a sitting: attendance, agenda, results. Whoever was slower is told what stands now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from amendments import text as engine
from amendments.audit.services import record
from amendments.committees.rules import account_id_of
from amendments.consensus.board import Board, compose, load_board
from amendments.consultations.queries import consultation_for
from amendments.consultations.rules import Vote, VoteKind
from amendments.decisions import services as decisions
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.queries import lock_document
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.meetings import agenda
from amendments.meetings.events import (
    BallotUndone,
    ItemCalled,
    ItemClosed,
    MeetingClosed,
    MeetingOpened,
    PeopleCame,
    PersonLeft,
    PulledFromBloc,
    ResultStated,
)
from amendments.meetings.models import AgendaItem, Attendance, Ballot, BallotEdit, BallotName, Meeting, PulledOut
from amendments.meetings.queries import (
    MeetingPlace,
    attendances,
    ballots_of,
    called_item,
    items_of,
    meeting_for,
    meeting_of,
    room_of,
    seated,
)
from amendments.meetings.rules import (
    MEETING_FOLLOW,
    MEETING_OPEN,
    MEETING_RUN,
    WITH_COUNTS,
    BallotForm,
    Choice,
    Count,
    ItemKind,
    ItemState,
    ballot_misfit,
    quorum_misfit,
)
from amendments.text.door import one_line
from amendments.web import access, clock
from amendments.web.actor import Actor

MOST_NOTES: Final = 10_000
MOST_REMARK: Final = 500

ALREADY_OPEN = N_("Diese Sitzung ist schon eröffnet.")
OVER = N_("Diese Sitzung ist geschlossen.")
NOT_SEATED = N_("Diese Person hat heute keinen Sitz in einem der Gremien, die hier tagen.")
NOT_HERE = N_("Diese Person ist nicht als anwesend eingetragen.")
NOT_CALLED = N_("Dieser Punkt ist nicht aufgerufen. Vielleicht hat gerade jemand anderes einen Punkt aufgerufen.")
NOTHING_TO_CALL = N_("Dieser Punkt ist schon behandelt oder dient nur der Kenntnis.")
ORDER_REASON = N_("Bitte geben Sie an, warum dieser Punkt vorgezogen wird.")
REMARK_MISSING = N_("Bitte geben Sie an, warum ohne Abstimmung weitergegangen wird.")
REMARK_TOO_LONG = N_("Die Bemerkung ist länger als 500 Zeichen. Bitte kürzen Sie sie.")
NOT_IN_ITEM = N_("Diese Änderung gehört nicht zu dem aufgerufenen Punkt.")
NOTHING_PUT = N_("Bitte wählen Sie, worüber abgestimmt wurde.")
WORDING_CHANGED = N_(
    "Der Wortlaut, über den abgestimmt wurde, hat sich inzwischen geändert. Bitte verlesen Sie ihn neu."
)
COUNTS_MISSING = N_("Bitte geben Sie die Zahl der Stimmen an.")
NAMES_MISSING = N_("Bitte geben Sie für alle Anwesenden an, wie sie gestimmt haben, oder wählen Sie eine andere Form.")
UNDO_REASON = N_("Bitte geben Sie an, warum die Feststellung aufgehoben wird.")
UNDONE_ALREADY = N_("Diese Feststellung ist schon aufgehoben.")
NOT_IN_BLOC = N_("Diese Änderung steht nicht im gemeinsamen Block.")
NOTES_TOO_LONG = N_("Der Text ist länger als 10.000 Zeichen. Bitte kürzen Sie ihn.")


# --- opening, people


def open_meeting(actor: Actor, *, consultation_id: UUID) -> Meeting:
    """Open the sitting of a step; whoever opens it chairs it."""
    place = consultation_for(actor, consultation_id)
    access.require(actor, MEETING_OPEN, place.step)
    lock_document(place.document.id)
    if meeting_of(place) is not None:
        raise Conflict(ALREADY_OPEN)
    meeting = Meeting(
        id=uuid4(),
        consultation_id=consultation_id,
        chair_id=account_id_of(actor),
        opened_at=clock.now(),
        notes="",
        beat=0,
    )
    db.session.add(meeting)
    db.session.flush()
    agenda.renew(MeetingPlace(place.document, place.consultation, meeting))
    record(actor.account_id, MeetingOpened(meeting.id, consultation_id), document_id=place.document.id)
    return meeting


def come(actor: Actor, *, meeting_id: UUID, account_ids: Collection[UUID]) -> None:
    """Enter people as present; who is so already stays."""
    place = _running(actor, meeting_id)
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
        _beat(place)
        record(actor.account_id, PeopleCame(meeting_id, tuple(new)), document_id=place.document.id)


def leave(actor: Actor, *, meeting_id: UUID, account_id: UUID) -> None:
    place = _running(actor, meeting_id)
    here = [row for row in attendances(meeting_id) if row.account_id == account_id and row.left_at is None]
    if not here:
        raise Conflict(NOT_HERE)
    here[0].left_at = clock.now()
    _beat(place)
    record(actor.account_id, PersonLeft(meeting_id, account_id), document_id=place.document.id)


def note(actor: Actor, *, meeting_id: UUID, notes: str) -> None:
    """What else the minutes have to say; also after the sitting."""
    place = _locked(actor, meeting_id)
    said = engine.normalise(notes).strip()
    if len(said) > MOST_NOTES:
        raise InvalidInput(NOTES_TOO_LONG, field="notes")
    place.meeting.notes = said
    db.session.flush()


def close_meeting(actor: Actor, *, meeting_id: UUID) -> None:
    """Everybody leaves; what was not decided stays open."""
    place = _running(actor, meeting_id)
    now = clock.now()
    for row in attendances(meeting_id):
        row.left_at = row.left_at or now
    items = items_of(meeting_id)
    called = called_item(items)
    if called is not None:
        called.state = ItemState.WAITING.value
    left = [edit.edit_id for item in items if item.kind != ItemKind.NOTICE for edit in item.edits]
    said = standing_on(left, place.committee_id)
    undecided = sum(edit_id not in said for edit_id in left)
    place.meeting.closed_at = now
    _beat(place)
    event = MeetingClosed(meeting_id, place.consultation.id, undecided)
    record(actor.account_id, event, document_id=place.document.id)


# --- the agenda


def call_item(actor: Actor, *, meeting_id: UUID, item_id: UUID, reason: str = "") -> AgendaItem:
    """Call an item; one that is not the next needs a reason. The one that was called waits again."""
    place = _running(actor, meeting_id)
    items = items_of(meeting_id)
    item = _item(items, item_id)
    said = _remark(reason)
    if item.state != ItemState.WAITING or item.kind == ItemKind.NOTICE:
        raise Conflict(NOTHING_TO_CALL)
    next_one = next(one for one in items if one.state == ItemState.WAITING and one.kind != ItemKind.NOTICE)
    early = next_one.id != item.id
    if early and not said:
        raise InvalidInput(ORDER_REASON, field="reason")
    called = called_item(items)
    if called is not None:
        called.state = ItemState.WAITING.value
        db.session.flush()
    item.state = ItemState.CALLED.value
    item.number = item.number or 1 + max((one.number or 0 for one in items), default=0)
    item.remark = said
    _beat(place)
    event = ItemCalled(meeting_id, item_id, item.number, early)
    record(actor.account_id, event, document_id=place.document.id)
    return item


def close_item(actor: Actor, *, meeting_id: UUID, item_id: UUID, reason: str) -> None:
    """Go on without a vote on what is left of the item: adjourned."""
    place = _running(actor, meeting_id)
    item = _called(place, item_id)
    said = _remark(reason)
    if not said:
        raise InvalidInput(REMARK_MISSING, field="reason")
    item.state, item.remark = ItemState.DONE.value, said
    agenda.renew(place)
    _beat(place)
    record(actor.account_id, ItemClosed(meeting_id, item_id), document_id=place.document.id)


def pull_out(actor: Actor, *, meeting_id: UUID, edit_id: UUID) -> None:
    """Talk about this edit before it is adopted en bloc: whoever follows the sitting and sits there may ask for it."""
    place = meeting_for(actor, meeting_id)
    access.require(actor, MEETING_FOLLOW, place.document)
    if actor.account_id not in {one.account_id for one in seated(place)}:
        raise NotFound(access.NOT_FOUND)
    lock_document(place.document.id)
    _require_running(place)
    blocs = [item for item in items_of(meeting_id) if item.kind == ItemKind.BLOC and item.state != ItemState.DONE]
    here = next((item for item in blocs if edit_id in {edit.edit_id for edit in item.edits}), None)
    if here is None:
        raise Conflict(NOT_IN_BLOC)
    here.edits = [edit for edit in here.edits if edit.edit_id != edit_id]
    row = PulledOut(meeting_id=meeting_id, edit_id=edit_id, account_id=account_id_of(actor), at=clock.now())
    db.session.add(row)
    db.session.flush()
    agenda.renew(place)
    _beat(place)
    record(actor.account_id, PulledFromBloc(meeting_id, edit_id), document_id=place.document.id)


# --- results


@dataclass(frozen=True)
class Put:
    """What was put to the vote, as the page showed it. `expected`: edit -> the decision that stood.

    `settled`: edits of the item that the adoption disposes of. `wording_hash`: of the text with what is put.
    """

    edit_ids: Sequence[UUID]
    expected: Mapping[UUID, UUID | None]
    wording_hash: str
    settled: Sequence[UUID] = ()


def state_result(
    actor: Actor,
    *,
    meeting_id: UUID,
    item_id: UUID,
    put: Put,
    carried: bool,
    form: str,
    count: Count | None = None,
    names: Mapping[UUID, str] | None = None,
    reason: str = "",
) -> Ballot:
    """The chair states what came of a vote. The decisions of the committee in charge follow from it at once."""
    place = _running(actor, meeting_id)
    item = _called(place, item_id)
    in_item = {edit.edit_id for edit in item.edits}
    if not put.edit_ids:
        raise InvalidInput(NOTHING_PUT, field="edits")
    if not in_item.issuperset([*put.edit_ids, *put.settled]):
        raise Conflict(NOT_IN_ITEM)
    if form not in list(BallotForm):
        raise InvalidInput(COUNTS_MISSING, field="form")
    how = BallotForm(form)
    room = room_of(place)
    named = _names(place, how, names or {})
    count = _counted(named) if how is BallotForm.NAMED else count
    if how in WITH_COUNTS and count is None:
        raise InvalidInput(COUNTS_MISSING, field="yes")
    for misfit in (quorum_misfit(room), ballot_misfit(how, count, room, carried=carried)):
        if misfit is not None:
            raise InvalidInput(misfit, field="yes")
    if put.wording_hash != wording_hash(load_board(item.version_id, place.committee_id), put.edit_ids):
        raise Conflict(WORDING_CHANGED)
    ballot = _ballot(place, item, how, count, carried=carried, present=room.present, put=put, names=named)
    ballot.stated_by = account_id_of(actor)
    db.session.flush()
    _decide(actor, place, item, put, carried=carried, vote=_vote(how, count), reason=reason)
    _go_on(place, item)
    _beat(place)
    event = ResultStated(
        meeting_id, ballot.id, ballot.number, form, carried, room.present, put.wording_hash, tuple(put.edit_ids)
    )
    record(actor.account_id, event, document_id=place.document.id)
    return ballot


def undo_ballot(actor: Actor, *, meeting_id: UUID, ballot_id: UUID, reason: str) -> None:
    """The result was stated wrongly: everything that followed from it is open again. The ballot stays, marked."""
    place = _running(actor, meeting_id)
    ballot = next((row for row in ballots_of(meeting_id) if row.id == ballot_id), None)
    if ballot is None:
        raise NotFound(access.NOT_FOUND)
    said = _remark(reason)
    if not said:
        raise InvalidInput(UNDO_REASON, field="reason")
    if ballot.undone_at is not None:
        raise Conflict(UNDONE_ALREADY)
    ballot.undone_at, ballot.undone_reason = clock.now(), said
    items = items_of(meeting_id)
    item = _item(items, ballot.item_id)
    edit_ids = [row.edit_id for row in ballot.edits]
    for edit_id in edit_ids:
        standing = standing_on([edit_id], place.committee_id).get(edit_id)
        if standing is None or standing.outcome == Outcome.REOPENED:
            continue
        decisions.reopen(
            actor,
            version_id=item.version_id,
            edit_id=edit_id,
            reason=said,
            expected=standing.id,
            consultation_id=place.consultation.id,
        )
    item.state = ItemState.WAITING.value
    db.session.flush()
    agenda.renew(place)
    _beat(place)
    event = BallotUndone(meeting_id, ballot_id, ballot.number)
    record(actor.account_id, event, document_id=place.document.id)


def wording_hash(board: Board, edit_ids: Iterable[UUID]) -> str:
    """Of the text as it would read with what has been agreed and these edits: what is put to the vote, frozen."""
    wanted = set(edit_ids)
    chosen = [*board.agreed, *(edit for edit in board.live.values() if edit.edit_id in wanted)]
    return compose(board, list({edit.edit_id: edit for edit in chosen}.values())).hash


def _decide(
    actor: Actor, place: MeetingPlace, item: AgendaItem, put: Put, *, carried: bool, vote: Vote, reason: str
) -> None:
    outcome = Outcome.AGREED if carried else Outcome.REJECTED
    verdicts = [Verdict(edit_id, outcome, put.expected.get(edit_id)) for edit_id in put.edit_ids]
    if carried:
        by = put.edit_ids[0]
        verdicts += [
            Verdict(edit_id, Outcome.SETTLED, put.expected.get(edit_id), settled_by=by)
            for edit_id in put.settled
            if edit_id not in put.edit_ids
        ]
    decisions.decide_edits(
        actor,
        version_id=item.version_id,
        verdicts=verdicts,
        reason=reason,
        vote=vote,
        consultation_id=place.consultation.id,
    )


def _go_on(place: MeetingPlace, item: AgendaItem) -> None:
    """An item about which everything is said is done; the rest of the agenda is made anew."""
    edit_ids = [edit.edit_id for edit in item.edits]
    said = standing_on(edit_ids, place.committee_id)
    if all(edit_id in said and said[edit_id].outcome != Outcome.REOPENED for edit_id in edit_ids):
        item.state = ItemState.DONE.value
        db.session.flush()
    agenda.renew(place)


def _ballot(
    place: MeetingPlace,
    item: AgendaItem,
    form: BallotForm,
    count: Count | None,
    *,
    carried: bool,
    present: int,
    put: Put,
    names: Mapping[UUID, Choice],
) -> Ballot:
    counted = count if form in WITH_COUNTS else None
    ballot = Ballot(
        id=uuid4(),
        meeting_id=place.meeting.id,
        item_id=item.id,
        number=1 + max((row.number for row in ballots_of(place.meeting.id)), default=0),
        form=form.value,
        carried=carried,
        yes=counted.yes if counted else None,
        no=counted.no if counted else None,
        abstained=counted.abstained if counted else None,
        invalid=counted.invalid if counted else None,
        present=present,
        wording_hash=put.wording_hash,
        held_at=clock.now(),
        undone_at=None,
        undone_reason="",
    )
    ballot.edits = [BallotEdit(edit_id=edit_id) for edit_id in put.edit_ids]
    ballot.names = [BallotName(account_id=account_id, choice=choice.value) for account_id, choice in names.items()]
    db.session.add(ballot)
    return ballot


def _names(place: MeetingPlace, form: BallotForm, names: Mapping[UUID, str]) -> dict[UUID, Choice]:
    """Of a vote by name: how each of those present voted."""
    if form is not BallotForm.NAMED:
        return {}
    here = {row.account_id for row in attendances(place.meeting.id) if row.left_at is None and row.votes}
    if here != names.keys() or not set(names.values()) <= set(Choice):
        raise InvalidInput(NAMES_MISSING, field="names")
    return {account_id: Choice(choice) for account_id, choice in sorted(names.items())}


def _counted(names: Mapping[UUID, Choice]) -> Count:
    choices = list(names.values())
    return Count(choices.count(Choice.YES), choices.count(Choice.NO), choices.count(Choice.ABSTAINED))


def _vote(form: BallotForm, count: Count | None) -> Vote:
    """As the decisions keep it: names and invalid papers stay with the ballot."""
    if form in WITH_COUNTS and count is not None:
        return Vote(VoteKind.COUNTED, count.yes, count.no, count.abstained)
    return Vote(VoteKind(form.value))


# --- what every verb asks


def _locked(actor: Actor, meeting_id: UUID) -> MeetingPlace:
    place = meeting_for(actor, meeting_id)
    access.require(actor, MEETING_RUN, place.step)
    lock_document(place.document.id)
    db.session.refresh(place.meeting)
    return place


def _running(actor: Actor, meeting_id: UUID) -> MeetingPlace:
    place = _locked(actor, meeting_id)
    _require_running(place)
    return place


def _require_running(place: MeetingPlace) -> None:
    if not place.running:
        raise Conflict(OVER)


def _beat(place: MeetingPlace) -> None:
    place.meeting.beat += 1
    db.session.flush()


def _item(items: Iterable[AgendaItem], item_id: UUID) -> AgendaItem:
    found = next((item for item in items if item.id == item_id), None)
    if found is None:
        raise NotFound(access.NOT_FOUND)
    return found


def _called(place: MeetingPlace, item_id: UUID) -> AgendaItem:
    item = called_item(items_of(place.meeting.id))
    if item is None or item.id != item_id:
        raise Conflict(NOT_CALLED)
    return item


def _remark(raw: str) -> str:
    said = one_line(raw)
    if len(said) > MOST_REMARK:
        raise InvalidInput(REMARK_TOO_LONG, field="reason")
    return said
