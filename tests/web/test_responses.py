"""Headers, errors, languages, redirects: what every answer has in common."""

import pytest
from flask import Blueprint

from amendments.web import redirects
from amendments.web.access import public
from tests.factories import people

PATHS = ["/sign-in", "/nowhere", "/account", "/health", "/static/css/base.css", "/static/nothing.css"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Cache-Control"] == ("public, max-age=300" if path.endswith("base.css") else "no-store")


def test_a_page_for_members_sends_guests_to_sign_in_and_back(client):
    response = client.get("/account?lang=en")
    assert response.status_code == 302
    assert response.headers["Location"] == "/sign-in?next=/account?lang%3Den"


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", "/sign-out", 405), ("POST", "/sign-out", 400)]
)
def test_errors_are_a_page_or_one_json_shape(client, method, path, status):
    page = client.open(path, method=method)
    assert page.status_code == status
    assert page.mimetype == "text/html"
    answer = client.open(path, method=method, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert set(answer.json) == {"error"}
    assert {"status", "code", "message"} <= set(answer.json["error"])
    assert answer.json["error"]["status"] == status


def test_a_guest_may_sign_in_from_what_is_not_there_and_comes_back(client):
    answer = client.get("/documents/00000000-0000-4000-8000-000000000000")
    assert answer.status_code == 404
    assert 'href="/sign-in?next=/documents/00000000-0000-4000-8000-000000000000"' in answer.text
    assert "Melden Sie sich an" in answer.text


def test_a_guest_who_asks_for_json_is_told_401(client):
    response = client.get("/account", headers={"Accept": "application/json"})
    assert response.status_code == 401
    assert response.json["error"]["code"] == "sign_in_required"


def test_what_was_typed_comes_back_with_the_error(client):
    response = client.post("/account/password", data={"reason": "Zehn Minuten Arbeit", "password": "geheim und lang"})
    assert response.status_code == 400
    assert "Zehn Minuten Arbeit" in response.text
    assert "geheim und lang" not in response.text


@pytest.mark.parametrize(("size", "status"), [(1_900_000, 400), (2_200_000, 413)], ids=["below", "above"])
def test_bodies_have_a_limit(client, size, status):
    response = client.post("/sign-in", data={"email": "x" * size})
    assert response.status_code == status


def test_a_foreign_host_is_refused(app, client):
    app.config["TRUSTED_HOSTS"] = ["localhost"]
    try:
        assert client.get("/sign-in").status_code == 200
        response = client.get("/sign-in", base_url="https://attacker.example")
    finally:
        app.config["TRUSTED_HOSTS"] = None
    assert response.status_code == 400
    assert "attacker" not in response.text


def test_the_language_follows_the_browser_and_the_choice(client):
    assert '<html lang="de">' in client.get("/sign-in").text
    assert '<html lang="en">' in client.get("/sign-in", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    response = client.send("/language", {"language": "en", "next": "/sign-in"})
    assert response.status_code == 303
    assert '<html lang="en">' in client.get("/sign-in").text
    assert '<html lang="de">' in client.get("/sign-in?lang=de").text


ASTRAY = [
    "//evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/ok\n//evil.example",
    " //evil.example",
    "///evil.example",
    "http:evil.example",
    "",
    None,
    "relative",
    "/" + "x" * 3000,
    "/%5cevil\\.example",
]


@pytest.mark.parametrize("target", ASTRAY)
def test_nobody_is_sent_to_another_site(target):
    assert redirects.safe_path(target) == "/"


@pytest.mark.parametrize("target", ["/", "/documents/1?page=2#edit", "/a/b%20c", "/?next=//evil.example"])
def test_paths_of_ours_are_kept(target):
    assert redirects.safe_path(target) == target


def test_signing_in_follows_only_paths_of_ours(client, session):
    from amendments.people import passwords

    account = people.account(password_hash=passwords.hash_password("lange Nacht im Saal"))
    response = client.send(
        "/sign-in", {"email": account.email, "password": "lange Nacht im Saal", "next": "//evil.example"}
    )
    assert response.headers["Location"] == "/"


def test_the_accepted_size_of_uploads_is_a_mark_on_the_view():
    from amendments.web.uploads import accepts_files

    blueprint = Blueprint("example", __name__)

    @blueprint.post("/upload")
    @public("example")
    @accepts_files
    def upload():
        return ""

    assert upload.__accepts_files__
