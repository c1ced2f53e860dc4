"""Amendments to an amendment share the fate of its words; nobody's is lost."""

import pytest

from amendments.consensus import queries
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.queries import current_version, load_text
from amendments.proposals.models import Proposal
from amendments.proposals.queries import edits_on, handed_back, wording_base
from tests.consensus.test_publishing import agree, publish, words_of
from tests.factories import documents, proposals
from tests.factories.documents import Paper

pytestmark = pytest.mark.usefixtures("session")


def parent_wording(paper: Paper, parent: Proposal):
    return wording_base(current_version(paper.text.id).id, parent.id)


@pytest.fixture
def twins() -> tuple[Paper, Proposal, Proposal, Proposal]:
    """Two equal wishes and an amendment to the first."""
    paper = documents.paper("Eins zwei drei.", "Vier.")
    first, second = (proposals.change(paper, "zwei", "2") for _ in range(2))
    return paper, first, second, proposals.change(paper, "2", "II", parent_id=first.id)


def test_it_lives_on_when_an_equal_wish_was_agreed_instead_of_its_parent(twins) -> None:
    paper, _, second, child = twins
    agree(paper, second)
    version = publish(paper)
    assert child.state == "open"
    assert [edit.proposal_id for edit in edits_on(version.id)] == [child.id]


def test_it_is_not_void_when_it_came_in_with_an_equal_wish(twins) -> None:
    paper, _, second, child = twins
    agree(paper, second)
    agree(paper, child)
    assert words_of(publish(paper)) == ["Eins II drei.", "Vier."]
    assert child.state == "open"


def test_it_is_handed_back_when_its_parent_was_agreed_in_another_wording() -> None:
    paper = documents.paper("Eins zwei drei.")
    parent = proposals.change(paper, "zwei", "zwei und noch etwas")
    child = proposals.change(paper, "noch", "mehr", parent_id=parent.id)
    decisions.decide_modified(
        paper.moderator,
        version_id=paper.version.id,
        edit_id=proposals.edit_id(parent),
        hunks=proposals.words(paper.words, "zwei", "zwei und noch dies"),
        reason="Kürzer.",
    )
    version = publish(paper)
    assert child.state == "open"
    assert [item.proposal.id for item in handed_back(version.id)] == [child.id]


def test_the_decided_order_of_insertions_into_an_amendment_is_kept_and_read_again() -> None:
    paper = documents.paper("Eins zwei.", "Vier.")
    parent = proposals.change(paper, "zwei", "zwei drei")
    text = parent_wording(paper, parent)
    one, two = (proposals.filed(paper, proposals.insert(text, 0, new), parent_id=parent.id) for new in ("A.", "B."))
    agree(paper, parent)
    agree(paper, two, one, ordered=True)
    assert queries.preview(paper.version.id).composition.waiting == ()
    version = publish(paper)
    assert words_of(version) == ["Eins zwei drei.", "B.", "A.", "Vier."]
    assert queries.redline_between(paper.version.id, version.id).redline.accept() == load_text(version)


def test_it_can_itself_be_amended_once_its_parent_is_in_the_text(twins) -> None:
    paper, first, _, child = twins
    agree(paper, first)
    publish(paper)
    grandchild = proposals.change(paper, "II", "zwo", parent_id=child.id)
    agree(paper, child, grandchild)
    assert words_of(publish(paper)) == ["Eins zwo drei.", "Vier."]


def test_a_rejected_parent_takes_it_along_whatever_was_decided_about_it() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier.")
    parent = proposals.change(paper, "zwei", "2")
    child = proposals.change(paper, "2", "II", parent_id=parent.id)
    agree(paper, child, proposals.change(paper, "Vier", "4"))
    decisions.decide_edits(
        paper.moderator, version_id=paper.version.id, verdicts=[Verdict(proposals.edit_id(parent), Outcome.REJECTED)]
    )
    assert words_of(publish(paper)) == ["Eins zwei drei.", "4."]
    assert child.state == "void"
