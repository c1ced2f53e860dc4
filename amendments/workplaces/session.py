"""A sitting as its pages show it: the agenda, the item that is called, who is there, what was stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from amendments.committees.models import Committee
from amendments.committees.queries import committees
from amendments.committees.rules import Tie
from amendments.consensus.board import Board
from amendments.meetings import queries
from amendments.meetings.agenda import boards_of
from amendments.meetings.models import AgendaItem, Ballot, Ending
from amendments.meetings.queries import MeetingPlace, Seated
from amendments.meetings.rules import ITEM_LABELS, MEETING_RUN, ItemKind, ItemState, Room, quorum_misfit
from amendments.meetings.services import wording_hash
from amendments.proposals.queries import numbers_of
from amendments.proposals.rules import PROPOSAL_FILE_ORAL, OnBehalf, label
from amendments.web.access import may
from amendments.web.actor import Actor
from amendments.web.posting import say
from amendments.workplaces.motions import Motion, motions_of

MOST_NAMED = 6
"""Proposals named in the line of an item; the rest is counted."""


@dataclass(frozen=True)
class ItemView:
    """A line of the agenda."""

    item: AgendaItem
    title: str
    names: str
    before: tuple[ItemView, ...] = ()
    """Those that wait before it, the nearest first."""

    @property
    def next(self) -> bool:
        return self.waits and not self.before

    @property
    def waits(self) -> bool:
        return self.item.state == ItemState.WAITING and self.item.kind != ItemKind.NOTICE


@dataclass(frozen=True)
class Stated:
    """A result, or how something ended without a vote; `names`: the proposals it is about."""

    ballot: Ballot | None
    ending: Ending | None
    names: str
    to: str = ""
    """The committee to which it was referred."""


@dataclass(frozen=True)
class SessionPage:
    place: MeetingPlace
    may_run: bool
    may_pull: bool
    may_file_oral: bool
    items: tuple[ItemView, ...]
    called: ItemView | None
    motions: tuple[Motion, ...]
    gone: tuple[str, ...]
    """Proposals of the called item that are not there any more: withdrawn."""
    bloc_hash: str
    """Of the text with all of the called bloc."""
    seated: tuple[Seated, ...]
    room: Room
    quorum: str
    """Why nothing can be decided now; empty if it can."""
    stated: tuple[Stated, ...]
    """Newest first."""
    committees: tuple[Committee, ...]
    """To which something can be referred."""

    @property
    def present(self) -> tuple[Seated, ...]:
        return tuple(one for one in self.seated if one.attendance is not None)

    @property
    def next(self) -> ItemView | None:
        return next((view for view in self.items if view.next), None)

    @property
    def votable(self) -> tuple[Motion, ...]:
        return tuple(motion for motion in self.motions if motion.votable)

    @property
    def first(self) -> UUID | None:
        """What is voted on next."""
        return self.votable[0].key if self.votable else None

    @property
    def chair_decides(self) -> bool:
        """Between equal numbers."""
        return self.room.rules.tie is Tie.CHAIR


def session_page(actor: Actor, meeting_id: UUID) -> SessionPage:
    place = queries.meeting_for(actor, meeting_id)
    rows = queries.items_of(meeting_id)
    loaded = boards_of(place, rows)
    called = queries.called_item(rows)
    seated = queries.seated(place)
    room = queries.room_of(place, called.majority if called is not None else None)
    may_run = bool(may(actor, MEETING_RUN, place.step)) and place.running
    ballots, endings = queries.ballots_of(meeting_id), queries.endings_of(meeting_id)
    spoken = [edit.edit_id for row in rows for edit in row.edits]
    spoken += [edit.edit_id for ballot in ballots for edit in ballot.edits]
    spoken += [edit.edit_id for ending in endings for edit in ending.edits]
    numbers = numbers_of(spoken)
    views = _views(rows, numbers)
    everybody = committees()
    return SessionPage(
        place=place,
        may_run=may_run,
        may_pull=place.running and actor.account_id in {one.account_id for one in seated},
        may_file_oral=may_run and bool(may(actor, PROPOSAL_FILE_ORAL, OnBehalf(place.document, None))),
        items=views,
        called=next((view for view in views if called is not None and view.item.id == called.id), None),
        motions=motions_of(loaded[called.version_id], called) if called is not None else (),
        gone=_gone(loaded, called, numbers),
        bloc_hash=_bloc_hash(loaded, called),
        seated=seated,
        room=room,
        quorum=say(quorum_misfit(room) or ""),
        stated=_stated(ballots, endings, numbers, {row.id: row.name for row in everybody}),
        committees=tuple(row for row in everybody if row.id not in place.consultation.committee_ids),
    )


def _views(rows: Sequence[AgendaItem], numbers: Mapping[UUID, int]) -> tuple[ItemView, ...]:
    views: list[ItemView] = []
    for row in rows:
        before = tuple(view for view in reversed(views) if view.waits)
        title = _(ITEM_LABELS[ItemKind(row.kind)])
        views.append(ItemView(row, title, names_of((edit.edit_id for edit in row.edits), numbers), before))
    return tuple(views)


def names_of(edit_ids: Iterable[UUID], numbers: Mapping[UUID, int]) -> str:
    """The proposals of these edits, each once: `Ä 4, Ä 12 und 9 weitere`."""
    names = [label(number) for number in sorted({numbers[edit_id] for edit_id in edit_ids})]
    shown = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return _("%(names)s und %(more)s weitere", names=shown, more=more) if more > 0 else shown


def _stated(
    ballots: Sequence[Ballot], endings: Sequence[Ending], numbers: Mapping[UUID, int], committee: Mapping[UUID, str]
) -> tuple[Stated, ...]:
    rows: list[Ballot | Ending] = sorted(
        (*ballots, *endings), key=lambda row: row.held_at if isinstance(row, Ballot) else row.ended_at, reverse=True
    )
    return tuple(
        Stated(
            row if isinstance(row, Ballot) else None,
            row if isinstance(row, Ending) else None,
            names_of((edit.edit_id for edit in row.edits), numbers),
            committee.get(row.committee_id, "") if isinstance(row, Ending) and row.committee_id else "",
        )
        for row in rows
    )


def _gone(boards: Mapping[UUID, Board], called: AgendaItem | None, numbers: Mapping[UUID, int]) -> tuple[str, ...]:
    if called is None:
        return ()
    live = boards[called.version_id].live
    return tuple(label(numbers[edit.edit_id]) for edit in called.edits if edit.edit_id not in live)


def _bloc_hash(boards: Mapping[UUID, Board], called: AgendaItem | None) -> str:
    if called is None or called.kind != ItemKind.BLOC:
        return ""
    board = boards[called.version_id]
    return wording_hash(board, [edit.edit_id for edit in called.edits if edit.edit_id in board.live])
