"""Taking back what was stated when something has been decided since: only its own consequences are undone."""

import pytest

from amendments.consensus import services as publishing
from amendments.consensus.queries import preview
from amendments.decisions import services as desk
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.queries import current_version
from amendments.errors import Conflict
from amendments.extensions import db
from amendments.meetings import agenda, queries, services
from amendments.people.models import Account
from tests.factories import committees, proposals
from tests.factories.meetings import RIVALS, case, events, outcome, proposal_of
from tests.workplaces.pages import body

pytestmark = pytest.mark.usefixtures("session")


def undo(found, row):
    verb, key = (services.undo_ballot, "ballot_id") if hasattr(row, "form") else (services.undo_ending, "ending_id")
    with db.session.begin_nested():
        verb(found.chair, meeting_id=found.meeting.id, reason="Verlesen", **{key: row.id})


def adjourned(found, edit_id):
    item = found.call(edit_id)
    return services.adjourn(found.chair, meeting_id=found.meeting.id, item_id=item.id, reason="Es ist spät")


def at_the_desk(found, edit_id, result=Outcome.REJECTED):
    """The moderation calls it again if it was decided, and decides."""
    ids, standing = {"version_id": found.paper.version.id}, standing_on([edit_id]).get(edit_id)
    if standing is not None and standing.outcome not in ("referred", "reopened"):
        desk.reopen(found.paper.moderator, edit_id=edit_id, reason="Neu", expected=standing.id, **ids)
        standing = standing_on([edit_id])[edit_id]
    verdict = Verdict(edit_id, result, standing.id if standing else None)
    desk.decide_edits(found.paper.moderator, verdicts=[verdict], **ids)


def test_what_was_decided_about_an_adjourned_one_since_is_not_taken_back_with_the_adjournment() -> None:
    found, one = case(("jährlich", "oft"))
    ending = adjourned(found, one)
    at_the_desk(found, one)
    with pytest.raises(Conflict, match="Über Ä 1 ist seither neu entschieden") as refused:
        undo(found, ending)
    assert (outcome(one), ending.undone_at, events("meeting:ending_undone")) == ("rejected", None, []), refused
    at_the_desk(found, one, Outcome.AGREED)
    assert outcome(one) == "agreed"


def test_an_adjournment_leaves_what_was_referred_before_where_it_was() -> None:
    found, one = case(("jährlich", "oft"))
    desk.decide_edits(
        found.paper.moderator,
        version_id=found.paper.version.id,
        verdicts=[Verdict(one, Outcome.REFERRED)],
        reason="An den Rat",
    )
    undo(found, adjourned(found, one))
    assert outcome(one) == "referred"


def test_a_referral_that_was_decided_on_since_stays() -> None:
    found, one = case(("jährlich", "oft"))
    item, to = found.call(one), committees.committee()
    ids = {"meeting_id": found.meeting.id, "item_id": item.id}
    ending = services.refer(found.chair, committee_id=to.id, reason="Sache des Rats", **ids)
    at_the_desk(found, one, Outcome.AGREED)
    with pytest.raises(Conflict, match="seither neu entschieden"):
        undo(found, ending)
    assert outcome(one) == "agreed"


def test_a_result_that_was_called_again_and_decided_otherwise_since_stays() -> None:
    found, one, *rivals = case(("jährlich", "oft"), *RIVALS)
    found.call(one)
    ballot = found.state(one)
    at_the_desk(found, one, Outcome.AGREED)
    with pytest.raises(Conflict, match="seither neu entschieden"):
        undo(found, ballot)
    assert (outcome(one), ballot.undone_at) == ("agreed", None)
    found.call(rivals[0])
    second = found.state(rivals[1], settled=[rivals[0]])
    undo(found, second)
    assert [outcome(edit_id) for edit_id in rivals] == ["reopened", "reopened"]


def test_an_amendment_is_not_taken_back_from_under_the_proposal_that_was_adopted_with_it() -> None:
    found, parent = case(("jährlich", "zweimal im Jahr"))
    proposal_id = proposal_of(parent)
    child = proposals.edit_id(proposals.change(found.paper, "zweimal", "dreimal", parent_id=proposal_id))
    agenda.renew(queries.meeting_for(found.chair, found.meeting.id))
    found.call(child)
    first = found.state(child)
    found.call(parent)
    second = found.state(parent)
    with pytest.raises(Conflict, match="Über Ä 1 ist danach in dem geänderten Wortlaut entschieden"):
        undo(found, first)
    assert (outcome(child), preview(found.paper.version.id).hash) == ("agreed", second.wording_hash)
    undo(found, second)
    undo(found, first)
    assert (outcome(parent), outcome(child)) == ("reopened", "reopened")


def test_an_amendment_adopted_after_its_proposal_is_taken_back_alone() -> None:
    found, parent = case(("jährlich", "zweimal im Jahr"))
    child = proposals.edit_id(proposals.change(found.paper, "zweimal", "dreimal", parent_id=proposal_of(parent)))
    agenda.renew(queries.meeting_for(found.chair, found.meeting.id))
    found.call(parent)
    first = found.state(parent)
    found.call(child)
    undo(found, found.state(child))
    assert (outcome(child), preview(found.paper.version.id).hash) == ("reopened", first.wording_hash)


@pytest.mark.one_engine
def test_after_a_version_only_an_adjournment_is_taken_back_and_the_page_offers_no_more(client) -> None:
    found, one, *rivals = case(("jährlich", "oft"), *RIVALS)
    found.call(one)
    ballot = found.state(one)
    ending = adjourned(found, rivals[0])
    version = found.paper.version
    publishing.publish(
        found.paper.moderator,
        text_id=found.paper.text.id,
        base_version_id=version.id,
        expected_hash=preview(version.id).hash,
    )
    db.session.commit()
    address = f"/meetings/{found.meeting.id}"
    page = body(client.sign_in(db.session.get(Account, found.chair.account_id)).get(address))
    assert (f"{ending.id}/undo" in page, f"{ballot.id}/undo" in page) == (True, False)
    undo(found, ending)
    item = found.call(rivals[0])
    assert item.version_id == current_version(found.paper.text.id).id
    found.state(rivals[0], settled=[rivals[1]])
    assert outcome(rivals[0]) == "agreed"
