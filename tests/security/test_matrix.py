"""Every route by every kind of person: what the committed table says, and nothing written where it says no.

After a route was added or a right was changed on purpose, `AUTHZ_MATRIX=write pytest -n0 -k write_the_table
tests/security/test_matrix.py --engine sqlite` writes the table as the service answers now; what differs is to be read.
"""

import csv
import os
from functools import cache
from pathlib import Path

import pytest

from amendments.decisions.rules import DECIDE
from amendments.documents.rules import DOCUMENT_SEE
from amendments.proposals.rules import PROPOSAL_WITHDRAW
from amendments.web import access
from tests.security.calls import CALLS, OF_DOCUMENTS, TEXT, path_of, rules, send
from tests.security.stage import LookingClient
from tests.security.world import ROLES, THINGS

TABLE = Path(__file__).with_name("authz_matrix.csv")
HEAD = ("method", "route", "thing", *ROLES)
NO = {"sign-in", "401", "403", "404"}
"""Answers that say no: nothing is written then."""


@cache
def table():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {(row["method"], row["route"], row["thing"]): row for row in csv.DictReader(lines)}


def wanted():
    """Every cell's row that must stand in the table, by the routes we know a valid request for."""
    return [
        (method, route, thing)
        for method, route in sorted(CALLS, key=lambda key: (key[1], key[0]))
        for thing in (THINGS if any(f":{name}>" in route for name in OF_DOCUMENTS) else ("",))
    ]


def answer(response):
    if response.status_code == 302 and response.headers["Location"].startswith("/sign-in?next="):
        return "sign-in"
    return "ok" if response.status_code in {200, 302, 303} else str(response.status_code)


def ask(stage, method, route, thing, role):
    world = stage.world
    paper = world.papers[thing or "committee"]
    call = CALLS[method, route](world, paper)
    path = path_of(stage.app, rules(stage.app)[method, route], call.address)
    plain = {"headers": {"Accept": "application/json"}} if method == "POST" else {}  # an error is then no whole page
    return answer(send(stage.client(role, LookingClient), method, path, call, **plain))


def test_every_route_has_a_valid_request_and_its_rows(app):
    assert set(rules(app)) == set(CALLS)
    assert set(table()) == set(wanted())


QUIET = {"/forgotten-password", "/language", f"{TEXT}/propose/preview"}
"""Posts that write nothing (or only count, as without a mail server); for a guest signing out is one."""


@pytest.mark.one_engine
@pytest.mark.parametrize(("method", "route"), sorted(CALLS, key=lambda key: (key[1], key[0])))
def test_everybody_may_what_the_table_says_and_no_more(town, method, route):
    for row in [row for key, row in table().items() if key[:2] == (method, route)]:
        assert outcomes(town, row) == {role: row[role] for role in ROLES}, row["thing"]


def outcomes(town, row):
    """What everybody is answered; refused requests run one after the other, the others each on the same rows."""
    cell = (row["method"], row["route"], row["thing"])
    found = {}
    with town.scene():
        for role in [role for role in ROLES if row[role] in NO]:
            found[role] = ask(town, *cell, role)
        assert town.state() == town.untouched, "something was written although it was refused"
    for role in [role for role in ROLES if row[role] not in NO]:
        with town.scene():
            found[role] = ask(town, *cell, role)
            leaving = row["route"] == "/sign-out" and role in {"guest", "deactivated"}
            written = row["method"] != "GET" and row["route"] not in QUIET and not leaving
            assert (town.state() != town.untouched) is written, (role, "wrote" if not written else "wrote nothing")
    return found


def test_every_door_opens_on_this_database_too(town):
    """What pages ask of the database and write to it, once each, by the first who may."""
    refused = {}
    for key in wanted():
        role = next((role for role in ROLES if table()[key][role] == "ok"), None)
        if role is None:
            continue
        with town.scene():
            answered = ask(town, *key, role)
        if answered != "ok":
            refused[key] = (role, answered)
    assert refused == {}


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("action", "route"),
    [
        (DECIDE, "/versions/<uuid:version_id>/decide"),
        (DOCUMENT_SEE, TEXT),
        (PROPOSAL_WITHDRAW, "/proposals/<uuid:proposal_id>/withdraw"),
    ],
    ids=str,
)
def test_a_missing_check_turns_the_table_red(town, monkeypatch, action, route):
    monkeypatch.setitem(access._permissions, action, ((access.signed_in,),))
    row = next(row for key, row in table().items() if key[1] == route)
    with pytest.raises(AssertionError):
        assert outcomes(town, row) == {role: row[role] for role in ROLES}


@pytest.mark.one_engine
@pytest.mark.skipif(os.environ.get("AUTHZ_MATRIX") != "write", reason="the table is written on demand")
def test_write_the_table(town):
    rows = []
    for method, route, thing in wanted():
        row = [method, route, thing]
        for role in ROLES:
            with town.scene():
                row.append(ask(town, method, route, thing, role))
        rows.append(row)
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([HEAD, *rows])
