"""Votes on a step: no more than there are people, by the committee's rules, not before its day."""

from datetime import date, datetime, timedelta

import pytest

from amendments.committees.rules import Majority, Quorum, Rules, Tie
from amendments.consultations import rules, services
from amendments.consultations.rules import Body, Gathering, Vote, VoteKind
from amendments.errors import InvalidInput
from amendments.forwarding import services as forwarding
from amendments.meetings.rules import most_at_once
from amendments.web import clock
from tests.factories import committees, documents
from tests.factories.consultations import noted, planned
from tests.factories.meetings import case
from tests.workplaces.pages import as_, body


def counted(*numbers: int, present: int | None = None) -> Vote:
    return Vote(VoteKind.COUNTED, *numbers, present)


FREE = Rules(quorum=Quorum.NONE)
QUALIFIED = Rules(majority=Majority.LEGAL_NUMBER)
PRESENT = Rules(majority=Majority.TWO_THIRDS_PRESENT, quorum=Quorum.NONE)
CHAIR = Rules(tie=Tie.CHAIR)


@pytest.mark.parametrize(
    ("vote", "of", "adopted", "words"),
    [
        (counted(500, 0, 0), Body(Rules(), 44, 44), True, "gesetzliche Zahl ist 44"),
        (counted(44, 0, 0), Body(Rules(), 44, 44), True, ""),
        (counted(60, 0, 0), Body(Rules(), 44, 88), True, ""),
        (counted(20, 3, 2, present=24), Body(Rules(), 44, 44), True, "mehr Stimmen als Anwesende"),
        (counted(22, 3, 0, present=45), Body(Rules(), 44, 44), True, "gesetzliche Zahl"),
        (counted(6, 0, 0), Body(FREE, None, None, Gathering(5)), True, "mehr Stimmen als Anwesende"),
        (counted(5, 0, 0, present=6), Body(FREE, None, None, Gathering(5)), True, "eingetragen"),
        (counted(5, 0, 0), Body(FREE, None, None, Gathering(5)), True, ""),
        (counted(3, 3, 0), Body(Rules(), 9, 9), None, ""),
        (counted(10, 0, 0), Body(Rules(), 9, 9), None, "gesetzliche Zahl"),
        (counted(22, 3, 0), Body(QUALIFIED, 44, 44), True, "nötige Mehrheit nicht"),
        (counted(22, 3, 0), Body(QUALIFIED, 44, 44), False, ""),
        (counted(23, 3, 0), Body(QUALIFIED, 44, 44), True, ""),
        (counted(23, 3, 0), Body(QUALIFIED, 44, 44), False, "ist der Vorschlag angenommen"),
        (Vote(VoteKind.UNANIMOUS), Body(QUALIFIED, 44, 44), True, "müssen die Stimmen gezählt werden"),
        (Vote(VoteKind.UNANIMOUS), Body(QUALIFIED, 44, 44), False, ""),
        (counted(6, 3, 0), Body(PRESENT, None), True, "wie viele anwesend waren"),
        (counted(6, 3, 0, present=9), Body(PRESENT, None), True, ""),
        (counted(6, 3, 1, present=10), Body(PRESENT, None), True, "nötige Mehrheit nicht"),
        (counted(4, 4, 0), Body(Rules(), 9, 9), True, "abgelehnt"),
        (counted(4, 4, 0), Body(CHAIR, 9, 9), True, "entscheidet hier die Stimme des Vorsitzes"),
        (counted(4, 4, 0), Body(CHAIR, 9, 9), False, ""),
        (counted(3, 0, 0, present=4), Body(Rules(), 9, 9), True, "nicht beschlussfähig"),
        (counted(3, 0, 0, present=5), Body(Rules(), 9, 9), True, ""),
        (Vote(VoteKind.UNANIMOUS), Body(Rules(), 9, 9, Gathering(4)), True, "nicht beschlussfähig"),
        (Vote(VoteKind.UNANIMOUS), Body(Rules(), 9, 9, Gathering(4, excluded=1)), True, ""),
        (Vote(VoteKind.UNANIMOUS), Body(Rules(), 9, 9, Gathering(3, second_invitation=True)), True, ""),
        (Vote(VoteKind.UNANIMOUS), Body(Rules(), 9, 9, Gathering(4)), None, ""),
        (Vote(VoteKind.UNANIMOUS), Body(Rules(), 9, 18, Gathering(9, in_charge=4)), True, "Von ihm sind 4"),
        (Vote(VoteKind.UNANIMOUS), Body(Rules(), 9, 18, Gathering(9, in_charge=5)), True, ""),
        (Vote(VoteKind.UNANIMOUS), Body(FREE, None, None, Gathering(0)), True, "niemand als anwesend eingetragen"),
        (Vote(VoteKind.WITHOUT_OBJECTION), Body(FREE, None), False, "eine Ablehnung braucht eine Abstimmung"),
        (Vote(VoteKind.WITHOUT_OBJECTION), Body(FREE, None), True, ""),
        (Vote(VoteKind.UNANIMOUS, present=4), Body(Rules(), 9, 9), True, "nur angegeben, wenn gezählt"),
    ],
)
def test_a_committee_can_only_have_voted_by_its_rules(vote, of, adopted, words) -> None:
    said = rules.step_misfit(vote, of, adopted=adopted) or ""
    assert (words in said, bool(said)) == (True, bool(words))


def test_the_vote_of_the_chair_adopts_at_equal_numbers() -> None:
    assert rules.step_misfit(counted(4, 4, 0), Body(CHAIR, 9, 9), adopted=True, chair_said_yes=True) is None
    assert rules.step_misfit(counted(4, 4, 0), Body(CHAIR, 9, 9), adopted=False, chair_said_yes=True) is not None


def test_the_fullest_moment_of_a_room_counts() -> None:
    begin = datetime(2011, 11, 22, 18, tzinfo=clock.TOWN)
    at = [begin + timedelta(hours=hour) for hour in range(4)]
    assert most_at_once([(at[0], at[2]), (at[1], None), (at[2], at[3])]) == 2
    assert most_at_once([]) == 0


@pytest.mark.usefixtures("session")
def test_no_more_votes_than_people_in_the_sitting() -> None:
    found, _edit = case(("jährlich", "oft"))
    there = len(found.members)
    with pytest.raises(InvalidInput, match="mehr Stimmen als Anwesende"):
        noted(found.paper, found.step, vote=counted(there + 5, 0, 0))


@pytest.mark.usefixtures("session")
def test_nobody_who_was_there_has_agreed_to_nothing() -> None:
    found, _edit = case(("jährlich", "oft"), present=False)
    with pytest.raises(InvalidInput, match="niemand als anwesend eingetragen"):
        noted(found.paper, found.step, vote=Vote(VoteKind.UNANIMOUS))
    assert found.step.result is None


@pytest.mark.usefixtures("session")
def test_committees_that_sit_together_have_as_many_votes_as_both() -> None:
    paper = documents.paper(lead=committees.committee(legal_number=9))
    paper.participant.legal_number = 5
    step = planned(paper, paper.lead, paper.participant)
    with pytest.raises(InvalidInput, match="gesetzliche Zahl"):
        noted(paper, step, vote=counted(15, 0, 0))
    assert noted(paper, step, vote=counted(14, 0, 0)).yes == 14


@pytest.mark.usefixtures("session")
def test_there_is_no_result_before_the_day() -> None:
    paper = documents.paper()
    tomorrow = clock.today() + timedelta(days=1)
    step = planned(paper, day=tomorrow)
    with pytest.raises(InvalidInput, match="erst am") as refused:
        noted(paper, step)
    assert (refused.value.field, step.result) == ("result", None)
    later = planned(paper, paper.lead, day=tomorrow + timedelta(days=9))
    with pytest.raises(InvalidInput, match="erst am"):
        forwarding.sign_off(
            paper.moderator,
            consultation_id=step.id,
            row_version=step.row_version,
            signed=forwarding.Signed("adopted", Vote(VoteKind.UNANIMOUS)),
            to_id=later.id,
            versions={paper.text.id: paper.version.id},
        )
    assert noted(paper, planned(paper, day=None)).result == "adopted"


def test_how_many_were_there_is_printed_and_what_was_typed_comes_back(client, session) -> None:
    paper = documents.paper(lead=committees.committee(name="Rat am Ort", kind="council", legal_number=44))
    step = planned(paper, paper.lead, day=date(2011, 11, 22))
    session.commit()
    moderator = as_(client, session, paper.moderator)
    form = {"result": "adopted", "vote": "counted", "yes": "500", "no": "3", "abstained": "0", "present": "25"}
    form |= {"row_version": step.row_version, "remark": "Nach langer Aussprache"}
    answer = moderator.send(f"/consultations/{step.id}/result", form)
    assert answer.status_code == 400
    for words in ("mehr Stimmen als Anwesende: 503 Stimmen", "Nach langer Aussprache", 'value="500"'):
        assert words in body(answer)
    assert moderator.send(f"/consultations/{step.id}/result", form | {"yes": "22"}).status_code == 303
    page = body(moderator.get(f"/consultations/{step.id}"))
    assert "mehrheitlich empfohlen (22 Ja, 3 Nein, 0 enthalten, 25 anwesend)" in page
    assert "Bei Stimmengleichheit hat der Vorsitz" not in page


def test_the_casting_vote_is_asked_for_where_it_decides(client, session) -> None:
    paper = documents.paper()
    committees.rules(paper.lead, tie="chair", quorum="none")
    step = planned(paper, paper.lead)
    session.commit()
    moderator = as_(client, session, paper.moderator)
    form = {"result": "adopted", "vote": "counted", "yes": "4", "no": "4", "abstained": "0"}
    form |= {"row_version": step.row_version}
    answer = moderator.send(f"/consultations/{step.id}/result", form)
    assert (answer.status_code, "Bei Stimmengleichheit hat der Vorsitz mit Ja" in body(answer)) == (400, True)
    assert moderator.send(f"/consultations/{step.id}/result", form | {"chair_said_yes": "y"}).status_code == 303
    assert services.consultation_for(paper.moderator, step.id).consultation.result == "adopted"
