"""Words of results (NORMS §5) and windows for filing."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from amendments.committees.rules import CommitteeKind
from amendments.committees.rules import Result as BodyResult
from amendments.consultations import rules
from amendments.consultations.rules import Filing, Result, Slot, Vote, VoteKind, Window, result_parts, slot

NOW = datetime(2011, 11, 22, 18, 0, tzinfo=UTC)


def counted(yes: int, no: int, abstained: int = 0) -> Vote:
    return Vote(VoteKind.COUNTED, yes, no, abstained)


def in_words(result: Result | None, vote: Vote, role: str = "preparation", *, voice: bool = False) -> str:
    kind = CommitteeKind.ADVISORY_BOARD if voice else CommitteeKind.COUNCIL
    return " ".join(result_parts(result, vote, rules.given_by([kind], role)))


@pytest.mark.parametrize(
    ("result", "vote", "role", "voice", "words"),
    [
        (None, Vote(), "decision", False, ""),
        (Result.ADOPTED, Vote(VoteKind.UNANIMOUS), "decision", False, "einstimmig beschlossen"),
        (Result.ADOPTED, Vote(VoteKind.UNANIMOUS), "preparation", False, "einstimmig empfohlen"),
        (Result.ADOPTED, Vote(VoteKind.UNANIMOUS), "preparation", True, "einstimmig befürwortet"),
        (Result.ADOPTED, Vote(VoteKind.WITHOUT_OBJECTION), "decision", True, "ohne Widerspruch befürwortet"),
        (Result.ADOPTED, counted(12, 0), "decision", False, "einstimmig beschlossen"),
        (Result.ADOPTED, counted(12, 0, 1), "decision", False, "einstimmig beschlossen bei 1 Enthaltung"),
        (Result.ADOPTED, counted(12, 0, 2), "decision", False, "einstimmig beschlossen bei 2 Enthaltungen"),
        (Result.ADOPTED, counted(22, 3), "decision", False, "mehrheitlich beschlossen (22 Ja, 3 Nein, 0 enthalten)"),
        (
            Result.REJECTED,
            counted(4, 4, 2),
            "decision",
            False,
            "bei Stimmengleichheit abgelehnt (4 Ja, 4 Nein, 2 enthalten)",
        ),
        (Result.REJECTED, counted(0, 9), "decision", False, "einstimmig abgelehnt"),
        (Result.REJECTED, counted(3, 22), "decision", False, "mehrheitlich abgelehnt (3 Ja, 22 Nein, 0 enthalten)"),
        (Result.NOTED, Vote(), "notice", False, "zur Kenntnis genommen"),
        (Result.ADJOURNED, Vote(), "decision", False, "vertagt"),
    ],
)
def test_results_in_words(result: Result | None, vote: Vote, role: str, voice: bool, words: str) -> None:  # noqa: FBT001
    assert in_words(result, vote, role, voice=voice) == words


def test_a_working_group_in_charge_has_only_a_voice() -> None:
    assert rules.given_by(["steering_group", "working_group"], "decision") is BodyResult.OPINION
    assert rules.given_by(["advisory_board"], "decision") is BodyResult.OPINION
    assert rules.given_by(["committee", "advisory_board"], "decision") is not BodyResult.OPINION


def test_internal_sittings_are_not_printed() -> None:
    assert not rules.printed_by_default(["steering_group", "working_group"])
    assert rules.printed_by_default(["steering_group", "committee"])
    assert rules.printed_by_default(["advisory_board"])


def window(opens: float | None, closes: float | None, number: int = 1) -> Window:
    """Hours from now."""
    moments = [NOW + timedelta(hours=hours) if hours is not None else None for hours in (opens, closes)]
    return Window(UUID(int=number), moments[0], moments[1])


@pytest.mark.parametrize(
    ("windows", "filing", "number"),
    [
        ([], Filing.OPEN, None),
        ([window(None, None)], Filing.OPEN, 1),
        ([window(-1, 1)], Filing.OPEN, 1),
        ([window(-1, 0)], Filing.LATE, 1),
        ([window(0, 1)], Filing.OPEN, 1),
        ([window(1, 2)], Filing.TOO_EARLY, 1),
        ([window(2, None, 2), window(1, None)], Filing.TOO_EARLY, 1),
        ([window(-9, -5), window(-4, -2, 2)], Filing.LATE, 2),
        ([window(-9, -5), window(1, 2, 2)], Filing.LATE, 1),
        ([window(-9, 5), window(-4, 2, 2)], Filing.OPEN, 2),
        ([window(None, None), window(-4, 2, 2)], Filing.OPEN, 2),
    ],
)
def test_what_holds_at_this_moment(windows: list[Window], filing: Filing, number: int | None) -> None:
    found = slot(windows, NOW)
    assert found.filing is filing
    assert (found.window.consultation_id.int if found.window else None) == number


def test_without_any_window_proposals_are_welcome() -> None:
    assert slot([], NOW) == Slot(Filing.OPEN)


@pytest.mark.parametrize(
    ("vote", "adopted", "wrong"),
    [
        (counted(3, 3), True, rules.NO_MAJORITY),
        (counted(4, 3), False, rules.A_MAJORITY),
        (counted(3, 3), None, None),
        (Vote(VoteKind.COUNTED, 3, None, 0), None, rules.COUNTS_MISSING),
        (Vote(VoteKind.UNANIMOUS, 3), True, rules.COUNTS_TOO_MANY),
        (counted(-1, 0), None, rules.COUNTS_NEGATIVE),
    ],
)
def test_votes_and_outcomes_go_together(vote: Vote, adopted: bool | None, wrong: str | None) -> None:  # noqa: FBT001
    assert rules.vote_misfit(vote, adopted=adopted) == wrong
