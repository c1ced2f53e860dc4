"""Another process holds the write lock: reading goes on, writing is answered with 503 and a time to come back."""

from pathlib import Path

import pytest

from amendments.web import engines
from tests.guards.page import inspect


@pytest.fixture
def town(monkeypatch, make_database, tmp_path):
    """An application of its own whose patience is short."""
    from amendments.app import create_app
    from amendments.cli import schema
    from amendments.extensions import db

    monkeypatch.setattr(engines, "BUSY_TIMEOUT", 100)
    url = make_database("sqlite", "busy")
    app = create_app({"data_dir": tmp_path, "database_url": url, "secret_key": b"s" * 40, "testing": True})
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        schema.upgrade(db.engine)
        path = db.engine.url.database
    yield app, path
    with app.app_context():
        db.engine.dispose()


def test_a_held_lock_stops_writers_and_no_readers(town):
    app, path = town
    client = app.test_client()
    tries = {"email": "a@town.example", "password": "lange Nacht im Saal"}
    # By the same library: two in one process do not see each other's locks.
    holder = engines.sqlite_module().connect(path, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        assert client.get("/sign-in").status_code == 200
        assert client.get("/health").status_code == 200
        refused = client.post("/sign-in", data=tries)
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "5"
        inspect(refused.get_data(as_text=True))
        holder.execute("ROLLBACK")
        assert client.post("/sign-in", data=tries).status_code == 400
    finally:
        holder.close()


def test_an_absent_database_is_503_and_says_nothing_of_itself(town):
    app, path = town
    app.extensions["database"]["engine"].dispose()
    Path(path).unlink()
    Path(path).mkdir()  # a file that cannot be opened
    response = app.test_client().get("/health", headers={"Accept": "application/json"})
    assert response.status_code == 503
    assert set(response.json["error"]) == {"status", "code", "message"}
    assert "sqlite" not in response.text.lower()
