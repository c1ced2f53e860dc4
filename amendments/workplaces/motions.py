"""The called item as it is put to the vote: proposal by proposal or point by point, and what each adoption would do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from amendments import text as engine
from amendments.consensus.board import Board
from amendments.consensus.queries import DeskItem, desk_items
from amendments.decisions.rules import is_open
from amendments.meetings.models import AgendaEdit, AgendaItem
from amendments.meetings.rules import ORDER_REASONS, PUT_FIRST, PUT_FIRST_REASON, ItemKind
from amendments.meetings.services import wording_hash
from amendments.proposals.queries import replacements_of
from amendments.proposals.rules import Origin, label
from amendments.text import RelationKind
from amendments.text.agenda import Consequence, Reason
from amendments.workplaces.desk import DeskRow, RowMaker


@dataclass(frozen=True)
class Other:
    """An edit of the item that a vote on another one touches."""

    edit_id: UUID
    label: str
    expected: str
    """The decision that was shown, "" for none."""
    settled: bool = False
    """The adoption leaves nothing of it to be decided; else it would have to be put anew."""


@dataclass(frozen=True)
class Taker:
    """A proposal of the item whose proposer could take another wish over."""

    proposal_id: UUID
    name: str


@dataclass(frozen=True)
class Motion:
    """What is put to the vote at once: the passages of a proposal, or one of them."""

    rows: tuple[DeskRow, ...]
    reason: str
    """Why it comes before the next, in a sentence."""
    consequence: str
    """What its adoption does to others, in a sentence."""
    settles: tuple[Other, ...]
    """What cannot stand beside it."""
    replaces: tuple[Other, ...]
    """In whose place this wording stands."""
    takers: tuple[Taker, ...]
    hash: str
    """Of the text with it: the wording that is voted on."""
    votable: bool
    """Open, and able to stand beside what was agreed."""

    @property
    def row(self) -> DeskRow:
        return self.rows[0]

    @property
    def key(self) -> UUID:
        return self.row.edit.edit_id

    @property
    def edit_ids(self) -> tuple[UUID, ...]:
        return tuple(row.edit.edit_id for row in self.rows)

    @property
    def may_be_favoured(self) -> bool:
        """Whoever put a rival could take that back in its favour, which changes no text and needs no quorum."""
        return self.row.edit.parent_id is None and bool(self.takers)

    @property
    def is_rewording(self) -> bool:
        return self.row.entry.proposal.origin in (Origin.MODIFICATION, Origin.COMPROMISE)


@dataclass(frozen=True)
class Question:
    """Edits that are put to the vote at once."""

    edit_ids: tuple[UUID, ...]
    reason: str
    """Why they come before the next, in a sentence."""
    votable: bool
    """Open, and able to stand beside what was agreed."""


def questions_of(board: Board, item: AgendaItem) -> tuple[Question, ...]:
    """What of an item lies on the board, in the order of votes; no statement."""
    edits = [edit for edit in item.edits if edit.edit_id in board.live]
    single = item.by_point or item.kind == ItemKind.BLOC
    groups: dict[UUID, list[AgendaEdit]] = {}
    for edit in edits:
        alone = single or not is_votable(board, edit.edit_id)
        groups.setdefault(edit.edit_id if alone else board.live[edit.edit_id].proposal_id, []).append(edit)
    return tuple(
        Question(
            tuple(edit.edit_id for edit in group),
            _order(next((edit.reason for edit in group if edit.reason), "")),
            is_votable(board, group[0].edit_id),
        )
        for group in groups.values()
    )


def is_votable(board: Board, edit_id: UUID) -> bool:
    return is_open(board.outcome(edit_id)) and edit_id not in board.ruled_out


def motions_of(board: Board, full: Board, item: AgendaItem) -> tuple[Motion, ...]:
    """`board`: as this person reads it; `full`: with all that was agreed, for the hash of the words put to the vote."""
    maker = MotionMaker(board, full, item)
    return tuple(maker.motion(question) for question in questions_of(board, item))


class MotionMaker:
    """What all motions of an item need is read once."""

    def __init__(self, board: Board, full: Board, item: AgendaItem) -> None:
        self.board, self.full, self.item = board, full, item
        self.known: dict[UUID, DeskItem] = desk_items(board)
        self.rows = RowMaker(board)
        self.own = {edit.edit_id for edit in item.edits if edit.edit_id in self.known}
        self.replaced = replacements_of(self.own)

    def motion(self, question: Question) -> Motion:
        ids = question.edit_ids
        rows = tuple(self.rows.row(self.known[edit_id], self.own) for edit_id in ids)
        if not question.votable or self.item.kind == ItemKind.BLOC:
            return Motion(rows, question.reason, "", (), (), (), "", question.votable)
        effects = _effects(self.board, self.known[ids[0]], ids)
        replaces = {old for edit_id in ids for old in self.replaced.get(edit_id, ()) if self._is_open_here(old)}
        falls = [
            other for other in effects if other in self.own - replaces and effects[other] is not Consequence.STANDS
        ]
        return Motion(
            rows,
            question.reason,
            _sentence(self.board, rows[0], {edit_id: e for edit_id, e in effects.items() if edit_id not in replaces}),
            self._others(falls, [other for other in falls if effects[other] is Consequence.SETTLED]),
            self._others(sorted(replaces, key=lambda one: self.known[one].edit.number or 0)),
            self._takers(rows[0]),
            wording_hash(self.full, ids),
            question.votable,
        )

    def _is_open_here(self, edit_id: UUID) -> bool:
        return edit_id in self.own and is_open(self.board.outcome(edit_id))

    def _others(self, edit_ids: Sequence[UUID], settled: Collection[UUID] = ()) -> tuple[Other, ...]:
        standing = self.board.standing
        return tuple(
            Other(
                edit_id,
                label(self.board.live[edit_id].number),
                str(standing[edit_id].id) if edit_id in standing else "",
                edit_id in settled,
            )
            for edit_id in edit_ids
        )

    def _takers(self, row: DeskRow) -> tuple[Taker, ...]:
        """The proposal it amends, or those of its rivals."""
        mine = row.edit.proposal_id
        if row.edit.parent_id is not None:
            ids = [row.edit.parent_id]
        else:
            own = (edit.edit_id for edit in self.item.edits if edit.edit_id in self.own)
            rivals = (self.known[edit_id].edit for edit_id in own if is_votable(self.board, edit_id))
            ids = list(dict.fromkeys(edit.proposal_id for edit in rivals if edit.proposal_id != mine))
        entries = [self.board.by_proposal[proposal_id] for proposal_id in ids]
        return tuple(
            Taker(
                entry.proposal.id,
                f"{label(entry.proposal.number)} ({entry.committee.name if entry.committee else entry.author_name})",
            )
            for entry in entries
        )


def _order(reason: str) -> str:
    """Why it is put to the vote before the next, as it is read out."""
    if not reason:
        return ""
    if reason == PUT_FIRST or reason in list(Reason):
        words = _(PUT_FIRST_REASON) if reason == PUT_FIRST else _(ORDER_REASONS[Reason(reason)])
        return _("Vor dem nächsten, denn er %(reason)s.", reason=words)
    return _("Vom Vorsitz vorgezogen: %(reason)s", reason=reason)


def _effects(board: Board, item: DeskItem, ids: Collection[UUID]) -> dict[UUID, Consequence]:
    """What the adoption of these edits, beside what was agreed, does to the open edits of the same wording."""
    ground = board.grounds[item.edit.parent_id]
    agreed = {str(edit.edit_id) for edit in board.agreed}
    open_edits = [edit for edit in ground.edits if is_open(board.outcome(edit.edit_id))]
    taken = [edit for edit in ground.edits if str(edit.edit_id) in agreed]
    edits = [edit.edit for edit in (*open_edits, *taken)]
    adopted = {*(edit.edit.id for edit in taken), *(str(edit_id) for edit_id in ids)}
    found = engine.consequences(ground.wording, edits, adopted, board.order)
    found |= dict.fromkeys(_behind(board, ids) & found.keys(), Consequence.STANDS)
    return {UUID(name): effect for name, effect in found.items()}


def _behind(board: Board, ids: Collection[UUID]) -> set[str]:
    """What can stand at the same place behind or before these: the order of votes is theirs too."""
    mine = {str(edit_id) for edit_id in ids}
    others: dict[RelationKind, set[str]] = {RelationKind.ORDER: set(), RelationKind.HARD: set()}
    for one in board.relations:
        if one.kind in others and (one.a in mine or one.b in mine):
            others[one.kind] |= {one.a, one.b} - mine
    return others[RelationKind.ORDER] - others[RelationKind.HARD]


def _sentence(board: Board, row: DeskRow, effects: Mapping[UUID, Consequence]) -> str:
    """What is said before the vote; empty where nothing follows."""

    def named(effect: Consequence) -> str:
        numbers = sorted({board.live[other].number or 0 for other, one in effects.items() if one is effect})
        return ", ".join(label(number) for number in numbers)

    settled, reword = named(Consequence.SETTLED), named(Consequence.REWORD)
    mine = label(row.edit.number)
    if settled and reword:
        return _(
            "Bei Annahme von %(mine)s erledigt: %(settled)s; neu zu fassen: %(reword)s.",
            mine=mine,
            settled=settled,
            reword=reword,
        )
    if settled:
        return _("Bei Annahme von %(mine)s erledigt: %(settled)s.", mine=mine, settled=settled)
    if reword:
        return _("Bei Annahme von %(mine)s neu zu fassen: %(reword)s.", mine=mine, reword=reword)
    return ""
