"""New words in the sitting: a wording put to the vote in place of others, and what somebody puts orally."""

import pytest

from amendments import text as engine
from amendments.consensus.checking import differences
from amendments.consensus.queries import preview
from amendments.decisions.queries import standing_on
from amendments.errors import Conflict, InvalidInput, NotAllowed
from amendments.meetings import queries, services
from amendments.proposals.queries import edits_of, edits_on, proposal_for, replacements_of
from amendments.text.agenda import Reason
from tests.factories import committees, people, proposals
from tests.factories.meetings import RIVALS, case, count, events, outcome, proposal_of

pytestmark = pytest.mark.usefixtures("session")


def put(found, *edits, old="Anfang an", new="Geburt an", **given):
    return proposals.edit_id(
        services.put_wording(
            found.chair,
            meeting_id=found.meeting.id,
            item_id=found.item(edits[0]).id,
            replaces=edits,
            hunks=proposals.words(found.paper.words, old, new),
            reason="So kann es jeder mittragen.",
            **given,
        )
    )


def test_nothing_is_replaced_twice_by_one_wording() -> None:
    found, one, _two = case(*RIVALS)
    found.call(one)
    with pytest.raises(InvalidInput, match="zweimal"):
        put(found, one, one)


def test_a_modified_wording_is_put_to_the_vote_first_and_agreed_by_it_alone() -> None:
    found, one, two = case(*RIVALS)
    found.call(one)
    new = put(found, one)
    item = found.item(new)
    assert next((edit.edit_id, edit.reason) for edit in item.edits) == (new, "put_first")
    assert (outcome(new), outcome(one)) == (None, None)
    frozen = found.put(new).wording_hash
    ballot = found.state(new, form="counted", count=count(3, 1), settled=[two])
    assert ballot.wording_hash == frozen == preview(found.paper.version.id).hash
    assert (outcome(new), outcome(one), outcome(two)) == ("agreed", "agreed_modified", "settled")
    assert standing_on([one])[one].modified_by_edit_id == new
    assert proposal_for(found.chair, proposal_of(new)).proposal.origin == "modification"
    assert differences().proposals == differences().decisions == ()


def test_a_rejected_wording_leaves_the_others_to_be_voted_on() -> None:
    found, one, two = case(*RIVALS)
    found.call(one)
    new = put(found, one)
    found.state(new, carried=False)
    assert (outcome(new), outcome(one), outcome(two)) == ("rejected", None, None)
    found.state(two, settled=[one])
    assert outcome(two) == "agreed"


def test_a_compromise_takes_the_place_of_several_and_undoing_opens_all() -> None:
    found, one, two = case(*RIVALS)
    found.call(one)
    new = put(found, one, two, title="Einigung")
    assert set(replacements_of([new])[new]) == {one, two}
    ballot = found.state(new, settled=[two])
    assert (outcome(one), outcome(two)) == ("agreed_modified", "settled")
    services.undo_ballot(found.chair, meeting_id=found.meeting.id, ballot_id=ballot.id, reason="Verzählt")
    assert {outcome(edit) for edit in (new, one, two)} == {"reopened"}
    assert {new, one, two} == {edit for _, edits in found.items for edit in edits}


def test_it_may_be_voted_on_where_its_reach_puts_it() -> None:
    found, one, two = case(*RIVALS)
    found.call(one)
    new = put(found, one, old="Anfang", new="Geburt", first=False)
    assert [edit.edit_id for edit in found.item(new).edits] == [two, one, new]


def test_in_the_bloc_nothing_is_put_into_other_words() -> None:
    found, one = case(("jährlich", "oft"))
    found.call(one)
    with pytest.raises(Conflict, match="zuerst einzeln"):
        put(found, one, old="jährlich", new="zweimal im Jahr")
    services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=one)
    found.call(one)
    new = put(found, one, old="jährlich", new="zweimal im Jahr")
    assert found.item(new).kind == "contested"


def test_only_what_is_called_is_put_into_other_words() -> None:
    found, one, _two, free = case(*RIVALS, ("jährlich", "oft"))
    found.call(free)
    with pytest.raises(Conflict):
        put(found, one)
    services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=free)
    found.call(one)
    with pytest.raises(Conflict):
        put(found, one, free)


# --- oral motions


def clerk_of(found):
    actor = committees.somebody(found.paper.lead, "clerk")
    committees.membership(found.paper.lead, actor.account_id, "clerk")
    return actor


def oral(found, old, new, *, actor=None, who=None, **given):
    return services.file_oral(
        actor or clerk_of(found),
        meeting_id=found.meeting.id,
        version_id=found.paper.version.id,
        account_id=(who or found.members[0]).account_id,
        hunks=proposals.words(found.paper.words, old, new),
        **given,
    )


def test_what_somebody_puts_orally_is_theirs_and_joins_the_called_item() -> None:
    found, one, two = case(*RIVALS)
    found.call(one)
    clerk = clerk_of(found)
    proposal = oral(found, "Anfang", "Beginn", actor=clerk, reason="Klarer", beside=True)
    assert (proposal.origin, proposal.author_id) == ("oral", found.members[0].account_id)
    assert [event.actor_id for event in events("proposal:filed")][-1] == clerk.account_id
    assert [edit.edit_id for edit in found.item(one).edits] == [two, one, proposals.edit_id(proposal)]
    assert len(events("meeting:wish_added")) == 1


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("fördert den Spracherwerb von Anfang an", "handelt", 1),
        ("von Anfang an", "bald und früh", 1),
        ("Anfang", "Beginn", 3),
    ],
    ids=["goes further than all", "goes further than the rivals", "goes less far"],
)
def test_beside_a_compromise_it_has_its_place_and_says_why(old: str, new: str, place: int) -> None:
    found, near, far = case(*RIVALS)
    found.call(near)
    both = put(found, near, far, title="Einigung")
    spoken = proposals.edit_id(oral(found, old, new, beside=True))
    rest = [both, far, near]
    edits = found.item(near).edits
    assert [edit.edit_id for edit in edits] == [*rest[:place], spoken, *rest[place:]]
    live = [edit.edit for edit in edits_on(found.paper.version.id) if edit.edit_id != both]
    ranked = engine.far_reaching(found.paper.words, live)
    assert [(str(edit.edit_id), edit.reason) for edit in edits[1:]] == [
        (one.edits[0], one.reason or "") for one in ranked
    ]
    assert edits[0].reason == "put_first"


def test_what_joins_an_order_of_the_chair_while_it_waits_says_why_too() -> None:
    found, near, far, free = case(*RIVALS, ("jährlich", "oft"))
    item = found.item(near)
    services.bring_forward(found.chair, meeting_id=found.meeting.id, item_id=item.id, edit_id=near, reason="eilt")
    new = proposals.edit_id(proposals.change(found.paper, "Spracherwerb von Anfang an", "Erwerb der Sprache"))
    found.call(free)
    services.adjourn(found.chair, meeting_id=found.meeting.id, item_id=found.item(free).id, reason="Pause")
    edits = found.item(near).edits
    assert [edit.edit_id for edit in edits] == [near, new, far]
    assert [edit.reason for edit in edits] == ["eilt", Reason.STRUCK, ""]


def test_elsewhere_it_is_an_item_of_its_own_and_never_in_the_bloc() -> None:
    found, *_ = case(*RIVALS)
    (edit,) = edits_of(oral(found, "jährlich", "oft").id)
    assert found.items[-1] == ("single", [edit.edit_id])


def test_only_somebody_in_the_room_puts_something_and_only_the_minutes_write_it_down() -> None:
    found, *_ = case(*RIVALS)
    with pytest.raises(InvalidInput):
        oral(found, "jährlich", "oft", who=people.actor())
    with pytest.raises(NotAllowed):
        oral(found, "jährlich", "oft", actor=found.members[0])
    services.leave(found.chair, meeting_id=found.meeting.id, account_id=found.members[0].account_id)
    with pytest.raises(InvalidInput):
        oral(found, "jährlich", "oft")
    assert queries.items_of(found.meeting.id)[-1].kind == "contested"
