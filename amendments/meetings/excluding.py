"""Excluding somebody while sittings run: their agendas follow at once, also when the item is called."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from amendments.consultations import excluding
from amendments.consultations.exclusions import edits_with_exclusions
from amendments.consultations.models import Exclusion
from amendments.meetings import agenda
from amendments.meetings.queries import running_of
from amendments.meetings.services.common import beat
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
    _renew(document_id)
    return row


def lift(actor: Actor, *, exclusion_id: UUID) -> Exclusion:
    row = excluding.lift_exclusion(actor, exclusion_id=exclusion_id)
    _renew(row.document_id)
    return row


def _renew(document_id: UUID) -> None:
    """No edit from which somebody is excluded stays in a bloc."""
    running = running_of(document_id)
    out = edits_with_exclusions(document_id) if running else frozenset()
    for place in running:
        agenda.take_out(place, out)
        agenda.renew(place)
        beat(place)
