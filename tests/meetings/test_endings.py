"""What ends without a vote: referred, withdrawn, taken over; and each undone."""

import pytest

from amendments.decisions.queries import standing_on
from amendments.errors import Conflict, InvalidInput
from amendments.extensions import db
from amendments.meetings import queries, services
from amendments.proposals.models import Proposal
from tests.consensus.publishing import publish
from tests.factories import committees, documents, proposals
from tests.factories.meetings import RIVALS, case, events, outcome, proposal_of, sitting

pytestmark = pytest.mark.usefixtures("session")


def undo(found, ending):
    services.undo_ending(found.chair, meeting_id=found.meeting.id, ending_id=ending.id, reason="Falsch verstanden")


def state_of(edit_id):
    return db.session.get(Proposal, proposal_of(edit_id)).state


def test_what_is_adjourned_comes_back_when_that_was_a_mistake() -> None:
    found, one = case(("jährlich", "oft"))
    item = found.call(one)
    ending = services.adjourn(found.chair, meeting_id=found.meeting.id, item_id=item.id, reason="Es ist spät")
    assert (item.state, ending.kind) == ("done", "adjourned")
    undo(found, ending)
    assert (item.state, found.items) == ("waiting", [("bloc", [one])])
    assert (ending.undone_reason, len(events("meeting:ending_undone"))) == ("Falsch verstanden", 1)
    with pytest.raises(Conflict):
        undo(found, ending)


def refer(found, edit_id, to, reason="Erst soll er sich äußern"):
    return services.refer(
        found.chair,
        meeting_id=found.meeting.id,
        item_id=found.item(edit_id).id,
        committee_id=to and to.id,
        reason=reason,
    )


def test_a_referral_names_the_committee_and_is_a_decision() -> None:
    found, one, two = case(*RIVALS)
    board = committees.committee(name="Beirat für Integration")
    found.call(one)
    for to, reason in ((None, "warum"), (found.paper.lead, "warum"), (board, "")):
        with pytest.raises(InvalidInput):
            refer(found, one, to, reason)
    ending = refer(found, one, board)
    assert (outcome(one), outcome(two)) == ("referred", "referred")
    assert standing_on([one])[one].reason == "An Beirat für Integration verwiesen: Erst soll er sich äußern"
    assert (ending.kind, ending.committee_id) == ("referred", board.id)
    assert [kind for kind, _ in found.items] == ["contested"]
    assert found.item(one).state == "done"


def test_a_referral_is_undone() -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    undo(found, refer(found, one, committees.committee()))
    assert outcome(one) == "reopened"
    found.call(one)
    found.state(one)
    assert outcome(one) == "agreed"


def test_what_was_referred_in_one_sitting_is_on_the_agenda_of_the_next() -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    refer(found, one, committees.committee())
    services.close_meeting(found.chair, meeting_id=found.meeting.id)
    later = sitting(found.paper)
    assert [edits for _, edits in later.items] == [[one]]
    later.call(one)
    refer(later, one, committees.committee(name="Noch einer"))
    assert "Noch einer" in standing_on([one])[one].reason


def withdraw(found, edit_id):
    return services.withdraw(
        found.chair,
        meeting_id=found.meeting.id,
        item_id=found.item(edit_id).id,
        proposal_id=proposal_of(edit_id),
        reason="Mit dem anderen einverstanden",
    )


def test_it_is_stated_that_a_proposal_is_withdrawn_and_the_other_is_voted_on() -> None:
    found, one, two = case(*RIVALS)
    found.call(one)
    ending = withdraw(found, one)
    assert state_of(one) == "withdrawn"
    assert found.item(two).state == "called"
    with pytest.raises(Conflict):
        found.state(one)
    found.state(two)
    assert (outcome(two), found.item(two).state) == ("agreed", "done")
    assert [row.edit_id for row in ending.edits] == [one]


def test_what_was_not_withdrawn_after_all_is_open_again_with_what_fell_with_it() -> None:
    found, one, _ = case(*RIVALS)
    child = proposals.edit_id(proposals.change(found.paper, "klein auf", "Anfang", parent_id=proposal_of(one)))
    found.call(one)
    ending = withdraw(found, one)
    assert (state_of(one), state_of(child)) == ("withdrawn", "void")
    undo(found, ending)
    assert (state_of(one), state_of(child)) == ("open", "open")
    assert len(events("proposal:restored")) == 1
    assert one in {edit for _, edits in found.items for edit in edits}


def test_what_a_version_has_left_behind_does_not_come_back() -> None:
    found, one, free = case(("jährlich", "oft"), ("eng", "gut"))
    services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=one)
    found.call(one)
    ending = withdraw(found, one)
    found.call(free)
    found.state(free)
    publish(found.paper, anyway=True)
    with pytest.raises(Conflict, match="Inzwischen ist Fassung"):
        undo(found, ending)
    assert state_of(one) == "withdrawn"


def take(found, edit_id, by=None, **given):
    return services.take_over(
        found.chair,
        meeting_id=found.meeting.id,
        item_id=found.item(edit_id).id,
        put=found.put(edit_id, **given),
        by_proposal_id=by,
    )


def test_the_committee_in_charge_takes_it_over_without_a_vote() -> None:
    found, one, two = case(*RIVALS)
    found.call(one)
    ending = take(found, two, settled=(one,))
    decision = standing_on([two])[two]
    assert (decision.outcome, decision.vote_kind, outcome(one)) == ("agreed", "none", "settled")
    assert decision.reason == f"Übernommen: {found.paper.lead.name}"
    assert (found.item(two).state, queries.ballots_of(found.meeting.id)) == ("done", ())
    undo(found, ending)
    assert (outcome(one), outcome(two)) == ("reopened", "reopened")


def test_it_changes_the_text_and_so_needs_a_quorum_and_the_words_that_were_shown() -> None:
    lead = committees.committee(kind="committee", legal_number=13)
    paper = documents.paper(lead=lead)
    edit = proposals.edit_id(proposals.change(paper, "jährlich", "oft"))
    found = sitting(paper)
    found.call(edit)
    with pytest.raises(InvalidInput, match="nicht beschlussfähig"):
        take(found, edit)
    assert outcome(edit) is None


def test_whoever_put_a_rival_takes_the_wish_over_and_only_that_is_voted_on() -> None:
    found, one, two = case(*RIVALS)
    found.call(one)
    ending = take(found, two, by=proposal_of(one))
    assert (state_of(one), outcome(two)) == ("withdrawn", None)
    assert ending.reason == "Ä 1 übernimmt Ä 2"
    found.state(two)
    assert outcome(two) == "agreed"


def test_a_rival_with_other_passages_is_not_taken_back_here() -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    base = paper.words
    both = proposals.filed(paper, proposals.words(base, "Anfang an", "klein auf"), proposals.words(base, "eng", "gut"))
    rival = proposals.edit_id(proposals.change(paper, "von Anfang an", "früh"))
    found = sitting(paper)
    found.call(rival)
    with pytest.raises(Conflict, match="noch andere Textstellen"):
        take(found, rival, by=both.id)


def test_whoever_put_the_amended_proposal_takes_the_amendment_over() -> None:
    found, one = case(("jährlich", "oft"))
    parent = proposal_of(one)
    child = proposals.edit_id(proposals.change(found.paper, "oft", "sehr oft", parent_id=parent))
    found.call(one)
    found.call(child)
    take(found, child, by=parent)
    assert standing_on([child])[child].reason == "Übernommen: Ä 1"
    assert (outcome(child), state_of(one)) == ("agreed", "open")
