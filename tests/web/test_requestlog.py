"""The log: one JSON object per line, nothing that somebody typed."""

import json
import logging
import sys

import pytest

from amendments.web.requestlog import JsonFormatter
from tests.factories import people


@pytest.fixture
def lines(monkeypatch):
    """What the log of the application would print."""
    printed = []

    class Collect(logging.Handler):
        def emit(self, record):
            printed.append(JsonFormatter().format(record))

    logger = logging.getLogger("amendments")
    handler = Collect()
    logger.addHandler(handler)
    monkeypatch.setattr(logger, "level", logging.INFO)
    logger.setLevel(logging.INFO)
    yield printed
    logger.removeHandler(handler)


CANARY = "Geheimnis-4711"


def test_a_request_is_one_line_without_what_was_typed(client, session, lines):
    account = people.account()
    client.sign_in(account)
    client.get(f"/account?q={CANARY}", headers={"User-Agent": CANARY, "Referer": f"https://localhost/{CANARY}"})
    client.send("/sign-in", {"email": f"{CANARY}@town.example", "password": CANARY, "next": f"/{CANARY}"})
    client.get(f"/nowhere/{CANARY}")
    assert len(lines) >= 3
    for line in lines:
        assert CANARY not in line
        assert account.email not in line
        assert isinstance(json.loads(line), dict)
    first = json.loads(lines[0])
    assert first["account"] == str(account.id)
    assert (first["method"], first["endpoint"], first["status"]) == ("GET", "people.account", 200)


def test_nobody_forges_a_line(client, lines):
    client.get("/sign-in%0A%7B%22level%22:%22forged", headers={"X-Request-Id": 'x"} {"level": "forged'})
    assert all("\n" not in line and "forged" not in line for line in lines)


def test_a_trace_holds_places_and_no_words():
    try:
        int(CANARY)
    except ValueError:
        record = logging.LogRecord("amendments", logging.ERROR, "x", 1, "unexpected error", None, sys.exc_info())
    line = json.loads(JsonFormatter().format(record))
    assert line["error"] == "ValueError"
    assert any("test_requestlog.py" in place for place in line["trace"])
    assert CANARY not in json.dumps(line)


def test_an_answer_names_its_request(client):
    first, second = client.get("/health"), client.get("/health")
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]
