import pytest
from sqlalchemy import select

from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.extensions import db
from amendments.proposals import queries, services
from amendments.proposals.models import Position
from tests.factories import committees, documents, people, proposals

pytestmark = pytest.mark.usefixtures("session")


def case():
    paper = documents.paper()
    proposal = proposals.change(paper, "jährlich", "oft")
    return paper, proposal, proposals.edit_id(proposal)


def test_a_newer_position_supersedes_the_older_which_stays() -> None:
    paper, proposal, edit_id = case()
    first = services.take_position(paper.member, edit_id=edit_id, stance="support")
    second = services.take_position(paper.member, edit_id=edit_id, stance="objection", reason="Doch nicht.")
    db.session.refresh(first)
    assert first.superseded_by == second.id
    assert [entry.position.id for entry in queries.positions_of(proposal.id)] == [second.id]
    assert len(db.session.scalars(select(Position)).all()) == 2


def test_a_committee_has_one_position_whoever_states_it() -> None:
    paper, proposal, edit_id = case()
    for role, stance in (("chair", "support"), ("clerk", "abstention")):
        services.take_position(
            committees.somebody(paper.participant, role),
            edit_id=edit_id,
            stance=stance,
            committee_id=paper.participant.id,
        )
    (entry,) = queries.positions_of(proposal.id)
    assert (entry.position.stance, entry.committee) == ("abstention", paper.participant)


def test_the_chair_has_a_position_of_their_own_beside_the_committees() -> None:
    paper, _, edit_id = case()
    chair = committees.somebody(paper.participant, "chair")
    services.take_position(chair, edit_id=edit_id, stance="support", committee_id=paper.participant.id)
    services.take_position(chair, edit_id=edit_id, stance="objection", reason="Ich persönlich nicht.")
    assert queries.position_counts([edit_id])[edit_id] == queries.Counts(support=1, objection=1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"stance": "objection"}, "reason"),
        ({"stance": "objection", "reason": "  "}, "reason"),
        ({"stance": "maybe"}, "stance"),
        ({"stance": "support", "reason": "x" * 5001}, "reason"),
    ],
)
def test_a_wrong_position_is_refused(given, field: str) -> None:
    paper, _, edit_id = case()
    with pytest.raises(InvalidInput) as refused:
        services.take_position(paper.member, edit_id=edit_id, **given)
    assert refused.value.field == field


def test_a_member_does_not_speak_for_the_committee() -> None:
    paper, _, edit_id = case()
    with pytest.raises(NotAllowed):
        services.take_position(paper.member, edit_id=edit_id, stance="support", committee_id=paper.participant.id)


def test_a_moderator_takes_no_position() -> None:
    paper, _, edit_id = case()
    with pytest.raises(NotAllowed):
        services.take_position(paper.moderator, edit_id=edit_id, stance="support")


def test_nothing_is_said_about_what_was_withdrawn() -> None:
    paper, proposal, edit_id = case()
    services.withdraw_proposal(paper.member, proposal_id=proposal.id)
    with pytest.raises(Conflict):
        services.take_position(paper.member, edit_id=edit_id, stance="support")


def test_a_comment_stands_under_its_proposal() -> None:
    paper, proposal, _ = case()
    services.add_comment(committees.somebody(paper.lead, "clerk"), proposal_id=proposal.id, text="  Bitte prüfen. ")
    assert [entry.comment.text for entry in queries.comments_of(proposal.id)] == ["Bitte prüfen."]


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5001])
def test_an_empty_or_endless_comment_is_refused(text: str) -> None:
    paper, proposal, _ = case()
    with pytest.raises(InvalidInput):
        services.add_comment(paper.member, proposal_id=proposal.id, text=text)


def test_a_stranger_says_nothing() -> None:
    _, proposal, edit_id = case()
    stranger = people.actor()
    with pytest.raises(NotFound):
        services.add_comment(stranger, proposal_id=proposal.id, text="Hallo")
    with pytest.raises(NotFound):
        services.take_position(stranger, edit_id=edit_id, stance="support")
