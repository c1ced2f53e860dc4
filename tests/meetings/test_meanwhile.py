"""What is filed, withdrawn and decided at the desk while a sitting runs: the agenda and every page follow."""

import pytest

from amendments.decisions import services as desk
from amendments.decisions.queries import standing_on
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.errors import Conflict
from amendments.extensions import db
from amendments.meetings import queries, services
from amendments.people.models import Account
from amendments.proposals import bringing
from amendments.proposals.services import withdraw_proposal
from tests.factories import proposals
from tests.factories.meetings import RIVALS, case, outcome, proposal_of
from tests.workplaces.pages import body

pytestmark = pytest.mark.usefixtures("session")


def url(found, rest=""):
    return f"/meetings/{found.meeting.id}{rest}"


def withdrawn(found, edit_id):
    withdraw_proposal(found.paper.member, proposal_id=proposal_of(edit_id))


def at_the_desk(found, edit_id, result=Outcome.AGREED):
    verdicts = [Verdict(edit_id, result)]
    desk.decide_edits(found.paper.moderator, version_id=found.paper.version.id, verdicts=verdicts)


def states(found):
    return [row.state for row in queries.items_of(found.meeting.id)]


def test_what_is_filed_when_everything_is_dealt_with_comes_on_the_agenda() -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    found.state(one)
    before = found.meeting.beat
    late = proposals.edit_id(proposals.change(found.paper, "eng", "gut"))
    assert found.meeting.beat == before + 1
    found.call(late)
    found.state(late)
    assert outcome(late) == "agreed"


def test_what_comes_in_a_file_while_it_runs_comes_on_the_agenda_too() -> None:
    found, _one = case(("jährlich", "oft"))
    paper, before = found.paper, found.meeting.beat
    ids = {"text_id": paper.text.id, "name": "a.docx", "digest": "a" * 64}
    row = bringing.keep_file(paper.moderator, content=b"read", **ids)
    assert row is not None
    wish = bringing.Wished(row.id, "Anna", None, [proposals.words(paper.words, "eng", "gut")])
    (made,) = bringing.bring_in(
        paper.moderator, version_id=paper.version.id, shown={row.id: row.row_version}, wished=[wish]
    )
    assert found.meeting.beat == before + 1
    assert found.item(proposals.edit_id(made)).state == "waiting"


def test_a_draft_is_nobodys_business_yet() -> None:
    found, _one = case(("jährlich", "oft"))
    before = found.meeting.beat
    proposals.change(found.paper, "eng", "gut", draft=True)
    assert found.meeting.beat == before


def test_what_the_desk_calls_again_can_be_called_again() -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    found.state(one)
    ids = {"version_id": found.paper.version.id, "edit_id": one, "reason": "Formfehler"}
    desk.reopen(found.paper.moderator, expected=standing_on([one])[one].id, **ids)
    done, again = queries.items_of(found.meeting.id)
    assert (done.state, again.state, [edit.edit_id for edit in again.edits]) == ("done", "waiting", [one])
    assert services.call_item(found.chair, meeting_id=found.meeting.id, item_id=again.id).number == 2


def test_what_the_desk_decides_out_of_the_called_bloc_holds_up_nobody() -> None:
    found, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    found.call(one)
    at_the_desk(found, one)
    assert [edit.edit_id for edit in found.item(two).edits] == [two]
    found.state(two, form="without_objection")
    assert (outcome(one), outcome(two), states(found)) == ("agreed", "agreed", ["done", "waiting"])


def test_a_vote_on_what_was_withdrawn_meanwhile_is_refused_and_a_withdrawal_after_the_vote_too() -> None:
    found, one, *rivals = case(("jährlich", "oft"), *RIVALS)
    found.call(rivals[0])
    shown = found.put(rivals[0]).wording_hash
    withdrawn(found, rivals[0])
    with pytest.raises(Conflict):
        found.state(rivals[0], wording=shown)
    found.state(rivals[1])
    with pytest.raises(Conflict):
        withdrawn(found, rivals[1])
    assert (outcome(rivals[0]), outcome(rivals[1]), outcome(one)) == (None, "agreed", None)


@pytest.mark.one_engine
@pytest.mark.parametrize("more", [True, False])
def test_the_pages_say_that_the_called_one_was_withdrawn_and_lead_on(client, more) -> None:
    found, *edits = case(("jährlich", "oft"), *RIVALS[: 1 if more else 0])
    found.call(edits[0])
    if more:
        services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=edits[0])
        found.call(edits[0])
    before = found.meeting.beat
    withdrawn(found, edits[0])
    assert found.meeting.beat == before + 1
    db.session.commit()
    chair = client.sign_in(db.session.get(Account, found.chair.account_id))
    for rest in ("", "/screen"):
        assert "Nicht mehr zur Abstimmung, denn zurückgezogen: Ä 1." in body(chair.get(url(found, rest)))
    page = body(chair.get(url(found)))
    step = page.split('class="card step"')[1].split("</div>")[0]
    assert "An diesem Punkt ist nichts mehr offen." in step
    assert ("Nächsten Punkt aufrufen" if more else "Sitzung schließen") in step
    assert page.count("Nächsten Punkt aufrufen") == int(more)
