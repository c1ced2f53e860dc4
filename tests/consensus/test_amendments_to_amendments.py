"""Amendments to an amendment share the fate of its words; nobody's is lost."""

import pytest

from amendments import text as engine
from amendments.consensus import queries
from amendments.consensus.rules import View
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.models import Version
from amendments.documents.queries import current_version, load_text
from amendments.extensions import db
from amendments.proposals.models import Proposal
from amendments.proposals.queries import edits_on, handed_back, wording_base
from tests.consensus.publishing import agree, publish, words_of
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


def test_an_order_decided_elsewhere_in_the_text_does_not_keep_it_out() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier.")
    parent = proposals.change(paper, "zwei", "2")
    child = proposals.change(paper, "2", "II", parent_id=parent.id)
    one, two = (proposals.filed(paper, proposals.insert(paper.words, 1, new)) for new in ("A.", "B."))
    agree(paper, parent, child)
    agree(paper, two, one, ordered=True)
    assert words_of(publish(paper)) == ["Eins II drei.", "Vier.", "B.", "A."]


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


def family():
    paper = documents.paper("Der Beirat berichtet jährlich über seine Arbeit.", "Zwei.")
    parent = proposals.change(paper, "jährlich", "alle zwei Jahre")
    return paper, parent, proposals.change(paper, "zwei", "drei", parent_id=parent.id)


def test_parent_and_child_agreed_together_come_in_two_steps_of_one_publication() -> None:
    paper, parent, child = family()
    agree(paper, parent, child, proposals.change(paper, "Arbeit", "Tätigkeit"))
    version = publish(paper)
    assert words_of(version)[0] == "Der Beirat berichtet alle drei Jahre über seine Tätigkeit."
    assert version.number == 2
    parent_version = db.session.get(Version, version.parent_id)
    assert (parent_version.role, parent_version.number, parent_version.parent_id) == (
        "snapshot",
        None,
        paper.version.id,
    )
    found = queries.redline_between(paper.version.id, version.id)
    assert [p.text for p in found.redline.accept()] == words_of(version)
    assert {source.proposal.number for source in found.sources.values()} == {1, 2, 3}


def test_a_child_of_an_adopted_parent_is_carried_over_like_any_other() -> None:
    paper, parent, child = family()
    agree(paper, parent)
    version = publish(paper)
    (live,) = edits_on(version.id)
    assert (live.proposal_id, live.parent_id, live.carried) == (child.id, None, True)
    agree(paper, child)
    assert words_of(publish(paper))[0] == "Der Beirat berichtet alle drei Jahre über seine Arbeit."


def test_a_child_of_a_rejected_parent_is_void() -> None:
    paper, parent, child = family()
    agree(paper, proposals.change(paper, "Zwei.", "2."))
    decisions.decide_edits(
        paper.moderator, version_id=paper.version.id, verdicts=[Verdict(proposals.edit_id(parent), Outcome.REJECTED)]
    )
    publish(paper)
    assert child.state == "void"


def test_a_child_of_an_open_parent_stays_its_child() -> None:
    paper, parent, child = family()
    agree(paper, proposals.change(paper, "Zwei.", "2."), proposals.change(paper, "Arbeit", "Tätigkeit"))
    version = publish(paper)
    live = {edit.proposal_id: edit for edit in edits_on(version.id)}
    assert live[child.id].parent_id == parent.id
    wording = wording_base(version.id, parent.id)
    assert (
        engine.apply(wording, [live[child.id].edit])[0].text
        == "Der Beirat berichtet alle drei Jahre über seine Tätigkeit."
    )


def test_a_child_agreed_alone_waits_for_its_parent() -> None:
    paper, _, child = family()
    agree(paper, child)
    shown = queries.consensus_text(paper.version.id, View.AGREED)
    assert (shown.hash, shown.waiting) == (paper.version.hash, (proposals.edit_id(child),))


def test_a_child_agreed_alone_is_not_lost_when_something_else_is_published() -> None:
    paper, parent, child = family()
    agree(paper, child, proposals.change(paper, "Zwei.", "2."))
    version = publish(paper)
    assert {edit.proposal_id for edit in edits_on(version.id)} == {parent.id, child.id}
    agree(paper, parent)
    assert words_of(publish(paper))[0] == "Der Beirat berichtet alle drei Jahre über seine Arbeit."
