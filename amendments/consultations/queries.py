"""Reading the Beratungsfolge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id, rules_of
from amendments.committees.rules import Result as BodyResult
from amendments.committees.rules import Tie
from amendments.consultations.models import Consultation, ConsultationCommittee, ResultTakenBack
from amendments.consultations.rules import CONSULTATION_RESULT, Slot, Step, given_by, slot
from amendments.documents.models import Document, DocumentText, Version
from amendments.documents.queries import document_for, texts_for
from amendments.documents.rules import sees_work
from amendments.errors import NotFound
from amendments.extensions import db
from amendments.web import access, clock
from amendments.web.actor import Actor


@dataclass(frozen=True)
class Recommended:
    """A text in the version that a step recommends."""

    text: DocumentText
    version: Version


@dataclass(frozen=True)
class ConsultationEntry:
    """A step with the rows it names. `shows_result`: this person may know what came of it, and what it recommends."""

    consultation: Consultation
    committees: tuple[Committee, ...]
    recommended: tuple[Recommended, ...]
    shows_result: bool

    @property
    def gives(self) -> BodyResult:
        return given_by([committee.kind for committee in self.committees], self.consultation.role)

    @property
    def name(self) -> str:
        return ", ".join(committee.name for committee in self.committees)


@dataclass(frozen=True)
class ConsultationPlace:
    document: Document
    consultation: Consultation

    @property
    def step(self) -> Step:
        """What the permission map is asked about."""
        return Step(self.document, self.consultation.committee_ids)


_PARTS = (selectinload(Consultation.seats), selectinload(Consultation.recommended))


def consultations_of(document_ids: Iterable[UUID]) -> dict[UUID, tuple[Consultation, ...]]:
    """The steps of each document in their order: by day and hour, those without one last, then rank."""
    wanted = set(document_ids)
    rows = db.session.scalars(
        select(Consultation)
        .where(Consultation.document_id.in_(wanted))
        .options(*_PARTS)
        .order_by(
            Consultation.day.is_(None),
            Consultation.day,
            Consultation.begins == "",
            Consultation.begins,
            Consultation.rank,
        )
    ).all()
    return {key: tuple(row for row in rows if row.document_id == key) for key in wanted}


def sequence_for(actor: Actor, document: Document) -> tuple[ConsultationEntry, ...]:
    """The Beratungsfolge as this person may read it, in three statements."""
    rows = consultations_of([document.id])[document.id]
    inside = sees_work(actor, document)
    committees = committees_by_id(committee_id for row in rows for committee_id in row.committee_ids)
    named = _recommended(rows, {text.id for text in texts_for(actor, document)})
    return tuple(
        ConsultationEntry(
            row,
            tuple(committees[committee_id] for committee_id in row.committee_ids),
            named.get(row.id, ()) if shown else (),
            shown,
        )
        for row, shown in ((row, inside or row.public or row.announced) for row in rows)
        if inside or row.printed
    )


def _recommended(rows: Sequence[Consultation], text_ids: Collection[UUID]) -> dict[UUID, tuple[Recommended, ...]]:
    """By step, in the order of the texts, of these texts alone; one statement, or none."""
    wanted = {item.version_id for row in rows for item in row.recommended if item.text_id in text_ids}
    if not wanted:
        return {}
    texts = db.session.execute(
        select(DocumentText, Version)
        .join(Version, Version.text_id == DocumentText.id)
        .where(Version.id.in_(wanted))
        .order_by(DocumentText.rank)
    ).all()
    named = {row.id: {item.version_id for item in row.recommended} for row in rows}
    return {
        consultation_id: tuple(Recommended(text, version) for text, version in texts if version.id in versions)
        for consultation_id, versions in named.items()
    }


def chair_breaks_ties(row: Consultation) -> bool:
    """Between equal numbers the vote of the chair decides, by the rules of the committee in charge."""
    committee_id = row.committee_ids[0]
    return rules_of(committees_by_id([committee_id])[committee_id]).tie is Tie.CHAIR


def consultation_for(actor: Actor, consultation_id: UUID) -> ConsultationPlace:
    """A step of a document the actor sees; what is not printed exists only for those who see the work."""
    found = db.session.scalars(
        select(Consultation).where(Consultation.id == consultation_id).options(*_PARTS)
    ).one_or_none()
    if found is None:
        raise NotFound(access.NOT_FOUND)
    document = document_for(actor, found.document_id)
    place = ConsultationPlace(document, found)
    if not found.printed and not sees_work(actor, document) and not access.may(actor, CONSULTATION_RESULT, place.step):
        raise access.not_found(actor, document)
    return place


def closing_for(actor: Actor, document: Document) -> ConsultationEntry | None:
    """The step that has decided the document, for those who may know its result; None while it is open."""
    if document.closed_at is None:
        return None
    found = sequence_for(actor, document)
    return next((entry for entry in found if entry.consultation.closes and entry.shows_result), None)


def taken_back(consultation_id: UUID) -> tuple[ResultTakenBack, ...]:
    """Results of the step that hold no longer, the oldest first."""
    return tuple(
        db.session.scalars(
            select(ResultTakenBack)
            .where(ResultTakenBack.consultation_id == consultation_id)
            .order_by(ResultTakenBack.taken_back_at, ResultTakenBack.id)
        )
    )


def slot_for(document_id: UUID, committee_ids: Iterable[UUID]) -> Slot:
    """Whether proposals of these committees are asked for at this moment. One statement."""
    rows = db.session.scalars(
        select(Consultation)
        .join(ConsultationCommittee, ConsultationCommittee.consultation_id == Consultation.id)
        .where(
            Consultation.document_id == document_id,
            Consultation.asks,
            ConsultationCommittee.committee_id.in_(set(committee_ids)),
        )
        .order_by(Consultation.day, Consultation.rank)
        .distinct()
    )
    return slot([row.window for row in rows if row.window is not None], clock.now())
