"""Who is excluded from a document or a part of it, in words; and what a form about it says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import or_, select

from amendments.committees.models import Membership
from amendments.committees.queries import holding
from amendments.consultations.exclusions import all_steps, exclusions_of
from amendments.consultations.models import Exclusion
from amendments.consultations.rules import EXCLUSION_STATE, Scope
from amendments.documents.models import Document, DocumentText
from amendments.documents.queries import texts_for
from amendments.documents.rules import working_committees
from amendments.errors import InvalidInput
from amendments.exchange.words import N_
from amendments.extensions import db
from amendments.people.models import Account
from amendments.people.queries import names
from amendments.proposals.models import Edit, Proposal
from amendments.proposals.queries import edits_of, proposal_for
from amendments.proposals.rules import label
from amendments.web import clock
from amendments.web.access import may
from amendments.web.actor import Actor

MOST_NUMBERS: Final = 50

NO_SUCH_PROPOSAL: Final = N_("Einen dieser Vorschläge gibt es in dieser Vorlage nicht.")
TWO_TEXTS: Final = N_("Diese Vorschläge gehören zu verschiedenen Texten. Bitte tragen Sie den Ausschluss je Text ein.")


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """An exclusion as it is read."""

    exclusion: Exclusion
    name: str
    scope: str
    stated_by: str
    """Empty if the person said it."""


@dataclass(frozen=True)
class ExclusionsPage:
    """What the page of exclusions shows."""

    document: Document
    may_state: bool
    """Enter it for others and lift it; else one speaks for oneself alone."""
    standing: tuple[ExclusionRow, ...]
    lifted: tuple[ExclusionRow, ...]
    people: tuple[tuple[UUID, str], ...]
    """Who can be excluded: those who take part."""
    texts: tuple[DocumentText, ...]


def exclusions_page(actor: Actor, document: Document) -> ExclusionsPage:
    """One's own for everybody who takes part; all for whoever enters them."""
    may_state = bool(may(actor, EXCLUSION_STATE, all_steps(document)))
    rows = _rows(row for row in exclusions_of(document.id) if may_state)
    own = ((actor.account_id, actor.name),) if actor.account_id else ()
    return ExclusionsPage(
        document=document,
        may_state=may_state,
        standing=tuple(row for row in rows if row.exclusion.lifted_at is None),
        lifted=tuple(row for row in rows if row.exclusion.lifted_at is not None),
        people=_people(document) if may_state else own,
        texts=texts_for(actor, document),
    )


def _people(document: Document) -> tuple[tuple[UUID, str], ...]:
    """Everybody with a seat in a committee that works on it or sits about it, and the listed readers."""
    committee_ids = working_committees(document).union(all_steps(document).committee_ids)
    seated = select(Membership.account_id).where(Membership.committee_id.in_(committee_ids), holding(clock.today()))
    rows = db.session.execute(
        select(Account.id, Account.name)
        .where(Account.active, or_(Account.id.in_(seated), Account.id.in_(document.reader_ids)))
        .order_by(Account.name, Account.id)
    )
    return tuple((row.id, row.name) for row in rows)


def _rows(exclusions: Iterable[Exclusion]) -> tuple[ExclusionRow, ...]:
    found = tuple(exclusions)
    known = names([person for row in found for person in (row.account_id, row.stated_by)])
    texts = _titles(row.text_id for row in found if row.text_id)
    numbers = _numbers(edit_id for row in found for edit_id in row.edit_ids)
    return tuple(
        ExclusionRow(
            row,
            known[row.account_id],
            _scope(row, texts, numbers),
            known[row.stated_by] if row.stated_by != row.account_id else "",
        )
        for row in found
    )


def _scope(row: Exclusion, texts: dict[UUID, str], numbers: dict[UUID, int]) -> str:
    if row.scope == Scope.DOCUMENT:
        return _("von der ganzen Vorlage")
    if row.scope == Scope.TEXT and row.text_id is not None:
        return _("vom Text „%(title)s“", title=texts[row.text_id])
    named = sorted({numbers[edit_id] for edit_id in row.edit_ids if edit_id in numbers})
    return _("von %(names)s und was dazu gehört", names=", ".join(label(number) for number in named))


def _titles(text_ids: Iterable[UUID]) -> dict[UUID, str]:
    rows = db.session.execute(select(DocumentText.id, DocumentText.title).where(DocumentText.id.in_(set(text_ids))))
    return {row.id: row.title for row in rows}


def _numbers(edit_ids: Iterable[UUID]) -> dict[UUID, int]:
    rows = db.session.execute(
        select(Edit.id, Proposal.number)
        .join(Proposal, Proposal.id == Edit.proposal_id)
        .where(Edit.id.in_(set(edit_ids)), Proposal.number.is_not(None))
    )
    return {row.id: row.number for row in rows}


@dataclass(frozen=True)
class About:
    """What a form says somebody is excluded from."""

    scope: str
    text_id: UUID | None = None
    edit_ids: tuple[UUID, ...] = ()


def about(actor: Actor, document: Document, scope: str, typed: str) -> About:
    """`scope`: the whole document, the id of a text, or proposals by the numbers that were typed."""
    if scope == Scope.DOCUMENT:
        return About(scope)
    if scope != Scope.EDITS:
        return About(Scope.TEXT.value, next((row.id for row in document.texts if str(row.id) == scope), None))
    wanted = {int(raw) for raw in re.findall(r"[0-9]{1,9}", typed)}
    rows = db.session.execute(
        select(Proposal.id, Proposal.text_id).where(Proposal.document_id == document.id, Proposal.number.in_(wanted))
    ).all()
    if len(rows) != len(wanted) or len(wanted) > MOST_NUMBERS:
        raise InvalidInput(NO_SUCH_PROPOSAL, field="numbers")
    if len({row.text_id for row in rows}) > 1:
        raise InvalidInput(TWO_TEXTS, field="numbers")
    edits = [edit.edit_id for row in rows for edit in edits_of(proposal_for(actor, row.id).proposal.id)]
    return About(scope, rows[0].text_id if rows else None, tuple(edits))
