"""Going through the agenda: calling items, the chair's order, pulling edits out of the bloc."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from amendments.audit.services import record
from amendments.committees.rules import Majority, account_id_of
from amendments.documents.queries import lock_document
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.words import N_, Sentence
from amendments.extensions import db
from amendments.meetings import agenda
from amendments.meetings.events import ItemArranged, ItemCalled, ItemMoved, PulledFromBloc, WishMoved
from amendments.meetings.models import AgendaItem, PulledOut
from amendments.meetings.queries import agenda_mark, called_item, items_of, meeting_for, seated
from amendments.meetings.rules import MEETING_FOLLOW, MEETING_RUN, ItemKind, ItemState, Wish
from amendments.meetings.services.common import NOT_IN_ITEM, beat, find_to_run, remark, require_running, running
from amendments.proposals.queries import proposals_of
from amendments.text.agenda import Reason
from amendments.web import access, clock
from amendments.web.actor import Actor

NOTHING_TO_CALL = N_(
    "Dieser Punkt wartet nicht mehr: Er ist aufgerufen, behandelt oder entfallen. Bitte sehen Sie sich die "
    "Tagesordnung noch einmal an."
)
ORDER_REASON = N_("Bitte geben Sie an, warum dieser Punkt vorgezogen wird.")
NOTHING_TO_MOVE = N_("Hier lässt sich die Reihenfolge nicht mehr ändern: Der Punkt ist behandelt oder hat keine.")
MOVE_REASON = N_("Bitte geben Sie an, warum die Reihenfolge geändert wird.")
NO_NUMBER = N_("Bitte geben Sie die Nummer eines wartenden Punktes als Zahl an, oder lassen Sie das Feld leer.")
WRONG_NUMBER = N_(
    "Unter der Nummer %(number)s wartet kein Punkt vor diesem. Bitte geben Sie eine Nummer von %(first)s bis %(last)s "
    "an, oder lassen Sie das Feld leer."
)
ALREADY_NEXT = N_("Dieser Punkt ist schon der nächste.")
AGENDA_CHANGED = N_(
    "Die Tagesordnung hat sich inzwischen geändert, und die Nummern können andere sein. Bitte sehen Sie nach, wo der "
    "Punkt jetzt stehen soll."
)
ALREADY_FIRST = N_("Darüber wird schon zuerst abgestimmt.")
BAD_MAJORITY = N_("Bitte wählen Sie eine der Mehrheiten.")
NOT_IN_BLOC = N_("Diese Änderung steht nicht im gemeinsamen Block.")


def call_item(actor: Actor, *, meeting_id: UUID, item_id: UUID, reason: str = "") -> AgendaItem:
    """Call an item; one that is not the next needs a reason. The one that was called waits again."""
    place = running(actor, meeting_id)
    agenda.renew(place)
    items = items_of(meeting_id)
    item = _waiting(items, item_id)
    access.require(actor, MEETING_RUN, place.step_of(item))
    said = remark(reason)
    early = _callable(items)[0].id != item.id
    if early and not said:
        raise InvalidInput(ORDER_REASON, field="reason")
    before = called_item(items)
    if before is not None:
        before.state = ItemState.WAITING.value
        db.session.flush()
    item.state = ItemState.CALLED.value
    item.number = item.number or 1 + max((one.number or 0 for one in items), default=0)
    item.order_reason = said or item.order_reason
    beat(place)
    event = ItemCalled(meeting_id, item_id, item.number, early)
    record(actor.account_id, event, document_id=place.document.id)
    return item


def move_item(
    actor: Actor, *, meeting_id: UUID, item_id: UUID, before: int | None, shown: str, reason: str
) -> AgendaItem:
    """The chair puts an item that waits before the one that waits under this number, or (None) before all that wait.
    `shown`: the `agenda_mark` of the list in which it has that number.
    """
    place = running(actor, meeting_id)
    before_id = _at_number(items_of(meeting_id), item_id, before, shown)
    agenda.renew(place)
    items = items_of(meeting_id)
    item, other = _waiting(items, item_id), _waiting(items, before_id)
    access.require(actor, MEETING_RUN, place.step_of(item))
    said = remark(reason, MOVE_REASON)
    order = [one for one in items if one.state == ItemState.WAITING]
    if order.index(item) <= order.index(other):
        raise Conflict(AGENDA_CHANGED)
    order.remove(item)
    order.insert(order.index(other), item)
    for rank, row in enumerate(order, start=1 + items[-1].rank):
        row.rank = rank
    item.order_reason = said
    beat(place)
    record(actor.account_id, ItemMoved(meeting_id, item_id, before_id), document_id=place.document.id)
    return item


def _at_number(items: Sequence[AgendaItem], item_id: UUID, number: int | None, shown: str) -> UUID:
    """The item under this number among those that wait before this one; without a number the first of them."""
    if shown != agenda_mark(items):
        raise Conflict(AGENDA_CHANGED)
    item = _waiting(items, item_id)
    ahead = {at: one.id for at, one in enumerate(items[: items.index(item)], start=1) if _is_callable(one)}
    if not ahead:
        raise Conflict(ALREADY_NEXT)
    if number is None:
        return next(iter(ahead.values()))
    if number not in ahead:
        numbers = {"number": number, "first": min(ahead), "last": max(ahead)}
        raise InvalidInput(Sentence(WRONG_NUMBER, numbers), field="before")
    return ahead[number]


def bring_forward(actor: Actor, *, meeting_id: UUID, item_id: UUID, edit_id: UUID, reason: str) -> AgendaItem:
    """The chair has this wish, with all of its proposal here, put to the vote before the one that stands before it."""
    place = running(actor, meeting_id)
    item = find_to_run(actor, place, item_id)
    if item.state == ItemState.DONE or item.kind != ItemKind.CONTESTED:
        raise Conflict(NOTHING_TO_MOVE)
    said = remark(reason, MOVE_REASON)
    proposals = proposals_of(edit.edit_id for edit in item.edits)
    blocks: list[list[Wish]] = []
    for edit in item.edits:
        wish = Wish(edit.edit_id, edit.reason)
        if blocks and proposals[blocks[-1][0].edit_id] == proposals[edit.edit_id]:
            blocks[-1].append(wish)
        else:
            blocks.append([wish])
    at = next((index for index, block in enumerate(blocks) if edit_id in {wish.edit_id for wish in block}), None)
    if at is None:
        raise Conflict(NOT_IN_ITEM)
    if at == 0:
        raise Conflict(ALREADY_FIRST)
    moved = [*(Wish(wish.edit_id) for wish in blocks[at][:-1]), Wish(blocks[at][-1].edit_id, said)]
    around = [*blocks[max(at - 2, 0) : at - 1], blocks[at - 1]]
    before = [_without_reach(block) if block in around else block for block in blocks[:at]]
    agenda.put_wishes(item, [wish for block in (*before[:-1], moved, before[-1], *blocks[at + 1 :]) for wish in block])
    beat(place)
    event = WishMoved(meeting_id, item_id, tuple(wish.edit_id for wish in moved))
    record(actor.account_id, event, document_id=place.document.id)
    return item


def _without_reach(block: Sequence[Wish]) -> list[Wish]:
    """It does not stand any more before the one its reach was compared with."""
    return [Wish(wish.edit_id) if wish.reason in list(Reason) else wish for wish in block]


def arrange_item(
    actor: Actor, *, meeting_id: UUID, item_id: UUID, by_point: bool, majority: str | None, public: bool | None
) -> AgendaItem:
    """How an item is voted on: point by point or proposal by proposal, with which majority (None: the committee's),
    in public or not (None: as the sitting is).
    """
    place = running(actor, meeting_id)
    item = find_to_run(actor, place, item_id)
    if item.state == ItemState.DONE or item.kind == ItemKind.NOTICE:
        raise Conflict(NOTHING_TO_CALL)
    if majority is not None and majority not in list(Majority):
        raise InvalidInput(BAD_MAJORITY, field="majority")
    item.by_point, item.majority, item.public = by_point, majority, public
    beat(place)
    event = ItemArranged(meeting_id, item_id, by_point, majority, public)
    record(actor.account_id, event, document_id=place.document.id)
    return item


def _callable(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    return [one for one in items if _is_callable(one)]


def _is_callable(item: AgendaItem) -> bool:
    return item.state == ItemState.WAITING and item.kind != ItemKind.NOTICE


def _waiting(items: Iterable[AgendaItem], item_id: UUID) -> AgendaItem:
    item = next((one for one in items if one.id == item_id), None)
    if item is None or item not in _callable(items):
        raise Conflict(NOTHING_TO_CALL)
    return item


def pull_out(actor: Actor, *, meeting_id: UUID, edit_id: UUID) -> None:
    """Talk about this edit before it is adopted en bloc: whoever follows the sitting and sits there may ask for it."""
    place = meeting_for(actor, meeting_id)
    access.require(actor, MEETING_FOLLOW, place.document)
    if actor.account_id not in {one.account_id for one in seated(place)}:
        raise NotFound(access.NOT_FOUND)
    lock_document(place.document.id)
    require_running(place)
    for item in items_of(meeting_id):
        if edit_id in {edit.edit_id for edit in item.edits}:
            access.require(actor, MEETING_FOLLOW, place.step_of(item))
    if not agenda.take_out(place, [edit_id]):
        raise Conflict(NOT_IN_BLOC)
    row = PulledOut(meeting_id=meeting_id, edit_id=edit_id, account_id=account_id_of(actor), at=clock.now())
    db.session.add(row)
    db.session.flush()
    agenda.renew(place)
    beat(place)
    record(actor.account_id, PulledFromBloc(meeting_id, edit_id), document_id=place.document.id)
