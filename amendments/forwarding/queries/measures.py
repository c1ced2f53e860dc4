"""Reading the register of measures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.consultations.models import Consultation, RecommendedVersion
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.queries import load_text, text_for, texts_for
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.forwarding.models import Measure, MeasureReport
from amendments.people.models import Account
from amendments.web import access
from amendments.web.actor import Actor


@dataclass(frozen=True)
class MeasureEntry:
    """A measure with the words of its paragraph and the committees it names."""

    measure: Measure
    words: str
    version: Version
    committee: Committee
    proposed_to: Committee | None
    stands: bool
    """The decision it rests on still does; one of another version, or none, has taken its place else."""


@dataclass(frozen=True)
class MeasurePlace:
    document: Document
    text: DocumentText
    """Of which it is a paragraph."""
    measure: Measure


@dataclass(frozen=True)
class MeasureReportEntry:
    report: MeasureReport
    by_name: str


def decided_versions(document: Document) -> dict[UUID, Version]:
    """Text -> the version with which the document was closed; nothing while it is open. One statement."""
    if document.closed_at is None:
        return {}
    rows = db.session.execute(
        select(RecommendedVersion.text_id, Version)
        .join(Version, Version.id == RecommendedVersion.version_id)
        .join(Consultation, Consultation.id == RecommendedVersion.consultation_id)
        .where(
            Consultation.document_id == document.id, Consultation.role == "decision", Consultation.result == "adopted"
        )
        .order_by(Version.id)
    )
    return {row.text_id: row.Version for row in rows}


def measures_of(actor: Actor, document: Document) -> tuple[MeasureEntry, ...]:
    """Of the texts this person sees, by number; a constant number of statements, and one for each version that is not
    in memory.
    """
    wanted = (
        select(Measure)
        .join(Version, Version.id == Measure.version_id)
        .where(
            Measure.document_id == document.id, Version.text_id.in_([text.id for text in texts_for(actor, document)])
        )
        .order_by(Measure.number)
    )
    return _entries(document, db.session.scalars(wanted).all())


def measure_for(actor: Actor, measure_id: UUID) -> MeasurePlace:
    found = db.session.get(Measure, measure_id)
    if found is None:
        raise NotFound(access.NOT_FOUND)
    place = text_for(actor, db.session.get_one(Version, found.version_id).text_id)
    return MeasurePlace(place.document, place.text, found)


def entry_of(place: MeasurePlace) -> MeasureEntry:
    return _entries(place.document, [place.measure])[0]


def taken_up(version_ids: Collection[UUID]) -> frozenset[tuple[UUID, str]]:
    """(version, paragraph) of what is a measure already."""
    rows = db.session.execute(
        select(Measure.version_id, Measure.paragraph).where(Measure.version_id.in_(list(version_ids)))
    )
    return frozenset((version_id, paragraph) for version_id, paragraph in rows)


def reports_of(measure_id: UUID) -> tuple[MeasureReportEntry, ...]:
    """The newest first."""
    rows = db.session.execute(
        select(MeasureReport, Account.name)
        .join(Account, Account.id == MeasureReport.reported_by)
        .where(MeasureReport.measure_id == measure_id)
        .order_by(MeasureReport.number.desc())
    )
    return tuple(MeasureReportEntry(report, name) for report, name in rows)


def _entries(document: Document, rows: Collection[Measure]) -> tuple[MeasureEntry, ...]:
    decided = {version.id for version in decided_versions(document).values()}
    committees = committees_by_id(one for row in rows for one in (row.committee_id, row.proposed_to_id))
    found = db.session.scalars(select(Version).where(Version.id.in_({row.version_id for row in rows})))
    versions = {version.id: version for version in found}
    words = {key: {paragraph.identity: paragraph.text for paragraph in load_text(key)} for key in versions}
    return tuple(
        MeasureEntry(
            row,
            words[row.version_id].get(row.paragraph, ""),
            versions[row.version_id],
            committees[row.committee_id],
            committees.get(row.proposed_to_id) if row.proposed_to_id else None,
            row.version_id in decided,
        )
        for row in rows
    )
