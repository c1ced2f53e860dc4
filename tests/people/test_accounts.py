"""Administrators see, close and open accounts and hand out links; nobody else does."""

from datetime import timedelta

import pytest

from amendments.people import passwords, queries, services
from amendments.people.models import Account
from amendments.people.queries import actor_for
from amendments.web import clock
from tests.factories import people

PASSWORD = "lange Nacht im Saal"


@pytest.fixture
def administrator(session):
    return people.account(is_admin=True, password_hash=passwords.hash_password(PASSWORD))


PATHS = ["deactivate", "reactivate", "invitation", "invitation/revoke", "reset-link", "administrator"]


@pytest.mark.parametrize("path", PATHS)
def test_members_and_guests_change_no_account(client, session, administrator, path):
    place = f"/accounts/{administrator.id}/{path}"
    before = administrator.password_hash
    assert client.send(place, {"is_admin": "0"}).status_code == 401
    client.sign_in(people.account())
    assert client.send(place, {"is_admin": "0"}).status_code == 403
    assert (administrator.active, administrator.is_admin, administrator.password_hash) == (True, True, before)


def test_a_closed_account_is_out_and_comes_back(client, administrator, session):
    member = people.account(password_hash=passwords.hash_password(PASSWORD))
    token = services.open_session(member, address="x", user_agent="", previous_token=None)
    client.sign_in(administrator)
    assert client.send(f"/accounts/{member.id}/deactivate").status_code == 303
    assert not member.active
    assert queries.live_session(token) is None
    assert client.send(f"/accounts/{member.id}/reactivate").status_code == 303
    assert member.active
    assert queries.live_session(token) is None


def test_a_closed_account_keeps_its_seats_and_nobody_uses_them(client, administrator):
    from amendments.committees.queries import members_of
    from tests.factories import committees

    committee, member = committees.committee(), people.account()
    committees.membership(committee, member.id)
    token = services.open_session(member, address="x", user_agent="", previous_token=None)
    services.deactivate(actor_for(administrator.id), member)
    assert [seat.name for seat in members_of(committee.id)] == [member.name]
    client.set_cookie("__Host-s", token, secure=True)
    assert client.get("/account").status_code == 302


def test_nobody_closes_their_own_account(client, administrator):
    client.sign_in(administrator)
    assert client.send(f"/accounts/{administrator.id}/deactivate").status_code == 400
    assert administrator.active


def test_the_last_administrator_stays(client, session, administrator):
    """Also when whoever closes them was an administrator only a moment ago, in the eyes of an old page."""
    gone = actor_for(people.account(is_admin=True, active=False).id)
    with pytest.raises(services.InvalidInput, match="das letzte Konto"):
        services.deactivate(gone, administrator)
    client.sign_in(administrator)
    answer = client.send(f"/accounts/{administrator.id}/administrator", {"is_admin": "0"})
    assert answer.status_code == 400
    assert "das letzte Konto" in answer.text
    assert administrator.is_admin


def test_who_is_only_invited_is_no_administrator_yet(administrator):
    services.invite(actor_for(administrator.id), email="neu@town.example", name="Neu", is_admin=True)
    with pytest.raises(services.InvalidInput):
        services.set_administrator(actor_for(administrator.id), administrator, is_admin=False)


def test_the_administration_is_handed_on(client, administrator):
    other = people.account()
    client.sign_in(administrator)
    assert client.send(f"/accounts/{other.id}/administrator", {"is_admin": "1"}).status_code == 303
    assert other.is_admin
    assert client.send(f"/accounts/{other.id}/administrator").status_code == 400, "nothing asked, nothing taken"
    assert client.send(f"/accounts/{administrator.id}/administrator", {"is_admin": "0"}).status_code == 303
    assert client.get("/accounts").status_code == 403


def test_an_account_that_is_not_there_is_404(client, administrator):
    client.sign_in(administrator)
    for path in PATHS:
        place = f"/accounts/7d444840-9dc0-41d1-b245-5ffdce74fad2/{path}"
        assert client.send(place, {"is_admin": "1"}).status_code == 404


def test_the_list_says_who_is_invited_and_until_when(client, administrator, session):
    chief = actor_for(administrator.id)
    services.invite(chief, email="a@town.example", name="Ada Wartet")
    late, _token = services.invite(chief, email="b@town.example", name="Ben Zu Spät")
    gone, _token = services.invite(chief, email="c@town.example", name="Cem Doch Nicht")
    services.revoke_invitation(chief, gone)
    client.sign_in(administrator)
    with clock.stopped(clock.now() + timedelta(hours=1)):
        page = client.get("/accounts").text
    assert ("gilt bis" in page, "zurückgezogen" in page, "abgelaufen am" in page) == (True, True, False)
    with clock.stopped(clock.now() + timedelta(hours=2, minutes=30)):  # the session of the test is still alive
        services.renew_invitation(chief, late)
    assert page.index("Ada Wartet") < page.index("Alle Konten")
    assert "a@town.example" in page


def test_the_list_needs_the_same_statements_for_many(client, administrator, count_queries):
    client.sign_in(administrator)
    with count_queries() as few:
        client.get("/accounts")
    for number in range(20):
        people.account()
        services.invite(actor_for(administrator.id), email=f"n{number}@town.example", name="Neu")
    with count_queries() as many:
        client.get("/accounts")
    assert len(many) == len(few)


def test_the_language_of_mails_is_chosen(client, session):
    member = people.account()
    client.sign_in(member)
    assert "Sprache der E-Mails" in client.get("/account").text
    assert client.send("/account/language", {"language": "en"}).status_code == 303
    assert session.get(Account, member.id).language == "en"
    assert client.send("/account/language", {"language": "la"}).status_code == 400
    assert session.get(Account, member.id).language == "en"
