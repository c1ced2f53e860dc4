"""A link opens an account once, for two days, and only what it was made for."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from amendments.audit.models import Event
from amendments.errors import Conflict, Gone, InvalidInput, NotAllowed
from amendments.people import passwords, queries, services, signing_in
from amendments.people.models import AccountLink, LoginSession
from amendments.people.queries import account_of_link, actor_for
from amendments.people.rules import Purpose
from amendments.web import clock
from tests.factories import people

PASSWORD = "vier kleine Stühle"
FORM = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def chief(session):
    return actor_for(people.account(is_admin=True).id)


@pytest.fixture
def invited(chief):
    """The account and the token of its link."""
    return services.invite(chief, email="Neu@Town.example", name="Neues Mitglied")


def accept(client, token, **changed):
    return client.send("/invitation", FORM | {"token": token} | changed)


def test_an_invitation_becomes_an_account_that_is_signed_in(client, invited):
    account, token = invited
    page = client.get("/invitation", query_string={"token": token})
    assert page.status_code == 200
    assert "Neues Mitglied" in page.text
    answer = accept(client, token)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"
    assert client.get("/account").status_code == 200
    assert account.email == "neu@town.example"
    assert passwords.verify(account.password_hash, PASSWORD)


def test_nobody_signs_in_before_choosing_a_password(client, invited):
    account, _token = invited
    for guess in ("", "!", "None", PASSWORD):
        answer = client.send("/sign-in", {"email": account.email, "password": guess})
        assert answer.status_code == 400


def test_the_database_holds_no_token(session, invited):
    _account, token = invited
    stored = session.scalars(sa.select(AccountLink)).all()
    assert [row.token_hash for row in stored] == [queries.token_hash(token)]
    assert len(token) >= 43  # 256 bits
    rows = session.execute(sa.select(Event.payload)).all()
    assert token not in repr(rows)
    assert "town.example" not in repr(rows)


def test_looking_at_the_page_does_not_use_the_link_up(client, invited):
    _account, token = invited
    for _ in range(3):
        assert client.get("/invitation", query_string={"token": token}).status_code == 200
    assert accept(client, token).status_code == 303


def used(_chief, account, token):
    services.accept_invitation(token, password_hash="hash")


def revoked(chief, account, _token):
    services.revoke_invitation(chief, account)


def renewed(chief, account, _token):
    services.renew_invitation(chief, account)


def closed(chief, account, _token):
    services.deactivate(chief, account)


def closed_and_open(chief, account, _token):
    services.deactivate(chief, account)
    services.reactivate(chief, account)


@pytest.mark.parametrize("ended", [used, revoked, renewed, closed, closed_and_open], ids=lambda end: end.__name__)
def test_a_link_that_has_ended_is_gone_with_one_sentence(client, session, chief, invited, ended):
    account, token = invited
    ended(chief, account, token)
    before = account.password_hash
    sentences = set()
    for value in (token, token + "x", "", "x" * 3_000, "\0"):
        shown = client.get("/invitation", query_string={"token": value})
        assert shown.status_code == 410
        sentences.add(shown.text.replace(value, ""))
        assert "gilt nicht mehr" in shown.text
    assert len({text[text.index("<main") : text.index("</main>")] for text in sentences}) == 1
    assert accept(client, token).status_code == 410
    assert account.password_hash == before
    assert client.get("/account").status_code == 302


def test_two_days_are_the_end(client, invited):
    _account, token = invited
    start = clock.now()
    with clock.stopped(start + timedelta(hours=47, minutes=59)):
        assert client.get("/invitation", query_string={"token": token}).status_code == 200
    with clock.stopped(start + timedelta(hours=48, seconds=1)):
        assert client.get("/invitation", query_string={"token": token}).status_code == 410
        assert accept(client, token).status_code == 410


def test_a_link_is_used_by_one_of_two(invited):
    """Both have looked before either has chosen."""
    _account, token = invited
    for _ in range(2):
        assert signing_in.new_hash(token=token, purpose=Purpose.INVITATION, password=PASSWORD)
    services.accept_invitation(token, password_hash="first")
    with pytest.raises(Gone):
        services.accept_invitation(token, password_hash="second")


def test_no_kind_of_link_opens_the_other_page(client, chief, invited):
    account, token = invited
    member = people.account()
    reset = services.make_reset_link(chief, member)
    assert client.get("/new-password", query_string={"token": token}).status_code == 410
    assert client.get("/invitation", query_string={"token": reset}).status_code == 410
    assert client.send("/new-password", FORM | {"token": token}).status_code == 410
    assert accept(client, reset).status_code == 410
    assert (account.password_hash, member.password_hash) == (None, "!")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"password": "kurz", "again": "kurz"}, "zwischen 10 und 256 Zeichen"),
        ({"again": "etwas anderes hier"}, "verschieden"),
        ({"password": "1234567890", "again": "1234567890"}, "auf den Listen"),
        ({"password": "neuesmitglied1", "again": "neuesmitglied1"}, "leicht zu erraten"),
    ],
)
def test_a_bad_password_comes_back_and_the_link_stays_good(client, invited, changed, sentence):
    account, token = invited
    answer = accept(client, token, **changed)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert f'value="{token}"' in answer.text
    assert account.password_hash is None
    assert accept(client, token).status_code == 303


def test_who_was_signed_in_as_somebody_else_is_so_no_more(client, chief, invited, session):
    account, token = invited
    client.sign_in(people.account())
    old = client.get_cookie("__Host-s").value
    assert accept(client, token).status_code == 303
    assert queries.live_session(old) is None
    row = queries.live_session(client.get_cookie("__Host-s").value)
    assert row.account_id == account.id


def test_a_renewed_invitation_is_the_only_one(session, chief, invited):
    account, old = invited
    new = services.renew_invitation(chief, account)
    with pytest.raises(Gone):
        account_of_link(old, Purpose.INVITATION)
    assert account_of_link(new, Purpose.INVITATION).id == account.id
    assert list(queries.open_invitations()) == [account.id]


def test_who_has_a_password_is_not_invited_again(chief, invited):
    account, token = invited
    services.accept_invitation(token, password_hash="hash")
    for verb in (services.renew_invitation, services.revoke_invitation):
        with pytest.raises(Conflict):
            verb(chief, account)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "keine Adresse"}, "email"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "email"),
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"language": "la"}, "language"),
    ],
)
def test_a_wrong_invitation_names_its_field(chief, given, field):
    with pytest.raises(InvalidInput) as refused:
        services.invite(chief, **({"email": "neu@town.example", "name": "Neu"} | given))
    assert refused.value.field == field


def test_only_administrators_invite(session, invited):
    account, _token = invited
    member = actor_for(people.account().id)
    for verb in (
        lambda: services.invite(member, email="x@town.example", name="X"),
        lambda: services.renew_invitation(member, account),
        lambda: services.revoke_invitation(member, account),
        lambda: services.make_reset_link(member, account),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_renewing_shows_the_link_once_and_only_there(client, chief, invited):
    account, _token = invited
    client.sign_in(queries.account(chief.account_id))
    key = {"idempotency_key": "pressed-twice"}
    first = client.send(f"/accounts/{account.id}/invitation", key)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "no-store"
    assert 'value="https://town.example/invitation?token=' in first.text
    again = client.send(f"/accounts/{account.id}/invitation", key)
    assert again.status_code == 303
    assert "token=" not in client.get("/accounts").text


@pytest.mark.parametrize("host", ["evil.example", "localhost"])
def test_the_link_does_not_follow_the_host_of_the_request(client, chief, invited, host):
    account, _token = invited
    client.sign_in(queries.account(chief.account_id))
    answer = client.send(f"/accounts/{account.id}/invitation", headers={"X-Forwarded-Host": host})
    assert "https://town.example/invitation?token=" in answer.text
    assert "evil.example" not in answer.text


def test_an_old_link_that_has_ended_is_forgotten_with_time(session, chief, invited):
    account, _token = invited
    with clock.stopped(clock.now() + timedelta(days=40)):
        member = people.account()
        services.open_session(member, address="x", user_agent="", previous_token=None)
        assert session.scalar(sa.select(sa.func.count()).select_from(AccountLink)) == 1, "an open one stays in the list"
        services.revoke_invitation(chief, account)
        services.open_session(member, address="x", user_agent="", previous_token=None)
        assert session.scalar(sa.select(sa.func.count()).select_from(AccountLink)) == 0
    assert session.scalar(sa.select(sa.func.count()).select_from(LoginSession)) == 2
