"""What waits for whom on "Mein Schreibtisch", and until when."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from amendments.consultations.rules import ALWAYS, Filing, Slot, Window
from amendments.consultations.services import Plan, note_result, plan_consultation
from amendments.forwarding.services import forward, take_back
from amendments.people.models import Account
from amendments.web import clock
from amendments.workplaces.tasks import Facts, TaskKind, due
from tests.consensus.publishing import agree, publish
from tests.factories import committees, consultations, documents, proposals
from tests.factories.meetings import sitting
from tests.guards.statements import collected
from tests.workplaces.pages import as_, body

TODAY = date(2011, 11, 22)
BOARD = uuid4()


def step(day=TODAY, *, sits=(BOARD,), result=None):
    return SimpleNamespace(id=uuid4(), committee_ids=sits, day=day, result=result)


def kinds(*steps, roles=("member",), running=(), **given):
    facts = {
        "today": TODAY,
        "steps": steps,
        "running": frozenset(one.id for one in running),
        "seats": {BOARD: roles},
        "may_file": False,
        "may_decide": False,
        "slot": ALWAYS,
        "to_decide": 0,
        "unpublished": 0,
    }
    return [one.kind for one in due(Facts(**(facts | given)))]


@pytest.mark.parametrize(
    ("steps", "roles", "expected"),
    [
        ([step()], ["member"], [TaskKind.ATTEND]),
        ([step(TODAY + timedelta(days=9))], ["deputy"], [TaskKind.ATTEND]),
        ([step()], ["member", "chair"], [TaskKind.PREPARE]),
        ([step()], ["clerk"], [TaskKind.PREPARE]),
        ([step(TODAY - timedelta(days=1))], ["chair"], []),
        ([step(None)], ["chair"], []),
        ([step(result="adopted")], ["chair"], []),
        ([step(sits=(uuid4(),))], ["chair"], []),
        ([step(sits=(uuid4(), BOARD))], ["member"], [TaskKind.ATTEND]),
    ],
    ids=["today", "to come", "chair", "clerk", "over", "no day", "has a result", "others'", "joint"],
)
def test_a_sitting_waits_for_those_who_sit_in_it_until_it_is_over(steps, roles, expected) -> None:
    assert kinds(*steps, roles=roles) == expected


def test_a_running_sitting_comes_first_whatever_its_day() -> None:
    one, other = step(TODAY - timedelta(days=1)), step()
    assert kinds(other, one, running=[one]) == [TaskKind.SITTING, TaskKind.ATTEND]


@pytest.mark.parametrize("filing", list(Filing))
def test_proposals_are_asked_for_while_the_window_is_open(filing) -> None:
    slot = Slot(filing, Window(uuid4(), None, datetime(2011, 11, 22, 20, tzinfo=UTC)))
    assert kinds(may_file=True, slot=slot) == ([TaskKind.FILE] if filing is Filing.OPEN else [])
    assert kinds(may_file=False, slot=slot) == []


def test_only_who_decides_is_told_what_waits_for_decision() -> None:
    assert kinds(to_decide=3, unpublished=2, may_decide=True) == [TaskKind.DECIDE, TaskKind.PUBLISH]
    assert kinds(to_decide=3, unpublished=2) == []


# --- the page


@pytest.fixture
def paper(session):
    paper = documents.paper(lead=committees.committee(kind="steering_group"))
    day = clock.today() + timedelta(days=3)
    plan = Plan([paper.participant.id], "preparation", day=day, begins="18:00", asks=True)
    plan_consultation(paper.moderator, document_id=paper.document.id, plan=plan)
    session.commit()
    return paper


def desk(client):
    page = body(client.get("/my-desk"))
    return page[page.index("Vorlagen, die auf Sie warten") : page.index("Meine Vorschläge", page.index("<h2>"))]


def test_a_member_reads_before_the_sitting_and_proposes(client, session, paper) -> None:
    page = desk(as_(client, session, paper.member))
    assert f"Vor der Sitzung lesen: {paper.participant.name}" in page
    assert "18:00" in page
    assert "Änderungen vorschlagen." in page


def test_a_deadline_is_told_by_the_towns_clock(client, session) -> None:
    with clock.stopped(datetime(2011, 11, 22, 18, tzinfo=clock.TOWN)):
        paper = documents.paper()
        closes = datetime(2011, 11, 22, 20, tzinfo=clock.TOWN)
        plan = Plan([paper.participant.id], "preparation", day=clock.today(), asks=True, filing_closes=closes)
        plan_consultation(paper.moderator, document_id=paper.document.id, plan=plan)
        session.commit()
        page = desk(as_(client, session, paper.member))
    assert "Änderungen vorschlagen, bis 22. November 2011, 20:00." in page


def test_the_moderation_sees_what_waits_and_what_is_in_no_version(client, session, paper) -> None:
    agree(paper, proposals.change(paper, "jährlich", "oft"))
    proposals.change(paper, "Anfang", "Beginn")
    session.commit()
    moderator = as_(client, session, paper.moderator)
    page = desk(moderator)
    assert "Ein Vorschlag wartet auf Entscheidung." in page
    assert "Eine angenommene Änderung steht noch in keiner Fassung." in page
    publish(paper)
    session.commit()
    assert "in keiner Fassung" not in desk(moderator)


def test_what_is_over_waits_for_nobody(client, session, paper) -> None:
    row = plan_consultation(
        paper.moderator,
        document_id=paper.document.id,
        plan=Plan([paper.participant.id], "preparation", day=clock.today()),
    )
    note_result(paper.moderator, consultation_id=row.id, row_version=row.row_version, result="noted")
    session.commit()
    assert desk(as_(client, session, paper.member)).count("Vor der Sitzung lesen") == 1


def test_a_running_sitting_is_called_so(client, session) -> None:
    found = sitting(documents.paper(lead=committees.committee(kind="steering_group")))
    session.commit()
    assert "Die Sitzung läuft" in desk(client.sign_in(session.get(Account, found.chair.account_id)))


def test_documents_of_others_do_not_wait_for_one(client, session, paper) -> None:
    stranger = committees.somebody(committees.committee())
    assert paper.document.title not in body(as_(client, session, stranger).get("/my-desk"))


def test_the_number_of_statements_does_not_grow_with_the_documents(client, session, paper) -> None:
    member = as_(client, session, paper.member)

    def statements() -> int:
        with collected(session.connection()) as found:
            member.get("/my-desk")
        return len(found)

    statements()
    few = statements()
    for _ in range(3):
        other = documents.paper(lead=paper.lead, participant_ids=[paper.participant.id])
        plan = Plan([paper.participant.id], "preparation", day=clock.today(), asks=True)
        plan_consultation(committees.somebody(other.lead, "moderator"), document_id=other.document.id, plan=plan)
    session.commit()
    assert statements() == few


def test_on_a_closed_document_nobody_decides_proposes_or_publishes(client, session, paper) -> None:
    agree(paper, proposals.change(paper, "jährlich", "oft"))
    proposals.change(paper, "Anfang", "Beginn")
    consultations.closed(paper)
    session.commit()
    moderator = body(as_(client, session, paper.moderator).get("/my-desk"))
    member = body(as_(client, session, paper.member).get("/my-desk"))
    for words in ("wartet auf Entscheidung", "in keiner Fassung", "Änderungen vorschlagen."):
        assert (words in moderator, words in member) == (False, False), words


def test_the_step_it_was_forwarded_to_is_told_to_read_what_changed(client, session) -> None:
    paper = documents.paper()
    joint = consultations.planned(paper, paper.lead)
    second = consultations.planned(paper, day=clock.today() + timedelta(days=9))
    consultations.noted(paper, joint)
    versions = {paper.text.id: paper.version.id}
    row = forward(paper.moderator, consultation_id=joint.id, to_id=second.id, versions=versions)
    session.commit()
    said = f"Weitergeleitet von {paper.lead.name}: Lesen, was sich geändert hat."
    member = as_(client, session, paper.member)
    page = desk(member)
    assert (said in page, f"/consultations/{second.id}/changes" in page) == (True, True)
    assert said not in body(as_(client, session, paper.moderator).get("/my-desk"))
    take_back(paper.moderator, forwarding_id=row.id, reason="Falsches Gremium")
    session.commit()
    assert said not in body(client.sign_in(session.get(Account, paper.member.account_id)).get("/my-desk"))
