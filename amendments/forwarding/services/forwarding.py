"""Signing off and handing a document on. Whoever was slower is told what stands and what they sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select

from amendments import text as engine
from amendments.audit.services import record
from amendments.committees.rules import account_id_of
from amendments.consultations.models import Consultation
from amendments.consultations.queries import ConsultationPlace, consultation_for
from amendments.consultations.rules import Result, Vote
from amendments.consultations.services import note_result
from amendments.documents.models import DocumentText, Version
from amendments.documents.queries import current_versions, document_for, lock_open_document, texts_for
from amendments.documents.rules import VersionRole
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.forwarding.events import Forwarded, ForwardingTakenBack
from amendments.forwarding.models import ForwardedVersion, Forwarding
from amendments.forwarding.queries import later_steps, moment_of, standing_from
from amendments.forwarding.rules import FORWARD, goes_on, has_begun
from amendments.meetings.queries import held
from amendments.web import access, clock
from amendments.web.actor import Actor

MOST_NOTE: Final = 2_000

ALREADY = N_("Diese Beratung hat schon jemand weitergeleitet. Bitte sehen Sie nach, was weitergeleitet wurde.")
NO_RESULT = N_("Bitte tragen Sie zuerst das Ergebnis der Beratung ein.")
STAYS = N_("Mit diesem Ergebnis bleibt die Vorlage bei diesem Gremium; weitergeleitet wird sie noch nicht.")
NO_STEP = N_("Bitte wählen Sie eine spätere Beratung, die noch kein Ergebnis hat.")
NO_VERSIONS = N_("Bitte geben Sie für jeden Text die Fassung an, die weitergeleitet wird.")
OTHER_TEXT = N_("Diese Fassung gehört nicht zu dieser Vorlage.")
NOT_CURRENT = N_(
    "Das ist nicht die jetzige Fassung. Bitte prüfen Sie beide Fassungen; soll es die ältere sein, sagen Sie es dazu."
)
NOTE_TOO_LONG = N_("Die Anmerkung ist länger als 2.000 Zeichen. Bitte kürzen Sie sie.")
TAKE_BACK_REASON = N_("Bitte geben Sie an, warum die Weiterleitung zurückgenommen wird.")
TAKEN_BACK = N_("Diese Weiterleitung ist schon zurückgenommen.")
BEGUN = N_("Die nächste Beratung hat schon begonnen; die Weiterleitung lässt sich nicht mehr zurücknehmen.")


@dataclass(frozen=True)
class Signed:
    """How the committee voted on the text as a whole."""

    result: str
    vote: Vote
    chair_said_yes: bool = False
    announced: bool = False


def sign_off(
    actor: Actor,
    *,
    consultation_id: UUID,
    row_version: int,
    signed: Signed,
    to_id: UUID,
    versions: Mapping[UUID, UUID],
    note: str = "",
    older: bool = False,
) -> Forwarding:
    """The committee's vote on the text and handing it on, in one go."""
    place = _locked(actor, consultation_id)
    _refuse_twice(place, to_id, versions)
    _check_versions(actor, place, versions, older=older)
    if signed.result not in list(Result):
        raise InvalidInput(NO_RESULT, field="result")
    if not goes_on(Result(signed.result)):
        raise InvalidInput(STAYS, field="result")
    note_result(
        actor,
        consultation_id=consultation_id,
        row_version=row_version,
        result=signed.result,
        vote=signed.vote,
        chair_said_yes=signed.chair_said_yes,
        announced=signed.announced,
        versions=versions,
    )
    return forward(actor, consultation_id=consultation_id, to_id=to_id, versions=versions, note=note, older=older)


def forward(
    actor: Actor,
    *,
    consultation_id: UUID,
    to_id: UUID,
    versions: Mapping[UUID, UUID],
    note: str = "",
    older: bool = False,
) -> Forwarding:
    """Hand the document on to a later step. `versions`: text -> version of each text this person sees, others go on as
    they are; `older`: one of them is deliberately not the current one. Open proposals travel along.
    """
    place = _locked(actor, consultation_id)
    _refuse_twice(place, to_id, versions)
    outcome = place.consultation.outcome
    if outcome is None:
        raise Conflict(NO_RESULT)
    if not goes_on(outcome):
        raise Conflict(STAYS)
    if to_id not in {step.id for step, _ in later_steps(place)}:
        raise InvalidInput(NO_STEP, field="to_id")
    _check_versions(actor, place, versions, older=older)
    current = {text_id: version.id for text_id, version in current_versions(_text_ids(place.document.texts)).items()}
    handed_on = current | dict(versions)
    row = Forwarding(
        id=uuid4(),
        document_id=place.document.id,
        from_id=consultation_id,
        to_id=to_id,
        note=_line(note, NOTE_TOO_LONG, "note"),
        forwarded_by=account_id_of(actor),
        forwarded_at=clock.now(),
        taken_back_reason="",
        versions=[ForwardedVersion(text_id=text_id, version_id=one) for text_id, one in handed_on.items()],
    )
    db.session.add(row)
    db.session.flush()
    event = Forwarded(row.id, consultation_id, to_id, tuple(sorted(handed_on.items())), older)
    record(actor.account_id, event, document_id=place.document.id)
    return row


def take_back(actor: Actor, *, forwarding_id: UUID, reason: str) -> Forwarding:
    """While the next step has not begun."""
    found = db.session.get(Forwarding, forwarding_id)
    if found is None:
        raise NotFound(access.NOT_FOUND)
    document_for(actor, found.document_id)
    place = _locked(actor, found.from_id)
    db.session.refresh(found)
    said = _line(reason, NOTE_TOO_LONG, "reason")
    if not said:
        raise InvalidInput(TAKE_BACK_REASON, field="reason")
    if found.taken_back_at is not None:
        raise Conflict(TAKEN_BACK)
    if waits_no_longer(db.session.get_one(Consultation, found.to_id)):
        raise Conflict(BEGUN)
    found.taken_back_by, found.taken_back_at, found.taken_back_reason = account_id_of(actor), clock.now(), said
    db.session.flush()
    event = ForwardingTakenBack(found.id, found.from_id, found.to_id)
    record(actor.account_id, event, document_id=place.document.id)
    return found


def waits_no_longer(step: Consultation) -> bool:
    opened = held(step.id) is not None
    return has_begun(moment_of(step), clock.now(), result=step.result is not None, meeting=opened)


def _locked(actor: Actor, consultation_id: UUID) -> ConsultationPlace:
    place = consultation_for(actor, consultation_id)
    access.require(actor, FORWARD, place.step)
    lock_open_document(place.document.id)
    return place


def _refuse_twice(place: ConsultationPlace, to_id: UUID, versions: Mapping[UUID, UUID]) -> None:
    standing = standing_from(place.consultation.id)
    if standing is not None:
        stands = {
            "to_id": standing.to_id,
            "versions": standing.version_ids,
            "by": standing.forwarded_by,
            "at": standing.forwarded_at,
        }
        raise Conflict(ALREADY, details={"standing": stands, "sent": {"to_id": to_id, "versions": dict(versions)}})


def _text_ids(texts: Iterable[DocumentText]) -> set[UUID]:
    return {text.id for text in texts}


def _check_versions(actor: Actor, place: ConsultationPlace, versions: Mapping[UUID, UUID], *, older: bool) -> None:
    text_ids = _text_ids(texts_for(actor, place.document))
    if versions.keys() != text_ids:
        raise InvalidInput(NO_VERSIONS, field="versions")
    found = db.session.scalars(
        select(Version).where(Version.id.in_(versions.values()), Version.role == VersionRole.PUBLISHED)
    )
    if {version.id: version.text_id for version in found} != {value: key for key, value in versions.items()}:
        raise InvalidInput(OTHER_TEXT, field="versions")
    current = {text_id: version.id for text_id, version in current_versions(text_ids).items()}
    if not older and current != dict(versions):
        raise Conflict(NOT_CURRENT, details={"standing": {"versions": current}, "sent": {"versions": dict(versions)}})


def _line(raw: str, too_long: str, field: str) -> str:
    said = engine.normalise(raw).strip()
    if len(said) > MOST_NOTE:
        raise InvalidInput(too_long, field=field)
    return said
