"""Any fields at all, at every door that writes: never a server error, and nothing but what the form may change."""

import string

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.security.calls import CALLS, path_of, rules
from tests.security.stage import LookingClient
from tests.security.world import ROLES

NASTY = (
    "",
    " ",
    "\0",
    "a\0b",
    "\x1b[31m",
    "\u202ereversed\u202c",
    "\u2066\u2069",
    "\ufeff",
    "\ud7ff\ue000\uffff",
    "e\u0301" * 40,
    "🏳️‍🌈",
    "-1",
    "0",
    "1e3",
    "NaN",
    "٣",
    "9" * 30,
    "true",
    "null",
    "[]",
    "../../etc/passwd",
    "%(number)s %d %s",
    "{0.__class__}",
    "{{7*7}}",
    "'; DROP TABLE account; --",
    "<script>alert(1)</script>",
    "\r\nSet-Cookie: x=1",
    "7d444840-9dc0-41d1-b245-5ffdce74fad2",
    "{7d444840-9dc0-41d1-b245-5ffdce74fad2}",
    "urn:uuid:7d444840-9dc0-41d1-b245-5ffdce74fad2",
    "wort " * 3_000,
    "change",
    "delete",
    "insert",
    "split",
    "join",
    "move",
    "retype",
    "span",
    "agreed",
    "settled",
    "editorial",
)

values = st.one_of(st.sampled_from(NASTY), st.text(max_size=30), st.text(string.digits, max_size=9))
EXTRA = ("role", "is_admin", "author_id", "state", "id", "version", "last", "offset", "after", "kind", "start", "end")
EXTRA += ("op", "together", "cell-0", "wording-0", "answer-0", "answer-x", "rank-", "settled_by", "draft", "parent")
NEVER = {"csrf_token"}

DOORS = sorted(route for method, route in CALLS if method == "POST")
NO_FIELDS = ("/open", "/close", "/pull", "/lift", "/left/<uuid:account_id>")
MOST_CASES = 8


def door(stage, route):
    """Whoever comes furthest through this door, its address and its valid form."""
    who = {
        "/accounts": "admin",
        "/documents/new": "moderator",
        "/documents/from-paper": "moderator",
        "/account": "member",
        "/versions": "moderator",
    }
    who |= {"/committees": "admin", "/consultations": "moderator", "/meetings": "moderator"}
    who |= {"/measures": "moderator", "/forwardings": "moderator"}
    role = next((role for start, role in who.items() if route.startswith(start)), "author")
    if role == "author" and "/returned-files" in route:
        role = "moderator"
    if role == "author" and route.endswith(
        ("/publish", "/keep", "/import", "/reword", "/texts/new", "/consultations", "/choose", "/change", "/exclusions")
    ):
        role = "moderator"
    role = "moderator" if route.endswith("/lift") else role
    role = "chair" if route.endswith("/open") else role
    paper = stage.world.papers["committee"]
    call = CALLS["POST", route](stage.world, paper)
    return role, path_of(stage.app, rules(stage.app)["POST", route], call.address), call.form


@pytest.mark.parametrize("route", DOORS)
def test_no_field_makes_a_server_error(town, route):
    with town.scene():
        role, path, form = door(town, route)
    assert role in ROLES
    names = sorted({*map(str, form), *EXTRA, "idempotency_key"} - NEVER)

    @settings(
        max_examples=MOST_CASES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        changes=st.dictionaries(st.sampled_from(names), st.lists(values, min_size=1, max_size=2), max_size=4),
        gone=st.sets(st.sampled_from(names), max_size=2),
    )
    def attempt(changes, gone):
        sent = {str(name): value if isinstance(value, list) else [value] for name, value in form.items()}
        sent = {name: [str(one) for one in value] for name, value in sent.items() if name not in gone} | changes
        with town.scene():
            response = town.client(role, LookingClient).send(path, sent)
        assert response.status_code in {200, 303, 400, 401, 403, 404, 409, 410, 413, 422, 429}, sent

    attempt()


RAW = [
    b"reason=\xff\xfe\xfd&title=\xc3\x28",
    b"%ff=%fe&edit=%00",
    b"=&=&&&;;",
]


def test_bytes_that_are_no_form(town):
    answered_for(town, "application/x-www-form-urlencoded")


@pytest.mark.one_engine  # no field comes of it, so nothing of it reaches the database
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain"])
def test_bytes_of_a_kind_without_fields(town, kind):
    answered_for(town, kind)


def answered_for(town, kind):
    for route in DOORS:
        for body in RAW:
            with town.scene():
                response = sent_raw(town, route, data=body, content_type=kind)
            assert response.status_code in {200, 303, 400, 401, 403, 404, 409, 410, 413, 415}, (route, body)


def sent_raw(town, route, **body):
    role, path, _form = door(town, route)
    client = town.client(role, LookingClient)
    return client.post(path, headers={"Referer": "https://localhost/", "X-CSRFToken": client.token()}, **body)


@pytest.mark.one_engine
def test_a_json_body_is_no_form(town):
    for route in DOORS:
        if route in {"/language", "/sign-out"} or route.endswith(NO_FIELDS):
            continue  # need no field at all
        with town.scene():
            response = sent_raw(town, route, json={"outcome": "agreed"})
            assert response.status_code in {200, 400, 404, 409, 410, 415}, route
            assert town.state() == town.untouched, route


QUERIES = (
    "view",
    "version",
    "from",
    "to",
    "group",
    "page",
    "before",
    "draft",
    "parent",
    "op",
    "paragraph",
    "edit",
    "next",
)


def test_no_query_makes_a_server_error(town):
    pages = sorted(route for method, route in CALLS if method == "GET" and route != "/health")

    @settings(
        max_examples=3,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(query=st.dictionaries(st.sampled_from(QUERIES), st.lists(values, max_size=2), min_size=1, max_size=4))
    def look(query):
        for route in pages:
            paper = town.world.papers["committee"]
            with town.scene():
                call = CALLS["GET", route](town.world, paper)
                path = path_of(town.app, rules(town.app)["GET", route], call.address)
                response = town.client("moderator", LookingClient).get(path, query_string=query)
            assert response.status_code in {200, 302, 303, 400, 403, 404, 410}, (route, query)

    look()
