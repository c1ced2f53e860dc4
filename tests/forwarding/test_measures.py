"""The register: adopted recommendations become measures, somebody sees to them, reports are only added."""

import csv
import io
from datetime import date

import pytest

from amendments import text as engine
from amendments.audit.models import Event
from amendments.consultations import services as consulting
from amendments.documents.queries import current_version, document_for
from amendments.documents.services import NewText
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.forwarding import queries, services
from amendments.forwarding.rules import NOT_ADOPTED
from amendments.forwarding.services import Planned
from amendments.forwarding.transfer import register_csv
from amendments.text import Kind
from tests.factories import committees, consultations
from tests.factories.documents import paper
from tests.guards.statements import collected
from tests.workplaces.pages import as_, body

pytestmark = pytest.mark.usefixtures("session")

CONCEPT = (
    engine.plain("Konzept", Kind.HEADING, 1),
    engine.plain("Die Lage ist gut."),
    engine.plain("Empfehlungen", Kind.HEADING, 2),
    engine.plain("=1+1 Kurse einrichten.", Kind.LIST_ITEM, 1),
    engine.plain("Einen Wegweiser herausgeben.", Kind.LIST_ITEM, 1),
    engine.plain("Die Verwaltung berichtet.", Kind.PARAGRAPH),
)


@pytest.fixture
def made():
    return paper(texts=[NewText("annex", "Konzept", CONCEPT)], visibility="public")


@pytest.fixture
def closed(made):
    consultations.closed(made)
    return made


def place(made, words):
    return next(each.identity for each in made.words if words in each.text)


def take_up(made, *words, actor=None, committee=None, **given):
    return services.take_up_measures(
        actor or made.moderator,
        document_id=made.document.id,
        committee_id=(committee or made.participant).id,
        **({"version_id": made.version.id, "paragraphs": [place(made, one) for one in words]} | given),
    )


def test_recommendations_become_measures_with_one_event(closed, session) -> None:
    before = session.query(Event).count()
    rows = take_up(closed, "Wegweiser", "Kurse")
    assert [(row.number, row.state, row.paragraph) for row in rows] == [
        (1, "open", place(closed, "Wegweiser")),
        (2, "open", place(closed, "Kurse")),
    ]
    assert [row.name for row in session.query(Event).order_by(Event.seq).offset(before)] == ["measure:taken_up"]
    assert [entry.words for entry in queries.measures_of(closed.member, closed.document)] == [
        "Einen Wegweiser herausgeben.",
        "=1+1 Kurse einrichten.",
    ]
    assert take_up(closed, "berichtet")[0].number == 3


def test_only_what_is_adopted_and_offered_and_not_there_yet(made, session) -> None:
    with pytest.raises(NotAllowed) as refused:
        take_up(made, "Kurse")
    assert refused.value.message == NOT_ADOPTED
    consultations.closed(made)
    other = paper()
    for given, kind in (
        ({"paragraphs": []}, InvalidInput),
        ({"paragraphs": [place(made, "Lage")]}, InvalidInput),
        ({"version_id": other.version.id}, Conflict),
    ):
        with pytest.raises(kind):
            take_up(made, "Kurse", **given)
    with pytest.raises(InvalidInput):
        services.take_up_measures(
            made.moderator,
            document_id=made.document.id,
            version_id=made.version.id,
            paragraphs=[place(made, "Kurse")],
            committee_id=other.document.id,
        )
    take_up(made, "Kurse")
    with pytest.raises(Conflict, match="schon im Register"):
        take_up(made, "Wegweiser", "Kurse")
    assert len(queries.measures_of(made.member, made.document)) == 1


def test_the_steering_group_plans_and_who_is_in_charge_reports(closed) -> None:
    (row,) = take_up(closed, "Kurse")
    steering, chair = committees.somebody(closed.lead, "steering"), committees.somebody(closed.participant, "chair")
    planned = Planned(closed.participant.id, closed.lead.id, budget=True, rating="first", rating_words="Zuerst das.")
    for actor in (closed.member, chair):
        with pytest.raises(NotAllowed):
            services.plan_measure(actor, measure_id=row.id, row_version=row.row_version, planned=planned)
    services.plan_measure(steering, measure_id=row.id, row_version=row.row_version, planned=planned)
    (entry,) = queries.measures_of(closed.member, closed.document)
    assert (entry.proposed_to.id, entry.measure.budget, entry.measure.rating) == (closed.lead.id, True, "first")
    with pytest.raises(NotAllowed):
        services.report_measure(closed.member, measure_id=row.id, state="done", text="Fertig")
    services.report_measure(
        chair, measure_id=row.id, state="in_progress", text="Begonnen", next_report=date(2012, 6, 1)
    )
    services.report_measure(steering, measure_id=row.id, state="done", text="Fertig")
    reports = queries.reports_of(row.id)
    assert [(one.report.number, one.report.state, one.report.text) for one in reports] == [
        (2, "done", "Fertig"),
        (1, "in_progress", "Begonnen"),
    ]
    assert (row.state, row.next_report) == ("done", None)


def test_two_who_plan_at_once_do_not_overwrite_each_other(closed) -> None:
    (row,) = take_up(closed, "Kurse")
    seen = row.row_version
    services.plan_measure(closed.moderator, measure_id=row.id, row_version=seen, planned=Planned(closed.lead.id))
    with pytest.raises(Conflict):
        services.plan_measure(closed.moderator, measure_id=row.id, row_version=seen, planned=Planned(closed.lead.id))


@pytest.mark.parametrize(
    ("planned", "field"),
    [
        ({"rating": "best"}, "rating"),
        ({"rating_words": "Gut"}, "rating"),
        ({"rating": "first", "rating_words": "x" * 5_001}, "rating_words"),
    ],
)
def test_what_cannot_be_planned(closed, planned, field) -> None:
    (row,) = take_up(closed, "Kurse")
    with pytest.raises(InvalidInput) as refused:
        services.plan_measure(
            closed.moderator,
            measure_id=row.id,
            row_version=row.row_version,
            planned=Planned(closed.lead.id, **planned),
        )
    assert refused.value.field == field


@pytest.mark.parametrize(("state", "text"), [("finished", "Fertig"), ("done", " "), ("done", "x" * 5_001)])
def test_what_is_no_report(closed, state, text) -> None:
    (row,) = take_up(closed, "Kurse")
    with pytest.raises(InvalidInput):
        services.report_measure(closed.moderator, measure_id=row.id, state=state, text=text)
    assert queries.reports_of(row.id) == ()


def test_a_measure_of_a_document_one_does_not_see_is_not_there(closed) -> None:
    (row,) = take_up(closed, "Kurse")
    closed.document.visibility = "committee"
    with pytest.raises(NotFound):
        queries.measure_for(committees.somebody(None), row.id)


def test_statements_do_not_grow_with_the_register(closed, session) -> None:
    take_up(closed, "Kurse")

    def needed():
        session.expire_all()
        document = document_for(closed.member, closed.document.id)
        with collected(session.connection()) as statements:
            queries.measures_of(closed.member, document)
        return len(statements)

    few = needed()
    take_up(closed, "Wegweiser", "berichtet", committee=closed.lead)
    assert needed() == few


def test_the_table_for_spreadsheets_carries_nothing_out(closed) -> None:
    take_up(closed, "Kurse")
    data = register_csv(queries.measures_of(closed.member, closed.document), str)
    head, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert dict(zip(head, row, strict=True)) == {
        "Nr.": "1",
        "Maßnahme": "'=1+1 Kurse einrichten.",
        "Gremium": closed.participant.name,
        "Stand": "offen",
        "haushaltswirksam": "nein",
        "Bewertung": "",
        "Worte zur Bewertung": "",
        "Vorgeschlagen an": "",
        "Nächster Bericht": "",
        "Fassung": "1",
        "Beschluss": "gilt",
    }


# --- pages


def test_the_way_of_a_recommendation_through_its_pages(client, session, closed) -> None:
    session.commit()
    moderator = as_(client, session, closed.moderator)
    register = f"/documents/{closed.document.id}/measures"
    page = moderator.get(f"{register}/choose").text
    assert "Konzept › Empfehlungen" in page
    assert "Die Lage ist gut" not in page
    form = {"version_id": closed.version.id, "committee_id": closed.participant.id}
    assert "mindestens eine Empfehlung" in moderator.send(f"{register}/choose", form).text
    for wrong in ("", "no id", str(closed.text.id)):
        answer = moderator.send(
            f"{register}/choose", form | {"version_id": wrong, "paragraphs": place(closed, "Kurse")}
        )
        assert answer.status_code == 409, wrong
    chosen = {"paragraphs": [place(closed, "Kurse"), place(closed, "Wegweiser")]}
    assert moderator.send(f"{register}/choose", form | chosen).status_code == 303
    document = document_for(closed.member, closed.document.id)
    kurse, wegweiser = (entry.measure for entry in queries.measures_of(closed.member, document))
    planned = {"committee_id": closed.lead.id, "proposed_to_id": "", "rating": "important", "budget": "y"}
    planned |= {"row_version": kurse.row_version, "rating_words": "Bald"}
    assert moderator.send(f"/measures/{kurse.id}/plan", planned).status_code == 303
    told = {"state": "in_progress", "text": "Zwei Kurse laufen.", "next_report": "2012-06-01"}
    assert moderator.send(f"/measures/{kurse.id}/report", told).status_code == 303
    assert moderator.send(f"/measures/{kurse.id}/report", told | {"text": ""}).status_code == 400
    page = body(moderator.get(f"/measures/{kurse.id}"))
    for words in ("Zwei Kurse laufen.", "in Arbeit", "wichtig", "1. Juni 2012", f"#p-{kurse.paragraph}"):
        assert words in page
    page = body(moderator.get(f"{register}?state=open"))
    assert (str(wegweiser.id) in page, str(kurse.id) in page) == (True, False)
    page = body(moderator.get(f"{register}?committee={closed.lead.id}"))
    assert (str(wegweiser.id) in page, str(kurse.id) in page) == (False, True)
    table = moderator.get(f"{register}/table?state=in_progress")
    assert "in Arbeit" in table.get_data().decode("utf-8-sig")
    assert "Wegweiser" not in table.get_data().decode("utf-8-sig")


def test_the_link_of_a_measure_leads_to_its_passage_in_the_decided_version(client, session, closed) -> None:
    (row,) = take_up(closed, "Kurse")
    session.commit()
    page = body(client.get(f"/measures/{row.id}"))
    address = f"/documents/{closed.document.id}/texts/{closed.text.id}?version=1&view=draft"
    assert f'href="{address}#p-{row.paragraph}"' in page
    assert f'id="p-{row.paragraph}"' in client.get(address).text
    assert "Berichten" not in page


def test_a_guest_reads_the_register_of_a_public_document_and_no_form(client, session, closed) -> None:
    (row,) = take_up(closed, "Kurse")
    services.report_measure(closed.moderator, measure_id=row.id, state="done", text="Fertig")
    session.commit()
    page = body(client.get(f"/measures/{row.id}"))
    assert "Fertig" in page
    assert closed.moderator.name not in page
    assert "Empfehlungen auswählen" not in client.get(f"/documents/{closed.document.id}/measures").text
    assert current_version(closed.text.id).number == 1


def test_the_register_says_that_the_decision_was_taken_back(client, session, made) -> None:
    step = consultations.closed(made)
    take_up(made, "Wegweiser")
    (row,) = queries.measures_of(made.member, made.document)
    session.commit()
    register, measure = f"/documents/{made.document.id}/measures", f"/measures/{row.measure.id}"
    member = as_(client, session, made.member)
    pages = register, measure, f"{register}/table"
    for address in pages:
        assert "zurückgenommen" not in body(member.get(address))
    consulting.take_back_result(
        made.moderator, consultation_id=step.id, row_version=step.row_version, reason="Niederschrift berichtigt"
    )
    session.commit()
    assert "Der Beschluss, auf dem diese Maßnahmen beruhen, ist zurückgenommen" in body(member.get(register))
    assert member.get(f"{register}/table").text.rstrip().endswith(";zurückgenommen")
    assert "Beschluss zurückgenommen" not in body(member.get(register)), "said once, not in every row"
    assert "Der Beschluss, auf dem diese Maßnahme beruht, ist zurückgenommen" in body(member.get(measure))
    consultations.noted(made, step)
    session.commit()
    for address in pages:
        assert "zurückgenommen" not in body(member.get(address))
