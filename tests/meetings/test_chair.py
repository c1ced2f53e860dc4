"""Handing over the chair while a sitting runs."""

from datetime import timedelta

import pytest

from amendments.errors import Conflict, InvalidInput, NotAllowed
from amendments.meetings import queries, services
from amendments.meetings.excluding import exclude
from amendments.web import clock
from tests.factories import committees, documents, proposals
from tests.factories.consultations import planned
from tests.factories.meetings import case, count, events, sitting

pytestmark = pytest.mark.usefixtures("session")


def deputy_of(found, chair=None, **given):
    """Somebody who stands in for the chair, and is there."""
    actor = committees.somebody(found.paper.lead, "deputy")
    given = {"deputy_for": (chair or found.chair).account_id} | given
    committees.membership(found.paper.lead, actor.account_id, "deputy", **given)
    services.come(found.chair, meeting_id=found.meeting.id, account_ids=[actor.account_id])
    return actor


def hand_over(found, to, actor=None):
    services.hand_over_chair(actor or found.chair, meeting_id=found.meeting.id, chair_id=to and to.account_id)


def test_a_deputy_takes_the_chair_and_has_the_casting_vote() -> None:
    found, one = case(("jährlich", "oft"))
    committees.rules(found.paper.lead, tie="chair")
    deputy = deputy_of(found)
    services.leave(found.chair, meeting_id=found.meeting.id, account_id=found.chair.account_id)
    beat = found.meeting.beat
    hand_over(found, deputy)
    assert (found.meeting.chair_id, found.meeting.beat) == (deputy.account_id, beat + 1)
    (event,) = events("meeting:chair")
    ids = {"before_id": str(found.chair.account_id), "chair_id": str(deputy.account_id)}
    assert event.payload == ids | {"meeting_id": str(found.meeting.id)}
    found.call(one)
    assert found.state(one, form="counted", count=count(2, 2), chair_said_yes=True).casting


def test_it_goes_back_and_the_record_keeps_every_hand() -> None:
    found, *_ = case(("jährlich", "oft"))
    deputy = deputy_of(found)
    now = clock.now()
    with clock.stopped(now + timedelta(minutes=5)):
        hand_over(found, deputy)
    with clock.stopped(now + timedelta(minutes=9)):
        hand_over(found, found.chair)
    first, second = queries.chair_changes(found.meeting.id)
    assert (first.before_id, first.chair_id) == (found.chair.account_id, deputy.account_id)
    assert (second.before_id, second.chair_id) == (deputy.account_id, found.chair.account_id)
    assert second.at - first.at == timedelta(minutes=4)
    other, *_ = case(("jährlich", "oft"))
    assert queries.chair_changes(other.meeting.id) == ()


def test_only_who_could_have_chaired_it_at_first_takes_over() -> None:
    found, *_ = case(("jährlich", "oft"))
    chair_id = found.meeting.chair_id
    member = found.members[0]
    others = [None, member, deputy_of(found, member), deputy_of(found, deputy_for=None)]
    for other in others:
        with pytest.raises(InvalidInput, match="Den Vorsitz führt") as refused:
            hand_over(found, other)
        assert refused.value.field == "chair"
    with pytest.raises(Conflict, match="schon den Vorsitz"):
        hand_over(found, found.chair)
    assert (found.meeting.chair_id, events("meeting:chair")) == (chair_id, [])


def test_whoever_takes_over_is_there_and_takes_part_in_what_is_called() -> None:
    found, one = case(("jährlich", "oft"))
    deputy = deputy_of(found)
    found.call(one)
    exclude(
        found.chair,
        document_id=found.paper.document.id,
        account_id=deputy.account_id,
        scope="edits",
        text_id=found.paper.text.id,
        edit_ids=[one],
    )
    found.call(one)
    with pytest.raises(InvalidInput, match="ausgeschlossen"):
        hand_over(found, deputy)
    services.leave(found.chair, meeting_id=found.meeting.id, account_id=deputy.account_id)
    with pytest.raises(InvalidInput, match="nicht als anwesend"):
        hand_over(found, deputy)
    assert found.meeting.chair_id == found.chair.account_id


def test_only_who_runs_the_sitting_hands_it_over_and_only_while_it_runs() -> None:
    found, *_ = case(("jährlich", "oft"))
    deputy = deputy_of(found)
    with pytest.raises(NotAllowed):
        hand_over(found, deputy, found.members[0])
    services.close_meeting(found.chair, meeting_id=found.meeting.id)
    with pytest.raises(Conflict, match="geschlossen"):
        hand_over(found, deputy)


def test_in_a_joint_session_the_chair_of_another_committee_takes_over() -> None:
    board = committees.committee(kind="advisory_board")
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    proposals.change(paper, "jährlich", "oft")
    other = committees.somebody(board, "chair")
    committees.membership(board, other.account_id, "chair")
    found = sitting(paper, committees=(paper.lead, board))
    services.come(found.chair, meeting_id=found.meeting.id, account_ids=[other.account_id])
    hand_over(found, other)
    assert found.meeting.chair_id == other.account_id


def test_a_deputy_may_be_chosen_when_it_is_opened_but_is_not_so_unasked() -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    chair, clerk, deputy = (committees.somebody(paper.lead, role) for role in ("chair", "clerk", "deputy"))
    committees.membership(paper.lead, chair.account_id, "chair")
    committees.membership(paper.lead, deputy.account_id, "deputy", deputy_for=chair.account_id)
    place = queries.consultation_for(clerk, planned(paper, paper.lead).id)
    chairs = queries.chairs_of(place)
    assert [one.account_id for one in chairs] == [chair.account_id, deputy.account_id]
    assert queries.usual_chair(place, chairs, deputy) == chair.account_id
    meeting = services.open_meeting(clerk, consultation_id=place.consultation.id, chair_id=deputy.account_id)
    assert meeting.chair_id == deputy.account_id
