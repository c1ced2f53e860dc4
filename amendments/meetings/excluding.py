"""Excluding somebody while sittings run: their agendas follow at once, also when the item is called."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from amendments.consultations import excluding
from amendments.consultations.exclusions import edits_with_exclusions
from amendments.consultations.models import Consultation, Exclusion
from amendments.consultations.queries import consultation_for
from amendments.extensions import db
from amendments.meetings import agenda
from amendments.meetings.models import Meeting
from amendments.meetings.queries import MeetingPlace
from amendments.web.actor import Actor


def exclude(
    actor: Actor,
    *,
    document_id: UUID,
    account_id: UUID,
    scope: str,
    text_id: UUID | None = None,
    edit_ids: Collection[UUID] = (),
) -> Exclusion:
    """`consultations.excluding.state_exclusion`, and what follows from it in the sittings that run."""
    row = excluding.state_exclusion(
        actor, document_id=document_id, account_id=account_id, scope=scope, text_id=text_id, edit_ids=edit_ids
    )
    _renew(actor, document_id)
    return row


def lift(actor: Actor, *, exclusion_id: UUID) -> Exclusion:
    row = excluding.lift_exclusion(actor, exclusion_id=exclusion_id)
    _renew(actor, row.document_id)
    return row


def _renew(actor: Actor, document_id: UUID) -> None:
    """No edit from which somebody is excluded stays in a bloc."""
    running = db.session.scalars(
        select(Meeting)
        .join(Consultation, Consultation.id == Meeting.consultation_id)
        .where(Consultation.document_id == document_id, Meeting.closed_at.is_(None))
        .order_by(Meeting.opened_at, Meeting.id)
    ).all()
    out = edits_with_exclusions(document_id) if running else frozenset()
    for meeting in running:
        step = consultation_for(actor, meeting.consultation_id)
        place = MeetingPlace(step.document, step.consultation, meeting)
        agenda.take_out(place, out)
        agenda.renew(place)
        meeting.beat += 1
        db.session.flush()
