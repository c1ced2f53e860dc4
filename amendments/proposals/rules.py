"""A proposal's life as a table, and who may do what with it (PRODUCT, "A proposal's life").

What a body says about it is no part of this table: decisions are rows of their own, and the state for a named stage
is derived from them (`decisions.rules.proposal_state`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from amendments.documents.rules import (
    DOCUMENT_SEE,
    DOCUMENT_WORK,
    document_of,
    is_excluded,
    is_public,
    moderates_lead,
    sees_work,
    while_open,
    working_committees,
)
from amendments.documents.rules import PERMISSIONS as DOCUMENT_PERMISSIONS
from amendments.web.access import Action, PermissionMap
from amendments.web.actor import Actor


class ProposalKind(StrEnum):
    CHANGE = "change"
    SUPPLEMENT = "supplement"
    DELETION = "deletion"
    EDITORIAL = "editorial"


class Origin(StrEnum):
    FILED = "filed"
    COMPROMISE = "compromise"
    MODIFICATION = "modification"
    EDITORIAL = "editorial"
    ORAL = "oral"
    RETURNED = "returned"
    """It came in a file or a mail that somebody returned, and who runs the document brought it in."""


class FileState(StrEnum):
    """Of a returned file that is kept until its proposals are brought in."""

    READ = "read"
    REFUSED = "refused"
    BOOKED = "booked"


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    OPEN = "open"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class Stance(StrEnum):
    SUPPORT = "support"
    OBJECTION = "objection"
    ABSTENTION = "abstention"


class HunkOp(StrEnum):
    REPLACE = "replace"
    RETYPE = "retype"
    SPLIT = "split"
    JOIN = "join"
    INSERT = "insert"
    DELETE = "delete"
    MOVE = "move"


class CarryOutcome(StrEnum):
    ANCHORED = "anchored"
    ALREADY_ADOPTED = "already_adopted"
    PASSAGE_CHANGED = "passage_changed"
    PASSAGE_GONE = "passage_gone"


class Fate(StrEnum):
    """What became of an edit that a version left behind."""

    HANDED_BACK = "handed_back"
    RESUMED = "resumed"
    """Filed anew by a proposal of its own."""
    ADOPTED = "adopted"
    """The version says it already."""


def fate_of(outcome: CarryOutcome, *, resumed: bool) -> Fate:
    """Of an edit that was not anchored."""
    if outcome is CarryOutcome.ALREADY_ADOPTED:
        return Fate.ADOPTED
    return Fate.RESUMED if resumed else Fate.HANDED_BACK


def label(number: int | None) -> str:
    """How a proposal is called: "Ä 12"; a draft has no number yet."""
    return f"Ä {number}" if number is not None else "Ä –"


# --- life


class Event(StrEnum):
    SUBMIT = "submit"
    ADMIT = "admit"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    """It was stated in a sitting, and wrongly, that it was withdrawn."""
    VOID = "void"


class Guard(StrEnum):
    """What must hold besides; the service that takes the step looks it up."""

    NONE = "none"
    UNDECIDED = "undecided"
    PARENT_FELL = "parent_fell"


@dataclass(frozen=True)
class Step:
    to: State
    guard: Guard = Guard.NONE


TRANSITIONS: Final[dict[tuple[State, Event], Step]] = {
    (State.DRAFT, Event.SUBMIT): Step(State.SUBMITTED),
    (State.SUBMITTED, Event.ADMIT): Step(State.OPEN),
    (State.SUBMITTED, Event.WITHDRAW): Step(State.WITHDRAWN),
    (State.SUBMITTED, Event.VOID): Step(State.VOID, Guard.PARENT_FELL),
    (State.OPEN, Event.WITHDRAW): Step(State.WITHDRAWN, Guard.UNDECIDED),
    (State.OPEN, Event.VOID): Step(State.VOID, Guard.PARENT_FELL),
    (State.WITHDRAWN, Event.RESTORE): Step(State.OPEN),
    (State.VOID, Event.RESTORE): Step(State.OPEN),
}
"""Every other pair is refused. A proposal is admitted at once when it is submitted. A draft has been seen by nobody:
it is not withdrawn but discarded, and leaves no proposal behind.
"""


def step(state: str, event: Event) -> Step | None:
    return TRANSITIONS.get((State(state), event))


# --- permissions


@dataclass(frozen=True)
class OnBehalf:
    """Something done in the name of a committee, or (None) in one's own; about a text, and the edits it touches."""

    document: Any
    committee_id: UUID | None
    text: Any = None
    edit_ids: frozenset[UUID] = frozenset()


def filed_or_own(actor: Actor, place: Any) -> bool:
    """A draft is its author's alone."""
    return place.proposal.filed_at is not None or is_author(actor, place)


def is_author(actor: Actor, place: Any) -> bool:
    return actor.account_id is not None and place.proposal.author_id == actor.account_id


def is_own_draft(actor: Actor, place: Any) -> bool:
    """Written on the version itself: an amendment shows words of others."""
    proposal = place.proposal
    return is_author(actor, place) and proposal.filed_at is None and proposal.parent_id is None


def chairs_its_committee(actor: Actor, place: Any) -> bool:
    committee_id = place.proposal.committee_id
    return committee_id is not None and actor.has_role(committee_id, "chair")


def sits_on_its_committee(actor: Actor, place: Any) -> bool:
    committee_id = place.proposal.committee_id
    return committee_id is not None and actor.sits_on(committee_id)


def was_filed(_actor: Actor, place: Any) -> bool:
    return place.proposal.filed_at is not None


def votes_at_work(actor: Actor, thing: Any) -> bool:
    """Is a member, a deputy or the chair of the lead or a participating committee."""
    committees = working_committees(document_of(thing))
    return any(actor.has_role(committee_id, "member", "deputy", "chair") for committee_id in committees)


def clerk_at_work(actor: Actor, thing: Any) -> bool:
    committees = working_committees(document_of(thing))
    return any(actor.has_role(committee_id, "clerk") for committee_id in committees)


def committee_takes_part(_actor: Actor, thing: OnBehalf) -> bool:
    return thing.committee_id is None or thing.committee_id in working_committees(thing.document)


def sits_there(actor: Actor, thing: OnBehalf) -> bool:
    return actor.sits_on(thing.committee_id)


def speaks_for_it(actor: Actor, thing: OnBehalf) -> bool:
    return actor.has_role(thing.committee_id, "chair", "clerk")


PROPOSAL_SEE: Final = Action("proposal.see")
PROPOSAL_FILE: Final = Action("proposal.file")
PROPOSAL_FILE_FOR: Final = Action("proposal.file_for")
PROPOSAL_FILE_ORAL: Final = Action("proposal.file_oral")
"""Put on record what others said in a sitting, or sent in a mail."""
PROPOSAL_BRING: Final = Action("proposal.bring")
"""Bring in what others returned as files, on behalf of committees."""
PROPOSAL_EDIT_DRAFT: Final = Action("proposal.edit_draft")
PROPOSAL_DISCARD: Final = Action("proposal.discard")
PROPOSAL_RESUME: Final = Action("proposal.resume")
"""File anew what a version handed back, as the same wish."""
PROPOSAL_WITHDRAW: Final = Action("proposal.withdraw")
PROPOSAL_POSITION: Final = Action("proposal.position")
PROPOSAL_POSITION_FOR: Final = Action("proposal.position_for")
PROPOSAL_COMMENT: Final = Action("proposal.comment")

SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {
    PROPOSAL_SEE: (
        *((*way, filed_or_own) for way in DOCUMENT_PERMISSIONS[DOCUMENT_WORK]),
        (is_excluded, is_public, is_own_draft),
    ),
    PROPOSAL_FILE: while_open((sees_work, votes_at_work), (moderates_lead,)),
    PROPOSAL_FILE_FOR: while_open((sees_work, committee_takes_part, sits_there)),
    PROPOSAL_FILE_ORAL: while_open(
        (sees_work, committee_takes_part, clerk_at_work), (moderates_lead, committee_takes_part)
    ),
    PROPOSAL_BRING: while_open((moderates_lead, committee_takes_part)),
    PROPOSAL_EDIT_DRAFT: ((is_author,),),
    PROPOSAL_DISCARD: ((is_author,),),
    PROPOSAL_RESUME: ((is_author,), (was_filed, sits_on_its_committee)),
    PROPOSAL_WITHDRAW: while_open((is_author,), (was_filed, chairs_its_committee)),
    PROPOSAL_POSITION: while_open((sees_work, votes_at_work)),
    PROPOSAL_POSITION_FOR: while_open((sees_work, committee_takes_part, speaks_for_it)),
    PROPOSAL_COMMENT: while_open((sees_work,)),
}

DESPITE: Final = frozenset({PROPOSAL_SEE, PROPOSAL_DISCARD})
"""A draft stays its author's own; whoever is excluded can only read and discard it."""
