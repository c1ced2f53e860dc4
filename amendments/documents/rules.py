"""Who sees a document and who may change it (NORMS §8).

Three levels: a public document's published versions are for everybody; `committee` for those who sit on the lead or a
participating committee; `restricted` for listed readers and the lead committee's moderators. Predicates read plain
attributes of the document they are handed, or of the `document` of a thing that has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Final
from uuid import UUID

from amendments.exchange.words import N_
from amendments.web.access import Action, Alternative, PermissionMap, administrator, because
from amendments.web.actor import Actor


class Visibility(StrEnum):
    PUBLIC = "public"
    COMMITTEE = "committee"
    RESTRICTED = "restricted"


class TextRole(StrEnum):
    RESOLUTION = "resolution"
    REASONS = "reasons"
    """Why: the Begründung."""
    ANNEX = "annex"


class VersionRole(StrEnum):
    PUBLISHED = "published"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True)
class NewDocument:
    """What somebody wants to create. Without a lead committee: under any."""

    lead_committee_id: UUID | None = None
    office_ids: frozenset[UUID] = frozenset()
    visibility: ClassVar[Visibility] = Visibility.PUBLIC
    """That documents can be created is no secret: who may not is told so."""


def document_of(thing: Any) -> Any:
    """The document a thing belongs to, or the thing if it is one itself."""
    return getattr(thing, "document", thing)


def working_committees(document: Any) -> frozenset[UUID]:
    """The lead committee and the participating ones."""
    return frozenset({document.lead_committee_id, *document.participant_ids})


def is_public(_actor: Actor, thing: Any) -> bool:
    return bool(document_of(thing).visibility == Visibility.PUBLIC)


def is_not_restricted(_actor: Actor, thing: Any) -> bool:
    return bool(document_of(thing).visibility != Visibility.RESTRICTED)


def sits_at_work(actor: Actor, thing: Any) -> bool:
    """Has a seat, whatever the role, on the lead or a participating committee."""
    return not actor.committees.isdisjoint(working_committees(document_of(thing)))


def listed_reader(actor: Actor, thing: Any) -> bool:
    return actor.account_id is not None and actor.account_id in document_of(thing).reader_ids


def moderates_lead(actor: Actor, thing: Any) -> bool:
    return actor.has_role(document_of(thing).lead_committee_id, "moderator")


def created_as_clerk(actor: Actor, thing: Any) -> bool:
    """Brought the document in and is still the clerk of some office or committee."""
    created = actor.account_id is not None and document_of(thing).created_by == actor.account_id
    return created and any(seat.role == "clerk" for seat in actor.seats)


CLOSED = N_("Die Vorlage ist beschlossen: Es wird nichts mehr eingereicht, entschieden oder veröffentlicht.")


@because(CLOSED)
def still_open(_actor: Actor, thing: Any) -> bool:
    return document_of(thing).closed_at is None


def while_open(*ways: Alternative) -> tuple[Alternative, ...]:
    """Each of these, until the council's decision has closed the document."""
    return tuple((*way, still_open) for way in ways)


def moderates_new(actor: Actor, thing: NewDocument) -> bool:
    if thing.lead_committee_id is not None:
        return actor.has_role(thing.lead_committee_id, "moderator")
    return any(seat.role == "moderator" for seat in actor.seats)


def clerk_of_office(actor: Actor, thing: NewDocument) -> bool:
    return any(seat.role == "clerk" and seat.committee_id in thing.office_ids for seat in actor.seats)


DOCUMENT_SEE: Final = Action("document.see")
DOCUMENT_WORK: Final = Action("document.work")
"""See what lies between the published versions: proposals, positions. Internal, also of a public document."""
DOCUMENT_CREATE: Final = Action("document.create")
DOCUMENT_IMPORT_VERSION: Final = Action("document.import_version")

_INSIDE = (
    (administrator,),
    (moderates_lead,),
    (created_as_clerk,),
    (listed_reader,),
    (is_not_restricted, sits_at_work),
)


def sees_work(actor: Actor, thing: Any) -> bool:
    """DOCUMENT_WORK as a predicate, for the maps of the rooms above."""
    return any(all(predicate(actor, thing) for predicate in way) for way in _INSIDE)


SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {
    DOCUMENT_SEE: ((is_public,), *_INSIDE),
    DOCUMENT_WORK: _INSIDE,
    DOCUMENT_CREATE: ((moderates_new,), (clerk_of_office,)),
    DOCUMENT_IMPORT_VERSION: while_open((moderates_lead,), (created_as_clerk,)),
}
