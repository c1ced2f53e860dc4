"""Returned files that wait to be brought in, and the file a proposal came in."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from amendments.extensions import db
from amendments.proposals.models import ProposalSource, ReturnedFile


def returned_files(text_id: UUID) -> tuple[ReturnedFile, ...]:
    """In the order in which they came, without what was read in them."""
    rows = select(ReturnedFile).where(ReturnedFile.text_id == text_id)
    return tuple(db.session.scalars(rows.order_by(ReturnedFile.created_at, ReturnedFile.name, ReturnedFile.id)))


def contents_of(file_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """What was read in them; one statement."""
    if not file_ids:
        return {}
    rows = db.session.execute(
        select(ReturnedFile.id, ReturnedFile.content)
        .where(ReturnedFile.id.in_(list(file_ids)))
        .order_by(ReturnedFile.id)
    )
    return {row.id: row.content for row in rows if row.content is not None}


def source_of(proposal_id: UUID) -> ProposalSource | None:
    return db.session.get(ProposalSource, proposal_id)
