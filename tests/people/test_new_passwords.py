"""Who forgot a password gets a link, and nobody learns from that page who has an account."""

from datetime import timedelta

import pytest

from amendments.people import passwords, queries, services
from amendments.people.queries import actor_for
from amendments.web import clock
from tests.factories import people

PASSWORD = "vier kleine Stühle"
FORM = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def member(session):
    return people.account(password_hash=passwords.hash_password("lange Nacht im Saal"), name="Ada Lövenich")


@pytest.fixture
def chief(session):
    return actor_for(people.account(is_admin=True).id)


def link_in(letter):
    return next(line for line in letter.get_content().splitlines() if line.startswith("https://"))


def ask(client, email):
    return client.send("/forgotten-password", {"email": email})


def test_a_forgotten_password_is_chosen_anew_by_mail(client, member, post_office):
    session_token = services.open_session(member, address="x", user_agent="", previous_token=None)
    assert "Passwort vergessen" in client.get("/sign-in").text
    assert client.get("/forgotten-password").status_code == 200
    assert ask(client, member.email.upper()).status_code == 303
    letter = post_office.to(member.email)
    assert letter["Subject"] == "Ihr neues Passwort"
    assert "Ada Lövenich" in letter.get_content()
    assert "eine Stunde" in letter.get_content()
    link = link_in(letter)
    assert link.startswith("https://vorlagen.example/new-password?token=")
    page = client.get(link.removeprefix("https://vorlagen.example"))
    assert page.status_code == 200
    answer = client.send("/new-password", FORM | {"token": link.partition("token=")[2]})
    assert answer.headers["Location"] == "/sign-in"
    assert passwords.verify(member.password_hash, PASSWORD)
    assert queries.live_session(session_token) is None
    assert client.send("/new-password", FORM | {"token": link.partition("token=")[2]}).status_code == 410
    assert client.get("/account").status_code == 302, "a new password is no session yet"


def test_the_letter_is_written_in_the_language_of_the_account(client, member, post_office):
    member.language = "en"
    ask(client, member.email)
    letter = post_office.to(member.email)
    assert letter["Subject"] == "Your new password"
    assert "only once" in letter.get_content()


def test_an_hour_is_the_end(client, member, chief):
    token = services.make_reset_link(chief, member)
    start = clock.now()
    with clock.stopped(start + timedelta(minutes=59)):
        assert client.get("/new-password", query_string={"token": token}).status_code == 200
    with clock.stopped(start + timedelta(minutes=61)):
        assert client.send("/new-password", FORM | {"token": token}).status_code == 410


def test_no_answer_says_who_has_an_account(client, member, chief, post_office):
    closed = people.account(active=False)
    waiting, _token = services.invite(chief, email="wartet@town.example", name="Wartet")
    answers = []
    for email in (member.email, closed.email, waiting.email, "niemand@town.example", "keine Adresse"):
        answer = ask(client, email)
        answers.append((answer.status_code, answer.headers["Location"], answer.text, client.get("/sign-in").text))
    plain = [[str(part).split('name="csrf_token"')[0] for part in answer] for answer in answers]
    assert all(answer == plain[0] for answer in plain)
    assert [letter["To"].addresses[0].addr_spec for letter in post_office.letters] == [member.email]


def test_looking_for_the_account_happens_beside_the_request(client, app, member, post_office, monkeypatch):
    """So the time of the answer says nothing: what differs has not begun when it is sent."""
    jobs = []
    monkeypatch.setitem(app.extensions, "afterwards", jobs.append)
    statements = []
    from sqlalchemy import event

    from amendments.extensions import db

    connection = db.connection

    def note(_connection, _cursor, statement, *_rest):
        if "SAVEPOINT" not in statement:
            statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    seen, begun = [], []
    for email in (member.email, "niemand@town.example"):
        statements.clear()
        before = len(jobs)
        ask(client, email)
        seen.append(list(statements))
        begun.append(len(jobs) - before)
    assert seen[0] == seen[1]
    assert begun[0] == begun[1] > 0
    assert post_office.letters == []
    for job in jobs:
        job()
    assert len(post_office.letters) == 1


def test_a_new_password_revives_no_invitation(client, chief, post_office):
    """An expired invitation stays expired, whoever asks for whatever else."""
    waiting, token = services.invite(chief, email="wartet@town.example", name="Wartet")
    with clock.stopped(clock.now() + timedelta(hours=49)):
        ask(client, waiting.email)
        assert post_office.letters == []
        assert client.get("/invitation", query_string={"token": token}).status_code == 410
        with pytest.raises(services.Conflict):
            services.make_reset_link(chief, waiting)


def test_asking_too_often_is_refused_for_known_and_unknown_alike(client, member, post_office):
    for email in (member.email, "niemand@town.example"):
        statuses = [ask(client, email).status_code for _ in range(services.ASKS_PER_PERSON + 1)]
        assert statuses == [303] * services.ASKS_PER_PERSON + [429]
    answer = ask(client, member.email)
    assert int(answer.headers["Retry-After"]) > 0
    assert "zu oft" in answer.text
    assert len(post_office.letters) == services.ASKS_PER_PERSON


def test_only_the_last_link_opens(client, member, post_office):
    ask(client, member.email)
    first = link_in(post_office.to(member.email)).partition("token=")[2]
    ask(client, member.email)
    last = link_in(post_office.to(member.email)).partition("token=")[2]
    assert client.get("/new-password", query_string={"token": first}).status_code == 410
    assert client.get("/new-password", query_string={"token": last}).status_code == 200


def test_changing_the_password_ends_the_link(client, member, chief):
    token = services.make_reset_link(chief, member)
    services.change_password(actor_for(member.id), member, current="lange Nacht im Saal", new=PASSWORD)
    assert client.get("/new-password", query_string={"token": token}).status_code == 410


def test_without_mail_the_administration_hands_the_link_over(client, member, chief):
    assert "wenden Sie sich an Ihre Verwaltung" in client.get("/forgotten-password").text
    assert ask(client, member.email).status_code == 303
    client.sign_in(queries.account(chief.account_id))
    page = client.send(f"/accounts/{member.id}/reset-link")
    assert 'value="https://town.example/new-password?token=' in page.text


def test_with_mail_nobody_but_the_person_sees_the_link(client, member, chief, post_office):
    client.sign_in(queries.account(chief.account_id))
    page = client.send(f"/accounts/{member.id}/reset-link")
    assert page.status_code == 200
    assert "token=" not in page.text
    assert member.email in page.text
    assert "token=" in post_office.to(member.email).get_content()


def test_a_letter_the_server_refuses_leaves_the_link_to_copy(client, member, chief, post_office):
    post_office.refuses = {member.email}
    client.sign_in(queries.account(chief.account_id))
    assert "token=" in client.send(f"/accounts/{member.id}/reset-link").text


def test_a_closed_account_gets_no_link(chief):
    closed = people.account(active=False)
    with pytest.raises(services.Conflict):
        services.make_reset_link(chief, closed)
