"""What came of a vote, and taking back what was stated wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from amendments.audit.services import record
from amendments.committees.rules import account_id_of
from amendments.consensus.board import Board, compose, load_board
from amendments.consultations.rules import Vote, VoteKind
from amendments.decisions import services as decisions
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import Outcome, is_open
from amendments.decisions.services import TWICE, Verdict
from amendments.errors import Conflict, InvalidInput
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.meetings import agenda
from amendments.meetings.events import BallotUndone, ResultStated
from amendments.meetings.models import AgendaItem, Ballot, BallotEdit, BallotName
from amendments.meetings.queries import MeetingPlace, ballots_of, items_of, room_of, voters_of
from amendments.meetings.rules import (
    MEETING_RUN,
    WITH_COUNTS,
    BallotForm,
    Choice,
    Count,
    Room,
    ballot_misfit,
    by_casting_vote,
    quorum_misfit,
)
from amendments.meetings.services.common import NOT_IN_ITEM, beat, called, running
from amendments.meetings.services.undoing import mark_undone, put_back, reopen_all
from amendments.proposals.queries import replacements_of
from amendments.text import RelationKind
from amendments.web import access, clock
from amendments.web.actor import Actor

NOTHING_PUT = N_("Bitte wählen Sie, worüber abgestimmt wurde.")
WORDING_CHANGED = N_(
    "Der Wortlaut, über den abgestimmt wurde, hat sich inzwischen geändert. Bitte verlesen Sie ihn neu."
)
COUNTS_MISSING = N_("Bitte geben Sie die Zahl der Stimmen an.")
NAMES_MISSING = N_("Bitte geben Sie für alle Anwesenden an, wie sie gestimmt haben, oder wählen Sie eine andere Form.")


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
    chair_said_yes: bool = False,
    reason: str = "",
) -> Ballot:
    """The chair states what came of a vote. The decisions of the committee in charge follow from it at once.

    `chair_said_yes`: how the chair voted, where the committee has that decide between equal numbers.
    """
    place = running(actor, meeting_id)
    require_not_overtaken(actor, place, item_id, put, Outcome.AGREED if carried else Outcome.REJECTED)
    item = called(actor, place, item_id)
    require_put(item, put)
    if form not in list(BallotForm):
        raise InvalidInput(COUNTS_MISSING, field="form")
    how = BallotForm(form)
    room = room_of(place, item)
    named = _names(place, item, how, names or {})
    if how is BallotForm.NAMED:
        count, chair_said_yes = _counted(named), named.get(place.meeting.chair_id) is Choice.YES
    if place.meeting.chair_id not in voters_of(place, item):
        chair_said_yes = False  # who does not vote has no casting vote either
    if how in WITH_COUNTS and count is None:
        raise InvalidInput(COUNTS_MISSING, field="yes")
    misfit = quorum_misfit(room) or ballot_misfit(how, count, room, carried=carried, chair_said_yes=chair_said_yes)
    if misfit is not None:
        raise InvalidInput(misfit, field="yes")
    require_wording(place, item, put)
    ballot = _ballot(place, item, how, count, carried=carried, room=room, put=put, names=named)
    ballot.stated_by = account_id_of(actor)
    db.session.flush()
    decide(actor, place, item, put, carried=carried, vote=_vote(how, count), reason=reason)
    agenda.renew(place)
    beat(place)
    event = ResultStated(
        meeting_id, ballot.id, ballot.number, form, carried, room.present, put.wording_hash, tuple(put.edit_ids)
    )
    record(actor.account_id, event, document_id=place.document.id)
    return ballot


def undo_ballot(actor: Actor, *, meeting_id: UUID, ballot_id: UUID, reason: str) -> None:
    """The result was stated wrongly: everything that followed from it is open again. The ballot stays, marked."""
    place, item, ballot = mark_undone(actor, meeting_id, ballots_of, ballot_id, reason)
    reopen_all(actor, place, item, [row.edit_id for row in ballot.edits], ballot.undone_reason)
    put_back(place, item)
    event = BallotUndone(meeting_id, ballot_id, ballot.number)
    record(actor.account_id, event, document_id=place.document.id)


def require_not_overtaken(actor: Actor, place: MeetingPlace, item_id: UUID, put: Put, outcome: Outcome) -> None:
    """Nobody else has decided about this since it was shown: asked before everything else, for that is what to say."""
    item = next((row for row in items_of(place.meeting.id) if row.id == item_id), None)
    if item is None:
        return
    access.require(actor, MEETING_RUN, place.step_of(item))
    standing = standing_on(put.edit_ids, place.committee_id)
    for edit_id in put.edit_ids:
        if edit_id in {edit.edit_id for edit in item.edits}:
            decisions.check_expected(standing, Verdict(edit_id, outcome, put.expected.get(edit_id)))


def require_put(item: AgendaItem, put: Put) -> None:
    """Something is put, each of it once, and it belongs to the item."""
    if not put.edit_ids:
        raise InvalidInput(NOTHING_PUT, field="edits")
    if len(set(put.edit_ids)) < len(put.edit_ids):
        raise InvalidInput(TWICE, field="edits")
    if not {edit.edit_id for edit in item.edits}.issuperset([*put.edit_ids, *put.settled]):
        raise Conflict(NOT_IN_ITEM)


def wording_hash(board: Board, edit_ids: Iterable[UUID]) -> str:
    """Of the text as it would read with what has been agreed and these edits: what is put to the vote, frozen."""
    wanted = set(edit_ids)
    chosen = [*board.agreed, *(edit for edit in board.live.values() if edit.edit_id in wanted)]
    return compose(board, list({edit.edit_id: edit for edit in chosen}.values())).hash


def require_wording(place: MeetingPlace, item: AgendaItem, put: Put) -> None:
    """What is stated is about the words that were shown."""
    if put.wording_hash != wording_hash(load_board(item.version_id, place.committee_id), put.edit_ids):
        raise Conflict(WORDING_CHANGED)


def decide(
    actor: Actor, place: MeetingPlace, item: AgendaItem, put: Put, *, carried: bool, vote: Vote, reason: str
) -> None:
    """What follows for the edits that were put, for those they take the place of, and for those they dispose of."""
    outcome = Outcome.AGREED if carried else Outcome.REJECTED
    board = load_board(item.version_id, place.committee_id)
    ranks = _ranks(board, item, put.edit_ids) if carried else {}
    verdicts = [
        Verdict(edit_id, outcome, put.expected.get(edit_id), rank=ranks.get(edit_id)) for edit_id in put.edit_ids
    ]
    if carried:
        by = put.edit_ids[0]
        verdicts += [
            Verdict(edit_id, Outcome.SETTLED, put.expected.get(edit_id), settled_by=by)
            for edit_id in put.settled
            if edit_id not in put.edit_ids
        ]
        verdicts += [
            Verdict(old, Outcome.AGREED_MODIFIED, put.expected.get(old), modified_by=new)
            for old, new in _modified(board, put)
        ]
    decisions.decide_edits(
        actor,
        version_id=item.version_id,
        verdicts=verdicts,
        reason=reason,
        vote=vote,
        consultation_id=place.consultation.id,
    )


def _modified(board: Board, put: Put) -> list[tuple[UUID, UUID]]:
    """(edit, the wording put in its place) of each that is still open and not said to be settled."""
    replaced = replacements_of(put.edit_ids)
    return [
        (old, new)
        for new, olds in replaced.items()
        for old in olds
        if old in board.live and is_open(board.outcome(old)) and old not in put.settled
    ]


def _ranks(board: Board, item: AgendaItem, edit_ids: Sequence[UUID]) -> dict[UUID, int]:
    """What can stand at one place beside others of the item stands there in the item's order."""
    place = {edit.edit_id: edit.rank for edit in item.edits}
    beside = {
        UUID(name)
        for relation in board.relations
        if relation.kind is RelationKind.ORDER
        for name in (relation.a, relation.b)
    }
    return {edit_id: place[edit_id] for edit_id in edit_ids if edit_id in beside}


def _ballot(
    place: MeetingPlace,
    item: AgendaItem,
    form: BallotForm,
    count: Count | None,
    *,
    carried: bool,
    room: Room,
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
        present=room.present,
        majority=room.rules.majority.value,
        casting=by_casting_vote(room.rules, counted, carried=carried),
        wording_hash=put.wording_hash,
        held_at=clock.now(),
        undone_at=None,
        undone_reason="",
    )
    ballot.edits = [BallotEdit(edit_id=edit_id) for edit_id in put.edit_ids]
    ballot.names = [BallotName(account_id=account_id, choice=choice.value) for account_id, choice in names.items()]
    db.session.add(ballot)
    return ballot


def _names(place: MeetingPlace, item: AgendaItem, form: BallotForm, names: Mapping[UUID, str]) -> dict[UUID, Choice]:
    """Of a vote by name: how each of those present and entitled voted."""
    if form is not BallotForm.NAMED:
        return {}
    if voters_of(place, item) != names.keys() or not set(names.values()) <= set(Choice):
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
