"""Kinds of committees, roles on them, and who may change them (NORMS §1, §14)."""

from __future__ import annotations

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

COMMITTEE_MANAGE: Final = Action("committee.manage")

PERMISSIONS: Final[PermissionMap] = {COMMITTEE_MANAGE: ((administrator,),)}


def account_id_of(actor: Actor) -> UUID:
    """Who acts, for a row that names them; the permission map has let nobody without an account through."""
    if actor.account_id is None:
        raise SignInRequired(SIGN_IN)
    return actor.account_id
