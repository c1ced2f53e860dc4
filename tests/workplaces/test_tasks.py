"""What waits for whom on "Mein Schreibtisch", and until when."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from amendments import text as engine
from amendments.consultations.rules import ALWAYS, Filing, Slot, Window
from amendments.consultations.services import Plan, note_result, plan_consultation
from amendments.documents.services import NewText
from amendments.forwarding.services import forward, report_measure, take_back, take_up_measures
from amendments.meetings.services import close_meeting
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


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY], ids=["yesterday", "today"])
def test_after_the_sitting_its_result_waits_for_who_signs_off(day) -> None:
    one = step(day)
    assert kinds(one, held=frozenset({one.id}), signs=frozenset({one.id}), roles=["chair"]) == [TaskKind.SIGN_OFF]
    assert kinds(one, held=frozenset({one.id})) == []


def test_a_step_that_got_the_document_waits_for_its_result_when_its_day_has_passed() -> None:
    before, late = step(TODAY - timedelta(days=9), result="adopted"), step(TODAY - timedelta(days=1))
    given = {"forwarded": {late.id: before.id}, "signs": frozenset({late.id}), "roles": ["chair"]}
    assert kinds(before, late, **given) == [TaskKind.READ, TaskKind.SIGN_OFF]
    late.day = TODAY
    assert kinds(before, late, **given) == [TaskKind.READ, TaskKind.PREPARE]


def test_reports_come_last_with_the_first_day_one_is_due() -> None:
    facts = Facts(TODAY, (), frozenset(), {}, False, False, ALWAYS, 0, 0, reports=[None, TODAY, date(2011, 11, 1)])
    (only,) = due(facts)
    assert (only.kind, only.number, only.until) == (TaskKind.REPORT, 3, date(2011, 11, 1))


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


def test_a_closed_sitting_is_no_longer_prepared_but_signed_off(client, session) -> None:
    found = sitting(documents.paper(lead=committees.committee(kind="steering_group")))
    close_meeting(found.chair, meeting_id=found.meeting.id)
    session.commit()
    page = desk(client.sign_in(session.get(Account, found.chair.account_id)))
    step_id = found.meeting.consultation_id
    assert f'href="/consultations/{step_id}/sign-off">Ergebnis festhalten und weiterleiten: ' in page
    assert "Sitzung vorbereiten" not in page


def test_who_speaks_for_the_committee_in_charge_reports_about_its_measures(client, session) -> None:
    content = (engine.plain("Empfehlungen", engine.Kind.HEADING, 1), engine.plain("Kurse."), engine.plain("Wege."))
    paper = documents.paper(texts=[NewText("annex", "Konzept", content)])
    consultations.closed(paper)
    taken = take_up_measures(
        paper.moderator,
        document_id=paper.document.id,
        version_id=paper.version.id,
        paragraphs=[paragraph.identity for paragraph in paper.words[1:]],
        committee_id=paper.participant.id,
    )
    clerk = committees.somebody(paper.participant, "clerk")
    due_on = date(2031, 3, 15)
    report_measure(clerk, measure_id=taken[0].id, state="in_progress", text="Begonnen.", next_report=due_on)
    session.commit()
    page = desk(as_(client, session, clerk))
    assert "Über 2 Maßnahmen berichten. Nächster Bericht: 15. März 2031." in page
    assert f'href="/documents/{paper.document.id}/measures"' in page
    assert "berichten" not in body(client.sign_in(session.get(Account, paper.member.account_id)).get("/my-desk"))
    for measure in taken:
        report_measure(clerk, measure_id=measure.id, state="done", text="Erledigt.")
    session.commit()
    assert "berichten" not in body(client.sign_in(session.get(Account, clerk.account_id)).get("/my-desk"))


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
    said = f"Lesen, was sich geändert hat. Weitergeleitet hat: {paper.lead.name}."
    member = as_(client, session, paper.member)
    page = desk(member)
    assert (said in page, f"/consultations/{second.id}/changes" in page) == (True, True)
    assert said not in body(as_(client, session, paper.moderator).get("/my-desk"))
    take_back(paper.moderator, forwarding_id=row.id, reason="Falsches Gremium")
    session.commit()
    assert said not in body(client.sign_in(session.get(Account, paper.member.account_id)).get("/my-desk"))
