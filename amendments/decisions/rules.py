"""What a body can say about an edit, what may follow what, and the proposal's state that results (NORMS §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from amendments.consultations.rules import Vote, runs_step, vote_misfit
from amendments.documents.rules import DOCUMENT_SEE, moderates_lead, while_open
from amendments.exchange.words import N_
from amendments.proposals.rules import Fate, State
from amendments.web.access import Action, PermissionMap


class Outcome(StrEnum):
    AGREED = "agreed"
    AGREED_MODIFIED = "agreed_modified"
    REJECTED = "rejected"
    REFERRED = "referred"
    SETTLED = "settled"
    REOPENED = "reopened"


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


def misfit(vote: Vote, outcome: Outcome) -> str | None:
    """Why vote and outcome do not go together, or None."""
    return vote_misfit(vote, adopted=_ADOPTED.get(outcome))


_ADOPTED: Final = {Outcome.AGREED: True, Outcome.AGREED_MODIFIED: True, Outcome.REJECTED: False}


# --- the proposal's state for a committee


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


# --- who decides


@dataclass(frozen=True)
class Body:
    """A committee that decides: at its desk, or in a step of the Beratungsfolge."""

    committee_id: UUID
    consultation_id: UUID | None = None


# --- permissions


@dataclass(frozen=True)
class Deciding:
    """What a decision at the desk is about."""

    document: Any
    text: Any
    edit_ids: tuple[UUID, ...] = ()


DECIDE: Final = Action("decision.decide")
"""At the desk of the committee in charge; asked about the document."""
DECIDE_IN_STEP: Final = Action("decision.in_step")
"""In a sitting; asked about the step."""

SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {DECIDE: while_open((moderates_lead,)), DECIDE_IN_STEP: while_open((runs_step,))}
