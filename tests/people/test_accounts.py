"""Administrators create, close and open accounts; nobody else does."""

import pytest
import sqlalchemy as sa

from amendments.people import passwords, queries, services
from amendments.people.models import Account
from tests.factories import people

FORM = {"name": "Neues Mitglied", "email": "Neu@Town.example", "password": "vier kleine Stühle"}


@pytest.fixture
def administrator(session):
    return people.account(is_admin=True, password_hash=passwords.hash_password("lange Nacht im Saal"))


def test_an_administrator_creates_an_account(client, administrator):
    client.sign_in(administrator)
    assert client.get("/accounts").status_code == 200
    response = client.send("/accounts", FORM)
    assert response.status_code == 303
    row = queries.account_by_email("neu@town.example")
    assert row.email == "neu@town.example"
    assert not row.is_admin
    assert "Neues Mitglied" in client.get("/accounts").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"password": "kurz"}, "mindestens zehn Zeichen"),
        ({"email": "keine Adresse"}, "keine vollständige E-Mail-Adresse"),
        ({"name": " "}, "Bitte geben Sie einen Namen an."),
    ],
)
def test_a_bad_account_comes_back_with_what_was_typed(client, administrator, changed, sentence):
    client.sign_in(administrator)
    response = client.send("/accounts", FORM | changed)
    assert response.status_code == 400
    assert sentence in response.text
    assert 'value="Neu@Town.example"' in response.text or "email" in changed


def test_an_address_is_taken_once(client, administrator):
    client.sign_in(administrator)
    response = client.send("/accounts", FORM | {"email": administrator.email})
    assert response.status_code == 400
    assert services.EMAIL_TAKEN in response.text


def test_fields_nobody_offered_change_nothing(client, administrator):
    client.sign_in(administrator)
    client.send(
        "/accounts", FORM | {"active": "", "id": str(administrator.id), "password_hash": "x", "created_at": "x"}
    )
    row = queries.account_by_email("neu@town.example")
    assert row.active
    assert row.id != administrator.id
    assert row.password_hash.startswith("$argon2id$")


PATHS = ["/accounts", "/accounts/{id}/password", "/accounts/{id}/deactivate", "/accounts/{id}/reactivate"]


@pytest.mark.parametrize("path", PATHS)
def test_members_and_guests_change_no_account(client, session, administrator, path):
    place = path.format(id=administrator.id)
    before = session.scalar(sa.select(sa.func.count()).select_from(Account))
    assert client.send(place, FORM).status_code == 401
    member = people.account()
    client.sign_in(member)
    assert client.send(place, FORM).status_code == 403
    assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == before + 1
    assert administrator.active


def test_a_closed_account_is_out_and_comes_back(client, administrator, session):
    member = people.account(password_hash=passwords.hash_password("lange Nacht im Saal"))
    token = services.open_session(member, address="x", user_agent="", previous_token=None)
    client.sign_in(administrator)
    assert client.send(f"/accounts/{member.id}/deactivate").status_code == 303
    assert not member.active
    assert queries.live_session(token) is None
    assert client.send(f"/accounts/{member.id}/reactivate").status_code == 303
    assert member.active
    assert queries.live_session(token) is None


def test_nobody_closes_their_own_account(client, administrator):
    client.sign_in(administrator)
    assert client.send(f"/accounts/{administrator.id}/deactivate").status_code == 400
    assert administrator.active


def test_a_forgotten_password_is_set_anew(client, administrator):
    member = people.account()
    client.sign_in(administrator)
    assert client.get(f"/accounts/{member.id}/password").status_code == 200
    assert client.send(f"/accounts/{member.id}/password", {"password": "kurz"}).status_code == 400
    assert client.send(f"/accounts/{member.id}/password", {"password": "vier kleine Stühle"}).status_code == 303
    assert passwords.verify(member.password_hash, "vier kleine Stühle")


def test_an_account_that_is_not_there_is_404(client, administrator):
    client.sign_in(administrator)
    assert client.get("/accounts/7d444840-9dc0-41d1-b245-5ffdce74fad2/password").status_code == 404


def test_the_list_needs_the_same_statements_for_many(client, administrator, count_queries):
    client.sign_in(administrator)
    with count_queries() as few:
        client.get("/accounts")
    for _ in range(20):
        people.account()
    with count_queries() as many:
        client.get("/accounts")
    assert len(many) == len(few)
