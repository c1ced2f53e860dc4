"""The agenda builds itself from what lies on the current versions, and is built again after every result."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select

from amendments import text as engine
from amendments.committees.queries import committee, rules_of
from amendments.committees.rules import VoteOrder
from amendments.consensus.board import Board, load_board
from amendments.consensus.queries import CollisionGroup, Desk, desk_of
from amendments.consultations.excluding import widen
from amendments.consultations.exclusions import edits_with_exclusions
from amendments.decisions.rules import is_open
from amendments.documents.queries import current_versions
from amendments.extensions import db
from amendments.meetings.models import AgendaEdit, AgendaItem, Ballot, Ending
from amendments.meetings.queries import MeetingPlace, called_item, ended, items_of, pulled_out, running_of
from amendments.meetings.rules import PUT_FIRST, ItemKind, ItemState, Planned, Wish, agenda
from amendments.proposals.queries import LiveEdit
from amendments.text.agenda import Reason

Place = TypeVar("Place")


def renew(place: MeetingPlace, *, leaving: bool = True) -> None:
    """Items that wait are made anew; what is called or done stays as it is, and stands first.

    An item goes on as the one that shares an edit with it, so that its number and its ballots stay with it. The called
    one is done when nothing of it is left to be said (`leaving`).
    """
    boards = _boards(place)
    gone = ended(place.meeting.id)
    items = items_of(place.meeting.id)
    if leaving:
        _leave_if_done(called_item(items), boards, gone)
    kept = [item for item in items if item.state != ItemState.WAITING]
    waiting = [item for item in items if item.state == ItemState.WAITING]
    called = {edit.edit_id for item in kept for edit in item.edits if item.state == ItemState.CALLED}
    treated = {edit.edit_id for item in kept for edit in item.edits}
    order = rules_of(committee(place.committee_id)).order
    found = _planned(place, boards, order)
    rivals = [one.edit_ids for one in found if one.kind is ItemKind.CONTESTED]
    widen(place.document.id, rivals + [{edit.edit_id for edit in item.edits} for item in kept if _is_argued(item)])
    planned = [_without(one, gone | (treated if one.kind is ItemKind.NOTICE else called)) for one in found]
    rows = [(one, _row(place, waiting, one)) for one in planned if one.wishes]
    first = 1 + max((item.rank for item in items), default=-1)
    compare = {board.version.id: _comparison(board, order) for board in boards}
    amended = {edit_id: parents for board in boards for edit_id, parents in _amended(board).items()}
    for rank, (one, row) in enumerate(_as_the_chair_put_it(rows, amended), start=first):
        _fill(row, one, rank, compare[one.version_id])
    _drop(waiting)
    db.session.flush()


def is_busy(document_id: UUID) -> bool:
    """In a sitting about this document an item is called."""
    return any(called_item(items_of(place.meeting.id)) is not None for place in running_of(document_id))


def follow(document_id: UUID) -> None:
    """A version has appeared: what waits is made anew from it, and what was called waits again, to be called with the
    words it has now. A sitting that somebody forgot to close holds up nobody.
    """
    for place in running_of(document_id):
        called = called_item(items_of(place.meeting.id))
        if called is not None:
            called.state = ItemState.WAITING.value
            db.session.flush()
        renew(place)
        place.meeting.beat += 1
        db.session.flush()


def keep_up(document_id: UUID) -> None:
    """Something was filed, withdrawn, or decided at the desk: what waits is made anew. What is called stays called
    until the chair goes on, who is to see what has become of it; only out of a bloc comes what was decided meanwhile.
    """
    for place in running_of(document_id):
        called = called_item(items_of(place.meeting.id))
        if called is not None and called.kind == ItemKind.BLOC:
            board = load_board(called.version_id, place.committee_id)
            ids = [edit.edit_id for edit in called.edits]
            take_out(place, [edit_id for edit_id in ids if not is_open(board.outcome(edit_id))])
        renew(place, leaving=False)
        place.meeting.beat += 1
        db.session.flush()


def _is_argued(item: AgendaItem) -> bool:
    """Called now, and about rivals: what was put beside them is one of them, wherever it stands in the text."""
    return item.state == ItemState.CALLED and item.kind == ItemKind.CONTESTED


def _leave_if_done(item: AgendaItem | None, boards: Collection[Board], gone: Collection[UUID]) -> None:
    """Everything about it is said, has ended without a vote, or is not there any more."""
    if item is None:
        return
    left = [edit.edit_id for edit in item.edits if edit.edit_id not in gone]
    if any(edit_id in board.live and is_open(board.outcome(edit_id)) for board in boards for edit_id in left):
        return
    item.state = ItemState.DONE.value
    db.session.flush()


def take_out(place: MeetingPlace, edit_ids: Collection[UUID]) -> bool:
    """Out of the bloc, called or not, to be called alone when the agenda is made anew. False: none of them is in it."""
    blocs = [row for row in items_of(place.meeting.id) if row.kind == ItemKind.BLOC and row.state != ItemState.DONE]
    found = False
    for row in blocs:
        left = [edit for edit in row.edits if edit.edit_id not in edit_ids]
        found = found or len(left) < len(row.edits)
        row.edits = left
        if not left:
            row.state = ItemState.WAITING.value
    db.session.flush()
    return found


def _without(planned: Planned, taken: Collection[UUID]) -> Planned:
    return replace(planned, wishes=tuple(wish for wish in planned.wishes if wish.edit_id not in taken))


def _row(place: MeetingPlace, waiting: list[AgendaItem], planned: Planned) -> AgendaItem:
    """The item that goes on as this one, taken out of `waiting`, or a new one."""
    row = next((item for item in waiting if planned.edit_ids & {edit.edit_id for edit in item.edits}), None)
    if row is not None:
        waiting.remove(row)
        return row
    return AgendaItem(
        id=uuid4(),
        meeting_id=place.meeting.id,
        number=None,
        state=ItemState.WAITING.value,
        order_reason="",
        by_point=False,
        majority=None,
        public=None,
        edits=[],
    )


def _as_the_chair_put_it(
    rows: list[tuple[Planned, AgendaItem]], amended: Mapping[UUID, Collection[UUID]]
) -> list[tuple[Planned, AgendaItem]]:
    """Where the chair has put an item elsewhere, those that waited keep their order, and new ones come to their place,
    amendments before the proposal they amend; what is for information stays last.
    """
    if not any(row.order_reason for _, row in rows):
        return rows
    known = sorted((pair for pair in rows if pair[1].rank is not None), key=lambda pair: pair[1].rank)
    merged = merged_order(rows, known)
    for pair in rows:
        if pair not in known:
            _before_its_proposal(merged, pair, amended)
    return sorted(merged, key=lambda pair: pair[0].kind is ItemKind.NOTICE)


def _before_its_proposal(
    rows: list[tuple[Planned, AgendaItem]],
    pair: tuple[Planned, AgendaItem],
    amended: Mapping[UUID, Collection[UUID]],
) -> None:
    parents = {own for edit_id in pair[0].edit_ids for own in amended.get(edit_id, ())}
    at = next((rank for rank, (one, _) in enumerate(rows) if one.edit_ids & parents), len(rows))
    if at < rows.index(pair):
        rows.remove(pair)
        rows.insert(at, pair)


def merged_order(natural: Sequence[Place], known: Sequence[Place]) -> list[Place]:
    """`known` in its own order; each other one of `natural` behind the one it follows there, or first."""
    found = list(known)
    for before, one in zip([None, *natural], natural, strict=False):
        if one not in known:
            found.insert(found.index(before) + 1 if before is not None else 0, one)
    return found


def _fill(row: AgendaItem, planned: Planned, rank: int, why: Comparison) -> None:
    row.kind, row.version_id, row.rank = planned.kind.value, planned.version_id, rank
    db.session.add(row)
    put_wishes(row, _in_the_chairs_order(row, planned.wishes, why))


def _in_the_chairs_order(row: AgendaItem, wishes: Sequence[Wish], why: Comparison) -> Sequence[Wish]:
    """As they stand in the item, if the chair has put them so, and new ones where they belong."""
    if not arranged(row):
        return wishes
    planned = {wish.edit_id for wish in wishes}
    found = [Wish(edit.edit_id, edit.reason) for edit in row.edits if edit.edit_id in planned]
    known = {wish.edit_id for wish in found}
    for edit_id in (wish.edit_id for wish in wishes if wish.edit_id not in known):
        found = joined(found, edit_id, why)
    return found


def arranged(item: AgendaItem) -> bool:
    """Whether the chair has put its wishes in another order than the reach of each gives."""
    return any(_by_hand(edit.reason) for edit in item.edits)


def _by_hand(reason: str) -> bool:
    """Somebody put it where it stands."""
    return bool(reason) and reason not in list(Reason)


def put_wishes(row: AgendaItem, wishes: Iterable[Wish]) -> None:
    """These, in this order, are what the item is about; most items stay as they are when the agenda is made anew."""
    wanted = list(wishes)
    if wanted == [Wish(edit.edit_id, edit.reason) for edit in row.edits]:
        return
    if row.edits:
        row.edits = []
        db.session.flush()
    row.edits = [
        AgendaEdit(edit_id=wish.edit_id, rank=number, reason=wish.reason) for number, wish in enumerate(wanted)
    ]


def _drop(items: Collection[AgendaItem]) -> None:
    """Nothing is left of these; one on which something was stated stays as done."""
    ids = [item.id for item in items]
    stated = {
        item_id
        for table in (Ballot, Ending)
        for item_id in db.session.scalars(select(table.item_id).where(table.item_id.in_(ids)).distinct())
    }
    for item in items:
        if item.id in stated:
            item.state = ItemState.DONE.value
        else:
            db.session.delete(item)


def boards_of(place: MeetingPlace, items: Iterable[AgendaItem]) -> dict[UUID, Board]:
    """Of every version the items are about, by what the committee in charge has said."""
    return {version_id: load_board(version_id, place.committee_id) for version_id in {row.version_id for row in items}}


def _boards(place: MeetingPlace) -> list[Board]:
    """Of every text of the document, as it stands for the committee in charge."""
    current = current_versions(text.id for text in place.document.texts)
    return [load_board(current[text.id].id, place.committee_id) for text in place.document.texts]


def _planned(place: MeetingPlace, boards: Iterable[Board], order: VoteOrder) -> list[Planned]:
    pulled = pulled_out(place.meeting.id) | edits_with_exclusions(place.document.id)
    found: list[Planned] = []
    for board in boards:
        desk = desk_of(board)
        found += agenda(
            board.version.id,
            undisputed=[item.edit_id for item in desk.undisputed],
            contested=[_wishes(board, group, order) for group in desk.collisions if _is_open(board, group)],
            single=_alone(board, desk, pulled),
            notice=[item.edit_id for item in desk.decided],
            order=_in_text_order(board),
            pulled=pulled,
            amended=_amended(board),
        )
    return found


def _amended(board: Board) -> dict[UUID, list[UUID]]:
    """Amendment to a proposal -> the edits of that."""
    return {
        edit_id: [own.edit_id for own in board.by_proposal[edit.parent_id].edits]
        for edit_id, edit in board.live.items()
        if edit.parent_id is not None
    }


def _alone(board: Board, desk: Desk, pulled: Collection[UUID]) -> list[list[UUID]]:
    """What is neither undisputed nor in a collision, the passages of a proposal together."""
    items = [*desk.soft, *desk.objected, *desk.ruled_out, *desk.waiting]
    items += [item for item in desk.undisputed if item.edit_id in pulled]
    found: dict[UUID, list[UUID]] = {}
    wanted = {item.edit_id for item in items}
    for edit_id in _in_text_order(board):
        if edit_id in wanted:
            found.setdefault(board.live[edit_id].proposal_id, []).append(edit_id)
    return list(found.values())


def _is_open(board: Board, group: CollisionGroup) -> bool:
    return any(is_open(board.outcome(item.edit_id)) for item in group.items)


def _in_text_order(board: Board) -> list[UUID]:
    edits = sorted(board.live.values(), key=lambda edit: (board.place_of(edit), edit.number or 0))
    return [edit.edit_id for edit in edits]


def _wishes(board: Board, group: CollisionGroup, order: VoteOrder) -> tuple[Wish, ...]:
    """The open ones, in the order of votes; equal wishes stand side by side."""
    return in_order_of_votes(board, [item.edit for item in group.items if is_open(board.outcome(item.edit_id))], order)


def in_order_of_votes(board: Board, edits: Sequence[LiveEdit], order: VoteOrder) -> tuple[Wish, ...]:
    """By how far they reach or by when they were filed, as the committee's rules say; they speak of one wording."""
    if order is VoteOrder.FILED_FIRST:
        ids = [edit.edit_id for edit in sorted(edits, key=lambda edit: (edit.number or 0, str(edit.edit_id)))]
        return tuple(Wish(edit_id, Reason.FILED if edit_id != ids[-1] else "") for edit_id in ids)
    base = board.grounds[edits[0].parent_id].wording
    filed = {str(edit.edit_id): edit.number or 0 for edit in edits}
    ranked = engine.far_reaching(base, [edit.edit for edit in edits], filed)
    return tuple(
        Wish(UUID(name), one.reason or "" if name == one.edits[-1] else "") for one in ranked for name in one.edits
    )


def take_in(place: MeetingPlace, item: AgendaItem, edit_id: UUID, *, first: bool) -> None:
    """A new wish becomes an alternative of the called item: put to the vote first, or where its reach puts it."""
    board = load_board(item.version_id, place.committee_id)
    standing = [Wish(edit.edit_id, edit.reason) for edit in item.edits]
    if item.kind == ItemKind.SINGLE:
        item.kind = ItemKind.CONTESTED.value
    order = rules_of(committee(place.committee_id)).order
    if first:
        put_wishes(item, [Wish(edit_id, PUT_FIRST), *standing])
    elif arranged(item):
        put_wishes(item, joined(standing, edit_id, _comparison(board, order)))
    else:
        own = {wish.edit_id for wish in standing} | {edit_id}
        parent_id = board.live[edit_id].parent_id
        rivals = [edit for one in own if (edit := _open_edit(board, one)) is not None and edit.parent_id == parent_id]
        natural = in_order_of_votes(board, rivals, order)
        rest = [wish for wish in standing if wish.edit_id not in {one.edit_id for one in natural}]
        put_wishes(item, [*rest, *natural])


def _open_edit(board: Board, edit_id: UUID) -> LiveEdit | None:
    return board.live[edit_id] if edit_id in board.live and is_open(board.outcome(edit_id)) else None


Comparison = Callable[[UUID, UUID], str | None]
"""Why one edit is put to the vote before the other, "" for equal wishes; None: it is not."""


def _comparison(board: Board, order: VoteOrder) -> Comparison:
    def why(one: UUID, other: UUID) -> str | None:
        edits = [edit for name in (one, other) if (edit := _open_edit(board, name)) is not None]
        if len(edits) < 2 or edits[0].parent_id != edits[1].parent_id:
            return None
        first = in_order_of_votes(board, edits, order)[0]
        return first.reason if first.edit_id == one or not first.reason else None

    return why


def joined(standing: Sequence[Wish], edit_id: UUID, why: Comparison) -> list[Wish]:
    """One more wish in an order that somebody has made: before the first one that it precedes by its own right, never
    before what was put where it is. It says why, and so does the one that stands before it now.
    """
    free = (at for at, wish in enumerate(standing) if not _by_hand(wish.reason))
    at = next((at for at in free if why(edit_id, standing[at].edit_id) is not None), len(standing))
    before, behind = list(standing[:at]), standing[at:]
    if before and not _by_hand(before[-1].reason):
        before[-1] = Wish(before[-1].edit_id, why(before[-1].edit_id, edit_id) or "")
    reason = why(edit_id, behind[0].edit_id) if behind else ""
    return [*before, Wish(edit_id, reason or ""), *behind]
