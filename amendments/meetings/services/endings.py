"""What ends without a vote: adjourned, referred to another committee, withdrawn, taken over. Each can be undone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid4

from amendments.audit.services import record
from amendments.committees.models import Committee
from amendments.committees.queries import committee as committee_of
from amendments.committees.rules import account_id_of
from amendments.consensus.board import load_board
from amendments.consultations.rules import Vote
from amendments.decisions import services as decisions
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import Outcome, is_open
from amendments.decisions.services import Verdict
from amendments.errors import Conflict, InvalidInput
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.meetings import agenda
from amendments.meetings.events import EndingUndone, ItemClosed
from amendments.meetings.models import AgendaItem, Ending, EndingEdit
from amendments.meetings.queries import MeetingPlace, endings_of, room_of
from amendments.meetings.rules import EndingKind, quorum_misfit
from amendments.meetings.services.common import NOT_IN_ITEM, beat, called, remark, running
from amendments.meetings.services.results import Put, decide, require_not_overtaken, require_put, require_wording
from amendments.meetings.services.undoing import mark_undone, put_back, reopen_all
from amendments.proposals import services as proposing
from amendments.proposals.queries import edits_of, proposal_for, proposals_of
from amendments.proposals.rules import label
from amendments.web import clock
from amendments.web.actor import Actor

REMARK_MISSING = N_("Bitte geben Sie an, warum ohne Abstimmung weitergegangen wird.")
REFERRED_WHERE = N_("Bitte wählen Sie, an welches Gremium verwiesen wird.")
NOTHING_LEFT = N_("An diesem Punkt ist nichts mehr offen.")
OTHER_PASSAGES = N_(
    "Dieser Vorschlag hat noch andere Textstellen. Bitte lassen Sie hier abstimmen, oder lassen Sie ihn zurückziehen."
)
REFERRED = "An %(committee)s verwiesen: %(reason)s"
TAKEN_BY = "Übernommen: %(who)s"
TAKES = "%(who)s übernimmt %(what)s"
"""Kept with what ended, in the language of the paper."""


def adjourn(actor: Actor, *, meeting_id: UUID, item_id: UUID, reason: str) -> Ending:
    """Go on without a vote on what is left of the item; it stays open for another sitting."""
    place = running(actor, meeting_id)
    item = called(actor, place, item_id)
    said = remark(reason, REMARK_MISSING)
    return _end(actor, place, item, EndingKind.ADJOURNED, _open(place, item), said)


def refer(actor: Actor, *, meeting_id: UUID, item_id: UUID, committee_id: UUID | None, reason: str) -> Ending:
    """What is left of the item is to be put to another committee, and decided here when that has spoken."""
    place = running(actor, meeting_id)
    item = called(actor, place, item_id)
    said = remark(reason, REMARK_MISSING)
    if committee_id is None or committee_id in place.consultation.committee_ids:
        raise InvalidInput(REFERRED_WHERE, field="committee_id")
    to = committee_of(committee_id)
    edit_ids = _open(place, item)
    reopen_all(actor, place, item, edit_ids, said)  # what had been referred elsewhere before
    standing = standing_on(edit_ids, place.committee_id)
    expected = {edit_id: row.id for edit_id, row in standing.items()}
    decisions.decide_edits(
        actor,
        version_id=item.version_id,
        verdicts=[Verdict(edit_id, Outcome.REFERRED, expected.get(edit_id)) for edit_id in edit_ids],
        reason=REFERRED % {"committee": to.name, "reason": said},
        consultation_id=place.consultation.id,
    )
    return _end(actor, place, item, EndingKind.REFERRED, edit_ids, said, committee=to)


def withdraw(actor: Actor, *, meeting_id: UUID, item_id: UUID, proposal_id: UUID, reason: str = "") -> Ending:
    """Whoever put the proposal takes it back, and it is stated here; all its passages go with it."""
    place = running(actor, meeting_id)
    item = called(actor, place, item_id)
    _edits_in(item, proposal_id)
    proposing.withdraw_stated(actor, proposal_id=proposal_id)
    edit_ids = [edit.edit_id for edit in edits_of(proposal_id)]
    return _end(actor, place, item, EndingKind.WITHDRAWN, edit_ids, remark(reason), proposal_id=proposal_id)


def take_over(
    actor: Actor, *, meeting_id: UUID, item_id: UUID, put: Put, by_proposal_id: UUID | None = None, reason: str = ""
) -> Ending:
    """No vote is needed on what is taken over (NORMS §3): by the committee in charge, or by whoever put the proposal
    that it amends, it is agreed; whoever put a rival takes that one back in its favour, and it is voted on alone.
    """
    place = running(actor, meeting_id)
    require_not_overtaken(actor, place, item_id, put, Outcome.AGREED)
    item = called(actor, place, item_id)
    require_put(item, put)
    require_wording(place, item, put)
    said = remark(reason)
    board = load_board(item.version_id, place.committee_id)
    amended = {board.live[edit_id].parent_id for edit_id in put.edit_ids if edit_id in board.live}
    if by_proposal_id is None or amended == {by_proposal_id}:
        return _agreed(actor, place, item, put, by_proposal_id, said)
    return _in_favour(actor, place, item, put, by_proposal_id, said)


def _agreed(
    actor: Actor, place: MeetingPlace, item: AgendaItem, put: Put, by_proposal_id: UUID | None, said: str
) -> Ending:
    """By the committee in charge or whoever put the amended proposal. It changes the text: there must be a quorum."""
    misfit = quorum_misfit(room_of(place, item))
    if misfit is not None:
        raise InvalidInput(misfit)
    by = None if by_proposal_id is not None else committee_of(place.committee_id)
    who = by.name if by is not None else label(proposal_for(actor, by_proposal_id).proposal.number)  # type: ignore[arg-type]
    decide(actor, place, item, put, carried=True, vote=Vote(), reason=TAKEN_BY % {"who": who})
    return _end(actor, place, item, EndingKind.TAKEN_OVER, put.edit_ids, said, committee=by, proposal_id=by_proposal_id)


def _in_favour(actor: Actor, place: MeetingPlace, item: AgendaItem, put: Put, rival_id: UUID, said: str) -> Ending:
    """A rival is taken back by whoever put it, in favour of what is put."""
    mine = _edits_in(item, rival_id)
    if {edit.edit_id for edit in edits_of(rival_id)} != set(mine):
        raise Conflict(OTHER_PASSAGES)
    rival = proposing.withdraw_stated(actor, proposal_id=rival_id)
    numbers = {proposal_for(actor, one).proposal.number or 0 for one in proposals_of(put.edit_ids).values()}
    takes = TAKES % {"who": label(rival.number), "what": ", ".join(label(number) for number in sorted(numbers))}
    reason = f"{takes}. {said}" if said else takes
    return _end(actor, place, item, EndingKind.TAKEN_OVER, mine, reason, proposal_id=rival_id)


def undo_ending(actor: Actor, *, meeting_id: UUID, ending_id: UUID, reason: str) -> None:
    """It was stated wrongly: what ended is on the agenda again. The statement stays, marked."""
    place, item, ending = mark_undone(actor, meeting_id, endings_of, ending_id, reason)
    edit_ids = [row.edit_id for row in ending.edits]
    if ending.proposal_id is not None and set(edit_ids) <= {edit.edit_id for edit in edits_of(ending.proposal_id)}:
        proposing.restore_stated(actor, proposal_id=ending.proposal_id)
    elif ending.kind != EndingKind.ADJOURNED:  # that had decided nothing
        reopen_all(actor, place, item, edit_ids, ending.undone_reason)
    put_back(place, item)
    record(actor.account_id, EndingUndone(meeting_id, ending_id), document_id=place.document.id)


def _open(place: MeetingPlace, item: AgendaItem) -> list[UUID]:
    """What of the item nothing has been said about yet."""
    board = load_board(item.version_id, place.committee_id)
    found = [edit.edit_id for edit in item.edits if edit.edit_id in board.live]
    left = [edit_id for edit_id in found if is_open(board.outcome(edit_id))]
    if not left:
        raise Conflict(NOTHING_LEFT)
    return left


def _edits_in(item: AgendaItem, proposal_id: UUID) -> list[UUID]:
    """The passages of this proposal that the item is about; Conflict if it is about none."""
    of = proposals_of(edit.edit_id for edit in item.edits)
    found = [edit.edit_id for edit in item.edits if of[edit.edit_id] == proposal_id]
    if not found:
        raise Conflict(NOT_IN_ITEM)
    return found


def _end(
    actor: Actor,
    place: MeetingPlace,
    item: AgendaItem,
    kind: EndingKind,
    edit_ids: Collection[UUID],
    reason: str,
    *,
    committee: Committee | None = None,
    proposal_id: UUID | None = None,
) -> Ending:
    ending = Ending(
        id=uuid4(),
        meeting_id=place.meeting.id,
        item_id=item.id,
        kind=kind.value,
        committee_id=committee.id if committee is not None else None,
        proposal_id=proposal_id,
        reason=reason,
        stated_by=account_id_of(actor),
        ended_at=clock.now(),
        undone_at=None,
        undone_reason="",
    )
    ending.edits = [EndingEdit(edit_id=edit_id) for edit_id in edit_ids]
    db.session.add(ending)
    db.session.flush()
    agenda.renew(place)
    beat(place)
    event = ItemClosed(place.meeting.id, item.id, ending.id, kind.value, tuple(edit_ids))
    record(actor.account_id, event, document_id=place.document.id)
    return ending
