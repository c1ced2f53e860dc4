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

from amendments.committees.rules import CommitteeKind, Majority, Rules, Tie, gives, needed
from amendments.committees.rules import Result as BodyResult
from amendments.committees.rules import adopted as carried
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
    present: int | None = None
    """How many were there who could vote, where that was said of a vote that was counted."""

    @property
    def cast(self) -> int:
        return (self.yes or 0) + (self.no or 0) + (self.abstained or 0)


COUNTS_MISSING = N_("Bitte geben Sie Ja, Nein und Enthaltungen an, wenn gezählt wurde.")
COUNTS_TOO_MANY = N_("Ja, Nein und Enthaltungen werden nur angegeben, wenn gezählt wurde.")
COUNTS_NEGATIVE = N_("Ja, Nein und Enthaltungen sind Zahlen ab null.")
NO_MAJORITY = N_("Bei diesem Ergebnis ist der Vorschlag abgelehnt: Er braucht mehr Ja- als Nein-Stimmen.")
A_MAJORITY = N_("Bei diesem Ergebnis ist der Vorschlag angenommen: Er hat mehr Ja- als Nein-Stimmen.")
REJECTED_WITHOUT_OBJECTION = N_("Ohne Widerspruch wird angenommen; eine Ablehnung braucht eine Abstimmung.")
PRESENT_ALONE = N_("Wie viele anwesend waren, wird nur angegeben, wenn gezählt wurde.")


def vote_misfit(vote: Vote, *, adopted: bool | None) -> str | None:
    """Why the vote and "adopted" (True), "rejected" (False) or neither do not go together, or None.

    Abstentions do not count; a tie is a "no" (NORMS §5).
    """
    wrong = counts_misfit(vote) or form_misfit(vote, adopted=adopted)
    if wrong is not None or vote.yes is None or vote.no is None:
        return wrong
    if adopted is True and vote.yes <= vote.no:
        return NO_MAJORITY
    if adopted is False and vote.yes > vote.no:
        return A_MAJORITY
    return None


def form_misfit(vote: Vote, *, adopted: bool | None) -> str | None:
    """What nobody objects to is adopted; whoever rejects has objected (NORMS §5)."""
    if vote.kind is VoteKind.WITHOUT_OBJECTION and adopted is False:
        return REJECTED_WITHOUT_OBJECTION
    return None


def counts_misfit(vote: Vote) -> str | None:
    """Why these numbers cannot be those of such a vote, whatever came of it, or None."""
    if vote.kind is not VoteKind.COUNTED:
        counted = any(number is not None for number in (vote.yes, vote.no, vote.abstained))
        return COUNTS_TOO_MANY if counted else PRESENT_ALONE if vote.present is not None else None
    if vote.yes is None or vote.no is None or vote.abstained is None:
        return COUNTS_MISSING
    return COUNTS_NEGATIVE if min(vote.yes, vote.no, vote.abstained, vote.present or 0) < 0 else None


# --- the vote of a committee on a step


@dataclass(frozen=True)
class Gathering:
    """Who was there, as the sitting of the step has kept it."""

    present: int
    """The most who could vote and were in the room at one time."""
    excluded: int = 0
    second_invitation: bool = False
    in_charge: int | None = None
    """The most of the committee in charge alone, where several sit together."""


@dataclass(frozen=True)
class Body:
    """Who votes in a step, and by which rules: those of the committee in charge."""

    rules: Rules
    legal_number: int | None
    """Of the committee in charge."""
    seats: int | None = None
    """The legal numbers of all committees that sit together; None where one of them has none."""
    gathering: Gathering | None = None
    """None where no sitting was held here."""


MORE_THAN_PRESENT: Final = NN_(
    "Es sind mehr Stimmen als Anwesende: %(cast)s Stimmen, anwesend ist %(num)s stimmberechtigtes Mitglied.",
    "Es sind mehr Stimmen als Anwesende: %(cast)s Stimmen, anwesend sind %(num)s stimmberechtigte Mitglieder.",
)
MORE_THAN_SEATS: Final = N_(
    "So viele Mitglieder gibt es nicht: Angegeben sind %(given)s, die gesetzliche Zahl ist %(seats)s."
)
MORE_THAN_CAME: Final = N_(
    "Es sind mehr Anwesende angegeben, als in der Sitzung eingetragen sind: %(given)s statt %(came)s."
)
NO_QUORUM: Final = NN_(
    "Das Gremium ist nicht beschlussfähig: Anwesend ist %(num)s stimmberechtigtes Mitglied, nötig sind %(needed)s.",
    "Das Gremium ist nicht beschlussfähig: Anwesend sind %(num)s stimmberechtigte Mitglieder, nötig sind %(needed)s.",
)
NO_QUORUM_IN_CHARGE: Final = NN_(
    "Das federführende Gremium ist nicht beschlussfähig: Von ihm ist %(num)s stimmberechtigtes Mitglied anwesend, "
    "nötig sind %(needed)s.",
    "Das federführende Gremium ist nicht beschlussfähig: Von ihm sind %(num)s stimmberechtigte Mitglieder anwesend, "
    "nötig sind %(needed)s.",
)
NOBODY_CAME: Final = N_(
    "In der Sitzung dieser Beratung ist niemand als anwesend eingetragen, der abstimmen darf. Bitte öffnen Sie die "
    "Sitzung wieder und tragen Sie ein, wer da war."
)
NOT_ADOPTED: Final = N_("Bei diesem Ergebnis ist der Vorschlag abgelehnt: Er erreicht die nötige Mehrheit nicht.")
NOT_REJECTED: Final = N_("Bei diesem Ergebnis ist der Vorschlag angenommen: Er erreicht die nötige Mehrheit.")
TO_BE_COUNTED: Final = N_("Für die Mehrheit, die dieses Gremium braucht, müssen die Stimmen gezählt werden.")
PRESENT_MISSING: Final = N_(
    "Bitte geben Sie an, wie viele anwesend waren: Nach ihnen richtet sich die nötige Mehrheit."
)
CHAIR_DECIDES: Final = N_(
    "Bei diesem Ergebnis ist der Vorschlag abgelehnt. Bei Stimmengleichheit entscheidet hier die Stimme des Vorsitzes: "
    "Geben Sie an, wenn sie für den Vorschlag war."
)


def step_misfit(vote: Vote, body: Body, *, adopted: bool | None, chair_said_yes: bool = False) -> str | None:
    """Why the committee cannot have voted like this, or None. `adopted`: None where it neither adopted nor rejected."""
    wrong = counts_misfit(vote) or form_misfit(vote, adopted=adopted) or _too_many(vote, body)
    if wrong is not None or adopted is None:
        return wrong
    return _without_quorum(vote, body) or _other_outcome(vote, body, adopted=adopted, chair_said_yes=chair_said_yes)


def _too_many(vote: Vote, body: Body) -> str | None:
    """More votes than people who were there, or more people than there can be."""
    given, came = max(vote.cast, vote.present or 0), _present(vote, body)
    if body.gathering is not None and (vote.present or 0) > body.gathering.present:
        return Sentence(MORE_THAN_CAME, {"given": vote.present or 0, "came": body.gathering.present})
    if came is not None and vote.cast > came:
        return Sentence(MORE_THAN_PRESENT[0], {"num": came, "cast": vote.cast}, MORE_THAN_PRESENT[1])
    if body.gathering is None and body.seats is not None and given > body.seats:
        return Sentence(MORE_THAN_SEATS, {"given": given, "seats": body.seats})
    return None


def _present(vote: Vote, body: Body) -> int | None:
    if vote.present is not None:
        return vote.present
    return body.gathering.present if body.gathering is not None else None


def _without_quorum(vote: Vote, body: Body) -> str | None:
    """Only where it is known how many were there; a legal number that nobody has set refuses nothing here."""
    there, gathering = _present(vote, body), body.gathering or Gathering(0)
    if body.gathering is not None and gathering.present == 0:
        return NOBODY_CAME
    least = needed(
        body.rules, body.legal_number, excluded=gathering.excluded, second_invitation=gathering.second_invitation
    )
    if there is None or least is None:
        return None
    if gathering.in_charge is not None and gathering.in_charge < least:
        return Sentence(NO_QUORUM_IN_CHARGE[0], {"num": gathering.in_charge, "needed": least}, NO_QUORUM_IN_CHARGE[1])
    return Sentence(NO_QUORUM[0], {"num": there, "needed": least}, NO_QUORUM[1]) if there < least else None


def _other_outcome(vote: Vote, body: Body, *, adopted: bool, chair_said_yes: bool) -> str | None:
    rules, there = body.rules, _present(vote, body)
    if vote.kind is not VoteKind.COUNTED:
        return TO_BE_COUNTED if adopted and rules.majority is not Majority.SIMPLE else None
    if rules.majority is Majority.TWO_THIRDS_PRESENT and there is None:
        return PRESENT_MISSING
    yes, no = vote.yes or 0, vote.no or 0
    carries = carried(rules, yes, no, there or 0, body.legal_number, chair_said_yes=chair_said_yes)
    if carries == adopted:
        return None
    if carries:
        return NOT_REJECTED
    return CHAIR_DECIDES if yes == no > 0 and rules.tie is Tie.CHAIR and not chair_said_yes else NOT_ADOPTED


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
    if vote.present is not None:
        numbers = {"yes": yes, "no": no, "abstained": abstained, "present": vote.present}
        return Sentence(N_("(%(yes)s Ja, %(no)s Nein, %(abstained)s enthalten, %(present)s anwesend)"), numbers)
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
