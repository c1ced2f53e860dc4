"""A session ends where it should: copied cookies, closed accounts, lost seats, other processes, other sites."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from sqlalchemy import func, select

from amendments.app import create_app
from amendments.cli import schema
from amendments.extensions import db
from amendments.people import services
from amendments.people.models import Account, LoginSession
from amendments.people.queries import actor_for, live_session
from amendments.proposals.models import Comment
from amendments.web.transaction import write
from tests.factories import committees, documents, people, proposals
from tests.security.stage import LookingClient
from tests.security.test_objects import unseat
from tests.security.world import PASSWORD, password_hash

COOKIE = "__Host-s"


def signed_in(client):
    return client.get("/account").status_code == 200


def sign_in(client, account, **more):
    return client.send("/sign-in", {"email": account.email, "password": PASSWORD} | more)


def test_signing_out_kills_every_copy_of_the_cookie(stage):
    thief, owner = stage.client("member", LookingClient), stage.client("member", LookingClient)
    assert signed_in(thief)
    owner.send("/sign-out")
    assert not signed_in(thief)
    assert not signed_in(owner)
    assert thief.send("/my-desk").status_code == 405


def test_a_closed_account_is_out_with_its_next_request(stage):
    member, admin = stage.client("member", LookingClient), stage.client("admin", LookingClient)
    assert signed_in(member)
    assert admin.send(f"/accounts/{stage.world.accounts['member'].id}/deactivate").status_code == 303
    assert not signed_in(member)
    assert sign_in(stage.client(), stage.world.accounts["member"]).status_code == 400
    admin.send(f"/accounts/{stage.world.accounts['member'].id}/reactivate")
    assert not signed_in(member), "the old session stays dead"


def test_a_lost_seat_counts_with_the_next_request(stage):
    paper = stage.world.papers["committee"]
    member = stage.client("member", LookingClient)
    assert member.get(f"/documents/{paper.document.id}").status_code == 200
    unseat(stage, stage.world.accounts["member"].id)
    assert member.get(f"/documents/{paper.document.id}").status_code == 404
    moderator = stage.client("moderator", LookingClient)
    unseat(stage, stage.world.accounts["moderator"].id)
    form = {"edit": str(paper.edit("open")), "outcome": "agreed", f"expected-{paper.edit('open')}": ""}
    assert moderator.send(f"/versions/{paper.version.id}/decide", form).status_code == 404


def test_signing_in_gives_a_new_session_and_ends_the_planted_one(stage):
    """Somebody who planted a cookie of theirs does not become the person who signs in on top of it."""
    browser = stage.client("member", LookingClient)
    planted = browser.get_cookie(COOKIE).value
    assert sign_in(browser, stage.world.accounts["chair"]).status_code == 303
    fresh = browser.get_cookie(COOKIE).value
    assert fresh != planted
    assert live_session(planted) is None
    attacker = stage.client("guest", LookingClient)
    attacker.set_cookie(COOKIE, planted, secure=True)
    assert not signed_in(attacker)


def test_a_form_token_does_not_outlive_the_session(stage):
    browser = stage.client("member", LookingClient)
    token = browser.token()
    browser.send("/sign-out")
    sign_in(browser, stage.world.accounts["chair"])
    answer = browser.post(
        "/account/sessions/end",
        data={"csrf_token": token, "idempotency_key": "k"},
        headers={"Referer": "https://localhost/"},
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("cookie", ["", "x", "a" * 3_000, "\u00e4", "null", "../../x", "' OR 1=1 --"])
def test_a_cookie_nobody_gave_is_nobody(stage, cookie):
    browser = stage.client("guest", LookingClient)
    browser.set_cookie(COOKIE, cookie, secure=True)
    assert browser.get("/account").status_code == 302


ASTRAY = ["//evil.example", "/\\evil.example", "https:evil.example", "/%0d%0aSet-Cookie:x=1", "/\t/evil.example"]
ASTRAY += ["javascript:alert(1)", "\x00//evil.example", "/.//evil.example", "http://localhost@evil.example", "////a"]


@pytest.mark.parametrize("target", ASTRAY)
def test_nobody_is_led_away(stage, target):
    """Every field and query called `next`, of whoever."""
    guest, member = stage.client("guest", LookingClient), stage.client("member", LookingClient)
    places = [
        member.get("/sign-in", query_string={"next": target}),
        guest.send("/language", {"language": "de", "next": target}),
        sign_in(guest, stage.world.accounts["member"], next=target),
    ]
    for place in places:
        location = place.headers["Location"]
        assert location.startswith("/"), location
        assert not location.startswith(("//", "/\\")), location
        assert "\n" not in location
        assert "\r" not in location


# --- two processes


_number = count(1)


@pytest.fixture
def processes(engine_name, make_database, tmp_path):
    """Two applications on one database, as two processes of the server have them; everybody really commits."""
    address = make_database(engine_name, f"processes{next(_number)}")
    config = {"data_dir": tmp_path, "database_url": address, "secret_key": b"s" * 40, "testing": True}
    apps = [create_app(config), create_app(config)]
    with apps[0].app_context():
        schema.upgrade(db.engine)
    yield apps
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def browser(app, token=None):
    app.test_client_class = LookingClient
    client = app.test_client()
    if token is not None:
        client.set_cookie(COOKIE, token, secure=True)
    return client


def test_tries_are_counted_over_all_processes(processes):
    with processes[0].app_context():
        email = write(lambda: people.account(password_hash=password_hash()).email)
    statuses = []
    for number in range(services.TRIES_PER_PERSON_AND_ADDRESS + 1):
        app = processes[number % 2]
        with app.app_context():
            answer = browser(app).send("/sign-in", {"email": email, "password": "falsch geraten"})
        statuses.append(answer.status_code)
    assert statuses == [400] * services.TRIES_PER_PERSON_AND_ADDRESS + [429]


def test_ten_double_clicks_at_once_are_one_comment(processes):
    """The same form with the same key from ten threads on two applications."""
    with processes[0].app_context():
        proposal, token = write(_prepare)

    def click(number):
        app = processes[number % 2]
        with app.app_context():
            form = {"text": "Gut so", "idempotency_key": "one-key"}
            return browser(app, token).send(f"/proposals/{proposal}/comments", form)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(click, range(10)))
    assert {answer.status_code for answer in answers} <= {303, 503}
    assert len({answer.headers["Location"] for answer in answers if answer.status_code == 303}) == 1
    with processes[0].app_context():
        assert db.session.scalar(select(func.count()).select_from(Comment)) == 1


def _prepare():
    paper = documents.paper()
    proposal = proposals.change(paper, "jährlich", "jedes Jahr")
    account = db.session.get_one(Account, paper.member.account_id)

    committees.membership(paper.participant, account.id)
    token = services.open_session(account, address="x", user_agent="", previous_token=None)
    return proposal.id, token


def test_a_session_ended_in_one_process_is_dead_in_the_other(processes):
    with processes[0].app_context():
        _proposal, token = write(_prepare)
        assert signed_in(browser(processes[0], token))
    with processes[1].app_context():
        assert signed_in(browser(processes[1], token))
        browser(processes[1], token).send("/sign-out")
    with processes[0].app_context():
        assert not signed_in(browser(processes[0], token))
        assert db.session.scalar(select(func.count()).where(LoginSession.ended_at.is_(None))) == 0


def at_once(processes, number, act):
    """`act(application, number)` from as many threads, on two applications that really commit."""

    def one(place):
        app = processes[place % 2]
        with app.app_context():
            return act(app, place)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def test_ten_who_use_one_invitation_at_once_are_one(processes):
    """Each with a form of their own: whoever copied the link is not let in beside the person."""
    with processes[0].app_context():
        chief = write(lambda: people.account(is_admin=True, password_hash=password_hash()).id)
        token = write(lambda: services.invite(actor_for(chief), email="neu@town.example", name="Neu")[1])
    form = {"token": token, "password": "vier kleine Stühle", "again": "vier kleine Stühle"}
    answers = at_once(processes, 10, lambda app, _place: browser(app).send("/invitation", form).status_code)
    assert sorted(set(answers)) in ([303, 410], [303, 410, 503])
    assert answers.count(303) == 1
    with processes[0].app_context():
        assert db.session.scalar(select(func.count()).select_from(LoginSession)) == 1


def test_two_administrators_who_close_each_other_at_once_leave_one(processes):
    with processes[0].app_context():
        ids = [write(lambda: people.account(is_admin=True, password_hash=password_hash()).id) for _ in range(2)]
        tokens = [
            write(
                lambda one=one: services.open_session(
                    db.session.get_one(Account, one), address="x", user_agent="", previous_token=None
                )
            )
            for one in ids
        ]
    closing = at_once(
        processes,
        2,
        lambda app, place: browser(app, tokens[place]).send(f"/accounts/{ids[1 - place]}/deactivate").status_code,
    )
    assert 303 in closing
    with processes[0].app_context():
        assert db.session.scalar(select(func.count()).where(Account.active)) == 1
