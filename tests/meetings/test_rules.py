"""The agenda, the quorum, and which votes can be right (NORMS §4–§6)."""

from uuid import UUID

import pytest

from amendments.committees.rules import CommitteeKind, Majority, Rules, Tie
from amendments.meetings import rules
from amendments.meetings.rules import BallotForm, Count, ItemKind, Room, Wish, agenda

A, B, C, D, E, F = (UUID(int=number) for number in range(1, 7))
VERSION = UUID(int=99)
ORGAN, GROUP = Rules.usual(CommitteeKind.COUNCIL), Rules.usual(CommitteeKind.STEERING_GROUP)


def planned(**given):
    values = {"undisputed": [], "contested": [], "single": [], "notice": [], "order": [A, B, C, D, E, F]} | given
    return [(one.kind, [wish.edit_id for wish in one.wishes]) for one in agenda(VERSION, **values)]


def test_the_bloc_comes_first_and_what_is_for_information_last() -> None:
    assert planned(undisputed=[B, E], contested=[[Wish(D), Wish(C)]], single=[[A]], notice=[F]) == [
        (ItemKind.BLOC, [B, E]),
        (ItemKind.SINGLE, [A]),
        (ItemKind.CONTESTED, [D, C]),
        (ItemKind.NOTICE, [F]),
    ]


def test_what_is_pulled_out_is_called_at_its_place() -> None:
    assert planned(undisputed=[A, C, E], contested=[[Wish(B), Wish(D)]], single=[[C]], pulled={C}) == [
        (ItemKind.BLOC, [A, E]),
        (ItemKind.CONTESTED, [B, D]),
        (ItemKind.SINGLE, [C]),
    ]


def test_a_bloc_that_is_pulled_apart_is_gone() -> None:
    assert planned(undisputed=[A], single=[[A]], pulled={A}) == [(ItemKind.SINGLE, [A])]


@pytest.mark.parametrize(
    ("room", "wrong"),
    [
        (Room(ORGAN, 44, 23), None),
        (Room(ORGAN, 44, 22), "Das Gremium ist nicht beschlussfähig"),
        (Room(ORGAN, 44, 15, excluded=1), None),
        (Room(ORGAN, 44, 14, excluded=1), "Das Gremium ist nicht beschlussfähig"),
        (Room(ORGAN, None, 30), "Die gesetzliche Mitgliederzahl"),
        (Room(ORGAN, 13, 20, in_charge=6), "Das federführende Gremium ist nicht beschlussfähig"),
        (Room(ORGAN, 13, 20, in_charge=7), None),
        (Room(GROUP, None, 1), None),
        (Room(GROUP, None, 1, in_charge=0), None),
        (Room(GROUP, None, 0), "Es ist niemand anwesend"),
    ],
)
def test_the_quorum_is_asked_for_every_vote(room: Room, wrong: str | None) -> None:
    found = rules.quorum_misfit(room)
    assert (found is None) == (wrong is None)
    assert found is None or found.startswith(wrong or "")


ROOM = Room(ORGAN, 13, 9)


@pytest.mark.parametrize(
    ("form", "count", "carried", "wrong"),
    [
        (BallotForm.COUNTED, Count(5, 4), True, None),
        (BallotForm.COUNTED, Count(4, 4, 1), True, rules.NOT_ADOPTED),
        (BallotForm.COUNTED, Count(4, 4, 1), False, None),
        (BallotForm.SECRET, Count(5, 3, 0, 1), False, rules.NOT_REJECTED),
        (BallotForm.COUNTED, Count(5, -1), True, rules.COUNT_NEGATIVE),
        (BallotForm.WITHOUT_OBJECTION, None, True, None),
        (BallotForm.WITHOUT_OBJECTION, None, False, rules.REJECTED_WITHOUT_OBJECTION),
        (BallotForm.MAJORITY, None, False, None),
        (BallotForm.MAJORITY, Count(5, 4), True, rules.COUNTS_UNASKED),
        (BallotForm.WITHOUT_OBJECTION, Count(1, 3), True, rules.COUNTS_UNASKED),
    ],
)
def test_vote_and_outcome_go_together(
    form: BallotForm,
    count: Count | None,
    carried: bool,  # noqa: FBT001
    wrong: str | None,
) -> None:
    assert rules.ballot_misfit(form, count, ROOM, carried=carried) == wrong


@pytest.mark.parametrize(
    ("form", "carried", "wrong"),
    [
        (BallotForm.COUNTED, True, None),
        (BallotForm.COUNTED, False, rules.NOT_REJECTED),
        (BallotForm.SECRET, True, rules.SECRET_TIE),
        (BallotForm.SECRET, False, None),
    ],
)
def test_the_chairs_vote_decides_no_secret_vote(form: BallotForm, carried: bool, wrong: str | None) -> None:  # noqa: FBT001
    """The minutes would say how the chair voted."""
    room = Room(Rules(tie=Tie.CHAIR), 13, 9)
    assert rules.ballot_misfit(form, Count(4, 4), room, carried=carried, chair_said_yes=True) == wrong


def test_more_votes_than_people_are_refused_with_both_numbers() -> None:
    said = rules.ballot_misfit(BallotForm.COUNTED, Count(8, 1, 0, 1), ROOM, carried=True)
    assert said is not None
    assert "10 Stimmen" in said and "9 stimmberechtigte" in said  # noqa: PT018


def test_a_qualified_majority_counts_from_the_legal_number() -> None:
    room = Room(Rules(majority=Majority.TWO_THIRDS_LEGAL_NUMBER), 15, 15)
    assert rules.ballot_misfit(BallotForm.COUNTED, Count(9, 6), room, carried=True) == rules.NOT_ADOPTED
    assert rules.ballot_misfit(BallotForm.COUNTED, Count(10, 5), room, carried=True) is None
