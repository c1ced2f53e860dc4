"""What "Meine Vorschläge" says of a proposal whose passage has changed."""

import pytest

from amendments.consensus import queries, services
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.workplaces.mine import my_proposals
from tests.factories import documents, proposals

pytestmark = pytest.mark.usefixtures("session")


def test_a_proposal_whose_passage_was_changed_is_shown_as_handed_back() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agreed, rival, elsewhere = (
        proposals.change(paper, old, new) for old, new in (("Eins", "Uno"), ("Eins", "Erstens"), ("Zwei", "Due"))
    )
    verdict = Verdict(proposals.edit_id(agreed), Outcome.AGREED)
    decisions.decide_edits(paper.moderator, version_id=paper.version.id, verdicts=[verdict])
    services.publish(
        paper.moderator,
        text_id=paper.text.id,
        base_version_id=paper.version.id,
        expected_hash=queries.preview(paper.version.id).hash,
    )
    shown = {entry.proposal.id: entry.state for entry in my_proposals(paper.member).filed}
    assert shown == {agreed.id: "agreed", rival.id: "handed_back", elsewhere.id: "open"}
