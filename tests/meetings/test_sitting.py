"""A sitting from opening to closing, through the services."""

import pytest

from amendments.consensus.queries import preview
from amendments.decisions.queries import standing_on
from amendments.documents.models import DocumentParticipant
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.extensions import db
from amendments.meetings import queries, services
from amendments.meetings.rules import BallotForm
from amendments.proposals.services import take_position
from tests.factories import committees, documents, people, proposals
from tests.factories.consultations import planned
from tests.factories.meetings import RIVALS, Sitting, case, count, events, outcome, sitting

pytestmark = pytest.mark.usefixtures("session")


def test_the_agenda_builds_itself() -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    far = proposals.edit_id(proposals.change(paper, "den Spracherwerb von Anfang an", "alle"))
    near = proposals.edit_id(proposals.change(paper, "Anfang an", "klein auf"))
    free = proposals.edit_id(proposals.change(paper, "jährlich", "oft"))
    objected = proposals.edit_id(proposals.change(paper, "eng", "gut"))
    take_position(paper.member, edit_id=objected, stance="objection", reason="Nein.")
    assert sitting(paper).items == [("bloc", [free]), ("contested", [far, near]), ("single", [objected])]


def test_the_further_reaching_one_is_first_and_says_why() -> None:
    found, near, far = case(("Anfang an", "klein auf"), ("den Spracherwerb von Anfang an", "alle"))
    (row,) = queries.items_of(found.meeting.id)
    assert [(edit.edit_id, edit.reason) for edit in row.edits] == [(far, "scope"), (near, "")]


def test_the_bloc_is_adopted_at_once_by_the_committee_in_the_step() -> None:
    found, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    found.call(one)
    ballot = found.state(one, two, form="without_objection")
    assert (outcome(one), outcome(two), ballot.present, ballot.number) == ("agreed", "agreed", 4, 1)
    decision = standing_on([one])[one]
    assert (decision.consultation_id, decision.vote_kind) == (found.step.id, "without_objection")
    assert {edit.edit_id for edit in queries.ballots_of(found.meeting.id)[0].edits} == {one, two}
    assert preview(found.paper.version.id).hash == ballot.wording_hash


def test_whoever_sits_there_pulls_one_out_of_the_bloc() -> None:
    found, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=two)
    assert found.items == [("bloc", [one]), ("single", [two])]
    with pytest.raises(NotFound):
        services.pull_out(found.paper.member, meeting_id=found.meeting.id, edit_id=one)


def test_also_while_the_bloc_is_called() -> None:
    found, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    found.call(one)
    services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=two)
    found.state(one, form="without_objection")
    assert (outcome(one), outcome(two)) == ("agreed", None)
    assert found.items[1:] == [("single", [two])]


def test_adopting_one_disposes_of_its_rivals_and_undoing_brings_them_back() -> None:
    found, one, two = case(*RIVALS)
    found.call(one)
    ballot = found.state(two, form="counted", count=count(3, 1), settled=[one])
    assert (outcome(two), outcome(one)) == ("agreed", "settled")
    assert found.items[0][0] == "contested"
    services.undo_ballot(found.chair, meeting_id=found.meeting.id, ballot_id=ballot.id, reason="Falsch gezählt")
    assert (outcome(one), outcome(two)) == ("reopened", "reopened")
    assert [kind for kind, _ in found.items] == ["contested"]
    assert ballot.undone_reason == "Falsch gezählt"
    with pytest.raises(Conflict):
        services.undo_ballot(found.chair, meeting_id=found.meeting.id, ballot_id=ballot.id, reason="Noch einmal")


def test_a_rejected_wish_leaves_the_next_to_be_voted_on() -> None:
    found, one, two = case(*RIVALS)
    found.call(one)
    found.state(two, carried=False, form="counted", count=count(1, 3))
    assert (outcome(two), outcome(one)) == ("rejected", None)
    found.state(one, form="named", names={actor.account_id: "yes" for actor in (found.chair, *found.members)})
    assert outcome(one) == "agreed"
    ballot = queries.ballots_of(found.meeting.id)[1]
    assert (ballot.yes, {name.choice for name in ballot.names}) == (4, {"yes"})


def test_secret_votes_keep_totals_and_no_names() -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    ballot = found.state(one, form="secret", count=count(2, 1, 0, 1))
    assert (ballot.yes, ballot.invalid, ballot.names) == (2, 1, [])


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"form": "counted", "count": count(5, 0)}, InvalidInput),
        ({"form": "counted", "count": count(2, 2)}, InvalidInput),
        ({"form": "counted"}, InvalidInput),
        ({"form": "named", "names": {}}, InvalidInput),
        ({"form": "shouted"}, InvalidInput),
        ({"wording": "0" * 64}, Conflict),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_written(given, error) -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    with pytest.raises(error):
        found.state(one, **given)
    assert outcome(one) is None
    assert queries.ballots_of(found.meeting.id) == ()


def test_without_a_quorum_nothing_is_decided() -> None:
    lead = committees.committee(kind="committee", legal_number=13)
    paper = documents.paper(lead=lead)
    edit = proposals.edit_id(proposals.change(paper, "jährlich", "oft"))
    found = sitting(paper, members=5)
    found.call(edit)
    with pytest.raises(InvalidInput, match="nicht beschlussfähig"):
        found.state(edit)
    more = sitting_member(lead)
    services.come(found.chair, meeting_id=found.meeting.id, account_ids=[more])
    assert found.state(edit).present == 7


def sitting_member(committee):
    row = people.account()
    committees.membership(committee, row.id, "member")
    return row.id


def test_who_leaves_does_not_count_any_more() -> None:
    found, one = case(("jährlich", "oft"))
    for actor in found.members:
        services.leave(found.chair, meeting_id=found.meeting.id, account_id=actor.account_id)
    found.call(one)
    with pytest.raises(InvalidInput, match="mehr Stimmen als Anwesende"):
        found.state(one, form="counted", count=count(2, 0))
    assert found.state(one, form="counted", count=count(1, 0)).present == 1


def test_only_the_called_item_is_voted_on() -> None:
    found, one, _, free = case(*RIVALS, ("jährlich", "oft"))
    found.call(free)
    with pytest.raises(Conflict):
        found.state(one)


def test_an_item_is_decided_once_whoever_states_it() -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    item = found.item(one)
    found.state(one)
    with pytest.raises(Conflict):
        services.state_result(
            found.paper.moderator,
            meeting_id=found.meeting.id,
            item_id=item.id,
            put=services.Put([one], {one: None}, "0" * 64),
            carried=False,
            form=BallotForm.MAJORITY,
        )
    assert outcome(one) == "agreed"


def test_to_call_out_of_order_needs_a_reason() -> None:
    found, one, *_ = case(*RIVALS, ("jährlich", "oft"))
    with pytest.raises(InvalidInput):
        found.call(one, reason="")
    item = found.call(one, reason="Der Gast muss gehen")
    assert (item.number, item.order_reason) == (1, "Der Gast muss gehen")
    assert [event.payload["out_of_order"] for event in events("meeting:called")] == [True]


def test_what_is_adjourned_stays_open_for_another_sitting() -> None:
    found, one = case(("jährlich", "oft"))
    item = found.call(one)
    services.adjourn(found.chair, meeting_id=found.meeting.id, item_id=item.id, reason="Es ist spät")
    assert outcome(one) is None
    assert found.items == [("bloc", [one])]


def test_another_committee_decides_for_itself() -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    board = committees.committee(kind="advisory_board")
    edit = proposals.edit_id(proposals.change(paper, "jährlich", "oft"))
    chair = committees.somebody(board, "chair")
    committees.membership(board, chair.account_id, "chair")
    paper.document.participants.append(DocumentParticipant(document_id=paper.document.id, committee_id=board.id))
    db.session.flush()
    step = planned(paper, board)
    meeting = services.open_meeting(chair, consultation_id=step.id)
    services.come(chair, meeting_id=meeting.id, account_ids=[chair.account_id])
    found = Sitting(paper, step, meeting, chair, ())
    found.call(edit)
    found.state(edit, carried=False)
    assert (outcome(edit, board.id), outcome(edit)) == ("rejected", None)


def test_closing_ends_everything() -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    services.close_meeting(found.chair, meeting_id=found.meeting.id)
    assert [event.payload["undecided"] for event in events("meeting:closed")] == [1]
    assert all(row.left_at is not None for row in queries.attendances(found.meeting.id))
    with pytest.raises(Conflict):
        found.call(one)


def test_only_who_runs_it_may(session) -> None:
    found, one = case(("jährlich", "oft"))
    for verb in (
        lambda: services.call_item(found.members[0], meeting_id=found.meeting.id, item_id=found.item(one).id),
        lambda: services.close_meeting(found.members[0], meeting_id=found.meeting.id),
        lambda: services.open_meeting(found.members[0], consultation_id=found.step.id),
    ):
        with pytest.raises(NotAllowed):
            verb()
    with pytest.raises(Conflict):
        services.open_meeting(found.chair, consultation_id=found.step.id)


def test_every_change_moves_the_beat() -> None:
    found, one = case(("jährlich", "oft"))
    before = found.meeting.beat
    found.call(one)
    found.state(one)
    assert found.meeting.beat == before + 2
