"""Outcomes and votes as tables, exhaustively. Pure: no database."""

from itertools import product

import pytest

from amendments.consultations import rules as votes
from amendments.consultations.rules import Vote, VoteKind
from amendments.decisions import rules
from amendments.decisions.rules import Outcome, StageState
from amendments.proposals.rules import Fate, State

A, M, R, F, S, AGAIN = (
    Outcome.AGREED,
    Outcome.AGREED_MODIFIED,
    Outcome.REJECTED,
    Outcome.REFERRED,
    Outcome.SETTLED,
    Outcome.REOPENED,
)

FOLLOWS = {
    None: {A, M, R, F, S},
    AGAIN: {A, M, R, F, S},
    F: {A, M, R, S, AGAIN},
    A: {AGAIN},
    M: {AGAIN},
    R: {AGAIN},
    S: {AGAIN},
}


@pytest.mark.parametrize(("standing", "outcome"), list(product([None, *Outcome], Outcome)))
def test_what_may_follow_what(standing: Outcome | None, outcome: Outcome) -> None:
    assert rules.may_follow(standing, outcome) is (outcome in FOLLOWS[standing])


@pytest.mark.parametrize("standing", [None, *Outcome])
def test_an_edit_is_open_until_it_is_decided(standing: Outcome | None) -> None:
    assert rules.is_open(standing) is (standing in {None, AGAIN, F})


@pytest.mark.parametrize(
    ("state", "outcomes", "expected", "reason"),
    [
        (State.OPEN, [None], StageState.OPEN, "nothing said"),
        (State.OPEN, [AGAIN], StageState.OPEN, "called again"),
        (State.OPEN, [A, None], StageState.OPEN, "one edit is still open"),
        (State.OPEN, [], StageState.OPEN, "no edit"),
        (State.OPEN, [A, A], StageState.AGREED, "all agreed"),
        (State.OPEN, [M], StageState.AGREED_MODIFIED, "in another wording"),
        (State.OPEN, [A, M], StageState.AGREED_MODIFIED, "one in another wording"),
        (State.OPEN, [A, R], StageState.AGREED_IN_PART, "one rejected"),
        (State.OPEN, [M, S], StageState.AGREED_IN_PART, "one settled"),
        (State.OPEN, [A, F], StageState.AGREED_IN_PART, "one referred"),
        (State.OPEN, [R, R], StageState.REJECTED, "all rejected"),
        (State.OPEN, [R, S], StageState.REJECTED, "rejected weighs more than settled"),
        (State.OPEN, [F, R], StageState.REFERRED, "somebody else still decides"),
        (State.OPEN, [F, S], StageState.REFERRED, "somebody else still decides"),
        (State.OPEN, [S, S], StageState.SETTLED, "all settled"),
        (State.OPEN, [Fate.HANDED_BACK], StageState.HANDED_BACK, "its author has to say what it means now"),
        (State.OPEN, [A, Fate.HANDED_BACK], StageState.HANDED_BACK, "a part of it waits for its author"),
        (State.OPEN, [None, Fate.HANDED_BACK], StageState.OPEN, "a part of it can still be decided"),
        (State.OPEN, [Fate.RESUMED], StageState.RESUMED, "filed anew"),
        (State.OPEN, [A, Fate.RESUMED], StageState.AGREED_IN_PART, "the rest was filed anew"),
        (State.OPEN, [R, Fate.RESUMED], StageState.REJECTED, "rejected weighs more than filed anew"),
        (State.OPEN, [Fate.ADOPTED], StageState.ADOPTED, "the text says it already"),
        (State.OPEN, [A, Fate.ADOPTED], StageState.AGREED, "all of it is in the text"),
        (State.WITHDRAWN, [None], StageState.WITHDRAWN, "its own state comes first"),
        (State.VOID, [None], StageState.VOID, "its own state comes first"),
        (State.DRAFT, [None], StageState.DRAFT, "its own state comes first"),
        (State.SUBMITTED, [None], StageState.OPEN, "not yet admitted"),
    ],
)
def test_the_proposals_state_follows_from_its_edits(state: State, outcomes, expected: StageState, reason: str) -> None:
    assert rules.proposal_state(state, outcomes) is expected, reason


@pytest.mark.parametrize("outcomes", list(product([None, *Outcome, *Fate], repeat=2)))
def test_the_order_of_the_edits_plays_no_part(outcomes) -> None:
    assert rules.proposal_state(State.OPEN, outcomes) is rules.proposal_state(State.OPEN, outcomes[::-1])


COUNTED = VoteKind.COUNTED


@pytest.mark.parametrize(
    ("vote", "outcome", "misfit"),
    [
        (Vote(), A, None),
        (Vote(VoteKind.UNANIMOUS), A, None),
        (Vote(VoteKind.WITHOUT_OBJECTION), A, None),
        (Vote(VoteKind.MAJORITY, 5, 3, 0), A, votes.COUNTS_TOO_MANY),
        (Vote(COUNTED), A, votes.COUNTS_MISSING),
        (Vote(COUNTED, 5, 3), A, votes.COUNTS_MISSING),
        (Vote(COUNTED, 5, -1, 0), A, votes.COUNTS_NEGATIVE),
        (Vote(COUNTED, 5, 3, 9), A, None),
        (Vote(COUNTED, 5, 5, 0), A, votes.NO_MAJORITY),
        (Vote(COUNTED, 0, 0, 9), M, votes.NO_MAJORITY),
        (Vote(COUNTED, 5, 5, 0), R, None),
        (Vote(COUNTED, 6, 5, 0), R, votes.A_MAJORITY),
        (Vote(COUNTED, 6, 5, 0), F, None),
    ],
)
def test_vote_and_outcome_go_together(vote: Vote, outcome: Outcome, misfit: str | None) -> None:
    assert rules.misfit(vote, outcome) == misfit
