"""What "Meine Vorschläge" says of a proposal whose passage has changed."""

import pytest

from amendments.consensus import queries, services
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.workplaces.mine import my_proposals
from tests.consensus.publishing import agree, publish
from tests.factories import documents, proposals
from tests.workplaces.pages import as_, body

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
    page = my_proposals(paper.member)
    shown = {entry.proposal.id: entry.state for entry in page.filed}
    assert shown == {agreed.id: "agreed", elsewhere.id: "open"}
    assert [(entry.proposal.id, entry.state) for entry in page.waiting] == [(rival.id, "handed_back")]


def test_what_waits_is_first_among_ones_own_and_announced_on_the_first_page(client, session) -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agreed, _ = (proposals.change(paper, "Eins", new) for new in ("Uno", "Erstens"))
    member = as_(client, session, paper.member)
    line = "Ein Vorschlag von Ihnen ist zurückgegeben und wartet auf Sie."
    assert line not in body(member.get("/"))
    agree(paper, agreed)
    publish(paper)
    session.commit()
    assert line in body(member.get("/"))
    page = body(member.get("/my-desk"))
    assert page.index("Wartet auf Sie") < page.index("Ä 2") < page.index("Eingereicht") < page.index("Ä 1")
    assert f"/documents/{paper.document.id}/texts/{paper.text.id}/handed-back" in page
