"""What a version handed back is filed anew as the same wish: the two name each other, and the old one is done with."""

import pytest

from amendments.decisions.queries import stage_states
from amendments.documents.queries import current_version, load_text
from amendments.errors import Conflict, NotAllowed
from amendments.proposals.models import Proposal
from amendments.proposals.queries import handed_back, history_of, resumed_by, successors_of
from amendments.proposals.services import submit_draft, withdraw_proposal
from tests.consensus.publishing import agree, publish
from tests.factories import committees, documents, proposals
from tests.factories.documents import Paper

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def returned() -> tuple[Paper, Proposal]:
    """A proposal whose passage the second version has changed."""
    paper = documents.paper("Eins zwei drei.", "Vier.")
    older = proposals.change(paper, "zwei drei", "2 3")
    agree(paper, proposals.change(paper, "drei", "III"))
    publish(paper)
    return paper, older


def anew(paper: Paper, older: Proposal, **given) -> Proposal:
    return proposals.change(paper, "zwei III", "2 3", resumes_edit_id=proposals.edit_id(older), **given)


def state(proposal: Proposal) -> str:
    return stage_states([proposal.id])[proposal.id]


def test_it_is_handed_back_until_it_is_filed_anew(returned) -> None:
    paper, older = returned
    assert state(older) == "handed_back"
    newer = anew(paper, older)
    assert (state(older), state(newer)) == ("resumed", "open")
    assert successors_of([proposals.edit_id(older)]) == {proposals.edit_id(older): newer}


def test_the_record_of_both_names_the_filing(returned) -> None:
    paper, older = returned
    newer = anew(paper, older)
    assert history_of(older.id)[-1] == history_of(newer.id)[-1]


def test_a_draft_keeps_what_it_takes_up_and_counts_when_it_is_filed(returned) -> None:
    paper, older = returned
    draft = anew(paper, older, draft=True)
    assert (state(older), resumed_by(draft.id)) == ("handed_back", proposals.edit_id(older))
    submit_draft(paper.member, proposal_id=draft.id)
    assert state(older) == "resumed"


def test_it_waits_again_when_its_successor_is_withdrawn(returned) -> None:
    paper, older = returned
    withdraw_proposal(paper.member, proposal_id=anew(paper, older).id)
    assert state(older) == "handed_back"


def test_it_is_filed_anew_once(returned) -> None:
    paper, older = returned
    anew(paper, older)
    with pytest.raises(Conflict):
        anew(paper, older)


def test_what_was_not_handed_back_is_not_filed_anew(returned) -> None:
    paper, _ = returned
    living = proposals.change(paper, "Vier", "4")
    with pytest.raises(Conflict):
        anew(paper, living)


def test_nobody_files_anew_for_another(returned) -> None:
    paper, older = returned
    with pytest.raises(NotAllowed):
        anew(paper, older, actor=committees.somebody(paper.participant))


def test_what_waits_is_shown_with_every_later_version_and_what_is_done_is_not(returned) -> None:
    paper, older = returned
    waiting = proposals.change(paper, "zwei III", "2")
    agree(paper, proposals.change(paper, "III", "drei"))
    version = publish(paper)
    assert [item.proposal.id for item in handed_back(version.id)] == [older.id, waiting.id]
    words = proposals.words(load_text(current_version(paper.text.id)), "zwei drei", "2 3")
    proposals.filed(paper, words, resumes_edit_id=proposals.edit_id(older))
    assert [item.proposal.id for item in handed_back(version.id)] == [waiting.id]
    withdraw_proposal(paper.member, proposal_id=waiting.id)
    assert handed_back(version.id) == ()
