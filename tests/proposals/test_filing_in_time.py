"""Filing opens and closes by step and committee; what comes late is kept and says so."""

from datetime import UTC, datetime, timedelta

import pytest

from amendments.errors import Conflict
from amendments.proposals import services
from amendments.web import clock
from tests.factories import committees, consultations, documents, proposals

pytestmark = pytest.mark.usefixtures("session")

EVENING = datetime(2011, 11, 22, 18, 0, tzinfo=UTC)


def hours(number: float) -> datetime:
    return EVENING + timedelta(hours=number)


@pytest.fixture(autouse=True)
def _evening():
    with clock.stopped(EVENING):
        yield


def asked(paper, *sitting, opens=None, closes=None):
    return consultations.planned(paper, *sitting, asks=True, filing_opens=opens, filing_closes=closes)


def filed(paper, **given):
    return proposals.change(paper, "jährlich", "oft", **given)


def test_without_a_window_it_belongs_to_no_step() -> None:
    proposal = filed(documents.paper())
    assert (proposal.consultation_id, proposal.late) == (None, False)


def test_in_time_it_belongs_to_the_step() -> None:
    paper = documents.paper()
    row = asked(paper, opens=hours(-1), closes=hours(1))
    proposal = filed(paper)
    assert (proposal.consultation_id, proposal.late) == (row.id, False)


def test_the_last_second_is_the_one_before_the_deadline() -> None:
    paper = documents.paper()
    asked(paper, closes=hours(0))
    assert filed(paper).late
    with clock.stopped(hours(0) - timedelta(seconds=1)):
        assert not proposals.change(paper, "eng", "gut").late


def test_what_comes_late_is_kept_and_marked() -> None:
    paper = documents.paper()
    row = asked(paper, closes=hours(-1))
    proposal = filed(paper)
    assert (proposal.state, proposal.consultation_id, proposal.late) == ("open", row.id, True)


def test_before_the_time_a_draft_can_be_kept_and_filed_later() -> None:
    paper = documents.paper()
    row = asked(paper, opens=hours(2))
    with pytest.raises(Conflict, match=r"22\.11\.2011, 21:00"):
        filed(paper)
    draft = filed(paper, draft=True)
    with pytest.raises(Conflict):
        services.submit_draft(paper.member, proposal_id=draft.id)
    with clock.stopped(hours(3)):
        proposal = services.submit_draft(paper.member, proposal_id=draft.id)
    assert (proposal.consultation_id, proposal.late) == (row.id, False)


def test_each_committee_has_its_own_time() -> None:
    paper = documents.paper()
    asked(paper, closes=hours(-1))
    asked(paper, paper.lead, opens=hours(-1))
    both = committees.somebody(paper.participant)
    seats = both.seats | committees.somebody(paper.lead).seats
    assert filed(paper, actor=paper.member).late
    assert not proposals.change(paper, "eng", "gut", actor=type(both)(both.account_id, both.name, seats=seats)).late


def test_what_is_put_orally_in_the_sitting_is_in_time() -> None:
    paper = documents.paper()
    asked(paper, closes=hours(-1))
    clerk = committees.somebody(paper.participant, "clerk")
    proposal = filed(paper, actor=clerk, origin="oral", committee_id=paper.participant.id)
    assert not proposal.late
