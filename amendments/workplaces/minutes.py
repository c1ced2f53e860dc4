"""The minutes of a sitting (NORMS §10), as far as they concern the text: made from what was recorded and completed by
the clerk, for print.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from amendments.audit.queries import head
from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.committees.rules import MAJORITY_LABELS, Majority
from amendments.consensus.board import Board, compose
from amendments.consultations.exclusions import covered_by, exclusions_between
from amendments.decisions.models import Decision
from amendments.decisions.queries import said_in
from amendments.documents.models import Version
from amendments.documents.queries import texts_for
from amendments.documents.rules import matter_of
from amendments.exchange.instructions import Instructions
from amendments.meetings import queries
from amendments.meetings.agenda import boards_of
from amendments.meetings.models import AgendaItem, Ballot, Ending
from amendments.meetings.models import Minutes as Written
from amendments.meetings.queries import MeetingPlace, Seated
from amendments.meetings.rules import MEETING_FOLLOW, ItemKind, item_label
from amendments.meetings.services import Words
from amendments.meetings.services.minutes import TEXTS
from amendments.people.queries import names
from amendments.proposals.queries import LiveEdit, ProposalOn, numbers_of, withdrawn_between
from amendments.proposals.rules import label
from amendments.web import clock
from amendments.web.access import Refused, may
from amendments.web.actor import Actor
from amendments.web.posting import say
from amendments.workplaces.filed import as_filed
from amendments.workplaces.session import names_of


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
    majority: str
    """That which it needed, where it was not the simple one."""


@dataclass(frozen=True)
class End:
    """Something that ended without a vote."""

    ending: Ending
    motions: tuple[Motion, ...]
    who: str
    """To which committee it was referred, or who took it over."""


@dataclass(frozen=True)
class HandingOver:
    """Somebody else took the chair."""

    at: datetime
    before: str
    chair: str


@dataclass(frozen=True)
class KeptOut:
    """Somebody who took no part for a conflict of interest, and when."""

    name: str
    since: datetime
    lifted_at: datetime | None


@dataclass(frozen=True)
class MinutedItem:
    item: AgendaItem
    names: str
    public: bool
    votes: tuple[Vote, ...]
    ends: tuple[End, ...]
    settled: tuple[tuple[Motion, str], ...]
    """What was not voted on because of what was adopted, and by which proposal."""
    withdrawn: tuple[Motion, ...]
    """By whoever put it, without being called."""
    open: tuple[Motion, ...]
    """What of the item nothing was said about."""
    excluded: tuple[KeptOut, ...] = ()
    closed: str = ""
    """Why nothing of it is for the person who reads."""

    @property
    def title(self) -> str:
        return item_label(self.item.kind, len(self.item.edits))


@dataclass(frozen=True)
class FinalText:
    version: Version
    hash: str
    """Of the version with everything agreed in it."""


@dataclass(frozen=True)
class Minutes:
    place: MeetingPlace
    written: Written | None
    committees: tuple[Committee, ...]
    begins: datetime
    ends: datetime | None
    where: str
    chairs: tuple[str, ...]
    """Each signs; with the items they chaired, if there were several."""
    handings_over: tuple[HandingOver, ...]
    """Of the chair, the first one first."""
    clerk: str
    stays: tuple[Stay, ...]
    excused: tuple[Seated, ...]
    absent: tuple[Seated, ...]
    """Without an excuse."""
    items: tuple[MinutedItem, ...]
    """In the order of calling."""
    left: tuple[MinutedItem, ...]
    """Of the agenda, never called: for information, or there was no time."""
    withdrawn: tuple[str, ...]
    """Proposals taken back during the sitting, before they were called."""
    texts: tuple[FinalText, ...]
    record: tuple[int, str]
    """Number and hash of the last event when this was printed."""


def minutes_of(actor: Actor, meeting_id: UUID) -> Minutes:
    place = queries.meeting_for(actor, meeting_id)
    written = queries.written_minutes(meeting_id)
    stays = queries.attendances(meeting_id)
    ids = place.consultation.committee_ids
    committees = committees_by_id(ids)
    maker, seen = _Maker(actor, place), {text.id for text in texts_for(actor, place.document)}
    changes = queries.chair_changes(meeting_id)
    chaired = [*dict.fromkeys([*(change.before_id for change in changes), place.meeting.chair_id])]
    known = names([*chaired, *(row.account_id for row in stays), *maker.voters])
    absent = _absent(place)
    excused = {row.account_id for row in written.excused} if written else set()
    finder = _Excluded(place)
    items = [
        _closed(actor, place, row) or replace(maker.item(row, known), excluded=finder.from_item(row))
        for row in maker.rows
    ]
    return Minutes(
        place=place,
        written=written,
        committees=tuple(committees[committee_id] for committee_id in ids),
        begins=(written and written.begins) or place.meeting.opened_at,
        ends=(written and written.ends) or place.meeting.closed_at,
        where=(written.place if written else "") or place.consultation.place,
        chairs=tuple((written.chairs if written else "").splitlines())
        or tuple(known[account_id] for account_id in chaired),
        handings_over=tuple(HandingOver(one.at, known[one.before_id], known[one.chair_id]) for one in changes),
        clerk=written.clerk if written else "",
        stays=tuple(
            Stay(known[row.account_id], committees[row.committee_id], row.votes, row.came_at, row.left_at)
            for row in sorted(stays, key=lambda row: (ids.index(row.committee_id), known[row.account_id], row.came_at))
        ),
        excused=tuple(one for one in absent if one.account_id in excused),
        absent=tuple(one for one in absent if one.account_id not in excused),
        items=tuple(
            sorted((item for item in items if item.item.number is not None), key=lambda one: one.item.number or 0)
        ),
        left=tuple(item for item in items if item.item.number is None),
        withdrawn=maker.withdrawn(actor, seen),
        texts=tuple(
            FinalText(board.version, compose(board, board.agreed).hash)
            for board in maker.boards.values()
            if board.version.text_id in seen
        ),
        record=head(),
    )


def _absent(place: MeetingPlace) -> tuple[Seated, ...]:
    """Who has a vote here and never came."""
    was_there = {row.account_id for row in queries.attendances(place.meeting.id)}
    return tuple(one for one in queries.seated(place) if one.account_id not in was_there and one.votes)


def _edits(row: Ballot | Ending) -> list[UUID]:
    return [edit.edit_id for edit in row.edits]


def _by(row: Decision) -> list[UUID]:
    """What was adopted in its place, if it is by that that it needed no vote."""
    found = row.settled_by_edit_id or row.modified_by_edit_id
    return [found] if found is not None else []


class _Maker:
    """Makes the items; what all of them need is read once."""

    def __init__(self, actor: Actor, place: MeetingPlace) -> None:
        meeting_id, hidden = place.meeting.id, actor.excluded.ids
        self.place = place
        self.rows = queries.items_of(meeting_id)
        self.boards = boards_of(place, self.rows)
        self.ballots = [row for row in queries.ballots_of(meeting_id) if hidden.isdisjoint(_edits(row))]
        self.endings = [row for row in queries.endings_of(meeting_id) if hidden.isdisjoint(_edits(row))]
        spoken = {edit.edit_id for row in self.rows for edit in row.edits}
        spoken |= {edit.edit_id for ballot in self.ballots for edit in ballot.edits}
        spoken |= {edit.edit_id for ending in self.endings for edit in ending.edits}
        self.said = said_in(place.consultation.id, spoken, place.committee_id)
        self.numbers = numbers_of(spoken | {by for row in self.said.values() for by in _by(row)})
        live = _motions(self.boards)
        gone = as_filed(spoken - live.keys())
        self.motions = live | {edit_id: Motion(*found) for edit_id, found in gone.items()}
        self.committees = committees_by_id({row.committee_id for row in self.endings if row.committee_id})

    @property
    def voters(self) -> list[UUID]:
        return [name.account_id for ballot in self.ballots for name in ballot.names]

    def withdrawn(self, actor: Actor, text_ids: Collection[UUID]) -> tuple[str, ...]:
        """Of texts that this person sees, what was taken back without a word in the sitting."""
        meeting = self.place.meeting
        found = withdrawn_between(text_ids, meeting.opened_at, meeting.closed_at)
        said = {edit.edit_id for row in self.rows if row.number is not None for edit in row.edits}
        said |= {edit_id for ending in self.endings for edit_id in _edits(ending)} | actor.excluded.ids
        return tuple(label(number) for number in sorted({found[edit_id] for edit_id in found.keys() - said}))

    def item(self, row: AgendaItem, known: Mapping[UUID, str]) -> MinutedItem:
        votes = tuple(self._vote(ballot, known) for ballot in self.ballots if ballot.item_id == row.id)
        ends = tuple(self._end(ending) for ending in self.endings if ending.item_id == row.id)
        said = {motion.edit.edit_id for vote in votes for motion in vote.motions if vote.ballot.undone_at is None}
        said |= {motion.edit.edit_id for end in ends for motion in end.motions if end.ending.undone_at is None}
        left = [edit.edit_id for edit in row.edits if edit.edit_id not in said and row.kind != ItemKind.NOTICE]
        settled = [edit_id for edit_id in left if edit_id in self.said and _by(self.said[edit_id])]
        withdrawn = [edit_id for edit_id in left if edit_id not in settled and self._withdrawn(edit_id)]
        return MinutedItem(
            row,
            names_of((edit.edit_id for edit in row.edits), self.numbers),
            self.place.consultation.public if row.public is None else row.public,
            votes,
            ends,
            tuple((self.motions[edit_id], self._by_what(self.said[edit_id])) for edit_id in settled),
            tuple(self.motions[edit_id] for edit_id in withdrawn),
            tuple(self.motions[edit_id] for edit_id in left if edit_id not in {*settled, *withdrawn}),
        )

    def _by_what(self, row: Decision) -> str:
        (by,) = _by(row)
        return label(self.numbers[by])

    def _withdrawn(self, edit_id: UUID) -> bool:
        """Before the sitting was over."""
        at, closed_at = self.motions[edit_id].entry.proposal.withdrawn_at, self.place.meeting.closed_at
        return at is not None and (closed_at is None or at <= closed_at)

    def _vote(self, ballot: Ballot, known: Mapping[UUID, str]) -> Vote:
        qualified = ballot.majority != Majority.SIMPLE
        return Vote(
            ballot,
            self._in_order(edit.edit_id for edit in ballot.edits),
            tuple(sorted((known[name.account_id], name.choice) for name in ballot.names)),
            MAJORITY_LABELS[Majority(ballot.majority)] if qualified else "",
        )

    def _end(self, ending: Ending) -> End:
        who = self.committees[ending.committee_id].name if ending.committee_id else ""
        return End(ending, self._in_order(edit.edit_id for edit in ending.edits), who)

    def _in_order(self, edit_ids: Iterable[UUID]) -> tuple[Motion, ...]:
        """By number, the passages of a proposal as they stand on the agenda."""
        place = {edit.edit_id: (row.rank, edit.rank) for row in self.rows for edit in row.edits}
        ordered = sorted(edit_ids, key=lambda edit_id: (self.numbers[edit_id], place.get(edit_id, (0, 0))))
        return tuple(self.motions[edit_id] for edit_id in ordered)


def _closed(actor: Actor, place: MeetingPlace, row: AgendaItem) -> MinutedItem | None:
    """An item that is not for the person who reads: that it was called, and no more."""
    allowed = may(actor, MEETING_FOLLOW, place.step_of(row))
    if not isinstance(allowed, Refused):
        return None
    public = place.consultation.public
    return MinutedItem(row, "", public, (), (), (), (), (), closed=say(allowed.reason))


class _Excluded:
    """Who took no part in which item at some time of the sitting, of those who belong there (NORMS §10)."""

    def __init__(self, place: MeetingPlace) -> None:
        self.place = place
        meeting = place.meeting
        rows = exclusions_between(place.document.id, meeting.opened_at, meeting.closed_at)
        members = {one.account_id for one in queries.seated(place)}
        members |= {row.account_id for row in queries.attendances(meeting.id)}
        self.rows = covered_by(row for row in rows if row.account_id in members)
        self.names = names([row.account_id for row, _ in self.rows])

    def from_item(self, item: AgendaItem) -> tuple[KeptOut, ...]:
        matter = matter_of(self.place.step_of(item))
        return tuple(
            KeptOut(self.names[row.account_id], row.since, row.lifted_at)
            for row, about in self.rows
            if not about.isdisjoint(matter)
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


# --- completing them


@dataclass(frozen=True)
class MinutesPage:
    place: MeetingPlace
    written: Written | None
    absent: tuple[Seated, ...]

    @property
    def begins(self) -> datetime:
        return (self.written and self.written.begins) or self.place.meeting.opened_at

    @property
    def ends(self) -> datetime | None:
        return (self.written and self.written.ends) or self.place.meeting.closed_at

    @property
    def shown(self) -> dict[str, Any]:
        """What the form shows at first."""
        row = self.written
        texts = {name: getattr(row, name) if row else "" for name in TEXTS}
        return texts | {
            "row_version": row.row_version if row else 0,
            "begins": clock.on_the_wall(self.begins),
            "ends": clock.on_the_wall(self.ends),
            "place": texts["place"] or self.place.consultation.place,
            "excused": [str(one.account_id) for one in row.excused] if row else [],
        }

    def standing(self, typed: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        """What somebody else has written meanwhile, where it is not what was typed: (field, words)."""
        return tuple((name, words) for name, words in self.shown.items() if name in TEXTS and words != typed.get(name))


def minutes_page(actor: Actor, meeting_id: UUID) -> MinutesPage:
    place = queries.meeting_for(actor, meeting_id)
    return MinutesPage(place, queries.written_minutes(meeting_id), _absent(place))


def words_of(page: MinutesPage, typed: Mapping[str, Any]) -> Words:
    """Times that were left as they were shown stay what they are, to the second; an hour that comes twice in the night
    of the change of clocks is not turned into the other one.
    """
    row = page.written
    return Words(
        begins=_moment(typed["begins"], page.begins, row.begins if row else None),
        ends=_moment(typed["ends"], page.ends, row.ends if row else None),
        excused=[UUID(raw) for raw in typed["excused"] or ()],
        **{name: typed[name] or "" for name in TEXTS},
    )


def _moment(typed: datetime | None, shown: datetime | None, stored: datetime | None) -> datetime | None:
    wall = clock.on_the_wall(shown)
    if typed is None or (wall is not None and typed == wall.replace(second=0, microsecond=0)):
        return stored
    return clock.from_the_wall(typed)
