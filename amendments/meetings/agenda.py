"""The agenda builds itself from what lies on the current versions, and is built again after every result."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import select

from amendments import text as engine
from amendments.consensus.board import Board, load_board
from amendments.consensus.queries import CollisionGroup, desk_of
from amendments.decisions.rules import is_open
from amendments.documents.queries import current_versions
from amendments.extensions import db
from amendments.meetings.models import AgendaEdit, AgendaItem, Ballot
from amendments.meetings.queries import MeetingPlace, items_of, pulled_out
from amendments.meetings.rules import ItemKind, ItemState, Planned, Wish, agenda


def renew(place: MeetingPlace) -> None:
    """Items that wait are made anew; what is called or done stays as it is, and stands first.

    An item goes on as the one that shares an edit with it, so that its number and its ballots stay with it.
    """
    items = items_of(place.meeting.id)
    kept = [item for item in items if item.state != ItemState.WAITING]
    waiting = [item for item in items if item.state == ItemState.WAITING]
    called = {edit.edit_id for item in kept for edit in item.edits if item.state == ItemState.CALLED}
    treated = {edit.edit_id for item in kept for edit in item.edits}
    first = 1 + max((item.rank for item in items), default=-1)
    planned = [_without(one, treated if one.kind is ItemKind.NOTICE else called) for one in planned_items(place)]
    for rank, one in enumerate((one for one in planned if one.wishes), start=first):
        row = next((item for item in waiting if one.edit_ids & {edit.edit_id for edit in item.edits}), None)
        if row is None:
            row = AgendaItem(
                id=uuid4(), meeting_id=place.meeting.id, number=None, state=ItemState.WAITING.value, remark=""
            )
            db.session.add(row)
        else:
            waiting.remove(row)
        _fill(row, one, rank)
    _drop(waiting)
    db.session.flush()


def _without(planned: Planned, taken: Collection[UUID]) -> Planned:
    return replace(planned, wishes=tuple(wish for wish in planned.wishes if wish.edit_id not in taken))


def _fill(row: AgendaItem, planned: Planned, rank: int) -> None:
    row.kind, row.version_id, row.rank = planned.kind.value, planned.version_id, rank
    row.edits = []
    db.session.flush()
    row.edits = [
        AgendaEdit(edit_id=wish.edit_id, rank=number, reason=wish.reason or "")
        for number, wish in enumerate(planned.wishes)
    ]


def _drop(items: Iterable[AgendaItem]) -> None:
    """Nothing is left of these; one on which there was a vote stays as done."""
    voted = set(
        db.session.scalars(select(Ballot.item_id).where(Ballot.item_id.in_([item.id for item in items])).distinct())
    )
    for item in items:
        if item.id in voted:
            item.state = ItemState.DONE.value
        else:
            db.session.delete(item)


def boards_of(place: MeetingPlace, items: Iterable[AgendaItem]) -> dict[UUID, Board]:
    """Of every version the items are about, by what the committee in charge has said."""
    return {version_id: load_board(version_id, place.committee_id) for version_id in {row.version_id for row in items}}


def planned_items(place: MeetingPlace) -> list[Planned]:
    """Text by text, as things stand for the committee in charge."""
    current = current_versions(text.id for text in place.document.texts)
    pulled = pulled_out(place.meeting.id)
    found: list[Planned] = []
    for text in place.document.texts:
        board = load_board(current[text.id].id, place.committee_id)
        desk = desk_of(board)
        found += agenda(
            board.version.id,
            undisputed=[item.edit_id for item in desk.undisputed],
            contested=[_wishes(board, group) for group in desk.collisions if _is_open(board, group)],
            single=[item.edit_id for item in (*desk.soft, *desk.objected, *desk.ruled_out, *desk.waiting)],
            notice=[item.edit_id for item in desk.decided],
            order=_in_text_order(board),
            pulled=pulled,
        )
    return found


def _is_open(board: Board, group: CollisionGroup) -> bool:
    return any(is_open(board.outcome(item.edit_id)) for item in group.items)


def _in_text_order(board: Board) -> list[UUID]:
    edits = sorted(board.live.values(), key=lambda edit: (board.place_of(edit), edit.number or 0))
    return [edit.edit_id for edit in edits]


def _wishes(board: Board, group: CollisionGroup) -> tuple[Wish, ...]:
    """The open ones, in the order of votes; equal wishes stand side by side."""
    edits = [item.edit for item in group.items if is_open(board.outcome(item.edit_id))]
    base = board.grounds[edits[0].parent_id].wording
    filed = {str(edit.edit_id): edit.number or 0 for edit in edits}
    ranked = engine.far_reaching(base, [edit.edit for edit in edits], filed)
    return tuple(
        Wish(UUID(name), one.reason if name == one.edits[-1] else None) for one in ranked for name in one.edits
    )
