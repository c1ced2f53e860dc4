"""An administrator sets up a committee and gives seats on its pages."""

import pytest

from amendments.committees import queries
from amendments.committees.routes import key_of
from tests.factories import people

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
