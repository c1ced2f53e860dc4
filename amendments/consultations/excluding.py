"""Entering that somebody is excluded for a conflict of interest, and lifting it. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select

from amendments.audit.services import record
from amendments.committees.rules import account_id_of
from amendments.consultations.events import ExclusionLifted, PersonExcluded
from amendments.consultations.exclusions import all_steps, covered, covered_by, edit_exclusions, standing_exclusions
from amendments.consultations.models import Exclusion, ExclusionEdit
from amendments.consultations.rules import EXCLUSION_DISCLOSE, EXCLUSION_STATE, Scope
from amendments.documents.models import Document
from amendments.documents.queries import document_for, lock_document, texts_for
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.people.models import Account
from amendments.web import access, clock
from amendments.web.actor import Actor

NO_PERSON: Final = N_("Bitte wählen Sie die Person, die ausgeschlossen ist.")
NO_TEXT: Final = N_("Dieser Text gehört nicht zu dieser Vorlage.")
NO_EDITS: Final = N_("Bitte geben Sie an, von welchen Vorschlägen die Person ausgeschlossen ist.")
ALREADY: Final = N_("Diese Person ist davon schon ausgeschlossen.")
LIFTED: Final = N_("Dieser Ausschluss ist schon aufgehoben.")


def state_exclusion(
    actor: Actor,
    *,
    document_id: UUID,
    account_id: UUID,
    scope: str,
    text_id: UUID | None = None,
    edit_ids: Collection[UUID] = (),
) -> Exclusion:
    """From now on this person takes no part; about oneself everybody who takes part may say it.

    `text_id`: the text, or that in which the edits lie, which the caller has found there.
    """
    document = document_for(actor, document_id)
    _require(actor, document, own=account_id == actor.account_id)
    lock_document(document_id)
    if scope not in list(Scope) or db.session.scalar(select(Account.active).where(Account.id == account_id)) is None:
        raise InvalidInput(NO_PERSON, field="account_id")
    whole = scope == Scope.DOCUMENT
    if (scope == Scope.EDITS) != bool(edit_ids):
        raise InvalidInput(NO_EDITS, field="numbers")
    if not whole and text_id not in {text.id for text in texts_for(actor, document)}:
        raise InvalidInput(NO_TEXT, field="scope")
    row = Exclusion(
        id=uuid4(),
        document_id=document_id,
        text_id=None if whole else text_id,
        scope=scope,
        account_id=account_id,
        since=clock.now(),
        stated_by=account_id_of(actor),
        lifted_at=None,
        lifted_by=None,
        edits=[ExclusionEdit(edit_id=edit_id) for edit_id in sorted(set(edit_ids))],
    )
    _refuse_twice(row)
    db.session.add(row)
    db.session.flush()
    event = PersonExcluded(row.id, account_id, scope, row.text_id, tuple(sorted(row.edit_ids)))
    record(actor.account_id, event, document_id=document_id)
    return row


def lift_exclusion(actor: Actor, *, exclusion_id: UUID) -> Exclusion:
    """From now on this person takes part again."""
    row = exclusion_for(actor, exclusion_id)
    lock_document(row.document_id)
    db.session.refresh(row)
    if row.lifted_at is not None:
        raise Conflict(LIFTED)
    row.lifted_at, row.lifted_by = clock.now(), actor.account_id
    db.session.flush()
    record(actor.account_id, ExclusionLifted(row.id, row.account_id), document_id=row.document_id)
    return row


def exclusion_for(actor: Actor, exclusion_id: UUID) -> Exclusion:
    """For whoever may lift it."""
    row = db.session.get(Exclusion, exclusion_id)
    if row is None:
        raise NotFound(access.NOT_FOUND)
    access.require(actor, EXCLUSION_STATE, all_steps(document_for(actor, row.document_id)))
    return row


def widen(document_id: UUID, items: Iterable[Collection[UUID]]) -> None:
    """Whoever is excluded from one wording of a contested place is so from its rivals too, also from later ones. Part
    of a verb, records nothing itself.
    """
    groups = [frozenset(edit_ids) for edit_ids in items]
    rows = edit_exclusions(document_id) if groups else ()
    for row, about in covered_by(rows):
        wider = {edit_id for group in groups if group & about for edit_id in group - about}
        row.edits.extend(ExclusionEdit(edit_id=edit_id) for edit_id in sorted(wider))
    db.session.flush()


def _require(actor: Actor, document: Document, *, own: bool) -> None:
    if own:
        access.require(actor, EXCLUSION_DISCLOSE, document)
    else:
        access.require(actor, EXCLUSION_STATE, all_steps(document))


def _refuse_twice(row: Exclusion) -> None:
    """Nothing is said twice: neither the same, nor a part of what is said already."""
    known = covered(standing_exclusions(row.document_id, row.account_id))
    about = row.edit_ids if row.scope == Scope.EDITS else {row.text_id or row.document_id}
    if row.document_id in known or row.text_id in known or known.issuperset(about):
        raise Conflict(ALREADY)
