"""The minutes of a sitting (NORMS §10), as far as they concern the text: made from what was recorded, for print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amendments.audit.queries import head
from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.consensus.board import Board, compose
from amendments.documents.models import Version
from amendments.exchange.instructions import Instructions
from amendments.meetings import queries
from amendments.meetings.agenda import boards_of
from amendments.meetings.models import AgendaItem, Ballot
from amendments.meetings.queries import MeetingPlace, Seated
from amendments.meetings.rules import ItemKind
from amendments.people.queries import names
from amendments.proposals.queries import LiveEdit, ProposalOn
from amendments.web.actor import Actor


@dataclass(frozen=True)
class Stay:
    """Somebody who was there, and when."""

    name: str
    committee: Committee
    votes: bool
    came_at: datetime
    left_at: datetime | None


@dataclass(frozen=True)
class Motion:
    """What was put: the proposal, and the change as an instruction sentence."""

    entry: ProposalOn
    edit: LiveEdit
    sentence: str


@dataclass(frozen=True)
class Vote:
    """A stated result with the motions it is about; `names`: (name, choice) of a vote by name."""

    ballot: Ballot
    motions: tuple[Motion, ...]
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MinutedItem:
    item: AgendaItem
    votes: tuple[Vote, ...]
    open: tuple[Motion, ...]
    """What of a called item was not voted on."""


@dataclass(frozen=True)
class FinalText:
    version: Version
    hash: str
    """Of the version with everything agreed in it."""


@dataclass(frozen=True)
class Minutes:
    place: MeetingPlace
    committees: tuple[Committee, ...]
    chair: str
    stays: tuple[Stay, ...]
    absent: tuple[Seated, ...]
    items: tuple[MinutedItem, ...]
    texts: tuple[FinalText, ...]
    record: tuple[int, str]
    """Number and hash of the last event when this was printed."""


def minutes_of(actor: Actor, meeting_id: UUID) -> Minutes:
    place = queries.meeting_for(actor, meeting_id)
    rows = queries.items_of(meeting_id)
    boards = boards_of(place, rows)
    ballots = queries.ballots_of(meeting_id)
    stays = queries.attendances(meeting_id)
    committees = committees_by_id(place.consultation.committee_ids)
    voters = [name.account_id for ballot in ballots for name in ballot.names]
    known = names([place.meeting.chair_id, *(row.account_id for row in stays), *voters])
    was_there = {row.account_id for row in stays}
    motions = _motions(boards)
    return Minutes(
        place=place,
        committees=tuple(committees[committee_id] for committee_id in place.consultation.committee_ids),
        chair=known[place.meeting.chair_id],
        stays=tuple(
            Stay(known[row.account_id], committees[row.committee_id], row.votes, row.came_at, row.left_at)
            for row in stays
        ),
        absent=tuple(one for one in queries.seated(place) if one.account_id not in was_there and one.votes),
        items=tuple(_item(row, ballots, motions, known) for row in rows if row.number is not None),
        texts=tuple(FinalText(board.version, compose(board, board.agreed).hash) for board in boards.values()),
        record=head(),
    )


def _motions(boards: Mapping[UUID, Board]) -> dict[UUID, Motion]:
    """Every edit that lies on one of these versions, said as an instruction to its own wording."""
    found: dict[UUID, Motion] = {}
    for board in boards.values():
        sentences = {parent: Instructions(ground.wording) for parent, ground in board.grounds.items()}
        for edit in board.live.values():
            said = sentences[edit.parent_id].say(edit.hunks).text
            found[edit.edit_id] = Motion(board.by_proposal[edit.proposal_id], edit, said)
    return found


def _item(
    row: AgendaItem, ballots: tuple[Ballot, ...], motions: Mapping[UUID, Motion], known: Mapping[UUID, str]
) -> MinutedItem:
    votes = tuple(
        Vote(
            ballot,
            tuple(motions[edit.edit_id] for edit in ballot.edits if edit.edit_id in motions),
            tuple(sorted((known[name.account_id], name.choice) for name in ballot.names)),
        )
        for ballot in ballots
        if ballot.item_id == row.id
    )
    voted = {motion.edit.edit_id for vote in votes for motion in vote.motions if vote.ballot.undone_at is None}
    left = [edit.edit_id for edit in row.edits if edit.edit_id not in voted and row.kind != ItemKind.NOTICE]
    return MinutedItem(row, votes, tuple(motions[edit_id] for edit_id in left if edit_id in motions))
