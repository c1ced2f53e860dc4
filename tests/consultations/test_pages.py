"""The pages of the Beratungsfolge, pressed as a person would."""

import re

import pytest

from amendments.consultations import queries
from tests.factories import consultations
from tests.factories.documents import paper
from tests.workplaces.pages import as_


@pytest.fixture
def stage(session):
    found = paper(visibility="public")
    session.commit()
    return found


@pytest.fixture
def moderator(client, session, stage):
    return as_(client, session, stage.moderator)


def index(stage):
    return f"/documents/{stage.document.id}/consultations"


def test_no_committee_is_chosen_beforehand(moderator, stage) -> None:
    page = moderator.get(index(stage)).text
    assert re.search(r'<select[^>]*name="lead_id"[^>]*>\s*<option value="">Bitte wählen</option>', page)
    page = moderator.send(index(stage), {"lead_id": "", "role": "preparation", "place": "Ratssaal"}).text
    assert "Bitte wählen Sie hier etwas aus." in page
    assert 'value="Ratssaal"' in page


def test_a_step_is_planned_changed_and_gets_its_result(moderator, stage) -> None:
    form = {"lead_id": stage.lead.id, "committee_ids": [str(stage.participant.id)], "role": "preparation"}
    more = {"day": "2011-11-22", "begins": "18:30", "place": "Ratssaal", "asks": "y", "public": "y"}
    window = {"filing_opens": "2011-11-07T08:00", "filing_closes": "2011-11-22T20:00"}
    assert moderator.send(index(stage), form | more | window).status_code == 303
    (row,) = queries.consultations_of([stage.document.id])[stage.document.id]
    assert (row.begins, row.place, row.committee_ids) == ("18:30", "Ratssaal", (stage.lead.id, stage.participant.id))
    assert row.filing_closes.hour == 19  # UTC
    page = moderator.get(f"/consultations/{row.id}/plan").text
    assert "18:30" in page
    assert "2011-11-22T20:00" in page
    result = {"result": "adopted", "vote": "counted", "yes": "9", "no": "0", "abstained": "1"}
    result |= {"row_version": row.row_version, f"version_{stage.text.id}": str(stage.version.id)}
    assert moderator.send(f"/consultations/{row.id}/result", result).status_code == 303
    shown = moderator.get(index(stage)).text
    assert "einstimmig empfohlen bei 1 Enthaltung, Fassung 1" in shown


def test_what_was_typed_comes_back(moderator, stage) -> None:
    form = {"lead_id": stage.lead.id, "role": "hearing", "place": "Saal " * 60, "day": "2011-11-22"}
    answer = moderator.send(index(stage), form)
    assert answer.status_code == 400
    assert "Saal Saal" in answer.text
    assert "2011-11-22" in answer.text
    assert queries.consultations_of([stage.document.id])[stage.document.id] == ()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("day", "31.02.2011", "Das ist kein Tag. Bitte geben Sie ihn wie 31.12.2030 an."),
        ("begins", "25:00", "Das ist keine Uhrzeit. Bitte geben Sie sie wie 18:30 an."),
        ("filing_closes", "morgen", "Bitte geben Sie Tag und Uhrzeit an, wie 31.12.2030 18:30."),
        ("role", "befehlen", "Das steht hier nicht zur Wahl."),
    ],
)
def test_what_cannot_be_read_is_said_in_german(moderator, stage, field, typed, said) -> None:
    form = {"lead_id": stage.lead.id, "role": "hearing", "asks": "y"} | {field: typed}
    answer = moderator.send(index(stage), form)
    assert answer.status_code == 400
    assert said in answer.text
    assert "Not a valid" not in answer.text


def test_days_are_read_as_people_write_them(moderator, stage) -> None:
    form = {"lead_id": stage.lead.id, "role": "hearing", "day": "13.12.2011", "asks": "y"}
    form |= {"filing_closes": "13.12.2011 20:00"}
    assert moderator.send(index(stage), form).status_code == 303
    (row,) = queries.consultations_of([stage.document.id])[stage.document.id]
    assert (row.day.isoformat(), row.filing_closes.hour) == ("2011-12-13", 19)  # UTC


def test_a_guest_reads_the_table_and_sees_no_form(client, session, stage) -> None:
    row = consultations.planned(stage)
    session.commit()
    text = client.get(index(stage)).text
    assert stage.participant.name in text
    assert "Beratung eintragen" not in text
    assert "Ergebnis eintragen" not in client.get(f"/consultations/{row.id}").text
