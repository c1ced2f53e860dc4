"""A sitting at bad moments: versions that appear, midnight, clocks put back, a role that ends (issue: bad input)."""

from datetime import UTC, datetime, timedelta

import pytest

from amendments.committees.models import Membership
from amendments.documents.queries import current_version
from amendments.errors import Conflict, InvalidInput
from amendments.extensions import db
from amendments.meetings import queries, services
from amendments.people.models import Account
from amendments.web import clock
from amendments.web.actor import Seat
from tests.consensus.publishing import publish
from tests.factories import committees, documents, people, proposals
from tests.factories.meetings import RIVALS, case, outcome, sitting
from tests.workplaces.pages import body, sent

pytestmark = pytest.mark.usefixtures("session")


def url(found, rest=""):
    return f"/meetings/{found.meeting.id}{rest}"


# --- a version appears


def test_a_version_that_appears_during_a_vote_has_the_item_called_again_with_its_words() -> None:
    found, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=two)
    found.call(one)
    found.state(one)
    item = found.call(two)
    number = item.number
    publish(found.paper, anyway=True)
    assert (item.state, item.number) == ("waiting", number)
    with pytest.raises(Conflict, match="nicht aufgerufen"):
        found.state(two)
    found.call(two)
    found.state(two)
    assert (outcome(two), item.version_id) == ("agreed", current_version(found.paper.text.id).id)


def test_between_items_the_agenda_goes_on_with_the_new_version_and_loses_nothing() -> None:
    found, one, *rivals = case(("jährlich", "oft"), *RIVALS)
    found.call(one)
    found.state(one)
    before = found.meeting.beat
    publish(found.paper, anyway=True)
    assert found.meeting.beat == before + 1
    item = found.item(rivals[0])
    assert item.version_id == current_version(found.paper.text.id).id
    assert {edit.edit_id for edit in item.edits} == set(rivals)
    found.call(rivals[0])
    found.state(rivals[1], settled=[rivals[0]])
    assert outcome(rivals[1]) == "agreed"


def test_a_result_that_has_become_a_version_is_not_taken_back() -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    ballot = found.state(one)
    publish(found.paper, anyway=True)
    with pytest.raises(Conflict, match="Inzwischen ist Fassung"):
        services.undo_ballot(found.chair, meeting_id=found.meeting.id, ballot_id=ballot.id, reason="Verzählt")
    assert outcome(one) == "agreed"


# --- midnight, and the night in which clocks are put back


def held(client, *moments):
    """A sitting in which something happens at each moment: opened and attended, left, a result, closed."""
    opened, gone, stated, closed = moments
    with clock.stopped(opened):
        found, one = case(("jährlich", "oft"))
    with clock.stopped(gone):
        services.leave(found.chair, meeting_id=found.meeting.id, account_id=found.members[0].account_id)
    with clock.stopped(stated):
        found.call(one)
        found.state(one)
    with clock.stopped(closed):
        services.close_meeting(found.chair, meeting_id=found.meeting.id)
        db.session.commit()
        chair = client.sign_in(db.session.get(Account, found.chair.account_id))
        return found, body(chair.get(url(found, "/minutes")))


def test_a_sitting_that_crosses_midnight_is_minuted_by_the_clock_on_the_wall(client) -> None:
    evening = datetime(2011, 11, 22, 18, 30, tzinfo=UTC)
    found, page = held(client, evening, evening + timedelta(hours=4), *2 * [evening + timedelta(hours=5)])
    assert "22. November 2011, 19:30" in page
    assert f"{found.members[0].name}, {found.paper.lead.name}: 22. November 2011, 19:30 – 23:30" in page
    assert page.count("23. November 2011, 00:30") >= 2
    assert "<h2>Abwesend</h2>" not in page


def test_who_sat_down_before_midnight_still_sits_there_after_it() -> None:
    evening = datetime(2011, 11, 22, 22, 30, tzinfo=UTC)
    with clock.stopped(evening):
        found, one = case(("jährlich", "oft"))
        db.session.query(Membership).filter_by(account_id=found.members[0].account_id).update(
            {"valid_to": clock.today()}
        )
    with clock.stopped(evening + timedelta(hours=2)):
        present = [one.account_id for one in queries.seated(place(found)) if one.attendance is not None]
        found.call(one)
        assert found.members[0].account_id in present
        names = dict.fromkeys(present, "yes")
        assert found.state(one, form="named", names=names).yes == 4


def place(found):
    return queries.meeting_for(found.chair, found.meeting.id)


def test_an_hour_that_comes_twice_says_which_one_it_is(client) -> None:
    """On 30 October 2011 clocks were put back from three to two."""
    first = datetime(2011, 10, 29, 22, 0, tzinfo=UTC)
    found, page = held(
        client, first, *(datetime(2011, 10, 30, hour, 15, tzinfo=UTC) for hour in (0, 1)), first + timedelta(hours=6)
    )
    assert "30. Oktober 2011, 00:00" in page
    assert "30. Oktober 2011, 02:15 (Sommerzeit)" in page
    assert "30. Oktober 2011, 02:15 (Winterzeit)" in page
    assert "30. Oktober 2011, 05:00" in page
    assert found.meeting.closed_at - found.meeting.opened_at == timedelta(hours=6)


def test_an_hour_that_is_left_out_is_never_shown(client) -> None:
    """On 27 March 2011 clocks were put forward from two to three."""
    first = datetime(2011, 3, 27, 0, 30, tzinfo=UTC)
    _, page = held(client, first, *3 * [first + timedelta(minutes=45)])
    assert "27. März 2011, 01:30" in page
    assert "27. März 2011, 03:15" in page


def test_times_left_as_they_were_shown_stay_what_they_are(client) -> None:
    opened = datetime(2011, 10, 30, 1, 15, 30, tzinfo=UTC)
    with clock.stopped(opened):
        found, _ = case(("jährlich", "oft"))
        db.session.commit()
        chair = client.sign_in(db.session.get(Account, found.chair.account_id))
        form = sent(body(chair.get(url(found, "/minutes/write"))))
        assert form["begins"] == "2011-10-30T02:15"
        assert chair.send(url(found, "/minutes/write"), form | {"place": "Saal"}).status_code == 303
        assert "30. Oktober 2011, 02:15 (Winterzeit)" in body(chair.get(url(found, "/minutes")))
        form = sent(body(chair.get(url(found, "/minutes/write"))))
        changed = form | {"begins": "2011-10-30T01:00"}
        assert chair.send(url(found, "/minutes/write"), changed).status_code == 303
        assert queries.written_minutes(found.meeting.id).begins.astimezone(UTC).hour == 23


# --- a role that ends


def test_who_has_lost_the_role_is_told_and_keeps_the_words(client) -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    db.session.commit()
    chair = client.sign_in(db.session.get(Account, found.chair.account_id))
    action = url(found, f"/items/{found.item(one).id}/result")
    form = sent(body(chair.get(url(found))), action)
    account_id = found.chair.account_id
    db.session.query(Membership).filter_by(account_id=account_id).update({"role": "member"})
    db.session.commit()
    answer = chair.send(action, form | {"form": "unanimous", "outcome": "carried", "reason": "Nach langer Aussprache"})
    assert answer.status_code == 403
    assert "Nach langer Aussprache" in body(answer)
    db.session.query(Membership).filter_by(account_id=account_id).delete()
    db.session.commit()
    gone = chair.send(action, form | {"form": "unanimous", "outcome": "carried", "reason": "Nach langer Aussprache"})
    assert gone.status_code == 404
    assert "Nach langer Aussprache" in body(gone)
    assert outcome(one) is None


def test_without_a_quorum_the_page_says_so_and_a_result_is_refused(client) -> None:
    lead = committees.committee(kind="committee", legal_number=13)
    paper = documents.paper(lead=lead)
    edit = proposals.edit_id(proposals.change(paper, "jährlich", "oft"))
    found = sitting(paper)
    found.call(edit)
    with pytest.raises(InvalidInput, match="nötig sind 7"):
        found.state(edit)
    db.session.commit()
    chair = client.sign_in(db.session.get(Account, found.chair.account_id))
    assert "Das Gremium ist nicht beschlussfähig" in body(chair.get(url(found)))


def test_in_a_joint_sitting_the_committee_in_charge_has_its_own_quorum() -> None:
    """It decides; however many of another committee are there do not make it quorate."""
    lead, other = (committees.committee(kind="committee", legal_number=5) for _ in range(2))
    paper = documents.paper(lead=lead)
    edit = proposals.edit_id(proposals.change(paper, "jährlich", "oft"))
    found = sitting(paper, members=1, committees=(lead, other))
    guests = [people.actor(Seat(other.id, "member")) for _ in range(4)]
    for guest in guests:
        committees.membership(other, guest.account_id, "member")
    services.come(found.chair, meeting_id=found.meeting.id, account_ids=[one.account_id for one in guests])
    found.call(edit)
    with pytest.raises(InvalidInput, match="Von ihm sind 2 stimmberechtigte Mitglieder anwesend, nötig sind 3"):
        found.state(edit)
    third = people.actor(Seat(lead.id, "member"))
    committees.membership(lead, third.account_id, "member")
    services.come(found.chair, meeting_id=found.meeting.id, account_ids=[third.account_id])
    assert found.state(edit).present == 7
    services.leave(found.chair, meeting_id=found.meeting.id, account_id=third.account_id)
    assert (queries.room_of(place(found)).present, queries.room_of(place(found)).in_charge) == (6, 2)
