"""How an agenda is made, and which votes can be right (NORMS §4–§7, CONSENSUS §4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from amendments.committees.rules import Majority, Rules, Tie, adopted, needed
from amendments.consultations.rules import (
    NO_QUORUM,
    NO_QUORUM_IN_CHARGE,
    REJECTED_WITHOUT_OBJECTION,
    VOTE_LABELS,
    VoteKind,
    runs_step,
)
from amendments.documents.rules import DOCUMENT_SEE, sees_work, while_open
from amendments.exchange.words import N_, NN_, Sentence
from amendments.text.agenda import Reason
from amendments.web import clock
from amendments.web.access import Action, PermissionMap


class ItemKind(StrEnum):
    BLOC = "bloc"
    """Undisputed edits, adopted together unless somebody pulls one out."""
    CONTESTED = "contested"
    """A component: rival wordings, the further-reaching one first."""
    SINGLE = "single"
    NOTICE = "notice"
    """Listed for information: editorial changes, and what the desk has merged."""


class ItemState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    DONE = "done"


class EndingKind(StrEnum):
    """How an item ends without a vote."""

    ADJOURNED = "adjourned"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    TAKEN_OVER = "taken_over"


ENDING_LABELS: Final[dict[EndingKind, str]] = {
    EndingKind.ADJOURNED: N_("vertagt"),
    EndingKind.REFERRED: N_("verwiesen"),
    EndingKind.WITHDRAWN: N_("zurückgezogen"),
    EndingKind.TAKEN_OVER: N_("übernommen"),
}

ITEM_LABELS: Final[dict[ItemKind, str]] = {
    ItemKind.BLOC: N_("Unstrittige Änderungen gemeinsam"),
    ItemKind.CONTESTED: N_("Strittige Stelle"),
    ItemKind.SINGLE: N_("Einzelne Änderung"),
    ItemKind.NOTICE: N_("Zur Kenntnis"),
}
BLOC_OF_ONE: Final = N_("Unstrittige Änderung")


def item_label(kind: str, edits: int) -> str:
    """What an item about so many edits is headed, wherever it is shown."""
    return BLOC_OF_ONE if kind == ItemKind.BLOC and edits == 1 else ITEM_LABELS[ItemKind(kind)]


ORDER_REASONS: Final[dict[Reason, str]] = {
    Reason.CONTAINS: N_("enthält den nächsten"),
    Reason.SCOPE: N_("erfasst mehr Text als der nächste"),
    Reason.STRUCK: N_("streicht mehr Wörter als der nächste"),
    Reason.ADDED: N_("fügt mehr Wörter ein als der nächste"),
    Reason.MARKED: N_("geht nach Ansicht des Vorsitzes weiter"),
    Reason.FILED: N_("ist früher eingereicht"),
}


PUT_FIRST: Final = "put_first"
"""Why a new wording comes before those it takes the place of."""
PUT_FIRST_REASON: Final = N_("fasst die anderen neu")


# --- the agenda


@dataclass(frozen=True)
class Wish:
    """An edit on the agenda, and why it is put to the vote before the next of its item."""

    edit_id: UUID
    reason: str = ""
    """`Reason`, `PUT_FIRST` or the chair's words."""


@dataclass(frozen=True)
class Planned:
    """An item as it would be now."""

    kind: ItemKind
    version_id: UUID
    wishes: tuple[Wish, ...]

    @property
    def edit_ids(self) -> frozenset[UUID]:
        return frozenset(wish.edit_id for wish in self.wishes)


def agenda(
    version_id: UUID,
    *,
    undisputed: Sequence[UUID],
    contested: Sequence[Sequence[Wish]],
    single: Sequence[Sequence[UUID]],
    notice: Sequence[UUID],
    order: Sequence[UUID],
    pulled: Collection[UUID] = (),
    amended: Mapping[UUID, Collection[UUID]] | None = None,
) -> tuple[Planned, ...]:
    """The items of one text: the bloc, then rivals and single proposals in text order, what is for information last.
    Amendments to a proposal come right before it (NORMS §4).

    `single`: the passages of one proposal each. `order`: all edits in text order. `pulled`: somebody wants to talk
    about these before they are adopted en bloc. `amended`: amendment to a proposal -> the edits of that.
    """
    bloc = [edit_id for edit_id in undisputed if edit_id not in pulled]
    place = {edit_id: rank for rank, edit_id in enumerate(order)}
    items = [(min(place[wish.edit_id] for wish in wishes), ItemKind.CONTESTED, tuple(wishes)) for wishes in contested]
    items += [(min(place[edit_id] for edit_id in edits), ItemKind.SINGLE, _wishes(edits)) for edits in single]
    planned = [Planned(kind, version_id, wishes) for _, kind, wishes in sorted(items, key=lambda item: item[0])]
    planned = amendments_first(planned, amended or {})
    first = [Planned(ItemKind.BLOC, version_id, _wishes(bloc))] if bloc else []
    last = [Planned(ItemKind.NOTICE, version_id, _wishes(notice))] if notice else []
    return (*first, *planned, *last)


def amendments_first(planned: Sequence[Planned], amended: Mapping[UUID, Collection[UUID]]) -> list[Planned]:
    """In this order, but each item about amendments to a proposal before the first one about that proposal."""
    rank = {edit_id: rank for rank, one in enumerate(planned) for edit_id in one.edit_ids}

    def key(pair: tuple[int, Planned]) -> tuple[int, bool, int]:
        own, one = pair
        parents = [rank[parent] for edit_id in one.edit_ids for parent in amended.get(edit_id, ()) if parent in rank]
        first = min([own, *parents])
        return first, not parents, own

    return [one for _, one in sorted(enumerate(planned), key=key)]


def _wishes(edit_ids: Iterable[UUID]) -> tuple[Wish, ...]:
    return tuple(Wish(edit_id) for edit_id in edit_ids)


# --- votes


class BallotForm(StrEnum):
    WITHOUT_OBJECTION = "without_objection"
    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    COUNTED = "counted"
    SECRET = "secret"  # noqa: S105 - a form of vote
    NAMED = "named"


BALLOT_LABELS: Final[dict[BallotForm, str]] = {
    **{BallotForm(kind.value): label for kind, label in VOTE_LABELS.items() if kind is not VoteKind.NONE},
    BallotForm.SECRET: N_("geheim"),
    BallotForm.NAMED: N_("namentlich"),
}
WITH_COUNTS: Final = frozenset({BallotForm.COUNTED, BallotForm.SECRET, BallotForm.NAMED})


class Choice(StrEnum):
    YES = "yes"
    NO = "no"
    ABSTAINED = "abstained"


@dataclass(frozen=True)
class Count:
    """Totals of a vote. `invalid` papers count for neither side."""

    yes: int = 0
    no: int = 0
    abstained: int = 0
    invalid: int = 0

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstained + self.invalid


@dataclass(frozen=True)
class Room:
    """Who could vote when it was voted. `legal_number` None: the committee has none."""

    rules: Rules
    legal_number: int | None
    present: int
    """Entitled and in the room, without those excluded from this item."""
    excluded: int = 0
    second_invitation: bool = False
    in_charge: int | None = None
    """Of those present, the members of the committee in charge, where several sit together."""


def most_at_once(stays: Collection[tuple[datetime, datetime | None]]) -> int:
    """How many were in the room when it was fullest, from when each came and left."""
    return max((sum(came <= at and (left is None or at < left) for came, left in stays) for at, _ in stays), default=0)


NO_LEGAL_NUMBER = N_(
    "Die gesetzliche Mitgliederzahl des Gremiums fehlt; ohne sie lässt sich nicht feststellen, ob es beschlussfähig "
    "ist."
)
TOO_MANY_VOTES = NN_(
    "Es sind mehr Stimmen als Anwesende: %(cast)s Stimmen, anwesend ist %(num)s stimmberechtigtes Mitglied.",
    "Es sind mehr Stimmen als Anwesende: %(cast)s Stimmen, anwesend sind %(num)s stimmberechtigte Mitglieder.",
)
NOBODY_THERE = N_("Es ist niemand anwesend, der abstimmen darf. Bitte stellen Sie zuerst die Anwesenheit fest.")
COUNT_NEGATIVE = N_("Stimmen sind Zahlen ab null.")
NOT_ADOPTED = N_("Bei diesem Ergebnis ist der Vorschlag abgelehnt: Er erreicht die nötige Mehrheit nicht.")
NOT_REJECTED = N_("Bei diesem Ergebnis ist der Vorschlag angenommen: Er erreicht die nötige Mehrheit.")
TO_BE_COUNTED = N_("Für die Mehrheit, die dieser Punkt braucht, müssen die Stimmen gezählt werden.")
SECRET_TIE = N_(
    "Bei Stimmengleichheit ist in geheimer Abstimmung abgelehnt: Entschiede die Stimme des Vorsitzes, wäre sie bekannt."
)
COUNTS_UNASKED = N_(
    "Es sind Stimmen angegeben, aber keine Form, in der gezählt wird. Bitte wählen Sie „ausgezählt“ oder „geheim“, "
    "oder lassen Sie die Zahlen weg."
)


def quorum_misfit(room: Room) -> str | None:
    """Why nothing can be decided now, or None. Asked for every vote (NORMS §6)."""
    least = needed(room.rules, room.legal_number, excluded=room.excluded, second_invitation=room.second_invitation)
    if least is None:
        return NO_LEGAL_NUMBER
    if room.in_charge is not None and room.in_charge < least:
        return Sentence(NO_QUORUM_IN_CHARGE[0], {"num": room.in_charge, "needed": least}, NO_QUORUM_IN_CHARGE[1])
    if room.present < least:
        return Sentence(NO_QUORUM[0], {"num": room.present, "needed": least}, NO_QUORUM[1])
    return None if room.present else NOBODY_THERE


def ballot_misfit(
    form: BallotForm, count: Count | None, room: Room, *, carried: bool, chair_said_yes: bool = False
) -> str | None:
    """Why this vote cannot have had that outcome, or None."""
    if form is BallotForm.WITHOUT_OBJECTION and not carried:
        return REJECTED_WITHOUT_OBJECTION
    if form not in WITH_COUNTS and carried and room.rules.majority is not Majority.SIMPLE:
        return TO_BE_COUNTED
    if count is None:
        return None
    if form not in WITH_COUNTS:
        return COUNTS_UNASKED
    return _count_misfit(count, room) or _other_outcome(form, count, room, carried=carried, chair_yes=chair_said_yes)


def _count_misfit(count: Count, room: Room) -> str | None:
    if min(count.yes, count.no, count.abstained, count.invalid) < 0:
        return COUNT_NEGATIVE
    if count.cast > room.present:
        return Sentence(TOO_MANY_VOTES[0], {"num": room.present, "cast": count.cast}, TOO_MANY_VOTES[1])
    return None


def _other_outcome(form: BallotForm, count: Count, room: Room, *, carried: bool, chair_yes: bool) -> str | None:
    """Nobody's vote is known in a secret one, so that the chair's cannot decide it."""
    secret = form is BallotForm.SECRET
    carries = adopted(
        room.rules, count.yes, count.no, room.present, room.legal_number, chair_said_yes=chair_yes and not secret
    )
    if carries == carried:
        return None
    if carries:
        return NOT_REJECTED
    return SECRET_TIE if secret and chair_yes and count.yes == count.no else NOT_ADOPTED


def by_casting_vote(rules: Rules, count: Count | None, *, carried: bool) -> bool:
    """The votes were equal, and the chair's decided."""
    return carried and count is not None and count.yes == count.no and rules.tie is Tie.CHAIR


def may_reopen(closed_at: datetime, now: datetime, *, result: bool) -> bool:
    """A sitting can go on until the day is over on which it was closed, and as long as its step has no result."""
    return not result or same_day(closed_at, now)


def same_day(one: datetime, other: datetime) -> bool:
    """On the wall of the town hall."""
    return one.astimezone(clock.TOWN).date() == other.astimezone(clock.TOWN).date()


# --- permissions

MEETING_OPEN: Final = Action("meeting.open")
"""Asked about the step."""
MEETING_RUN: Final = Action("meeting.run")
"""Keep attendance, call items, state results, close it; asked about the step."""
MEETING_FOLLOW: Final = Action("meeting.follow")
"""Read along; asked about the document."""

SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {
    MEETING_OPEN: while_open((runs_step,)),
    MEETING_RUN: ((runs_step,),),
    MEETING_FOLLOW: ((sees_work,),),
}
