"""New words in the sitting: a wording in place of others, and what somebody puts orally. Nothing is decided by it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from amendments import text as engine
from amendments.audit.services import record
from amendments.committees.rules import account_id_of
from amendments.decisions import services as decisions
from amendments.documents.queries import version_for
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.meetings import agenda
from amendments.meetings.events import WishAdded
from amendments.meetings.models import PulledOut
from amendments.meetings.queries import MeetingPlace, attendances, called_item, excluded_at, items_of
from amendments.meetings.rules import MEETING_RUN, ItemKind
from amendments.meetings.services.common import NOT_IN_ITEM, beat, called, running
from amendments.proposals import services as proposing
from amendments.proposals.apart import SPEAKER_EXCLUDED
from amendments.proposals.models import Proposal
from amendments.proposals.queries import edits_of
from amendments.proposals.rules import Origin
from amendments.web import access, clock
from amendments.web.actor import Actor

BLOC_CALLED = N_("Bitte rufen Sie die Änderung zuerst einzeln auf; im gemeinsamen Block wird nichts neu gefasst.")
NOT_PRESENT = N_("Bitte wählen Sie, wer von den Anwesenden das vorschlägt.")


def put_wording(
    actor: Actor,
    *,
    meeting_id: UUID,
    item_id: UUID,
    replaces: Sequence[UUID],
    hunks: Sequence[engine.Hunk],
    reason: str,
    title: str = "",
    first: bool = True,
) -> Proposal:
    """A modified wording, or from several a compromise, becomes an alternative of the called item and is voted on like
    any other: first, or where its reach puts it.
    """
    place = running(actor, meeting_id)
    item = called(actor, place, item_id)
    if item.kind == ItemKind.BLOC:
        raise Conflict(BLOC_CALLED)
    if not {edit.edit_id for edit in item.edits}.issuperset(replaces):
        raise Conflict(NOT_IN_ITEM)
    proposal = decisions.put_wording(
        actor,
        version_id=item.version_id,
        replaces=replaces,
        hunks=hunks,
        reason=reason,
        title=title,
        consultation_id=place.consultation.id,
    )
    (edit,) = edits_of(proposal.id)
    agenda.take_in(place, item, edit.edit_id, first=first)
    return _added(actor, place, proposal, item.id)


def file_oral(
    actor: Actor,
    *,
    meeting_id: UUID,
    version_id: UUID,
    account_id: UUID | None,
    hunks: Sequence[engine.Hunk],
    reason: str = "",
    committee_id: UUID | None = None,
    parent_id: UUID | None = None,
    beside: bool = False,
) -> Proposal:
    """Somebody in the room puts it, and whoever keeps the minutes writes it down: it is on the agenda at once.

    `beside`: it belongs to the called item and is voted on there; else it is an item of its own, never in the bloc.
    """
    place = running(actor, meeting_id)
    if version_for(actor, version_id).document.id != place.document.id:
        raise NotFound(access.NOT_FOUND)
    if account_id not in {row.account_id for row in attendances(meeting_id) if row.left_at is None}:
        raise InvalidInput(NOT_PRESENT, field="account")
    item = called_item(items_of(meeting_id)) if beside else None
    if item is not None:
        access.require(actor, MEETING_RUN, place.step_of(item))
        if account_id in excluded_at(place, item):
            raise InvalidInput(SPEAKER_EXCLUDED, field="account")
    proposal = proposing.file_proposal(
        actor,
        version_id=version_id,
        edits=[tuple(hunks)],
        reason=reason,
        committee_id=committee_id,
        parent_id=parent_id,
        origin=Origin.ORAL,
        author_id=account_id,
    )
    (edit,) = edits_of(proposal.id)
    if item is not None and item.kind != ItemKind.BLOC and item.version_id == version_id:
        agenda.take_in(place, item, edit.edit_id, first=False)
        return _added(actor, place, proposal, item.id)
    row = PulledOut(meeting_id=meeting_id, edit_id=edit.edit_id, account_id=account_id_of(actor), at=clock.now())
    db.session.add(row)
    db.session.flush()
    return _added(actor, place, proposal, None)


def _added(actor: Actor, place: MeetingPlace, proposal: Proposal, item_id: UUID | None) -> Proposal:
    agenda.renew(place)
    beat(place)
    event = WishAdded(place.meeting.id, proposal.id, item_id)
    record(actor.account_id, event, document_id=place.document.id)
    return proposal
