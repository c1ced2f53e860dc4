import pytest

from amendments.consensus import queries
from amendments.consensus.board import merges
from amendments.consensus.rules import View
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.queries import memory
from amendments.extensions import db
from amendments.proposals.services import take_position, withdraw_proposal
from amendments.text import RelationKind, merge
from tests.factories import documents, proposals

pytestmark = pytest.mark.usefixtures("session")


def agree(paper, *made, outcome: Outcome = Outcome.AGREED) -> None:
    verdicts = [Verdict(proposals.edit_id(proposal), outcome) for proposal in made]
    decisions.decide_edits(paper.moderator, version_id=paper.version.id, verdicts=verdicts)


def groups(paper) -> dict[str, list[int]]:
    """Group -> numbers of the proposals in it, as they come."""
    desk = queries.merge_desk(paper.version.id)
    found = {
        name: [item.proposal.proposal.number for item in getattr(desk, name)]
        for name in ("undisputed", "soft", "objected", "ruled_out", "waiting", "decided")
    }
    found["collisions"] = [[item.proposal.proposal.number for item in group.items] for group in desk.collisions]
    return {name: numbers for name, numbers in found.items() if numbers}


def test_edits_that_meet_nobody_are_undisputed_and_come_in_text_order() -> None:
    paper = documents.paper()
    proposals.change(paper, "jährlich", "oft")
    proposals.change(paper, "Anfang", "Beginn")
    assert groups(paper) == {"undisputed": [2, 1]}


def test_edits_in_one_sentence_are_to_be_read() -> None:
    paper = documents.paper()
    proposals.change(paper, "Der Beirat", "Das Gremium")
    proposals.change(paper, "seine", "die")
    assert groups(paper) == {"soft": [1, 2]}


def test_rivals_are_one_item_with_their_alternatives() -> None:
    paper = documents.paper()
    for new in ("oft", "selten", "nie"):
        proposals.change(paper, "jährlich", new)
    (group,) = queries.merge_desk(paper.version.id).collisions
    (collision,) = group.collisions
    assert groups(paper) == {"collisions": [[1, 2, 3]]}
    assert (collision.kind, len(collision.alternatives)) == (RelationKind.HARD, 3)


def test_insertions_at_one_place_wait_for_their_order() -> None:
    paper = documents.paper()
    for new in ("Eins.", "Zwei."):
        proposals.filed(paper, proposals.insert(paper.words, 0, new))
    (group,) = queries.merge_desk(paper.version.id).collisions
    assert [collision.kind for collision in group.collisions] == [RelationKind.ORDER]


def test_an_objection_is_not_undisputed() -> None:
    paper = documents.paper()
    proposal = proposals.change(paper, "jährlich", "oft")
    take_position(paper.member, edit_id=proposals.edit_id(proposal), stance="objection", reason="Zu viel.")
    assert groups(paper) == {"objected": [1]}


@pytest.mark.parametrize("wishes", [("oft", "oft"), ("oft", "sehr oft")])
def test_an_objection_counts_against_whatever_would_settle_what_it_speaks_of(wishes: tuple[str, str]) -> None:
    paper = documents.paper()
    words = proposals.words(paper.words, "jährlich", "oft")
    larger = words if wishes[0] == wishes[1] else (*words, *proposals.words(paper.words, "seine", "die"))
    small, large = proposals.filed(paper, words), proposals.filed(paper, larger)
    take_position(paper.member, edit_id=proposals.edit_id(small), stance="objection", reason="Zu viel.")
    desk = queries.merge_desk(paper.version.id)
    assert {item.proposal.proposal.number for item in desk.objected} >= {small.number, large.number}
    assert [entry.position.reason for item in desk.objected for entry in item.objections] == ["Zu viel."] * 2


def test_what_was_referred_is_not_undisputed_and_what_is_called_again_is_open() -> None:
    paper = documents.paper()
    proposal = proposals.change(paper, "jährlich", "oft")
    verdict = Verdict(proposals.edit_id(proposal), Outcome.REFERRED)
    decisions.decide_edits(paper.moderator, version_id=paper.version.id, verdicts=[verdict], reason="An den Rat.")
    assert groups(paper) == {"waiting": [1]}


def test_rivals_of_what_was_agreed_stay_open_and_are_shown_as_ruled_out() -> None:
    paper = documents.paper()
    one, _, other = (proposals.change(paper, "jährlich", new) for new in ("oft", "selten", "nie"))
    agree(paper, one)
    desk = queries.merge_desk(paper.version.id)
    assert groups(paper) == {"ruled_out": [2, 3], "decided": [1]}
    assert {item.ruled_out_by for item in desk.ruled_out} == {(proposals.edit_id(one),)}
    assert desk.open_count == 2
    assert proposals.edit_id(other) in {item.edit_id for item in desk.ruled_out}


def test_what_was_rejected_frees_its_rivals() -> None:
    paper = documents.paper()
    one, _ = (proposals.change(paper, "jährlich", new) for new in ("oft", "selten"))
    agree(paper, one, outcome=Outcome.REJECTED)
    assert groups(paper) == {"undisputed": [2], "decided": [1]}


def test_an_amendment_and_its_proposal_are_read_together_and_the_amendment_is_decided_first() -> None:
    paper = documents.paper()
    parent = proposals.change(paper, "jährlich", "alle zwei Jahre")
    child = proposals.change(paper, "zwei", "drei", parent_id=parent.id)
    assert groups(paper) == {"soft": [1, 2]}
    assert [item.amended_by for item in queries.merge_desk(paper.version.id).soft] == [(2,), ()]
    agree(paper, child)
    assert groups(paper) == {"undisputed": [1], "decided": [2]}


def test_an_amendment_waits_when_its_proposal_is_rejected() -> None:
    paper = documents.paper()
    parent = proposals.change(paper, "jährlich", "alle zwei Jahre")
    proposals.change(paper, "zwei", "drei", parent_id=parent.id)
    agree(paper, parent, outcome=Outcome.REJECTED)
    assert groups(paper) == {"waiting": [2], "decided": [1]}


@pytest.mark.parametrize("before", [(), ("parent",)], ids=["parent open", "parent agreed"])
def test_rival_amendments_to_one_proposal_collide(before: tuple[str, ...]) -> None:
    paper = documents.paper()
    parent = proposals.change(paper, "jährlich", "alle zwei Jahre")
    one, _ = (proposals.change(paper, "zwei", new, parent_id=parent.id) for new in ("drei", "vier"))
    if before:
        agree(paper, parent)
    (group,) = queries.merge_desk(paper.version.id).collisions
    assert [item.proposal.proposal.number for item in group.items] == [2, 3]
    assert len(group.collisions[0].alternatives) == 2
    agree(paper, one)
    assert groups(paper)["ruled_out"] == [3]


def test_what_was_withdrawn_is_not_on_the_desk() -> None:
    paper = documents.paper()
    proposal = proposals.change(paper, "jährlich", "oft")
    withdraw_proposal(paper.member, proposal_id=proposal.id)
    assert groups(paper) == {}


def test_an_item_carries_what_a_form_sends_back() -> None:
    paper = documents.paper()
    proposal = proposals.change(paper, "jährlich", "oft")
    agree(paper, proposal)
    (item,) = queries.merge_desk(paper.version.id).decided
    assert item.decision is not None
    decisions.reopen(
        paper.moderator, version_id=paper.version.id, edit_id=item.edit_id, reason="x", expected=item.decision.id
    )
    assert groups(paper) == {"undisputed": [1]}


def test_the_desk_takes_as_many_statements_for_two_proposals_as_for_twelve(count_queries) -> None:
    paper = documents.paper(*[f"Absatz {n} wird jährlich geprüft." for n in range(12)])

    def statements() -> int:
        db.session.expunge_all()
        memory.clear()
        with count_queries() as sent:
            queries.merge_desk(paper.version.id)
        return len(sent)

    agree(paper, proposals.change(paper, "Absatz 0 wird", "Absatz 0 würde"))
    proposals.change(paper, "Absatz 1 wird", "Absatz 1 würde")
    before = statements()
    for number in range(2, 12):
        proposals.change(paper, f"Absatz {number} wird", f"Absatz {number} würde")
    assert statements() == before


# --- texts


def texts(paper) -> dict[str, str]:
    return {view.value: queries.consensus_text(paper.version.id, view).text[0].text for view in View}


def test_each_view_reads_as_its_name_says() -> None:
    paper = documents.paper("Eins zwei drei vier fünf.")
    agreed = proposals.change(paper, "Eins", "1")
    proposals.change(paper, "drei", "3")
    for new in ("5", "V"):
        proposals.change(paper, "fünf", new)
    agree(paper, agreed)
    base = "Eins zwei drei vier fünf."
    assert texts(paper) == {
        "draft": base,
        "with_proposals": base,
        "agreed": "1 zwei drei vier fünf.",
        "all": "1 zwei 3 vier fünf.",
    }


def test_as_if_all_keeps_what_was_agreed_against_its_rivals() -> None:
    paper = documents.paper("Eins zwei.")
    agreed, _ = proposals.change(paper, "zwei", "2"), proposals.change(paper, "zwei", "II")
    agree(paper, agreed)
    assert texts(paper)["all"] == "Eins 2."


def test_the_preview_is_the_agreed_text_and_says_what_stays_open() -> None:
    paper = documents.paper("Eins zwei.", "Drei.")
    agreed, undecided = proposals.change(paper, "zwei", "2"), proposals.change(paper, "Drei", "3")
    agree(paper, agreed)
    plan = queries.preview(paper.version.id)
    assert plan.hash == queries.consensus_text(paper.version.id, "agreed").hash
    assert plan.applied == (proposals.edit_id(agreed),)
    assert [(item.live.proposal_id, item.carried.outcome.value) for item in plan.carried] == [
        (undecided.id, "anchored")
    ]


# --- who wants the same words


def test_a_wish_is_told_who_else_wants_these_words() -> None:
    paper = documents.paper()
    same, rival = proposals.change(paper, "jährlich", "oft"), proposals.change(paper, "jährlich", "selten")
    larger = proposals.filed(
        paper, (*proposals.words(paper.words, "jährlich", "oft"), *proposals.words(paper.words, "eng", "gut"))
    )
    found = queries.wishes_at(paper.version.id, proposals.words(paper.words, "jährlich", "oft"))
    told = [(entry.other.proposal.number, entry.kind, entry.inside) for entry in found]
    assert told == [
        (same.number, RelationKind.SAME, None),
        (rival.number, RelationKind.HARD, None),
        (larger.number, RelationKind.CONTAINED, True),
    ]


def test_a_proposal_knows_what_it_contains_and_what_contains_it() -> None:
    paper = documents.paper()
    hunks = proposals.words(paper.words, "jährlich", "oft")
    small = proposals.filed(paper, hunks)
    large = proposals.filed(paper, (*hunks, *proposals.words(paper.words, "eng", "gut")))
    (seen,) = queries.relations_of(paper.version.id, small.id)
    (back,) = queries.relations_of(paper.version.id, large.id)
    assert (seen.kind, seen.inside, back.inside) == (RelationKind.CONTAINED, True, False)


def test_amendments_to_one_proposal_are_related_among_themselves() -> None:
    paper = documents.paper()
    parent = proposals.change(paper, "jährlich", "alle zwei Jahre")
    one, other = (proposals.change(paper, "zwei", new, parent_id=parent.id) for new in ("drei", "vier"))
    (seen,) = queries.relations_of(paper.version.id, one.id)
    assert (seen.other.proposal.id, seen.kind) == (other.id, RelationKind.HARD)


def test_what_is_seen_again_starts_from_the_merge_before_and_shows_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = documents.paper()
    proposals.change(paper, "jährlich", "oft")
    merges.clear()
    groups(paper)
    for new in ("selten", "nie"):
        proposals.change(paper, "jährlich", new)
    proposals.change(paper, "Anfang", "Beginn")
    began: list[bool] = []

    def spied(base, edits, order=(), previous=None):
        began.append(previous is not None)
        return merge(base, edits, order, previous)

    monkeypatch.setattr("amendments.text.merge", spied)
    again = groups(paper)
    assert began == [True]
    merges.clear()
    assert groups(paper) == again == {"undisputed": [4], "collisions": [[1, 2, 3]]}
    assert began == [True, False]
