"""Every route declares its access; every unsafe route refuses a forged post."""

import pytest

from amendments.web import access
from tests.factories import people

pytestmark = pytest.mark.one_engine


def routes(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_route_declares_its_access(app):
    undeclared = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in routes(app)
        if not isinstance(getattr(app.view_functions[rule.endpoint], "__access__", None), access.Declaration)
    ]
    assert undeclared == []


def test_every_declared_action_stands_in_the_map(app):
    known = access.registered()
    unknown = {
        str(declared.action)
        for rule in routes(app)
        if (declared := getattr(app.view_functions[rule.endpoint], "__access__", None)) is not None
        and declared.action is not None
        and declared.action not in known
    }
    assert unknown == set()


def test_every_open_route_says_why(app):
    silent = [
        rule.rule
        for rule in routes(app)
        if (declared := getattr(app.view_functions[rule.endpoint], "__access__", None)) is not None
        and declared.action is None
        and not declared.reason
    ]
    assert silent == []


def test_paths_are_kebab_case_and_typed(app):
    for rule in routes(app):
        fixed = [part for part in rule.rule.split("/") if part and not part.startswith("<")]
        assert all(part == part.lower() and "_" not in part for part in fixed), rule.rule
        untyped = [name for name in rule.arguments if type(rule._converters[name]).__name__ == "UnicodeConverter"]
        assert untyped == [], rule.rule


UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
IDS = {"UUIDConverter": "7d444840-9dc0-41d1-b245-5ffdce74fad2", "IntegerConverter": 1, "SlugConverter": "x"}


def address(rule, app):
    values = {name: IDS.get(type(rule._converters[name]).__name__, "x") for name in rule.arguments}
    with app.test_request_context():
        return rule.build(values)[1]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 400), ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403)],
    ids=["without the token", "from another site", "from a sister site"],
)
def test_every_writing_route_refuses_a_forged_post(client, app, headers, status):
    answers = {}
    for rule in routes(app):
        for method in rule.methods & UNSAFE:
            response = client.open(
                address(rule, app), method=method, headers={"Referer": "https://localhost/"} | headers
            )
            answers[f"{method} {rule.rule}"] = response.status_code
    assert {place: given for place, given in answers.items() if given != status} == {}


def test_no_route_is_exempt_from_the_token():
    from amendments.extensions import csrf

    assert csrf._exempt_views == set()
    assert csrf._exempt_blueprints == set()


KEPT_OUT = {401, 403, 404}


def test_guests_get_nothing_that_is_not_open(client, app, session):
    """A random id, and no account: every route that is not open answers with sign-in, "not allowed" or "not there"."""
    answers = {}
    for rule in routes(app):
        declared = app.view_functions[rule.endpoint].__access__
        if declared.action is None or not rule.arguments:
            continue
        for method in rule.methods & (UNSAFE | {"GET"}):
            place = address(rule, app)
            response = client.get(place) if method == "GET" else client.send(place)
            to_sign_in = response.status_code == 302 and response.headers["Location"].startswith("/sign-in?next=")
            if not to_sign_in and response.status_code not in KEPT_OUT:
                answers[f"{method} {rule.rule}"] = response.status_code
    assert answers == {}


def test_members_get_404_for_what_is_not_there(client, app, session):
    client.sign_in(people.account())
    answers = {}
    for rule in routes(app):
        declared = app.view_functions[rule.endpoint].__access__
        if declared.action is None or not rule.arguments:
            continue
        for method in rule.methods & (UNSAFE | {"GET"}):
            place = address(rule, app)
            response = client.get(place) if method == "GET" else client.send(place)
            if response.status_code not in {403, 404}:
                answers[f"{method} {rule.rule}"] = response.status_code
    assert answers == {}
