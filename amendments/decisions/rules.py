"""What a body can say about an edit, what may follow what, and the proposal's state that results (NORMS §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from amendments.documents.rules import DOCUMENT_SEE, moderates_lead
from amendments.exchange.words import N_
from amendments.proposals.rules import Fate, State
from amendments.web.access import Action, PermissionMap


class Stage(StrEnum):
    DESK = "desk"


class Outcome(StrEnum):
    AGREED = "agreed"
    AGREED_MODIFIED = "agreed_modified"
    REJECTED = "rejected"
    REFERRED = "referred"
    SETTLED = "settled"
    REOPENED = "reopened"


class VoteKind(StrEnum):
    NONE = "none"
    WITHOUT_OBJECTION = "without_objection"
    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    COUNTED = "counted"


OUTCOME_LABELS: Final[dict[Outcome, str]] = {
    Outcome.AGREED: N_("angenommen"),
    Outcome.AGREED_MODIFIED: N_("geändert angenommen"),
    Outcome.REJECTED: N_("abgelehnt"),
    Outcome.REFERRED: N_("verwiesen"),
    Outcome.SETTLED: N_("erledigt"),
    Outcome.REOPENED: N_("wieder aufgerufen"),
}

_FRESH: Final = frozenset(
    {Outcome.AGREED, Outcome.AGREED_MODIFIED, Outcome.REJECTED, Outcome.REFERRED, Outcome.SETTLED}
)

FOLLOWS: Final[dict[Outcome | None, frozenset[Outcome]]] = {
    None: _FRESH,
    Outcome.REOPENED: _FRESH,
    Outcome.REFERRED: (_FRESH - {Outcome.REFERRED}) | {Outcome.REOPENED},
    Outcome.AGREED: frozenset({Outcome.REOPENED}),
    Outcome.AGREED_MODIFIED: frozenset({Outcome.REOPENED}),
    Outcome.REJECTED: frozenset({Outcome.REOPENED}),
    Outcome.SETTLED: frozenset({Outcome.REOPENED}),
}
"""Standing outcome (None: nothing yet) -> what may be said next: what was decided is called again first."""

UNDECIDED: Final[frozenset[Outcome | None]] = frozenset({None, Outcome.REOPENED, Outcome.REFERRED})
"""An edit that stands like this is carried over to the next version."""

AT_THE_DESK: Final = frozenset({Outcome.AGREED, Outcome.REJECTED, Outcome.REFERRED, Outcome.SETTLED})
"""What a verdict can be; a modified wording and reopening are verbs of their own."""


def may_follow(standing: Outcome | None, outcome: Outcome) -> bool:
    return outcome in FOLLOWS[standing]


def is_open(standing: Outcome | None) -> bool:
    return standing in UNDECIDED


# --- votes


@dataclass(frozen=True)
class Vote:
    """How it was decided. Numbers only when counted."""

    kind: VoteKind = VoteKind.NONE
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None


COUNTS_MISSING = N_("Bitte geben Sie Ja, Nein und Enthaltungen an, wenn gezählt wurde.")
COUNTS_TOO_MANY = N_("Ja, Nein und Enthaltungen werden nur angegeben, wenn gezählt wurde.")
COUNTS_NEGATIVE = N_("Ja, Nein und Enthaltungen sind Zahlen ab null.")
NO_MAJORITY = N_("Bei diesem Ergebnis ist der Vorschlag abgelehnt: Er braucht mehr Ja- als Nein-Stimmen.")
A_MAJORITY = N_("Bei diesem Ergebnis ist der Vorschlag angenommen: Er hat mehr Ja- als Nein-Stimmen.")


def vote_misfit(vote: Vote, outcome: Outcome) -> str | None:
    """Why vote and outcome do not go together, or None. Abstentions do not count; a tie is a "no" (NORMS §5)."""
    counts = (vote.yes, vote.no, vote.abstained)
    if vote.kind is not VoteKind.COUNTED:
        return COUNTS_TOO_MANY if any(number is not None for number in counts) else None
    if vote.yes is None or vote.no is None or vote.abstained is None:
        return COUNTS_MISSING
    if min(vote.yes, vote.no, vote.abstained) < 0:
        return COUNTS_NEGATIVE
    if outcome in (Outcome.AGREED, Outcome.AGREED_MODIFIED) and vote.yes <= vote.no:
        return NO_MAJORITY
    if outcome is Outcome.REJECTED and vote.yes > vote.no:
        return A_MAJORITY
    return None


# --- the proposal's state for a stage


class StageState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    AGREED = "agreed"
    AGREED_MODIFIED = "agreed_modified"
    AGREED_IN_PART = "agreed_in_part"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REFERRED = "referred"
    SETTLED = "settled"
    VOID = "void"
    HANDED_BACK = "handed_back"
    RESUMED = "resumed"
    ADOPTED = "adopted"


_OF_STATE: Final = {State.DRAFT: StageState.DRAFT, State.WITHDRAWN: StageState.WITHDRAWN, State.VOID: StageState.VOID}


def proposal_state(state: str, standing: Sequence[Outcome | Fate | None]) -> StageState:
    """State of a proposal from its own state and how each of its edits stands.

    An edit stands with its outcome, or while nothing is decided with the fate of one that a version left behind.
    """
    own = _OF_STATE.get(State(state))
    if own is not None:
        return own
    found = {None if outcome is Outcome.REOPENED else outcome for outcome in standing}
    if not found or None in found:
        return StageState.OPEN
    if Fate.HANDED_BACK in found:
        return StageState.HANDED_BACK
    agreed = found & {Outcome.AGREED, Outcome.AGREED_MODIFIED}
    if agreed:
        if found - agreed - {Fate.ADOPTED}:
            return StageState.AGREED_IN_PART
        return StageState.AGREED_MODIFIED if Outcome.AGREED_MODIFIED in found else StageState.AGREED
    for outcome, result in _WITHOUT_AGREED:
        if outcome in found:
            return result
    return StageState.SETTLED


_WITHOUT_AGREED: Final[tuple[tuple[Outcome | Fate, StageState], ...]] = (
    (Outcome.REFERRED, StageState.REFERRED),
    (Outcome.REJECTED, StageState.REJECTED),
    (Fate.RESUMED, StageState.RESUMED),
    (Fate.ADOPTED, StageState.ADOPTED),
)
"""The first of these that one of its edits has."""


# --- permissions

DECIDE: Final = Action("decision.decide")

SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {DECIDE: ((moderates_lead,),)}
