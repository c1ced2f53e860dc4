"""Signing in and out."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from amendments.people import passwords, queries, services, signing_in
from amendments.people.models import LoginSession
from amendments.web import clock, limits
from amendments.web.models import FormReceipt, RateLimit
from tests.factories import people

PASSWORD = "lange Nacht im Saal"


@pytest.fixture
def resident(session):
    return people.account(password_hash=passwords.hash_password(PASSWORD))


def submit(client, email, password=PASSWORD, **more):
    return client.send("/sign-in", {"email": email, "password": password, **more})


def test_the_right_password_opens_a_session(client, resident):
    response = submit(client, resident.email, next="/account")
    assert response.status_code == 303
    assert response.headers["Location"] == "/account"
    cookie = next(line for line in response.headers.getlist("Set-Cookie") if line.startswith("__Host-s="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert resident.name in client.get("/account").text


@pytest.mark.parametrize("password", ["lange Nacht im saal", "", "x" * 5000])
def test_a_wrong_password_gets_one_sentence(client, resident, password):
    response = submit(client, resident.email, password)
    assert response.status_code == 400
    assert PASSWORD not in response.text


def test_an_unknown_address_gets_the_same_sentence(client, resident):
    known = submit(client, resident.email, "etwas anderes ganz")
    unknown = submit(client, "niemand@town.example", "etwas anderes ganz")
    assert signing_in.WRONG in known.text
    assert signing_in.WRONG in unknown.text


def test_a_copied_cookie_is_worthless_after_signing_out(client, app, resident):
    client.sign_in(resident)
    copied = client.get_cookie("__Host-s").value
    assert client.get("/account").status_code == 200
    assert client.send("/sign-out").status_code == 303
    client.set_cookie("__Host-s", copied, secure=True)
    assert client.get("/account").status_code == 302


def test_signing_in_replaces_the_session_the_browser_had(client, resident, session):
    client.sign_in(resident)
    old = client.get_cookie("__Host-s").value
    submit(client, resident.email)
    new = client.get_cookie("__Host-s").value
    assert new != old
    assert queries.live_session(old) is None
    assert queries.live_session(new) is not None


@pytest.mark.parametrize("flipped", [0, 10, 42])
def test_a_changed_cookie_is_nobody(client, resident, flipped):
    client.sign_in(resident)
    token = client.get_cookie("__Host-s").value
    other = "A" if token[flipped] != "A" else "B"
    client.set_cookie("__Host-s", token[:flipped] + other + token[flipped + 1 :], secure=True)
    assert client.get("/account").status_code == 302


def test_the_database_holds_only_the_hash_of_the_token(client, resident, session):
    client.sign_in(resident)
    token = client.get_cookie("__Host-s").value
    row = session.query(LoginSession).one()
    assert row.token_hash == queries.token_hash(token)
    assert token not in row.token_hash
    assert len(token) >= 43


@pytest.mark.parametrize(
    ("minutes", "usable"), [(0, True), (179, True), (181, False)], ids=["at once", "before", "after the idle limit"]
)
def test_an_idle_session_ends(client, resident, minutes, usable):
    client.sign_in(resident)
    with clock.stopped(clock.now() + timedelta(minutes=minutes)):
        response = client.get("/account", headers={"Accept": "text/html"})
    assert (response.status_code == 200) is usable


def test_a_session_in_use_ends_after_twelve_hours(client, resident):
    client.sign_in(resident)
    start = clock.now()
    for hours in range(1, 12):
        with clock.stopped(start + timedelta(hours=hours)):
            assert client.get("/account", headers={"Accept": "text/html"}).status_code == 200
    with clock.stopped(start + timedelta(hours=12)):
        assert client.get("/account").status_code == 302


def test_a_deactivated_account_is_out_at_once(client, resident, session):
    client.sign_in(resident)
    services.deactivate(people.actor(is_admin=True), resident)
    assert client.get("/account").status_code == 302
    assert signing_in.WRONG in submit(client, resident.email).text


def test_the_eleventh_try_from_one_address_is_refused_even_if_right(client, resident):
    with clock.stopped(clock.now().replace(minute=3, second=30)):  # the quarter of an hour has 11:30 minutes left
        for _ in range(services.TRIES_PER_PERSON_AND_ADDRESS):
            assert submit(client, resident.email, "etwas anderes ganz").status_code == 400
        refused = submit(client, resident.email)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "690"
    assert "Das war zu oft in kurzer Zeit. Bitte warten Sie noch 12 Minuten." in refused.text
    assert f'value="{resident.email}"' in refused.text
    elsewhere = client.send(
        "/sign-in", {"email": resident.email, "password": PASSWORD}, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert elsewhere.status_code == 303


def test_signing_in_removes_what_is_old_and_nothing_else(client, resident, session):
    now = clock.now()
    for days in (0, 6, 8, 40):
        at = now - timedelta(days=days)
        session.add(FormReceipt(key=f"form {days}", account_id=resident.id, location="/", created_at=at))
        session.add(RateLimit(key=f"tries {days}", window_start=limits.window_start(at), count=3))
        session.add(LoginSession(token_hash=f"{days}", account_id=resident.id, created_at=at, last_seen_at=at))
    assert submit(client, resident.email).status_code == 303
    assert set(session.scalars(sa.select(FormReceipt.key))) == {"form 0", "form 6"}
    counted = set(session.scalars(sa.select(RateLimit.key)))
    assert {key for key in counted if key.startswith("tries")} == {"tries 0"}
    assert {"0", "6", "8"} < set(session.scalars(sa.select(LoginSession.token_hash)))
    assert session.get(LoginSession, "40") is None


def test_changing_the_password_ends_other_sessions(client, app, resident):
    other = services.open_session(resident, address="x", user_agent="", previous_token=None)
    client.sign_in(resident)
    response = client.send(
        "/account/password", {"current": PASSWORD, "new": "vier kleine Stühle", "again": "vier kleine Stühle"}
    )
    assert response.status_code == 303
    assert queries.live_session(other) is None
    assert client.get("/account").status_code == 200
    assert passwords.verify(resident.password_hash, "vier kleine Stühle")


def test_changing_the_password_needs_the_present_one(client, resident):
    client.sign_in(resident)
    response = client.send(
        "/account/password", {"current": "falsch geraten", "new": "vier kleine Stühle", "again": "vier kleine Stühle"}
    )
    assert response.status_code == 400
    assert "Das jetzige Passwort stimmt nicht." in response.text
    assert passwords.verify(resident.password_hash, PASSWORD)
