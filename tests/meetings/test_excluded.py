"""A member with an interest in a sitting: not counted, not asked, not told, and in the minutes (NORMS §6, §7, §10)."""

from dataclasses import replace

import pytest

from amendments.audit.models import Event
from amendments.consultations.exclusions import excluded_of
from amendments.decisions.queries import outcome_of, standing_on
from amendments.documents.rules import EXCLUDED
from amendments.errors import InvalidInput, NotAllowed, NotFound
from amendments.extensions import db
from amendments.meetings import excluding, queries, services
from amendments.meetings.queries import MeetingPlace, meeting_for
from amendments.proposals.queries import objections_to, position_counts, positions_of
from amendments.proposals.services import take_position
from tests.factories import committees, documents, proposals
from tests.factories.meetings import count, proposal_of, sitting

pytestmark = pytest.mark.usefixtures("session")

RIVALS = (("Anfang an", "klein auf"), ("von Anfang an", "früh"))


def case(*changes, legal_number=None, visibility="committee", **given):
    """A sitting about a paper, and the edits of proposals (old, new)."""
    kind = "committee" if legal_number else "steering_group"
    lead = committees.committee(kind=kind, legal_number=legal_number)
    paper = documents.paper(lead=lead, visibility=visibility)
    edits = [proposals.edit_id(proposals.change(paper, old, new)) for old, new in changes]
    return sitting(paper, **given), *edits


def exclude(found, person, *edit_ids, **given):
    values = {"scope": "edits" if edit_ids else "document", "text_id": found.paper.text.id if edit_ids else None}
    return excluding.exclude(
        found.chair,
        document_id=found.paper.document.id,
        account_id=person.account_id,
        edit_ids=edit_ids,
        **(values | given),
    )


def as_now(actor):
    return replace(actor, excluded=excluded_of(actor.account_id))


def place(found) -> MeetingPlace:
    return meeting_for(found.chair, found.meeting.id)


@pytest.mark.parametrize("scope", ["document", "text", "edits"])
def test_who_is_excluded_does_not_count_and_lowers_the_quorum(scope: str) -> None:
    """Seven of 13 would be needed; with somebody excluded a third is: five."""
    found, edit = case(("jährlich", "oft"), legal_number=13, members=5)
    found.call(edit)
    with pytest.raises(InvalidInput, match="nötig sind 7"), db.session.begin_nested():
        found.state(edit)
    given = {"document": {}, "text": {"scope": "text", "text_id": found.paper.text.id}}.get(scope)
    exclude(found, found.members[0], *([edit] if scope == "edits" else ()), **(given or {}))
    if scope == "edits":
        found.call(edit)  # out of the bloc, an item of its own
    with pytest.raises(InvalidInput, match="mehr Stimmen als Anwesende"), db.session.begin_nested():
        found.state(edit, form="counted", count=count(6, 0))
    ballot = found.state(edit, form="counted", count=count(5, 0))
    assert ballot.present == 5
    room = queries.room_of(place(found), found.item(edit))
    assert (room.present, room.excluded) == (5, 1)


def test_other_items_are_not_touched() -> None:
    found, one, other = case(("jährlich", "oft"), ("eng", "gut"))
    exclude(found, found.members[0], one)
    assert [queries.room_of(place(found), found.item(edit)).present for edit in (one, other)] == [3, 4]
    assert queries.room_of(place(found), found.item(other)).excluded == 0


def test_who_has_no_seat_there_does_not_lower_the_quorum() -> None:
    found, edit = case(("jährlich", "oft"))
    exclude(found, found.paper.member)
    assert queries.room_of(place(found), found.item(edit)).excluded == 0


def test_nobody_excluded_is_named_in_a_vote_by_name() -> None:
    found, edit = case(("jährlich", "oft"))
    exclude(found, found.members[0], edit)
    found.call(edit)
    everybody = {actor.account_id: "yes" for actor in (found.chair, *found.members)}
    with pytest.raises(InvalidInput, match="für alle Anwesenden"), db.session.begin_nested():
        found.state(edit, form="named", names=everybody)
    ballot = found.state(edit, form="named", names={a.account_id: "yes" for a in (found.chair, *found.members[1:])})
    assert (ballot.yes, found.members[0].account_id in {row.account_id for row in ballot.names}) == (3, False)


def test_while_the_item_is_called_it_holds_at_once() -> None:
    """The item stays called; the person's next request knows nothing of it any more, and the page is told to reload."""
    found, near, far = case(*RIVALS)
    item, beat = found.call(near), found.meeting.beat
    exclude(found, found.members[0], near)
    assert queries.called_item(queries.items_of(found.meeting.id)).id == item.id
    assert found.meeting.beat > beat
    who = as_now(found.members[0])
    assert {near, far} <= who.excluded.ids  # its rival is the same item
    for edit in (near, far):
        assert found.members[0].account_id not in queries.voters_of(place(found), found.item(edit))
    found.state(far, form="counted", count=count(3, 0), settled=[near])


def test_a_rival_filed_later_belongs_to_the_same_item_at_once() -> None:
    found, near = case(RIVALS[0])
    exclude(found, found.members[0], near)
    late = proposals.edit_id(proposals.change(found.paper, *RIVALS[1], actor=found.paper.moderator))
    assert late in as_now(found.members[0]).excluded.ids
    assert found.items == [("contested", [late, near])]


@pytest.mark.parametrize("scope", ["document", "text", "edits"])
def test_what_an_excluded_person_said_before_does_not_count_while_they_are_out(scope: str) -> None:
    found, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    who, committee_id = found.members[0], found.paper.lead.id
    for edit in (one, two):
        take_position(who, edit_id=edit, stance="objection", reason="Das kostet mich Kundschaft.")
    take_position(found.chair, edit_id=one, stance="support", committee_id=committee_id)
    given = {"document": {}, "text": {"scope": "text", "text_id": found.paper.text.id}, "edits": {}}[scope]
    row = exclude(found, who, *([one] if scope == "edits" else ()), **given)
    counts = position_counts([one, two])
    assert (counts[one].objection, counts[one].support) == (0, 1)
    assert (two in counts) is (scope == "edits")
    assert set(objections_to([one, two])) == ({two} if scope == "edits" else set())
    assert [entry.position.stance for entry in positions_of(proposal_of(one))] == ["support"]
    excluding.lift(found.chair, exclusion_id=row.id)
    assert position_counts([one])[one].objection == 1


@pytest.mark.parametrize("called", [False, True])
def test_what_somebody_is_excluded_from_is_not_adopted_en_bloc(called) -> None:
    found, one, two = case(("jährlich", "oft"), ("eng", "gut"))
    if called:
        found.call(one)
    exclude(found, found.members[0], one)
    assert sorted(found.items) == [("bloc", [two]), ("single", [one])]
    if called:
        assert found.state(two, form="without_objection").present == 4


def test_the_last_one_of_a_called_bloc_leaves_no_empty_item() -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    exclude(found, found.members[0], one)
    assert found.items == [("single", [one])]
    found.call(one)
    assert found.state(one).present == 3


def test_after_lifting_the_person_votes_again() -> None:
    found, edit = case(("jährlich", "oft"))
    row = exclude(found, found.members[0], edit)
    excluding.lift(found.chair, exclusion_id=row.id)
    assert found.items == [("bloc", [edit])]
    found.call(edit)
    assert found.state(edit).present == 4


def test_a_chair_with_an_interest_hands_the_item_over_and_leads_the_others() -> None:
    found, one, other = case(("jährlich", "oft"), ("eng", "gut"))
    vice = found.paper.moderator
    exclude(found, found.chair, one)
    chair = as_now(found.chair)
    item = found.item(one)
    verbs = (
        lambda: services.call_item(chair, meeting_id=found.meeting.id, item_id=item.id, reason="weil"),
        lambda: services.adjourn(chair, meeting_id=found.meeting.id, item_id=item.id, reason="weil"),
        lambda: found.state(one, actor=chair),
    )
    with pytest.raises((NotAllowed, NotFound)) as refused, db.session.begin_nested():
        verbs[0]()
    assert refused.value.message == EXCLUDED
    services.call_item(vice, meeting_id=found.meeting.id, item_id=item.id, reason="weil")
    for verb in verbs[1:]:
        with pytest.raises((NotAllowed, NotFound)) as refused, db.session.begin_nested():
            verb()
        assert refused.value.message == EXCLUDED
    ballot = found.state(one, actor=vice)
    with pytest.raises((NotAllowed, NotFound)), db.session.begin_nested():
        services.undo_ballot(chair, meeting_id=found.meeting.id, ballot_id=ballot.id, reason="weil")
    services.call_item(chair, meeting_id=found.meeting.id, item_id=found.item(other).id)
    assert found.state(other, actor=chair).present == 4
    assert outcome_of(standing_on([other])[other]) == "agreed"


def test_a_chair_excluded_from_the_whole_leads_nothing() -> None:
    found, edit = case(("jährlich", "oft"), visibility="public")
    exclude(found, found.chair, scope="document")
    with pytest.raises((NotAllowed, NotFound)) as refused:
        services.call_item(as_now(found.chair), meeting_id=found.meeting.id, item_id=found.item(edit).id)
    assert refused.value.message == EXCLUDED


def test_a_member_excluded_from_a_text_pulls_nothing_of_it_out() -> None:
    found, edit = case(("jährlich", "oft"), visibility="public")
    exclude(found, found.members[0], scope="text", text_id=found.paper.text.id)
    with pytest.raises((NotAllowed, NotFound)) as refused:
        services.pull_out(as_now(found.members[0]), meeting_id=found.meeting.id, edit_id=edit)
    assert refused.value.message == EXCLUDED


def test_each_is_one_event() -> None:
    found, edit = case(("jährlich", "oft"))
    before = db.session.query(Event).count()
    row = exclude(found, found.members[0], edit)
    excluding.lift(found.chair, exclusion_id=row.id)
    assert db.session.query(Event).count() == before + 2
