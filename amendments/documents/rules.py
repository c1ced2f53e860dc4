"""Who sees a document and who may change it (NORMS §8).

Three levels: a public document's published versions are for everybody; `committee` for those who sit on the lead or a
participating committee; `restricted` for listed readers and the lead committee's moderators. A text can be narrower
than its document. From a date on either can be public. Predicates read plain attributes of the document they are
handed, or of the `document` of a thing that has one; a thing with a `text` is about that text.

Whoever is excluded for a conflict of interest (NORMS §7) sees what a guest sees of the document, text or proposals in
question, and does nothing there: `VETO` stands against every action.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Final
from uuid import UUID

from amendments.exchange.words import N_
from amendments.web.access import Action, Alternative, PermissionMap, Veto, administrator, because
from amendments.web.actor import Actor


class Visibility(StrEnum):
    PUBLIC = "public"
    COMMITTEE = "committee"
    RESTRICTED = "restricted"


WIDTH: Final = {Visibility.RESTRICTED: 0, Visibility.COMMITTEE: 1, Visibility.PUBLIC: 2}


def level_on(day: date, visibility: str, public_from: date | None) -> Visibility:
    """Who sees it on that day."""
    if public_from is not None and public_from <= day:
        return Visibility.PUBLIC
    return Visibility(visibility)


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
    level: ClassVar[Visibility] = Visibility.PUBLIC
    """That documents can be created is no secret: who may not is told so."""


def document_of(thing: Any) -> Any:
    """The document a thing belongs to, or the thing if it is one itself."""
    return getattr(thing, "document", thing)


def working_committees(document: Any) -> frozenset[UUID]:
    """The lead committee and the participating ones."""
    return frozenset({document.lead_committee_id, *document.participant_ids})


def level_of(thing: Any) -> Visibility:
    """Who sees the thing today: the document, or its text if that is narrower."""
    text = getattr(thing, "text", None)
    levels = [Visibility(document_of(thing).level), *([Visibility(text.level)] if text is not None else [])]
    return min(levels, key=lambda level: WIDTH[level])


def is_public(_actor: Actor, thing: Any) -> bool:
    return level_of(thing) is Visibility.PUBLIC


def is_not_restricted(_actor: Actor, thing: Any) -> bool:
    return level_of(thing) is not Visibility.RESTRICTED


def matter_of(thing: Any) -> frozenset[UUID]:
    """What the thing is about, as far as somebody can be excluded from it: document, text, proposal, edits."""
    rows: tuple[Any, ...] = (document_of(thing), getattr(thing, "text", None), getattr(thing, "proposal", None))
    ids = {row.id for row in rows if getattr(row, "id", None) is not None}
    return frozenset(ids.union(getattr(thing, "edit_ids", ())))


def is_excluded(actor: Actor, thing: Any) -> bool:
    return bool(actor.excluded.ids) and not actor.excluded.ids.isdisjoint(matter_of(thing))


def not_excluded(actor: Actor, thing: Any) -> bool:
    return not is_excluded(actor, thing)


def free_of_interest(actor: Actor, thing: Any) -> bool:
    """Not excluded from any part of the document: for what is about all of it, as its next version."""
    return document_of(thing).id not in actor.excluded.documents


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

DOCUMENT_CHANGE: Final = Action("document.change")
"""Its head, who takes part, who sees it and each of its texts."""

_INSIDE = tuple(
    (not_excluded, *way)
    for way in (
        (administrator,),
        (moderates_lead,),
        (created_as_clerk,),
        (listed_reader,),
        (is_not_restricted, sits_at_work),
    )
)


def sees_work(actor: Actor, thing: Any) -> bool:
    """DOCUMENT_WORK as a predicate, for the maps of the rooms above."""
    return any(all(predicate(actor, thing) for predicate in way) for way in _INSIDE)


SEE: Final = DOCUMENT_SEE

PERMISSIONS: Final[PermissionMap] = {
    DOCUMENT_SEE: ((is_public,), *_INSIDE),
    DOCUMENT_WORK: _INSIDE,
    DOCUMENT_CREATE: ((moderates_new,), (clerk_of_office,)),
    DOCUMENT_CHANGE: ((moderates_lead, free_of_interest),),
    DOCUMENT_IMPORT_VERSION: while_open((moderates_lead, free_of_interest), (created_as_clerk, free_of_interest)),
}

EXCLUDED: Final = N_(
    "Sie sind hier wegen Sonderinteresse ausgeschlossen. Sie sehen, was öffentlich ist, und wirken nicht mit."
)
VETO: Final = Veto(is_excluded, EXCLUDED)
DESPITE: Final = frozenset({DOCUMENT_SEE})
"""What is public stays so for those who are excluded."""
