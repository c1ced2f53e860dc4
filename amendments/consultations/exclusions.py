"""Who is excluded from what for a conflict of interest (NORMS §7)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from amendments.consultations.models import Consultation, ConsultationCommittee, Exclusion
from amendments.consultations.rules import Scope, Step
from amendments.documents.models import Document
from amendments.extensions import db
from amendments.web.actor import Excluded

KinLookup = Callable[[Sequence[Collection[UUID]]], tuple[frozenset[UUID], ...]]

_PARTS: Final = selectinload(Exclusion.edits)


def _not_registered(_groups: Sequence[Collection[UUID]]) -> tuple[frozenset[UUID], ...]:
    raise RuntimeError("no room has said what hangs on an edit")


_kin: KinLookup = _not_registered


def register_kin(lookup: KinLookup) -> None:
    """Called once at start-up by the room that keeps proposals: groups of edits -> what is
    one matter with each, proposals and edits.
    """
    global _kin  # noqa: PLW0603 - one process has one source of proposals, set at start-up
    _kin = lookup


def _standing() -> ColumnElement[bool]:
    return Exclusion.lifted_at.is_(None)


def excluded_of(account_id: UUID) -> Excluded:
    """What this person is kept out of now: one statement for whoever is not."""
    rows = _rows(Exclusion.account_id == account_id, _standing())
    return Excluded(covered(rows), frozenset(row.document_id for row in rows))


def exclusions_of(document_id: UUID) -> tuple[Exclusion, ...]:
    """All there ever were in a document, the oldest first."""
    return _rows(Exclusion.document_id == document_id)


def excluded_from(matter: Collection[UUID], document_id: UUID) -> frozenset[UUID]:
    """The accounts that are excluded now from one of these: the document, a text, edits."""
    rows = _rows(Exclusion.document_id == document_id, _standing())
    return frozenset(row.account_id for row, about in covered_by(rows) if not about.isdisjoint(matter))


def exclusions_between(document_id: UUID, begin: datetime, end: datetime | None) -> tuple[Exclusion, ...]:
    """Those that stood at some time of a sitting."""
    ways = [Exclusion.document_id == document_id, or_(_standing(), Exclusion.lifted_at >= begin)]
    return _rows(*ways, *([Exclusion.since <= end] if end is not None else []))


def edits_with_exclusions(document_id: UUID) -> frozenset[UUID]:
    """Edits from which somebody is excluded now: they are not adopted en bloc with others."""
    return covered(edit_exclusions(document_id))


def edit_exclusions(document_id: UUID) -> tuple[Exclusion, ...]:
    """Those from single proposals that stand."""
    return _rows(Exclusion.document_id == document_id, Exclusion.scope == Scope.EDITS, _standing())


def covered(rows: Iterable[Exclusion]) -> frozenset[UUID]:
    """Ids of everything these exclusions are about."""
    return frozenset().union(*(about for _, about in covered_by(rows)))


def covered_by(rows: Iterable[Exclusion]) -> tuple[tuple[Exclusion, frozenset[UUID]], ...]:
    """Each exclusion with the ids of everything it is about."""
    found = tuple(rows)
    parts = [row for row in found if row.scope == Scope.EDITS]
    kin = dict(zip((row.id for row in parts), _kin([row.edit_ids for row in parts]), strict=True)) if parts else {}
    return tuple((row, kin.get(row.id) or frozenset({row.text_id or row.document_id})) for row in found)


def standing_exclusions(document_id: UUID, account_id: UUID) -> tuple[Exclusion, ...]:
    return _rows(Exclusion.document_id == document_id, Exclusion.account_id == account_id, _standing())


def _rows(*ways: ColumnElement[bool]) -> tuple[Exclusion, ...]:
    return tuple(
        db.session.scalars(select(Exclusion).where(*ways).options(_PARTS).order_by(Exclusion.since, Exclusion.id))
    )


def all_steps(document: Document) -> Step:
    """What EXCLUSION_STATE is asked about: whoever runs one of its steps enters exclusions."""
    ids = db.session.scalars(
        select(ConsultationCommittee.committee_id)
        .join(Consultation, Consultation.id == ConsultationCommittee.consultation_id)
        .where(Consultation.document_id == document.id)
        .distinct()
        .order_by(ConsultationCommittee.committee_id)
    )
    return Step(document, tuple(ids))
