"""A sitting as its pages show it: the agenda, the item that is called, who is there, what was stated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from flask_babel import gettext as _

from amendments.committees.models import Committee
from amendments.committees.queries import committees
from amendments.committees.rules import Tie
from amendments.consensus.board import Board
from amendments.consultations.exclusions import all_steps
from amendments.consultations.rules import EXCLUSION_STATE
from amendments.documents.queries import current_versions, texts_for
from amendments.meetings import queries
from amendments.meetings.agenda import boards_of
from amendments.meetings.models import AgendaItem, Ballot, Ending
from amendments.meetings.queries import MeetingPlace, Seated
from amendments.meetings.rules import (
    MEETING_FOLLOW,
    MEETING_RUN,
    ItemKind,
    ItemState,
    Room,
    item_label,
    quorum_misfit,
)
from amendments.meetings.services import undone_any_time, wording_hash
from amendments.people.queries import names
from amendments.proposals.queries import numbers_of
from amendments.proposals.rules import PROPOSAL_FILE_ORAL, OnBehalf, label
from amendments.web.access import Refused, may
from amendments.web.actor import Actor
from amendments.web.posting import say
from amendments.workplaces.motions import Motion, motions_of

_Row = TypeVar("_Row", Ballot, Ending)

MOST_NAMED = 6
"""Proposals named in the line of an item; the rest is counted."""
FEW_TOGETHER = 3
"""So many of a bloc stand on the wall with their words."""
MOST_LISTED = 42
"""So many lines stand on the wall at once: three columns of fourteen."""


@dataclass(frozen=True)
class ItemView:
    """A line of the agenda."""

    item: AgendaItem
    title: str
    names: str
    number: int
    """Its place in the list."""
    first: int
    """The number of the first one that waits before it; 0 if none does."""
    closed: str = ""
    """Why this person sees nothing of it but the text as published: excluded, or not for them."""
    numbers: str = ""
    """Of the proposals it is about."""
    text_id: UUID | None = None
    """Of the text a closed item is about, if that is for them."""

    @property
    def next(self) -> bool:
        return self.waits and not self.first

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
    final: bool = False
    """A version has been published since, and it is taken back no more."""


@dataclass(frozen=True)
class SessionPage:
    place: MeetingPlace
    may_run: bool
    may_pull: bool
    may_file_oral: bool
    may_exclude: bool
    """Enter for others that they take no part."""
    items: tuple[ItemView, ...]
    mark: str
    """Of the agenda as it is shown; a number in it is sent back with this."""
    called: ItemView | None
    motions: tuple[Motion, ...]
    gone: tuple[str, ...]
    """Proposals of the called item that are not there any more: withdrawn."""
    bloc_hash: str
    """Of the text with all of the called bloc."""
    seated: tuple[Seated, ...]
    chair: str
    """Who chairs it."""
    chairs: tuple[Seated, ...]
    """To whom the chair can be handed over now."""
    excluded: frozenset[UUID]
    """Accounts that take no part in the called item."""
    room: Room
    quorum: str
    """Why nothing can be decided now; empty if it can."""
    stated: tuple[Stated, ...]
    """Newest first."""
    committees: tuple[Committee, ...]
    """To which something can be referred."""

    @property
    def voters(self) -> tuple[Seated, ...]:
        """Who votes on the called item."""
        return tuple(one for one in self.present if one.votes and one.account_id not in self.excluded)

    @property
    def kept_out(self) -> tuple[Seated, ...]:
        return tuple(one for one in self.seated if one.account_id in self.excluded)

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
    def spent(self) -> bool:
        """Nothing of the called item is left: it was withdrawn or decided at the desk."""
        here = self.called is not None and not self.called.closed
        return here and not any(motion.row.is_open for motion in self.motions)

    @property
    def first(self) -> UUID | None:
        """What is voted on next."""
        return self.votable[0].key if self.votable else None

    @property
    def listed(self) -> tuple[Motion, ...]:
        """What the wall shows in a line each: of a bloc with more than a few, as many as find room."""
        bloc = self.called is not None and self.called.item.kind == ItemKind.BLOC
        if not bloc or len(self.motions) <= FEW_TOGETHER:
            return ()
        return self.motions if len(self.motions) <= MOST_LISTED else self.motions[: MOST_LISTED - 1]

    @property
    def chair_away(self) -> str:
        """Why whoever chairs it cannot do so now; empty if they can, and while nobody has come yet."""
        chair_id = self.place.meeting.chair_id
        if chair_id in self.excluded:
            return _("%(name)s führt den Vorsitz und ist hier ausgeschlossen.", name=self.chair)
        if self.present and chair_id not in {one.account_id for one in self.present}:
            return _("%(name)s führt den Vorsitz und ist nicht als anwesend eingetragen.", name=self.chair)
        return ""

    @property
    def chair_decides(self) -> bool:
        """Between equal numbers, if the chair votes."""
        voters = {one.account_id for one in self.voters}
        return self.room.rules.tie is Tie.CHAIR and self.place.meeting.chair_id in voters


def session_page(actor: Actor, meeting_id: UUID) -> SessionPage:
    place = queries.meeting_for(actor, meeting_id)
    rows = queries.items_of(meeting_id)
    full = boards_of(place, rows)
    loaded = {version_id: board.without(actor.excluded.ids) for version_id, board in full.items()}
    called = queries.called_item(rows)
    ballots, endings = queries.ballots_of(meeting_id), queries.endings_of(meeting_id)
    parts = [row.edits for row in rows] + [row.edits for row in ballots] + [row.edits for row in endings]
    numbers = numbers_of(edit.edit_id for edits in parts for edit in edits)
    views = agenda_views(actor, place, rows, numbers)
    closed = {view.item.id for view in views if view.closed}
    here = called if called is not None and called.id not in closed else None
    seated = queries.seated(place)
    excluded = queries.excluded_at(place, called)
    room = queries.room_of(place, called)
    may_run = bool(may(actor, MEETING_RUN, place.step)) and place.running
    everybody = committees()
    return SessionPage(
        place=place,
        may_run=may_run,
        may_pull=place.running and actor.account_id in {one.account_id for one in seated},
        may_file_oral=may_run and bool(may(actor, PROPOSAL_FILE_ORAL, OnBehalf(place.document, None))),
        may_exclude=bool(may(actor, EXCLUSION_STATE, all_steps(place.document))),
        items=views,
        mark=queries.agenda_mark(rows),
        called=next((view for view in views if called is not None and view.item.id == called.id), None),
        motions=motions_of(loaded[here.version_id], full[here.version_id], here) if here is not None else (),
        gone=_gone(full, here, numbers),
        bloc_hash=_bloc_hash(full, here),
        seated=seated,
        chair=names([place.meeting.chair_id])[place.meeting.chair_id],
        chairs=_others_who_chair(place, seated, excluded) if may_run else (),
        excluded=excluded,
        room=room,
        quorum=say(quorum_misfit(room) or ""),
        stated=_stated(
            _open_to(actor, ballots, closed), _open_to(actor, endings, closed), numbers, everybody, _final(place, rows)
        ),
        committees=tuple(row for row in everybody if row.id not in place.consultation.committee_ids),
    )


def _others_who_chair(place: MeetingPlace, seated: Iterable[Seated], excluded: Collection[UUID]) -> tuple[Seated, ...]:
    free = {one.account_id for one in seated if one.attendance is not None} - {place.meeting.chair_id, *excluded}
    return tuple(one for one in queries.chairs_of(place, place.day) if one.account_id in free)


def agenda_views(
    actor: Actor, place: MeetingPlace, rows: Sequence[AgendaItem], numbers: Mapping[UUID, int]
) -> tuple[ItemView, ...]:
    """The agenda as this person reads it. `numbers`: of the proposals, by edit."""
    texts = {text.id for text in texts_for(actor, place.document)}
    views: list[ItemView] = []
    first = 0
    for number, row in enumerate(rows, start=1):
        if not first and views and views[-1].waits:
            first = views[-1].number
        step = place.step_of(row)
        allowed = may(actor, MEETING_FOLLOW, step)
        if isinstance(allowed, Refused):
            text_id = step.text.id if step.text.id in texts else None
            title = _("Nicht für Sie bestimmt")
            views.append(ItemView(row, title, "", number, first, closed=say(allowed.reason), text_id=text_id))
            continue
        ids = [edit.edit_id for edit in row.edits]
        typed = ", ".join(str(number) for number in sorted({numbers[edit_id] for edit_id in ids}))
        title = _(item_label(row.kind, len(ids)))
        views.append(ItemView(row, title, names_of(ids, numbers), number, first, numbers=typed))
    return tuple(views)


def _open_to(actor: Actor, rows: Iterable[_Row], closed: Collection[UUID]) -> list[_Row]:
    """What was stated about items and proposals that are for this person."""
    hidden = actor.excluded.ids
    return [row for row in rows if row.item_id not in closed and hidden.isdisjoint(edit.edit_id for edit in row.edits)]


def names_of(edit_ids: Iterable[UUID], numbers: Mapping[UUID, int]) -> str:
    """The proposals of these edits, each once: `Ä 4, Ä 12 und 9 weitere`."""
    names = [label(number) for number in sorted({numbers[edit_id] for edit_id in edit_ids})]
    shown = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return _("%(names)s und %(more)s weitere", names=shown, more=more) if more > 0 else shown


def _stated(
    ballots: Sequence[Ballot],
    endings: Sequence[Ending],
    numbers: Mapping[UUID, int],
    everybody: Iterable[Committee],
    final: Collection[UUID],
) -> tuple[Stated, ...]:
    committee = {row.id: row.name for row in everybody}
    rows: list[Ballot | Ending] = sorted(
        (*ballots, *endings), key=lambda row: row.held_at if isinstance(row, Ballot) else row.ended_at, reverse=True
    )
    return tuple(
        Stated(
            row if isinstance(row, Ballot) else None,
            row if isinstance(row, Ending) else None,
            names_of((edit.edit_id for edit in row.edits), numbers),
            committee.get(row.committee_id, "") if isinstance(row, Ending) and row.committee_id else "",
            row.item_id in final and not undone_any_time(row),
        )
        for row in rows
    )


def _final(place: MeetingPlace, rows: Iterable[AgendaItem]) -> frozenset[UUID]:
    """Items about a version that is no longer the current one."""
    current = {version.id for version in current_versions(text.id for text in place.document.texts).values()}
    return frozenset(row.id for row in rows if row.version_id not in current)


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
