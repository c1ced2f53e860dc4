"""How committees decide, as the model rules of procedure and the municipal code have it."""

from dataclasses import replace

import pytest

from amendments.committees.rules import (
    CommitteeKind,
    Majority,
    Quorum,
    Result,
    Rules,
    Tie,
    VoteOrder,
    adopted,
    gives,
    needed,
    quorum_met,
)

COUNCIL = Rules.usual("council")
OWN = Rules(quorum=Quorum.OWN, quorum_number=5)
NONE = Rules(quorum=Quorum.NONE)


@pytest.mark.parametrize(
    ("rules", "legal", "present", "excluded", "met", "reason"),
    [
        (COUNCIL, 44, 23, 0, True, "more than half"),
        (COUNCIL, 44, 22, 0, False, "half is not more than half"),
        (COUNCIL, 13, 7, 0, True, "more than half of an odd number"),
        (COUNCIL, 13, 6, 0, False, "one too few of an odd number"),
        (COUNCIL, 44, 15, 1, True, "a third where somebody is excluded, rounded up"),
        (COUNCIL, 44, 14, 1, False, "less than a third"),
        (COUNCIL, 12, 4, 2, True, "exactly a third"),
        (COUNCIL, 12, 4, 0, False, "a third is not enough when nobody is excluded"),
        (COUNCIL, None, 40, 0, False, "a legal number nobody has set cannot be counted from"),
        (COUNCIL, 1, 1, 0, True, "the smallest body"),
        (OWN, 44, 5, 0, True, "its own number"),
        (OWN, 44, 4, 3, False, "its own number knows no third"),
        (OWN, None, 5, 0, True, "its own number needs no legal one"),
        (NONE, None, 0, 0, True, "no rule at all"),
    ],
)
def test_a_quorum_is_counted_from_the_legal_number(rules, legal, present, excluded, met, reason):
    assert quorum_met(rules, legal, present, excluded) is met, reason


def test_three_suffice_after_a_second_invitation():
    assert quorum_met(COUNCIL, 44, 3, second_invitation=True)
    assert not quorum_met(COUNCIL, 44, 2, second_invitation=True)
    assert not quorum_met(OWN, 44, 3, second_invitation=True), "only where the municipal code holds"


def test_a_missing_legal_number_is_told_from_no_rule():
    assert needed(COUNCIL, None) is None
    assert needed(NONE, None) == 0


def rules(majority="simple", tie="rejected"):
    return Rules(majority=Majority(majority), tie=Tie(tie))


@pytest.mark.parametrize(
    ("rule", "yes", "no", "present", "legal", "carries", "reason"),
    [
        (rules(), 8, 5, 13, 13, True, "more yes than no"),
        (rules(), 5, 5, 13, 13, False, "a tie is rejected"),
        (rules(), 4, 5, 13, 13, False, "more no than yes"),
        (rules(), 2, 1, 13, 13, True, "ten abstentions do not count"),
        (rules(), 1, 0, 13, 13, True, "one yes, all others abstain"),
        (rules(), 0, 0, 13, 13, False, "everybody abstains"),
        (rules(), 2, 1, 3, None, True, "more yes than no asks for no legal number"),
        (rules("legal_number"), 7, 0, 9, 13, True, "majority of the legal number"),
        (rules("legal_number"), 6, 0, 6, 13, False, "all who are here, and still too few"),
        (rules("legal_number"), 22, 0, 44, 44, False, "half is no majority"),
        (rules("legal_number"), 9, 0, 9, None, False, "of a number nobody has set"),
        (rules("two_thirds_present"), 8, 4, 12, 44, True, "exactly two thirds"),
        (rules("two_thirds_present"), 8, 2, 13, 44, False, "abstentions are present and stand against"),
        (rules("two_thirds_legal_number"), 30, 3, 33, 44, True, "two thirds of 44 are 30 at least"),
        (rules("two_thirds_legal_number"), 29, 0, 40, 44, False, "29 are not two thirds of 44"),
        (rules("two_thirds_legal_number"), 29, 0, 40, None, False, "of a number nobody has set"),
    ],
)
def test_a_vote_carries_by_the_majority_that_is_asked_for(rule, yes, no, present, legal, carries, reason):
    assert adopted(rule, yes, no, present, legal) is carries, reason


@pytest.mark.parametrize(
    ("tie", "yes", "no", "chair", "carries"),
    [
        ("chair", 5, 5, True, True),
        ("chair", 5, 5, False, False),
        ("chair", 5, 6, True, False),
        ("chair", 0, 0, True, False),
        ("rejected", 5, 5, True, False),
    ],
)
def test_a_tie_is_rejected_unless_the_chair_decides(tie, yes, no, chair, carries):
    assert adopted(rules(tie=tie), yes, no, 13, 13, chair_said_yes=chair) is carries


def test_the_chair_makes_no_qualified_majority_of_a_tie():
    assert not adopted(rules("legal_number", "chair"), 5, 5, 13, 13, chair_said_yes=True)


@pytest.mark.parametrize("kind", CommitteeKind)
def test_the_usual_rules_of_a_kind(kind):
    usual = Rules.usual(kind)
    organ = kind in {"council", "committee", "executive"}
    assert usual.quorum is (Quorum.HALF if organ else Quorum.NONE)
    assert usual.public is (kind in {"council", "committee"})
    assert (usual.majority, usual.tie, usual.order) == (Majority.SIMPLE, Tie.REJECTED, VoteOrder.FURTHEST_FIRST)
    assert (usual.reason_required, usual.deadline_days) == (False, None)


@pytest.mark.parametrize(
    ("kind", "deciding", "result"),
    [
        ("council", True, Result.DECISION),
        ("council", False, Result.RECOMMENDATION),
        ("committee", True, Result.DECISION),
        ("committee", False, Result.RECOMMENDATION),
        ("executive", True, Result.DECISION),
        ("advisory_board", True, Result.OPINION),
        ("advisory_board", False, Result.OPINION),
        ("working_group", True, Result.OPINION),
        ("steering_group", True, Result.OPINION),
        ("office", True, Result.OPINION),
    ],
)
def test_informal_bodies_give_an_opinion_and_never_a_decision(kind, deciding, result):
    assert gives(kind, deciding=deciding) is result


def test_rules_know_whether_they_count_from_the_legal_number():
    assert Rules().counts_legal_number
    assert not NONE.counts_legal_number
    assert replace(NONE, majority=Majority.LEGAL_NUMBER).counts_legal_number
    assert not replace(NONE, majority=Majority.TWO_THIRDS_PRESENT).counts_legal_number
