"""An administrator sets up a committee and gives seats on its pages."""

import re
from datetime import date

import pytest

from amendments.committees import queries
from amendments.committees.rules import key_of
from amendments.extensions import db
from tests.factories import committees, people

pytestmark = pytest.mark.usefixtures("session")


@pytest.mark.parametrize(
    ("name", "key"),
    [("Ausschuss für Öffentlichkeit", "ausschuss-fuer-oeffentlichkeit"), ("AG 3: Straßen", "ag-3-strassen")],
)
def test_the_key_comes_from_the_name(name: str, key: str) -> None:
    assert key_of(name) == key


def test_an_administrator_founds_a_committee_and_gives_a_seat(client) -> None:
    client.sign_in(people.account(is_admin=True))
    person = people.account()
    founded = client.send("/committees", {"name": "Kulturausschuss", "short_name": "KulA", "kind": "committee"})
    assert founded.status_code == 303
    committee = next(row for row in queries.committees() if row.key == "kulturausschuss")
    client.send(f"/committees/{committee.id}/members", {"email": person.email, "role": "moderator"})
    (member,) = queries.members_of(committee.id)
    assert (member.membership.account_id, member.membership.role) == (person.id, "moderator")
    assert "Sitz vergeben" in client.get(f"/committees/{committee.id}").text


def test_an_unknown_address_keeps_the_form_and_says_so(client) -> None:
    client.sign_in(people.account(is_admin=True))
    client.send("/committees", {"name": "Kulturausschuss", "short_name": "KulA", "kind": "committee"})
    committee = next(row for row in queries.committees() if row.key == "kulturausschuss")
    answer = client.send(f"/committees/{committee.id}/members", {"email": "niemand@town.example", "role": "member"})
    assert answer.status_code == 400
    assert "Diese Person hat kein Konto." in answer.text
    assert "niemand@town.example" in answer.text


def test_others_see_no_forms(client) -> None:
    client.sign_in(people.account())
    assert "Neues Gremium" not in client.get("/committees").text


RULES = {
    "name": "Jugendbeirat",
    "short_name": "JuB",
    "kind": "advisory_board",
    "legal_number": "12",
    "majority": "two_thirds_present",
    "quorum": "own",
    "quorum_number": "4",
    "tie": "chair",
    "order": "filed_first",
    "public": "y",
    "deadline_days": "3",
}


def test_how_a_committee_decides_is_set_on_its_page_and_read_by_all(client) -> None:
    committee = committees.committee(kind="working_group")
    client.sign_in(people.account(is_admin=True))
    assert client.get(f"/committees/{committee.id}/change").status_code == 200
    assert client.send(f"/committees/{committee.id}/change", RULES).status_code == 303
    shown = client.get(f"/committees/{committee.id}/change").text
    assert 'value="JuB"' in shown
    assert re.search(r'<option selected value="two_thirds_present">', shown)
    page = client.application.test_client().get(f"/committees/{committee.id}").text
    for words in ("zwei Drittel der Anwesenden", "4 Mitglieder", "die Stimme des Vorsitzes", "bis 3 Tage vor", "Votum"):
        assert words in page
    assert "Beschluss<" not in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"quorum_number": ""}, "wie viele Mitglieder anwesend sein müssen"),
        ({"deadline_days": "99"}, "Die Frist liegt zwischen 0 und 60 Tagen."),
        ({"deadline_days": "morgen"}, "Bitte prüfen Sie Ihre Angaben."),
        ({"majority": "loudest"}, "Bitte prüfen Sie Ihre Angaben."),
        ({"legal_number": "0"}, "eine Zahl größer als null"),
    ],
)
def test_a_wrong_rule_comes_back_with_what_was_typed(client, wrong, sentence) -> None:
    committee = committees.committee()
    client.sign_in(people.account(is_admin=True))
    answer = client.send(f"/committees/{committee.id}/change", RULES | wrong)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert 'value="Jugendbeirat"' in answer.text
    assert committee.name != "Jugendbeirat"


def test_an_organ_without_a_legal_number_is_warned_about(client) -> None:
    committee = committees.committee(kind="council")
    assert "Ohne gesetzliche Mitgliederzahl" not in client.get(f"/committees/{committee.id}").text
    client.sign_in(people.account(is_admin=True))
    assert "Ohne gesetzliche Mitgliederzahl" in client.get(f"/committees/{committee.id}").text


def test_a_seat_gets_its_dates_and_the_person_it_stands_in_for(client) -> None:
    committee, absent, deputy = committees.committee(), people.account(name="Ina Fort"), people.account()
    committees.membership(committee, absent.id)
    client.sign_in(people.account(is_admin=True))
    form = {"email": deputy.email, "role": "deputy", "valid_from": "2031-01-02", "valid_to": "31.12.2031"}
    given = client.send(f"/committees/{committee.id}/members", form | {"deputy_for": str(absent.id)})
    assert given.status_code == 303
    (seat,) = [m.membership for m in queries.members_of(committee.id) if m.membership.role == "deputy"]
    assert (seat.valid_from, seat.valid_to, seat.deputy_for) == (date(2031, 1, 2), date(2031, 12, 31), absent.id)
    assert "für Ina Fort" in client.get(f"/committees/{committee.id}").text
    place = f"/committees/{committee.id}/members/{seat.id}"
    assert 'value="2031-12-31"' in client.get(place).text
    assert client.send(place, {"valid_to": "2031-06-30", "deputy_for": ""}).status_code == 303
    db.session.refresh(seat)
    assert (seat.valid_to, seat.deputy_for) == (date(2031, 6, 30), None)


@pytest.mark.parametrize("wrong", [{"valid_to": "bald"}, {"valid_to": "1990-01-01"}, {"deputy_for": "niemand"}])
def test_a_wrong_seat_comes_back(client, wrong) -> None:
    committee, person = committees.committee(), people.account()
    seat = committees.membership(committee, person.id, role="deputy")
    client.sign_in(people.account(is_admin=True))
    answer = client.send(f"/committees/{committee.id}/members/{seat.id}", {"valid_to": "", "deputy_for": ""} | wrong)
    assert answer.status_code == 400
    db.session.refresh(seat)
    assert seat.valid_to is None


def test_a_form_that_says_nothing_of_the_last_day_changes_none(client) -> None:
    committee, person = committees.committee(), people.account()
    seat = committees.membership(committee, person.id, valid_to=date(2099, 12, 31))
    client.sign_in(people.account(is_admin=True))
    assert client.send(f"/committees/{committee.id}/members/{seat.id}").status_code == 400
    db.session.refresh(seat)
    assert seat.valid_to == date(2099, 12, 31)


def test_a_seat_belongs_to_its_committee(client) -> None:
    one, other = committees.committee(), committees.committee()
    seat = committees.membership(one, people.account().id)
    client.sign_in(people.account(is_admin=True))
    assert client.get(f"/committees/{other.id}/members/{seat.id}").status_code == 404
    assert client.send(f"/committees/{other.id}/members/{seat.id}").status_code == 404
    assert client.send(f"/committees/{other.id}/members/{seat.id}/end").status_code == 404


def test_a_committee_page_needs_the_same_statements_for_many(client, count_queries) -> None:
    committee = committees.committee()
    client.sign_in(people.account(is_admin=True))
    committees.membership(committee, people.account().id)
    with count_queries() as few:
        client.get(f"/committees/{committee.id}")
    for _ in range(20):
        committees.membership(committee, people.account().id)
    with count_queries() as many:
        client.get(f"/committees/{committee.id}")
    assert len(many) == len(few)
