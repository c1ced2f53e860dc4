"""Who wants a proposal, as lists name them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from amendments.people.models import Account
from amendments.proposals.models import Proposal, ProposalSource


def proposer_name() -> ColumnElement[str]:
    """Of a statement over `Proposal` and its author's `Account`: whoever returned it in a file, else the author."""
    returned = select(ProposalSource.name).where(ProposalSource.proposal_id == Proposal.id).scalar_subquery()
    return func.coalesce(returned, Account.name)
