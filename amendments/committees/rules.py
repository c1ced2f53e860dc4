"""Kinds of committees, roles on them, how they decide, and who may change them. Pure.

What towns handle differently is a setting of the committee (`Rules`); the defaults are those of the model rules of
procedure for councils in Rhineland-Palatinate, and for bodies outside the municipal code that they set none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from amendments.errors import SignInRequired
from amendments.exchange.words import N_
from amendments.web.access import SIGN_IN, Action, PermissionMap, administrator
from amendments.web.actor import Actor


class CommitteeKind(StrEnum):
    COUNCIL = "council"
    COMMITTEE = "committee"
    ADVISORY_BOARD = "advisory_board"
    WORKING_GROUP = "working_group"
    STEERING_GROUP = "steering_group"
    EXECUTIVE = "executive"
    OFFICE = "office"


class Role(StrEnum):
    MEMBER = "member"
    DEPUTY = "deputy"
    CHAIR = "chair"
    CLERK = "clerk"
    MODERATOR = "moderator"
    STEERING = "steering"


KIND_LABELS: Final[dict[CommitteeKind, str]] = {
    CommitteeKind.COUNCIL: N_("Rat"),
    CommitteeKind.COMMITTEE: N_("Ausschuss"),
    CommitteeKind.ADVISORY_BOARD: N_("Beirat"),
    CommitteeKind.WORKING_GROUP: N_("Arbeitsgruppe"),
    CommitteeKind.STEERING_GROUP: N_("Steuerungsgruppe"),
    CommitteeKind.EXECUTIVE: N_("Stadtvorstand"),
    CommitteeKind.OFFICE: N_("Amt"),
}

ROLE_LABELS: Final[dict[Role, str]] = {
    Role.MEMBER: N_("Mitglied"),
    Role.DEPUTY: N_("Stellvertretung"),
    Role.CHAIR: N_("Vorsitz"),
    Role.CLERK: N_("Schriftführung"),
    Role.MODERATOR: N_("Moderation"),
    Role.STEERING: N_("Steuerung"),
}


class Result(StrEnum):
    """What the outcome of a body is called."""

    DECISION = "decision"
    RECOMMENDATION = "recommendation"
    OPINION = "opinion"


RESULT_LABELS: Final[dict[Result, str]] = {
    Result.DECISION: N_("Beschluss"),
    Result.RECOMMENDATION: N_("Empfehlung"),
    Result.OPINION: N_("Votum"),
}

ORGANS: Final = frozenset({CommitteeKind.COUNCIL, CommitteeKind.COMMITTEE, CommitteeKind.EXECUTIVE})
"""Bodies of the municipal code. All others are informal: they give their opinion, whatever they are asked for."""


def gives(kind: str, *, deciding: bool = True) -> Result:
    """What this kind of body gives: where it decides (`deciding`), or where it only prepares another's decision."""
    if kind not in ORGANS:
        return Result.OPINION
    return Result.DECISION if deciding else Result.RECOMMENDATION


class Majority(StrEnum):
    SIMPLE = "simple"
    LEGAL_NUMBER = "legal_number"
    TWO_THIRDS_PRESENT = "two_thirds_present"
    TWO_THIRDS_LEGAL_NUMBER = "two_thirds_legal_number"


class Quorum(StrEnum):
    HALF = "half"
    """More than half of the legal number; a third of it where members are excluded for a conflict of interest."""
    OWN = "own"
    """A number of its own."""
    NONE = "none"


class Tie(StrEnum):
    REJECTED = "rejected"
    CHAIR = "chair"
    """The chair's vote decides."""


class VoteOrder(StrEnum):
    FURTHEST_FIRST = "furthest_first"
    FILED_FIRST = "filed_first"


MAJORITY_LABELS: Final[dict[Majority, str]] = {
    Majority.SIMPLE: N_("mehr Ja als Nein"),
    Majority.LEGAL_NUMBER: N_("mehr als die Hälfte der gesetzlichen Mitgliederzahl"),
    Majority.TWO_THIRDS_PRESENT: N_("zwei Drittel der Anwesenden"),
    Majority.TWO_THIRDS_LEGAL_NUMBER: N_("zwei Drittel der gesetzlichen Mitgliederzahl"),
}
QUORUM_LABELS: Final[dict[Quorum, str]] = {
    Quorum.HALF: N_("mehr als die Hälfte der gesetzlichen Mitgliederzahl; ein Drittel, wenn jemand ausgeschlossen ist"),
    Quorum.OWN: N_("eine eigene Zahl"),
    Quorum.NONE: N_("keine Regel"),
}
TIE_LABELS: Final[dict[Tie, str]] = {
    Tie.REJECTED: N_("abgelehnt"),
    Tie.CHAIR: N_("die Stimme des Vorsitzes entscheidet"),
}
ORDER_LABELS: Final[dict[VoteOrder, str]] = {
    VoteOrder.FURTHEST_FIRST: N_("der weitestgehende Vorschlag zuerst"),
    VoteOrder.FILED_FIRST: N_("in der Reihenfolge der Einreichung"),
}

SECOND_INVITATION: Final = 3
"""Members who suffice when a body is invited a second time to an item it could not decide for want of members."""
MOST_DAYS: Final = 60
"""Of a filing deadline."""


@dataclass(frozen=True)
class Rules:
    """How a committee decides; each field is a setting. The majority is a default: an item may ask for another."""

    majority: Majority = Majority.SIMPLE
    quorum: Quorum = Quorum.HALF
    quorum_number: int | None = None
    """Members who have to be present, with `Quorum.OWN`."""
    tie: Tie = Tie.REJECTED
    order: VoteOrder = VoteOrder.FURTHEST_FIRST
    public: bool = True
    """Sessions are public unless an item says otherwise."""
    reason_required: bool = False
    """A proposal has to give its reason."""
    deadline_days: int | None = None
    """Days before a session on which filing closes; None: proposals may be filed until the end of the debate."""

    @staticmethod
    def usual(kind: str) -> Rules:
        """What holds for a kind of committee while nobody has set anything."""
        if kind in ORGANS:
            return Rules(public=kind != CommitteeKind.EXECUTIVE)
        return Rules(quorum=Quorum.NONE, public=False)

    @property
    def counts_legal_number(self) -> bool:
        """These rules say nothing without the legal number of members."""
        return self.quorum is Quorum.HALF or self.majority in {
            Majority.LEGAL_NUMBER,
            Majority.TWO_THIRDS_LEGAL_NUMBER,
        }


def needed(rules: Rules, legal_number: int | None, *, excluded: int = 0, second_invitation: bool = False) -> int | None:
    """How many members have to be present at a vote: 0 without a rule, None if nobody has set the legal number."""
    if rules.quorum is Quorum.NONE:
        return 0
    if rules.quorum is Quorum.OWN:
        return rules.quorum_number
    if second_invitation:
        return SECOND_INVITATION
    if legal_number is None:
        return None
    half, third = legal_number // 2 + 1, -(-legal_number // 3)
    return min(half, third) if excluded else half


def quorum_met(
    rules: Rules, legal_number: int | None, present: int, excluded: int = 0, *, second_invitation: bool = False
) -> bool:
    """Whether enough members are present. Asked for each vote; `present` leaves out who is excluded from it."""
    least = needed(rules, legal_number, excluded=excluded, second_invitation=second_invitation)
    return least is not None and present >= least


def adopted(
    rules: Rules, yes: int, no: int, present: int, legal_number: int | None, *, chair_said_yes: bool = False
) -> bool:
    """Whether a vote carries. Abstentions and invalid votes count for neither side."""
    by_the_chair = yes == no > 0 and rules.tie is Tie.CHAIR and chair_said_yes
    return (yes > no or by_the_chair) and _enough(rules.majority, yes, present, legal_number)


def _enough(majority: Majority, yes: int, present: int, legal_number: int | None) -> bool:
    """A qualified majority of a number nobody has set is never reached."""
    match majority:
        case Majority.SIMPLE:
            return True
        case Majority.TWO_THIRDS_PRESENT:
            return 3 * yes >= 2 * present
        case Majority.LEGAL_NUMBER:
            return legal_number is not None and 2 * yes > legal_number
        case Majority.TWO_THIRDS_LEGAL_NUMBER:
            return legal_number is not None and 3 * yes >= 2 * legal_number


COMMITTEE_MANAGE: Final = Action("committee.manage")

PERMISSIONS: Final[PermissionMap] = {COMMITTEE_MANAGE: ((administrator,),)}


def key_of(name: str) -> str:
    """A short word for addresses and files, from the name of a committee."""
    plain = name.lower()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(umlaut, letters)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40].strip("-")


def account_id_of(actor: Actor) -> UUID:
    """Who acts, for a row that names them; the permission map has let nobody without an account through."""
    if actor.account_id is None:
        raise SignInRequired(SIGN_IN)
    return actor.account_id
