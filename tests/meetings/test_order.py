"""The chair's order of items and wishes, how an item is voted on, and what majority it needs."""

import pytest

from amendments.documents.models import DocumentParticipant
from amendments.errors import Conflict, InvalidInput
from amendments.extensions import db
from amendments.meetings import agenda, queries, services
from tests.factories import committees, documents, proposals
from tests.factories.consultations import planned
from tests.factories.meetings import RIVALS, case, count, events, outcome, sitting

pytestmark = pytest.mark.usefixtures("session")

FREE = (("eng", "gut"), ("jährlich", "oft"))


def apart(*changes):
    """A sitting in which each of these changes is an item of its own."""
    found, *edits = case(*changes)
    for edit_id in edits:
        services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=edit_id)
    return found, *edits


def moved(found, edit_id, before, reason="Der Gast muss gehen"):
    """Before the item about that edit, under the number that a page shows now; an int is typed as it is."""
    rows = queries.items_of(found.meeting.id)
    typed = before if before is None or isinstance(before, int) else rows.index(found.item(before)) + 1
    return services.move_item(
        found.chair,
        meeting_id=found.meeting.id,
        item_id=found.item(edit_id).id,
        before=typed,
        shown=queries.agenda_mark(rows),
        reason=reason,
    )


def test_the_chair_puts_an_item_before_another_with_a_reason() -> None:
    found, *_edits = apart(("Spracherwerb", "Erwerb"), ("jährlich", "oft"), ("eng", "gut"))
    first, _, last = [edits for _, edits in found.items]
    with pytest.raises(InvalidInput):
        moved(found, last[0], first[0], reason="")
    item = moved(found, last[0], first[0])
    assert [edits for _, edits in found.items][:2] == [last, first]
    assert item.order_reason == "Der Gast muss gehen"
    assert len(events("meeting:item_moved")) == 1
    with pytest.raises(Conflict):
        moved(found, last[0], first[0])


def test_an_item_is_put_first_of_all_that_wait_without_a_number_and_a_wrong_one_is_explained() -> None:
    found, *_edits = apart(("Spracherwerb", "Erwerb"), ("jährlich", "oft"), ("eng", "gut"), ("Räume", "Säle"))
    first, second, third, last = [edits[0] for _, edits in found.items]
    found.call(first)
    for wrong in (0, 1, 4, 17):
        with pytest.raises(InvalidInput, match=f"Unter der Nummer {wrong} .* von 2 bis 3 an") as refused:
            moved(found, last, wrong)
        assert refused.value.field == "before"
    moved(found, last, 3)
    assert [edits[0] for _, edits in found.items] == [first, second, last, third]
    moved(found, third, None)
    assert [edits[0] for _, edits in found.items] == [first, third, second, last]
    with pytest.raises(Conflict, match="schon der nächste"):
        moved(found, third, None)


def test_a_number_of_an_agenda_that_has_changed_moves_nothing() -> None:
    found, *_edits = apart(("Spracherwerb", "Erwerb"), ("jährlich", "oft"), ("eng", "gut"))
    first, second, last = [edits[0] for _, edits in found.items]
    seen = queries.agenda_mark(queries.items_of(found.meeting.id))
    moved(found, second, first)
    ids = {"meeting_id": found.meeting.id, "item_id": found.item(last).id}
    with pytest.raises(Conflict, match="hat sich inzwischen geändert"):
        services.move_item(found.chair, **ids, before=1, shown=seen, reason="eilt")
    assert [edits[0] for _, edits in found.items] == [second, first, last]


def test_the_chairs_order_outlives_results_and_new_items() -> None:
    found, *_ = apart(("Spracherwerb", "Erwerb"), ("jährlich", "oft"), ("eng", "gut"))
    first, second, last = [edits for _, edits in found.items]
    moved(found, last[0], first[0])
    new = proposals.edit_id(proposals.change(found.paper, "Räume", "Säle"))
    found.call(first[0])
    found.state(first[0])
    assert [edits for _, edits in found.items][:4] == [first, [new], last, second]


def test_a_called_item_is_not_moved() -> None:
    found, _one, _two = apart(*FREE)
    first, last = [edits[0] for _, edits in found.items]
    found.call(first)
    with pytest.raises(Conflict):
        moved(found, last, first)
    with pytest.raises(Conflict):
        moved(found, first, last)


def test_the_chair_has_a_wish_voted_on_before_its_rival() -> None:
    found, near, far = case(*RIVALS)
    item = found.item(near)
    assert [edit.edit_id for edit in item.edits] == [far, near]
    with pytest.raises(InvalidInput):
        services.bring_forward(found.chair, meeting_id=found.meeting.id, item_id=item.id, edit_id=near, reason="")
    services.bring_forward(
        found.chair, meeting_id=found.meeting.id, item_id=item.id, edit_id=near, reason="kostet mehr"
    )
    assert [(edit.edit_id, edit.reason) for edit in found.item(near).edits] == [(near, "kostet mehr"), (far, "")]
    assert len(events("meeting:wish_moved")) == 1
    other = proposals.edit_id(proposals.change(found.paper, "jährlich", "oft"))
    found.call(near)
    assert [edits for _, edits in found.items] == [[other], [near, far]]
    with pytest.raises(Conflict):
        services.bring_forward(
            found.chair, meeting_id=found.meeting.id, item_id=found.item(near).id, edit_id=near, reason="noch weiter"
        )


def test_a_committee_that_votes_in_the_order_of_filing_does_so() -> None:
    lead = committees.committee(kind="steering_group")
    committees.rules(lead, vote_order="filed_first")
    paper = documents.paper(lead=lead)
    edits = [proposals.edit_id(proposals.change(paper, old, new)) for old, new in RIVALS]
    (row,) = queries.items_of(sitting(paper).meeting.id)
    assert [(edit.edit_id, edit.reason) for edit in row.edits] == [(edits[0], "filed"), (edits[1], "")]


# --- how it is voted on


def two_passages(paper):
    base = paper.words
    row = proposals.filed(paper, proposals.words(base, "jährlich", "oft"), proposals.words(base, "eng", "gut"))
    return row, [proposals.edit_id(row, rank) for rank in (0, 1)]


def test_the_passages_of_a_proposal_are_one_item_and_one_vote_or_each_its_own() -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    _, edits = two_passages(paper)
    found = sitting(paper)
    for edit_id in edits:
        services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=edit_id)
    ((kind, together),) = found.items
    assert (kind, set(together)) == ("single", set(edits))
    item = found.call(edits[0])
    arrange(found, item, by_point=True)
    found.state(edits[0], carried=False)
    assert (outcome(edits[0]), outcome(edits[1])) == ("rejected", None)
    assert found.item(edits[1]).state == "called"
    found.state(edits[1])
    assert outcome(edits[1]) == "agreed"
    assert [event.payload["by_point"] for event in events("meeting:item_arranged")] == [True]


def arrange(found, item, **given):
    values = {"by_point": False, "majority": None, "public": None} | given
    return services.arrange_item(found.chair, meeting_id=found.meeting.id, item_id=item.id, **values)


def test_an_item_may_ask_for_another_majority() -> None:
    found, one = case(("jährlich", "oft"))
    item = found.call(one)
    with pytest.raises(InvalidInput):
        arrange(found, item, majority="all")
    arrange(found, item, majority="two_thirds_present")
    for given in ({"form": "counted", "count": count(2, 1)}, {"form": "unanimous"}):
        with pytest.raises(InvalidInput):
            found.state(one, **given)
    ballot = found.state(one, form="counted", count=count(3, 1))
    assert (ballot.majority, outcome(one)) == ("two_thirds_present", "agreed")


def with_casting_vote():
    lead = committees.committee(kind="steering_group")
    committees.rules(lead, tie="chair")
    paper = documents.paper(lead=lead)
    edit = proposals.edit_id(proposals.change(paper, "jährlich", "oft"))
    return sitting(paper), edit


def test_between_equal_numbers_the_chair_decides_where_the_committee_says_so() -> None:
    found, edit = with_casting_vote()
    found.call(edit)
    with pytest.raises(InvalidInput):
        found.state(edit, form="counted", count=count(2, 2))
    ballot = found.state(edit, form="counted", count=count(2, 2), chair_said_yes=True)
    assert (ballot.carried, ballot.casting, outcome(edit)) == (True, True, "agreed")


def test_by_name_the_chairs_vote_is_known() -> None:
    found, edit = with_casting_vote()
    found.call(edit)
    names = {actor.account_id: "no" for actor in (found.chair, *found.members)}
    names |= {found.chair.account_id: "yes", found.members[0].account_id: "yes"}
    assert found.state(edit, form="named", names=names).casting


def test_the_chairs_vote_does_not_decide_elsewhere() -> None:
    found, edit = case(("jährlich", "oft"))
    found.call(edit)
    with pytest.raises(InvalidInput):
        found.state(edit, form="counted", count=count(2, 2), chair_said_yes=True)


def test_three_suffice_when_it_was_invited_a_second_time() -> None:
    lead = committees.committee(kind="committee", legal_number=13)
    paper = documents.paper(lead=lead)
    edit = proposals.edit_id(proposals.change(paper, "jährlich", "oft"))
    found = sitting(paper, members=2, second_invitation=True)
    found.call(edit)
    assert found.state(edit).present == 3


def test_two_insertions_at_one_place_stand_in_the_order_of_the_item() -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    rows = [proposals.filed(paper, proposals.insert(paper.words, 0, words)) for words in ("Eins.", "Zwei.")]
    one = proposals.edit_id(rows[0])
    found = sitting(paper)
    item = found.call(one)
    order = [edit.edit_id for edit in item.edits]
    for edit_id in reversed(order):
        found.state(edit_id)
    assert [outcome(edit_id) for edit_id in order] == ["agreed", "agreed"]


# --- amendments to proposals


def test_an_amendment_to_a_proposal_is_called_before_it() -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    other = proposals.edit_id(proposals.change(paper, "Spracherwerb", "Erwerb"))
    parent = proposals.filed(paper, proposals.insert(paper.words, 0, "Eine neue Stelle berät."))
    child = proposals.edit_id(proposals.change(paper, "berät", "hilft", parent_id=parent.id))
    found = sitting(paper)
    services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=other)
    assert [edits for _, edits in found.items] == [[other], [child], [proposals.edit_id(parent)]]


def test_amendments_stand_before_rivals_one_of_which_they_amend() -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    rows = [proposals.change(paper, old, new) for old, new in RIVALS]
    rivals = {proposals.edit_id(row) for row in rows}
    children = {
        proposals.edit_id(proposals.change(paper, "klein auf", new, parent_id=rows[0].id))
        for new in ("Geburt an", "früh auf")
    }
    found = sitting(paper)
    assert [set(edits) for _, edits in found.items] == [children, rivals]


def test_a_new_amendment_comes_before_its_proposal_that_the_chair_put_first() -> None:
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    first = proposals.edit_id(proposals.change(paper, "Spracherwerb", "Erwerb"))
    parent = proposals.filed(paper, proposals.insert(paper.words, 1, "Eine neue Stelle berät."))
    own = proposals.edit_id(parent)
    found = sitting(paper)
    for edit_id in (first, own):
        services.pull_out(found.members[0], meeting_id=found.meeting.id, edit_id=edit_id)
    moved(found, own, first)
    child = proposals.edit_id(proposals.change(paper, "berät", "hilft", parent_id=parent.id))
    agenda.renew(*queries.running_of(paper.document.id))
    assert [edits for _, edits in found.items] == [[child], [own], [first]]


# --- who chairs


def test_the_chair_of_the_committee_in_charge_chairs_whoever_opens_or_who_was_chosen() -> None:
    lead = committees.committee(kind="steering_group")
    board = committees.committee(kind="advisory_board")
    paper = documents.paper(lead=lead)
    paper.document.participants.append(DocumentParticipant(document_id=paper.document.id, committee_id=board.id))
    db.session.flush()
    chairs = [committees.somebody(body, "chair") for body in (board, lead)]
    for body, actor in zip((board, lead), chairs, strict=True):
        committees.membership(body, actor.account_id, "chair")
    steps = [planned(paper, lead, board) for _ in range(3)]
    with pytest.raises(InvalidInput):
        services.open_meeting(paper.moderator, consultation_id=steps[0].id, chair_id=paper.moderator.account_id)
    usual = services.open_meeting(paper.moderator, consultation_id=steps[0].id)
    chosen = services.open_meeting(paper.moderator, consultation_id=steps[1].id, chair_id=chairs[0].account_id)
    own = services.open_meeting(chairs[0], consultation_id=steps[2].id)
    assert [row.chair_id for row in (usual, chosen, own)] == [
        chairs[1].account_id,
        chairs[0].account_id,
        chairs[0].account_id,
    ]


def test_a_chair_who_is_not_there_has_no_casting_vote() -> None:
    found, edit = with_casting_vote()
    services.leave(found.chair, meeting_id=found.meeting.id, account_id=found.chair.account_id)
    found.call(edit)
    with pytest.raises(InvalidInput):
        found.state(edit, form="counted", count=count(1, 1), chair_said_yes=True)


def test_making_the_agenda_anew_costs_no_more_statements_with_more_items(count_queries) -> None:
    """It is made anew at every press: what stays as it was is not written again."""
    sent = []
    for changes in (FREE, (*FREE, ("Fragen", "Sorgen"), ("Räume", "Säle"))):
        found, *edits = apart(*changes)
        with count_queries() as statements:
            agenda.renew(queries.meeting_for(found.chair, found.meeting.id))
        assert len(found.items) == len(edits)
        sent.append(len(statements))
    assert sent[0] == sent[1]
