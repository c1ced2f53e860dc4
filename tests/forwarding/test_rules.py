"""Last reading, what waits, what goes on, what is offered as a measure: tables, without a database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from amendments.consultations.rules import Result
from amendments.decisions.rules import StageState
from amendments.forwarding import rules
from amendments.forwarding.rules import Published, Reading, Waiting
from amendments.text import Kind, plain, text_of
from amendments.web.actor import Actor, Seat

BOARD, SOCIAL, MAIN, COUNCIL, STEERING = (UUID(int=number) for number in range(1, 6))
TEXT = UUID(int=50)
V1, V2, V3 = UUID(int=101), UUID(int=102), UUID(int=103)


def at(day: int, hour: int = 18, month: int = 11) -> datetime:
    return datetime(2011, month, day, hour, tzinfo=UTC)


PUBLISHED = (Published(V1, at(24, month=10)), Published(V2, at(23)), Published(V3, at(30)))


def step(number: int, *committees: UUID, moment: datetime | None = None, **given) -> Reading:
    return Reading(UUID(int=number), committees, moment, **given)


WAY = (
    step(11, BOARD, moment=at(17)),
    step(12, SOCIAL, moment=at(17)),
    step(13, STEERING, SOCIAL, moment=at(22)),
    step(14, MAIN, moment=at(29)),
    step(15, BOARD, moment=at(8, month=12)),
    step(16, COUNCIL, moment=at(13, month=12)),
)


@pytest.mark.parametrize(
    ("asked", "committee", "earlier"),
    [
        (11, BOARD, None),
        (12, SOCIAL, None),
        (13, STEERING, None),
        (13, SOCIAL, 12),
        (14, MAIN, None),
        (15, BOARD, 11),
        (16, COUNCIL, None),
        (16, BOARD, 15),
        (99, BOARD, None),
    ],
)
def test_the_last_reading_is_the_committees_own_earlier_step(asked, committee, earlier) -> None:
    found = rules.last_reading(WAY, UUID(int=asked), committee)
    assert (found.id if found else None) == (UUID(int=earlier) if earlier else None)


def test_a_step_that_was_taken_off_was_no_reading() -> None:
    way = (*WAY[:4], step(15, BOARD, moment=at(1, month=12), consulted=False), step(17, BOARD))
    assert rules.last_reading(way, UUID(int=17), BOARD) == WAY[0]


@pytest.mark.parametrize(
    ("earlier", "version"),
    [
        (None, V1),
        (step(1, BOARD), V1),
        (step(1, BOARD, moment=at(1, month=10)), V1),
        (step(1, BOARD, moment=at(17)), V1),
        (step(1, BOARD, moment=at(23)), V2),
        (step(1, BOARD, moment=at(29)), V2),
        (step(1, BOARD, moment=at(1, month=12)), V3),
        (step(1, BOARD, moment=at(1, month=12), forwarded={TEXT: V2}), V2),
        (step(1, BOARD, moment=at(1, month=12), forwarded={TEXT: V2}, recommended={TEXT: V1}), V1),
        (step(1, BOARD, moment=at(29), forwarded={UUID(int=51): V3}, recommended={}), V2),
    ],
)
def test_a_committee_left_the_text_as_it_recommended_got_or_found_it(earlier, version) -> None:
    assert rules.had_before_it(earlier, TEXT, PUBLISHED) == version


@pytest.mark.parametrize(
    ("here", "version"),
    [
        (step(1, BOARD, moment=at(29)), V3),
        (step(1, BOARD, moment=at(29), forwarded={TEXT: V2}), V2),
        (step(1, BOARD, moment=at(29), over=True), V2),
        (step(1, BOARD, moment=at(1, month=10), over=True), V3),
        (step(1, BOARD), V3),
    ],
)
def test_a_step_is_asked_about_what_it_was_given_or_finds(here, version) -> None:
    assert rules.is_asked_about(here, TEXT, PUBLISHED) == version


@pytest.mark.parametrize(
    ("committees", "today", "found"),
    [
        ({BOARD}, date(2011, 11, 17), 11),
        ({BOARD}, date(2011, 11, 18), 15),
        ({BOARD, SOCIAL}, date(2011, 11, 18), 13),
        ({SOCIAL}, date(2011, 11, 18), 13),
        ({COUNCIL}, date(2011, 12, 14), None),
        (set(), date(2011, 11, 1), None),
    ],
)
def test_what_waits_is_the_next_step_whose_day_is_not_over(committees, today, found) -> None:
    steps = [Waiting(each.id, each.committee_ids, each.moment.date(), False) for each in WAY]
    assert rules.waits_for(steps, frozenset(committees), today) == (UUID(int=found) if found else None)


def test_a_step_with_a_result_waits_no_more_and_one_without_a_day_does() -> None:
    done = Waiting(UUID(int=1), (BOARD,), date(2011, 12, 1), True)
    someday = Waiting(UUID(int=2), (BOARD,), None, False)
    assert rules.waits_for([done, someday], frozenset({BOARD}), date(2011, 11, 1)) == someday.id


@pytest.mark.parametrize(
    ("result", "on"),
    [
        (None, False),
        (Result.ADOPTED, True),
        (Result.REJECTED, True),
        (Result.NOTED, True),
        (Result.REFERRED, True),
        (Result.ADJOURNED, False),
        (Result.TAKEN_OFF, False),
    ],
)
def test_with_these_results_a_text_goes_on(result, on) -> None:
    assert rules.goes_on(result) is on


@pytest.mark.parametrize(
    ("moment", "result", "meeting", "begun"),
    [
        (None, False, False, False),
        (at(8), False, False, False),
        (at(7), False, False, True),
        (at(8), True, False, True),
        (None, False, True, True),
    ],
)
def test_a_step_has_begun_with_its_hour_its_sitting_or_its_result(moment, result, meeting, begun) -> None:
    assert rules.has_begun(moment, at(7), result=result, meeting=meeting) is begun


def test_what_costs_money_is_listed_while_it_is_open_or_adopted() -> None:
    gone = {StageState.REJECTED, StageState.WITHDRAWN, StageState.VOID, StageState.SETTLED, StageState.DRAFT}
    assert set(rules.BUDGET_STATES) == set(StageState) - gone - {StageState.RESUMED}
    assert set(rules.BUDGET_STATES) > rules.OPEN_STATES


# --- what can become a measure


def concept(*heads_and_words: tuple[str, int] | str):
    contents = [
        plain(each[0], Kind.HEADING, each[1]) if isinstance(each, tuple) else plain(each, Kind.LIST_ITEM, 1)
        for each in heads_and_words
    ]
    return text_of(contents, seed="x")


def test_what_stands_under_recommendations_is_offered_with_its_headings() -> None:
    text = concept(
        ("Konzept", 1), "Vorwort", ("Sprache", 2), ("Ziele", 3), "Ziel", ("Empfehlungen", 3), "Wegweiser", "Kurse",
        ("Arbeit", 2), "Lage", ("MAßNAHMEN und Mittel", 3), ("Sofort", 4), "Börse", ("Ausblick", 2), "Ende",
    )  # fmt: skip
    assert [(offer.words, offer.above) for offer in rules.offers(text)] == [
        ("Wegweiser", ("Konzept", "Sprache", "Empfehlungen")),
        ("Kurse", ("Konzept", "Sprache", "Empfehlungen")),
        ("Börse", ("Konzept", "Arbeit", "MAßNAHMEN und Mittel", "Sofort")),
    ]


def test_without_such_headings_everything_is_offered() -> None:
    text = concept(("Satzung", 1), "Erstens", " ", "Zweitens")
    assert [offer.words for offer in rules.offers(text)] == ["Erstens", "Zweitens"]


# --- permissions

DECIDED = at(13)
LEAD, CHARGE, OTHER, PAPER = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=7)


@dataclass(frozen=True)
class Document:
    id: UUID = PAPER
    lead_committee_id: UUID = LEAD
    closed_at: datetime | None = DECIDED


@dataclass(frozen=True)
class Measure:
    committee_id: UUID = CHARGE


@dataclass(frozen=True)
class Place:
    document: Document = Document()
    measure: Measure = Measure()


@dataclass(frozen=True)
class Step:
    document: Document = Document(closed_at=None)
    committee_ids: tuple[UUID, ...] = (CHARGE,)


def sitting(committee_id: UUID, role: str) -> Actor:
    return Actor(UUID(int=9), seats=frozenset({Seat(committee_id, role)}))


def allowed(actor: Actor, action: str, thing: object) -> bool:
    return any(all(holds(actor, thing) for holds in way) for way in rules.PERMISSIONS[action])


ROLES = ("member", "deputy", "chair", "clerk", "moderator", "steering")


@pytest.mark.parametrize(
    ("action", "thing", "lead", "charge"),
    [
        (rules.FORWARD, Step(), {"moderator"}, {"chair", "clerk", "moderator", "steering"}),
        (rules.FORWARD, Step(Document()), set(), set()),
        (rules.MEASURE_TAKE_UP, Document(), {"moderator", "steering"}, set()),
        (rules.MEASURE_TAKE_UP, Document(closed_at=None), set(), set()),
        (rules.MEASURE_PLAN, Place(), {"moderator", "steering"}, set()),
        (rules.MEASURE_REPORT, Place(), {"moderator", "steering"}, {"chair", "clerk"}),
    ],
)
def test_who_may_what(action, thing, lead, charge) -> None:
    assert {role for role in ROLES if allowed(sitting(LEAD, role), action, thing)} == lead
    assert {role for role in ROLES if allowed(sitting(CHARGE, role), action, thing)} == charge
    assert not any(allowed(sitting(OTHER, role), action, thing) for role in ROLES)
