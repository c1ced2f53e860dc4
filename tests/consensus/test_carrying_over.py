"""What is open when a version appears is carried over to the same words, or handed back."""

import pytest
from sqlalchemy import select

from amendments.consensus import queries
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.extensions import db
from amendments.proposals.models import CarryOver
from amendments.proposals.queries import edits_on, handed_back
from tests.consensus.publishing import agree, publish, words_of
from tests.factories import documents, proposals

pytestmark = pytest.mark.usefixtures("session")


def test_each_open_edit_is_carried_over_or_handed_back() -> None:
    paper = documents.paper("Eins zwei drei vier.", "Neun zehn.", "Elf zwölf.")
    made = {
        "anchored": proposals.change(paper, "Elf", "Eleven"),
        "passage_changed": proposals.change(paper, "zwei drei", "2 3"),
        "passage_gone": proposals.change(paper, "zehn", "10"),
    }
    expected = {proposals.edit_id(proposal): outcome for outcome, proposal in made.items()}
    agree(paper, proposals.change(paper, "drei", "III"), proposals.filed(paper, proposals.strike(paper.words, 1)))
    version = publish(paper)
    rows = db.session.scalars(select(CarryOver).where(CarryOver.to_version_id == version.id))
    assert {row.edit_id: row.outcome for row in rows} == expected


def test_a_handed_back_edit_shows_what_it_wanted_where() -> None:
    paper = documents.paper("Eins zwei drei vier.", "Fünf.")
    proposal = proposals.change(paper, "zwei drei", "2 3")
    wanted = edits_on(paper.version.id)[0].hunks
    agree(paper, proposals.change(paper, "drei", "III"))
    version = publish(paper)
    (item,) = handed_back(version.id)
    assert (item.proposal, item.hunks, item.from_version_id) == (proposal, wanted, paper.version.id)
    assert queries.merge_desk(version.id).handed_back == (item,)


def test_an_anchored_edit_is_carried_on_from_version_to_version() -> None:
    paper = documents.paper("Eins zwei.", "Drei vier.")
    proposal = proposals.change(paper, "vier", "4")
    for old, new in (("Eins", "Ein und eins"), ("Drei", "Drei und drei")):
        agree(paper, proposals.change(paper, old, new))
        version = publish(paper)
    (live,) = edits_on(version.id)
    assert (live.proposal_id, live.carried) == (proposal.id, True)
    agree(paper, proposal)
    assert words_of(publish(paper)) == ["Ein und eins zwei.", "Drei und drei 4."]


def test_a_rejected_edit_is_not_carried_over_and_a_referred_one_is() -> None:
    paper = documents.paper("Eins.", "Zwei.", "Drei.")
    rejected, referred = proposals.change(paper, "Zwei", "Due"), proposals.change(paper, "Drei", "Tre")
    agree(paper, proposals.change(paper, "Eins", "Uno"))
    verdicts = [
        Verdict(proposals.edit_id(rejected), Outcome.REJECTED),
        Verdict(proposals.edit_id(referred), Outcome.REFERRED),
    ]
    decisions.decide_edits(
        paper.moderator, version_id=paper.version.id, verdicts=verdicts, reason="An den Hauptausschuss."
    )
    assert [edit.proposal_id for edit in edits_on(publish(paper).id)] == [referred.id]
