"""Headers on every status there is, and the doors in front of the doors: token, site, host, method, size."""

import pytest
from flask import abort
from werkzeug.exceptions import HTTPException

from amendments.people.services import TRIES_PER_PERSON_AND_ADDRESS
from amendments.web.security import HEADERS
from tests.security.calls import CALLS, path_of, rules
from tests.security.stage import LookingClient
from tests.security.world import PASSWORD

pytestmark = pytest.mark.one_engine

HSTS = "max-age=31536000; includeSubDomains"


def whole(response):
    """All security headers are there, as they are written down."""
    for name, value in HEADERS.items():
        assert response.headers[name] == value, (response.status_code, name)
    assert response.headers["Strict-Transport-Security"] == HSTS
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    server = response.headers.get("Server", "")
    assert "Werkzeug" not in server
    assert "X-Powered-By" not in response.headers
    return response.status_code


def test_every_status_carries_the_headers(stage):
    guest, member = stage.client("guest", LookingClient), stage.client("member", LookingClient)
    paper = stage.world.papers["committee"]
    etag = guest.get("/static/css/base.css").headers["ETag"]
    wrong = {"email": stage.world.accounts["member"].email, "password": "falsch geraten"}
    tried = [guest.send("/sign-in", wrong) for _ in range(TRIES_PER_PERSON_AND_ADDRESS + 1)]
    stale = {"expected_hash": "0" * 64, "base_version_id": str(paper.version.id), "anyway": "y"}
    publish = f"/documents/{paper.document.id}/texts/{paper.text.id}/publish"
    found = {
        whole(response)
        for response in (
            guest.get("/"),
            guest.get("/static/css/base.css"),
            guest.get("/static/css/base.css", headers={"If-None-Match": etag}),
            guest.get("/static/../config.py"),
            guest.get("/static/nothing.css"),
            guest.get("/account"),
            guest.get("/account", headers={"Accept": "application/json"}),
            guest.post("/sign-in"),
            member.get("/accounts"),
            guest.get("/nowhere"),
            guest.open("/sign-in", method="DELETE"),
            guest.open("/", method="OPTIONS"),
            guest.open("/", method="HEAD"),
            stage.client("moderator", LookingClient).send(publish, stale),
            guest.post("/sign-in", data={"email": "x" * 2_200_000}),
            tried[-1],
            member.send("/language", {"language": "en"}),
        )
    }
    assert found == {200, 302, 303, 304, 400, 401, 403, 404, 405, 409, 413, 429}


@pytest.fixture
def broken(stage, monkeypatch):
    """A front page that fails, in an application that answers for it as in production."""
    monkeypatch.setitem(stage.app.config, "TESTING", False)
    monkeypatch.setattr(stage.app, "testing", False)
    monkeypatch.setitem(stage.app.config, "PROPAGATE_EXCEPTIONS", False)

    def fail():
        raise RuntimeError("geheim: postgresql://user:pass@host/db")

    monkeypatch.setitem(stage.app.view_functions, "web.health", fail)
    return stage


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_server_error_says_nothing_and_carries_the_headers(broken, accept):
    response = broken.client("member", LookingClient).get("/health", headers={"Accept": accept})
    assert whole(response) == 500
    assert "geheim" not in response.text
    assert "Traceback" not in response.text
    assert "RuntimeError" not in response.text


@pytest.mark.parametrize("status", [408, 415, 418, 422, 503])
def test_rarer_errors_carry_them_too(stage, monkeypatch, status):
    def fail():
        try:
            abort(status)
        except LookupError:
            raise HTTPException(response=None) from None

    monkeypatch.setitem(stage.app.view_functions, "web.health", fail)
    assert whole(stage.client("guest", LookingClient).get("/health")) == status


def test_pages_of_members_are_in_no_cache(stage):
    for path in ("/", "/account", "/audit", "/nowhere"):
        response = stage.client("member", LookingClient).get(path)
        assert response.headers["Cache-Control"] == "no-store"
        assert "Cookie" in response.headers["Vary"]


POSTS = sorted(route for method, route in CALLS if method == "POST")


def valid(stage, route, role="author"):
    call = CALLS["POST", route](stage.world, stage.world.papers["committee"])
    path = path_of(stage.app, rules(stage.app)["POST", route], call.address)
    form = {name: [str(one) for one in v] if isinstance(v, list) else str(v) for name, v in call.form.items()}
    return stage.client(role, LookingClient), path, form | {"idempotency_key": "a-key"}


OURS = {"Referer": "https://localhost/"}


def test_valid_posts_without_a_valid_token_change_nothing(stage):
    """Forged on purpose with everything right but the proof that the page was ours."""
    before = stage.state()
    for route in POSTS:
        client, path, form = valid(stage, route)
        foreign = stage.client("member", LookingClient).token()
        assert client.post(path, data=form, headers=OURS).status_code == 400, route
        assert client.post(path, data=form | {"csrf_token": foreign}, headers=OURS).status_code == 400, route
        token = client.token()
        for headers in ({}, {"Referer": "https://evil.example/"}, {"Referer": "http://localhost/"}):
            assert client.post(path, data=form | {"csrf_token": token}, headers=headers).status_code == 400, route
        for site in ("cross-site", "same-site", "nonsense"):
            headers = OURS | {"Sec-Fetch-Site": site}
            assert client.post(path, data=form | {"csrf_token": token}, headers=headers).status_code == 403, route
    assert stage.state() == before


def test_other_methods_do_nothing(stage):
    before = stage.state()
    for (method, route), rule in rules(stage.app).items():
        call = CALLS[method, route](stage.world, stage.world.papers["committee"])
        path = path_of(stage.app, rule, call.address)
        client = stage.client("moderator", LookingClient)
        for other in ("PUT", "PATCH", "DELETE", "TRACE"):
            assert client.open(path, method=other, headers=OURS).status_code == 405, (other, path)
        headers = OURS | {"X-HTTP-Method-Override": "DELETE"}
        assert client.post(path, data={"_method": "DELETE"}, headers=headers).status_code in {400, 405}
    assert stage.state() == before


def test_reading_by_head_writes_nothing(stage):
    before = stage.state()
    for method, route in sorted(CALLS):
        if method == "GET":
            call = CALLS[method, route](stage.world, stage.world.papers["committee"])
            path = path_of(stage.app, rules(stage.app)[method, route], call.address)
            response = stage.client("author", LookingClient).head(path, query_string=call.query)
            assert response.status_code < 500
            assert response.data == b""
    assert stage.state() == before


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "[::1]", "a b"]
)
def test_a_foreign_host_gets_nothing(stage, monkeypatch, host):
    monkeypatch.setitem(stage.app.config, "TRUSTED_HOSTS", ["localhost"])
    client = stage.client("guest", LookingClient)
    for path in ("/", "/sign-in", "/nowhere", "/static/css/base.css"):
        response = client.get(path, headers={"Host": host})
        assert whole(response) == 400, path
        assert "evil" not in response.text


def test_nobody_can_say_where_they_come_from(stage):
    """Without a proxy that we know, forwarded addresses and hosts are nothing but words."""
    wrong = {"email": stage.world.accounts["member"].email, "password": "falsch geraten"}
    guest = stage.client("guest", LookingClient)
    for number in range(TRIES_PER_PERSON_AND_ADDRESS):
        guest.send("/sign-in", wrong, headers={"X-Forwarded-For": f"192.0.2.{number}", "Forwarded": "for=1.2.3.4"})
    last = guest.send("/sign-in", wrong | {"password": PASSWORD}, headers={"X-Forwarded-For": "198.51.100.1"})
    assert last.status_code == 429
    page = guest.get("/account", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"})
    assert "evil" not in page.headers["Location"]
