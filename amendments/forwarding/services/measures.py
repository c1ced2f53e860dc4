"""The register of measures: what of an adopted text somebody sees to, and what was reported of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import func, select

from amendments import text as engine
from amendments.audit.services import record
from amendments.committees.queries import committees_by_id
from amendments.committees.rules import account_id_of
from amendments.documents.queries import document_for, load_text, lock_document, text_for
from amendments.errors import Conflict, InvalidInput
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.forwarding.events import MeasurePlanned, MeasureReported, MeasuresTakenUp
from amendments.forwarding.models import Measure, MeasureReport
from amendments.forwarding.queries import MeasurePlace, decided_versions, measure_for, taken_up
from amendments.forwarding.rules import (
    MEASURE_PLAN,
    MEASURE_REPORT,
    MEASURE_TAKE_UP,
    NOT_ADOPTED,
    MeasureState,
    Rating,
    offers,
)
from amendments.web import access, clock
from amendments.web.actor import Actor

MOST_WORDS: Final = 5_000

NOTHING_CHOSEN = N_("Bitte wählen Sie mindestens eine Empfehlung.")
OTHER_VERSION = N_("Inzwischen ist eine andere Fassung beschlossen. Bitte wählen Sie die Empfehlungen daraus.")
NOT_OFFERED = N_("Eine der gewählten Stellen steht nicht unter den Empfehlungen der beschlossenen Fassung.")
TAKEN_UP = N_("Eine der gewählten Empfehlungen steht schon im Register.")
NO_COMMITTEE = N_("Bitte wählen Sie das Gremium, das sich darum kümmert.")
NO_SUCH_COMMITTEE = N_("Dieses Gremium gibt es nicht.")
BAD_RATING = N_("Bitte wählen Sie vorrangig, wichtig oder nachrangig.")
UNRATED = N_("Worte zur Bewertung gibt es nur mit einer Bewertung.")
BAD_STATE = N_("Bitte wählen Sie offen, in Arbeit, umgesetzt oder zurückgestellt.")
REPORT_EMPTY = N_("Bitte schreiben Sie, was berichtet wird.")
WORDS_TOO_LONG = N_("Der Text ist länger als 5.000 Zeichen. Bitte kürzen Sie ihn.")
CHANGED_MEANWHILE = N_("Inzwischen hat jemand anderes diese Maßnahme geändert. Bitte sehen Sie nach, was jetzt gilt.")


@dataclass(frozen=True)
class Planned:
    """Who sees to a measure, and what the steering group thinks of it."""

    committee_id: UUID
    proposed_to_id: UUID | None = None
    budget: bool = False
    rating: str | None = None
    rating_words: str = ""


def take_up_measures(
    actor: Actor, *, document_id: UUID, version_id: UUID, paragraphs: Sequence[str], committee_id: UUID
) -> tuple[Measure, ...]:
    """Recommendations of the decided version become measures. `paragraphs`: their identities in it."""
    lock_document(document_id)
    document = document_for(actor, document_id)
    db.session.refresh(document, ["closed_at"])
    access.require(actor, MEASURE_TAKE_UP, document)
    account_id = account_id_of(actor)
    wanted = list(dict.fromkeys(paragraphs))
    if not wanted:
        raise InvalidInput(NOTHING_CHOSEN, field="paragraphs")
    if committee_id not in committees_by_id([committee_id]):
        raise InvalidInput(NO_COMMITTEE, field="committee_id")
    if document.closed_at is None:
        raise Conflict(NOT_ADOPTED)
    decided = {version.id: text_id for text_id, version in decided_versions(document).items()}
    if version_id not in decided:
        raise Conflict(OTHER_VERSION)
    access.require(actor, MEASURE_TAKE_UP, text_for(actor, decided[version_id]))
    if not {offer.identity for offer in offers(load_text(version_id))} >= set(wanted):
        raise InvalidInput(NOT_OFFERED, field="paragraphs")
    if any((version_id, paragraph) in taken_up([version_id]) for paragraph in wanted):
        raise Conflict(TAKEN_UP)
    last = db.session.scalar(select(func.max(Measure.number)).where(Measure.document_id == document_id)) or 0
    rows = [
        Measure(
            id=uuid4(),
            document_id=document_id,
            number=last + count,
            version_id=version_id,
            paragraph=paragraph,
            committee_id=committee_id,
            state=MeasureState.OPEN.value,
            budget=False,
            rating=None,
            rating_words="",
            created_by=account_id,
            created_at=clock.now(),
        )
        for count, paragraph in enumerate(wanted, 1)
    ]
    db.session.add_all(rows)
    db.session.flush()
    event = MeasuresTakenUp(tuple(row.id for row in rows), version_id, tuple(wanted), committee_id)
    record(account_id, event, document_id=document_id)
    return tuple(rows)


def plan_measure(actor: Actor, *, measure_id: UUID, row_version: int, planned: Planned) -> Measure:
    """Who sees to it, whether it costs money, how it is rated. `row_version`: that of the page."""
    place = _locked(actor, measure_id, MEASURE_PLAN)
    row = place.measure
    if row.row_version != row_version:
        raise Conflict(CHANGED_MEANWHILE)
    named = {one for one in (planned.committee_id, planned.proposed_to_id) if one is not None}
    if committees_by_id(named).keys() != named:
        raise InvalidInput(NO_SUCH_COMMITTEE, field="committee_id")
    words = _words(planned.rating_words, "rating_words")
    if planned.rating is not None and planned.rating not in list(Rating):
        raise InvalidInput(BAD_RATING, field="rating")
    if planned.rating is None and words:
        raise InvalidInput(UNRATED, field="rating")
    row.committee_id, row.proposed_to_id = planned.committee_id, planned.proposed_to_id
    row.budget, row.rating, row.rating_words = planned.budget, planned.rating, words
    db.session.flush()
    event = MeasurePlanned(row.id, row.committee_id, row.proposed_to_id, row.budget, row.rating)
    record(actor.account_id, event, document_id=place.document.id)
    return row


def report_measure(
    actor: Actor, *, measure_id: UUID, state: str, text: str, next_report: date | None = None
) -> MeasureReport:
    """What has been done, how it stands now, and when the next report is due. Reports are only added."""
    place = _locked(actor, measure_id, MEASURE_REPORT)
    said = _words(text, "text")
    if state not in list(MeasureState):
        raise InvalidInput(BAD_STATE, field="state")
    if not said:
        raise InvalidInput(REPORT_EMPTY, field="text")
    row = place.measure
    last = db.session.scalar(select(func.max(MeasureReport.number)).where(MeasureReport.measure_id == row.id)) or 0
    report = MeasureReport(
        id=uuid4(),
        measure_id=row.id,
        number=last + 1,
        state=state,
        text=said,
        next_report=next_report,
        reported_by=account_id_of(actor),
        reported_at=clock.now(),
    )
    row.state, row.next_report = state, next_report
    db.session.add(report)
    db.session.flush()
    event = MeasureReported(row.id, report.id, state, next_report)
    record(actor.account_id, event, document_id=place.document.id)
    return report


def _locked(actor: Actor, measure_id: UUID, action: access.Action) -> MeasurePlace:
    place = measure_for(actor, measure_id)
    access.require(actor, action, place)
    lock_document(place.document.id)
    db.session.refresh(place.measure)
    return place


def _words(raw: str, field: str) -> str:
    said = engine.normalise(raw).strip()
    if len(said) > MOST_WORDS:
        raise InvalidInput(WORDS_TOO_LONG, field=field)
    return said
