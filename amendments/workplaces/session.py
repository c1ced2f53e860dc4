"""A sitting as its pages show it: the agenda, the item that is called, who is there, what was stated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from amendments import text as engine
from amendments.consensus.board import Board
from amendments.consensus.queries import DeskItem, desk_items
from amendments.decisions.rules import is_open
from amendments.meetings import queries
from amendments.meetings.agenda import boards_of
from amendments.meetings.models import AgendaItem, Ballot
from amendments.meetings.queries import MeetingPlace, Seated
from amendments.meetings.rules import (
    ITEM_LABELS,
    MEETING_RUN,
    ORDER_REASONS,
    ItemKind,
    ItemState,
    Room,
    quorum_misfit,
)
from amendments.meetings.services import wording_hash
from amendments.proposals.rules import label
from amendments.text.agenda import Consequence, Reason
from amendments.web.access import may
from amendments.web.actor import Actor
from amendments.web.posting import say
from amendments.workplaces.desk import DeskRow, RowMaker

MOST_NAMED = 6
"""Proposals named in the line of an item; the rest is counted."""


@dataclass(frozen=True)
class WishView:
    """An edit of the called item, as it is put to the vote."""

    row: DeskRow
    reason: str
    """Why it comes before the next."""
    consequence: str
    """What its adoption does to others, in a sentence."""
    settles: tuple[tuple[UUID, str, str], ...]
    """(edit, label, expected decision) of those in the item that cannot stand beside it."""
    hash: str
    votable: bool
    """Open, and able to stand beside what was agreed."""


@dataclass(frozen=True)
class ItemView:
    """A line of the agenda."""

    item: AgendaItem
    title: str
    names: str
    next: bool = False


@dataclass(frozen=True)
class BallotView:
    ballot: Ballot
    names: str


@dataclass(frozen=True)
class SessionPage:
    place: MeetingPlace
    may_run: bool
    may_pull: bool
    items: tuple[ItemView, ...]
    called: ItemView | None
    wishes: tuple[WishView, ...]
    bloc_hash: str
    """Of the text with all of the called bloc."""
    seated: tuple[Seated, ...]
    room: Room
    quorum: str
    """Why nothing can be decided now; empty if it can."""
    ballots: tuple[BallotView, ...]

    @property
    def present(self) -> tuple[Seated, ...]:
        return tuple(one for one in self.seated if one.attendance is not None)


def session_page(actor: Actor, meeting_id: UUID) -> SessionPage:
    place = queries.meeting_for(actor, meeting_id)
    rows = queries.items_of(meeting_id)
    loaded = boards_of(place, rows)
    called = queries.called_item(rows)
    views = _views(rows, loaded)
    seated = queries.seated(place)
    room = queries.room_of(place)
    may_run = bool(may(actor, MEETING_RUN, place.step)) and place.running
    wishes = _wishes(loaded[called.version_id], called) if called is not None else ()
    return SessionPage(
        place=place,
        may_run=may_run,
        may_pull=place.running and actor.account_id in {one.account_id for one in seated},
        items=views,
        called=next((view for view in views if called is not None and view.item.id == called.id), None),
        wishes=wishes,
        bloc_hash=_bloc_hash(loaded, called),
        seated=seated,
        room=room,
        quorum=say(quorum_misfit(room) or ""),
        ballots=tuple(
            BallotView(ballot, _labels(loaded.values(), [row.edit_id for row in ballot.edits]))
            for ballot in reversed(queries.ballots_of(meeting_id))
        ),
    )


def _views(rows: Sequence[AgendaItem], boards: Mapping[UUID, Board]) -> tuple[ItemView, ...]:
    waiting = [row for row in rows if row.state == ItemState.WAITING and row.kind != ItemKind.NOTICE]
    first = waiting[0].id if waiting else None
    return tuple(
        ItemView(
            row,
            _(ITEM_LABELS[ItemKind(row.kind)]),
            _labels([boards[row.version_id]], [edit.edit_id for edit in row.edits]),
            row.id == first,
        )
        for row in rows
    )


def _labels(boards: Collection[Board], edit_ids: Sequence[UUID]) -> str:
    """The proposals of these edits, each once: `Ä 4, Ä 12 und 9 weitere`."""
    numbers = {board.live[edit_id].number for board in boards for edit_id in edit_ids if edit_id in board.live}
    names = [label(number) for number in sorted(number or 0 for number in numbers)]
    shown = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return _("%(names)s und %(more)s weitere", names=shown, more=more) if more > 0 else shown


def _bloc_hash(boards: Mapping[UUID, Board], called: AgendaItem | None) -> str:
    if called is None or called.kind != ItemKind.BLOC:
        return ""
    return wording_hash(boards[called.version_id], [edit.edit_id for edit in called.edits])


def _wishes(board: Board, item: AgendaItem) -> tuple[WishView, ...]:
    known: dict[UUID, DeskItem] = desk_items(board)
    maker = RowMaker(board)
    own = {edit.edit_id for edit in item.edits}
    alone = item.kind == ItemKind.BLOC
    return tuple(
        _wish(board, maker, known[edit.edit_id], edit.reason, own, alone=alone)
        for edit in item.edits
        if edit.edit_id in known
    )


def _wish(
    board: Board, maker: RowMaker, item: DeskItem, reason: str, own: Collection[UUID], *, alone: bool
) -> WishView:
    """`alone`: it is voted on with the whole bloc, so that nothing of its own need be known."""
    edit_id = item.edit_id
    votable = is_open(board.outcome(edit_id)) and edit_id not in board.ruled_out
    row = maker.row(item, own)
    if alone or not votable:
        return WishView(row, _order(reason), "", (), "", votable)
    effects = _effects(board, item)
    falls = [other for other in effects if other in own and effects[other] is not Consequence.STANDS]
    settles = tuple((other, label(board.live[other].number), _expected(board, other)) for other in falls)
    return WishView(
        row, _order(reason), _sentence(board, item, effects), settles, wording_hash(board, [edit_id]), votable
    )


def _order(reason: str) -> str:
    if not reason:
        return ""
    return _(ORDER_REASONS[Reason(reason)]) if reason in list(Reason) else reason


def _expected(board: Board, edit_id: UUID) -> str:
    standing = board.standing.get(edit_id)
    return str(standing.id) if standing is not None else ""


def _effects(board: Board, item: DeskItem) -> dict[UUID, Consequence]:
    """What the adoption of this edit, beside what was agreed, does to the open edits of the same wording."""
    ground = board.grounds[item.edit.parent_id]
    agreed = {str(edit.edit_id) for edit in board.agreed}
    open_edits = [edit for edit in ground.edits if is_open(board.outcome(edit.edit_id))]
    taken = [edit for edit in ground.edits if str(edit.edit_id) in agreed]
    edits = [edit.edit for edit in (*open_edits, *taken)]
    found = engine.consequences(
        ground.wording, edits, {*(edit.edit.id for edit in taken), str(item.edit_id)}, board.order
    )
    return {UUID(name): effect for name, effect in found.items()}


def _sentence(board: Board, item: DeskItem, effects: Mapping[UUID, Consequence]) -> str:
    """What is said before the vote; empty where nothing follows."""

    def named(effect: Consequence) -> str:
        numbers = sorted({board.live[other].number or 0 for other, one in effects.items() if one is effect})
        return ", ".join(label(number) for number in numbers)

    settled, reword = named(Consequence.SETTLED), named(Consequence.REWORD)
    mine = label(item.edit.number)
    if settled and reword:
        return _(
            "Bei Annahme von %(mine)s erledigt: %(settled)s; neu zu fassen oder erledigt: %(reword)s.",
            mine=mine,
            settled=settled,
            reword=reword,
        )
    if settled:
        return _("Bei Annahme von %(mine)s erledigt: %(settled)s.", mine=mine, settled=settled)
    if reword:
        return _("Bei Annahme von %(mine)s neu zu fassen oder erledigt: %(reword)s.", mine=mine, reword=reword)
    return ""
