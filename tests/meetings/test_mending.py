"""A sitting opened on the wrong day, closed too early, or entered with the wrong invitation."""

from datetime import UTC, datetime, timedelta

import pytest

from amendments.errors import Conflict, InvalidInput, NotAllowed
from amendments.meetings import queries, services
from amendments.people.models import Account
from amendments.web import clock
from tests.factories import committees, documents
from tests.factories.consultations import noted, planned
from tests.factories.meetings import case, count, events
from tests.workplaces.pages import body

pytestmark = pytest.mark.usefixtures("session")


def here(found):
    return {row.account_id for row in queries.attendances(found.meeting.id) if row.left_at is None}


def reopen(found, reason="Zu früh gedrückt", actor=None):
    services.reopen_meeting(actor or found.chair, meeting_id=found.meeting.id, reason=reason)


def test_opening_on_another_day_asks_once_more() -> None:
    paper = documents.paper()
    chair = committees.somebody(paper.lead, "chair")
    step = planned(paper, paper.lead, day=clock.today() + timedelta(days=9))
    with pytest.raises(InvalidInput, match="Soll sie heute stattfinden") as refused:
        services.open_meeting(chair, consultation_id=step.id)
    assert (refused.value.field, queries.held(step.id)) == ("other_day", None)
    assert services.open_meeting(chair, consultation_id=step.id, other_day=True).closed_at is None
    undated = planned(paper, paper.lead, day=None)
    assert services.open_meeting(chair, consultation_id=undated.id).closed_at is None


def test_a_sitting_that_was_closed_goes_on_as_it_stood() -> None:
    found, one = case(("jährlich", "oft"))
    with pytest.raises(Conflict, match="nicht geschlossen"):
        reopen(found)
    services.leave(found.chair, meeting_id=found.meeting.id, account_id=found.members[0].account_id)
    there = here(found)
    later = clock.now() + timedelta(minutes=5)
    with clock.stopped(later):
        services.close_meeting(found.chair, meeting_id=found.meeting.id)
    with pytest.raises(InvalidInput, match="warum"):
        reopen(found, " ")
    with pytest.raises(NotAllowed):
        reopen(found, actor=found.members[0])
    reopen(found)
    assert (found.meeting.closed_at, here(found)) == (None, there)
    assert [event.payload["reason"] for event in events("meeting:reopened")] == ["Zu früh gedrückt"]
    found.call(one)
    found.state(one)


def test_it_stays_closed_once_the_result_stands_and_the_day_is_over() -> None:
    found, _one = case(("jährlich", "oft"))
    services.close_meeting(found.chair, meeting_id=found.meeting.id)
    noted(found.paper, found.step)
    with clock.stopped(clock.now() + timedelta(days=1)), pytest.raises(Conflict, match="früheren Tag"):
        reopen(found)
    found.step.result = None
    with clock.stopped(clock.now() + timedelta(days=1)):
        reopen(found)


def test_on_another_day_nobody_is_taken_to_be_there(client, session) -> None:
    evening = datetime(2011, 3, 26, 20, 0, tzinfo=UTC)
    with clock.stopped(evening):
        found, one = case(("jährlich", "oft"))
        services.close_meeting(found.chair, meeting_id=found.meeting.id)
    with clock.stopped(evening + timedelta(hours=2, minutes=59)):
        reopen(found)
        assert len(here(found)) == 4
        services.close_meeting(found.chair, meeting_id=found.meeting.id)
    with clock.stopped(evening + timedelta(hours=3)):
        reopen(found, "Fortsetzung")
        assert here(found) == set()
        found.call(one)
        with pytest.raises(InvalidInput, match="niemand anwesend"):
            found.state(one)
        services.come(found.chair, meeting_id=found.meeting.id, account_ids=[found.chair.account_id])
        assert found.state(one, form="counted", count=count(1, 0)).present == 1
        session.commit()
        page = body(client.sign_in(session.get(Account, found.chair.account_id)).get(f"/meetings/{found.meeting.id}"))
        assert "1 stimmberechtigtes Mitglied anwesend" in page


def test_the_invitation_is_mended_until_somebody_has_voted() -> None:
    found, one = case(("jährlich", "oft"))
    mend = lambda again: services.correct_invitation(  # noqa: E731
        found.chair, meeting_id=found.meeting.id, second_invitation=again
    )
    mend(True)
    assert found.meeting.second_invitation
    assert len(events("meeting:invitation")) == 1
    found.call(one)
    ballot = found.state(one)
    with pytest.raises(Conflict, match="schon abgestimmt"):
        mend(False)
    services.undo_ballot(found.chair, meeting_id=found.meeting.id, ballot_id=ballot.id, reason="Verlesen")
    mend(False)
    assert not found.meeting.second_invitation


@pytest.mark.one_engine
def test_the_pages_offer_it_to_whoever_runs_it(client, session) -> None:
    found, _one = case(("jährlich", "oft"))
    tomorrow = planned(found.paper, found.paper.lead, day=clock.today() + timedelta(days=1))
    session.commit()
    chair = client.sign_in(session.get(Account, found.chair.account_id))
    assert "Die Sitzung findet heute statt, nicht am" in body(chair.get(f"/consultations/{tomorrow.id}"))
    assert "Soll sie heute stattfinden" in chair.send(f"/consultations/{tomorrow.id}/open").text
    page, step = f"/meetings/{found.meeting.id}", f"/consultations/{found.step.id}"
    assert "Einladung berichtigen" in body(chair.get(page))
    assert chair.send(f"{page}/invitation", {"second_invitation": "1"}).status_code == 303
    assert "zum zweiten Mal einberufen" in body(chair.get(page))
    assert chair.send(f"{page}/close").status_code == 303
    assert "Sitzung wieder öffnen" in body(chair.get(step))
    assert chair.send(f"{page}/reopen", {"reason": "Zu früh"}).status_code == 303
    assert "Sitzung wieder öffnen" not in body(chair.get(page))
    member = client.sign_in(session.get(Account, found.members[0].account_id))
    assert "Einladung berichtigen" not in body(member.get(page))


@pytest.mark.one_engine
def test_the_pages_do_not_offer_what_would_be_refused(client, session) -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    ballot = found.state(one)
    session.commit()
    chair = client.sign_in(session.get(Account, found.chair.account_id))
    pages = f"/meetings/{found.meeting.id}", f"/consultations/{found.step.id}"
    for address in pages:
        assert "Einladung berichtigen" not in body(chair.get(address))
    services.undo_ballot(found.chair, meeting_id=found.meeting.id, ballot_id=ballot.id, reason="Verlesen")
    session.commit()
    for address in pages:
        assert "Einladung berichtigen" in body(chair.get(address))
    services.close_meeting(found.chair, meeting_id=found.meeting.id)
    noted(found.paper, found.step)
    session.commit()
    for address in pages:
        assert "gilt wieder als anwesend" in body(chair.get(address))
    found.meeting.opened_at -= timedelta(days=1)
    found.meeting.closed_at -= timedelta(days=1)
    session.commit()
    for address in pages:
        assert "Sitzung wieder öffnen" not in body(chair.get(address))
