"""Texts and proposals for programs, as Akoma Ntoso has them. German, as the paper is."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale

from amendments.committees.queries import committees_by_id
from amendments.consultations.rules import VOTE_LABELS, VoteKind
from amendments.decisions.rules import OUTCOME_LABELS, Outcome
from amendments.documents.models import Document, DocumentText, Version
from amendments.exchange.akoma import (
    Amendment,
    AmendmentList,
    Edition,
    Passage,
    Verdict,
    Work,
)
from amendments.proposals.rules import label
from amendments.web import clock
from amendments.workplaces.addresses import full_address
from amendments.workplaces.filings import FiledEdit, Filing, Said
from amendments.workplaces.labels import kind_name, state_name


def amendments_of(document: Document, filings: Sequence[Filing]) -> AmendmentList:
    with force_locale("de"):
        return _amendments(document, filings)


def _amendments(document: Document, filings: Sequence[Filing]) -> AmendmentList:
    lead = _lead(document)
    work = Work(
        id=str(document.id),
        title=document.title,
        dated=document.dated or clock.day_of(document.created_at),
        author=lead,
        kind="amendmentList",
        reference=document.reference,
        address=full_address("workplaces.document", document_id=document.id),
    )
    amendments = tuple(_amendment(document, filing, lead) for filing in filings)
    dates = [document.created_at]
    for amendment in amendments:
        dates += [amendment.filed_at, *([amendment.withdrawn_at] if amendment.withdrawn_at else [])]
        dates += [verdict.at for passage in amendment.passages for verdict in passage.verdicts]
    return AmendmentList(work, max(dates), amendments)


def edition_of(document: Document, text: DocumentText, version: Version) -> Edition:
    """How programs call a version."""
    return _edition(document, text, version, _lead(document))


def _edition(document: Document, text: DocumentText, version: Version, lead: str) -> Edition:
    work = Work(
        id=str(text.id),
        title=document.title if text.title == document.title else f"{document.title}: {text.title}",
        dated=document.dated or clock.day_of(document.created_at),
        author=lead,
        reference=document.reference,
        address=full_address("workplaces.text", document_id=document.id, text_id=text.id),
    )
    return Edition(work, version.number or 0, version.created_at)


def _lead(document: Document) -> str:
    return committees_by_id([document.lead_committee_id])[document.lead_committee_id].name


def _amendment(document: Document, filing: Filing, lead: str) -> Amendment:
    proposal = filing.proposal
    edition = _edition(document, filing.text, filing.version, lead)
    return Amendment(
        id=str(proposal.id),
        number=proposal.number or 0,
        title=proposal.title,
        kind=kind_name(proposal.kind, proposal.origin),
        by=filing.who,
        filed_at=proposal.filed_at,  # type: ignore[arg-type]  # has a number: it was filed
        passages=tuple(_passage(filing, edit, edition) for edit in filing.edits),
        reason=proposal.reason,
        amends=label(filing.parent_number) if filing.parent_number else "",
        state=state_name(filing.state),
        withdrawn_at=proposal.withdrawn_at,
        address=full_address("workplaces.proposal", proposal_id=proposal.id),
    )


def _passage(filing: Filing, edit: FiledEdit, edition: Edition) -> Passage:
    said = [*([edit.lead] if edit.lead else []), *edit.others]
    return Passage(str(edit.edit_id), edit.hunks, filing.base, edition, tuple(map(_verdict, said)))


def _verdict(said: Said) -> Verdict:
    row = said.decision
    vote = VoteKind(row.vote_kind)
    return Verdict(
        body=said.body.name,
        outcome=row.outcome,
        said=OUTCOME_LABELS[Outcome(row.outcome)],
        at=row.decided_at,
        vote="" if vote is VoteKind.NONE else VOTE_LABELS[vote],
        yes=row.yes,
        no=row.no,
        abstained=row.abstained,
    )
