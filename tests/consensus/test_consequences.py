"""What the agenda says an outcome does to the other proposals is what deciding and publishing it does."""

import pytest
from sqlalchemy import select

from amendments.decisions.queries import standing_on
from amendments.extensions import db
from amendments.proposals.models import CarryOver
from amendments.proposals.queries import edits_on
from amendments.text import Consequence, consequences, merge, outcomes
from tests.consensus.publishing import agree, publish
from tests.factories import documents, proposals
from tests.factories.documents import Paper

pytestmark = pytest.mark.usefixtures("session")

WISHES = (
    ("jährlich", "oft"),
    ("berichtet jährlich", "erzählt"),
    ("jährlich über seine Arbeit", "von seinen Plänen"),
    ("seine Arbeit", "die Arbeit"),
    ("jährlich", "oft"),
)


def contested() -> Paper:
    paper = documents.paper("Der Beirat berichtet jährlich über seine Arbeit.", "Die Stadt hilft.")
    for old, new in WISHES:
        proposals.change(paper, old, new)
    proposals.filed(paper, proposals.strike(paper.words, 0))
    proposals.change(paper, "hilft", "zahlt")
    return paper


def what_happened(version, edit_id) -> Consequence:
    standing = standing_on([edit_id]).get(edit_id)
    if standing is not None and standing.outcome == "settled":
        return Consequence.SETTLED
    outcome = db.session.scalar(
        select(CarryOver.outcome).where(CarryOver.edit_id == edit_id, CarryOver.to_version_id == version.id)
    )
    return {"anchored": Consequence.STANDS, "passage_changed": Consequence.REWORD}.get(outcome, Consequence.SETTLED)


@pytest.mark.parametrize("rank", range(4))
def test_each_outcome_does_what_was_said(rank: int) -> None:
    paper = contested()
    live = edits_on(paper.version.id)
    by_id = {str(edit.edit_id): edit for edit in live}
    merged = merge(paper.words, [edit.edit for edit in live])
    (component,) = merged.components
    found = outcomes(component, merged.relations)
    chosen = sorted(found.sets, key=lambda some: [by_id[edit].number for edit in some])[rank]
    said = consequences(paper.words, [edit.edit for edit in live], chosen)
    firsts = {by_id[edit].edit.wish: edit for edit in reversed(chosen)}.values()
    agree(paper, *(db.session.get_one(proposals.Proposal, by_id[edit].proposal_id) for edit in firsts))
    version = publish(paper)
    assert {edit: what_happened(version, by_id[edit].edit_id) for edit in said} == said
