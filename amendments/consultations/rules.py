"""Steps of the Beratungsfolge: roles, results and their words, windows for filing, and who may enter them.

After OParl's `Consultation` and NORMS §1, §2, §5: a list of events, not one row per committee. The same committee may
come twice, several on one day, some before the paper's own date, and a past step may have no result.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from amendments.committees.rules import CommitteeKind, gives
from amendments.committees.rules import Result as BodyResult
from amendments.documents.rules import DOCUMENT_SEE, created_as_clerk, free_of_interest, moderates_lead, sees_work
from amendments.exchange.vorlage import Role as ConsultationRole
from amendments.exchange.words import N_, NN_, Sentence
from amendments.web.access import Action, PermissionMap
from amendments.web.actor import Actor

ROLE_LABELS: Final[dict[ConsultationRole, str]] = {
    ConsultationRole.HEARING: N_("Anhörung"),
    ConsultationRole.NOTICE: N_("Kenntnisnahme"),
    ConsultationRole.PREPARATION: N_("Vorberatung"),
    ConsultationRole.DECISION: N_("Entscheidung"),
}

NOT_PRINTED: Final = frozenset({CommitteeKind.WORKING_GROUP, CommitteeKind.STEERING_GROUP, CommitteeKind.OFFICE})
"""A sitting of none but these is internal work; the paper's table does not name it unless somebody asks for it."""


def given_by(kinds: Sequence[str], role: str) -> BodyResult:
    """What the committee in charge (the first) gives in this role: only organs and their committees decide or
    recommend, the others give their view (NORMS §1).
    """
    return gives(kinds[0], deciding=role == ConsultationRole.DECISION)


def printed_by_default(kinds: Collection[str]) -> bool:
    return not NOT_PRINTED.issuperset(CommitteeKind(kind) for kind in kinds)


# --- results


class Result(StrEnum):
    ADOPTED = "adopted"
    """Beschlossen, empfohlen or endorsed: the word follows from the role and the committee."""
    REJECTED = "rejected"
    NOTED = "noted"
    ADJOURNED = "adjourned"
    REFERRED = "referred"
    TAKEN_OFF = "taken_off"


RESULT_LABELS: Final[dict[Result, str]] = {
    Result.ADOPTED: N_("angenommen"),
    Result.REJECTED: N_("abgelehnt"),
    Result.NOTED: N_("zur Kenntnis genommen"),
    Result.ADJOURNED: N_("vertagt"),
    Result.REFERRED: N_("verwiesen"),
    Result.TAKEN_OFF: N_("abgesetzt"),
}


@dataclass(frozen=True)
class Consequence:
    """What a result of a deciding step means for the document."""

    closes: bool
    sentence: str


AFTER_DECISION: Final[dict[Result, Consequence]] = {
    Result.ADOPTED: Consequence(True, N_("Damit ist die Vorlage beschlossen und abgeschlossen.")),
    Result.REJECTED: Consequence(
        False, N_("Die Vorlage ist abgelehnt. Soll weiter beraten werden, tragen Sie die nächste Beratung ein.")
    ),
    Result.NOTED: Consequence(
        False, N_("Entschieden ist damit noch nicht. Tragen Sie ein, wann das Gremium entscheidet.")
    ),
    Result.ADJOURNED: Consequence(False, N_("Das Gremium berät erneut. Tragen Sie den neuen Termin ein.")),
    Result.REFERRED: Consequence(
        False, N_("Tragen Sie die Beratung des Gremiums ein, an das verwiesen wurde, und leiten Sie dorthin weiter.")
    ),
    Result.TAKEN_OFF: Consequence(False, N_("Das Gremium hat nicht beraten. Tragen Sie den neuen Termin ein.")),
}


def consequence(role: str, result: Result | None) -> Consequence | None:
    """What follows from a result; None where nothing does: no result yet, or a step that does not decide."""
    return AFTER_DECISION[result] if result is not None and role == ConsultationRole.DECISION else None


def closes(role: str, result: Result | None) -> bool:
    found = consequence(role, result)
    return found is not None and found.closes


class VoteKind(StrEnum):
    NONE = "none"
    WITHOUT_OBJECTION = "without_objection"
    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    COUNTED = "counted"


VOTE_LABELS: Final[dict[VoteKind, str]] = {
    VoteKind.NONE: N_("ohne Abstimmung"),
    VoteKind.WITHOUT_OBJECTION: N_("ohne Widerspruch"),
    VoteKind.UNANIMOUS: N_("einstimmig"),
    VoteKind.MAJORITY: N_("mit Mehrheit"),
    VoteKind.COUNTED: N_("ausgezählt"),
}


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


def vote_misfit(vote: Vote, *, adopted: bool | None) -> str | None:
    """Why the vote and "adopted" (True), "rejected" (False) or neither do not go together, or None.

    Abstentions do not count; a tie is a "no" (NORMS §5).
    """
    counts = (vote.yes, vote.no, vote.abstained)
    if vote.kind is not VoteKind.COUNTED:
        return COUNTS_TOO_MANY if any(number is not None for number in counts) else None
    if vote.yes is None or vote.no is None or vote.abstained is None:
        return COUNTS_MISSING
    if min(vote.yes, vote.no, vote.abstained) < 0:
        return COUNTS_NEGATIVE
    if adopted is True and vote.yes <= vote.no:
        return NO_MAJORITY
    if adopted is False and vote.yes > vote.no:
        return A_MAJORITY
    return None


_ADOPTED_WORDS: Final[dict[BodyResult, str]] = {
    BodyResult.DECISION: N_("beschlossen"),
    BodyResult.RECOMMENDATION: N_("empfohlen"),
    BodyResult.OPINION: N_("befürwortet"),
}


def result_parts(result: Result | None, vote: Vote, given: BodyResult) -> tuple[str, ...]:
    """The result in the words of NORMS §5, to be joined with blanks; () while there is none."""
    if result is None:
        return ()
    word = _ADOPTED_WORDS[given] if result is Result.ADOPTED else RESULT_LABELS[result]
    return tuple(part for part in (_how(vote), word, _counts(vote)) if part)


_ABSTAINED: Final = NN_("bei %(num)s Enthaltung", "bei %(num)s Enthaltungen")
_HOW: Final[dict[VoteKind, str]] = {
    VoteKind.WITHOUT_OBJECTION: N_("ohne Widerspruch"),
    VoteKind.UNANIMOUS: N_("einstimmig"),
    VoteKind.MAJORITY: N_("mehrheitlich"),
}


def _how(vote: Vote) -> str:
    if vote.kind is not VoteKind.COUNTED:
        return _HOW.get(vote.kind, "")
    if vote.yes == vote.no:
        return N_("bei Stimmengleichheit")
    return _HOW[VoteKind.MAJORITY if vote.yes and vote.no else VoteKind.UNANIMOUS]


def _counts(vote: Vote) -> str:
    """The numbers, as far as "einstimmig" has not said them."""
    yes, no, abstained = vote.yes or 0, vote.no or 0, vote.abstained or 0
    if vote.kind is not VoteKind.COUNTED:
        return ""
    if (yes and no) or yes == no:
        return Sentence(
            N_("(%(yes)s Ja, %(no)s Nein, %(abstained)s enthalten)"), {"yes": yes, "no": no, "abstained": abstained}
        )
    return Sentence(_ABSTAINED[0], {"num": abstained}, _ABSTAINED[1]) if abstained else ""


# --- filing


@dataclass(frozen=True)
class Window:
    """From when until when proposals are asked for in one step; an open end is None. Moments are aware."""

    consultation_id: UUID
    opens: datetime | None
    closes: datetime | None


class Filing(StrEnum):
    OPEN = "open"
    LATE = "late"
    """The deadline has passed: the proposal is kept and marked."""
    TOO_EARLY = "too_early"


@dataclass(frozen=True)
class Slot:
    """Whether one can file now, and in which step (None: no step asks for proposals at a time)."""

    filing: Filing
    window: Window | None = None


ALWAYS: Final = Slot(Filing.OPEN)


def slot(windows: Sequence[Window], now: datetime) -> Slot:
    """What holds at this moment: an open window, that which closes first; else the last one that has closed; else the
    first one to come. Without any window proposals are always welcome.
    """
    if not windows:
        return ALWAYS
    begun = [window for window in windows if window.opens is None or window.opens <= now]
    unbound = [window for window in begun if window.closes is None]
    running = [(window.closes, window) for window in begun if window.closes is not None and now < window.closes]
    if running:
        return Slot(Filing.OPEN, min(running, key=lambda pair: pair[0])[1])
    if unbound:
        return Slot(Filing.OPEN, unbound[0])
    over = [(window.closes, window) for window in begun if window.closes is not None]
    if over:
        return Slot(Filing.LATE, max(over, key=lambda pair: pair[0])[1])
    coming = [(window.opens, window) for window in windows if window.opens is not None]
    return Slot(Filing.TOO_EARLY, min(coming, key=lambda pair: pair[0])[1])


# --- exclusions (conflict of interest, NORMS §7)


class Scope(StrEnum):
    """What somebody is excluded from."""

    DOCUMENT = "document"
    TEXT = "text"
    EDITS = "edits"
    """What one item of an agenda is about: edits, and with them their proposals."""


# --- permissions


@dataclass(frozen=True)
class Step:
    """A consultation of a document and the committees that sit in it, the one in charge first.

    With a text and edits: one item of its agenda.
    """

    document: Any
    committee_ids: tuple[UUID, ...]
    text: Any = None
    edit_ids: tuple[UUID, ...] = ()


def runs_step(actor: Actor, thing: Step) -> bool:
    """Chair, minutes or moderation of a committee that sits in it."""
    return any(actor.has_role(committee_id, "chair", "clerk", "moderator") for committee_id in thing.committee_ids)


def steers_step(actor: Actor, thing: Step) -> bool:
    """The steering of a committee that sits in it: signs off for it."""
    return any(actor.has_role(committee_id, "steering") for committee_id in thing.committee_ids)


CONSULTATION_PLAN: Final = Action("consultation.plan")
CONSULTATION_RESULT: Final = Action("consultation.result")
EXCLUSION_STATE: Final = Action("exclusion.state")
"""Enter for others that they are excluded, and lift it; asked about all steps of the document at once."""
EXCLUSION_DISCLOSE: Final = Action("exclusion.disclose")
"""Say that one has an interest oneself."""

SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {
    CONSULTATION_PLAN: ((moderates_lead,), (created_as_clerk,)),
    CONSULTATION_RESULT: ((moderates_lead,), (created_as_clerk,), (runs_step,), (steers_step,)),
    EXCLUSION_STATE: ((moderates_lead, free_of_interest), (sees_work, runs_step, free_of_interest)),
    EXCLUSION_DISCLOSE: ((sees_work,),),
}
