"""The Beratungsfolge as dates of a calendar."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from flask_babel import gettext as _

from amendments.audit.queries import last_named
from amendments.consultations.queries import ConsultationEntry, sequence_for
from amendments.consultations.rules import ROLE_LABELS, Result
from amendments.documents.models import Document
from amendments.documents.rules import sees_work
from amendments.exchange.calendar import Sitting
from amendments.exchange.vorlage import Role
from amendments.web.actor import Actor
from amendments.web.posting import say
from amendments.workplaces.addresses import full_address

CHANGES: Final = (
    "consultation:planned",
    "consultation:changed",
    "consultation:result",
    "document:closed",
    "document:reopened",
)
"""Events after which a date may read otherwise."""


def sittings_for(actor: Actor, document: Document) -> tuple[Sitting, ...]:
    """The steps that have a day; those that are not public only for whoever sees the work."""
    inside = sees_work(actor, document)
    entries = [entry for entry in sequence_for(actor, document) if inside or entry.consultation.public]
    changed = last_named([entry.consultation.id for entry in entries], CHANGES)
    return tuple(
        _sitting(document, entry, day, changed.get(entry.consultation.id, document.created_at))
        for entry in entries
        if (day := entry.consultation.day) is not None
    )


def _sitting(document: Document, entry: ConsultationEntry, day: date, changed_at: datetime) -> Sitting:
    row = entry.consultation
    return Sitting(
        id=str(row.id),
        summary=f"{entry.name}: {document.title} ({say(ROLE_LABELS[Role(row.role)])})",
        day=day,
        begins=time.fromisoformat(row.begins) if row.begins else None,
        changes=row.row_version - 1,
        changed_at=changed_at,
        place=row.place,
        address=full_address("consultations.show", consultation_id=row.id),
        words="" if row.public else _("nichtöffentlich"),
        cancelled=entry.shows_result and row.outcome is Result.TAKEN_OFF,
    )
